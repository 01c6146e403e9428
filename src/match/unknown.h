/* What a word that no list has tells by its parts.
 *
 *     Möllenkotten   ends in "-kotten": the longest ending of it that a list has ("-kotten" is an entry like any other)
 *     Rabatzmeister  two ordinary words, perhaps with a linking element: a compound */
#ifndef MATCH_UNKNOWN_H
#define MATCH_UNKNOWN_H

#include "model/model.h"

/* Both remember what they find of a new word. */

/* The word id of the list entry that is the longest ending of the word `id`, or NERX_NONE. */
uint32_t unknown_ending(const lexicon *l, uint32_t id);

/* `linking`: the class of linking elements, or NERX_NONE. */
bool unknown_is_compound(const model *m, const lexicon *l, uint32_t fold, uint8_t language, uint32_t linking);

#endif
