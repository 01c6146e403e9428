/* How far before an earlier mention the matches of a program can begin. */
#ifndef MATCH_MENTION_REACH_H
#define MATCH_MENTION_REACH_H

#include "base/arena.h"
#include "model/rule_image.h"

/* The most steps that a match makes before the first that is an earlier mention, but not more than `most`; NERX_NONE
 * where a match needs none. False if memory is short. */
bool mention_reach(uint32_t *out, arena *a, const rule_layer *l, const program *p, uint32_t most);

#endif
