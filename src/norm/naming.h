/* The last step of linking: entities get their names and mentions, in the order of the text. */
#ifndef NORM_NAMING_H
#define NORM_NAMING_H

#include "match/names.h"

/* `best` has the fullest mention of each entity. Fills d->entity_mentions. False if memory is short. */
bool name_entities(document *d, const names *n, const uint32_t *best);

#endif
