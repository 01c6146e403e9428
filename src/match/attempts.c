/* Where matches may begin: most attempts are over behind two tokens, before anything else is to be done. */
#include "match/attempts.h"

static void keep(runner *r, attempt a) {
    r->attempts.items[r->attempts.count++] = a;
}

/* Goes on with an attempt to where a match may end, or a phrase begins; it is over where neither comes. */
static inline void go_on(runner *r, attempt a, bool all_asked) {
    const uint32_t *at = r->token_labels.items + (a.at - r->first);
    for (; !(a.state & ACCEPTS); a.at++, at++) {
        if (!all_asked) window_look(r, a.at);
        if (*at & LABEL_EDGES) break;
        a.state = states_step(&r->states, a.state, *at);
        if (a.state == DEAD) return;
    }
    if (a.at - a.start <= MAX_MATCH) keep(r, a);
}

static void begin_anywhere(runner *r, uint32_t first, uint32_t end) {
    const uint32_t *at = r->token_labels.items + (first - r->first);
    for (uint32_t i = first; i < end; i++, at++) {
        if (*at & LABEL_EDGES) {
            keep(r, (attempt){i, i, DEAD});
            continue;
        }
        uint32_t from = states_first(&r->states, *at);
        if (from != DEAD) go_on(r, (attempt){i, i + 1, from}, true);
    }
}

/* Of a kind that is met for the first time, whether matches may begin with it, plus one. */
static uint8_t learn_kind(runner *r, uint32_t i) {
    uint32_t label = window_ask(r, i), kind = r->d->tokens.items[i].kind;
    if (!vec_fit(&r->arena, &r->begins, r->d->lexicon.kinds.count)) r->labels.failed = true;
    if (r->labels.failed) return 1;
    return r->begins.items[kind] = states_first(&r->states, label) == DEAD ? 1 : 2;
}

static void begin_at(runner *r, uint32_t i) {
    if (window_begins_edge(r, i)) {
        keep(r, (attempt){i, i, DEAD});
        return;
    }
    uint32_t from = states_first(&r->states, window_ask(r, i));
    if (from != DEAD) go_on(r, (attempt){i, i + 1, from}, false);
}

/* Tokens that are no mention. */
static void begin_among(runner *r, uint32_t first, uint32_t end) {
    const token *t = r->d->tokens.items + first;
    for (uint32_t i = first; i < end; i++, t++) {
        uint8_t known = t->kind < r->begins.count ? r->begins.items[t->kind] : 0;
        if (!known) known = learn_kind(r, i);
        if (known > 1 || window_begins_edge(r, i)) begin_at(r, i);
    }
}

/* What needs an earlier mention begins with it, or not far before. */
static void begin_near_mentions(runner *r, uint32_t first, uint32_t end) {
    const document *d = r->d;
    while (r->next_mention < d->mentions.count && d->mentions.items[r->next_mention].start < first)
        r->next_mention++;
    for (uint32_t m = r->next_mention; m < d->mentions.count; m++) {
        uint32_t start = d->mentions.items[m].start;
        if (start >= r->sentence_end || first >= end) return;
        if (start < first) continue;
        if (start - first > r->reach) first = start - r->reach;
        begin_among(r, first, start < end ? start : end);
        if (start < end) begin_at(r, start);
        first = start + 1;
    }
}

bool attempts_begin(runner *r, uint32_t first, uint32_t end) {
    r->attempts.count = 0;
    if (!vec_reserve(&r->arena, &r->attempts, end - first)) return false;
    if (!r->asks_mentions) {
        begin_anywhere(r, first, end);
    } else if (r->steps_before == NERX_NONE) {
        for (uint32_t i = first; i < end; i++)
            begin_at(r, i);
    } else {
        begin_near_mentions(r, first, end);
    }
    return !r->states.failed && !r->labels.failed;
}
