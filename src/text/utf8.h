/* UTF-8: checking, reading and writing code points. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/str.h"

/* The code point at *p of valid UTF-8; moves *p behind it. */
static inline uint32_t utf8_next(const char **p) {
    const unsigned char *s = (const unsigned char *)*p;
    if (s[0] < 0x80) {
        *p += 1;
        return s[0];
    }
    if (s[0] < 0xe0) {
        *p += 2;
        return (uint32_t)(s[0] & 0x1f) << 6 | (s[1] & 0x3fU);
    }
    if (s[0] < 0xf0) {
        *p += 3;
        return (uint32_t)(s[0] & 0x0f) << 12 | (s[1] & 0x3fU) << 6 | (s[2] & 0x3fU);
    }
    *p += 4;
    return (uint32_t)(s[0] & 0x07) << 18 | (s[1] & 0x3fU) << 12 | (s[2] & 0x3fU) << 6 | (s[3] & 0x3fU);
}

/* Writes a code point, returns the number of bytes, at most 4. */
size_t utf8_put(char *to, uint32_t c);

/* Length of the valid sequence at the start of `s`: 1 to 4, or 0 where it is not valid; *bad is then the length of the
 * longest prefix that could have begun one, at least 1 (Unicode 15, table 3-7 and U+FFFD substitution). */
size_t utf8_sequence(const char *s, size_t length, size_t *bad);

#endif
