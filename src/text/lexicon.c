/* Words and their ids. */
#include "text/lexicon.h"

#include "base/hash.h"
#include "text/chars.h"

enum { SEEN_BITS = 12, MOST_NEW_WORDS = 1 << 16, MOST_KINDS = 1 << 17, MOST_NEW_BYTES = 16 << 20 };

void lexicon_open(lexicon *l, arena *a, const vocab *layers, uint32_t layer_count) {
    *l = (lexicon){.arena = a, .layers = layers, .layer_count = layer_count};
    for (uint32_t i = 0; i < layer_count; i++)
        l->known = layers[i].first + layers[i].count;
}

void lexicon_forget(lexicon *l) {
    lexicon fresh = {.arena = l->arena,
                     .layers = l->layers,
                     .layer_count = l->layer_count,
                     .known = l->known,
                     .document = 1,
                     .generation = l->generation + 1};
    arena_reset(l->arena);
    *l = fresh;
}

bool lexicon_begin(lexicon *l) {
    l->document++;
    if (l->words.count > MOST_NEW_WORDS || l->kinds.count > MOST_KINDS || l->arena->total > MOST_NEW_BYTES)
        lexicon_forget(l);
    if (!l->seen) l->seen = arena_array(l->arena, seen_word, (size_t)2 << SEEN_BITS);
    return l->seen;
}

static uint32_t find_known(const lexicon *l, str key, uint64_t hash) {
    for (uint32_t i = 0; i < l->layer_count; i++) {
        uint32_t id = vocab_find(&l->layers[i], key, hash);
        if (id != NERX_NONE) return id;
    }
    return NERX_NONE;
}

/* The slot of `key` among the new words: its own, or the free one it would get. */
static uint32_t new_slot(const lexicon *l, str key, uint64_t hash) {
    uint32_t mask = l->slot_count - 1, i = (uint32_t)(hash >> 7) & mask;
    while (l->slots[i] && !str_equal(l->words.items[l->slots[i] - 1 - l->known].text, key))
        i = (i + 1) & mask;
    return i;
}

uint32_t lexicon_find_known(const lexicon *l, str key) {
    return find_known(l, key, vocab_hash(key));
}

uint32_t lexicon_find(const lexicon *l, str key) {
    uint64_t hash = vocab_hash(key);
    uint32_t id = find_known(l, key, hash);
    if (id != NERX_NONE || l->slot_count == 0) return id;
    uint32_t slot = l->slots[new_slot(l, key, hash)];
    return slot && l->words.items[slot - 1 - l->known].document == l->document ? slot - 1 : NERX_NONE;
}

static bool grow_slots(lexicon *l) {
    uint32_t old_count = l->slot_count, *old = l->slots;
    l->slot_count = old_count ? old_count * 2 : 1024;
    l->slots = arena_array(l->arena, uint32_t, l->slot_count);
    if (!l->slots) {
        l->slots = old;
        l->slot_count = old_count;
        return false;
    }
    arena_drop(l->arena, old);
    for (uint32_t i = 0; i < l->words.count; i++) {
        str key = l->words.items[i].text;
        l->slots[new_slot(l, key, vocab_hash(key))] = l->known + i + 1;
    }
    return true;
}

static uint32_t add(lexicon *l, str key, uint64_t hash) {
    if (l->words.count * 2 >= l->slot_count && !grow_slots(l)) return NERX_NONE;
    uint32_t id = l->known + l->words.count;
    new_word w = {.text = arena_str(l->arena, key), .fold = id, .shape = chars_shape(key), .document = l->document};
    if (!w.text.ptr || !vec_push(l->arena, &l->words, w)) return NERX_NONE;
    l->slots[new_slot(l, key, hash)] = id + 1;
    str folded = chars_fold(l->arena, w.text);
    if (!folded.ptr) return NERX_NONE;
    if (folded.ptr == w.text.ptr || str_equal(folded, w.text)) return id;
    uint32_t fold = lexicon_intern(l, folded); /* a fold folds to itself: at most one level deep */
    if (fold == NERX_NONE) return NERX_NONE;
    l->words.items[id - l->known].fold = fold;
    return id;
}

/* The word stands in this document. */
static void stamp(lexicon *l, uint32_t id) {
    if (id >= l->known) l->words.items[id - l->known].document = l->document;
}

uint32_t lexicon_intern(lexicon *l, str key) {
    uint64_t hash = vocab_hash(key);
    uint32_t id = find_known(l, key, hash);
    if (id != NERX_NONE) return id;
    uint32_t slot = l->slot_count ? l->slots[new_slot(l, key, hash)] : 0;
    if (!slot) return add(l, key, hash);
    stamp(l, slot - 1);
    stamp(l, l->words.items[slot - 1 - l->known].fold);
    return slot - 1;
}

/* The first 16 bytes of a spelling of at most so many. */
static seen_word spell(str spelling, const char *end) {
    static const uint64_t masks[] = {
        0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff, 0xffffffffffffffff};
    seen_word w = {.length = (uint32_t)spelling.len};
    if (end - spelling.ptr < (ptrdiff_t)sizeof w.bytes || !LITTLE_ENDIAN_MACHINE) {
        memcpy(w.bytes, spelling.ptr, spelling.len);
        return w;
    }
    memcpy(w.bytes, spelling.ptr, sizeof w.bytes);
    w.bytes[0] &= masks[spelling.len < 8 ? spelling.len : 8];
    w.bytes[1] &= masks[spelling.len < 8 ? 0 : spelling.len - 8];
    return w;
}

