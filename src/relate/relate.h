/* Relations: from rules that relate, and from frames over clauses. */
#ifndef RELATE_RELATE_H
#define RELATE_RELATE_H

#include "relate/words.h"

/* Fills d->relations and d->roles, in the order of the text. False if memory is short. */
bool relate(document *d, word_reader *reader, nerx_error *error);

#endif
