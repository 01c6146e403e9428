/* Asking the spans of a stretch of the text. */
#include "match/candidates.h"
#include "match/cue_set.h"
#include "match/weights.h"

enum { LONGEST_SPAN = 8 };

/* A span while it is asked. */
typedef struct span {
    uint32_t start, end, kind;
    uint32_t whole; /* the sight of it as a phrase, or of its only token */
    lanes alone;    /* what cues say of it that ask at one place */
    lanes most;     /* no less than what joint cues say */
} span;

typedef struct asker {
    cue_set *s;
    document *d;
    const cue_question *q;
} asker;

/* Sights from a token of the stretch on; there are MARGIN of them before. */
static const uint32_t *near(const cue_set *s, uint32_t token_index) {
    return s->near.items + (token_index - s->near_first + MARGIN);
}

static lanes says(const cue_set *s, uint32_t sight, uint32_t kind, cue_place place) {
    return cue_set_block(s, sight)->sums[kind][place];
}

static lanes before(const cue_set *s, const uint32_t *start, uint32_t kind) {
    return s->always[kind] + says(s, start[-2], kind, CUE_BEFORE2) + says(s, start[-1], kind, CUE_BEFORE) +
           says(s, start[0], kind, CUE_FIRST);
}

static lanes behind(const cue_set *s, const uint32_t *end, uint32_t kind) {
    return says(s, end[0], kind, CUE_AFTER) + says(s, end[1], kind, CUE_AFTER2);
}

/* May a span become a candidate? */
static bool reaches(const cue_set *s, lanes points) {
    typedef uint64_t halves __attribute__((vector_size(sizeof(lanes))));
    halves reached = (halves)(points >= s->least);
    return reached[0] | reached[1];
}

static lanes least_of(lanes a, lanes b) {
    lanes less = a < b;
    return (a & less) | (b & ~less);
}

static const cue_sets *sets(const cue_set *s, uint32_t sight) {
    return (const cue_sets *)(cue_set_block(s, sight) + 1);
}

/* Of joint cues those that hold for a span, 64 of them. What its own tokens tell is asked first: few are left. */
static uint64_t joint_of(const cue_set *s, const span *x, uint32_t w) {
    const uint32_t *start = near(s, x->start), *end = near(s, x->end);
    uint64_t left = s->apt[x->kind][w];
    if (x->kind == KIND_SINGLE) {
        left &= sets(s, start[0])[w].only;
    } else {
        left &= sets(s, start[0])[w].met[CUE_FIRST] & sets(s, end[-1])[w].met[CUE_LAST];
        if (left) left &= sets(s, x->whole)[w].met[CUE_WHOLE];
        for (const uint32_t *i = start + 1; i < end - 1 && left; i++)
            left &= sets(s, *i)[w].met[CUE_EACH];
    }
    if (!left) return 0;
    return left & sets(s, start[-2])[w].met[CUE_BEFORE2] & sets(s, start[-1])[w].met[CUE_BEFORE] &
           sets(s, end[0])[w].met[CUE_AFTER] & sets(s, end[1])[w].met[CUE_AFTER2];
}

/* Adds what joint cues say. */
static lanes with_joint(const cue_set *s, const span *x) {
    lanes all = x->alone;
    for (uint32_t w = 0; w < s->apt_words[x->kind]; w++) {
        for (uint64_t left = joint_of(s, x, w); left; left &= left - 1) {
            uint32_t number = w * 64 + (uint32_t)__builtin_ctzll(left);
            all = cue_set_add(all, s->points[s->joint.items[number]]);
        }
    }
    return all;
}

/* Lets cues testify with what they say of a type. */
static bool testify(const asker *a, const span *x, uint32_t index, uint32_t type, int32_t points) {
    document *d = a->d;
    if (index == NERX_NONE) index = candidate_add(d, x->start, x->end, type, a->q->sentence);
    witness w = {.kind = WITNESS_CUE, .source = NERX_NONE, .points = points};
    if (index == NERX_NONE || !candidate_append(d, index, w)) return false;
    d->candidates.items[index].cued = true;
    return true;
}

/* The candidates of a span by type of the cues, or NERX_NONE. Are there any, of whatever type? */
static bool find_candidates(const asker *a, const span *x, uint32_t *found) {
    bool any = false;
    for (uint32_t k = a->d->candidate_heads[x->start]; k != NERX_NONE; k = a->d->candidates.items[k].next) {
        const candidate *c = &a->d->candidates.items[k];
        if (c->end != x->end) continue;
        any = true;
        for (uint32_t t = 0; t < a->s->type_count; t++) {
            if (a->s->types[t] == c->type) found[t] = k;
        }
    }
    return any;
}

/* Makes candidates of a span that is none, where cues say enough. */
static bool ask_new(const asker *a, const span *x) {
    int16_t points[MOST_TYPES];
    lanes all = with_joint(a->s, x);
    memcpy(points, &all, sizeof points);
    for (uint32_t t = 0; t < a->s->type_count; t++) {
        if (points[t] >= WEIGHT_CANDIDATE && !testify(a, x, NERX_NONE, a->s->types[t], points[t])) return false;
    }
    return true;
}

