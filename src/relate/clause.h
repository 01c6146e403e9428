/* Clauses of a sentence: verb, voice, tense, polarity, modality, and the mentions that are its arguments. No parser:
 * punctuation and subjunctions part clauses, the verb forms tell the rest (topological fields; Höhle 1986). */
#ifndef RELATE_CLAUSE_H
#define RELATE_CLAUSE_H

#include "text/document.h"

enum {
    WORD_FINITE = 1 << 0,
    WORD_INFINITIVE = 1 << 1,
    WORD_PARTICIPLE = 1 << 2,
    WORD_PAST = 1 << 3,
    WORD_SUBJ1 = 1 << 4, /* and no indicative */
    WORD_SUBJ2 = 1 << 5,
    WORD_AUXILIARY = 1 << 6,
    WORD_MODAL = 1 << 7,
    WORD_PREPOSITION = 1 << 8,
    WORD_ARTICLE = 1 << 9,
    WORD_ACCUSATIVE = 1 << 10, /* article: accusative only */
    WORD_SUBJUNCTION = 1 << 11,
    WORD_CONJUNCTION = 1 << 12,
    WORD_NEGATION = 1 << 13,
    WORD_NOMINATIVE = 1 << 14, /* personal pronoun that can only be a subject */
    WORD_REFLEXIVE = 1 << 15,
    WORD_PARTICLE = 1 << 16,
    WORD_MODIFIER = 1 << 17, /* adjective, office, title, noun: stands before a name in one phrase */
    WORD_REPORTING = 1 << 18,
    WORD_ATTRIBUTION = 1 << 19,
    WORD_POSSIBLE = 1 << 20,
    WORD_REPORTED = 1 << 21,
    WORD_THAT = 1 << 22, /* a subjunction that reports: dass, that */
    WORD_PASSIVE = 1 << 23,
    WORD_PERFECT = 1 << 24,
    WORD_FUTURE = 1 << 25,
    WORD_NOUN = 1 << 26,
    WORD_PLANNED = 1 << 27,
    WORD_ZU = 1 << 28, /* the infinitive wears its marker; of the marker itself, too */
    WORD_RELATIVE = 1 << 29,
    WORD_AGENT = 1 << 30, /* preposition before who does it, in the passive */
};

typedef struct clause_word {
    uint32_t flags;
    uint32_t lemma; /* of the verb, or of the word itself; NERX_NONE */
} clause_word;

typedef enum modality { MODALITY_FACT, MODALITY_PLANNED, MODALITY_POSSIBLE, MODALITY_REPORTED } modality;
typedef enum tense { TENSE_PRESENT, TENSE_PAST, TENSE_FUTURE } tense;

typedef struct clause {
    uint32_t start, end;   /* tokens */
    uint32_t finite, main; /* tokens, NERX_NONE */
    uint32_t lemma;        /* of the main verb, its particle joined */
    uint32_t subject;      /* mention, or NERX_NONE; of an infinitive, that of the clause above */
    uint32_t source;       /* mention that says so, or NERX_NONE */
    modality modality;
    tense tense;
    bool negative, passive, reflexive, that, quoted;
} clause;

enum { MAX_CLAUSES = 48 };

typedef struct clauses {
    document *d;
    const sentence *in;
    clause_word *words; /* by token - in->first */
    clause items[MAX_CLAUSES];
    uint32_t count;
    uint32_t first_mention, end_mention; /* of the sentence */
} clauses;

typedef struct word_reader word_reader; /* words.h */

/* Finds the words' parts and the clauses; `first_mention` is the sentence's first. False if memory is short. */
bool clauses_find(clauses *c, word_reader *reader, document *d, const sentence *in, uint32_t first_mention);

const clause_word *clause_word_at(const clauses *c, uint32_t token_index);

/* The preposition before the phrase whose head is a mention: its token, or NERX_NONE. */
uint32_t clause_preposition(const clauses *c, const clause *of, uint32_t mention_index);

/* A mention that is no argument: a genitive before or behind a noun, or inside another's phrase. */
bool clause_is_attribute(const clauses *c, uint32_t mention_index);

#endif
