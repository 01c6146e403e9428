/* Inside a match: a backtracker that visits each pair of place and token once, preferring what the pattern prefers:
 * greedy repeats, alternatives from left to right, phrases before their single words (RE2's "bitstate", Cox 2010). */
#include "match/captures.h"

enum { SLOTS = 18, MENTION_SLOT = 0 };
#define RESTORE 0x80000000U

typedef struct walker {
    runner *r;
    const instruction *code;
    const program_rule *by;
    uint32_t start, end;
    uint32_t names[SLOTS], name_count; /* of slots; slot 0 is the mention */
    uint32_t bounds[2 * SLOTS];
    bool failed;
} walker;

static void push(walker *w, uint32_t place, uint32_t token_index, uint32_t old) {
    capture_job job = {place, token_index, old};
    if (!vec_push(&w->r->arena, &w->r->jobs, job)) w->failed = true;
}

static bool visit(walker *w, uint32_t place, uint32_t i) {
    if (place < w->by->first || place >= w->by->end) return false;
    size_t bit = (size_t)(place - w->by->first) * (w->end - w->start + 1) + (i - w->start);
    unsigned char *byte = &w->r->visited.items[bit / 8], mask = (unsigned char)(1 << (bit % 8));
    if (*byte & mask) return false;
    *byte |= mask;
    return true;
}

static uint32_t slot_of(walker *w, const instruction *at) {
    if (at->op == OP_MENTION) return MENTION_SLOT;
    for (uint32_t i = 1; i < w->name_count; i++) {
        if (w->names[i] == at->a) return i;
    }
    if (w->name_count == SLOTS) return SLOTS - 1;
    w->names[w->name_count] = at->a;
    return w->name_count++;
}

static uint32_t bound_of(walker *w, const instruction *at) {
    bool closes = at->op == OP_CLOSE || (at->op == OP_MENTION && at->a == 1);
    return slot_of(w, at) * 2 + closes;
}

static void set_bound(walker *w, const instruction *at, uint32_t i) {
    uint32_t bound = bound_of(w, at);
    push(w, RESTORE | bound, 0, w->bounds[bound]);
    w->bounds[bound] = i;
}

/* Jobs are taken from the top: the token alone lies below its phrases, the longest on top. */
static void push_steps(walker *w, uint32_t place, uint32_t i) {
    runner *r = w->r;
    uint32_t test = w->code[place].a;
    if (i >= w->end) return;
    if (label_holds(&r->labels, window_ask(r, i), test)) push(w, place + 1, i + 1, 0);
    for (uint32_t e = r->edge_at.items[i - r->first]; e < r->edges.count && r->edges.items[e].start == i; e++) {
        const span_edge *over = &r->edges.items[e];
        if (over->end <= w->end && label_holds(&r->labels, over->label, test)) push(w, place + 1, over->end, 0);
    }
}

/* Follows one way until it ends; true at the match. */
static bool walk(walker *w, uint32_t place, uint32_t i) {
    while (visit(w, place, i)) {
        const instruction *at = &w->code[place];
        switch (at->op) {
        case OP_STEP: push_steps(w, place, i); return false;
        case OP_SPLIT:
            push(w, at->b, i, 0);
            place = at->a;
            break;
        case OP_JUMP: place = at->a; break;
        case OP_MATCH:
            if (i == w->end) return true;
            return false;
        case OP_OPEN:
        case OP_CLOSE:
        case OP_MENTION:
            set_bound(w, at, i);
            place++;
            break;
        default:
            if (!window_holds(w->r, at, i)) return false;
            place++;
        }
    }
    return false;
}

static bool search(walker *w) {
    size_t bytes = (size_t)(w->by->end - w->by->first) * (w->end - w->start + 1) / 8 + 1;
    w->r->visited.count = w->r->jobs.count = 0;
    w->failed = bytes > UINT32_MAX || !vec_reserve(&w->r->arena, &w->r->visited, bytes);
    if (w->failed) return false;
    memset(w->r->visited.items, 0, bytes);
    push(w, w->by->first, w->start, 0);
    while (w->r->jobs.count && !w->failed) {
        capture_job job = w->r->jobs.items[--w->r->jobs.count];
        if (job.place & RESTORE) {
            w->bounds[job.place & ~RESTORE] = job.old;
        } else if (walk(w, job.place, job.token)) {
            return true;
        }
    }
    return false;
}

