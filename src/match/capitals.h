/* Words in capitals that the text nowhere explains: "GM" beside "General Motors". */
#ifndef MATCH_CAPITALS_H
#define MATCH_CAPITALS_H

#include "match/names.h"

typedef struct capitals {
    VEC(uint32_t) tokens; /* the first of each such word that no mention covers */
} capitals;

/* The first ones of the document. False if memory is short. */
bool capitals_find(capitals *out, document *d);

/* The token that has the initials of the name, or NERX_NONE. */
uint32_t capitals_named(const capitals *all, const names *n, const mention *name);

#endif
