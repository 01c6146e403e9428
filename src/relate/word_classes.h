/* Inside words.c and word_classes.c: what the classes of the model make of a word. */
#ifndef RELATE_WORD_CLASSES_H
#define RELATE_WORD_CLASSES_H

#include "model/model.h"
#include "relate/words.h"

enum {
    KIND_PLAIN,
    KIND_VERB,
    KIND_NOUN,
    KIND_DETERMINER,
    KIND_PRONOUN,
    KIND_ASK,
    KIND_WORD,
    KIND_PREPOSITION,
    KIND_ACTING
};

enum { LANGUAGES = 8, CLASSES = 256, UNREAD = 255 };

typedef VEC(clause_word) word_list;

struct word_reader {
    const model *m;
    uint32_t flags[CLASSES], lemma_flags[CLASSES];
    uint8_t kind[CLASSES];
    bool office[CLASSES], verb_second[LANGUAGES];
    arena arena;
    uint32_t generation;          /* of the lexicon whose kinds they are */
    word_list by_kind[LANGUAGES]; /* `senses` is UNREAD where nothing is known yet */
};

/* "kind=planned", or a bare "before". */
bool word_has_attribute(const model *m, uint32_t entry_index, const char *wanted);

/* WORD_… that the attributes of an entry say. */
uint32_t word_asked_flags(const model *m, uint32_t entry_index);

#endif
