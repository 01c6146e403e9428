/* Regular expressions on one word: PCRE2, always anchored at both ends, with limits on matching. */
#ifndef MODEL_REGEX_H
#define MODEL_REGEX_H

#include "base/arena.h"
#include "base/str.h"

typedef struct regex regex;

/* Compiles `pattern` (UTF-8, Unicode properties). NULL and *offset, *message (at least 128 bytes) where it is wrong;
 * NULL and *message as it was where memory is short. */
regex *regex_compile(str pattern, size_t *offset, char *message, size_t message_size);

/* Does the whole of `word` match? A match that exceeds the limits does not. */
bool regex_match(regex *r, str word);

/* `word` with its groups put into the template ("$1en $2"); ptr NULL where it does not match or memory is short. */
str regex_fill(arena *a, regex *r, str word, str template);

void regex_free(regex *r); /* NULL is allowed */

#endif
