/* Can a test hold for any token? All ways in which its atoms may be true are tried, as far as shapes allow them. */
#include "model/rule_parse.h"

enum { MOST_ATOMS = 12 };

/* Shapes that no token has together. */
static const struct {
    uint32_t a, b;
} exclusive[] = {
    {SHAPE_UPPER_FIRST, SHAPE_LOWER},
    {SHAPE_ALL_UPPER, SHAPE_LOWER},
    {SHAPE_INNER_UPPER, SHAPE_LOWER},
    {SHAPE_PUNCT, SHAPE_LETTERS | SHAPE_UPPER_FIRST | SHAPE_ALL_UPPER | SHAPE_LOWER | SHAPE_INNER_UPPER |
                      SHAPE_HAS_DIGIT | SHAPE_NUMBER | SHAPE_ORDINAL | SHAPE_INITIAL | SHAPE_ROMAN | SHAPE_ONE},
    {SHAPE_NUMBER, SHAPE_LETTERS | SHAPE_UPPER_FIRST | SHAPE_LOWER},
};

typedef struct question {
    const rule_build *r;
    const atom *atoms; /* of the test */
    uint32_t count;
    atom distinct[MOST_ATOMS];
    uint32_t distinct_count;
    uint32_t truth; /* bit by distinct atom */
} question;

static bool excludes(const rule_build *r, const atom *a, const atom *b) {
    if (a->kind == ATOM_WORD && b->kind == ATOM_WORD) return a->a != b->a;
    if (a->kind == ATOM_FOLD && b->kind == ATOM_FOLD) return a->a != b->a;
    if (a->kind == ATOM_WORD && b->kind == ATOM_SHAPE) {
        uint32_t index = a->a - r->b->first_word;
        return index < r->b->words.count && (r->b->words.items[index].shape & b->a) != b->a;
    }
    if (a->kind != ATOM_SHAPE || b->kind != ATOM_SHAPE) return false;
    for (size_t i = 0; i < sizeof exclusive / sizeof *exclusive; i++) {
        if (a->a & exclusive[i].a && b->a & exclusive[i].b) return true;
    }
    return false;
}

static bool consistent(const question *q) {
    for (uint32_t i = 0; i < q->distinct_count; i++) {
        bool holds = q->truth >> i & 1;
        if (q->distinct[i].kind == ATOM_ANY && !holds) return false;
        for (uint32_t k = 0; holds && k < q->distinct_count; k++) {
            if (q->truth >> k & 1 && excludes(q->r, &q->distinct[i], &q->distinct[k])) return false;
        }
    }
    return true;
}

static uint32_t number_of(const question *q, const atom *a) {
    uint32_t i = 0;
    while (i < q->distinct_count && memcmp(&q->distinct[i], a, sizeof *a) != 0)
        i++;
    return i;
}

static bool holds(const question *q) {
    bool stack[2 * MAX_TEST_ATOMS];
    uint32_t depth = 0;
    for (uint32_t i = 0; i < q->count; i++) {
        const atom *a = &q->atoms[i];
        if (a->kind == ATOM_NOT) {
            stack[depth - 1] = !stack[depth - 1];
        } else if (a->kind == ATOM_AND || a->kind == ATOM_OR) {
            depth--;
            bool both = stack[depth - 1] && stack[depth], one = stack[depth - 1] || stack[depth];
            stack[depth - 1] = a->kind == ATOM_AND ? both : one;
        } else {
            stack[depth++] = q->truth >> number_of(q, a) & 1;
        }
    }
    return stack[0];
}

bool test_possible(const rule_build *r, const atom *atoms, uint32_t count) {
    question q = {.r = r, .atoms = atoms, .count = count};
    for (uint32_t i = 0; i < count; i++) {
        bool joins = atoms[i].kind == ATOM_NOT || atoms[i].kind == ATOM_AND || atoms[i].kind == ATOM_OR;
        if (joins || number_of(&q, &atoms[i]) < q.distinct_count) continue;
        if (q.distinct_count == MOST_ATOMS) return true;
        q.distinct[q.distinct_count++] = atoms[i];
    }
    for (q.truth = 0; q.truth < 1U << q.distinct_count; q.truth++) {
        if (consistent(&q) && holds(&q)) return true;
    }
    return false;
}
