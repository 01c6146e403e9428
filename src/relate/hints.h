/* Inside gate.c, needs.c and hints.c: what frames need, and what a word contributes to it. */
#ifndef RELATE_HINTS_H
#define RELATE_HINTS_H

#include "relate/words.h"

/* How a sentence points to what was named before it. */
enum {
    ASKS_PERSON = 1,
    ASKS_CALLED = 2 /* the chancellor */,
    ASKS_PLACE = 4,
    ASKS_BODY = 8,
    ASKS_DEFINITE = 16,
    ASKS_PERSONS = 32 /* twice */,
    ASKS_COUNTRY = 64 /* Russian forces */
};

/* Words beside a trigger, as bits: prepositions, nouns ("Gespräch" führen), BESIDE_…; particles by their hash. */
typedef struct beside {
    uint64_t words, particles;
} beside;

enum {
    BESIDE_ALWAYS = 1, /* in every sentence */
    BESIDE_REFLEXIVE = 2,
    BESIDE_COPULA = 4,
    BESIDE_CONTROL = 8, /* a verb that says whether something will be, or a particle that may make one */
    BESIDE_NAMED = 4    /* the first bit of words that frames name */
};

enum { FRAME_BITS = 63 };
#define FRAMES_OTHER ((uint64_t)1 << 63) /* frames beyond the number of bits */

/* Frames that a verb triggers only beside all of these words. */
typedef struct condition {
    uint64_t frames;
    beside needs;
} condition;

/* What a word contributes: frames that it triggers (the last bit is FRAMES_OTHER), words that others need, and ways in
 * which it points to somebody named before. */
typedef struct hint {
    uint64_t frames; /* by verbs, whatever stands beside */
    uint64_t nouns;  /* by nouns */
    beside gives;
    uint32_t asks;
    uint32_t first; /* into conditions */
    uint16_t count;
    bool attributes; /* a word of attribution that triggers frames: "so Merkel" */
    bool triggers;   /* some frame, perhaps */
    bool colon;      /* behind it capitals tell nothing */
} hint;

/* A hint's number as it is kept by kind: these bits, and the number. */
enum { HINT_KNOWN = 1 << 15, HINT_SPECIAL = 1 << 14 /* conditions and the like */, HINT_NUMBER = (1 << 14) - 1 };

/* What an obligatory role needs. */
typedef struct role_need {
    uint32_t types;            /* bits; 0: words do */
    uint64_t by_verb, by_noun; /* one of these words beside, or BESIDE_ALWAYS */
} role_need;

typedef struct frame_need {
    role_need roles[4];
    uint32_t role_count;
    uint32_t some; /* types of which one of the other roles needs one; 0: none does */
    bool pair;     /* subject and object are both names */
} frame_need;

/* A verb that triggers frames, perhaps with a particle apart from it: "kommt … zusammen". */
typedef struct verb_trigger {
    str text;
    uint32_t lemma, rim; /* rim: its last or first bytes, see needs.c */
    uint32_t language;
    uint64_t frames, words; /* words: that it needs */
    bool passive;           /* only as a participle */
} verb_trigger;

enum { HINT_SLOTS = 1 << 13, NOUN_FILTER = 1 << 6 /* words of 64 bits */ };

typedef struct gate_memory {
    frame_need needs[FRAME_BITS];
    VEC(verb_trigger) verbs;           /* by language, then rim */
    VEC(uint32_t) prepositions, nouns; /* word ids that frames name; their numbers give their bits */
    VEC(uint32_t) attributions;        /* word ids that trigger frames as attributions */
    VEC(hint) hints;                   /* the first says nothing, the second anything */
    VEC(condition) conditions;
    uint64_t named[NOUN_FILTER]; /* a bit for each noun that frames name or that triggers them */
    uint16_t slots[HINT_SLOTS];  /* numbers of hints, by hash */
} gate_memory;

static inline uint32_t noun_filter_at(uint32_t lemma) {
    return lemma * 0x9e3779b1U >> 20;
}

/* False where no frame asks for a noun of this lemma. */
static inline bool gate_may_name(const gate_memory *g, uint32_t lemma) {
    uint32_t at = noun_filter_at(lemma);
    return g->named[at >> 6] >> (at & 63) & 1;
}

/* The last or first bytes of a verb to which particles are put in front or behind; 0 of a short one. */
uint32_t verb_rim(str lemma, bool last);

/* Reads the frames, once for all documents (needs.c). False if memory is short. */
bool gate_begin(word_reader *w, const document *d);

/* The frames that nouns of this lemma trigger (needs.c). */
uint64_t frames_of_noun(const word_reader *w, uint32_t lemma, uint8_t language);

/* The first verb that may end or begin with the lemma of this rim; those of other rims may follow (needs.c). */
uint32_t verbs_from(const gate_memory *g, uint8_t language, uint32_t rim);

/* The bit of a preposition or noun, 0 where no frame names it (needs.c). */
uint64_t beside_preposition(const word_reader *w, uint32_t preposition);
uint64_t beside_noun(const word_reader *w, uint32_t lemma);
uint64_t beside_particle(str text);

/* The number of the hint of a token's kind, with its HINT_… bits (hints.c); 0 if memory is short. */
uint16_t hint_number(word_reader *w, const document *d, const token *t, uint8_t language);

/* Puts a hint to the others (hints.c); 0 if memory is short. */
uint16_t hint_keep(word_reader *w, hint h, const condition *conditions, uint32_t count);

#endif
