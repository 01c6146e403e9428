/* Working out one test from the truth of its atoms. */
#ifndef MATCH_LABEL_TEST_H
#define MATCH_LABEL_TEST_H

#include "base/hash.h"
#include "match/label.h"

#define TEST_HOLDS UINT32_MAX
#define TEST_FAILS (UINT32_MAX - 1)

static inline bool atom_default(const atom *a) {
    return a->kind == ATOM_ANY;
}

static inline bool test_value(const test_index *x, uint32_t test, const unsigned char *truth) {
    uint32_t at = x->entries[test];
    while (at < TEST_FAILS) {
        const test_branch *b = &x->branches[at];
        at = truth[b->atom] ? b->yes : b->no;
    }
    return at == TEST_HOLDS;
}

#endif
