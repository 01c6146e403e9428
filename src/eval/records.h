/* Results mention by mention, in a form that two runs can be compared by. */
#ifndef EVAL_RECORDS_H
#define EVAL_RECORDS_H

#include "eval/result.h"

/* A span with what the gold says it is and what was found; one of the two may be empty, and where both have the same
 * span there is one record. */
typedef struct eval_record {
    str document; /* id */
    str text;
    str gold, found;     /* types */
    uint32_t start, end; /* code points of the document's text */
} eval_record;

typedef VEC(eval_record) record_list;

/* In the order of documents and places; what counts neither for nor against is left out. */
bool records_collect(const eval_result *r, arena *a, record_list *out, nerx_error *error);

/* By document, place and types. */
void records_sort(record_list *list);

#endif
