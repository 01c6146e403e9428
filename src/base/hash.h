/* A 64-bit hash of bytes, the same on every machine; not for hostile keys in unbounded tables. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>
#include <string.h>

#include "base/str.h"

/* The finalizer of MurmurHash3 (Appleby, public domain). */
static inline uint64_t hash_mix(uint64_t h) {
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdU;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53U;
    return h ^ h >> 33;
}

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LITTLE_ENDIAN_MACHINE true
#else
#define LITTLE_ENDIAN_MACHINE false
#endif

/* The first `n` bytes, at most 8; parts that overlap are loaded twice. */
static inline uint64_t hash_load(const unsigned char *p, size_t n) {
    uint64_t v = 0;
    if (n >= 4 && LITTLE_ENDIAN_MACHINE) {
        uint32_t low, high;
        memcpy(&low, p, 4);
        memcpy(&high, p + n - 4, 4);
        return low | (uint64_t)high << (8 * (n - 4));
    }
    for (size_t i = 0; i < n; i++)
        v |= (uint64_t)p[i] << (8 * i);
    return v;
}

static inline uint64_t hash_word(const unsigned char *p) {
    if (!LITTLE_ENDIAN_MACHINE) return hash_load(p, 8);
    uint64_t v;
    memcpy(&v, p, 8);
    return v;
}

static inline uint64_t hash_bytes(const void *data, size_t length) {
    const unsigned char *p = data;
    uint64_t h = length * 0x9e3779b97f4a7c15U;
    while (length > 8) {
        h = (h ^ hash_word(p)) * 0xff51afd7ed558ccdU;
        h ^= h >> 32;
        p += 8;
        length -= 8;
    }
    return hash_mix(h ^ hash_load(p, length));
}

static inline uint64_t hash_str(str s) {
    return hash_bytes(s.ptr, s.len);
}

static inline uint64_t hash_pair(uint32_t a, uint32_t b) {
    return hash_mix((uint64_t)a << 32 | b);
}

#endif
