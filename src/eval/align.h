/* Pairs what was found with the gold, one to one and optimally, and counts what is right in each sense. */
#ifndef EVAL_ALIGN_H
#define EVAL_ALIGN_H

#include "eval/set.h"

/* When a pair is right (SemEval-2013 task 9): */
typedef enum measure {
    MEASURE_STRICT,  /* the same span, the same type */
    MEASURE_PARTIAL, /* any overlap, whatever the type; half where the borders differ */
    MEASURE_TYPE,    /* any overlap, the same type */
    MEASURE_SPAN,    /* the same span, whatever the type */
    MEASURES
} measure;

/* Halves, so that half a point is a whole number. */
typedef struct eval_hits {
    uint32_t of_gold, of_found; /* where types differ, one counts for the gold's, one for the found's */
} eval_hits;

typedef struct eval_counts {
    uint32_t gold, found;
    eval_hits hits[MEASURES];
} eval_counts;

/* Sets `match` of gold and found mentions to the pairing that is best for a reader (first strict pairs, then the same
 * type, then the same span, then any overlap), `ignored` of what only optional mentions explain, and adds to
 * counts[type]. Mentions are sorted by place. */
bool align(eval_document *d, eval_counts *counts, nerx_error *error);

#endif
