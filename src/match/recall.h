/* Recall over the document: what one strong mention establishes testifies wherever the name or its part comes again. */
#ifndef MATCH_RECALL_H
#define MATCH_RECALL_H

#include "text/document.h"

/* Adds evidence from d->mentions, the provisional ones. False if memory is short. */
bool recall(document *d, nerx_error *error);

#endif
