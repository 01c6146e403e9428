/* Spellings that were met before, each with the kind of its token: most of a text is found here, by one probe.
 *
 *     text ──hash──> [ … │ spelling │ spelling │ free │ … ] ──> kind
 *
 * The table grows with what is met, up to a bound; then it begins anew. */
#ifndef TEXT_SPELLING_H
#define TEXT_SPELLING_H

#include "base/hash.h"
#include "text/lexicon.h"

/* What a spelling is found by: its bytes and, as the last one, its length; of one that is longer a hash in place of the
 * bytes and, as the upper half of the second, the length. */
typedef struct spelling_key {
    uint64_t bytes[2];
} spelling_key;

enum { SPELLING_SHORT = 15 /* bytes */, SPELLING_ROOM = 16 };

#define SPELLING_LONG ((uint64_t)255 << 56) /* marks a longer one */

/* There is a table from now on; false if memory is short. To be called before all others. */
bool spellings_open(lexicon *l);

/* The key of the first `length` bytes at `p`, at most SPELLING_SHORT of them; SPELLING_ROOM may be read. */
static inline spelling_key spelling_key_here(const char *p, size_t length) {
    static const unsigned char kept[2 * SPELLING_ROOM] = {255, 255, 255, 255, 255, 255, 255, 255,
                                                          255, 255, 255, 255, 255, 255, 255, 255};
    spelling_key k, mask;
    memcpy(&k, p, sizeof k);
    memcpy(&mask, kept + SPELLING_ROOM - length, sizeof mask);
    k.bytes[0] &= mask.bytes[0];
    k.bytes[1] = (k.bytes[1] & mask.bytes[1]) | (uint64_t)length << 56;
    return k;
}

/* The key of a text that is not empty. The bytes up to `end` may be read. */
static inline spelling_key spelling_key_of(str text, const char *end) {
    if (text.len > SPELLING_SHORT) return (spelling_key){{hash_str(text), SPELLING_LONG | (uint64_t)text.len << 32}};
    if (LITTLE_ENDIAN_MACHINE && end - text.ptr >= SPELLING_ROOM) return spelling_key_here(text.ptr, text.len);
    spelling_key k = {{0, (uint64_t)text.len << 56}};
    for (size_t i = 0; i < text.len; i++)
        k.bytes[i / 8] |= (uint64_t)(unsigned char)text.ptr[i] << i % 8 * 8;
    return k;
}

static inline uint32_t spelling_slot(const lexicon *l, spelling_key k) {
    uint64_t hash = (k.bytes[0] ^ (k.bytes[1] << 7 | k.bytes[1] >> 57)) * 0x9e3779b97f4a7c15U;
    return (uint32_t)(hash >> l->spelling_shift);
}

static inline bool spelling_is(const spelling *s, spelling_key k) {
    return ((s->bytes[0] ^ k.bytes[0]) | (s->bytes[1] ^ k.bytes[1])) == 0;
}

/* The spelling, new if need be; NULL if memory is short. Valid until the next one. */
spelling *spelling_find(lexicon *l, spelling_key k, str text);

/* The kind of a token that is spelt so, new if need be; whether it is TOKEN_JOINED counts of its place. NERX_NONE if
 * memory is short. Whoever takes it has to stamp its words. */
uint32_t spelling_meet(lexicon *l, spelling_key k, str text, uint16_t place);

/* The same if it was met before, else NERX_NONE. */
uint32_t spelling_seek(const lexicon *l, spelling_key k, str text, uint16_t place);

/* Is it known that its full stop is none of an abbreviation? */
static inline bool spelling_has_no_stop(const spelling *s) {
    return s->stop == SPELLING_STOP_ASKED;
}

/* The known word that the text spells so, or NERX_NONE; remembered for the next time. Where memory is short the arena
 * tells. */
uint32_t spelling_known(lexicon *l, str text, const char *end);

/* Whether the known word that the text spells so with the full stop behind it is MARK_ABBREVIATION or
 * MARK_BEFORE_NUMBER. */
uint32_t spelling_stop_marks(lexicon *l, str stem, const char *end);

#endif
