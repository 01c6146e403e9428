/* The cues of one program, and what they say of a span. */
#include "match/cue_set.h"

enum { MOST_MASKS = 1 << 19 /* numbers learned */ };

enum { KIND_SINGLE, KIND_MULTI, SPAN_KINDS };

enum { MARGIN = 2 /* tokens around a span that are asked */, MOST_POINTS = INT16_MAX / CUE_PLACES };

typedef int16_t sums_of_place __attribute__((vector_size(STRIDE * sizeof(int16_t))));

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

/* The only place where a cue asks, or CUE_EACH: it asks at several, or of each token. */
static uint32_t only_place(const cue *c) {
    uint32_t place = CUE_EACH, count = 0;
    for (uint32_t k = 0; k < CUE_PLACES; k++) {
        if (c->tests[k] == CUE_NO_TEST) continue;
        place = k;
        count++;
    }
    return count == 1 ? place : CUE_EACH;
}

static void read_points(cue_set *s, uint32_t i) {
    for (uint32_t k = 0; k < s->cues[i].points_count; k++) {
        const cue_points *p = &s->r.layer->cue_points[s->cues[i].first_points + k];
        uint32_t slot = type_slot(s, p->type);
        if (slot < MOST_TYPES) s->points[i * MOST_TYPES + slot] = (int16_t)p->points;
    }
}

static bool read_cue(cue_set *s, uint32_t i) {
    const cue *c = &s->cues[i];
    if (c->flags & CUE_SPANS) {
        s->spans = c;
        return true;
    }
    read_points(s, i);
    uint32_t place = only_place(c);
    asked a = {i, c->tests[place]};
    return place == CUE_EACH ? vec_push(&s->r.arena, &s->joint, i) : vec_push(&s->r.arena, &s->alone[place], a);
}

static bool read_joint(cue_set *s) {
    arena *a = &s->r.arena;
    s->words = (s->joint.count + 63) / 64;
    s->single = arena_array(a, uint64_t, s->words);
    s->multi = arena_array(a, uint64_t, s->words);
    s->each = arena_array(a, uint64_t, s->words);
    for (uint32_t k = 0; k < CUE_PLACES; k++)
        s->unasked[k] = arena_array(a, uint64_t, s->words);
    if (a->failed) return false;
    for (uint32_t i = 0; i < s->joint.count; i++) {
        const cue *c = &s->cues[s->joint.items[i]];
        if (!(c->flags & CUE_MULTI)) put(s->single, i);
        if (!(c->flags & CUE_SINGLE)) put(s->multi, i);
        for (uint32_t k = 0; k < CUE_PLACES; k++) {
            asked q = {i, c->tests[k]};
            if (q.test == CUE_NO_TEST) {
                put(s->unasked[k], i);
            } else if (!vec_push(a, &s->asked[k], q)) {
                return false;
            }
        }
    }
    return true;
}

bool cue_set_open(cue_set *s, const model *m, const rule_layer *l, const program *p) {
    if (!runner_open(&s->r, m, l, p)) return false;
    s->cues = l->cues + p->first_cue;
    s->first = l->first_cue + p->first_cue;
    s->count = p->cue_count;
    s->points = arena_array(&s->r.arena, int16_t, (size_t)s->count * MOST_TYPES);
    if (!s->points) return false;
    for (uint32_t i = 0; i < s->count; i++) {
        if (!read_cue(s, i)) return false;
    }
    s->stride = (s->type_count + STRIDE - 1) / STRIDE * STRIDE;
    return read_joint(s);
}

void cue_set_forget(cue_set *s) {
    arena_reset(&s->learned);
    s->known = s->nothing = 0;
    memset(&s->near, 0, sizeof s->near);
    memset(&s->at, 0, sizeof s->at);
    memset(&s->masks, 0, sizeof s->masks);
    memset(&s->sums, 0, sizeof s->sums);
}

bool cue_set_is_large(const cue_set *s) {
    return s->masks.count + s->sums.count > MOST_MASKS;
}

static void find_masks(const cue_set *s, uint32_t label, uint64_t *masks) {
    for (uint32_t k = 0; k < CUE_PLACES; k++, masks += s->words) {
        if (s->words) memcpy(masks, s->unasked[k], s->words * sizeof *masks);
        for (uint32_t i = 0; i < s->asked[k].count; i++) {
            const asked *a = &s->asked[k].items[i];
            if (label_holds(&s->r.labels, label, a->test)) put(masks, a->cue);
        }
    }
}

