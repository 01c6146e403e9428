/* Spellings that were met before. */
#include "text/spelling.h"

#include "text/chars.h"

enum { FIRST_BITS = 9, MOST_BITS = 17, GROWTH_BITS = 2, LINE = 64 };

static uint32_t bits_of(const lexicon *l) {
    return l->spellings ? 64 - l->spelling_shift : 0;
}

static uint32_t mask_of(const lexicon *l) {
    return (1U << bits_of(l)) - 1;
}

static bool is_free(const spelling *s) {
    return s->bytes[1] == 0;
}

static bool is_long(uint64_t second) {
    return second >= SPELLING_LONG;
}

/* The key that it is found by. */
static spelling_key key_of(const spelling *s) {
    uint64_t second = s->bytes[1];
    return (spelling_key){{s->bytes[0], is_long(second) ? second & ~(uint64_t)UINT32_MAX : second}};
}

static spelling *put(lexicon *l, const spelling *s) {
    uint32_t at = spelling_slot(l, key_of(s));
    while (!is_free(&l->spellings[at]))
        at = (at + 1) & mask_of(l);
    l->spellings[at] = *s;
    return &l->spellings[at];
}

static bool grow(lexicon *l) {
    const spelling *old = l->spellings;
    uint32_t old_count = old ? 1U << bits_of(l) : 0, bits = old ? bits_of(l) + GROWTH_BITS : FIRST_BITS;
    if (bits > MOST_BITS) bits = MOST_BITS;
    char *memory = arena_alloc(l->arena, ((size_t)1 << bits) * sizeof(spelling) + LINE);
    if (!memory) return false;
    l->spellings = (spelling *)(void *)(memory + (LINE - (uintptr_t)memory % LINE) % LINE);
    l->spelling_shift = 64 - bits;
    for (uint32_t i = 0; i < old_count; i++) {
        if (!is_free(&old[i])) put(l, &old[i]);
    }
    arena_drop(l->arena, l->spelling_memory);
    l->spelling_memory = memory;
    return true;
}

bool spellings_open(lexicon *l) {
    return l->spellings || grow(l);
}

/* Room for one more: three quarters of the table stay free, so that nearly all have a place by themselves; half of
 * the largest. */
static bool make_room(lexicon *l) {
    uint32_t size = 1U << bits_of(l);
    if (l->spelling_count < size / 4) return true;
    if (bits_of(l) < MOST_BITS) return grow(l);
    if (l->spelling_count < size / 2) return true;
    memset(l->spellings, 0, size * sizeof *l->spellings);
    l->spelling_count = 0;
    l->long_spellings.count = 0;
    return true;
}

static spelling *add(lexicon *l, spelling_key k, str text) {
    spelling s = {.bytes = {k.bytes[0], k.bytes[1]}};
    if (!make_room(l)) return NULL;
    if (is_long(k.bytes[1])) {
        if (!vec_reserve(l->arena, &l->long_spellings, text.len)) return NULL;
        memcpy(l->long_spellings.items + l->long_spellings.count, text.ptr, text.len);
        s.bytes[1] |= l->long_spellings.count + 1;
        l->long_spellings.count += (uint32_t)text.len;
    }
    l->spelling_count++;
    return put(l, &s);
}

static bool is_same(const lexicon *l, const spelling *s, spelling_key k, str text) {
    if (!is_long(k.bytes[1])) return spelling_is(s, k);
    return s->bytes[0] == k.bytes[0] && s->bytes[1] >> 32 == k.bytes[1] >> 32 &&
           memcmp(l->long_spellings.items + (uint32_t)s->bytes[1] - 1, text.ptr, text.len) == 0;
}

static spelling *seek(const lexicon *l, spelling_key k, str text) {
    uint32_t mask = mask_of(l);
    for (uint32_t at = spelling_slot(l, k); !is_free(&l->spellings[at]); at = (at + 1) & mask) {
        if (is_same(l, &l->spellings[at], k, text)) return &l->spellings[at];
    }
    return NULL;
}

spelling *spelling_find(lexicon *l, spelling_key k, str text) {
    spelling *s = seek(l, k, text);
    return s ? s : add(l, k, text);
}

uint32_t spelling_seek(const lexicon *l, spelling_key k, str text, uint16_t place) {
    const spelling *s = seek(l, k, text);
    return s ? s->kinds[place & TOKEN_JOINED] - 1 : NERX_NONE;
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

uint32_t spelling_meet(lexicon *l, spelling_key k, str text, uint16_t place) {
    uint16_t joined = place & TOKEN_JOINED;
    if (text.len > WORD_MAX_LENGTH) return kind_by_key(l, text, joined);
    spelling *s = spelling_find(l, k, text);
    if (!s) return NERX_NONE;
    if (s->kinds[joined]) return s->kinds[joined] - 1;
    uint32_t other = s->kinds[!joined];
    uint32_t kind =
        other ? lexicon_kind_as(l, other - 1, l->kinds.items[other - 1].form, joined) : kind_by_key(l, text, joined);
    if (kind != NERX_NONE) s->kinds[joined] = kind + 1;
    return kind;
}

static uint32_t find_known(lexicon *l, str text) {
    arena scratch = {0};
    str key = chars_key(&scratch, text);
    uint32_t id = key.ptr ? lexicon_find_known(l, key) : NERX_NONE;
    l->arena->failed |= scratch.failed;
    arena_free(&scratch);
    return id;
}

uint32_t spelling_known(lexicon *l, str text, const char *end) {
    if (text.len > WORD_MAX_LENGTH) return NERX_NONE;
    spelling_key k = spelling_key_of(text, end);
    spelling *s = spelling_find(l, k, text);
    if (!s) return find_known(l, text);
    if (!s->known) {
        uint32_t id = find_known(l, text);
        s->known = id == NERX_NONE ? NERX_NONE : id + 1;
    }
    return s->known == NERX_NONE ? NERX_NONE : s->known - 1;
}

uint32_t spelling_stop_marks(lexicon *l, str stem, const char *end) {
    if (stem.len >= WORD_MAX_LENGTH) return 0;
    spelling_key k = spelling_key_of(stem, end);
    spelling *s = spelling_find(l, k, stem);
    if (s && s->stop) return s->stop & ~(unsigned)SPELLING_STOP_ASKED;
    uint32_t id = find_known(l, (str){stem.ptr, stem.len + 1});
    uint32_t marks = id == NERX_NONE ? 0 : lexicon_marks(l, id) & (MARK_ABBREVIATION | MARK_BEFORE_NUMBER);
    if (s) s->stop = (uint16_t)(marks | SPELLING_STOP_ASKED);
    return marks;
}
