/* What an entity is called. */
#ifndef NORM_NAMING_H
#define NORM_NAMING_H

#include "match/names.h"

/* `fullest` is its fullest mention, `kb` its gazetteer entry or NERX_NONE. */
str entity_name(const names *n, const mention *fullest, uint32_t kb);

#endif
