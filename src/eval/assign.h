/* Optimal one-to-one assignment. */
#ifndef EVAL_ASSIGN_H
#define EVAL_ASSIGN_H

#include "base/arena.h"

/* Pairs rows with columns so that the sum of `weights[row * columns + column]` (none negative) is as large as can be; a
 * weight of 0 is no pair. match[row] is the column or NERX_NONE. The Hungarian method with potentials (Kuhn 1955,
 * Munkres 1957), n²m steps for the smaller side n. False if memory is short. */
bool assign(const int64_t *weights, uint32_t rows, uint32_t columns, uint32_t *match);

#endif
