/* What each word of a sentence can be in a clause. */
#ifndef RELATE_WORDS_H
#define RELATE_WORDS_H

#include "text/document.h"

/* What a word does in a sentence. */
enum {
    WORD_PREPOSITION = 1 << 0,
    WORD_DETERMINER = 1 << 1,
    WORD_SUBJUNCTION = 1 << 2,
    WORD_CONTENT = 1 << 3, /* a subjunction before what is said: dass, that */
    WORD_CONJUNCTION = 1 << 4,
    WORD_NEGATION = 1 << 5,
    WORD_PRONOUN = 1 << 6, /* stands alone as an argument: er, him, niemand */
    WORD_PERSONAL = 1 << 7,
    WORD_REFLEXIVE = 1 << 8,
    WORD_RELATIVE = 1 << 9,
    WORD_PARTICLE = 1 << 10,
    WORD_ADJECTIVE = 1 << 11,
    WORD_NOUN = 1 << 12,
    WORD_PERSON = 1 << 13, /* noun for a person: office, title, profession */
    WORD_ATTRIBUTION = 1 << 14,
    WORD_ATTRIBUTION_QUOTE = 1 << 15, /* "so": only beside a quotation */
    WORD_ATTRIBUTION_AFTER = 1 << 16, /* "zufolge": stands behind */
    WORD_ZU = 1 << 17,
    WORD_AGENT = 1 << 18,
    WORD_TIME = 1 << 19,
    WORD_POSSIBLE = 1 << 20,
    WORD_EXPECTED = 1 << 21,
    WORD_REPORTED = 1 << 22,
    WORD_FUTURE = 1 << 23,
    WORD_DOUBTFUL = 1 << 24, /* adjective: mögliche, potential */
    WORD_ALLEGED = 1 << 25,  /* adjective: angebliche, alleged */
    WORD_ASIDE = 1 << 26,    /* in a caption: where somebody is in the picture */
    WORD_NAMES_PLACE = 1 << 27,
    WORD_NAMES_BODY = 1 << 28,
    WORD_PURPOSE = 1 << 29, /* um … zu */
    WORD_QUOTING = 1 << 30, /* "wie der Kreml mitteilt" */
};

/* What its verb readings are. */
enum {
    VERB_FINITE = 1 << 0,
    VERB_INFINITIVE = 1 << 1,
    VERB_PARTICIPLE = 1 << 2, /* past */
    VERB_GERUND = 1 << 3,     /* present participle */
    VERB_WITH_ZU = 1 << 4,    /* anzukommen */
    VERB_PAST = 1 << 5,
    VERB_SUBJ1 = 1 << 6, /* and no indicative */
    VERB_SUBJ2 = 1 << 7,
    VERB_SINGULAR = 1 << 8,
    VERB_PLURAL = 1 << 9,
    VERB_AUXILIARY = 1 << 10,
    VERB_MODAL = 1 << 11,
    VERB_PASSIVE = 1 << 12,
    VERB_PERFECT = 1 << 13,
    VERB_FUTURE = 1 << 14,
    VERB_REPORTING = 1 << 15,
    VERB_PLANNED = 1 << 16,
    VERB_POSSIBLE = 1 << 17,
    VERB_CONTROL_PLANNED = 1 << 18, /* of what its infinitive says */
    VERB_CONTROL_POSSIBLE = 1 << 19,
    VERB_CONTROL_REPORTED = 1 << 20,
    VERB_CONTROL_NEGATIVE = 1 << 21,
    VERB_CONTROL_FACT = 1 << 22,
    VERB_CONTROL_EVENT = 1 << 23, /* its subject happens: stattfinden, take place */
    VERB_COPULA = 1 << 24,        /* is, becomes, remains something */
    VERB_ANY = VERB_FINITE | VERB_INFINITIVE | VERB_PARTICIPLE | VERB_GERUND,
};

/* What a word tells of the phrase it stands in. */
enum {
    PHRASE_NEGATED = 1 << 0, /* keine Reise, no talks */
    PHRASE_DOUBTFUL = 1 << 1,
    PHRASE_PLANNED = 1 << 2,
    PHRASE_ALLEGED = 1 << 3,
    PHRASE_PAST = 1 << 4,       /* the former chancellor */
    PHRASE_POSSESSIVE = 1 << 5, /* his visit */
};

enum { MAX_SENSES = 3, MAX_DETERMINERS = 6, MAX_NOUNS = 2 };

