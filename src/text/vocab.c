/* Words and their ids. */
#include "text/vocab.h"

#include "base/hash.h"
#include "text/chars.h"

void lexicon_open(lexicon *l, arena *a, const vocab *layers, uint32_t layer_count) {
    *l = (lexicon){.arena = a, .layers = layers, .layer_count = layer_count};
    for (uint32_t i = 0; i < layer_count; i++)
        l->known = layers[i].first + layers[i].count;
}

const extra *vocab_extra(const vocab *v, uint32_t id) {
    uint32_t low = 0, high = v->extra_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (v->extras[middle].word < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < v->extra_count && v->extras[low].word == id ? &v->extras[low] : NULL;
}

static uint32_t find_in(const vocab *v, str key, uint64_t hash) {
    if (v->slot_count == 0) return NERX_NONE;
    for (uint32_t i = (uint32_t)hash & (v->slot_count - 1); v->slots[i]; i = (i + 1) & (v->slot_count - 1)) {
        const word *w = &v->words[v->slots[i] - 1 - v->first];
        if (w->length == key.len && memcmp(v->text + w->text, key.ptr, key.len) == 0) return v->slots[i] - 1;
    }
    return NERX_NONE;
}

static uint32_t find_known(const lexicon *l, str key, uint64_t hash) {
    if (key.len > WORD_MAX_LENGTH) return NERX_NONE;
    for (uint32_t i = 0; i < l->layer_count; i++) {
        uint32_t id = find_in(&l->layers[i], key, hash);
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

uint32_t lexicon_find(const lexicon *l, str key) {
    uint64_t hash = hash_str(key);
    uint32_t id = find_known(l, key, hash);
    if (id != NERX_NONE || l->slot_count == 0) return id;
    uint32_t slot = l->slots[new_slot(l, key, hash)];
    return slot ? slot - 1 : NERX_NONE;
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
    for (uint32_t i = 0; i < l->words.count; i++) {
        str key = l->words.items[i].text;
        l->slots[new_slot(l, key, hash_str(key))] = l->known + i + 1;
    }
    return true;
}

static uint32_t add(lexicon *l, str key, uint64_t hash) {
    if (l->words.count * 2 >= l->slot_count && !grow_slots(l)) return NERX_NONE;
    uint32_t id = l->known + l->words.count;
    new_word w = {.text = key, .fold = id, .shape = chars_shape(key)};
    if (!vec_push(l->arena, &l->words, w)) return NERX_NONE;
    l->slots[new_slot(l, key, hash)] = id + 1;
    str folded = chars_fold(l->arena, key);
    if (!folded.ptr) return NERX_NONE;
    if (folded.ptr == key.ptr || str_equal(folded, key)) return id;
    uint32_t fold = lexicon_intern(l, folded); /* a fold folds to itself: at most one level deep */
    if (fold == NERX_NONE) return NERX_NONE;
    l->words.items[id - l->known].fold = fold;
    return id;
}

uint32_t lexicon_intern(lexicon *l, str key) {
    uint64_t hash = hash_str(key);
    uint32_t id = find_known(l, key, hash);
    if (id != NERX_NONE) return id;
    if (l->slot_count) {
        uint32_t slot = l->slots[new_slot(l, key, hash)];
        if (slot) return slot - 1;
    }
    return add(l, key, hash);
}

str lexicon_text(const lexicon *l, uint32_t id) {
    for (uint32_t i = 0; i < l->layer_count; i++) {
        const vocab *v = &l->layers[i];
        if (id - v->first >= v->count) continue;
        const word *w = &v->words[id - v->first];
        return (str){v->text + w->text, w->length};
    }
    return l->words.items[id - l->known].text;
}

uint32_t lexicon_fold(const lexicon *l, uint32_t id) {
    const word *w = lexicon_known(l, id);
    return w ? w->fold : l->words.items[id - l->known].fold;
}

uint32_t lexicon_shape(const lexicon *l, uint32_t id) {
    const word *w = lexicon_known(l, id);
    return w ? w->shape : l->words.items[id - l->known].shape;
}
