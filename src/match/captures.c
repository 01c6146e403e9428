/* Inside a match: a backtracker that visits each pair of instruction and token once, preferring what the pattern
 * prefers (greedy repeats, alternatives from left to right; RE2's "bitstate", Cox 2010). */
#include "match/captures.h"

#include <stdlib.h>

enum { MAX_MARKS = 64, MAX_DEPTH = 4096 };

typedef struct mark {
    uint32_t pc, token; /* an OPEN, CLOSE or MENTION instruction that was passed */
} mark;

typedef struct walker {
    const capture_request *q;
    const instruction *code;
    unsigned char *visited; /* bit per (pc, token) */
    mark marks[MAX_MARKS];
    uint32_t mark_count, depth, tokens, first_pc;
} walker;

static bool seen(walker *w, uint32_t pc, uint32_t token_index) {
    size_t bit = (size_t)(pc - w->first_pc) * (w->tokens + 1) + (token_index - w->q->start);
    bool was = w->visited[bit / 8] >> (bit % 8) & 1;
    w->visited[bit / 8] |= (unsigned char)(1 << (bit % 8));
    return was;
}

static uint32_t label_at(const walker *w, uint32_t i) {
    return i >= w->q->in->end ? LABEL_END : w->q->labels[i - w->q->in->first];
}

static bool walk(walker *w, uint32_t pc, uint32_t i);

static bool walk_step(walker *w, uint32_t pc, uint32_t i) {
    const capture_request *q = w->q;
    uint32_t test = w->code[pc].a;
    /* a phrase before its first word alone: the longest first, as greedy repeats would */
    for (uint32_t e = q->edge_count; e-- > 0;) {
        const span_edge *over = &q->edges[e];
        if (over->start != i || over->end > q->end || !runner_holds(q->r, over->label, test)) continue;
        if (walk(w, pc + 1, over->end)) return true;
    }
    return i < q->end && runner_holds(q->r, label_at(w, i), test) && walk(w, pc + 1, i + 1);
}

static bool walk_mark(walker *w, uint32_t pc, uint32_t i) {
    if (w->mark_count == MAX_MARKS) return false;
    w->marks[w->mark_count++] = (mark){pc, i};
    if (walk(w, pc + 1, i)) return true;
    w->mark_count--;
    return false;
}

static bool walk_one(walker *w, uint32_t pc, uint32_t i) {
    const instruction *at = &w->code[pc];
    uint32_t label = label_at(w, i);
    bool end = i >= w->q->in->end;
    switch (at->op) {
    case OP_STEP: return walk_step(w, pc, i);
    case OP_SPLIT: return walk(w, at->a, i) || walk(w, at->b, i);
    case OP_JUMP: return walk(w, at->a, i);
    case OP_START: return !end && runner_at_start(w->q->r, label) && walk(w, pc + 1, i);
    case OP_END: return end && walk(w, pc + 1, i);
    case OP_NOT_NEXT: return (end || !runner_holds(w->q->r, label, at->a)) && walk(w, pc + 1, i);
    case OP_MATCH: return at->a == w->q->rule && i == w->q->end;
    default: return walk_mark(w, pc, i);
    }
}

static bool walk(walker *w, uint32_t pc, uint32_t i) {
    if (pc < w->first_pc || w->depth >= MAX_DEPTH || seen(w, pc, i)) return false;
    w->depth++;
    bool matched = walk_one(w, pc, i);
    w->depth--;
    return matched;
}

/* A rule's code ends with its MATCH; it begins behind the split of the rule before it. */
static uint32_t find_code(const capture_request *q, uint32_t *length) {
    const program *p = q->r->program;
    const instruction *code = q->r->layer->code + p->first_code;
    uint32_t split = 0;
    while (code[split].op == OP_SPLIT && code[split].b > split + 1) {
        uint32_t next = code[split].b;
        if (code[next - 1].op == OP_MATCH && code[next - 1].a == q->rule) {
            *length = next - split - 1;
            return split + 1;
        }
        split = next;
    }
    *length = 0;
    return 0;
}

static bool add_captures(const walker *w, rule_match *m) {
    document *d = w->q->d;
    m->first_capture = d->captures.count;
    for (uint32_t i = 0; i < w->mark_count; i++) {
        const instruction *at = &w->code[w->marks[i].pc];
        if (at->op == OP_MENTION) {
            if (at->a) {
                m->mention_end = w->marks[i].token;
            } else {
                m->mention_start = w->marks[i].token;
            }
        } else if (at->op == OP_CLOSE) {
            uint32_t open = i;
            while (open > 0 && !(w->code[w->marks[open].pc].op == OP_OPEN && w->code[w->marks[open].pc].a == at->a))
                open--;
            capture c = {at->a, w->marks[open].token, w->marks[i].token};
            if (!vec_push(d->arena, &d->captures, c)) return false;
        }
    }
    m->capture_count = d->captures.count - m->first_capture;
    return true;
}

bool captures_work_out(const capture_request *q) {
    uint32_t length;
    walker w = {.q = q, .code = q->r->layer->code + q->r->program->first_code, .tokens = q->end - q->start};
    w.first_pc = find_code(q, &length);
    w.visited = calloc(1, ((size_t)length + 1) * (w.tokens + 1) / 8 + 1);
    if (!w.visited) return false;
    rule_match m = {.rule = q->rule, .start = q->start, .end = q->end};
    bool done = true;
    if (length && walk(&w, w.first_pc, q->start))
        done = add_captures(&w, &m) && vec_push(q->d->arena, &q->d->matches, m);
    free(w.visited);
    return done;
}
