/* Inside words.c, word_classes.c and gate.c: what the classes of the model make of a word. */
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
    KIND_ADVERB,
    KIND_PREPOSITION,
    KIND_ACTING
};

enum { LANGUAGES = 8, CLASSES = 256 };

/* What a word contributes to a sentence that may state a relation: frames that it triggers (the last bits are
 * FRAMES_…), and ways in which it points to somebody named before. */
typedef struct hint {
    uint64_t frames; /* by verbs */
    uint64_t nouns;  /* by nouns */
    uint32_t asks;
} hint;

enum { FRAME_BITS = 62 };
#define FRAMES_ATTRIBUTION ((uint64_t)1 << 62) /* behind a border, whatever is named */
#define FRAMES_OTHER ((uint64_t)1 << 63)       /* frames beyond the number of bits */

/* What the roles of a frame need, as bits of types; 0 where anything does. */
typedef struct frame_need {
    uint32_t roles[4], some; /* of each required role; of any of the others */
    bool pair;               /* subject and object are both names */
    bool predicate;          /* a noun states it only where somebody is said to be it */
} frame_need;

/* A verb that triggers frames, for particles apart from it: "kommt … zusammen". */
typedef struct verb_trigger {
    str lemma;
    uint32_t rim; /* its last or first bytes, see gate.c */
    uint64_t frames;
    uint32_t language;
} verb_trigger;

/* Words by kind of token; few kinds are ever asked for, and what is known of one is large. */
typedef struct word_list {
    VEC(uint32_t) numbers; /* by kind: number in `words` plus one, 0: not read yet */
    VEC(clause_word) words;
    VEC(uint16_t) hints; /* by kind: number in the reader's hints plus one, 0: not worked out yet */
} word_list;

struct word_reader {
    const model *m;
    bool begun;
    void *room;
    uint32_t flags[CLASSES], lemma_flags[CLASSES];
    uint8_t kind[CLASSES];
    bool office[CLASSES], inhabitant[CLASSES], verb_second[LANGUAGES];
    uint32_t person, place, body; /* bits of types */
    frame_need needs[FRAME_BITS];
    uint64_t predicates; /* frames that nouns state only so */
    arena lasting;       /* for as long as the model stays */
    VEC(verb_trigger) verbs;
    VEC(hint) hints; /* the first says nothing */
    arena arena;
    uint32_t generation; /* of the lexicon whose kinds they are */
    word_list by_kind[LANGUAGES];
};

/* The word that a token is in a sentence of the language, below LANGUAGES; NULL if memory is short. There must be room
 * for all kinds. */
const clause_word *word_of_kind(word_reader *w, const document *d, const token *t, uint8_t language);
bool words_make_room(word_reader *w, const document *d, uint8_t language);

/* Reads the frames, once for all documents. False if memory is short. */
bool gate_begin(word_reader *w, const document *d);

/* "kind=planned", or a bare "before". */
bool word_has_attribute(const model *m, uint32_t entry_index, const char *wanted);

/* WORD_… that the attributes of an entry say. */
uint32_t word_asked_flags(const model *m, uint32_t entry_index);

#endif
