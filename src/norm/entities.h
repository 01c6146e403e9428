/* Entities: which mentions are of one person, place or organization, and what it is called. */
#ifndef NORM_ENTITIES_H
#define NORM_ENTITIES_H

#include "text/document.h"

/* Fills d->entities and d->entity_mentions; dates get none. False if memory is short. */
bool link_entities(document *d, nerx_error *error);

#endif
