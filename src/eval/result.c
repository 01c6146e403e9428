/* All that was scored in one run. */
#include "eval/result.h"

bool result_count(eval_result *r, const eval_counts *counts, nerx_error *error) {
    bool valued[EVAL_MAX_TYPES] = {0};
    values_types(&r->set, valued);
    for (uint32_t i = 0; i < r->set.documents.count; i++)
        values_count(&r->values, &r->set.documents.items[i], valued);
    return figures_fill(&r->figures, &r->set, counts, error) && relations_fill(&r->relations, &r->set, error);
}
