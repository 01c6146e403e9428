/* A sentence taken apart, without a parser: words to phrases, phrases to clauses. The forms of verbs, punctuation and
 * subjunctions part clauses (topological fields; Höhle 1986).
 *
 *     sentence ─┬─ words     what each can be
 *               ├─ phrases   noun phrases with their preposition, owner and partners
 *               └─ clauses   verb, voice, tense, polarity, modality, who says so; each word belongs to one */
#ifndef RELATE_CLAUSE_H
#define RELATE_CLAUSE_H

#include "relate/words.h"

enum { MAX_PHRASES = 160, MAX_CLAUSES = 48, NO_CLAUSE = 255 };

/* Beside those that its words tell. */
enum {
    PHRASE_PRONOUN = 1 << 8,
    PHRASE_RELATIVE = 1 << 9,
    PHRASE_APPOSITION = 1 << 10, /* says more about the phrase before it */
    PHRASE_OWNER = 1 << 11,      /* genitive, possessive: belongs to `owner` */
    PHRASE_TIME = 1 << 12,
    PHRASE_DEFINITE = 1 << 13,
    PHRASE_SOURCE = 1 << 14,   /* says so: laut Yonhap */
    PHRASE_ASIDE = 1 << 15,    /* in brackets */
    PHRASE_RESOLVED = 1 << 16, /* its mention is an antecedent's */
    PHRASE_PERSONAL = 1 << 17,
    PHRASE_OWNED = 1 << 18,    /* Putins Besuch, his visit */
    PHRASE_REFERRED = 1 << 19, /* whom it means has been asked */
};

typedef struct phrase {
    uint32_t start, end, head; /* tokens */
    uint32_t preposition;      /* token, or NERX_NONE */
    uint32_t mention;          /* entity or date that it is, or NERX_NONE */
    uint32_t agreement;        /* FEATURE_ cases, numbers, genders it may have */
    uint32_t flags;
    uint8_t clause;
    uint8_t owner; /* the phrase it modifies, or NO_PHRASE */
    uint8_t next;  /* coordinated with it: X, Y und Z; or NO_PHRASE */
    uint8_t lead;  /* first of its coordination */
    uint8_t means; /* of a relative pronoun: the phrase it stands for, or NO_PHRASE */
} phrase;

typedef enum modality { MODALITY_FACT, MODALITY_PLANNED, MODALITY_POSSIBLE, MODALITY_REPORTED } modality;
typedef enum tense { TENSE_PRESENT, TENSE_PAST, TENSE_FUTURE } tense;
typedef enum clause_kind { CLAUSE_MAIN, CLAUSE_SUBORDINATE, CLAUSE_RELATIVE, CLAUSE_INFINITIVE } clause_kind;

typedef struct clause {
    uint32_t start, end;   /* tokens; not all between belong to it */
    uint32_t opener;       /* subjunction or relative pronoun, or NERX_NONE */
    uint32_t finite, main; /* tokens, or NERX_NONE */
    uint32_t particle;     /* token of a separated verb's particle, or NERX_NONE */
    uint8_t subject;       /* phrase, or NO_PHRASE */
    uint8_t parent;        /* clause it depends on, or NO_CLAUSE */
    uint32_t source;       /* mention that says so, or NERX_NONE */
    clause_kind kind;
    modality modality;
    tense tense;
    bool negative, passive, reflexive, coordinated, quoted, subjunctive, gerund, unreal, settled, doubted;
} clause;

/* Not worked out: the sentences before have not been taken apart. */
#define UNKNOWN_MENTION (NERX_NONE - 1)

/* What lasts from sentence to sentence. */
typedef struct discourse {
    uint32_t subject;        /* last main clause's subject mention, NERX_NONE or UNKNOWN_MENTION */
    uint32_t gender;         /* that the subject's article shows: die Bahn */
    bool unnamed;            /* the subject is a person whom nothing names: der Regisseur */
    uint32_t source;         /* who was last said to say something, NERX_NONE or UNKNOWN_MENTION */
    uint32_t previous_first; /* first mention of the sentence before */
    bool asked;              /* for what is unknown: what followed from it is worth nothing */
    struct cursor *settler;  /* who can work it out; NULL: nobody */
} discourse;

/* Works out what is unknown, as far as there is a settler (relate.c). */
void discourse_settle(discourse *b);

static inline uint32_t discourse_subject(discourse *b) {
    if (b->subject == UNKNOWN_MENTION) discourse_settle(b);
    return b->subject == UNKNOWN_MENTION ? NERX_NONE : b->subject;
}

static inline uint32_t discourse_source(discourse *b) {
    if (b->source == UNKNOWN_MENTION) discourse_settle(b);
    return b->source == UNKNOWN_MENTION ? NERX_NONE : b->source;
}

/* A trigger found in a clause (frames.c). */
typedef struct found_trigger {
    uint8_t clause, noun;  /* noun: its phrase, or NO_PHRASE where it is a verb */
    uint32_t layer, sense; /* sense: the verb's VERB_… */
    const struct trigger *t;
} found_trigger;

typedef struct clauses {
    document *d;
    const token *tokens; /* the document's */
    const sentence *in;
    uint32_t first, end; /* its tokens */
    word_reader *reader;
    discourse *before;
    uint32_t earlier_source; /* of the sentences before */
    bool verb_second, question;
    bool sourced;                        /* sources have been found */
    uint32_t person, place, body;        /* types of mentions */
    uint32_t first_mention, end_mention; /* of the sentence */
    uint32_t first_edge, end_edge;
    uint32_t phrase_count, clause_count;
    word_set borders; /* what clause_parts says */
    word_set sets[WORD_SETS];
    VEC(found_trigger) found;
    clause_word words[MAX_SENTENCE];
    word_lore own[MAX_SENTENCE]; /* lores of words that are something else here than elsewhere */
    phrase phrases[MAX_PHRASES];
    clause items[MAX_CLAUSES];
} clauses;

