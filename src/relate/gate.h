/* Which sentences may state a relation: those with a word that triggers a frame, and names for the frame's roles. All
 * others need not be taken apart. */
#ifndef RELATE_GATE_H
#define RELATE_GATE_H

#include "relate/words.h"

/* Types of mentions, as bits of their ids. */
typedef struct gate_names {
    uint32_t types, several; /* that stand at all; that stand for more than one entity */
} gate_names;

/* The mentions [first, end) of a document. */
gate_names gate_names_of(const document *d, uint32_t first, uint32_t end);

typedef struct gate_sentence {
    const sentence *in;
    gate_names own, earlier;       /* of this sentence, of the one before */
    uint32_t before;               /* types of all mentions before */
    uint32_t first_edge, end_edge; /* those that lie in it */
} gate_sentence;

/* May a frame state something in the sentence? To be sure it says so too often; *failed where memory is short. */
bool gate_opens(word_reader *w, const document *d, const gate_sentence *s, bool *failed);

/* Can token `i` of a sentence of the language, which the gate has let through, trigger a frame? */
bool gate_triggers(const word_reader *w, const document *d, uint32_t i, uint8_t language);

#endif
