/* Bytes to tokens: one pass over the text, driven by character classes. */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include "text/document.h"

/* Fills d->tokens: spans, word ids, shapes, and where each stands (joined, line, paragraph). What is neither blank nor
 * invisible belongs to exactly one token. False if memory is short. */
bool tokenize(document *d, nerx_error *error);

#endif
