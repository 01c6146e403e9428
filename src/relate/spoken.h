/* The body that a text speaks of where it names an office without one: "teilte Vorstandschef Busch mit". */
#ifndef RELATE_SPOKEN_H
#define RELATE_SPOKEN_H

#include "relate/clause.h"

/* Is the entity an organization whose kind is among `kinds`, separated by commas ("unknown": no list says)? */
bool body_is_of(const clauses *c, const entity *e, str kinds);

/* A mention of the one organization spoken of before token `start` of one of the `kinds`, or of the person, if `kinds`
 * is "man" or "woman"; NERX_NONE where it is not plain. `c` stands at the sentence, which need not have been taken
 * apart. */
uint32_t spoken_of(clauses *c, uint32_t start, str kinds);

#endif
