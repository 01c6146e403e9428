/* Working out one test from the truth of its atoms (Kleene's three values: regular expressions start unknown). */
#ifndef MATCH_LABEL_TEST_H
#define MATCH_LABEL_TEST_H

#include "base/hash.h"
#include "match/label.h"

#define OPERATOR 0x80000000U

enum { FALSE = 0, TRUE = 1, UNKNOWN = 2 };

static inline unsigned char atom_default(const atom *a) {
    return a->kind == ATOM_ANY ? TRUE : a->kind == ATOM_REGEX ? UNKNOWN : FALSE;
}

static inline unsigned char both(unsigned char a, unsigned char b) {
    if (a == FALSE || b == FALSE) return FALSE;
    return a == TRUE && b == TRUE ? TRUE : UNKNOWN;
}

static inline unsigned char negate(unsigned char a) {
    return a == UNKNOWN ? UNKNOWN : !a;
}

static inline unsigned char test_value(const test_index *x, uint32_t test, const unsigned char *truth) {
    unsigned char stack[MAX_TEST_DEPTH + 1];
    uint32_t depth = 0;
    for (uint32_t i = x->test_starts[test]; i < x->test_starts[test + 1]; i++) {
        uint32_t op = x->ops[i];
        if (op == (OPERATOR | ATOM_NOT)) {
            stack[depth - 1] = negate(stack[depth - 1]);
        } else if (op == (OPERATOR | ATOM_AND)) {
            depth--;
            stack[depth - 1] = both(stack[depth - 1], stack[depth]);
        } else if (op == (OPERATOR | ATOM_OR)) {
            depth--;
            stack[depth - 1] = negate(both(negate(stack[depth - 1]), negate(stack[depth])));
        } else {
            stack[depth++] = truth[op];
        }
    }
    return stack[0];
}

#endif
