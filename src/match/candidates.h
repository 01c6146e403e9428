/* Candidates: spans that may be mentions, with what testifies for them. */
#ifndef MATCH_CANDIDATES_H
#define MATCH_CANDIDATES_H

#include "text/document.h"

/* From gazetteer readings with a type and from all matches so far. False if memory is short. */
bool collect_candidates(document *d, nerx_error *error);

/* Adds what matches from index `first` on testify. */
bool collect_matches(document *d, uint32_t first, nerx_error *error);

/* The candidate of this span and type, or NERX_NONE. */
uint32_t candidate_find(const document *d, uint32_t start, uint32_t end, uint32_t type);

/* A new candidate of a span and type that has none; NERX_NONE if memory is short. */
static inline uint32_t candidate_add(document *d, uint32_t start, uint32_t end, uint32_t type,
                                     uint32_t sentence_index) {
    uint32_t index = d->candidates.count;
    if (!vec_reserve(d->arena, &d->candidates, 1)) return NERX_NONE;
    d->candidates.items[d->candidates.count++] = (candidate){.start = start,
                                                             .end = end,
                                                             .type = (uint16_t)type,
                                                             .sentence = sentence_index,
                                                             .first_witness = NERX_NONE,
                                                             .last_witness = NERX_NONE,
                                                             .next = d->candidate_heads[start]};
    d->candidate_heads[start] = index;
    return index;
}

/* Adds a witness from a source that has not testified for this candidate. False if memory is short. */
static inline bool candidate_append(document *d, uint32_t index, witness w) {
    candidate *c = &d->candidates.items[index];
    uint32_t at = d->witnesses.count;
    w.next = NERX_NONE;
    if (!vec_push(d->arena, &d->witnesses, w)) return false;
    uint32_t *link = c->first_witness == NERX_NONE ? &c->first_witness : &d->witnesses.items[c->last_witness].next;
    *link = c->last_witness = at;
    c->points += w.points;
    return true;
}

/* Adds a witness to the candidate of this span and type, new if need be; a source counts once. NERX_NONE if memory is
 * short, else the candidate. */
uint32_t candidate_testify(document *d, uint32_t start, uint32_t end, uint32_t type, uint32_t sentence,
                           const witness *w);

#endif
