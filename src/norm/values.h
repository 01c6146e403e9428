/* Values: what a rule's `value` call makes of its captures, as ISO 8601 (or TIMEX3 where ISO has nothing). */
#ifndef NORM_VALUES_H
#define NORM_VALUES_H

#include "text/document.h"

enum { VALUE_ARGUMENTS = 8, VALUE_ABSENT = INT32_MIN };

/* The functions of rules/README.md, "Values". */
typedef enum value_function {
    VALUE_UNASKED,
    VALUE_NONE,  /* the rule has no value */
    VALUE_OTHER, /* nor is it one of these */
    VALUE_DATE,
    VALUE_NUMERIC,
    VALUE_RANGE,
    VALUE_NUMERIC_RANGE,
    VALUE_YEARS, /* up to here the calendar may not have what they say */
    VALUE_MONTH,
    VALUE_MONTHS,
    VALUE_YEAR,
    VALUE_DECADE,
    VALUE_CENTURY,
    VALUE_WEEKDAY,
    VALUE_RELATIVE_DAY,
    VALUE_RELATIVE_MONTH,
    VALUE_WEEK,
    VALUE_SEASON,
    VALUE_QUARTER,
    VALUE_HALF,
    VALUE_HOLIDAY,
    VALUE_FUNCTIONS
} value_function;

typedef enum direction { DIRECTION_BACK = -1, DIRECTION_NONE = 0, DIRECTION_AHEAD = 1 } direction;

/* A call with its arguments as numbers, VALUE_ABSENT where a capture matched nothing, and what the text around it
 * tells. */
typedef struct value_call {
    const document *d;
    value_function function;
    int32_t numbers[VALUE_ARGUMENTS];
    str texts[VALUE_ARGUMENTS];
    day anchor;          /* the document's date; year 0: unknown */
    int32_t told;        /* the year that is being told of, or 0 */
    direction direction; /* where the sentence looks */
    bool sure;           /* surely there */
    bool loose;          /* the document is perhaps some days younger than the anchor */
} value_call;

value_function value_function_of(const document *d, uint32_t rule_index);

/* The digits in a text as a number: "13." is 13, "1990er" is 1990, "'90s" is 90. False where it has none. */
bool value_digits(str text, int32_t *out);

/* False where the match's rule has no `value`. */
bool value_prepare(value_call *c, const document *d, const rule_match *m);

/* ptr NULL where the arguments have no value ("31. Februar"). */
str value_of(arena *a, const value_call *c);

/* Can the calendar have it? Asked before the anchor is known. Of most functions it can have all. */
static inline bool value_may_be_impossible(value_function f) {
    return f >= VALUE_DATE && f <= VALUE_YEARS;
}

bool value_possible(const value_call *c);

/* A full day that the call itself names, its year included. */
bool value_full_day(const value_call *c, day *out);

/* The year that the call itself names, or 0. */
int32_t value_year_named(const value_call *c);

#endif
