/* What pronouns and descriptions mean. */
#ifndef RELATE_REFER_H
#define RELATE_REFER_H

#include "model/features.h"
#include "relate/clause.h"

enum { GENDERS = FEATURE_M | FEATURE_F | FEATURE_N };

/* Is the mention of the type? */
bool refer_is(const clauses *c, uint32_t m, uint32_t type);

/* The entity of a mention, or NERX_NONE. */
uint32_t refer_entity(const clauses *c, uint32_t m);

/* From given names and offices beside any of the person's mentions; both or none where unknown. */
uint32_t refer_gender(const clauses *c, uint32_t m);

/* Is the phrase the subject of its clause? */
bool refer_is_subject(const clauses *c, const phrase *p);

/* May the phrase mean the mention? */
typedef bool refer_fits(const clauses *c, const phrase *p, uint32_t m);

/* A person of the phrase's gender, in another clause. */
bool refer_is_person(const clauses *c, const phrase *p, uint32_t m);

/* The one entity before the phrase, here or in the sentence before, that `fits`; NERX_NONE where there are more. */
uint32_t refer_only_one(const clauses *c, const phrase *p, refer_fits *fits);

/* Does the sentence name a person before the phrase? */
bool refer_names_person(const clauses *c, const phrase *p);

void description_resolve(clauses *c, phrase *p, uint8_t index);  /* describe.c */
void acting_resolve(const clauses *c, phrase *p, uint8_t index); /* describe.c: "die Truppen Russlands" */

#endif