static seen_word *seen_set(const lexicon *l, const seen_word *w) {
    uint64_t hash = (w->bytes[0] ^ (w->bytes[1] << 7 | w->bytes[1] >> 57)) * 0x9e3779b97f4a7c15U;
    return &l->seen[(hash >> (64 - SEEN_BITS)) * 2];
}

static bool spelt_alike(const seen_word *a, const seen_word *b) {
    return a->bytes[0] == b->bytes[0] && a->bytes[1] == b->bytes[1] && a->length == b->length;
}

/* A word as it is: through its key. */
static seen_word look_at(lexicon *l, str spelling) {
    arena_mark before = arena_stand(l->arena);
    uint32_t count = l->words.count;
    str key = chars_key(l->arena, spelling);
    seen_word w = {.id = key.ptr ? lexicon_intern(l, key) : NERX_NONE, .length = (uint32_t)spelling.len};
    if (w.id == NERX_NONE) return w;
    w.fold = lexicon_fold(l, w.id);
    w.shape = lexicon_shape(l, w.id);
    if (w.fold == NERX_NONE) w.id = NERX_NONE;
    if (l->words.count == count) arena_return(l->arena, before); /* its key and fold were known */
    return w;
}

seen_word lexicon_meet(lexicon *l, str spelling, const char *end) {
    if (spelling.len > sizeof l->seen->bytes || !l->seen) return look_at(l, spelling);
    seen_word w = spell(spelling, end), *set = seen_set(l, &w);
    for (int i = 0; i < 2; i++) {
        if (!spelt_alike(&set[i], &w)) continue;
        stamp(l, set[i].id);
        stamp(l, set[i].fold);
        return set[i];
    }
    seen_word found = look_at(l, spelling);
    if (found.id == NERX_NONE) return found;
    memcpy(found.bytes, w.bytes, sizeof w.bytes);
    set[1] = set[0];
    set[0] = found;
    return found;
}

static uint32_t kind_slot(const lexicon *l, const word_kind *k) {
    uint64_t hash = ((uint64_t)k->form << 32 | (k->look ^ k->place << 24)) * 0x9e3779b97f4a7c15U;
    uint32_t mask = l->kind_slot_count - 1, at = (uint32_t)(hash >> 32) & mask;
    for (; l->kind_slots[at]; at = (at + 1) & mask) {
        const word_kind *have = &l->kinds.items[l->kind_slots[at] - 1];
        if (have->form == k->form && have->look == k->look && have->place == k->place) break;
    }
    return at;
}

static bool grow_kinds(lexicon *l) {
    uint32_t count = l->kind_slot_count ? l->kind_slot_count * 2 : 2048;
    uint32_t *slots = arena_array(l->arena, uint32_t, count);
    if (!slots) return false;
    arena_drop(l->arena, l->kind_slots);
    l->kind_slots = slots;
    l->kind_slot_count = count;
    for (uint32_t i = 0; i < l->kinds.count; i++)
        l->kind_slots[kind_slot(l, &l->kinds.items[i])] = i + 1;
    return true;
}

uint32_t lexicon_kind(lexicon *l, word_kind k) {
    if (l->kinds.count * 2 >= l->kind_slot_count && !grow_kinds(l)) return NERX_NONE;
    uint32_t slot = kind_slot(l, &k);
    if (l->kind_slots[slot]) return l->kind_slots[slot] - 1;
    if (!vec_push(l->arena, &l->kinds, k)) return NERX_NONE;
    l->kind_slots[slot] = l->kinds.count;
    return l->kinds.count - 1;
}

str lexicon_text(const lexicon *l, uint32_t id) {
    const vocab *v = lexicon_layer(l, id);
    return v ? vocab_text(v, id) : l->words.items[id - l->known].text;
}

uint32_t lexicon_shape(const lexicon *l, uint32_t id) {
    const traits *t = lexicon_traits(l, id);
    return t ? t->shape : l->words.items[id - l->known].shape;
}

uint32_t lexicon_fold(lexicon *l, uint32_t id) {
    const traits *t = lexicon_traits(l, id);
    if (!t) return l->words.items[id - l->known].fold;
    if (t->fold != FOLD_ELSEWHERE) return id - t->fold;
    str folded = chars_fold(l->arena, lexicon_text(l, id));
    return folded.ptr ? lexicon_intern(l, folded) : NERX_NONE;
}

uint32_t lexicon_folded(const lexicon *l, uint32_t id) {
    const traits *t = lexicon_traits(l, id);
    if (!t) return l->words.items[id - l->known].fold;
    return t->fold == FOLD_ELSEWHERE ? id : id - t->fold;
}

str lexicon_fold_text(const lexicon *l, arena *a, uint32_t id) {
    return chars_fold(a, lexicon_text(l, id));
}

uint32_t lexicon_spelling(const lexicon *l, str folded) {
    uint64_t hash = vocab_hash(folded);
    for (uint32_t i = 0; i < l->layer_count; i++) {
        uint32_t id = vocab_spelling(&l->layers[i], folded, hash);
        if (id != NERX_NONE) return id;
    }
    return NERX_NONE;
}

uint32_t lexicon_variant(const lexicon *l, uint32_t fold) {
    const vocab *v = lexicon_layer(l, fold);
    return v ? vocab_variant(v, fold) : lexicon_spelling(l, lexicon_text(l, fold));
}

bool lexicon_lists(const lexicon *l, uint32_t id) {
    return id < l->known || lexicon_spelling(l, lexicon_text(l, id)) != NERX_NONE;
}
