/* Signatures: all that rules and cues may ask of a word, as one small number.
 *
 *     kind of token ──readings, marks, expressions──> signature ──tests of a program──> label
 *
 * What no rule asks for is left out, so that most words have the signature of others, whose labels are known. All
 * programs share them. */
#ifndef MATCH_SIGNATURE_H
#define MATCH_SIGNATURE_H

#include "base/list_pool.h"
#include "model/model.h"

typedef struct signatures signatures;

signatures *signatures_new(const model *m, nerx_error *error);
void signatures_free(signatures *s); /* NULL is allowed */

/* Another document. Where new words have other ids (generation: the lexicon's), kinds are asked anew; where there are
 * very many signatures, they are forgotten. */
void signatures_begin(signatures *s, uint32_t generation);

/* They change when kinds are to be asked anew; when signatures and senses are others. */
typedef struct signature_age {
    uint32_t kinds, numbers;
} signature_age;

signature_age signatures_age(const signatures *s);

/* The signature of a kind in a language; NERX_NONE if memory is short. */
uint32_t signatures_ask(signatures *s, const document *d, uint32_t kind, uint8_t language);

/* How many there are. */
uint32_t signatures_count(const signatures *s);

/* What matters of a reading. */
typedef struct sense {
    reading example;
    uint32_t class;
    bool ending; /* only the ending of the word has it */
} sense;

/* The number of the sense of a reading; NERX_NONE if memory is short. */
uint32_t signatures_sense(signatures *s, reading r, bool ending);
sense signatures_sense_at(const signatures *s, uint32_t number);

/* A signature, read. Valid until the next is asked. */
typedef struct signature {
    uint32_t shape, place, marks;
    bool known;       /* has readings */
    numbers senses;   /* each once */
    numbers words;    /* that rules name: ATOM_WORD, ATOM_FOLD or ATOM_LEMMA, and the id, in turns */
    numbers matching; /* expressions of one layer's rules */
} signature;

signature signatures_read(const signatures *s, uint32_t number, uint32_t layer_index);

#endif
