/* Endings and compounds. */
#include "match/unknown.h"

#include <string.h>

enum { LONGEST_ENDING = 12, LONGEST_WORD = 64, SHORTEST_PART = 3, SHORTEST_TAIL = 4, LONGEST_LINK = 2 /* bytes */ };

static bool starts_letter(str key, size_t at) {
    return ((unsigned char)key.ptr[at] & 0xc0) != 0x80;
}

/* The hash of a key that is hardly known; what tells so is called from memory, so that the calls of several overlap. */
static uint64_t expect(const lexicon *l, str key) {
    uint64_t hash = vocab_hash(key);
    lexicon_expect(l, key, hash, VOCAB_FILTER);
    return hash;
}

static uint32_t find_ending(const lexicon *l, str key) {
    char ending[LONGEST_ENDING + 1] = "-";
    uint64_t hashes[LONGEST_ENDING + 1];
    size_t longest = key.len - 1 < LONGEST_ENDING ? key.len - 1 : LONGEST_ENDING;
    for (size_t length = 2; key.len && length <= longest; length++) {
        memcpy(ending + 1, key.ptr + key.len - length, length);
        hashes[length] = expect(l, (str){ending, length + 1});
    }
    for (size_t length = longest; key.len && length >= 2; length--) {
        if (!starts_letter(key, key.len - length) || !lexicon_may_know(l, hashes[length])) continue;
        memcpy(ending + 1, key.ptr + key.len - length, length);
        uint32_t id = lexicon_find_known(l, (str){ending, length + 1});
        if (id != NERX_NONE) return id;
    }
    return NERX_NONE;
}

/* Is it an ordinary word of the language? No part of "Hidetaka" is an English word in German text. */
static bool is_word(const model *m, const lexicon *l, uint32_t id, uint8_t language) {
    if (id == NERX_NONE || !(lexicon_traits(l, id)->marks & MARK_ORDINARY)) return false;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(m, l, id, id, language, readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count; i++) {
        if (model_entry(m, readings[i].entry)->flags & ENTRY_ORDINARY) return true;
    }
    return false;
}

/* An ordinary word in lower case, or the usual spelling of it; `hash` is the key's. */
static bool is_ordinary(const model *m, const lexicon *l, str key, uint64_t hash, uint8_t language) {
    if (!lexicon_may_know(l, hash)) return false;
    uint32_t id = lexicon_find_known(l, key);
    if (is_word(m, l, id, language)) return true;
    return is_word(m, l, id == NERX_NONE ? lexicon_spelling(l, key) : lexicon_variant(l, id), language);
}

static bool links(const model *m, const lexicon *l, str key, uint8_t language, uint32_t linking) {
    reading readings[MODEL_MAX_READINGS];
    uint32_t id = lexicon_find_known(l, key);
    if (id == NERX_NONE) return false;
    uint32_t count = model_readings(m, l, id, id, language, readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count; i++) {
        if (model_entry(m, readings[i].entry)->class == linking) return true;
    }
    return false;
}

static bool is_head(const model *m, const lexicon *l, str key, uint8_t language, uint32_t linking) {
    if (is_ordinary(m, l, key, vocab_hash(key), language)) return true;
    for (size_t cut = 1; cut <= LONGEST_LINK && key.len >= cut + SHORTEST_PART; cut++) {
        str stem = str_slice(key, 0, key.len - cut);
        if (links(m, l, str_slice(key, key.len - cut, key.len), language, linking) &&
            is_ordinary(m, l, stem, vocab_hash(stem), language))
            return true;
    }
    return false;
}

static bool is_compound(const model *m, const lexicon *l, str key, uint8_t language, uint32_t linking) {
    if (linking == NERX_NONE || key.len < SHORTEST_PART + SHORTEST_TAIL || key.len > LONGEST_WORD) return false;
    uint64_t hashes[LONGEST_WORD];
    for (size_t at = SHORTEST_PART; at + SHORTEST_TAIL <= key.len; at++)
        hashes[at] = expect(l, str_slice(key, at, key.len));
    for (size_t at = SHORTEST_PART; at + SHORTEST_TAIL <= key.len; at++) {
        str tail = str_slice(key, at, key.len);
        if (!starts_letter(key, at) || !is_ordinary(m, l, tail, hashes[at], language)) continue;
        if (is_head(m, l, str_slice(key, 0, at), language, linking)) return true;
    }
    return false;
}

/* Where what is found in a new word is remembered, or NULL. */
static unknown_parts *parts_of(const lexicon *l, uint32_t id) {
    return id < l->known ? NULL : &l->words.items[id - l->known].parts;
}

uint32_t unknown_ending(const lexicon *l, uint32_t id) {
    unknown_parts *p = parts_of(l, id);
    if (p && p->ending_asked) return p->ending;
    uint32_t ending = find_ending(l, lexicon_text(l, id));
    if (p) p->ending = ending;
    if (p) p->ending_asked = true;
    return ending;
}

bool unknown_is_compound(const model *m, const lexicon *l, uint32_t fold, uint8_t language, uint32_t linking) {
    unknown_parts *p = language < 32 ? parts_of(l, fold) : NULL;
    uint32_t bit = language < 32 ? 1U << language : 0;
    if (p && p->compound_asked & bit) return p->compound & bit;
    bool compound = is_compound(m, l, lexicon_text(l, fold), language, linking);
    if (p) p->compound_asked |= bit;
    if (p && compound) p->compound |= bit;
    return compound;
}
