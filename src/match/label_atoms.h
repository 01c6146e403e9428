/* Which atoms are true for a word or phrase. */
#ifndef MATCH_LABEL_ATOMS_H
#define MATCH_LABEL_ATOMS_H

#include "match/label.h"

/* Each adds to l->gathered; where memory is short, l->failed. */
void atoms_gather(labels *l, const atom_list *list, uint32_t key);

/* What senses make true; what words that rules name make true, as they stand in signatures. */
void atoms_gather_senses(labels *l, numbers senses);
void atoms_gather_words(labels *l, numbers words);

/* What readings make true: classes, lemmas, known. */
void atoms_gather_readings(labels *l, const reading *readings, uint32_t count);

/* What a token's SHAPE_, TOKEN_ and MARK_ bits make true. */
void atoms_gather_signs(labels *l, uint32_t shape, uint32_t place, uint32_t marks);

/* Sets the truth of what was gathered. */
void atoms_set_gathered(labels *l);

/* The same at once for atoms all of whose bits are among `bits`. */
void atoms_set_masked(labels *l, const atom_list *list, uint32_t bits);

#endif
