/* UTF-8: checking, reading and writing code points. */
#include "text/utf8.h"

#include <stdlib.h>

#include "base/block.h"
#include "base/error.h"

size_t utf8_put(char *to, uint32_t c) {
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xc0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xe0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3f));
        to[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3f));
    to[2] = (char)(0x80 | (c >> 6 & 0x3f));
    to[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

/* Table 3-7 of the Unicode Standard: first byte, length, bounds of the second byte. */
static const struct {
    unsigned char first_low, first_high, length, second_low, second_high;
} rows[] = {
    {0x00, 0x7f, 1, 0, 0},       {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf},
    {0xe1, 0xec, 3, 0x80, 0xbf}, {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf},
    {0xf0, 0xf0, 4, 0x90, 0xbf}, {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

size_t utf8_sequence(const char *s, size_t length, size_t *bad) {
    const unsigned char *p = (const unsigned char *)s;
    *bad = 1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (p[0] < rows[i].first_low || p[0] > rows[i].first_high) continue;
        for (size_t k = 1; k < rows[i].length; k++) {
            unsigned char low = k == 1 ? rows[i].second_low : 0x80, high = k == 1 ? rows[i].second_high : 0xbf;
            *bad = k;
            if (k >= length || p[k] < low || p[k] > high) return 0;
        }
        return rows[i].length;
    }
    return 0;
}

static bool goes_on(char c) {
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Length of what is usual in Latin text beside ASCII, its letters and punctuation, or 0. */
static size_t usual_sequence(const char *s, size_t length) {
    unsigned char first = (unsigned char)s[0];
    if (length > 1 && first >= 0xc2 && first <= 0xdf && goes_on(s[1])) return 2;
    return length > 2 && first >= 0xe1 && first <= 0xec && goes_on(s[1]) && goes_on(s[2]) ? 3 : 0;
}

/* Where the ASCII at `i` ends, or fewer than a block are left. */
static size_t skip_ascii(const char *text, size_t length, size_t i) {
    for (; length - i >= BLOCK; i += BLOCK) {
        unsigned beyond = block_bits(block_load(text + i));
        if (beyond) return i + (unsigned)__builtin_ctz(beyond);
    }
    return i;
}

bool nerx_utf8_valid(const char *text, size_t length, size_t *offset) {
    size_t bad;
    for (size_t i = skip_ascii(text, length, 0); i < length; i = skip_ascii(text, length, i)) {
        size_t n = (unsigned char)text[i] < 0x80 ? 1 : usual_sequence(text + i, length - i);
        if (n == 0) n = utf8_sequence(text + i, length - i, &bad);
        if (n == 0) {
            *offset = i;
            return false;
        }
        i += n;
    }
    return true;
}

char *nerx_utf8_repair(const char *text, size_t length, size_t *repaired_length, nerx_error *error) {
    char *repaired = length < SIZE_MAX / 4 ? malloc(length * 3 + 1) : NULL;
    if (!repaired) {
        error_memory(error);
        return NULL;
    }
    size_t used = 0, bad;
    for (size_t i = 0; i < length;) {
        size_t n = utf8_sequence(text + i, length - i, &bad);
        if (n) {
            memcpy(repaired + used, text + i, n);
            used += n;
            i += n;
        } else {
            used += utf8_put(repaired + used, 0xfffd);
            i += bad;
        }
    }
    repaired[used] = '\0';
    *repaired_length = used;
    return repaired;
}
