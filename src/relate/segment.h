/* Stretches of a sentence between its borders, before they are joined to clauses. */
#ifndef RELATE_SEGMENT_H
#define RELATE_SEGMENT_H

#include "relate/clause.h"

enum { MAX_SEGMENTS = 96 };

typedef enum segment_kind {
    SEGMENT_FRAGMENT,
    SEGMENT_MAIN,
    SEGMENT_SUBORDINATE,
    SEGMENT_RELATIVE,
    SEGMENT_NONFINITE
} segment_kind;

typedef struct segment {
    uint32_t start, end, opener;
    segment_kind kind;
    char border;                               /* the sign before it, 0 where none */
    bool conjunction, quoted, finite, reduced; /* reduced: what looks finite may be a participle */
} segment;

typedef struct segments {
    segment items[MAX_SEGMENTS];
    uint32_t count;
} segments;

void relatives_mark(clauses *c);               /* before phrases are found: which "der" opens a clause */
void segments_find(clauses *c, segments *out); /* after phrases are found */

bool segment_has(const clauses *c, uint32_t start, uint32_t end, uint32_t verb);

#endif
