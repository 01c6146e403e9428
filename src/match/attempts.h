/* Where matches may begin. */
#ifndef MATCH_ATTEMPTS_H
#define MATCH_ATTEMPTS_H

#include "match/runner.h"

/* Lists the attempts at matches that begin at one of the tokens [first, end) of the sentence at hand and come to where
 * rules match, or to a phrase: r->attempts, by start. False if memory is short. */
bool attempts_begin(runner *r, uint32_t first, uint32_t end);

/* Of programs whose matches need earlier mentions: false where none begins with this mention, or before it. */
bool attempts_may_begin(runner *r, const mention *m);

#endif
