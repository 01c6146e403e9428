/* What linking asks of the words of a mention, whatever stands around them. */
#ifndef NORM_MENTION_NAMES_H
#define NORM_MENTION_NAMES_H

#include "match/names.h"
#include "model/stage_memory.h"

/* Of a mention and the entry it most likely is, or NERX_NONE. Valid until the next mention is asked for; `own` is for
 * what is not remembered. */
const name_memory *mention_name(const names *n, const mention *m, uint32_t kb, bool person, name_memory *own);

/* Calls from memory what is likely remembered of it. */
void mention_name_expect(const names *n, const mention *m);

#endif