static void add_points(const cue_set *s, uint32_t cue_number, int32_t *sums) {
    const int16_t *points = s->points + (size_t)cue_number * MOST_TYPES;
    for (uint32_t t = 0; t < s->type_count; t++)
        sums[t] += points[t];
}

/* A sum stays small enough for those of all places to be added up. */
static void add_to_sums(const cue_set *s, uint32_t cue_number, int16_t *sums) {
    const int16_t *points = s->points + (size_t)cue_number * MOST_TYPES;
    for (uint32_t t = 0; t < s->type_count; t++) {
        int32_t sum = sums[t] + points[t];
        sums[t] = (int16_t)(sum > MOST_POINTS ? MOST_POINTS : sum < -MOST_POINTS ? -MOST_POINTS : sum);
    }
}

static void find_sums(const cue_set *s, uint32_t label, int16_t *single) {
    int16_t *multi = single + (size_t)CUE_PLACES * s->stride;
    for (uint32_t k = 0; k < CUE_PLACES; k++, single += s->stride, multi += s->stride) {
        for (uint32_t i = 0; i < s->alone[k].count; i++) {
            const asked *a = &s->alone[k].items[i];
            if (!label_holds(&s->r.labels, label, a->test)) continue;
            if (!(s->cues[a->cue].flags & CUE_MULTI)) add_to_sums(s, a->cue, single);
            if (!(s->cues[a->cue].flags & CUE_SINGLE)) add_to_sums(s, a->cue, multi);
        }
    }
}

/* The number of what a label says, from 1; 0 if memory is short. */
static uint32_t number_of(cue_set *s, uint32_t label) {
    while (s->at.count <= label) {
        if (!vec_push(&s->learned, &s->at, 0)) return 0;
    }
    if (s->at.items[label]) return s->at.items[label];
    uint32_t masks = s->words * CUE_PLACES, sums = CUE_PLACES * SPAN_KINDS * s->stride;
    if (!vec_reserve(&s->learned, &s->masks, masks) || !vec_reserve(&s->learned, &s->sums, sums)) return 0;
    memset(s->sums.items + s->sums.count, 0, sums * sizeof *s->sums.items);
    find_masks(s, label, s->masks.items + s->masks.count);
    find_sums(s, label, s->sums.items + s->sums.count);
    s->masks.count += masks;
    s->sums.count += sums;
    return s->at.items[label] = ++s->known;
}

bool cue_set_look(cue_set *s) {
    const runner *r = &s->r;
    if (!s->nothing) s->nothing = number_of(s, LABEL_NONE);
    uint32_t count = r->end - r->first + 2 * MARGIN;
    s->near.count = 0;
    if (!s->nothing || !vec_reserve(&s->learned, &s->near, count)) return false;
    memset(s->near.items, 0, count * sizeof *s->near.items);
    for (uint32_t i = 0; i < MARGIN; i++)
        s->near.items[i] = s->near.items[count - 1 - i] = s->nothing;
    s->near.count = count;
    return true;
}

/* The number of token i, which is in the window, or a bit before or behind it; outside the sentence it is nothing. 0 if
 * memory is short. */
static inline uint32_t number_at(cue_set *s, int64_t i) {
    if (i < s->r.sentence_first || i >= s->r.sentence_end) return s->nothing;
    uint32_t at = (uint32_t)(i - s->r.first + MARGIN);
    if (s->near.items[at]) return s->near.items[at];
    return s->near.items[at] = number_of(s, s->r.token_labels.items[at - MARGIN]);
}

static void narrow(const cue_set *s, uint64_t *set, uint32_t number, cue_place place) {
    if (!s->words) return;
    const uint64_t *masks = s->masks.items + ((size_t)(number - 1) * CUE_PLACES + place) * s->words;
    for (uint32_t i = 0; i < s->words; i++)
        set[i] &= masks[i];
}

