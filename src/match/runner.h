/* One program at work, and the stretch of the text it works on: sentences of its language, or a part of one.
 *
 *     labels   ─ of each token, from first to end
 *     edges    ─ phrases and earlier mentions of several tokens, by start
 */
#ifndef MATCH_RUNNER_H
#define MATCH_RUNNER_H

#include "match/fixed.h"
#include "match/states.h"

enum { MAX_MATCH = 64 /* tokens in one match: a bit for each length */, WINDOW = 2048 /* tokens looked at together */ };

/* A phrase or an earlier mention, with its label. */
typedef struct span_edge {
    uint32_t start, end, label;
} span_edge;

/* One rule of a program. */
typedef struct program_rule {
    uint32_t id;         /* the model's */
    uint32_t first, end; /* its code, MATCH included */
    fixed_marks fixed;   /* what is inside its matches, once it was surveyed */
    bool surveyed;
    uint64_t scan, sentence; /* serial numbers: scan it may have matched in, sentence of its last mention */
    uint64_t lengths;        /* bits: tokens of the matches that it may have in this scan, less one */
    uint32_t last_start, last_end;
} program_rule;

/* A match that may begin at a token, as far as it has come. */
typedef struct attempt {
    uint32_t start, at, state; /* at == start: no state yet */
} attempt;

typedef struct capture_job {
    uint32_t place, token, old; /* `old` for jobs that put a slot back: place is RESTORE | slot */
} capture_job;

/* By kind of token: whether matches begin with it, and at most how many steps before a mention. */
enum { BEGINS_UNKNOWN, BEGINS_NONE, BEGINS_BEFORE /* and steps */ };

typedef struct kind_begins {
    VEC(uint8_t) by_kind;
} kind_begins;

typedef struct runner {
    const model *model;
    const rule_layer *layer;
    const program *program;
    arena arena; /* what lasts, and the buffers below */
    labels labels;
    states states;
    program_rule *rules;
    uint32_t rule_count;
    bool open;
    uint64_t scan, sentence; /* serial numbers of what is at hand */
    /* the window */
    document *d;
    uint32_t sentence_first, sentence_end; /* tokens */
    uint32_t first, end;                   /* tokens with a label here */
    VEC(uint32_t) token_labels;            /* with LABEL_EDGES where edges begin; LABEL_NONE behind the last */
    VEC(uint32_t) edge_at;
    VEC(span_edge) edges;
    uint32_t next_edge; /* of the document: none before it is in the window */
    VEC(attempt) attempts;
    /* of programs that ask for earlier mentions */
    bool asks_mentions;
    const uint8_t *steps_before; /* mention_reach.h; NULL where matches need no mention */
    uint32_t longest_edge;       /* in the window: tokens, 1 at least */
    uint32_t next_mention;       /* of the document: the first in the window, at most that of the sentence at hand */
    kind_begins *begins;         /* by the type of the earlier mention that a token is, plus one, or 0 */
    VEC(uint32_t) found;         /* rules that may match from the token at hand */
    /* captures.c */
    VEC(capture_job) jobs;
    VEC(unsigned char) visited;
} runner;

/* False if memory is short; then it is closed, and may be opened again. */
bool runner_open(runner *r, signatures *s, const model *m, const rule_layer *rules, const program *p);
void runner_close(runner *r);

/* The sentences from `first` on that are looked at together: of one language, and within a window, where they are more
 * than one. None at the end. */
range window_sentences(const document *d, uint32_t first);

/* Index of the first earlier mention of the document that starts at or behind token i. */
uint32_t window_first_mention(const document *d, uint32_t i);

/* Labels the tokens [first, end), and the edges among them that end at r->sentence_end or before; of programs that ask
 * for earlier mentions, only these are labelled before they are asked. False if memory is short. */
bool window_fill(runner *r, uint32_t first, uint32_t end);

/* Marks in r->token_labels. */
#define LABEL_EDGES 0x80000000U   /* edges begin here */
#define LABEL_UNASKED 0x7f7f7f7fU /* not worked out yet; for memset */

static inline bool window_begins_edge(const runner *r, uint32_t token_index) {
    return r->token_labels.items[token_index - r->first] & LABEL_EDGES;
}

/* Works out the label of a token that is no earlier mention. */
void window_learn(runner *r, uint32_t token_index);

/* The label of a token, with LABEL_EDGES. */
static inline uint32_t window_look(runner *r, uint32_t token_index) {
    const uint32_t *at = &r->token_labels.items[token_index - r->first];
    if ((*at & ~LABEL_EDGES) == LABEL_UNASKED) window_learn(r, token_index);
    return *at;
}

static inline uint32_t window_ask(runner *r, uint32_t token_index) {
    return window_look(r, token_index) & ~LABEL_EDGES;
}

/* Does a condition hold at a token (sentence_end: behind the last)? */
bool window_holds(runner *r, const instruction *condition, uint32_t token_index);

#endif
