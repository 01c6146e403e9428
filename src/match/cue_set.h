/* The cues of one program, and what they say of a span. */
#ifndef MATCH_CUE_SET_H
#define MATCH_CUE_SET_H

#include "match/runner.h"

enum {
    MOST_TYPES = 8,
    MOST_POINTS = INT16_MAX / (CUE_PLACES + 2),
    MARGIN = 2 /* tokens around a span that are asked */
};

enum { KIND_SINGLE, KIND_MULTI, SPAN_KINDS };

/* Points by type. */
typedef int16_t lanes __attribute__((vector_size(MOST_TYPES * sizeof(int16_t))));

/* What the cues that ask at one place only say where a token of a label stands there; of a span of one token all at its
 * first. */
typedef struct cue_block {
    lanes sums[SPAN_KINDS][CUE_PLACES];
    lanes most_only, most_first, most_last; /* the most that joint cues can add to a span that has it there */
} cue_block;

/* The joint cues, 64 of them, whose test is met where a token of a label stands; several such sets follow a block. What
 * is asked of each token is asked of the first and of the last, too. `only`: of the only token of a span. */
typedef struct cue_sets {
    uint64_t met[CUE_PLACES], only;
} cue_sets;

/* A token as cues see it, its sight: where its block is, in bytes, and these bits. 0: not known yet. */
enum {
    MAY_BEGIN = 1 << 0,
    MAY_STAND = 1 << 1,
    MAY_END = 1 << 2,
    SPEAKS = 1 << 3, /* of a topic */
    SIGHT_SIGNS = sizeof(lanes) - 1
};

/* Where the test of a cue is asked. */
typedef struct cue_use {
    uint32_t cue; /* number in the program, or among the joint ones */
    uint8_t place;
    bool joint;
} cue_use;

/* The cues of one program. Most ask at one place: what they say there is summed up once for each label. Joint cues ask
 * at several places, of each token, or also what the document is about: they are sets of bits, by label and place, of
 * which a span takes the common. */
typedef struct cue_set {
    runner r;
    const cue *cues;
    uint32_t first, count;  /* first: number through all layers */
    const cue *spans;       /* which spans are looked at, or NULL */
    VEC(uint32_t) untested; /* cues without a test */
    VEC(uint32_t) topical;  /* cues that only ask what the document is about */
    VEC(uint32_t) joint;    /* those that ask it besides are the last */
    uint32_t *use_starts;   /* by test, and one more: into `uses` */
    cue_use *uses;
    uint32_t words;                /* 64-bit words of a set of joint cues */
    uint64_t *unasked[CUE_PLACES]; /* joint cues without a test at that place */
    uint32_t types[MOST_TYPES], type_count;
    lanes *points;                  /* by cue */
    lanes least;                    /* with less no span becomes a candidate */
    VEC(uint32_t) topics;           /* distinct tests at CUE_ABOUT, MOST_TOPICS at most */
    uint64_t about;                 /* bits of the document's topics */
    uint64_t *apt[SPAN_KINDS];      /* joint cues that are asked, for spans of one token, of several */
    uint32_t apt_words[SPAN_KINDS]; /* of them, up to the last that is not empty */
    lanes always[SPAN_KINDS];       /* what topical cues say of any span */
    bool is_worked_out, is_read;    /* the above: for some document; for this one */
    arena learned;
    VEC(uint32_t) by_kind, by_label; /* sights of tokens and labels */
    uint32_t nothing;                /* the sight of no token */
    VEC(lanes) blocks;
    /* the stretch at hand: a sentence, or a part of one */
    uint32_t near_first, near_end;
    VEC(uint32_t) near;   /* sights of its tokens, MARGIN of nothing before and behind */
    VEC(uint32_t) starts; /* its tokens with which spans or candidates may begin */
    uint32_t edge;        /* the document's edges from here on may begin there */
} cue_set;

/* False if memory is short; then it is closed, and may be opened again. */
bool cue_set_open(cue_set *s, signatures *words, const model *m, const rule_layer *l, const program *p);
void cue_set_close(cue_set *s);

/* cue_sight.c: another document, for which the signatures have begun. */
void cue_set_begin(cue_set *s);

/* Forgets what was learned of labels where it takes much memory; makes room for the document's kinds. False if memory
 * is short. */
bool cue_set_make_room(cue_set *s, const document *d);

/* A sum of points that stays small enough for those of all places to be added up. */
static inline lanes cue_set_add(lanes a, lanes b) {
    lanes sum = a + b, over = sum > MOST_POINTS, under = sum < -MOST_POINTS;
    return (sum & ~(over | under)) | (over & MOST_POINTS) | (under & -MOST_POINTS);
}

/* The sight of a token whose kind has none yet, and of a label; 0 if memory is short. */
uint32_t cue_set_look(cue_set *s, document *d, uint32_t token_index);
uint32_t cue_set_look_at_label(cue_set *s, uint32_t label);

uint32_t cue_set_label(cue_set *s, document *d, uint32_t token_index);

/* The stretch [first, end) will be asked: a sentence, or a part with all that is asked around it. False if memory is
 * short. */
bool cue_set_enter(cue_set *s, document *d, uint32_t first, uint32_t end);

/* cue_about.c: lists the topics that the cues ask for; finds those of a document, without which no span is asked. False
 * if memory is short. */
bool cue_set_find_topics(cue_set *s);
bool cue_set_read(cue_set *s, document *d);

/* Is a document of these topics one that the cue asks for? */
bool cue_set_allows(const cue_set *s, const cue *c, uint64_t topics);

/* Bits of the topics that a label speaks of. */
uint64_t cue_set_topics(const cue_set *s, uint32_t label);

/* The label of several tokens that are a phrase, or LABEL_NONE. Asked in the order of starts. */
uint32_t cue_set_phrase(cue_set *s, const document *d, uint32_t start, uint32_t end);

static inline bool cue_set_has_phrases_from(cue_set *s, const document *d, uint32_t start) {
    while (s->edge < d->edges.count && d->edges.items[s->edge].start < start)
        s->edge++;
    return s->edge < d->edges.count && d->edges.items[s->edge].start == start;
}

static inline const cue_block *cue_set_block(const cue_set *s, uint32_t sight) {
    return (const cue_block *)((const char *)s->blocks.items + (sight & ~(uint32_t)SIGHT_SIGNS));
}

/* What is asked: the spans that begin with the tokens [first, end) of the stretch, or only those that are candidates
 * and have not been asked, if `late`. */
typedef struct cue_question {
    uint32_t first, end, sentence;
    bool late, explain;
} cue_question;

/* cue_spans.c: false if memory is short. */
bool cue_set_ask(cue_set *s, document *d, const cue_question *q);

/* cue_explain.c: lets each cue that holds testify for a span on its own; slow. False if memory is short. */
bool cue_set_explain(cue_set *s, document *d, uint32_t start, uint32_t end, uint32_t sentence);

#endif
