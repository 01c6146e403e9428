/* Labels: which tests of a program hold for a word, a phrase, or an earlier mention.
 *
 *     signature ──> atoms that are true (readings, shape, place …) ──> tests these can change ──> set of tests = label
 *
 * Most tests are false where none of their atoms is true, so a word costs what its true atoms touch, not the number of
 * tests. */
#ifndef MATCH_LABEL_H
#define MATCH_LABEL_H

#include "match/signature.h"
#include "model/layer.h"

enum { LABEL_NONE = 0 }; /* no test holds: before and behind the sentence */

/* Lists of numbers by key: those of key k are items[starts[k]] … items[starts[k + 1] - 1]. */
typedef struct number_lists {
    uint32_t *starts, *items;
} number_lists;

typedef struct keyed_atom {
    uint32_t key, atom;
} keyed_atom;

typedef struct key_slot {
    uint32_t key, first, count; /* count 0: free */
} key_slot;

/* Atoms by key: a VEC, those of a key side by side, and where each key's begin. */
typedef struct atom_list {
    keyed_atom *items;
    uint32_t count, capacity;
    key_slot *slots; /* by hash of the key */
    uint32_t mask;
} atom_list;

/* One question of a test, and where to go on: to another, or TEST_HOLDS, TEST_FAILS (label_test.h). */
typedef struct test_branch {
    uint32_t atom, yes, no;
} test_branch;

/* A program's tests, by the atoms they are made of. */
typedef struct test_index {
    const rule_layer *layer;
    uint32_t atom_count, test_count, words; /* words: 64-bit words of a label */
    const atom **atoms;                     /* distinct */
    uint32_t *ops;                          /* postfix: atom number, or OPERATOR | kind */
    uint32_t *test_starts;                  /* test_count + 1, into ops */
    uint32_t *entries;                      /* by test: its first branch */
    test_branch *branches;
    number_lists by_atom;                               /* tests an atom occurs in; not of shapes, places and marks */
    number_lists by_cause;                              /* tests that cannot hold unless one of few atoms is true */
    uint64_t *defaults;                                 /* what holds where no atom is true */
    atom_list classes, spellings, folds, lemmas, types; /* by class, word, folded word, lemma, mention's type */
    atom_list shapes, places, marks, known;
    uint32_t places_used;    /* TOKEN_ bits that matter */
    uint32_t *by_expression; /* of the layer: the atom that asks for it, or NERX_NONE */
} test_index;

bool test_index_build(test_index *x, arena *a, const rule_layer *rules, const program *p);

static inline uint32_t key_hash(uint32_t key) {
    return key * 0x9e3779b1U >> 7;
}

/* The atoms with `key`: a stretch of the list. */
static inline range atoms_with(const atom_list *list, uint32_t key) {
    uint32_t at = key_hash(key) & list->mask;
    for (; list->count && list->slots[at].count; at = (at + 1) & list->mask) {
        if (list->slots[at].key == key) return (range){list->slots[at].first, list->slots[at].count};
    }
    return (range){0, 0};
}

/* Labels plus one by signature; 0: not known yet. */
typedef struct known_labels {
    VEC(uint32_t) labels;
} known_labels;

/* What the label of a span hangs on, and the label plus one. */
typedef struct span_slot {
    uint32_t phrases[2]; /* the second NERX_NONE where there is one only */
    uint32_t shape, place, layers, label;
} span_slot;

/* label_profile.h */
typedef struct profiles {
    VEC(uint64_t) atoms, tests; /* of each, atom_words and test words */
    uint32_t count;
    uint32_t *slots; /* plus one, by atoms */
    uint32_t size, atom_words;
    uint64_t *now; /* of the word at hand */
} profiles;

/* Atoms that three numbers make true, remembered: label_atoms.h. */
typedef struct memo_line {
    uint32_t a, b, c;
    uint32_t first, count; /* into `atoms` */
    bool used;
} memo_line;

typedef struct atom_memo {
    memo_line *slots;
    uint32_t size, count;
    VEC(uint32_t) atoms;
} atom_memo;

typedef struct labels {
    const model *model;
    test_index tests;
    uint8_t language;
    signatures *signatures;
    uint32_t layer_index;
    signature_age age; /* of the signatures that labels are known of */
    arena learned;     /* everything below that is forgotten together */
    VEC(uint64_t) bits;
    uint32_t *table; /* labels by their bits, plus one */
    uint32_t table_size, count;
    VEC(uint32_t) by_kind;       /* label plus one by kind of token (lexicon.h), 0: not known yet */
    known_labels *known;         /* by the type of the earlier mention it is, plus one, or 0 */
    span_slot *spans;            /* labels of phrases, by hash, the latest of each */
    list_pool span_causes;       /* what phrases are alike in: atoms, shape and place */
    VEC(uint32_t) by_span_cause; /* their label plus one, 0: not known yet */
    profiles profiles;
    atom_memo seen_signs; /* by shape, place, marks */
    VEC(range) senses;    /* by sense: its atoms in `sense_atoms`, the first plus one; 0: not known yet */
    VEC(uint32_t) sense_atoms;
    VEC(uint32_t) starts; /* by label: what its first token leads to (states.h) */
    unsigned char *truth; /* by atom, while one label is worked out */
    uint32_t *seen;       /* by test: round in which it was worked out */
    uint32_t round;
    VEC(uint32_t) touched, gathered;
    uint64_t *work;
    bool failed; /* memory is short */
} labels;

/* `a` holds what lasts. */
bool labels_open(labels *l, arena *a, signatures *s, const model *m, const rule_layer *rules, const program *p);
void labels_close(labels *l);
void labels_begin(labels *l); /* another document, for which the signatures have begun */

/* Forgets all labels where they take much memory, or where it was short; true if it did. */
bool labels_forget_if_large(labels *l);

/* The label of token i, worked out; `type`: of the earlier mention it is, plus one, or 0. What is known by then, and
 * needs no working out, stands in by_kind. */
uint32_t labels_work_out(labels *l, document *d, uint32_t i, uint32_t type);

/* The label of the tokens [start, end), two or more: a phrase, an earlier mention, or both. `edges` are d->edges of
 * just this span. */
uint32_t labels_span(labels *l, const document *d, uint32_t start, const edge *edges, uint32_t count, uint32_t type);

static inline bool label_holds(const labels *l, uint32_t label, uint32_t test) {
    return l->bits.items[(size_t)label * l->tests.words + test / 64] >> (test % 64) & 1;
}

#endif
