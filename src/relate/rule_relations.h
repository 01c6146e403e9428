/* Relations that rules state: "Russlands Präsident Wladimir Putin". */
#ifndef RELATE_RULE_RELATIONS_H
#define RELATE_RULE_RELATIONS_H

#include "relate/clause.h"
#include "relate/countries.h"

/* Adds the relations of one match whose parts are mentions; `c` stands at its sentence. False if memory is short. */
bool relate_by_rule(clauses *c, countries *known, const rule_match *m);

/* Adds a relation whose roles are the last ones, unless its sentence has said so already: then its roles go, too. */
bool relation_add(document *d, relation *r);

/* The readable sentence of a relation whose roles are the last `count` ones (sentence.c). */
str relation_text(const document *d, const relation *r);

/* The mention that covers token i, or NERX_NONE. */
uint32_t mention_at(const document *d, uint32_t i);

#endif
