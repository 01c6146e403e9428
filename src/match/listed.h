/* What the lists say of a kind of token, worked out when it is first asked: which phrases begin with it, and which
 * names it is. */
#ifndef MATCH_LISTED_H
#define MATCH_LISTED_H

#include "text/document.h"

enum { ROOT_FORM, ROOT_FOLD };

uint32_t listed_ask(document *d, const token *t);

/* LISTED_… of the token's kind: LISTED_STARTS where phrases may begin with it, LISTED_NAMES where it has names; where
 * neither, it has no listed_word. 0 if memory is short. */
static inline uint32_t listed_bits(document *d, const token *t) {
    uint32_t bits = token_kind(d, t)->listed;
    return bits ? bits : listed_ask(d, t);
}

/* Valid until the next is asked. */
static inline listed_word *listed_of(document *d, uint32_t bits) {
    return &d->lexicon.listed.items[bits & LISTED_NUMBER];
}

/* Is its fold an ordinary word of the language? */
bool listed_is_ordinary(const document *d, listed_word *w, const token *t, uint8_t language);

#endif
