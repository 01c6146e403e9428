/* Spellings that were met before, each with the kind of its token: most of a text is found here, by one probe.
 *
 *     text ──hash──> [ … │ spelling │ spelling │ free │ … ] ──> kind
 *
 * The table grows with what is met, up to a bound; then it begins anew. */
#include "base/hash.h"
#include "text/chars.h"
#include "text/lexicon.h"

enum { SHORT = 16, FIRST_BITS = 9, MOST_BITS = 16, GROWTH_BITS = 2, LINE = 64, STOP_ASKED = 1 << 15 };

/* At most so many bytes, as they are. */
static inline spelling short_spelling(str text, const char *end) {
    spelling w = {.length = (uint16_t)text.len};
    if (end - text.ptr < SHORT || !LITTLE_ENDIAN_MACHINE) {
        memcpy(w.bytes, text.ptr, text.len);
        return w;
    }
    memcpy(w.bytes, text.ptr, SHORT);
    if (text.len <= 8) {
        w.bytes[0] &= UINT64_MAX >> (64 - 8 * text.len);
        w.bytes[1] = 0;
    } else {
        w.bytes[1] &= UINT64_MAX >> (128 - 8 * text.len);
    }
    return w;
}

static inline uint64_t short_hash(const spelling *w) {
    return (w->bytes[0] ^ (w->bytes[1] << 7 | w->bytes[1] >> 57)) * 0x9e3779b97f4a7c15U;
}

static uint64_t hash_of(const spelling *w) {
    return w->length > SHORT ? w->bytes[0] : short_hash(w);
}

static inline uint64_t hash_text(str text, const char *end) {
    if (text.len > SHORT) return hash_str(text);
    spelling w = short_spelling(text, end);
    return short_hash(&w);
}

static inline uint32_t first_slot(const lexicon *l, uint64_t hash) {
    return (uint32_t)(hash >> (64 - l->spelling_bits));
}

static void put(lexicon *l, const spelling *w) {
    uint32_t mask = (1U << l->spelling_bits) - 1, at = first_slot(l, hash_of(w));
    while (l->spellings[at].length)
        at = (at + 1) & mask;
    l->spellings[at] = *w;
}

static bool grow(lexicon *l) {
    uint32_t old_count = l->spelling_bits ? 1U << l->spelling_bits : 0;
    uint32_t bits = l->spelling_bits ? l->spelling_bits + GROWTH_BITS : FIRST_BITS;
    if (bits > MOST_BITS) bits = MOST_BITS;
    char *memory = arena_alloc(l->arena, ((size_t)1 << bits) * sizeof(spelling) + LINE);
    if (!memory) return false;
    const spelling *old = l->spellings;
    l->spellings = (spelling *)(void *)(memory + (LINE - (uintptr_t)memory % LINE) % LINE);
    l->spelling_bits = bits;
    for (uint32_t i = 0; i < old_count; i++) {
        if (old[i].length) put(l, &old[i]);
    }
    arena_drop(l->arena, l->spelling_memory);
    l->spelling_memory = memory;
    return true;
}

/* Room for one more: at least a quarter of the table is free. */
static bool make_room(lexicon *l) {
    uint32_t size = l->spelling_bits ? 1U << l->spelling_bits : 0;
    if (l->spelling_count < size / 4 * 3) return true;
    if (l->spelling_bits < MOST_BITS) return grow(l);
    memset(l->spellings, 0, size * sizeof *l->spellings);
    l->spelling_count = 0;
    return true;
}

/* Puts one in that is not there; NULL if memory is short. */
static spelling *add(lexicon *l, spelling *w, str text, uint64_t hash) {
    if (!make_room(l)) return NULL;
    if (text.len > SHORT) {
        str copy = arena_str(l->arena, text);
        if (!copy.ptr) return NULL;
        *w = (spelling){.bytes = {hash, (uint64_t)(uintptr_t)copy.ptr}, .length = (uint16_t)text.len};
    }
    uint32_t mask = (1U << l->spelling_bits) - 1, at = first_slot(l, hash);
    while (l->spellings[at].length)
        at = (at + 1) & mask;
    l->spellings[at] = *w;
    l->spelling_count++;
    return &l->spellings[at];
}

