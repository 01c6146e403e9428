/* Regular expressions read into instructions that match a word backwards. */
#ifndef MODEL_EXPRESSION_PARSE_H
#define MODEL_EXPRESSION_PARSE_H

#include "base/vec.h"

typedef enum expression_op {
    READ_CHARACTER, /* a: set; goes on behind */
    BRANCH,         /* a, b */
    WORD_MATCHES    /* a: expression */
} expression_op;

typedef struct expression_code {
    uint32_t op, a, b;
} expression_code;

typedef VEC(expression_code) expression_codes;

/* Sets of characters by the expression for one of them: "a", "(?i)a", "\p{Lu}", "[^s]". */
typedef VEC(str) character_sets;

/* Appends the instructions for `text`, which PCRE2 has compiled, and the sets that are new. False where it has what
 * only PCRE2 understands, or is long, or memory is short (`a` has failed); then nothing is appended. */
bool expression_parse(arena *a, str text, uint32_t number, expression_codes *out, character_sets *sets);

#endif
