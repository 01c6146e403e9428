/* Sets of bits. */
#ifndef BASE_BITS_H
#define BASE_BITS_H

#include <stdint.h>

/* How many bits are set; the compiler's own is a call where the machine may lack the instruction. */
static inline uint32_t bits_count(uint64_t set) {
    set -= set >> 1 & 0x5555555555555555U;
    set = (set & 0x3333333333333333U) + (set >> 2 & 0x3333333333333333U);
    set = (set + (set >> 4)) & 0x0f0f0f0f0f0f0f0fU;
    return (uint32_t)(set * 0x0101010101010101U >> 56);
}

#endif
