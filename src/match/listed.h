/* What the lists say of a kind of token, worked out when it is first asked: which phrases begin with it, and which
 * names it is. */
#ifndef MATCH_LISTED_H
#define MATCH_LISTED_H

#include "model/expressions.h"
#include "text/document.h"

enum { ROOT_FORM, ROOT_FOLD };

/* NULL if memory is short; valid until the next is asked. */
listed_word *listed_of(document *d, const token *t);

/* Is its fold an ordinary word of the language? */
bool listed_is_ordinary(const document *d, listed_word *w, const token *t, uint8_t language);

/* Which expressions of the model's own rules match it, as expressions_match lists them. NULL if memory is short; valid
 * until the next is asked. */
const uint16_t *listed_matches(document *d, const token *t, const expression_set *s);

#endif
