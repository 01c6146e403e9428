/* How gazetteers lie in the image, beside the structs of model.h and vocab.h. */
#ifndef MODEL_GAZETTEER_IMAGE_H
#define MODEL_GAZETTEER_IMAGE_H

#include "model/model.h"

/* Node of the phrase trie: its readings in SECTION_READINGS, local index. */
typedef struct phrase_node {
    uint32_t first, count;
} phrase_node;

/* Open addressing over hash_pair(node, word): `child` plus one, 0 where free. */
typedef struct phrase_slot {
    uint32_t node, word, child;
} phrase_slot;

/* Classes, types and languages: the name and, of a class, its flags. */
typedef struct named {
    uint32_t name, flags;
} named;

enum { CLASS_ORDINARY = 1 };

#endif
