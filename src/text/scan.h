/* What stands at one place of a text. A token is one of
 *
 *     word    letters, digits and marks, joined by single - ' . inside: Nordkorea-Experte, geht's, U.S., 1.000,
 *             9/11/2001
 *     web     https://…, name@host, @name, #tag
 *     sign    one punctuation mark; runs of the same, of . ! ?, and of - = are one; so is a face: :-)
 *     symbol  one symbol with the marks and joiners that belong to it: an emoji
 *
 * A full stop at a word's end belongs to it where the vocabulary says so ("Dr."), after an initial ("J."), and after
 * letters with full stops between them ("U.S."). */
#ifndef TEXT_SCAN_H
#define TEXT_SCAN_H

#include "text/lexicon.h"

typedef struct scanner {
    lexicon *lexicon;
    const char *text, *p, *end;
    const uint64_t *plain; /* bits of the text: plain.h */
    uint16_t place;        /* TOKEN_… of the next token */
    uint32_t line_ends;
    const char *at_sign; /* the next, or the end */
    bool behind_quote;   /* the last token is a quotation mark or an apostrophe */
} scanner;

/* Goes on behind blanks and controls, and notes what they mean for the place of the next token. */
void scan_blanks(scanner *s);

/* Goes on behind the token that stands here. */
void scan_token(scanner *s);

/* Does the full stop that stands here belong to the word before it, which begins at `start`? */
bool scan_keeps_stop(const scanner *s, const char *start);

#endif
