/* Choosing: the set of candidates that do not overlap and together have the most points. */
#ifndef MATCH_RESOLVE_H
#define MATCH_RESOLVE_H

#include "text/document.h"

/* Marks the candidates that won and fills d->mentions, by start. May be called again after more evidence.
 * False if memory is short. */
bool resolve(document *d, nerx_error *error);

#endif