static bool conditions_hold(runner *r, const fixed_condition *items, uint32_t count, const rule_match *m) {
    for (uint32_t i = 0; i < count; i++) {
        if (!window_holds(r, items[i].asks, fixed_token(items[i].at, m->start, m->end))) return false;
    }
    return true;
}

/* Do as many steps at the start and at the end as distances are counted over take one token each? */
static bool is_plain(const runner *r, const fixed_marks *f, const rule_match *m) {
    for (uint32_t e = r->edge_at.items[m->start - r->first]; e < r->edge_at.items[m->end - r->first]; e++) {
        const span_edge *over = &r->edges.items[e];
        if (over->end > m->end) continue;
        if (over->start - m->start < f->front || m->end - over->end < f->back) return false;
    }
    return true;
}

/* All lies where it always lies. */
static bool read_fixed(document *d, const fixed_marks *f, rule_match *out) {
    if (f->has_mention) {
        uint32_t start = fixed_token(f->mention_start, out->start, out->end);
        uint32_t end = fixed_token(f->mention_end, out->start, out->end);
        if (start < end) {
            out->mention_start = start;
            out->mention_end = end;
        }
    }
    out->first_capture = d->captures.count;
    for (uint32_t i = 0; i < f->capture_count; i++) {
        const fixed_capture *from = &f->captures[i];
        capture c = {from->name, fixed_token(from->start, out->start, out->end),
                     fixed_token(from->end, out->start, out->end)};
        if (c.start < c.end && !vec_push(d->arena, &d->captures, c)) return false;
    }
    out->capture_count = d->captures.count - out->first_capture;
    return true;
}

static bool add_captures(const walker *w, document *d, rule_match *out) {
    out->first_capture = d->captures.count;
    for (uint32_t i = 1; i < w->name_count; i++) {
        capture c = {w->names[i], w->bounds[2 * i], w->bounds[2 * i + 1]};
        if (c.start == NERX_NONE || c.end == NERX_NONE || c.start >= c.end) continue;
        if (!vec_push(d->arena, &d->captures, c)) return false;
    }
    out->capture_count = d->captures.count - out->first_capture;
    return true;
}

static bool search_out(runner *r, document *d, const program_rule *by, rule_match *out, bool *matched) {
    walker w = {.r = r,
                .code = r->layer->code + r->program->first_code,
                .by = by,
                .start = out->start,
                .end = out->end,
                .name_count = 1};
    memset(w.bounds, 0xff, sizeof w.bounds);
    *matched = search(&w);
    if (w.failed) return false;
    if (!*matched) return true;
    if (w.bounds[0] < w.bounds[1] && w.bounds[1] != NERX_NONE) {
        out->mention_start = w.bounds[0];
        out->mention_end = w.bounds[1];
    }
    return add_captures(&w, d, out);
}

/* Most rules match nothing in a short text. */
static const fixed_marks *fixed_of(runner *r, program_rule *by) {
    const instruction *code = r->layer->code + r->program->first_code;
    if (!by->surveyed && !fixed_find(&by->fixed, &r->arena, code, by->first, by->end)) return NULL;
    by->surveyed = true;
    return &by->fixed;
}

bool captures_work_out(runner *r, document *d, program_rule *by, uint32_t start, uint32_t end, rule_match *out,
                       bool *matched) {
    const fixed_marks *f = fixed_of(r, by);
    if (!f) return false;
    *out = (rule_match){.rule = by->id, .start = start, .end = end};
    *matched = conditions_hold(r, f->conditions, f->outer_count, out);
    if (!*matched) return true;
    if (!f->known || !is_plain(r, f, out)) return search_out(r, d, by, out, matched);
    *matched = conditions_hold(r, f->conditions + f->outer_count, f->condition_count - f->outer_count, out);
    return !*matched || read_fixed(d, f, out);
}
