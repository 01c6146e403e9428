/* The body that a text speaks of where it names an office without one: "teilte Vorstandschef Busch mit". */
#ifndef RELATE_SPOKEN_H
#define RELATE_SPOKEN_H

#include "relate/clause.h"

/* A mention of the one organization spoken of before token `start` whose kind is among `kinds`, separated by commas
 * ("unknown": no list says); NERX_NONE where it is not plain. `c` stands at the sentence, which need not have been
 * taken apart. */
uint32_t spoken_body(clauses *c, uint32_t start, str kinds);

#endif
