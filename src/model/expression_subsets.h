/* Deterministic automata for several expressions at once. */
#ifndef MODEL_EXPRESSION_SUBSETS_H
#define MODEL_EXPRESSION_SUBSETS_H

#include "model/expression_symbols.h"

enum { MOST_STATES = 3000, SUBSET_SLOTS = 1 << 13 };

/* Instructions a word may stand before: those that read or match, ascending. */
typedef struct subset {
    uint32_t first, count; /* into the pool */
} subset;

typedef struct subsets {
    arena *arena; /* kept from one automaton to the next */
    const expression_code *code;
    uint32_t code_count;
    const symbol_set *sets; /* symbols by set */
    uint32_t set_count, symbol_count;
    VEC(subset) states;
    VEC(uint32_t) pool;
    VEC(uint16_t) rows; /* by state and class: the state it leads to */
    unsigned char classes[EXPRESSION_SYMBOLS];
    unsigned char symbol_of[EXPRESSION_CLASSES]; /* one of the class */
    uint32_t class_count;
    uint32_t slots[SUBSET_SLOTS]; /* states plus one, by hash */
    uint16_t blocks[MOST_STATES]; /* by state: the number of those that are like it */
    uint16_t kept[MOST_STATES];   /* by block: its first state */
    uint32_t block_count;
    uint32_t *seen, round, *stack; /* by instruction */
    VEC(uint32_t) next;
    uint64_t steps;
} subsets;

bool subsets_open(subsets *s);

/* How many of the symbols may be read first from instruction `start` on; 0 also if memory is short. */
uint32_t subsets_first(subsets *s, uint32_t start, const unsigned char *symbols, uint32_t count);

/* The automaton of the expressions whose instructions begin at `starts`. False where it gets too large, or memory is
 * short (the arena has failed). */
bool subsets_build(subsets *s, const uint32_t *starts, uint32_t count);

/* Finds the blocks of states that nothing tells apart (Moore 1956); STATE_DEAD and STATE_START keep their numbers. */
void subsets_minimize(subsets *s);

#endif
