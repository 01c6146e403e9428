/* Words and their ids. */
#include "text/lexicon.h"

#include "base/hash.h"
#include "text/chars.h"

enum { MOST_NEW_WORDS = 1 << 16, MOST_KINDS = 1 << 17, MOST_NEW_BYTES = 16 << 20 };

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

void lexicon_begin(lexicon *l) {
    l->document++;
    if (l->words.count > MOST_NEW_WORDS || l->kinds.count > MOST_KINDS || l->arena->total > MOST_NEW_BYTES)
        lexicon_forget(l);
}

void lexicon_expect(const lexicon *l, str key, uint64_t hash, vocab_step step) {
    for (uint32_t i = 0; i < l->layer_count; i++)
        vocab_expect(&l->layers[i], key, hash, step);
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

bool lexicon_may_know(const lexicon *l, uint64_t hash) {
    for (uint32_t i = 0; i < l->layer_count; i++) {
        if (vocab_may_have(&l->layers[i], hash)) return true;
    }
    return false;
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

uint32_t lexicon_intern(lexicon *l, str key) {
    uint64_t hash = vocab_hash(key);
    uint32_t id = find_known(l, key, hash);
    if (id != NERX_NONE) return id;
    uint32_t slot = l->slot_count ? l->slots[new_slot(l, key, hash)] : 0;
    if (!slot) return add(l, key, hash);
    lexicon_stamp(l, slot - 1);
    lexicon_stamp(l, l->words.items[slot - 1 - l->known].fold);
    return slot - 1;
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
