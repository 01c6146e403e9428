/* Letters and digits that are seen to be such from their bytes. */
#include "text/plain.h"

#include "base/block.h"

enum { BLOCKS = PLAIN_BYTES / BLOCK, TIMES_TAIL = 0x97 /* × is c3 97, ÷ is c3 b7 */ };

/* Of the bytes before, which change what the next ones are. */
typedef struct before {
    uint64_t lead, c3; /* of a letter of two bytes; is it 0xc3? */
} before;

/* A word's worth of text. */
typedef struct blocks {
    block b[BLOCKS];
} blocks;

static inline uint64_t gather(const blocks *t, block (*ask)(block)) {
    uint64_t bits = 0;
    for (unsigned k = 0; k < BLOCKS; k++)
        bits |= (uint64_t)block_bits(ask(t->b[k])) << k * BLOCK;
    return bits;
}

static inline bool has_some(const blocks *t, block (*ask)(block)) {
    block some = ask(t->b[0]);
    for (unsigned k = 1; k < BLOCKS; k++)
        some |= ask(t->b[k]);
    return block_bits(some) != 0;
}

static inline block letter_or_digit(block b) {
    return block_between(b | block_of(0x20), 'a', 'z') | block_between(b, '0', '9');
}

static inline block beyond_ascii(block b) {
    return b;
}

static inline block lead(block b) {
    return block_between(b, 0xc3, 0xc8);
}

static inline block c3(block b) {
    return block_equal(b, 0xc3);
}

static inline block times_tail(block b) {
    return block_equal(b & block_of(0xdf), TIMES_TAIL);
}

/* Letters of two bytes. */
static uint64_t letters_beyond(const blocks *t, before *b, uint64_t *previous) {
    uint64_t leads = gather(t, lead), tails = leads << 1 | b->lead, signs = 0;
    if (has_some(t, times_tail)) signs = (gather(t, c3) << 1 | b->c3) & gather(t, times_tail);
    b->lead = leads >> (PLAIN_BYTES - 1);
    b->c3 = b->lead && t->b[BLOCKS - 1][BLOCK - 1] == 0xc3;
    if (previous) *previous &= ~(signs << (PLAIN_BYTES - 1));
    return (leads & ~(signs >> 1)) | (tails & ~signs);
}

static uint64_t mark(const char *p, before *b, uint64_t *previous) {
    blocks t;
    for (unsigned k = 0; k < BLOCKS; k++)
        t.b[k] = block_load(p + k * BLOCK);
    uint64_t bits = gather(&t, letter_or_digit);
    return b->lead || has_some(&t, beyond_ascii) ? bits | letters_beyond(&t, b, previous) : bits;
}

void plain_mark(str text, uint64_t *bits) {
    before b = {0, 0};
    size_t i = 0;
    for (; (i + 1) * PLAIN_BYTES <= text.len; i++)
        bits[i] = mark(text.ptr + i * PLAIN_BYTES, &b, i ? &bits[i - 1] : NULL);
    char rest[PLAIN_BYTES] = {0};
    if (text.len % PLAIN_BYTES) memcpy(rest, text.ptr + i * PLAIN_BYTES, text.len % PLAIN_BYTES);
    bits[i] = mark(rest, &b, i ? &bits[i - 1] : NULL);
}
