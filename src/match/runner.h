/* One program at work: labels, states, and transitions as they are met. */
#ifndef MATCH_RUNNER_H
#define MATCH_RUNNER_H

#include "model/layer.h"
#include "model/regex.h"

enum {
    MAX_MATCH = 64,     /* tokens in one match */
    MAX_STATES = 20000, /* then everything learned is forgotten */
    MAX_TRANSITIONS = 1 << 18,
    PLACES = 8, /* TOKEN_FIRST, TOKEN_JOINED, TOKEN_CAPS_LINE */
    DEAD = 0,
    START = 1,
    LABEL_END = 0 /* the label behind the last token */
};

typedef struct state {
    uint32_t first, count; /* sorted instruction indices in `items` */
} state;

typedef struct transition {
    uint32_t state, label; /* key; state plus one, 0: free */
    uint32_t next;
    uint32_t first_accept, accept_count; /* rules that match before the label's token */
} transition;

typedef struct runner {
    const model *model;
    const rule_layer *layer;
    const program *program;
    arena arena;
    uint32_t words;  /* longs of bits in a label */
    regex **regexes; /* by string offset's atom: parallel to layer atoms, lazily compiled */
    VEC(uint64_t) label_bits;
    uint32_t *label_table;
    uint32_t label_table_size;
    uint32_t *known_labels; /* by word id and place: label plus one; calloc'ed, mostly untouched */
    uint32_t known_count;
    uint32_t *new_labels; /* the same for the document's own words */
    uint32_t new_capacity;
    VEC(uint32_t) items;
    VEC(state) states;
    uint32_t *state_table;
    uint32_t state_table_size;
    transition *transitions;
    uint32_t transition_count, transition_size;
    VEC(uint32_t) accepts;
    uint32_t *marks; /* by instruction: generation in which a closure has seen it */
    uint32_t generation;
    uint32_t *scratch; /* as long as the code */
    uint32_t label_count;
    bool failed;
} runner;

bool runner_open(runner *r, const model *m, const rule_layer *layer, const program *p);
void runner_close(runner *r);
void runner_begin(runner *r); /* a new document */

/* The label of token i, and of a phrase edge. */
uint32_t runner_token_label(runner *r, const document *d, uint32_t i, bool sentence_start);
uint32_t runner_edge_label(runner *r, const document *d, const edge *e);
uint32_t runner_mention_label(runner *r, const document *d, const mention *m);

static inline bool runner_holds(const runner *r, uint32_t label, uint32_t test) {
    return r->label_bits.items[(size_t)label * r->words + (test + 1) / 64] >> ((test + 1) % 64) & 1;
}

/* Bit 0 of a label: its token begins the sentence. */
static inline bool runner_at_start(const runner *r, uint32_t label) {
    return r->label_bits.items[(size_t)label * r->words] & 1;
}

/* Where state `from` goes over `label` (of the token that follows: for assertions and single tokens). NULL if memory
 * is short. The pointer is valid until the next call. */
const transition *runner_step(runner *r, uint32_t from, uint32_t label);

/* The state behind a phrase or mention with `label`, assertions seeing `next_label`, the label of its first token. */
uint32_t runner_jump(runner *r, uint32_t from, uint32_t next_label, uint32_t label);

uint32_t runner_union(runner *r, uint32_t a, uint32_t b);

#endif
