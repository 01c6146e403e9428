/* How far before an earlier mention the matches of a program can begin. */
#ifndef MATCH_MENTION_REACH_H
#define MATCH_MENTION_REACH_H

#include "base/arena.h"
#include "model/rule_image.h"

/* By place of the code, the most steps that a match makes from there on before the first that is an earlier mention,
 * but not more than `most`; places behind a mention have 0. NULL where a match needs no mention. False if memory is
 * short. */
bool mention_reach(const uint8_t **out, arena *a, const rule_layer *l, const program *p, uint8_t most);

#endif