bool cue_set_narrow(cue_set *s, uint64_t *each, uint32_t token_index) {
    uint32_t number = number_at(s, token_index);
    if (number) narrow(s, each, number, CUE_EACH);
    return number;
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

/* The labels of the places of a span; CUE_EACH has none. */
static void place_labels(const runner *r, uint32_t start, uint32_t end, uint32_t *near) {
    near[CUE_BEFORE2] = label_at(r, start, -2);
    near[CUE_BEFORE] = label_at(r, start, -1);
    near[CUE_FIRST] = window_label(r, start);
    near[CUE_LAST] = window_label(r, end - 1);
    near[CUE_AFTER] = label_at(r, end, 0);
    near[CUE_AFTER2] = label_at(r, end, 1);
    near[CUE_WHOLE] = whole_label(r, start, end);
}

/* The numbers of the places of a span; CUE_EACH has none. False if memory is short. */
static bool place_numbers(cue_set *s, uint32_t start, uint32_t end, uint32_t *near) {
    near[CUE_BEFORE2] = number_at(s, (int64_t)start - 2);
    near[CUE_BEFORE] = number_at(s, (int64_t)start - 1);
    near[CUE_FIRST] = number_at(s, start);
    near[CUE_LAST] = number_at(s, end - 1);
    near[CUE_AFTER] = number_at(s, end);
    near[CUE_AFTER2] = number_at(s, (int64_t)end + 1);
    near[CUE_WHOLE] = end - start == 1 ? near[CUE_FIRST] : number_of(s, whole_label(&s->r, start, end));
    return near[CUE_BEFORE2] && near[CUE_BEFORE] && near[CUE_FIRST] && near[CUE_LAST] && near[CUE_AFTER] &&
           near[CUE_AFTER2] && near[CUE_WHOLE];
}

/* The points of the cues that ask at one place only. */
static void add_alone(const cue_set *s, const uint32_t *near, uint32_t kind, int32_t *totals) {
    uint32_t block = s->stride * CUE_PLACES;
    for (uint32_t t = 0; t < s->stride; t += STRIDE) {
        sums_of_place all = {0}, one;
        for (uint32_t k = 0; k < CUE_PLACES; k++) {
            if (k == CUE_EACH) continue;
            const int16_t *from = s->sums.items + (size_t)((near[k] - 1) * SPAN_KINDS + kind) * block + k * s->stride;
            memcpy(&one, from + t, sizeof one);
            all += one;
        }
        for (uint32_t i = 0; i < STRIDE; i++)
            totals[t + i] = all[i];
    }
}

/* The joint cues that hold for a span, 64 of them. */
static uint64_t common(const cue_set *s, const uint32_t *near, uint64_t each, uint32_t index) {
    for (uint32_t k = 0; k < CUE_PLACES; k++) {
        if (k != CUE_EACH) each &= s->masks.items[((size_t)(near[k] - 1) * CUE_PLACES + k) * s->words + index];
    }
    return each;
}

bool cue_set_sum(cue_set *s, const uint64_t *each, uint32_t start, uint32_t end, int32_t *totals) {
    uint32_t near[CUE_PLACES], kind = end - start == 1 ? KIND_SINGLE : KIND_MULTI;
    if (!place_numbers(s, start, end, near)) return false;
    add_alone(s, near, kind, totals);
    const uint64_t *apt = kind == KIND_SINGLE ? s->single : s->multi;
    for (uint32_t w = 0; w < s->words; w++) {
        for (uint64_t left = common(s, near, each[w] & apt[w], w); left; left &= left - 1)
            add_points(s, s->joint.items[w * 64 + (uint32_t)__builtin_ctzll(left)], totals);
    }
    return true;
}

/* Does the cue hold for the span? For explanations only. */
bool cue_set_holds(const cue_set *s, uint32_t number, uint32_t start, uint32_t end) {
    const cue *c = &s->cues[number];
    uint32_t near[CUE_PLACES];
    if (c->flags & CUE_SPANS || c->flags & (end - start == 1 ? CUE_MULTI : CUE_SINGLE)) return false;
    place_labels(&s->r, start, end, near);
    for (uint32_t k = 0; k < CUE_PLACES; k++) {
        if (k == CUE_EACH || c->tests[k] == CUE_NO_TEST) continue;
        if (!label_holds(&s->r.labels, near[k], c->tests[k])) return false;
    }
    for (uint32_t i = start; i < end && c->tests[CUE_EACH] != CUE_NO_TEST; i++) {
        if (!label_holds(&s->r.labels, window_label(&s->r, i), c->tests[CUE_EACH])) return false;
    }
    return true;
}
