/* Asking cues of spans. */
#include "match/cues.h"

#include <stdlib.h>

#include "base/error.h"
#include "match/candidates.h"
#include "match/runner.h"
#include "match/weights.h"

enum { LONGEST_SPAN = 8, CHUNK = 1024, MOST_TYPES = 8, MOST_MASKS = 1 << 19 /* 64-bit words */ };

typedef struct asked {
    uint32_t cue, test; /* cue: number in the program */
} asked;

/* The cues of one program. */
typedef struct cue_set {
    runner r;
    const cue *cues;
    uint32_t first, count, words; /* first: number through all layers; words: 64-bit words of a set of cues */
    const cue *spans;             /* which spans are looked at, or NULL */
    VEC(asked) asked[CUE_PLACES];
    uint64_t *unasked[CUE_PLACES]; /* cues without a test at that place */
    uint64_t *single, *multi, *work;
    uint32_t types[MOST_TYPES], type_count;
    int16_t *points; /* by cue and type */
    arena learned;
    VEC(uint32_t) at; /* by label: where its sets are in `masks`, plus one */
    VEC(uint64_t) masks;
} cue_set;

struct cue_reader {
    const model *model;
    cue_set *sets;
    uint32_t count;
};

static void put(uint64_t *set, uint32_t i) {
    set[i / 64] |= (uint64_t)1 << (i % 64);
}

static uint32_t type_slot(cue_set *s, uint32_t type) {
    uint32_t i = 0;
    while (i < s->type_count && s->types[i] != type)
        i++;
    if (i == s->type_count && i < MOST_TYPES) s->types[s->type_count++] = type;
    return i;
}

static bool read_cue(cue_set *s, uint32_t i) {
    const cue *c = &s->cues[i];
    if (c->flags & CUE_SPANS) {
        s->spans = c;
        return true;
    }
    if (!(c->flags & CUE_MULTI)) put(s->single, i);
    if (!(c->flags & CUE_SINGLE)) put(s->multi, i);
    for (uint32_t k = 0; k < CUE_PLACES; k++) {
        asked a = {i, c->tests[k]};
        if (c->tests[k] == CUE_NO_TEST) {
            put(s->unasked[k], i);
        } else if (!vec_push(&s->r.arena, &s->asked[k], a)) {
            return false;
        }
    }
    for (uint32_t k = 0; k < c->points_count; k++) {
        const cue_points *p = &s->r.layer->cue_points[c->first_points + k];
        uint32_t slot = type_slot(s, p->type);
        if (slot < MOST_TYPES) s->points[i * MOST_TYPES + slot] = (int16_t)p->points;
    }
    return true;
}

static bool set_open(cue_set *s, const model *m, const rule_layer *l, const program *p) {
    if (!runner_open(&s->r, m, l, p)) return false;
    arena *a = &s->r.arena;
    s->cues = p->cue_count ? l->cues + p->first_cue : NULL;
    s->first = l->first_cue + p->first_cue;
    s->count = p->cue_count;
    s->words = s->count / 64 + 1;
    s->single = arena_array(a, uint64_t, s->words);
    s->multi = arena_array(a, uint64_t, s->words);
    s->work = arena_array(a, uint64_t, (size_t)s->words * 2);
    s->points = arena_array(a, int16_t, (size_t)s->count * MOST_TYPES);
    if (!s->single || !s->multi || !s->work || !s->points) return false;
    for (uint32_t k = 0; k < CUE_PLACES; k++) {
        s->unasked[k] = arena_array(a, uint64_t, s->words);
        if (!s->unasked[k]) return false;
    }
    for (uint32_t i = 0; i < s->count; i++) {
        if (!read_cue(s, i)) return false;
    }
    return true;
}

static void forget(cue_set *s) {
    arena_reset(&s->learned);
    memset(&s->at, 0, sizeof s->at);
    memset(&s->masks, 0, sizeof s->masks);
}

