/* The cues of one program, and what they say of a span. */
#include "match/cue_set.h"

enum { MOST_MASKS = 1 << 19 /* numbers learned */ };

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

/* The most that a joint cue can add, by the spans it is asked of. */
static void add_bonus(cue_set *s, const cue *c, const int16_t *points) {
    for (uint32_t t = 0; t < s->type_count; t++) {
        int32_t more = points[t] > 0 ? points[t] : 0;
        for (uint32_t kind = 0; kind < SPAN_KINDS; kind++) {
            int16_t *bonus = &s->bonus[kind][t];
            if (c->flags & (kind == KIND_SINGLE ? CUE_MULTI : CUE_SINGLE)) continue;
            *bonus = (int16_t)(*bonus + more > MOST_POINTS ? MOST_POINTS : *bonus + more);
        }
    }
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
        add_bonus(s, c, s->points + (size_t)s->joint.items[i] * MOST_TYPES);
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
    memset(&s->best, 0, sizeof s->best);
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

static bool is_around(uint32_t place) {
    return place == CUE_BEFORE2 || place == CUE_BEFORE || place == CUE_AFTER || place == CUE_AFTER2;
}

static void look_out(cue_set *s) {
    const int16_t *best = s->best.items;
    for (uint32_t kind = 0; kind < SPAN_KINDS; kind++) {
        memcpy(s->outlook[kind], s->bonus[kind], sizeof s->bonus[kind]);
        for (uint32_t k = 0; k < CUE_PLACES; k++, best += s->stride) {
            for (uint32_t t = 0; is_around(k) && t < s->stride; t++)
                s->outlook[kind][t] = (int16_t)(s->outlook[kind][t] + best[t]);
        }
    }
}

/* The best of each place, with the sums of a further label. */
static bool raise_best(cue_set *s, const int16_t *sums, uint32_t count) {
    if (!s->best.count) {
        if (!vec_reserve(&s->learned, &s->best, count)) return false;
        memcpy(s->best.items, sums, count * sizeof *sums);
        s->best.count = count;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (s->best.items[i] < sums[i]) s->best.items[i] = sums[i];
    }
    look_out(s);
    return true;
}

/* The number of what a label says, from 1; 0 if memory is short. */
static uint32_t number_of(cue_set *s, uint32_t label) {
    while (s->at.count <= label) {
        if (!vec_push(&s->learned, &s->at, 0)) return 0;
    }
    if (s->at.items[label]) return s->at.items[label];
    uint32_t masks = s->words * CUE_PLACES, sums = CUE_PLACES * SPAN_KINDS * s->stride;
    if (!vec_reserve(&s->learned, &s->masks, masks) || !vec_reserve(&s->learned, &s->sums, sums)) return 0;
    int16_t *own = s->sums.items + s->sums.count;
    memset(own, 0, sums * sizeof *own);
    find_masks(s, label, s->masks.items + s->masks.count);
    find_sums(s, label, own);
    if (!raise_best(s, own, sums)) return 0;
    s->masks.count += masks;
    s->sums.count += sums;
    return s->at.items[label] = ++s->known;
}

bool cue_set_enter(cue_set *s, uint32_t first, uint32_t end) {
    const runner *r = &s->r;
    uint32_t count = end - first + 2 * MARGIN;
    s->near.count = 0;
    s->near_first = first;
    s->nothing = number_of(s, LABEL_NONE);
    if (!s->nothing || !vec_reserve(&s->learned, &s->near, count)) return false;
    for (uint32_t i = 0; i < MARGIN; i++)
        s->near.items[i] = s->near.items[count - 1 - i] = s->nothing;
    for (uint32_t i = first; i < end; i++) {
        uint32_t number = number_of(s, window_label(r, i));
        if (!number) return false;
        s->near.items[i - first + MARGIN] = number;
    }
    uint32_t edges_end = r->edge_at.items[end - r->first];
    for (uint32_t e = r->edge_at.items[first - r->first]; e < edges_end; e++) {
        if (!number_of(s, r->edges.items[e].label)) return false;
    }
    return true;
}

/* Numbers by token, from two before the sentence to two behind it. */
static const uint32_t *numbers_from(const cue_set *s, uint32_t token_index) {
    return s->near.items + (token_index - s->near_first + MARGIN);
}

void cue_set_narrow(const cue_set *s, uint64_t *each, uint32_t token_index) {
    uint32_t number = *numbers_from(s, token_index);
    for (uint32_t i = 0; i < s->words; i++)
        each[i] &= s->masks.items[((size_t)(number - 1) * CUE_PLACES + CUE_EACH) * s->words + i];
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

/* The numbers of the places of a span; CUE_EACH has none. */
static void place_numbers(const cue_set *s, uint32_t start, uint32_t end, uint32_t *near) {
    const uint32_t *first = numbers_from(s, start), *behind = numbers_from(s, end);
    near[CUE_BEFORE2] = first[-2];
    near[CUE_BEFORE] = first[-1];
    near[CUE_FIRST] = first[0];
    near[CUE_LAST] = behind[-1];
    near[CUE_AFTER] = behind[0];
    near[CUE_AFTER2] = behind[1];
    near[CUE_WHOLE] = end - start == 1 ? first[0] : s->at.items[whole_label(&s->r, start, end)];
}

static void add_place(sums_of_place *all, const int16_t *sums) {
    sums_of_place one;
    memcpy(&one, sums, sizeof one);
    *all += one;
}

/* By what the span is, and the best that can stand around it: could it come to `least`? */
static bool can_reach(const cue_set *s, const uint32_t *near, uint32_t kind, int least) {
    static const uint8_t inside[] = {CUE_FIRST, CUE_LAST, CUE_WHOLE};
    uint32_t block = s->stride * CUE_PLACES;
    for (uint32_t t = 0; t < s->stride; t += STRIDE) {
        sums_of_place all = {0};
        add_place(&all, s->outlook[kind] + t);
        for (size_t i = 0; i < sizeof inside; i++) {
            size_t at = (size_t)((near[inside[i]] - 1) * SPAN_KINDS + kind) * block + inside[i] * s->stride;
            add_place(&all, s->sums.items + at + t);
        }
        for (uint32_t i = 0; i < STRIDE; i++) {
            if (all[i] >= least) return true;
        }
    }
    return false;
}

/* The points of the cues that ask at one place only. */
static void add_alone(const cue_set *s, const uint32_t *near, uint32_t kind, int32_t *totals) {
    uint32_t block = s->stride * CUE_PLACES;
    for (uint32_t t = 0; t < s->stride; t += STRIDE) {
        sums_of_place all = {0};
        for (uint32_t k = 0; k < CUE_PLACES; k++) {
            if (k == CUE_EACH) continue;
            add_place(&all, s->sums.items + (size_t)((near[k] - 1) * SPAN_KINDS + kind) * block + k * s->stride + t);
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

bool cue_set_sum(const cue_set *s, const uint64_t *each, uint32_t start, uint32_t end, int least, int32_t *totals) {
    uint32_t near[CUE_PLACES], kind = end - start == 1 ? KIND_SINGLE : KIND_MULTI;
    place_numbers(s, start, end, near);
    if (!can_reach(s, near, kind, least)) return false;
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