static spelling *find_long(const lexicon *l, str text, uint64_t hash) {
    uint32_t mask = (1U << l->spelling_bits) - 1;
    for (uint32_t at = first_slot(l, hash); l->spellings[at].length; at = (at + 1) & mask) {
        spelling *have = &l->spellings[at];
        if (have->bytes[0] == hash && have->length == text.len &&
            memcmp((const char *)(uintptr_t)have->bytes[1], text.ptr, text.len) == 0)
            return have;
    }
    return NULL;
}

/* The spelling, new if need be; NULL if memory is short. */
static inline spelling *spell(lexicon *l, uint64_t hash, str text, const char *end) {
    spelling w;
    if (text.len > SHORT) {
        spelling *have = l->spelling_bits ? find_long(l, text, hash) : NULL;
        return have ? have : add(l, &w, text, hash);
    }
    w = short_spelling(text, end);
    uint32_t mask = (1U << l->spelling_bits) - 1;
    for (uint32_t at = l->spelling_bits ? first_slot(l, hash) : 0; l->spelling_bits; at = (at + 1) & mask) {
        spelling *have = &l->spellings[at];
        if (have->bytes[0] == w.bytes[0] && have->bytes[1] == w.bytes[1] && have->length == w.length) return have;
        if (!have->length) break;
    }
    return add(l, &w, text, hash);
}

/* The kind of a word by its key. Keys and folds of known words need not stay. */
static uint32_t kind_by_key(lexicon *l, str text, uint16_t joined) {
    arena_mark before = arena_stand(l->arena);
    uint32_t count = l->words.count;
    str key = chars_key(l->arena, text);
    uint32_t id = key.ptr ? lexicon_intern(l, key) : NERX_NONE;
    uint32_t fold = id == NERX_NONE ? NERX_NONE : lexicon_fold(l, id);
    if (fold == NERX_NONE) return NERX_NONE;
    if (l->words.count == count) arena_return(l->arena, before);
    return lexicon_kind_of(l, id, fold, joined);
}

/* Works out what a spelling is, as far as that is not known yet. */
static uint32_t meet_first(lexicon *l, str text, uint16_t joined, uint32_t kinds[2]) {
    uint32_t other = kinds[!joined];
    uint32_t kind =
        other ? lexicon_kind_as(l, other - 1, l->kinds.items[other - 1].form, joined) : kind_by_key(l, text, joined);
    if (kind != NERX_NONE) kinds[joined] = kind + 1;
    return kind;
}

uint64_t lexicon_expect(const lexicon *l, str text, const char *end) {
    uint64_t hash = hash_text(text, end);
    if (l->spelling_bits) __builtin_prefetch(&l->spellings[first_slot(l, hash)]);
    return hash;
}

uint32_t lexicon_meet(lexicon *l, uint64_t hash, str text, const char *end, uint16_t place) {
    uint16_t joined = place & TOKEN_JOINED;
    if (text.len > WORD_MAX_LENGTH) return meet_first(l, text, joined, (uint32_t[2]){0});
    spelling *w = spell(l, hash, text, end);
    if (!w) return NERX_NONE;
    return w->kinds[joined] ? w->kinds[joined] - 1 : meet_first(l, text, joined, w->kinds);
}

static uint32_t find_spelt(lexicon *l, str text) {
    arena scratch = {0};
    str key = chars_key(&scratch, text);
    uint32_t id = key.ptr ? lexicon_find_known(l, key) : NERX_NONE;
    l->arena->failed |= scratch.failed;
    arena_free(&scratch);
    return id;
}

uint32_t lexicon_spelt(lexicon *l, str text, const char *end) {
    if (text.len > WORD_MAX_LENGTH) return NERX_NONE;
    spelling *w = spell(l, hash_text(text, end), text, end);
    if (!w) return find_spelt(l, text);
    if (!w->known) {
        uint32_t id = find_spelt(l, text);
        w->known = id == NERX_NONE ? NERX_NONE : id + 1;
    }
    return w->known == NERX_NONE ? NERX_NONE : w->known - 1;
}

uint32_t lexicon_stop_marks(lexicon *l, str stem, const char *end) {
    if (stem.len >= WORD_MAX_LENGTH) return 0;
    spelling *w = spell(l, hash_text(stem, end), stem, end);
    if (w && w->stop) return w->stop & ~STOP_ASKED;
    uint32_t id = find_spelt(l, (str){stem.ptr, stem.len + 1});
    uint32_t marks = id == NERX_NONE ? 0 : lexicon_marks(l, id) & (MARK_ABBREVIATION | MARK_BEFORE_NUMBER);
    if (w) w->stop = (uint16_t)(marks | STOP_ASKED);
    return marks;
}