/* The sets of cues whose tests a label meets, one for each place; NULL if memory is short. */
static const uint64_t *masks_of(cue_set *s, uint32_t label) {
    while (s->at.count <= label) {
        if (!vec_push(&s->learned, &s->at, 0)) return NULL;
    }
    if (!s->at.items[label]) {
        uint32_t start = s->masks.count, size = s->words * CUE_PLACES;
        if (!vec_reserve(&s->learned, &s->masks, size)) return NULL;
        s->masks.count += size;
        for (uint32_t k = 0; k < CUE_PLACES; k++) {
            uint64_t *set = s->masks.items + start + (size_t)k * s->words;
            memcpy(set, s->unasked[k], s->words * sizeof *set);
            for (uint32_t i = 0; i < s->asked[k].count; i++) {
                const asked *a = &s->asked[k].items[i];
                if (label_holds(&s->r.labels, label, a->test)) put(set, a->cue);
            }
        }
        s->at.items[label] = start + 1;
    }
    return s->masks.items + s->at.items[label] - 1;
}

static bool narrow(cue_set *s, uint64_t *set, uint32_t label, cue_place place) {
    const uint64_t *masks = masks_of(s, label);
    if (!masks) return false;
    masks += (size_t)place * s->words;
    for (uint32_t i = 0; i < s->words; i++)
        set[i] &= masks[i];
    return true;
}

/* The label of a token of the sentence, near the window. */
static uint32_t label_at(const runner *r, uint32_t i, int away) {
    int64_t at = (int64_t)i + away;
    if (at < r->sentence_first || at >= r->sentence_end || at < r->first || at >= r->end) return LABEL_NONE;
    return window_label(r, (uint32_t)at);
}

/* The label of a span as a whole: its token's, or that of the phrase it is. */
static uint32_t whole_label(const runner *r, uint32_t start, uint32_t end) {
    if (end - start == 1) return window_label(r, start);
    for (uint32_t e = r->edge_at.items[start - r->first]; e < r->edges.count && r->edges.items[e].start == start; e++) {
        if (r->edges.items[e].end == end) return r->edges.items[e].label;
    }
    return LABEL_NONE;
}

/* s->work: the cues of the span, all of whose tokens have been asked already. */
static bool close_span(cue_set *s, const uint64_t *each, uint32_t start, uint32_t end) {
    const runner *r = &s->r;
    const uint64_t *kind = end - start == 1 ? s->single : s->multi;
    for (uint32_t i = 0; i < s->words; i++)
        s->work[i] = each[i] & kind[i];
    return narrow(s, s->work, label_at(r, start, -2), CUE_BEFORE2) &&
           narrow(s, s->work, label_at(r, start, -1), CUE_BEFORE) &&
           narrow(s, s->work, window_label(r, start), CUE_FIRST) &&
           narrow(s, s->work, window_label(r, end - 1), CUE_LAST) &&
           narrow(s, s->work, label_at(r, end, 0), CUE_AFTER) && narrow(s, s->work, label_at(r, end, 1), CUE_AFTER2) &&
           narrow(s, s->work, whole_label(r, start, end), CUE_WHOLE);
}

static void sum(const cue_set *s, int32_t *totals) {
    for (uint32_t w = 0; w < s->words; w++) {
        for (uint64_t left = s->work[w]; left; left &= left - 1) {
            const int16_t *points = s->points + (size_t)(w * 64 + (uint32_t)__builtin_ctzll(left)) * MOST_TYPES;
            for (uint32_t k = 0; k < s->type_count; k++)
                totals[k] += points[k];
        }
    }
}

static bool has_points(const cue_set *s, uint32_t i, uint32_t type) {
    const cue *c = &s->cues[i];
    for (uint32_t k = 0; k < c->points_count; k++) {
        if (s->r.layer->cue_points[c->first_points + k].type == type) return true;
    }
    return false;
}