static inline clause_word *clause_word_at(clauses *c, uint32_t token_index) {
    return &c->words[token_index - c->first];
}

/* The lore of a word, to be changed in this sentence. */
static inline word_lore *clause_lore(clauses *c, clause_word *w) {
    word_lore *own = &c->own[w - c->words];
    if (w->lore != own) *own = *w->lore;
    w->lore = own;
    return own;
}

static inline bool clause_is(const clauses *c, uint32_t token_index, uint32_t flags) {
    return (c->words[token_index - c->first].flags & flags) != 0;
}

static inline bool clause_verb(const clauses *c, uint32_t token_index, uint32_t flags) {
    return (c->words[token_index - c->first].verb & flags) != 0;
}

static inline uint32_t clause_shape(const clauses *c, uint32_t token_index) {
    return c->tokens[token_index].shape;
}

static inline const mention *phrase_mention(const clauses *c, const phrase *p) {
    return p->mention == NERX_NONE ? NULL : &c->d->mentions.items[p->mention];
}

/* Where a phrase begins with its preposition; that of "mit Russlands Präsident" stands before the owner. */
static inline uint32_t phrase_begin(const clauses *c, uint8_t index) {
    const phrase *p = &c->phrases[index];
    if (p->flags & PHRASE_OWNED) return p->start;
    bool owner = p->flags & PHRASE_OWNER && p->owner == index + 1 && p->owner < c->phrase_count;
    uint32_t preposition = owner ? c->phrases[p->owner].preposition : p->preposition;
    return preposition != NERX_NONE && preposition + 6 > p->start && preposition < p->start ? preposition : p->start;
}

/* A hyphen inside a word, or a dash between numbers. */
bool clause_is_hyphen(const clauses *c, uint32_t token_index);

static inline void bits_add(const clauses *c, word_set *s, uint32_t token_index) {
    uint32_t i = token_index - c->first;
    s->bits[i >> 6] |= (uint64_t)1 << (i & 63);
}

static inline uint32_t bits_next(const clauses *c, const word_set *s, uint32_t from, uint32_t end) {
    uint32_t i = from - c->first, stop = end - c->first;
    while (i < stop) {
        uint64_t rest = s->bits[i >> 6] >> (i & 63);
        if (rest) {
            i += (uint32_t)__builtin_ctzll(rest);
            return i < stop ? i + c->first : end;
        }
        i = (i | 63) + 1;
    }
    return end;
}

/* The first word of the set in tokens [from, end), or `end`. */
static inline uint32_t set_next(const clauses *c, set_kind set, uint32_t from, uint32_t end) {
    return bits_next(c, &c->sets[set], from, end);
}

static inline bool set_has(const clauses *c, set_kind set, uint32_t token_index) {
    uint32_t i = token_index - c->first;
    return c->sets[set].bits[i >> 6] >> (i & 63) & 1;
}

/* English "'s", "'", but not "n't", "'re", nor "'s" behind a pronoun. */
static inline bool clause_is_possessive_mark(const clauses *c, uint32_t token_index) {
    const token *t = &c->tokens[token_index];
    const clause_word *w = &c->words[token_index - c->first];
    return !c->verb_second && t->shape & SHAPE_APOSTROPHE && t->place & TOKEN_JOINED && !w->verb &&
           !(w->flags & WORD_NEGATION);
}

/* A comma, semicolon, colon, dash, bracket or quotation mark. */
static inline bool clause_parts(const clauses *c, uint32_t token_index) {
    uint32_t i = token_index - c->first;
    return c->borders.bits[i >> 6] >> (i & 63) & 1;
}

/* Takes the sentence apart, up to the subjects of its clauses; false if memory is short (analyse.c). */
bool clauses_analyse(clauses *c);

void borders_mark(clauses *c); /* segment.c: once words are read */

void phrases_find(clauses *c);                          /* phrases.c */
void phrases_join(clauses *c);                          /* partners.c: owners, lists, names behind nouns */
void verbs_disambiguate(clauses *c);                    /* tagging.c: noun or verb */
void clauses_assemble(clauses *c);                      /* clause.c: which word belongs to which clause */
void verbs_judge(clauses *c, clause *k, uint8_t index); /* verbs.c: finite, main, voice, tense, modality */
void attributions_find(clauses *c);                     /* sources.c: laut, according to; before the subjects */
void subjects_find(clauses *c);                         /* arguments.c */
void phrases_act(clauses *c);                           /* refer.c: "die Truppen Russlands" */
void sources_find(clauses *c);                          /* sources.c: who says so, and what follows for modality */

/* The mention that a phrase is or, once it is asked, that a pronoun or description means (refer.c): NERX_NONE where
 * none is plain. Only once subjects are found. */
uint32_t phrase_means(clauses *c, uint8_t index);
bool description_may(const clauses *c, const phrase *p); /* describe.c: may it mean somebody or something named? */

/* Phrases that may be a subject or object of clause `index`: no preposition, no owner, no time, no aside. */
bool phrase_is_nominal(const clauses *c, const phrase *p, uint8_t index);

/* A name that only a genitive is: Russlands. */
bool phrase_is_genitive(const clauses *c, uint32_t mention_index);

/* Can it stand in the case, a FEATURE_ bit? English phrases can in every one. */
bool phrase_may_be(const phrase *p, uint32_t feature_case);

#endif
