/* Letters and digits that are seen to be such from their bytes: those of ASCII and most of Latin. */
#ifndef TEXT_PLAIN_H
#define TEXT_PLAIN_H

#include "base/hash.h"

static inline bool plain_letter_or_digit(unsigned char c) {
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

/* How many of the first bytes at `p`, eight of which may be read, are letters and digits of ASCII. Each is tested in
 * its own eighth of a word: adding what a bound lacks to 0x80 sets the highest bit of those that are not below it. */
static inline unsigned plain_of_eight(const char *p) {
    const uint64_t each = 0x0101010101010101U, high = each << 7;
    uint64_t bytes = hash_word((const unsigned char *)p), low = bytes & ~high, folded = low | each << 5;
    uint64_t letters = (folded + each * (0x80 - 'a')) & ~(folded + each * (0x7f - 'z'));
    uint64_t digits = (low + each * (0x80 - '0')) & ~(low + each * (0x7f - '9'));
    uint64_t others = ~((letters | digits) & ~bytes) & high;
    return others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
}

static inline const char *plain_ascii_end(const char *p, const char *end) {
    while (LITTLE_ENDIAN_MACHINE && end - p >= 8) {
        unsigned n = plain_of_eight(p);
        p += n;
        if (n < 8) return p;
    }
    while (p < end && plain_letter_or_digit((unsigned char)*p))
        p++;
    return p;
}

/* Behind the letters and digits at `p`. */
static inline const char *plain_end(const char *p, const char *end) {
    for (;;) {
        p = plain_ascii_end(p, end);
        if (end - p < 2 || (unsigned char)(p[0] - 0xc3) > 0xc8 - 0xc3) return p;
        if ((unsigned char)p[0] == 0xc3 && ((unsigned char)p[1] & 0x9f) == 0x97) return p; /* × ÷ */
        p += 2;
    }
}

#endif