/* One witness for all cues, or each its own. */
static bool testify(cue_set *s, document *d, uint32_t start, uint32_t end, uint32_t slot, int32_t total,
                    uint32_t sentence_index, bool explain) {
    witness w = {.kind = WITNESS_CUE, .source = NERX_NONE, .points = total};
    uint32_t type = s->types[slot], at;
    if (!explain) {
        at = candidate_testify(d, start, end, type, sentence_index, &w);
        if (at != NERX_NONE) d->candidates.items[at].cued = true;
        return at != NERX_NONE;
    }
    for (uint32_t i = 0; i < s->count; i++) {
        if (!(s->work[i / 64] >> (i % 64) & 1) || !has_points(s, i, type)) continue;
        w.source = s->first + i;
        w.points = s->points[i * MOST_TYPES + slot];
        at = candidate_testify(d, start, end, type, sentence_index, &w);
        if (at == NERX_NONE) return false;
        d->candidates.items[at].cued = true;
    }
    return true;
}

static candidate *find(const document *d, uint32_t start, uint32_t end, uint32_t type) {
    for (uint32_t i = d->candidate_heads[start]; i != NERX_NONE; i = d->candidates.items[i].next) {
        candidate *c = &d->candidates.items[i];
        if (c->end == end && c->type == type) return c;
    }
    return NULL;
}

static bool ask_span(cue_set *s, document *d, const uint64_t *each, uint32_t start, uint32_t end,
                     uint32_t sentence_index, bool explain) {
    if (!close_span(s, each, start, end)) return false;
    int32_t totals[MOST_TYPES] = {0};
    sum(s, totals);
    for (uint32_t k = 0; k < s->type_count; k++) {
        candidate *c = find(d, start, end, s->types[k]);
        if (c ? c->cued : totals[k] < WEIGHT_CANDIDATE && !explain) continue;
        if (!testify(s, d, start, end, k, totals[k], sentence_index, explain)) return false;
    }
    return true;
}

static bool may(const cue_set *s, cue_place place, uint32_t token_index) {
    uint32_t test = s->spans->tests[place];
    return test == CUE_NO_TEST || label_holds(&s->r.labels, window_label(&s->r, token_index), test);
}

static bool ask_from(cue_set *s, document *d, uint32_t start, uint32_t sentence_index, bool explain) {
    uint64_t *each = s->work + s->words;
    memset(each, 0xff, s->words * sizeof *each);
    for (uint32_t i = start; i < s->r.sentence_end && i - start < LONGEST_SPAN; i++) {
        if (!may(s, CUE_EACH, i)) return true;
        if (!narrow(s, each, window_label(&s->r, i), CUE_EACH)) return false;
        if (may(s, CUE_LAST, i) && !ask_span(s, d, each, start, i + 1, sentence_index, explain)) return false;
    }
    return true;
}

static bool ask_candidate(cue_set *s, document *d, const candidate *c, bool explain) {
    uint64_t *each = s->work + s->words;
    memset(each, 0xff, s->words * sizeof *each);
    for (uint32_t i = c->start; i < c->end; i++) {
        if (!narrow(s, each, window_label(&s->r, i), CUE_EACH)) return false;
    }
    return ask_span(s, d, each, c->start, c->end, c->sentence, explain);
}

static bool ask_candidates(cue_set *s, document *d, uint32_t token_index, bool explain) {
    for (uint32_t k = d->candidate_heads[token_index]; k != NERX_NONE; k = d->candidates.items[k].next) {
        candidate c = d->candidates.items[k];
        if (c.cued || c.end > s->r.end) continue;
        if (!ask_candidate(s, d, &c, explain)) return false;
        d->candidates.items[k].cued = true;
    }
    return true;
}

static bool is_asked(const document *d, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        for (uint32_t k = d->candidate_heads[i]; k != NERX_NONE; k = d->candidates.items[k].next) {
            if (!d->candidates.items[k].cued) return false;
        }
    }
    return true;
}

