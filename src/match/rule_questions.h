/* What all rules of a model may ask of a word. */
#ifndef MATCH_RULE_QUESTIONS_H
#define MATCH_RULE_QUESTIONS_H

#include "model/layer.h"

typedef struct class_question {
    uint32_t features; /* that matter */
    bool asked, attributes;
} class_question;

typedef struct rule_questions {
    uint32_t shapes, places, marks; /* SHAPE_, TOKEN_ and MARK_ bits that matter */
    class_question classes[256];    /* by class; those asked of any class are included */
    uint32_t *words;                /* by hash: kind of atom and word id; 0: free */
    uint32_t word_shift;
    uint32_t *expressions[VOCAB_MAX_LAYERS]; /* by layer: bits, by language whose rules ask for it */
} rule_questions;

bool questions_read(rule_questions *q, arena *a, const model *m);

/* Two very large ids may be one: then a word is told apart that need not be. */
static inline uint32_t question_key(uint32_t kind, uint32_t id) {
    return (kind - ATOM_WORD + 1) << 30 | (id & ((1U << 30) - 1));
}

static inline uint32_t question_slot(const rule_questions *q, uint32_t key) {
    uint32_t at = key * 0x9e3779b1U >> q->word_shift, mask = UINT32_MAX >> q->word_shift;
    while (q->words[at] && q->words[at] != key)
        at = (at + 1) & mask;
    return at;
}

/* Does a rule ask for this word, form, fold or lemma (ATOM_WORD, ATOM_FOLD, ATOM_LEMMA)? */
static inline bool question_names(const rule_questions *q, uint32_t kind, uint32_t id) {
    return q->words[question_slot(q, question_key(kind, id))];
}

#endif
