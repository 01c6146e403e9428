/* The results as JSON: all figures, the confusion, each mention. */
#ifndef EVAL_JSON_H
#define EVAL_JSON_H

#include "eval/records.h"
#include "write/out.h"

bool json_results(out *o, const eval_result *r, nerx_error *error);

#endif
