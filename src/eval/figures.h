/* Precision, recall and F1 from counts, in each sense, with a bootstrap interval. */
#ifndef EVAL_FIGURES_H
#define EVAL_FIGURES_H

#include "eval/align.h"

/* 0 where nothing was found, or nothing was there to find. Computed as seqeval and conlleval do, 2PR / (P + R), so that
 * the last digit agrees. */
typedef struct figure {
    double precision, recall, f1;
} figure;

figure figure_from(double right_of_found, double found, double right_of_gold, double gold);
figure figure_of(const eval_counts *counts, measure m);

const char *measure_name(measure m); /* "strict" … */

/* One row of the table. */
typedef struct figure_row {
    str type;        /* or "all" */
    uint32_t number; /* of the type; NERX_NONE for all */
    eval_counts counts;
    figure figures[MEASURES];
    double low, high; /* of the strict F1, in 95 of 100 resamples */
} figure_row;

/* Types by name, then "all" over all of them. */
typedef struct eval_figures {
    VEC(figure_row) rows;
    bool by_sentence; /* what was resampled: sentences, for want of documents */
} eval_figures;

enum { BOOTSTRAP_RESAMPLES = 1000, BOOTSTRAP_DOCUMENTS = 20 /* with fewer, sentences are resampled */ };

/* Aligned documents to rows, from `counts` by type number; the rows lie in the set's arena. */
bool figures_fill(eval_figures *f, eval_set *s, const eval_counts *counts, nerx_error *error);

const figure_row *figures_find(const eval_figures *f, str type); /* or NULL */

#endif
