/* Grammatical features of a word form, one bit each, and their names in gazetteers and rules. */
#ifndef MODEL_FEATURES_H
#define MODEL_FEATURES_H

#include "base/str.h"

enum {
    FEATURE_NOM = 1 << 0,
    FEATURE_GEN = 1 << 1,
    FEATURE_DAT = 1 << 2,
    FEATURE_ACC = 1 << 3,
    FEATURE_SG = 1 << 4,
    FEATURE_PL = 1 << 5,
    FEATURE_M = 1 << 6,
    FEATURE_F = 1 << 7,
    FEATURE_N = 1 << 8,
    FEATURE_1 = 1 << 9,
    FEATURE_2 = 1 << 10,
    FEATURE_3 = 1 << 11,
    FEATURE_PRES = 1 << 12,
    FEATURE_PAST = 1 << 13,
    FEATURE_IND = 1 << 14,
    FEATURE_SUBJ1 = 1 << 15,
    FEATURE_SUBJ2 = 1 << 16,
    FEATURE_IMP = 1 << 17,
    FEATURE_INF = 1 << 18,
    FEATURE_PART = 1 << 19,
    FEATURE_ZU = 1 << 20,
    FEATURE_FIN = 1 << 21, /* set by the builder on forms with a person, tense and mood, not inf or part */
    FEATURE_COMP = 1 << 22,
    FEATURE_SUP = 1 << 23,
    FEATURE_ADJ = 1 << 24,
    FEATURE_PERSON = 1 << 25,
    FEATURE_WEAK = 1 << 26,
    FEATURE_ALIAS = 1 << 27,     /* an alias=, not a full surface */
    FEATURE_AMBIGUOUS = 1 << 28, /* set by the builder: the surface is also an ordinary word */
    FEATURE_FOLD = 1 << 29,      /* set by the builder: holds in any case */
};

/* The bit of a feature's name ("gen", "subj1" …), also of its long name ("genitive", "plural" …); 0 if unknown. */
uint32_t feature_find(str name);

/* The names of all feature bits, for suggestions; NULL-terminated. */
extern const char *const feature_names[];

#endif
