/* Running rules over a sentence. */
#include "match/automaton.h"

#include <stdlib.h>

#include "base/error.h"
#include "match/captures.h"
#include "match/runner.h"

enum { MAX_PENDING = 256 };

struct tagger {
    const model *model;
    runner *runners;
    uint32_t count;
};

/* A rule that has matched from the start at hand, and the longest end so far. */
typedef struct found {
    uint32_t rule, end;
} found;

typedef struct scan {
    runner *r;
    document *d;
    const sentence *in;
    const span_edge *edges; /* by start: phrases and earlier mentions of this sentence */
    uint32_t edge_count;
    uint32_t *labels; /* of the sentence's tokens, and LABEL_END */
    found found[MAX_PENDING];
    uint32_t found_count;
} scan;

static void accept(scan *s, const transition *t, uint32_t end) {
    for (uint32_t i = 0; i < t->accept_count; i++) {
        uint32_t by = s->r->accepts.items[t->first_accept + i], k = 0;
        while (k < s->found_count && s->found[k].rule != by)
            k++;
        if (k == MAX_PENDING) continue;
        if (k == s->found_count) s->found_count++;
        s->found[k] = (found){by, end};
    }
}

/* The first edge that starts at or behind token i. */
static uint32_t first_edge(const scan *s, uint32_t i) {
    uint32_t low = 0, high = s->edge_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->edges[middle].start < i) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* All matches from one token. `at[k]` is the state at token start + k: what single tokens and phrases lead to. */
static bool scan_from(scan *s, uint32_t start) {
    uint32_t at[MAX_MATCH + 1] = {0}, reach = start;
    uint32_t limit = s->in->end - start < MAX_MATCH ? s->in->end : start + MAX_MATCH;
    uint32_t edge_at = s->edge_count ? first_edge(s, start) : 0;
    at[0] = START;
    for (uint32_t i = start; i <= limit && i <= reach; i++) {
        uint32_t from = at[i - start], label = s->labels[i - s->in->first];
        if (from == DEAD) continue;
        const transition *t = runner_step(s->r, from, i == s->in->end ? LABEL_END : label);
        if (!t) return false;
        if (t->accept_count && i > start) accept(s, t, i);
        uint32_t next = t->next;
        if (i == limit) break;
        if (next != DEAD) {
            at[i + 1 - start] = runner_union(s->r, at[i + 1 - start], next);
            if (reach < i + 1) reach = i + 1;
        }
        while (edge_at < s->edge_count && s->edges[edge_at].start < i)
            edge_at++;
        for (uint32_t e = edge_at; e < s->edge_count && s->edges[e].start == i; e++) {
            if (s->edges[e].end > limit) continue;
            uint32_t to = runner_jump(s->r, from, label, s->edges[e].label);
            if (to == DEAD) continue;
            at[s->edges[e].end - start] = runner_union(s->r, at[s->edges[e].end - start], to);
            if (reach < s->edges[e].end) reach = s->edges[e].end;
        }
    }
    return !s->r->failed;
}

static bool add_match(scan *s, uint32_t start, const found *f) {
    capture_request request = {.r = s->r,
                               .d = s->d,
                               .in = s->in,
                               .labels = s->labels,
                               .edges = s->edges,
                               .edge_count = s->edge_count,
                               .rule = f->rule,
                               .start = start,
                               .end = f->end};
    return captures_work_out(&request);
}

static bool same_mention(const rule_match *a, const rule_match *b) {
    return a->rule == b->rule && a->mention_start == b->mention_start && a->mention_end == b->mention_end &&
           a->mention_start < a->mention_end;
}

/* "Prof. Dr. X" matches a title's rule twice, for one mention: the longer match stays. */
static void drop_repeated(document *d, uint32_t first) {
    const rule_match *last = &d->matches.items[d->matches.count - 1];
    for (uint32_t i = first; i + 1 < d->matches.count; i++) {
        if (!same_mention(&d->matches.items[i], last)) continue;
        d->matches.count--;
        return;
    }
}

