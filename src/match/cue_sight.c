/* Tokens as the cues of a program see them: what all of them say of a label is worked out once, and found by the kind
 * of a token.
 *
 *     kind ──> label ──> sight: which spans may begin, go on and end with it │ its block
 *                        block: sums by kind of span and place │ joint cues whose test is met, by place */
#include "match/cue_set.h"

enum { MOST_BLOCKS = 1 << 17 /* lanes learned */ };

static void forget_labels(cue_set *s) {
    arena_reset(&s->learned);
    memset(&s->by_kind, 0, sizeof s->by_kind);
    memset(&s->by_label, 0, sizeof s->by_label);
    memset(&s->blocks, 0, sizeof s->blocks);
    s->nothing = 0;
}

void cue_set_begin(cue_set *s) {
    if (!s->r.open) return;
    uint32_t kinds = s->r.labels.age.kinds;
    labels_begin(&s->r.labels);
    if (kinds != s->r.labels.age.kinds) s->by_kind.count = 0;
}

bool cue_set_make_room(cue_set *s, const document *d) {
    if (labels_forget_if_large(&s->r.labels) || s->learned.failed || s->blocks.count > MOST_BLOCKS) forget_labels(s);
    if (!s->nothing && !(s->nothing = cue_set_look_at_label(s, LABEL_NONE))) return false;
    return vec_fit(&s->learned, &s->by_kind, d->lexicon.kinds.count);
}

static void add_points(const cue_set *s, uint32_t cue_number, uint32_t place, cue_block *to) {
    uint32_t flags = s->cues[cue_number].flags;
    bool own = place == CUE_LAST || place == CUE_WHOLE;
    lanes *single = &to->sums[KIND_SINGLE][own ? CUE_FIRST : place], *multi = &to->sums[KIND_MULTI][place];
    if (!(flags & CUE_MULTI)) *single = cue_set_add(*single, s->points[cue_number]);
    if (!(flags & CUE_SINGLE)) *multi = cue_set_add(*multi, s->points[cue_number]);
}

static void ask_test(const cue_set *s, uint32_t test, cue_block *to) {
    cue_sets *sets = (cue_sets *)(to + 1);
    for (uint32_t i = s->use_starts[test]; i < s->use_starts[test + 1]; i++) {
        const cue_use *u = &s->uses[i];
        if (u->joint) {
            sets[u->cue / 64].met[u->place] |= (uint64_t)1 << (u->cue % 64);
        } else {
            add_points(s, u->cue, u->place, to);
        }
    }
}

static void begin_sets(const cue_set *s, cue_sets *sets) {
    for (uint32_t w = 0; w < s->words; w++) {
        for (uint32_t k = 0; k < CUE_PLACES; k++)
            sets[w].met[k] = s->unasked[k][w];
    }
}

/* The most that of the joint cues of a set, the w-th word, those can add that are not only for other spans. */
static void add_most(const cue_set *s, uint32_t w, uint64_t set, uint32_t for_others, lanes *most) {
    for (; set; set &= set - 1) {
        uint32_t number = s->joint.items[w * 64 + (uint32_t)__builtin_ctzll(set)];
        lanes points = s->points[number];
        if (!(s->cues[number].flags & for_others)) *most = cue_set_add(*most, points & (points > 0));
    }
}

static void end_sets(const cue_set *s, cue_block *to) {
    cue_sets *sets = (cue_sets *)(to + 1);
    for (uint32_t w = 0; w < s->words; w++) {
        uint64_t *met = sets[w].met;
        met[CUE_FIRST] &= met[CUE_EACH];
        met[CUE_LAST] &= met[CUE_EACH];
        sets[w].only = met[CUE_FIRST] & met[CUE_LAST] & met[CUE_WHOLE];
        add_most(s, w, sets[w].only, CUE_MULTI, &to->most_only);
        add_most(s, w, met[CUE_FIRST], CUE_SINGLE, &to->most_first);
        add_most(s, w, met[CUE_LAST], CUE_SINGLE, &to->most_last);
    }
}

static void fill_block(const cue_set *s, uint32_t label, cue_block *to) {
    begin_sets(s, (cue_sets *)(to + 1));
    for (uint32_t i = 0; i < s->untested.count; i++)
        add_points(s, s->untested.items[i], CUE_FIRST, to);
    const uint64_t *bits = s->r.labels.bits.items + (size_t)label * s->r.labels.tests.words;
    for (uint32_t w = 0; w < s->r.labels.tests.words; w++) {
        for (uint64_t left = bits[w]; left; left &= left - 1)
            ask_test(s, w * 64 + (uint32_t)__builtin_ctzll(left), to);
    }
    end_sets(s, to);
}

