/* Inside words.c, word_classes.c, needs.c, hints.c and gate.c: what the classes of the model make of a word. */
#ifndef RELATE_WORD_CLASSES_H
#define RELATE_WORD_CLASSES_H

#include "model/model.h"
#include "relate/hints.h"
#include "relate/words.h"

enum {
    KIND_PLAIN,
    KIND_VERB,
    KIND_NOUN,
    KIND_DETERMINER,
    KIND_PRONOUN,
    KIND_ASK,
    KIND_WORD,
    KIND_ADVERB,
    KIND_PREPOSITION,
    KIND_ACTING
};

enum { LANGUAGES = 8, CLASSES = 256 };

/* Words by kind of token; few kinds are ever asked for, and what is known of one is large. */
typedef struct word_list {
    VEC(uint32_t) numbers; /* by kind: number in `words` plus one, WORD_OF_NOTHING, or 0: not read yet */
    VEC(clause_word) words;
    VEC(uint16_t) hints; /* by kind: hints.h; 0: not worked out yet */
} word_list;

enum { WORD_OF_NOTHING = 1 }; /* the number of all words of which no list says anything */

/* What has been asked of a phrase or a lemma, in a language. */
typedef struct flags_memory {
    uint64_t key; /* 0: free */
    uint32_t flags;
} flags_memory;

/* What a word says as the last part of a compound. */
typedef struct tail_lore {
    uint32_t lemma; /* of a noun that frames know, or NERX_NONE */
    uint32_t named; /* WORD_… of the first reading that names something */
    bool stands;    /* that reading may stand for the person spoken of */
    bool any_stands;
} tail_lore;

typedef struct tail_memory {
    uint64_t key; /* 0: free */
    tail_lore lore;
} tail_memory;

enum { FLAGS_MEMORY = 1 << 9, TAILS_MEMORY = 1 << 11 };

struct word_reader {
    const model *m;
    bool begun;
    void *room;
    uint32_t flags[CLASSES], lemma_flags[CLASSES];
    uint8_t kind[CLASSES];
    bool office[CLASSES], inhabitant[CLASSES], verb_second[LANGUAGES];
    relate_facts facts;
    uint32_t person, place, body; /* bits of types */
    arena lasting;                /* for as long as the model stays */
    gate_memory gate;
    arena arena;
    uint32_t generation; /* of the lexicon whose kinds they are */
    word_list by_kind[LANGUAGES];
    flags_memory edges[FLAGS_MEMORY], lemmas[FLAGS_MEMORY]; /* by hash */
    tail_memory tails[TAILS_MEMORY];                        /* by hash */
};

const clause_word *word_of_new_kind(word_reader *w, const document *d, const token *t, uint8_t language);

/* The word that a token is in a sentence of the language, below LANGUAGES; NULL if memory is short. There must be room
 * for all kinds. */
static inline const clause_word *word_of_kind(word_reader *w, const document *d, const token *t, uint8_t language) {
    uint32_t number = w->by_kind[language].numbers.items[t->kind];
    return number ? &w->by_kind[language].words.items[number - 1] : word_of_new_kind(w, d, t, language);
}
bool words_grow(word_reader *w, const document *d, uint8_t language);

/* Makes room for all kinds; false if memory is short. */
static inline bool words_make_room(word_reader *w, const document *d, uint8_t language) {
    bool have = w->by_kind[language].numbers.count == d->lexicon.kinds.count;
    return (have && w->generation == d->lexicon.generation) || words_grow(w, d, language);
}

/* SET_… that a word belongs to, whatever stands beside it. */
uint16_t word_sets(const clause_word *w, const token *t);

/* "kind=planned", or a bare "before". */
bool word_has_attribute(const model *m, uint32_t entry_index, const char *wanted);

/* WORD_… that the attributes of an entry say. */
uint32_t word_asked_flags(const model *m, uint32_t entry_index);

#endif