static bool gather_edges(scan *s, span_edge *out, unsigned pass) {
    document *d = s->d;
    uint32_t low = 0, high = d->edges.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->edges.items[middle].start < s->in->first) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (uint32_t i = low; i < d->edges.count && d->edges.items[i].start < s->in->end; i++) {
        const edge *e = &d->edges.items[i];
        out[s->edge_count++] = (span_edge){e->start, e->end, runner_edge_label(s->r, d, e)};
    }
    for (uint32_t i = 0; pass && i < d->mentions.count; i++) {
        const mention *m = &d->mentions.items[i];
        if (m->start < s->in->first || m->end > s->in->end) continue;
        span_edge e = {m->start, m->end, runner_mention_label(s->r, d, m)};
        uint32_t k = s->edge_count++;
        for (; k > 0 && out[k - 1].start > e.start; k--)
            out[k] = out[k - 1];
        out[k] = e;
    }
    return !s->r->failed;
}

static uint32_t count_edges(const scan *s, unsigned pass) {
    return s->d->edges.count + (pass ? s->d->mentions.count : 0) + 1;
}

static bool run(runner *r, document *d, const sentence *in, unsigned pass, void *scratch) {
    (void)scratch;
    scan *s = arena_alloc(d->arena, sizeof *s);
    if (!s) return false;
    *s = (scan){.r = r, .d = d, .in = in};
    uint32_t tokens = in->end - in->first, most = count_edges(s, pass);
    uint32_t room = most < tokens * 8 + 8 ? most : tokens * 8 + 8;
    span_edge *edges = arena_array(d->arena, span_edge, room);
    s->labels = arena_array(d->arena, uint32_t, tokens + 1);
    s->edges = edges;
    if (!edges || !s->labels || !gather_edges(s, edges, pass)) return false;
    for (uint32_t i = 0; i < tokens; i++)
        s->labels[i] = runner_token_label(r, d, in->first + i, i == 0);
    s->labels[tokens] = LABEL_END;
    uint32_t first = d->matches.count;
    for (uint32_t i = in->first; i < in->end; i++) {
        s->found_count = 0;
        if (!scan_from(s, i)) return false;
        for (uint32_t k = 0; k < s->found_count; k++) {
            if (!add_match(s, i, &s->found[k])) return false;
            if (d->matches.count > first + 1) drop_repeated(d, first);
        }
    }
    return !r->failed;
}

tagger *tagger_new(const model *m, nerx_error *error) {
    tagger *t = calloc(1, sizeof *t);
    uint32_t programs = 0;
    for (uint32_t k = 0; k < m->layer_count; k++)
        programs += m->layers[k].rules.program_count;
    if (t) t->runners = calloc((size_t)programs + 1, sizeof *t->runners);
    bool opened = t && t->runners;
    for (uint32_t k = 0; opened && k < m->layer_count; k++) {
        const rule_layer *l = &m->layers[k].rules;
        for (uint32_t i = 0; opened && i < l->program_count; i++)
            opened = runner_open(&t->runners[t->count++], m, l, &l->programs[i]);
    }
    if (opened) return t;
    error_memory(error);
    tagger_free(t);
    return NULL;
}

void tagger_begin(tagger *t) {
    for (uint32_t i = 0; i < t->count; i++)
        runner_begin(&t->runners[i]);
}

bool tagger_run(tagger *t, document *d, uint32_t sentence_index, unsigned pass, nerx_error *error) {
    const sentence *in = &d->sentences.items[sentence_index];
    for (uint32_t i = 0; i < t->count; i++) {
        const program *p = t->runners[i].program;
        if (p->language != in->language || p->pass != pass) continue;
        if (!run(&t->runners[i], d, in, pass, NULL)) return error_memory(error);
    }
    return true;
}

void tagger_free(tagger *t) {
    if (!t) return;
    for (uint32_t i = 0; i < t->count; i++)
        runner_close(&t->runners[i]);
    free(t->runners);
    free(t);
}
