/* What each word of a sentence can be in a clause. */
#ifndef RELATE_WORDS_H
#define RELATE_WORDS_H

#include "relate/clause.h"

clause_word words_read(const document *d, uint32_t token_index, uint8_t language);

#endif
