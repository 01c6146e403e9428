/* Inside a match: which tokens its mention and its named parts are. */
#ifndef MATCH_CAPTURES_H
#define MATCH_CAPTURES_H

#include "match/runner.h"

/* Works the match of a rule over tokens [start, end) out and appends its captures to d->captures; *matched is false
 * where a condition does not hold, so that the rule does not match there after all. False if memory is short. */
bool captures_work_out(runner *r, document *d, program_rule *by, uint32_t start, uint32_t end, rule_match *out,
                       bool *matched);

#endif
