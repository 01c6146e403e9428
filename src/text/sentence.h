/* Tokens to sentences, and a language for each. */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include "text/document.h"

/* Fills d->sentences, d->language and the tokens' places; splits tokens that turn out to be two ("13." at the end of a
 * sentence, and what refine.h does once the language is known). False if memory is short. */
bool split_sentences(document *d, nerx_error *error);

/* The language that most of a range of tokens tell, by the sums before and behind it; `context` is that of what stands
 * around them, LANGUAGE_NONE where nothing does. */
uint8_t language_told(const document *d, const language_sums *before, const language_sums *after, uint8_t context);

/* Does the language's list of clitics have this sign: "-" (hyphens part words), "1." (numbers part from their full
 * stop)? */
bool language_writes(const document *d, str clitic, uint8_t language);

/* Splits clitics, hyphenated compounds and glued words, as each sentence's language asks. False if memory is short. */
bool refine_tokens(document *d);

#endif
