/* Letters and digits that are seen to be such from their bytes. */
#include "text/plain.h"

#include "base/block.h"

enum { BLOCKS = PLAIN_BYTES / BLOCK, TIMES_TAIL = 0x97 /* × is c3 97, ÷ is c3 b7 */ };

/* Of the bytes before, which change what the next ones are. */
typedef struct before {
    uint64_t lead, c3; /* of a letter of two bytes; is it 0xc3? */
} before;

static uint64_t gather(const char *p, block (*ask)(block)) {
    uint64_t bits = 0;
    for (unsigned k = 0; k < BLOCKS; k++)
        bits |= (uint64_t)block_bits(ask(block_load(p + k * BLOCK))) << k * BLOCK;
    return bits;
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

/* Letters of two bytes among those at `p`. */
static uint64_t beyond(const char *p, before *b, uint64_t *previous) {
    uint64_t leads = gather(p, lead), c3s = gather(p, c3);
    uint64_t tails = leads << 1 | b->lead, signs = (c3s << 1 | b->c3) & gather(p, times_tail);
    b->lead = leads >> (PLAIN_BYTES - 1);
    b->c3 = c3s >> (PLAIN_BYTES - 1);
    if (previous) *previous &= ~(signs << (PLAIN_BYTES - 1));
    return (leads & ~(signs >> 1)) | (tails & ~signs);
}

static uint64_t mark(const char *p, before *b, uint64_t *previous) {
    uint64_t bits = gather(p, letter_or_digit);
    if (b->lead || gather(p, beyond_ascii)) bits |= beyond(p, b, previous);
    return bits;
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
