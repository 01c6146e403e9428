/* The inside of a model: its layers, each a view of an image. */
#ifndef MODEL_LAYER_H
#define MODEL_LAYER_H

#include "model/frame.h"
#include "model/gazetteer_image.h"
#include "model/image.h"
#include "model/rule_image.h"
#include "model/rules.h"

typedef struct layer {
    image image;
    const char *strings;
    const uint32_t *readings, *features; /* packed; sets of them */
    const list_line *lines;
    const entry *entries;
    const phrase_node *nodes;
    const uint32_t *slots;
    const uint32_t *same_id;
    const named *classes, *types, *languages;
    uint32_t string_count, reading_count, feature_count, line_count, entry_count, node_count, slot_count, same_id_count,
        class_count, type_count, language_count;
    uint32_t first_line, first_class, first_type, first_language;
    rule_layer rules;
    frame_layer frames;
    void *owned;  /* malloc'ed image, or NULL */
    void *mapped; /* mmap'ed image, or NULL */
} layer;

struct nerx_model {
    layer layers[VOCAB_MAX_LAYERS];
    vocab vocabs[VOCAB_MAX_LAYERS];
    uint32_t layer_count;
};

/* Puts an image on top of a model. Unless trusted, every index in it is checked. */
bool layer_push(model *m, const void *bytes, size_t length, bool trusted, const char *path, nerx_error *error);

#endif
