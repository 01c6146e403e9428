/* Inside match/: the classes of the words of names. */
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

#endif
