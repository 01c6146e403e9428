/* Recall over the document: what one strong mention establishes testifies wherever the name or its part comes again. */
#ifndef MATCH_RECALL_H
#define MATCH_RECALL_H

#include "text/document.h"

/* Adds evidence from d->mentions, the provisional ones. False if memory is short. */
bool recall(document *d, nerx_error *error);

/* Is word `form` the word `name`, or its genitive: a suffix of class name-suffix behind it, in a language? */
bool name_matches(const document *d, uint32_t form, uint32_t name);

#endif
