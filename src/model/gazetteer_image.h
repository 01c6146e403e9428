/* How gazetteers lie in the image, beside the structs of model.h and vocab.h.
 *
 *     word, phrase_node, extra ──> packed readings ──> line ──> lemma
 *                                        └─> features   └─> entry, shared
 *
 * A packed reading is the number of a line in the layer and that of a set of features. Where a word has one reading
 * only, that itself stands in place of the reference. */
#ifndef MODEL_GAZETTEER_IMAGE_H
#define MODEL_GAZETTEER_IMAGE_H

#include "base/hash.h"
#include "model/model.h"

enum { PACKED_FEATURE_BITS = 10, PACKED_LINE_BITS = 32 - PACKED_FEATURE_BITS };

static inline uint32_t packed_line(uint32_t packed) {
    return packed >> PACKED_FEATURE_BITS;
}

static inline uint32_t packed_features(uint32_t packed) {
    return packed & ((1U << PACKED_FEATURE_BITS) - 1);
}

/* Numbers below 1 << 24 in three bytes, the lowest first; all ones are NERX_NONE. */
typedef struct short_number {
    uint8_t bytes[3];
} short_number;

enum { SHORT_NONE = (1 << 24) - 1 };

static inline uint32_t short_value(short_number n) {
    uint32_t value = n.bytes[0] | (uint32_t)n.bytes[1] << 8 | (uint32_t)n.bytes[2] << 16;
    return value == SHORT_NONE ? NERX_NONE : value;
}

static inline short_number short_of(uint32_t value) {
    return (short_number){{(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16)}};
}

/* A line of a list. */
typedef struct list_line {
    short_number lemma; /* word id, or NERX_NONE */
    short_number entry; /* index in the layer */
} list_line;

/* By what lines with an id are sorted, that id second. */
static inline uint32_t id_hash(str id) {
    return (uint32_t)(hash_str(id) >> 32);
}

/* Node of the phrase trie. */
typedef struct phrase_node {
    uint32_t parent, word;
    uint32_t readings, count; /* as in `word` */
} phrase_node;

enum { PHRASE_ROOTS = 2 /* nodes 0 and 1: for forms, for folded words */ };

/* The phrase slots are an open-addressing table, 0 where free, probed from here. A slot has the node plus one, and
 * above that a byte of the hash, so that few nodes are looked at in vain. */
static inline uint32_t phrase_slot_of(uint64_t hash, uint32_t slot_count) {
    return (uint32_t)((hash >> 32) * slot_count >> 32);
}

enum { SLOT_NODE_BITS = 24, SLOT_NODE_MASK = (1 << SLOT_NODE_BITS) - 1 };

static inline uint32_t phrase_slot(uint64_t hash, uint32_t node) {
    return (uint32_t)hash << SLOT_NODE_BITS | (node + 1);
}

/* Classes, types and languages: the name and, of a class, its flags. */
typedef struct named {
    uint32_t name, flags;
} named;

enum { CLASS_ORDINARY = 1 };

#endif
