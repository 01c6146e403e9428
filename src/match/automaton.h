/* Running rules over a sentence: all rules of a language at once, as a lazily built DFA over labels.
 *
 *     word ──> label: the set of predicates that hold for it (worked out once for each distinct word)
 *     state ─label─> state: the set of places in the program's code where rules stand after this token
 *
 * Matches begin at every token whose label leaves the first state; captures are worked out only inside a match. */
#ifndef MATCH_AUTOMATON_H
#define MATCH_AUTOMATON_H

#include "match/signature.h"
#include "model/rules.h"

typedef struct tagger tagger;

tagger *tagger_new(const model *m, signatures *s, nerx_error *error);

/* Appends what the rules of one pass find in the document to d->matches and d->captures; pass 1 sees d->mentions.
 * False if memory is short. */
bool tagger_run(tagger *t, document *d, unsigned pass, nerx_error *error);

/* Another document, for which the signatures have begun. */
void tagger_begin(tagger *t);

void tagger_free(tagger *t); /* NULL is allowed */

#endif
