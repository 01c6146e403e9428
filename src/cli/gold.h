/* Annotated samples from files, by the ending of their names. */
#ifndef CLI_GOLD_H
#define CLI_GOLD_H

#include "eval/set.h"

/* Reads .bio, .jsonl (a document a line), .json (an article beside its .txt) or .ann (the same, brat). */
bool gold_read(eval_set *s, const char *path, nerx_error *error);

#endif
