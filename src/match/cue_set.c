/* The cues of one program, and what they say of a span. */
#include "match/cue_set.h"

enum { MOST_BLOCKS = 1 << 18 /* numbers learned */ };

enum { MARGIN = 2 /* tokens around a span that are asked */ };

typedef int16_t lanes __attribute__((vector_size(LANES * sizeof(int16_t))));

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

/* The only place where a cue asks, or CUE_EACH: it asks at several, of each token, or of the document. */
static uint32_t only_place(const cue *c) {
    uint32_t place = CUE_EACH, count = 0;
    for (uint32_t k = 0; k < CUE_PLACES; k++) {
        if (c->tests[k] == CUE_NO_TEST) continue;
        place = k;
        count++;
    }
    return count == 1 && c->tests[CUE_ABOUT] == CUE_NO_TEST ? place : CUE_EACH;
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
    for (uint32_t kind = 0; kind < SPAN_KINDS; kind++)
        s->apt[kind] = arena_array(a, uint64_t, s->words);
    s->each = arena_array(a, uint64_t, s->words);
    for (uint32_t k = 0; k < CUE_PLACES; k++)
        s->unasked[k] = arena_array(a, uint64_t, s->words);
    if (a->failed) return false;
    for (uint32_t i = 0; i < s->joint.count; i++) {
        const cue *c = &s->cues[s->joint.items[i]];
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

static bool read_cues(cue_set *s) {
    s->cues = s->r.layer->cues + s->r.program->first_cue;
    s->first = s->r.layer->first_cue + s->r.program->first_cue;
    s->count = s->r.program->cue_count;
    s->points = arena_array(&s->r.arena, int16_t, (size_t)s->count * MOST_TYPES);
    if (!s->points) return false;
    for (uint32_t i = 0; i < s->count; i++) {
        if (!read_cue(s, i)) return false;
    }
    s->quads = (s->type_count + LANES - 1) / LANES;
    return read_joint(s) && cue_set_find_topics(s);
}

bool cue_set_open(cue_set *s, signatures *words, const model *m, const rule_layer *l, const program *p) {
    if (!runner_open(&s->r, words, m, l, p)) return false;
    if (read_cues(s)) return true;
    runner_close(&s->r);
    *s = (cue_set){.r = s->r};
    return false;
}

void cue_set_forget(cue_set *s) {
    arena_reset(&s->learned);
    memset(&s->at, 0, sizeof s->at);
    memset(&s->blocks, 0, sizeof s->blocks);
    memset(&s->near, 0, sizeof s->near);
    memset(&s->speaks_of, 0, sizeof s->speaks_of);
}

bool cue_set_is_large(const cue_set *s) {
    return s->blocks.count > MOST_BLOCKS;
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

typedef int16_t place_sums[SPAN_KINDS][CUE_PLACES][LANES];

/* A sum stays small enough for those of all places to be added up. */
static void add_to_sums(const cue_set *s, uint32_t cue_number, uint32_t place, uint32_t kind, place_sums *sums) {
    const int16_t *points = s->points + (size_t)cue_number * MOST_TYPES;
    for (uint32_t t = 0; t < s->type_count; t++) {
        int16_t *at = &sums[t / LANES][kind][place][t % LANES];
        int32_t sum = *at + points[t];
        *at = (int16_t)(sum > MOST_POINTS ? MOST_POINTS : sum < -MOST_POINTS ? -MOST_POINTS : sum);
    }
}

static void find_sums(const cue_set *s, uint32_t label, uint64_t *block) {
    place_sums sums[MOST_TYPES / LANES] = {0};
    for (uint32_t k = 0; k < CUE_PLACES; k++) {
        for (uint32_t i = 0; i < s->alone[k].count; i++) {
            const asked *a = &s->alone[k].items[i];
            if (!label_holds(&s->r.labels, label, a->test)) continue;
            if (!(s->cues[a->cue].flags & CUE_MULTI)) add_to_sums(s, a->cue, k, KIND_SINGLE, sums);
            if (!(s->cues[a->cue].flags & CUE_SINGLE)) add_to_sums(s, a->cue, k, KIND_MULTI, sums);
        }
    }
    memcpy(block, sums, s->quads * sizeof *sums);
}

static uint32_t first_mask(const cue_set *s) {
    return s->quads * SPAN_KINDS * CUE_PLACES;
}

/* The block of what a label says, plus one; 0 if memory is short. */
static uint32_t block_of(cue_set *s, uint32_t label) {
    while (s->at.count <= label) {
        if (!vec_push(&s->learned, &s->at, 0)) return 0;
    }
    if (s->at.items[label]) return s->at.items[label];
    uint32_t size = first_mask(s) + s->words * CUE_PLACES, at = s->blocks.count;
    if (!vec_reserve(&s->learned, &s->blocks, size)) return 0;
    find_sums(s, label, s->blocks.items + at);
    find_masks(s, label, s->blocks.items + at + first_mask(s));
    s->blocks.count += size;
    return s->at.items[label] = at + 1;
}

bool cue_set_enter(cue_set *s, uint32_t first, uint32_t end) {
    const runner *r = &s->r;
    uint32_t count = end - first + 2 * MARGIN, nothing = block_of(s, LABEL_NONE);
    s->near.count = 0;
    s->near_first = first;
    if (!nothing || !vec_reserve(&s->learned, &s->near, count)) return false;
    for (uint32_t i = 0; i < MARGIN; i++)
        s->near.items[i] = s->near.items[count - 1 - i] = nothing - 1;
    for (uint32_t i = first; i < end; i++) {
        uint32_t label = window_label(r, i), block = label < s->at.count ? s->at.items[label] : 0;
        if (!block && !(block = block_of(s, label))) return false;
        s->near.items[i - first + MARGIN] = block - 1;
    }
    uint32_t edges_end = r->edge_at.items[end - r->first];
    for (uint32_t e = r->edge_at.items[first - r->first]; e < edges_end; e++) {
        if (!block_of(s, r->edges.items[e].label)) return false;
    }
    return true;
}

/* Blocks by token, from two before the sentence to two behind it. */
static const uint32_t *blocks_from(const cue_set *s, uint32_t token_index) {
    return s->near.items + (token_index - s->near_first + MARGIN);
}

void cue_set_narrow(const cue_set *s, uint64_t *each, uint32_t token_index) {
    const uint64_t *masks = s->blocks.items + *blocks_from(s, token_index) + first_mask(s);
    for (uint32_t i = 0; i < s->words; i++)
        each[i] &= masks[CUE_EACH * s->words + i];
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

/* The blocks of the places of a span. What is asked of each token, is asked of the first once more. */
static void place_blocks(const cue_set *s, uint32_t start, uint32_t end, uint32_t *near) {
    const uint32_t *first = blocks_from(s, start), *behind = blocks_from(s, end);
    near[CUE_BEFORE2] = first[-2];
    near[CUE_BEFORE] = first[-1];
    near[CUE_FIRST] = near[CUE_EACH] = first[0];
    near[CUE_LAST] = behind[-1];
    near[CUE_AFTER] = behind[0];
    near[CUE_AFTER2] = behind[1];
    near[CUE_WHOLE] = end - start == 1 ? first[0] : s->at.items[whole_label(&s->r, start, end)] - 1;
}

/* The points of the cues that ask at one place only. Can any of the sums come to `least`? */
static bool add_alone(const cue_set *s, const uint32_t *near, uint32_t kind, int least, int32_t *totals) {
    bool reached = false;
    for (uint32_t q = 0; q < s->quads; q++) {
        const uint64_t *sums = s->blocks.items + (q * SPAN_KINDS + kind) * CUE_PLACES;
        lanes all = {0}, one;
        for (uint32_t k = 0; k < CUE_PLACES; k++) {
            memcpy(&one, &sums[near[k] + k], sizeof one);
            all += one;
        }
        for (uint32_t i = 0; i < LANES; i++) {
            totals[q * LANES + i] = all[i];
            reached |= all[i] + s->bonus[kind][q * LANES + i] >= least;
        }
    }
    return reached;
}

/* The joint cues that hold for a span, 64 of them. */
static uint64_t common(const cue_set *s, const uint32_t *near, uint64_t each, uint32_t index) {
    const uint64_t *masks = s->blocks.items + first_mask(s) + index;
    for (uint32_t k = 0; k < CUE_PLACES; k++)
        each &= masks[near[k] + k * s->words];
    return each;
}

bool cue_set_sum(const cue_set *s, const uint64_t *each, uint32_t start, uint32_t end, int least, int32_t *totals) {
    uint32_t near[CUE_PLACES], kind = end - start == 1 ? KIND_SINGLE : KIND_MULTI;
    place_blocks(s, start, end, near);
    if (!add_alone(s, near, kind, least, totals)) return false;
    for (uint32_t w = 0; w < s->words; w++) {
        for (uint64_t left = common(s, near, each[w] & s->apt[kind][w], w); left; left &= left - 1)
            add_points(s, s->joint.items[w * 64 + (uint32_t)__builtin_ctzll(left)], totals);
    }
    return true;
}

/* Is the cue none that the document does not allow? */
static bool is_apt(const cue_set *s, uint32_t number, uint32_t kind) {
    for (uint32_t i = 0; i < s->joint.count; i++) {
        if (s->joint.items[i] == number) return s->apt[kind][i / 64] >> (i % 64) & 1;
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
    if (!is_apt(s, number, end - start == 1 ? KIND_SINGLE : KIND_MULTI)) return false;
    for (uint32_t i = start; i < end && c->tests[CUE_EACH] != CUE_NO_TEST; i++) {
        if (!label_holds(&s->r.labels, window_label(&s->r, i), c->tests[CUE_EACH])) return false;
    }
    return true;
}
