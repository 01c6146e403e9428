/* Tense: where a sentence looks, told from the verb that stands nearest. */
#ifndef NORM_TENSE_H
#define NORM_TENSE_H

#include "norm/values.h"

/* `sure`: by past, perfect or future, not by a present that may mean either. */
typedef struct tense_view {
    direction direction;
    bool sure;
    bool recent; /* a present perfect: what has happened, not what is told of long ago */
    bool since;  /* a preposition says so: "seit Mai" */
} tense_view;

/* Back ("traf am Montag"), ahead ("wird am Montag", "trifft am Montag") or neither, for tokens [start, end). */
tense_view tense_around(const document *d, uint32_t start, uint32_t end);

/* Is a finite verb among tokens [start, end)? */
bool tense_has_verb(const document *d, uint32_t start, uint32_t end);

/* Does a token name a day of the week, in this language? */
bool tense_is_weekday(const document *d, uint32_t i, uint8_t language);

#endif
