/* Symbols: characters that no set of a layer's expressions tells apart. */
#ifndef MODEL_EXPRESSION_SYMBOLS_H
#define MODEL_EXPRESSION_SYMBOLS_H

#include "model/expression_parse.h"
#include "model/expressions.h"

typedef struct symbol_set {
    uint64_t bits[EXPRESSION_SYMBOLS / 64];
} symbol_set;

typedef struct character_set {
    uint64_t bits[EXPRESSION_CHARACTERS / 64];
} character_set;

typedef struct symbol_table {
    unsigned char *of; /* by character */
    uint32_t count;
    VEC(character_set) sets;
} symbol_table;

/* One symbol for all characters; false if memory is short. */
bool symbols_open(arena *a, symbol_table *t);

/* Makes symbols finer, so that they tell the characters that match `set`, an expression for one, from others. False
 * where there are too many, or memory is short (`a` has failed). */
bool symbols_refine(arena *a, symbol_table *t, str set);

/* The symbols in each set, in the order of refinement; NULL if memory is short. */
symbol_set *symbols_of_sets(arena *a, const symbol_table *t);

#endif
