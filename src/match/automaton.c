/* Running rules over a sentence. */
#include "match/automaton.h"

#include <stdlib.h>

#include "base/error.h"
#include "match/captures.h"

enum { CHUNK = 2048 /* tokens from which matches are tried before anything is forgotten */ };

struct tagger {
    const model *model;
    runner *runners;
    uint32_t count;
};

typedef struct place {
    const runner *r;
    uint32_t token_index;
} place;

static bool ask(const void *user, const instruction *condition) {
    const place *at = user;
    return window_holds(at->r, condition, at->token_index);
}

/* The state without conditions, as they hold at token i. */
static uint32_t resolve_state(runner *r, uint32_t from, uint32_t i) {
    states *s = &r->states;
    const state at = s->states.items[from];
    place here = {r, i};
    if (at.condition_count > MOST_CONDITIONS) return states_resolve_asking(s, from, ask, &here);
    uint32_t holds = 0;
    for (uint32_t k = 0; k < at.condition_count; k++)
        holds |= (uint32_t)window_holds(r, &s->code[s->conditions.items[at.first_condition + k]], i) << k;
    return states_resolve(s, from, holds);
}

static bool accept(runner *r, const state *at, uint32_t end) {
    for (uint32_t k = 0; k < at->accept_count; k++) {
        uint32_t number = r->states.accepts.items[at->first_accept + k];
        if (number >= r->rule_count) continue;
        program_rule *by = &r->rules[number];
        if (by->replaced) continue;
        by->found_end = end;
        if (by->scan == r->scan) continue;
        by->scan = r->scan;
        if (!vec_push(&r->arena, &r->found, number)) return false;
    }
    return true;
}

/* Over the edges that start at token i, from a state without conditions. */
static void take_edges(runner *r, uint32_t from, uint32_t i, uint32_t start, uint32_t limit, uint32_t *states_at,
                       uint32_t *reach) {
    for (uint32_t e = r->edge_at.items[i - r->first]; e < r->edges.count && r->edges.items[e].start == i; e++) {
        const span_edge *over = &r->edges.items[e];
        if (over->end > limit) continue;
        uint32_t to = states_step(&r->states, from, over->label);
        if (to == DEAD) continue;
        uint32_t *at = &states_at[over->end - start];
        *at = states_union(&r->states, *at, to);
        if (*reach < over->end) *reach = over->end;
    }
}

/* All rules that match from one token, with their longest ends: r->found. states_at[k] is where tokens and phrases up
 * to token start + k lead. */
static bool scan_from(runner *r, uint32_t start, uint32_t first_state) {
    uint32_t states_at[MAX_MATCH + 1] = {first_state}, reach = start;
    uint32_t limit = r->sentence_end - start < MAX_MATCH ? r->sentence_end : start + MAX_MATCH;
    r->found.count = 0;
    r->scan++;
    for (uint32_t i = start; i <= reach; i++) {
        uint32_t from = states_at[i - start];
        if (from == DEAD) continue;
        if (r->states.states.items[from].condition_count) from = resolve_state(r, from, i);
        if (from == DEAD) continue;
        const state *at = &r->states.states.items[from];
        if (at->accept_count && i > start && !accept(r, at, i)) return false;
        if (i == limit) break;
        uint32_t to = states_step(&r->states, from, window_label(r, i));
        if (to != DEAD) {
            states_at[i + 1 - start] = states_union(&r->states, states_at[i + 1 - start], to);
            if (reach == i) reach = i + 1;
        }
        take_edges(r, from, i, start, limit, states_at, &reach);
    }
    return !r->states.failed;
}

/* Is it inside what this rule has found last? What lies inside a mention, or is it once more, testifies nothing. */
static bool repeated(program_rule *by, const rule_match *m, uint64_t sentence_number) {
    bool marked = m->mention_start < m->mention_end;
    uint32_t start = marked ? m->mention_start : m->start, end = marked ? m->mention_end : m->end;
    if (by->sentence == sentence_number && start >= by->last_start && end <= by->last_end) return true;
    by->sentence = sentence_number;
    by->last_start = start;
    by->last_end = end;
    return false;
}

