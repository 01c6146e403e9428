/* Characters: classes, keys, folding and shapes. The only file that knows ICU. */
#ifndef TEXT_CHARS_H
#define TEXT_CHARS_H

#include "base/arena.h"

typedef enum char_class {
    CHAR_OTHER, /* controls and what has no class */
    CHAR_SPACE, /* blanks of every kind, line ends, the byte-order mark */
    CHAR_LETTER,
    CHAR_DIGIT,
    CHAR_MARK,  /* combining marks, soft hyphen, joiners: belong to what stands before them */
    CHAR_QUOTE, /* quotation marks; the apostrophes ' and ’ are CHAR_APOSTROPHE */
    CHAR_APOSTROPHE,
    CHAR_DASH, /* - and every dash */
    CHAR_OPEN, /* brackets */
    CHAR_CLOSE,
    CHAR_END, /* . ! ? … */
    CHAR_PUNCT,
    CHAR_SYMBOL /* currency, mathematics, emoji */
} char_class;

extern const unsigned char chars_ascii[128]; /* char_class, where nearly all of a text is */
char_class chars_class_beyond(uint32_t c);   /* where c >= 128 */

static inline char_class chars_class(uint32_t c) {
    return c < 128 ? (char_class)chars_ascii[c] : chars_class_beyond(c);
}

bool chars_upper_beyond(uint32_t c); /* where c >= 128 */
bool chars_lower_beyond(uint32_t c);

/* Upper or title case. */
static inline bool chars_upper(uint32_t c) {
    return c < 128 ? c - 'A' < 26 : chars_upper_beyond(c);
}

static inline bool chars_lower(uint32_t c) {
    return c < 128 ? c - 'a' < 26 : chars_lower_beyond(c);
}

/* The word as it is looked up: NFC, without soft hyphens and joiners, ’ and ʼ as ', inner hyphens as -. Returns `word`
 * itself where it is already so. ptr NULL if memory is short. */
str chars_key(arena *a, str text);

/* Full case folding, the result in NFC; `key` itself where it is already folded. */
str chars_fold(arena *a, str key);

/* First letter upper, the rest lower; for variants of words in capitals. */
str chars_title(arena *a, str key);

uint32_t chars_shape(str key); /* SHAPE_… of vocab.h */

#endif