/* What the lists say of a word, wherever it stands. */
typedef struct word_lore {
    uint32_t noun[MAX_NOUNS];            /* lemmas of nouns, or NERX_NONE */
    uint32_t tail;                       /* lemma of a compound's last part that frames know, or NERX_NONE */
    uint32_t lemma[MAX_SENSES];          /* of the verbs it can be */
    uint32_t sense[MAX_SENSES];          /* VERB_… of each */
    uint16_t agreement[MAX_DETERMINERS]; /* gender, number and cases of a determiner, pronoun or noun */
    uint8_t senses, agreements;
} word_lore;

extern const word_lore no_lore; /* of a word that no list has */

/* A word of a sentence. Passes go over them again and again, so they are small. */
typedef struct clause_word {
    uint32_t flags, verb;
    uint32_t mention;     /* that covers it, or NERX_NONE */
    uint32_t preposition; /* word a preposition counts as: in of im; else NERX_NONE */
    const word_lore *lore;
    uint16_t sets; /* SET_…, as bits */
    uint8_t tells; /* PHRASE_… */
    uint8_t clause;
    uint8_t phrase;             /* NO_PHRASE */
    bool definite : 1;          /* determiner: der, this */
    bool compound : 1;          /* what it names is known from its last part only */
    bool acts : 1;              /* noun for what acts for its owner: Truppen Russlands */
    bool past : 1;              /* ehemalig, former */
    bool possessive : 1;        /* his, ihr */
    bool topic : 1;             /* preposition before what something is about: on, über */
    bool during : 1;            /* preposition that says when: nach, during */
    bool genitive : 1;          /* preposition that stands for a genitive: of, von */
    bool office : 1, leads : 1; /* noun for an office; for one that leads a body */
    bool stands : 1;            /* noun that stands for the person spoken of: der Niederländer, die 30-Jährige */
    bool plain : 1;             /* adverb or the like, known in lower case */
    bool adverb : 1;            /* in the list of adverbs, whatever else it may be */
} clause_word;

enum { NO_PHRASE = 255, MAX_SENTENCE = 400 };

/* Words that a pass over a sentence looks at; when it does, some may no longer be so. */
typedef enum set_kind {
    SET_LINKS,        /* may open a relative or content clause */
    SET_AMBIGUOUS,    /* verbs, and what may be a verb or noun */
    SET_VERBS,        /* outside of phrases, once those are found */
    SET_OPENERS,      /* may begin a clause; outside of phrases, too */
    SET_PARTICLES,    /* of verbs; outside of phrases, too */
    SET_SHADES,       /* deny, doubt, or say when */
    SET_ATTRIBUTIONS, /* laut, so */
    SET_SIGNS,        /* punctuation */
    SET_BRACKETS,
    SET_BEGINNINGS, /* the capital letter may come from the place: behind a colon, at the start of a sentence */
    WORD_SETS,
    MARK_COLON = WORD_SETS, /* no sets, but known of a word like them */
    MARK_QUOTE
} set_kind;

/* Words of a sentence, as bits. */
typedef struct word_set {
    uint64_t bits[(MAX_SENTENCE + 63) / 64];
} word_set;

/* Remembers what it reads by kind of token, from document to document. */
typedef struct word_reader word_reader;

word_reader *word_reader_new(nerx_error *error);
void word_reader_free(word_reader *w); /* NULL is allowed */

/* The same zeroed memory of `size` bytes for all who ask; NULL if it is short. */
void *word_reader_room(word_reader *w, size_t size);

/* To be called for each document before anything else: what `m`'s classes mean. False if memory is short. */
bool word_reader_begin(word_reader *w, const document *d);

/* What the stage asks of the model once. */
typedef struct relate_facts {
    uint32_t person, place, body; /* types of mentions */
    const bool *relating;         /* rules that state relations, by number */
} relate_facts;

const relate_facts *word_reader_facts(const word_reader *w);

/* What the tokens of a sentence can be, and the WORD_SETS sets they belong to; false if memory is short. `own` has room
 * for as many words. Lores stay until the next document. */
bool words_read(word_reader *w, const document *d, const sentence *in, clause_word *out, word_lore *own,
                word_set *sets);

/* The word is a noun of this lemma. */
static inline bool word_is_noun(const clause_word *w, uint32_t lemma) {
    const word_lore *l = w->lore;
    return lemma != NERX_NONE && (l->noun[0] == lemma || l->noun[1] == lemma || l->tail == lemma);
}

/* VERB_… that lists say of a lemma: auxiliary, verb of saying … */
uint32_t words_of_lemma(word_reader *w, const document *d, uint32_t lemma, uint8_t language);

/* WORD_… of the readings of a phrase of several words. */
uint32_t words_of_edge(word_reader *w, const edge *e, uint8_t language);

/* PHRASE_… that a word tells of its phrase. */
uint8_t word_tells(const clause_word *w);

/* True where the finite verb of a main clause is its second part. */
bool words_verb_second(const word_reader *w, uint8_t language);

#endif
