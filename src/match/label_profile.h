/* Profiles: what a set of true atoms makes of all tests. */
#ifndef MATCH_LABEL_PROFILE_H
#define MATCH_LABEL_PROFILE_H

#include "match/label.h"

bool profiles_open(profiles *p, arena *a, uint32_t atom_count); /* `a` holds what lasts */
void profiles_forget(profiles *p);

/* Which tests hold for a word, by the atoms in l->touched, whose truth is set, and the expressions that match: l->work.
 * False if memory is short. */
bool profile_apply(labels *l, numbers matching);

#endif
