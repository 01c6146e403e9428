/* Spellings that were met before, each with the kind of its token: most of a text is found here, by one probe.
 *
 *     text ──hash──> set ──> [ newer │ older ] ──> kind
 *
 * The table grows with what is met, up to a bound; then the older of a set gives way. */
#include "base/hash.h"
#include "text/chars.h"
#include "text/lexicon.h"

enum { SHORT = 16, FIRST_BITS = 8, MOST_BITS = 15, GROWTH_BITS = 2, LINE = 64 };

/* At most so many bytes, as they are. */
static inline spelling short_spelling(str text, const char *end) {
    static const uint64_t masks[] = {
        0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff, 0xffffffffffffffff};
    spelling w = {.length = (uint32_t)text.len};
    if (end - text.ptr < SHORT || !LITTLE_ENDIAN_MACHINE) {
        memcpy(w.bytes, text.ptr, text.len);
        return w;
    }
    memcpy(w.bytes, text.ptr, SHORT);
    w.bytes[0] &= masks[text.len < 8 ? text.len : 8];
    w.bytes[1] &= masks[text.len < 8 ? 0 : text.len - 8];
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

static inline spelling *set_of(const lexicon *l, uint64_t hash) {
    return &l->spellings[(hash >> (64 - l->set_bits)) * 2];
}

static bool grow(lexicon *l) {
    uint32_t old_count = l->set_bits ? 2U << l->set_bits : 0;
    uint32_t bits = l->set_bits ? l->set_bits + GROWTH_BITS : FIRST_BITS;
    if (bits > MOST_BITS) bits = MOST_BITS;
    char *memory = arena_alloc(l->arena, ((size_t)2 << bits) * sizeof(spelling) + LINE);
    if (!memory) return false;
    const spelling *old = l->spellings;
    l->spellings = (spelling *)(void *)(memory + (LINE - (uintptr_t)memory % LINE) % LINE);
    l->set_bits = bits;
    for (uint32_t i = old_count; i-- > 0;) {
        if (!old[i].length) continue;
        spelling *set = set_of(l, hash_of(&old[i]));
        set[1] = set[0];
        set[0] = old[i];
    }
    arena_drop(l->arena, l->spelling_memory);
    l->spelling_memory = memory;
    return true;
}

/* Puts one in that is not there; NULL if memory is short. */
static spelling *add(lexicon *l, spelling *w, str text, uint64_t hash) {
    bool full = l->spelling_count >= 1U << l->set_bits && l->set_bits < MOST_BITS;
    if ((!l->set_bits || full) && !grow(l)) return NULL;
    if (text.len > SHORT) {
        str copy = arena_str(l->arena, text);
        if (!copy.ptr) return NULL;
        *w = (spelling){.bytes = {hash, (uint64_t)(uintptr_t)copy.ptr}, .length = (uint32_t)text.len};
    }
    spelling *set = set_of(l, hash);
    set[1] = set[0];
    set[0] = *w;
    l->spelling_count++;
    return set;
}

static spelling *find_long(spelling *set, str text, uint64_t hash) {
    for (int i = 0; i < 2; i++) {
        if (set[i].bytes[0] != hash || set[i].length != text.len) continue;
        if (memcmp((const char *)(uintptr_t)set[i].bytes[1], text.ptr, text.len) == 0) return &set[i];
    }
    return NULL;
}

/* The spelling, new if need be; NULL if memory is short. */
static inline spelling *spell(lexicon *l, uint64_t hash, str text, const char *end) {
    spelling w, *set = l->set_bits ? set_of(l, hash) : NULL;
    if (text.len > SHORT) {
        spelling *have = set ? find_long(set, text, hash) : NULL;
        return have ? have : add(l, &w, text, hash);
    }
    w = short_spelling(text, end);
    for (int i = 0; set && i < 2; i++) {
        if (set[i].bytes[0] == w.bytes[0] && set[i].bytes[1] == w.bytes[1] && set[i].length == w.length) return &set[i];
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
    if (l->set_bits) __builtin_prefetch(set_of(l, hash), 0);
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
