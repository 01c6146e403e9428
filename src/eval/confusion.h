/* What was taken for what: gold types against found ones. */
#ifndef EVAL_CONFUSION_H
#define EVAL_CONFUSION_H

#include "eval/figures.h"

/* Rows and columns are those of the figures, in the place of "all" there is "none": missed, or spurious. */
typedef struct confusion {
    uint32_t *cells;
    uint32_t none;
} confusion;

bool confusion_count(confusion *c, const eval_set *s, const eval_figures *f, nerx_error *error);
void confusion_free(confusion *c);

static inline uint32_t confusion_cell(const confusion *c, uint32_t gold, uint32_t found) {
    return c->cells[gold * (c->none + 1) + found];
}

str confusion_name(const eval_figures *f, const confusion *c, uint32_t index);

#endif
