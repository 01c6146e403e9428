/* Gates: "PER.f1>=0.86", what a pipeline wants to hold. */
#ifndef EVAL_GATE_H
#define EVAL_GATE_H

#include "eval/result.h"

/* A gate is a figure, one of >= > <= <, and a number or another figure, to which a number may be added:
 *
 *     PER.f1>=0.86     all.partial.recall>70%     all.precision>=all.recall-0.03
 *     values.accuracy>=1     relations.f1>0.5     relations.meets.modality>=0.9
 *
 * Sets *holds, and *left to the figure's value. False where the gate is none or names a figure there is not. */
bool gate_check(const eval_result *r, const char *gate, bool *holds, double *left, nerx_error *error);

/* The figure's name: the gate up to its sign. */
str gate_figure(const char *gate);

#endif
