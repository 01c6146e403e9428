/* Tokens to sentences, and a language for each. */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include "text/document.h"

/* Fills d->sentences, d->language and the tokens' places; splits tokens that turn out to be two ("13." at the end of a
 * sentence, and what refine.h does once the language is known). False if memory is short. */
bool split_sentences(document *d, nerx_error *error);

/* Decides d->language and that of each paragraph from the words that tell one, before there are sentences; *paragraphs
 * is NULL where the language is forced. False if memory is short. */
bool decide_languages(document *d, uint8_t **paragraphs);

/* The language that most of tokens [first, end) tell; `context` is that of what stands around them. */
uint8_t language_of_tokens(const document *d, uint32_t first, uint32_t end, uint8_t context);

/* Does the language's list of clitics have this sign: "-" (hyphens part words), "1." (numbers part from their full
 * stop)? */
bool language_writes(const document *d, str clitic, uint8_t language);

/* Splits clitics, hyphenated compounds and glued words, as each sentence's language asks. False if memory is short. */
bool refine_tokens(document *d);

#endif