/* Cues testify for the candidates of a span that have not been asked, and for new ones, where they say enough. */
static bool ask_known(const asker *a, const span *x, const uint32_t *found) {
    int16_t points[MOST_TYPES];
    lanes all = with_joint(a->s, x);
    memcpy(points, &all, sizeof points);
    for (uint32_t t = 0; t < a->s->type_count; t++) {
        uint32_t k = found[t];
        if (k == NERX_NONE ? points[t] < WEIGHT_CANDIDATE : a->d->candidates.items[k].cued) continue;
        if (!testify(a, x, k, a->s->types[t], points[t])) return false;
    }
    return true;
}

/* Is a span to be asked at all, as far as is easily seen? */
static inline bool matters(const asker *a, const span *x) {
    return a->d->candidate_heads[x->start] != NERX_NONE || reaches(a->s, x->alone + x->most) || a->q->explain;
}

static bool ask_span(const asker *a, const span *x) {
    if (a->q->explain) return cue_set_explain(a->s, a->d, x->start, x->end, a->q->sentence);
    uint32_t found[MOST_TYPES];
    memset(found, 0xff, sizeof found);
    if (find_candidates(a, x, found)) return ask_known(a, x, found);
    return !reaches(a->s, x->alone + x->most) || ask_new(a, x);
}

static inline span single(const cue_set *s, uint32_t i) {
    const uint32_t *at = near(s, i);
    return (span){.start = i,
                  .end = i + 1,
                  .kind = KIND_SINGLE,
                  .whole = at[0],
                  .alone = before(s, at, KIND_SINGLE) + behind(s, at + 1, KIND_SINGLE),
                  .most = cue_set_block(s, at[0])->most_only};
}

/* Ends a span of several tokens, of which `x` knows the start and what is said there. False if memory is short. */
static bool end_span(const asker *a, span *x, uint32_t end, lanes start_says) {
    cue_set *s = a->s;
    x->end = end;
    x->whole = s->nothing;
    if (cue_set_has_phrases_from(s, a->d, x->start)) {
        x->whole = cue_set_look_at_label(s, cue_set_phrase(s, a->d, x->start, end));
        if (!x->whole || s->r.labels.failed) return false;
    }
    const uint32_t *behind_it = near(s, end);
    x->alone = start_says + says(s, behind_it[-1], KIND_MULTI, CUE_LAST) + behind(s, behind_it, KIND_MULTI) +
               says(s, x->whole, KIND_MULTI, CUE_WHOLE);
    x->most = least_of(cue_set_block(s, *near(s, x->start))->most_first, cue_set_block(s, behind_it[-1])->most_last);
    return true;
}

/* Asks the spans of several tokens that begin with one. */
static bool ask_longer(const asker *a, uint32_t start) {
    const uint32_t *at = near(a->s, start);
    lanes start_says = before(a->s, at, KIND_MULTI);
    span x = {.start = start, .kind = KIND_MULTI};
    for (uint32_t n = 1; n < LONGEST_SPAN && at[n] & MAY_STAND; n++) {
        if (!(at[n] & MAY_END)) continue;
        if (!end_span(a, &x, start + n + 1, start_says)) return false;
        if (matters(a, &x) && !ask_span(a, &x)) return false;
    }
    return true;
}

static bool ask_from(const asker *a, uint32_t start) {
    const uint32_t *at = near(a->s, start);
    if (!(at[0] & MAY_BEGIN)) return true;
    if (at[0] & MAY_END) {
        span x = single(a->s, start);
        if (matters(a, &x) && !ask_span(a, &x)) return false;
    }
    return !(at[1] & MAY_STAND) || ask_longer(a, start);
}

static bool ask_candidate(const asker *a, uint32_t start, uint32_t end) {
    span x = {.start = start, .kind = KIND_MULTI};
    if (end - start == 1) {
        x = single(a->s, start);
    } else if (!end_span(a, &x, end, before(a->s, near(a->s, start), KIND_MULTI))) {
        return false;
    }
    return ask_span(a, &x);
}

static bool ask_candidates(const asker *a, uint32_t token_index) {
    document *d = a->d;
    for (uint32_t k = d->candidate_heads[token_index]; k != NERX_NONE; k = d->candidates.items[k].next) {
        candidate *c = &d->candidates.items[k];
        if (c->cued || c->end > a->s->near_end) continue;
        if (!ask_candidate(a, c->start, c->end)) return false;
        d->candidates.items[k].cued = true;
    }
    return true;
}

bool cue_set_ask(cue_set *s, document *d, const cue_question *q) {
    asker a = {s, d, q};
    for (uint32_t i = 0; i < s->starts.count; i++) {
        uint32_t start = s->starts.items[i];
        if (start < q->first || start >= q->end) continue;
        if (!q->late && !ask_from(&a, start)) return false;
        if (d->candidate_heads[start] != NERX_NONE && !ask_candidates(&a, start)) return false;
    }
    return true;
}
