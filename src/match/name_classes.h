/* Inside match/: the classes and keys of the words of names, as remembered by kind. */
#ifndef MATCH_NAME_CLASSES_H
#define MATCH_NAME_CLASSES_H

#include "match/names.h"
#include "model/stage_memory.h"

/* The name_classes of a token's readings, as bits; `loose`: also of those it has in lower case. */
uint32_t name_classes_at(const names *n, uint32_t i, uint8_t language, bool loose);

static inline bool name_is_in(uint32_t classes, name_class class) {
    return classes >> class & 1;
}

/* Readings of the word as it stands and in lower case; there must be room for twice MODEL_MAX_READINGS. */
uint32_t name_readings_in_any_case(const names *n, const token *t, uint8_t language, reading *out);

name_word name_word_work_out(const names *n, uint32_t i);

/* What is remembered of it. */
static inline name_word name_word_of(uint64_t known) {
    return (name_word){(uint32_t)(known >> 32), (uint32_t)known};
}

/* The key of token i. */
static inline name_word name_word_at(const names *n, uint32_t i) {
    const stage_memory *m = n->d->memory;
    uint32_t kind = n->d->tokens.items[i].kind;
    uint64_t known = m && kind < m->keys.count ? m->keys.items[kind] : 0;
    return known ? name_word_of(known) : name_word_work_out(n, i);
}

#endif
