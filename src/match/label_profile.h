/* Profiles: what a set of true atoms makes of all tests, but for those that regular expressions decide. */
#ifndef MATCH_LABEL_PROFILE_H
#define MATCH_LABEL_PROFILE_H

#include "match/label.h"

bool profiles_open(profiles *p, arena *a, uint32_t atom_count); /* `a` holds what lasts */
void profiles_forget(profiles *p);

/* The profile of the atoms in l->touched, whose truth is set; its tests go to l->work. NERX_NONE if memory is short. */
uint32_t profile_find(labels *l);

#endif
