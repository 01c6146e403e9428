/* Sixteen bytes at once: each is compared, the answers are gathered as bits. */
#ifndef BASE_BLOCK_H
#define BASE_BLOCK_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 16 };

/* Vectors of GCC and Clang. An answer has all bits of a byte set, or none. */
typedef unsigned char block __attribute__((vector_size(BLOCK)));

static inline block block_load(const char *p) {
    block b;
    memcpy(&b, p, sizeof b);
    return b;
}

static inline void block_store(char *to, block b) {
    memcpy(to, &b, sizeof b);
}

static inline block block_of(unsigned char c) {
    return (block){c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c};
}

static inline block block_equal(block b, unsigned char c) {
    return (block)(b == block_of(c));
}

/* Which bytes lie from `low` to `high`? */
static inline block block_between(block b, unsigned char low, unsigned char high) {
    return (block)(b - block_of(low) <= block_of((unsigned char)(high - low)));
}

/* The highest bit of each byte, that of the first as the lowest. */
static inline unsigned block_bits(block b) {
#ifdef __SSE2__
    return (unsigned)_mm_movemask_epi8((__m128i)b);
#else
    unsigned bits = 0;
    for (unsigned i = 0; i < BLOCK; i++)
        bits |= (unsigned)(b[i] >> 7) << i;
    return bits;
#endif
}

#endif
