/* From nerx's result for a document to the found side of a sample. */
#ifndef EVAL_FOUND_H
#define EVAL_FOUND_H

#include "eval/set.h"

/* Copies the mentions that are scored in the document's corpus, and where the gold has none, the sentences. With
 * `witnesses`, who testified for each mention. */
bool found_take(eval_set *s, eval_document *d, const nerx_document *result, bool witnesses, nerx_error *error);

/* Copies the relations. */
bool found_take_relations(eval_set *s, eval_document *d, const nerx_document *result, nerx_error *error);

/* Once aligned: copies the losers that overlap a gold mention which was not found rightly, the strongest first. */
bool found_take_losers(eval_set *s, eval_document *d, const nerx_document *result, nerx_error *error);

#endif
