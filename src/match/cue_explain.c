/* Cues that testify each on their own, for those who ask why. */
#include "match/candidates.h"
#include "match/cue_set.h"

static bool has_points(const cue_set *s, uint32_t i, uint32_t type) {
    const cue *c = &s->cues[i];
    for (uint32_t k = 0; k < c->points_count; k++) {
        if (s->r.layer->cue_points[c->first_points + k].type == type) return true;
    }
    return false;
}

/* The label of the n-th token of the stretch from `start` on; none beyond it. */
static uint32_t label_at(cue_set *s, document *d, uint32_t start, int n) {
    int64_t i = (int64_t)start + n;
    return i < s->near_first || i >= s->near_end ? LABEL_NONE : cue_set_label(s, d, (uint32_t)i);
}

/* The labels of the places of a span; CUE_EACH has none. */
static void place_labels(cue_set *s, document *d, uint32_t start, uint32_t end, uint32_t *out) {
    out[CUE_BEFORE2] = label_at(s, d, start, -2);
    out[CUE_BEFORE] = label_at(s, d, start, -1);
    out[CUE_FIRST] = label_at(s, d, start, 0);
    out[CUE_LAST] = label_at(s, d, end, -1);
    out[CUE_AFTER] = label_at(s, d, end, 0);
    out[CUE_AFTER2] = label_at(s, d, end, 1);
    out[CUE_WHOLE] = end - start == 1 ? out[CUE_FIRST] : cue_set_phrase(s, d, start, end);
}

static bool holds(cue_set *s, document *d, uint32_t number, uint32_t start, uint32_t end) {
    const cue *c = &s->cues[number];
    const labels *l = &s->r.labels;
    uint32_t at[CUE_PLACES], kind = end - start == 1 ? KIND_SINGLE : KIND_MULTI;
    if (c->flags & (CUE_SPANS | (kind == KIND_SINGLE ? CUE_MULTI : CUE_SINGLE))) return false;
    if (!cue_set_allows(s, c, s->about)) return false;
    place_labels(s, d, start, end, at);
    for (uint32_t k = 0; k < CUE_PLACES; k++) {
        if (k != CUE_EACH && c->tests[k] != CUE_NO_TEST && !label_holds(l, at[k], c->tests[k])) return false;
    }
    for (uint32_t i = start; i < end && c->tests[CUE_EACH] != CUE_NO_TEST; i++) {
        if (!label_holds(l, cue_set_label(s, d, i), c->tests[CUE_EACH])) return false;
    }
    return !l->failed;
}

static bool testify(cue_set *s, document *d, uint32_t start, uint32_t end, uint32_t slot, uint32_t sentence_index) {
    for (uint32_t i = 0; i < s->count; i++) {
        if (!has_points(s, i, s->types[slot]) || !holds(s, d, i, start, end)) continue;
        witness w = {.kind = WITNESS_CUE, .source = s->first + i, .points = s->points[i][slot]};
        uint32_t at = candidate_testify(d, start, end, s->types[slot], sentence_index, &w);
        if (at == NERX_NONE) return false;
        d->candidates.items[at].cued = true;
    }
    return !s->r.labels.failed;
}

bool cue_set_explain(cue_set *s, document *d, uint32_t start, uint32_t end, uint32_t sentence_index) {
    for (uint32_t t = 0; t < s->type_count; t++) {
        uint32_t at = candidate_find(d, start, end, s->types[t]);
        if (at != NERX_NONE && d->candidates.items[at].cued) continue;
        if (!testify(s, d, start, end, t, sentence_index)) return false;
    }
    return true;
}
