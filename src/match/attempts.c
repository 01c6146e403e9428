/* Where matches may begin: most attempts are over behind two tokens, before anything else is to be done. */
#include "match/attempts.h"

static void keep(runner *r, attempt a) {
    r->attempts.items[r->attempts.count++] = a;
}

/* Goes on with an attempt to where a match may end, or a phrase begins; it is over where neither comes. */
static void go_on(runner *r, attempt a) {
    for (; !(a.state & ACCEPTS); a.at++) {
        uint32_t label = window_look(r, a.at);
        if (label & LABEL_EDGES) break;
        a.state = states_step(&r->states, a.state, label);
        if (a.state == DEAD) return;
    }
    if (a.at - a.start <= MAX_MATCH) keep(r, a);
}

/* The same where all labels are known: `*at` is the next. DEAD where the attempt is over. */
static inline uint32_t run_on(states *s, step_table *t, uint32_t from, const uint32_t **at) {
    while (!(from & ACCEPTS) && !(**at & LABEL_EDGES)) {
        from = states_step_by(s, t, from, *(*at)++);
        if (from == DEAD) break;
    }
    return from;
}

static void begin_anywhere(runner *r, uint32_t first, uint32_t end) {
    const uint32_t *base = r->token_labels.items + (first - r->first), *starts = r->labels.starts.items;
    step_table t = states_table(&r->states);
    for (const uint32_t *label = base; label < base + (end - first); label++) {
        if (*label & LABEL_EDGES) {
            uint32_t i = first + (uint32_t)(label - base);
            keep(r, (attempt){i, i, DEAD});
            continue;
        }
        uint32_t from = starts[*label];
        if (from == FIRST_UNKNOWN) from = states_learn_first(&r->states, *label);
        if (from <= FIRST_DEAD) continue;
        const uint32_t *at = label + 1;
        from = run_on(&r->states, &t, from, &at);
        if (from == DEAD || at - label > MAX_MATCH) continue;
        keep(r, (attempt){first + (uint32_t)(label - base), first + (uint32_t)(at - base), from});
    }
}

static void begin_at(runner *r, uint32_t i) {
    if (window_begins_edge(r, i)) {
        keep(r, (attempt){i, i, DEAD});
        return;
    }
    uint32_t from = states_first(&r->states, window_ask(r, i));
    if (from != DEAD) go_on(r, (attempt){i, i + 1, from});
}

/* Behind a token that matches in this state begin with. */
static uint8_t steps_from(const runner *r, uint32_t from) {
    const uint32_t *set = states_set(&r->states, from);
    uint8_t most = 0;
    for (uint32_t i = 0; i < r->states.positions.count; i++) {
        uint8_t steps = r->steps_before[r->states.positions.places[i]];
        if (set[i / 32] >> (i % 32) & 1 && steps > most) most = steps;
    }
    return most;
}

/* Of a kind that is met for the first time; `type`: of the mention that the token is, plus one, or 0. */
static uint8_t learn_begin(runner *r, uint32_t i, uint32_t type) {
    kind_begins *begins = &r->begins[type];
    uint32_t label = labels_work_out(&r->labels, r->d, i, type);
    if (!vec_fit(&r->arena, &begins->by_kind, r->d->lexicon.kinds.count)) r->labels.failed = true;
    if (r->labels.failed) return BEGINS_NONE;
    uint32_t from = states_first(&r->states, label);
    if (r->states.failed) return BEGINS_NONE;
    uint8_t found = from == DEAD ? BEGINS_NONE : BEGINS_BEFORE;
    if (found == BEGINS_BEFORE && !type) found = (uint8_t)(found + 1 + steps_from(r, from));
    return begins->by_kind.items[r->d->tokens.items[i].kind] = found;
}

static uint8_t begin_of(runner *r, uint32_t i, uint32_t type) {
    const kind_begins *begins = &r->begins[type];
    uint32_t kind = r->d->tokens.items[i].kind;
    uint8_t known = kind < begins->by_kind.count ? begins->by_kind.items[kind] : BEGINS_UNKNOWN;
    return known == BEGINS_UNKNOWN ? learn_begin(r, i, type) : known;
}

/* Tokens that are no mention, before one. */
static void begin_before(runner *r, uint32_t first, uint32_t end, uint32_t mention_start) {
    for (uint32_t i = first; i < end; i++) {
        uint32_t begin = begin_of(r, i, 0), steps = begin - BEGINS_BEFORE;
        bool near = begin > BEGINS_NONE && mention_start - i <= steps * r->longest_edge;
        if (near || window_begins_edge(r, i)) begin_at(r, i);
    }
}

/* What needs an earlier mention begins with it, or not far before. */
static void begin_near_mentions(runner *r, uint32_t first, uint32_t end) {
    const document *d = r->d;
    uint32_t reach = r->steps_before[0] * r->longest_edge;
    while (r->next_mention < d->mentions.count && d->mentions.items[r->next_mention].start < first)
        r->next_mention++;
    for (uint32_t m = r->next_mention; m < d->mentions.count; m++) {
        uint32_t start = d->mentions.items[m].start;
        if (start >= r->sentence_end || first >= end) return;
        if (start < first) continue;
        if (start - first > reach) first = start - reach;
        begin_before(r, first, start < end ? start : end, start);
        if (start < end) begin_at(r, start);
        first = start + 1;
    }
}

bool attempts_may_begin(runner *r, const mention *m) {
    if (r->steps_before[0] || m->end - m->start > 1) return true;
    return begin_of(r, m->start, m->type + 1) > BEGINS_NONE;
}

bool attempts_begin(runner *r, uint32_t first, uint32_t end) {
    r->attempts.count = 0;
    if (!vec_reserve(&r->arena, &r->attempts, end - first)) return false;
    if (!r->asks_mentions) {
        begin_anywhere(r, first, end);
    } else if (!r->steps_before) {
        for (uint32_t i = first; i < end; i++)
            begin_at(r, i);
    } else {
        begin_near_mentions(r, first, end);
    }
    return !r->states.failed && !r->labels.failed;
}