static bool may(const cue_set *s, uint32_t label, cue_place place) {
    uint32_t test = s->spans->tests[place];
    return test == CUE_NO_TEST || label_holds(&s->r.labels, label, test);
}

static uint32_t signs_of(const cue_set *s, uint32_t label) {
    uint32_t signs = cue_set_topics(s, label) ? SPEAKS : 0;
    if (!s->spans || !may(s, label, CUE_EACH)) return signs;
    if (may(s, label, CUE_FIRST)) signs |= MAY_BEGIN;
    if (may(s, label, CUE_LAST)) signs |= MAY_END;
    return signs | MAY_STAND;
}

uint32_t cue_set_look_at_label(cue_set *s, uint32_t label) {
    if (!vec_fit(&s->learned, &s->by_label, label + 1)) return 0;
    if (s->by_label.items[label]) return s->by_label.items[label];
    size_t bytes = sizeof(cue_block) + s->words * sizeof(cue_sets);
    uint32_t size = (uint32_t)((bytes + sizeof(lanes) - 1) / sizeof(lanes));
    if (!s->blocks.count && !vec_push(&s->learned, &s->blocks, (lanes){0})) return 0; /* so that no sight is 0 */
    uint32_t at = s->blocks.count;
    if (!vec_reserve(&s->learned, &s->blocks, size)) return 0;
    memset(s->blocks.items + at, 0, size * sizeof(lanes));
    fill_block(s, label, (cue_block *)(s->blocks.items + at));
    s->blocks.count += size;
    return s->by_label.items[label] = at * (uint32_t)sizeof(lanes) | signs_of(s, label);
}

uint32_t cue_set_label(cue_set *s, document *d, uint32_t token_index) {
    labels *l = &s->r.labels;
    uint32_t kind = d->tokens.items[token_index].kind;
    uint32_t known = kind < l->by_kind.count ? l->by_kind.items[kind] : 0;
    return known ? known - 1 : labels_work_out(l, d, token_index, 0);
}

uint32_t cue_set_look(cue_set *s, document *d, uint32_t token_index) {
    uint32_t label = cue_set_label(s, d, token_index);
    if (s->r.labels.failed) return 0;
    return s->by_kind.items[d->tokens.items[token_index].kind] = cue_set_look_at_label(s, label);
}

uint32_t cue_set_phrase(cue_set *s, const document *d, uint32_t start, uint32_t end) {
    uint32_t all = d->edges.count;
    const edge *e = d->edges.items;
    if (!cue_set_has_phrases_from(s, d, start)) return LABEL_NONE;
    uint32_t first = s->edge;
    while (first < all && e[first].start == start && e[first].end < end)
        first++;
    uint32_t behind = first;
    while (behind < all && e[behind].start == start && e[behind].end == end)
        behind++;
    return first == behind ? LABEL_NONE : labels_span(&s->r.labels, d, start, e + first, behind - first, 0);
}

bool cue_set_enter(cue_set *s, document *d, uint32_t first, uint32_t end) {
    uint32_t count = end - first;
    s->starts.count = 0;
    if (!cue_set_make_room(s, d) || !vec_reserve(&s->r.arena, &s->near, count + 2 * MARGIN) ||
        !vec_reserve(&s->r.arena, &s->starts, count))
        return false;
    s->near_first = first;
    s->near_end = end;
    const token *tokens = d->tokens.items + first;
    const uint32_t *heads = d->candidate_heads + first, *known = s->by_kind.items;
    uint32_t *near = s->near.items + MARGIN, *starts = s->starts.items, found = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t sight = known[tokens[i].kind];
        if (!sight && !(sight = cue_set_look(s, d, first + i))) return false;
        near[i] = sight;
        starts[found] = first + i;
        found += (sight & MAY_BEGIN) | (heads[i] != NERX_NONE);
    }
    for (uint32_t i = 0; i < MARGIN; i++)
        s->near.items[i] = near[count + i] = s->nothing & ~(uint32_t)SIGHT_SIGNS; /* no span goes on with it */
    s->starts.count = found;
    return true;
}
