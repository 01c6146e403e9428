/* What each word of a sentence can be in a clause, worked out once for each kind of token and language. */
#ifndef RELATE_WORDS_H
#define RELATE_WORDS_H

#include "relate/clause.h"

word_reader *word_reader_new(nerx_error *error);
void word_reader_free(word_reader *w); /* NULL is allowed */

/* What the tokens [first, end) can be in a sentence of the language; false if memory is short. */
bool words_read(word_reader *w, const document *d, uint32_t first, uint32_t end, uint8_t language, clause_word *out);

#endif