static void sort(uint32_t *items, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        uint32_t moving = items[i], k = i;
        for (; k && items[k - 1] > moving; k--)
            items[k] = items[k - 1];
        items[k] = moving;
    }
}

static bool add_matches(runner *r, document *d, uint32_t start) {
    sort(r->found.items, r->found.count);
    for (uint32_t k = 0; k < r->found.count; k++) {
        program_rule *by = &r->rules[r->found.items[k]];
        rule_match m;
        bool matched;
        uint32_t captures = d->captures.count;
        if (!captures_work_out(r, d, by, start, by->found_end, &m, &matched)) return false;
        if (!matched || repeated(by, &m, r->sentence)) {
            d->captures.count = captures;
        } else if (!vec_push(d->arena, &d->matches, m)) {
            return false;
        }
    }
    return true;
}

/* Matches from the tokens [first, end); the window reaches as far as a match can, and one token back. */
static bool run_chunk(runner *r, document *d, unsigned pass, uint32_t first, uint32_t end) {
    uint32_t back = first - r->sentence_first < MAX_MATCH ? first - r->sentence_first : MAX_MATCH;
    uint32_t ahead = r->sentence_end - end < MAX_MATCH + 1 ? r->sentence_end - end : MAX_MATCH + 1;
    states_forget_if_large(&r->states);
    if (labels_forget_if_large(&r->labels)) states_forget(&r->states);
    if (r->labels.failed || r->states.failed) return false;
    if (!window_fill(r, pass, first - back, end + ahead)) return false;
    for (uint32_t i = first; i < end; i++) {
        uint32_t state_at = states_start(&r->states, r->start_labels.items[i - r->first]);
        if (state_at == DEAD) continue;
        if (!scan_from(r, i, state_at)) return false;
        if (r->found.count && !add_matches(r, d, i)) return false;
        states_forget_if_large(&r->states);
    }
    return !r->states.failed;
}

static bool run(runner *r, document *d, uint32_t sentence_index, unsigned pass) {
    const sentence *in = &d->sentences.items[sentence_index];
    r->d = d;
    r->sentence_first = in->first;
    r->sentence_end = in->end;
    r->sentence++;
    for (uint32_t i = in->first; i < in->end; i += CHUNK) {
        uint32_t end = in->end - i < CHUNK ? in->end : i + CHUNK;
        if (!run_chunk(r, d, pass, i, end)) return false;
    }
    return true;
}

/* Programs are opened when a sentence of their language comes. */
tagger *tagger_new(const model *m, nerx_error *error) {
    tagger *t = calloc(1, sizeof *t);
    for (uint32_t k = 0; t && k < m->layer_count; k++)
        t->count += m->layers[k].rules.program_count;
    if (t) t->runners = calloc((size_t)t->count + 1, sizeof *t->runners);
    if (!t || !t->runners) {
        free(t);
        error_memory(error);
        return NULL;
    }
    t->model = m;
    uint32_t count = 0;
    for (uint32_t k = 0; k < m->layer_count; k++) {
        const rule_layer *l = &m->layers[k].rules;
        for (uint32_t i = 0; i < l->program_count; i++)
            t->runners[count++] = (runner){.model = m, .layer = l, .program = &l->programs[i]};
    }
    return t;
}

void tagger_begin(tagger *t, uint32_t generation) {
    for (uint32_t i = 0; i < t->count; i++) {
        runner *r = &t->runners[i];
        if (r->open) labels_begin(&r->labels, generation);
    }
}

bool tagger_run(tagger *t, document *d, uint32_t sentence_index, unsigned pass, nerx_error *error) {
    const sentence *in = &d->sentences.items[sentence_index];
    for (uint32_t i = 0; i < t->count; i++) {
        runner *r = &t->runners[i];
        if (r->program->language != in->language || r->program->pass != pass) continue;
        if (!r->open && !runner_open(r, t->model, r->layer, r->program)) {
            const rule_layer *l = r->layer;
            const program *p = r->program;
            runner_close(r);
            *r = (runner){.model = t->model, .layer = l, .program = p};
            return error_memory(error);
        }
        if (!run(r, d, sentence_index, pass)) return error_memory(error);
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
