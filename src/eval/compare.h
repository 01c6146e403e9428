/* What one run won and lost against another, mention by mention. */
#ifndef EVAL_COMPARE_H
#define EVAL_COMPARE_H

#include "eval/records.h"
#include "write/out.h"

typedef struct old_figure {
    str type;
    double f1;
} old_figure;

/* An earlier run's results. */
typedef struct baseline {
    const char *name; /* for people */
    VEC(old_figure) figures;
    VEC(old_figure) others; /* "values", "relations" */
    record_list records;
} baseline;

/* F1 then and now; mentions won and lost, wrong ones gone and new; then each of them with its sentence. Sorts the old
 * records. False with an error where the two have no mention of the gold in common. */
bool report_changes(out *o, const eval_result *r, baseline *old, nerx_error *error);

#endif
