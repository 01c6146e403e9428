/* Working out one test from the truth of its atoms. */
#ifndef MATCH_LABEL_TEST_H
#define MATCH_LABEL_TEST_H

#include "base/hash.h"
#include "match/label.h"

#define OPERATOR 0x80000000U

static inline bool atom_default(const atom *a) {
    return a->kind == ATOM_ANY;
}

static inline bool test_value(const test_index *x, uint32_t test, const unsigned char *truth) {
    unsigned char stack[MAX_TEST_DEPTH + 1];
    uint32_t depth = 0;
    for (uint32_t i = x->test_starts[test]; i < x->test_starts[test + 1]; i++) {
        uint32_t op = x->ops[i];
        if (op == (OPERATOR | ATOM_NOT)) {
            stack[depth - 1] = !stack[depth - 1];
        } else if (op == (OPERATOR | ATOM_AND)) {
            depth--;
            stack[depth - 1] &= stack[depth];
        } else if (op == (OPERATOR | ATOM_OR)) {
            depth--;
            stack[depth - 1] |= stack[depth];
        } else {
            stack[depth++] = truth[op];
        }
    }
    return stack[0];
}

#endif
