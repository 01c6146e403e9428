/* All that was scored in one run. */
#ifndef EVAL_RESULT_H
#define EVAL_RESULT_H

#include "eval/relations.h"

typedef struct eval_result {
    eval_set set;
    eval_figures figures;
    eval_values values;
    eval_relations relations;
} eval_result;

/* Once all documents are aligned and `counts` (by type) summed: the figures, values and relations. */
bool result_count(eval_result *r, const eval_counts *counts, nerx_error *error);

#endif
