/* Letters and digits that are seen to be such from their bytes: those of ASCII and most of Latin. A text has a bit for
 * each byte, the lowest first, so that one step finds where a run of them ends:
 *
 *     text   Die Länder kamen.        bits   1110 11111110 111110 … 0 */
#ifndef TEXT_PLAIN_H
#define TEXT_PLAIN_H

#include "base/str.h"

enum { PLAIN_BYTES = 64 /* a word of bits */ };

static inline bool plain_letter_or_digit(unsigned char c) {
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

/* How many words of bits a text of `length` bytes has; the last bit is none of it. */
static inline size_t plain_words(size_t length) {
    return length / PLAIN_BYTES + 1;
}

/* Sets the bits of a text of valid UTF-8, all that there are. */
void plain_mark(str text, uint64_t *bits);

static inline bool plain_at(const uint64_t *bits, size_t at) {
    return bits[at / PLAIN_BYTES] >> at % PLAIN_BYTES & 1;
}

/* Behind the letters and digits from byte `at` on. */
static inline size_t plain_end(const uint64_t *bits, size_t at) {
    size_t i = at / PLAIN_BYTES;
    uint64_t others = ~bits[i] >> at % PLAIN_BYTES;
    if (others) return at + (size_t)__builtin_ctzll(others);
    while (bits[++i] == UINT64_MAX) {
    }
    return i * PLAIN_BYTES + (size_t)__builtin_ctzll(~bits[i]);
}

#endif
