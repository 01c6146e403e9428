/* Where a rule's mention, captures and conditions lie, as far as that is the same in every match.
 *
 *     "Minister"  ![x]  < [cap]{1,2} >  [verb]        the mention begins 1 behind the start, and ends 1 before the end
 *
 * Most rules are like this: what is inside their matches needs no search. It holds where each step takes one token. */
#ifndef MATCH_FIXED_H
#define MATCH_FIXED_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/rule_image.h"

enum { MOST_FIXED_CAPTURES = 16 };

/* Tokens behind the start of a match, or before its end. */
typedef struct fixed_place {
    uint32_t distance;
    bool from_end;
} fixed_place;

typedef struct fixed_condition {
    const instruction *asks;
    fixed_place at;
} fixed_condition;

typedef struct fixed_capture {
    uint32_t name;
    fixed_place start, end;
} fixed_capture;

/* Of one rule. */
typedef struct fixed_marks {
    bool known;       /* all places are fixed */
    bool has_mention; /* if they are */
    fixed_place mention_start, mention_end;
    const fixed_condition *conditions; /* that every match must meet: first those at its start or end */
    const fixed_capture *captures;
    uint32_t outer_count, condition_count, capture_count;
    uint32_t front, back; /* the largest distances */
} fixed_marks;

/* Of the rule whose code is code[first … end), MATCH included. False if memory is short. */
bool fixed_find(fixed_marks *out, arena *a, const instruction *code, uint32_t first, uint32_t end);

static inline uint32_t fixed_token(fixed_place p, uint32_t start, uint32_t end) {
    return p.from_end ? end - p.distance : start + p.distance;
}

#endif
