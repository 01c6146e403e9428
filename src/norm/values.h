/* Values: what a rule's `value` call makes of its captures, as ISO 8601 (or TIMEX3 where ISO has nothing). */
#ifndef NORM_VALUES_H
#define NORM_VALUES_H

#include "text/document.h"

enum { VALUE_ARGUMENTS = 8, VALUE_ABSENT = INT32_MIN };

typedef enum direction { DIRECTION_BACK = -1, DIRECTION_NONE = 0, DIRECTION_AHEAD = 1 } direction;

/* A call with its arguments as numbers, VALUE_ABSENT where a capture matched nothing, and what the text around it
 * tells. */
typedef struct value_call {
    const document *d;
    str function;
    int32_t numbers[VALUE_ARGUMENTS];
    str texts[VALUE_ARGUMENTS];
    day anchor;          /* the document's date; year 0: unknown */
    int32_t told;        /* the year that is being told of, or 0 */
    direction direction; /* where the sentence looks */
    bool sure;           /* surely there */
    bool loose;          /* the document is perhaps some days younger than the anchor */
} value_call;

/* False where the match's rule has no `value`. */
bool value_prepare(value_call *c, const document *d, const rule_match *m);

/* ptr NULL where the arguments have no value ("31. Februar"). */
str value_of(arena *a, const value_call *c);

/* Can the calendar have it? Asked before the anchor is known. */
bool value_possible(const value_call *c);

/* A full day that the call itself names, its year included. */
bool value_full_day(const value_call *c, day *out);

/* The year that the call itself names, or 0. */
int32_t value_year_named(const value_call *c);

#endif