static bool ask_chunk(cue_set *s, document *d, uint32_t sentence_index, uint32_t first, uint32_t end, bool late,
                      bool explain) {
    runner *r = &s->r;
    uint32_t back = first - r->sentence_first < 2 ? first - r->sentence_first : 2;
    uint32_t ahead = r->sentence_end - end < MAX_MATCH ? r->sentence_end - end : MAX_MATCH;
    if (labels_forget_if_large(&r->labels) || s->masks.count > MOST_MASKS) forget(s);
    if (!window_fill(r, 0, first - back, end + ahead)) return false;
    for (uint32_t i = first; i < end; i++) {
        if (!late && s->spans && may(s, CUE_FIRST, i) && !ask_from(s, d, i, sentence_index, explain)) return false;
        if (!ask_candidates(s, d, i, explain)) return false;
    }
    return true;
}

static bool ask_sentence(cue_set *s, document *d, uint32_t sentence_index, bool late, bool explain) {
    const sentence *in = &d->sentences.items[sentence_index];
    s->r.d = d;
    s->r.sentence_first = in->first;
    s->r.sentence_end = in->end;
    for (uint32_t i = in->first; i < in->end; i += CHUNK) {
        uint32_t end = in->end - i < CHUNK ? in->end : i + CHUNK;
        if (late && is_asked(d, i, end)) continue;
        if (!ask_chunk(s, d, sentence_index, i, end, late, explain)) return false;
    }
    return true;
}

static bool ask_all(cue_reader *c, document *d, bool late, bool explain, nerx_error *error) {
    for (uint32_t i = 0; i < d->sentences.count; i++) {
        for (uint32_t k = 0; k < c->count; k++) {
            cue_set *s = &c->sets[k];
            const rule_layer *l = s->r.layer;
            const program *p = s->r.program;
            if (p->language != d->sentences.items[i].language) continue;
            if (!s->r.open && !set_open(s, c->model, l, p)) {
                runner_close(&s->r);
                *s = (cue_set){.r = {.model = c->model, .layer = l, .program = p}};
                return error_memory(error);
            }
            if (!ask_sentence(s, d, i, late, explain)) return error_memory(error);
        }
    }
    return true;
}

bool cues_testify(cue_reader *c, document *d, bool explain, nerx_error *error) {
    return ask_all(c, d, false, explain, error);
}

bool cues_testify_late(cue_reader *c, document *d, bool explain, nerx_error *error) {
    return ask_all(c, d, true, explain, error);
}

cue_reader *cues_new(const model *m, nerx_error *error) {
    cue_reader *c = calloc(1, sizeof *c);
    uint32_t count = 0;
    for (uint32_t k = 0; k < m->layer_count; k++) {
        for (uint32_t i = 0; i < m->layers[k].rules.program_count; i++)
            count += m->layers[k].rules.programs[i].pass == CUE_PASS;
    }
    if (c) c->sets = calloc((size_t)count + 1, sizeof *c->sets);
    if (!c || !c->sets) {
        free(c);
        error_memory(error);
        return NULL;
    }
    c->model = m;
    for (uint32_t k = 0; k < m->layer_count; k++) {
        const rule_layer *l = &m->layers[k].rules;
        for (uint32_t i = 0; i < l->program_count; i++) {
            if (l->programs[i].pass == CUE_PASS)
                c->sets[c->count++].r = (runner){.model = m, .layer = l, .program = &l->programs[i]};
        }
    }
    return c;
}

void cues_begin(cue_reader *c, uint32_t generation) {
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->sets[i].r.open) labels_begin(&c->sets[i].r.labels, generation);
    }
}

void cues_free(cue_reader *c) {
    if (!c) return;
    for (uint32_t i = 0; i < c->count; i++) {
        arena_free(&c->sets[i].learned);
        runner_close(&c->sets[i].r);
    }
    free(c->sets);
    free(c);
}
