/* The regular expressions of one layer's rules, all asked of a word at once: deterministic automata that read its
 * characters backwards (most expressions ask for an ending, so that most words are done with after a few of them).
 *
 *     character ──symbols──> symbol ──classes of the group──> class ──state──> state … ──accepts──> expressions
 *
 * An automaton is a subset construction (Rabin and Scott 1959) over Thompson's (1968), for several patterns at once as
 * RE2::Set (Cox 2010) has it; here it is worked out beforehand. Expressions share one as long as it stays small. */
#ifndef MODEL_EXPRESSIONS_H
#define MODEL_EXPRESSIONS_H

#include "base/arena.h"
#include "base/bits.h"
#include "model/image.h"

enum {
    EXPRESSION_CHARACTERS = 0x3000, /* words with others are left to PCRE2 */
    EXPRESSION_SYMBOLS = 256,
    EXPRESSION_CLASSES = 64,
    EXPRESSION_LONGEST = 4096, /* bytes: a longer word matches nothing */
    EXPRESSIONS_UNTOLD = UINT16_MAX,
    STATE_DEAD = 0,
    STATE_START = 1
};

typedef struct expression {
    uint32_t text;    /* string of the rules */
    uint32_t covered; /* by an automaton; else it is left to PCRE2 */
} expression;

typedef struct expression_group {
    uint32_t first_state, state_count;
    uint32_t first_accept; /* lists of expressions: how many, then which; the first is empty */
    unsigned char classes[EXPRESSION_SYMBOLS];
} expression_group;

typedef struct expression_state {
    uint64_t mask; /* by class: whether its target is told */
    uint32_t first_target;
    uint16_t other;  /* where the others lead */
    uint16_t accept; /* list of what matches a word that begins here */
} expression_state;

/* A view of a layer's sections. */
typedef struct expression_set {
    const expression *items;
    const expression_group *groups;
    const expression_state *states;
    const uint16_t *targets, *accepts;
    const unsigned char *symbols; /* by character */
    uint32_t count, group_count, state_count, target_count, accept_count, symbol_count;
} expression_set;

bool expressions_view(expression_set *s, const image *i); /* false: sizes are wrong */
bool expressions_fit(const expression_set *s, uint32_t string_count);

/* Where a symbol leads an automaton. */
static inline uint32_t expressions_step(const expression_set *s, const expression_group *g, uint32_t from,
                                        uint32_t symbol) {
    const expression_state *state = &s->states[g->first_state + from];
    uint64_t bit = (uint64_t)1 << g->classes[symbol];
    if (!(state->mask & bit)) return state->other;
    return s->targets[state->first_target + bits_count(state->mask & (bit - 1))];
}

/* Makes the sections of `count` expressions that PCRE2 has compiled, whose texts are strings; sets `covered`. False if
 * memory is short. */
bool expressions_build(arena *a, expression *items, uint32_t count, const char *strings,
                       image_part parts[SECTION_COUNT]);

#endif
