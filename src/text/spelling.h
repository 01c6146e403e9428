/* Spellings that were met before, each with the kind of its token: most of a text is found here, by one probe.
 *
 *     text ──hash──> [ … │ spelling │ spelling │ free │ … ] ──> kind
 *
 * The table grows with what is met, up to a bound; then it begins anew. */
#ifndef TEXT_SPELLING_H
#define TEXT_SPELLING_H

#include "base/hash.h"
#include "text/lexicon.h"

/* What a spelling is found by. */
typedef struct spelling_key {
    uint64_t bytes[2], hash; /* bytes: as in `spelling`, of a short one */
} spelling_key;

enum { SPELLING_SHORT = 16 /* bytes */ };

/* There is a table from now on; false if memory is short. To be called before all others. */
bool spellings_open(lexicon *l);

/* `hash` counts only for a text that is not short. */
static inline spelling_key spelling_key_of_short(str text, const char *end) {
    spelling_key k = {{0, 0}, 0};
    if (LITTLE_ENDIAN_MACHINE && end - text.ptr >= SPELLING_SHORT) {
        uint64_t mask = UINT64_MAX >> ((64U - 8 * text.len) & 63);
        memcpy(k.bytes, text.ptr, SPELLING_SHORT);
        if (text.len <= 8) {
            k.bytes[0] &= mask;
            k.bytes[1] = 0;
        } else {
            k.bytes[1] &= mask;
        }
    } else {
        memcpy(k.bytes, text.ptr, text.len);
    }
    k.hash = (k.bytes[0] ^ (k.bytes[1] << 7 | k.bytes[1] >> 57)) * 0x9e3779b97f4a7c15U;
    return k;
}

/* The key of a text that is not empty. The bytes up to `end` may be read. */
static inline spelling_key spelling_key_of(str text, const char *end) {
    if (text.len <= SPELLING_SHORT) return spelling_key_of_short(text, end);
    return (spelling_key){.hash = hash_str(text)};
}

static inline uint32_t spelling_slot(const lexicon *l, const spelling_key *k) {
    return (uint32_t)(k->hash >> l->spelling_shift);
}

/* Calls from memory what will be needed of it. */
static inline void spelling_expect(const lexicon *l, const spelling_key *k) {
    __builtin_prefetch(&l->spellings[spelling_slot(l, k)]);
}

/* The spelling, new if need be; NULL if memory is short. Valid until the next one. */
spelling *spelling_find(lexicon *l, const spelling_key *k, str text);

/* The kind of a token that is spelt so, new if need be; whether it is TOKEN_JOINED counts of its place. NERX_NONE if
 * memory is short. Whoever takes it has to stamp its words. */
uint32_t spelling_meet(lexicon *l, const spelling_key *k, str text, uint16_t place);

/* The same if it was met before, else NERX_NONE. */
uint32_t spelling_seek(const lexicon *l, const spelling_key *k, str text, uint16_t place);

static inline uint32_t spelling_met(const lexicon *l, const spelling_key *k, str text, uint16_t place) {
    const spelling *s = &l->spellings[spelling_slot(l, k)];
    bool same = s->bytes[0] == k->bytes[0] && s->bytes[1] == k->bytes[1] && s->length == text.len;
    return same ? s->kinds[place & TOKEN_JOINED] - 1 : spelling_seek(l, k, text, place);
}

/* The known word that the text spells so, or NERX_NONE; remembered for the next time. Where memory is short the arena
 * tells. */
uint32_t spelling_known(lexicon *l, str text, const char *end);

/* Whether the known word that the text spells so with the full stop behind it is MARK_ABBREVIATION or
 * MARK_BEFORE_NUMBER. */
uint32_t spelling_stop_marks(lexicon *l, str stem, const char *end);

#endif
