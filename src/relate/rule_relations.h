/* Relations that rules state: "Russlands Präsident Wladimir Putin". */
#ifndef RELATE_RULE_RELATIONS_H
#define RELATE_RULE_RELATIONS_H

#include "text/document.h"

/* Adds the relations of every match whose parts are mentions. False if memory is short. */
bool relate_by_rules(document *d);

/* The readable sentence of a relation whose roles are the last `count` ones (sentence.c). */
str relation_text(const document *d, const relation *r);

/* The mention that covers token i, or NERX_NONE. */
uint32_t mention_at(const document *d, uint32_t i);

/* The same relation is there already: type, subject, object and sentence alike. */
bool relation_repeats(const document *d, const relation *r);

/* Adds a relation whose roles are the last ones; works its text out. False if memory is short. */
bool relation_add(document *d, relation *r);

#endif
