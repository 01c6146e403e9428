/* The cues of one program, and what they say of a span. */
#ifndef MATCH_CUE_SET_H
#define MATCH_CUE_SET_H

#include "match/runner.h"

enum { MOST_TYPES = 8, LANES = 4 /* sums that are added up at once */, MOST_POINTS = INT16_MAX / CUE_PLACES };

enum { KIND_SINGLE, KIND_MULTI, SPAN_KINDS };

typedef struct asked {
    uint32_t cue, test; /* cue: number in the program, or among the joint ones */
} asked;

/* The cues of one program. Most ask at one place: what they say there is summed up once for each label. Joint cues ask
 * at several places, or of each token: they are sets of bits, by label and place, of which a span takes the common. */
typedef struct cue_set {
    runner r;
    const cue *cues;
    uint32_t first, count;         /* first: number through all layers */
    const cue *spans;              /* which spans are looked at, or NULL */
    VEC(asked) alone[CUE_PLACES];  /* cues that ask there only */
    VEC(uint32_t) joint;           /* numbers of joint cues */
    VEC(asked) asked[CUE_PLACES];  /* of joint cues */
    uint32_t words;                /* 64-bit words of a set of joint cues */
    uint64_t *unasked[CUE_PLACES]; /* joint cues without a test at that place */
    uint64_t *apt[SPAN_KINDS];     /* joint cues for spans of one token, of several, that the document allows */
    uint64_t *each;
    uint32_t types[MOST_TYPES], type_count;
    int16_t *points;                       /* by cue and type */
    uint32_t quads;                        /* of types: LANES of them each */
    int16_t bonus[SPAN_KINDS][MOST_TYPES]; /* the most that joint cues can say */
    arena learned;
    VEC(uint32_t) at;     /* by label: its block in `blocks`, plus one; 0: not yet */
    VEC(uint64_t) blocks; /* sums by quad, kind of span and place; masks of joint cues whose test is met, by place */
    VEC(uint32_t) near;   /* blocks of the tokens of a sentence, from token `near_first` - 2 to two behind it */
    uint32_t near_first;
    VEC(uint32_t) topics;    /* distinct tests at CUE_ABOUT, MOST_TOPICS at most */
    VEC(uint64_t) speaks_of; /* by label: bits of the topics it meets, and a last one; 0: not known yet */
    bool is_read;            /* `apt` and `bonus` are the document's */
} cue_set;

/* False if memory is short; then it is closed, and may be opened again. */
bool cue_set_open(cue_set *s, signatures *words, const model *m, const rule_layer *l, const program *p);

/* Forgets what it learned of labels. */
void cue_set_forget(cue_set *s);
bool cue_set_is_large(const cue_set *s);

/* Spans of the tokens [first, end) will be asked: a sentence in the window, or what of it is there. False if memory is
 * short. */
bool cue_set_enter(cue_set *s, uint32_t first, uint32_t end);

/* cue_about.c: lists the topics that the cues ask for; finds those of a document, without which no span is asked. False
 * if memory is short. */
bool cue_set_find_topics(cue_set *s);
bool cue_set_read(cue_set *s, document *d);

/* Of a set of joint cues those that hold for a token, as one of a span's. */
void cue_set_narrow(const cue_set *s, uint64_t *each, uint32_t token_index);

/* The points of all cues of a span, by type; `each` are the joint cues that hold for each of its tokens. Where none can
 * reach `least`, the result is false. */
bool cue_set_sum(const cue_set *s, const uint64_t *each, uint32_t start, uint32_t end, int least, int32_t *totals);

/* Does the cue hold for the span? For explanations; slow. */
bool cue_set_holds(const cue_set *s, uint32_t number, uint32_t start, uint32_t end);

#endif
