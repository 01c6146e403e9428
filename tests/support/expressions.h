/* The automata of regular expressions against PCRE2, which is asked of each alone and without limits. */
#ifndef TESTS_SUPPORT_EXPRESSIONS_H
#define TESTS_SUPPORT_EXPRESSIONS_H

#include "model/expressions.h"

/* Where the automata differ from PCRE2 on one of the words (valid UTF-8), in words, else NULL. `strings` has the
 * expressions' texts. */
const char *expressions_differ(const expression_set *s, const char *strings, const str *words, uint32_t count);

/* Builds the automata of those among `texts` that PCRE2 compiles, and compares as above. */
const char *expressions_built_differ(const str *texts, uint32_t text_count, const str *words, uint32_t count);

#endif
