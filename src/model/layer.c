/* Opening the gazetteer sections of an image, with everything in them checked. */
#include "model/layer.h"

#include "base/error.h"

typedef struct checker {
    const model *m;
    const layer *l;
    const vocab *v;
    uint32_t text_count;
} checker;

static void view(layer *l, vocab *v, const image *i, uint32_t *text_count) {
    l->strings = image_items(i, SECTION_STRINGS, &l->string_count);
    l->readings = image_items(i, SECTION_READINGS, &l->reading_count);
    l->entries = image_items(i, SECTION_ENTRIES, &l->entry_count);
    l->nodes = image_items(i, SECTION_PHRASE_NODES, &l->node_count);
    l->slots = image_items(i, SECTION_PHRASE_SLOTS, &l->slot_count);
    l->same_id = image_items(i, SECTION_SAME_ID, &l->same_id_count);
    l->classes = image_items(i, SECTION_CLASSES, &l->class_count);
    l->types = image_items(i, SECTION_TYPES, &l->type_count);
    l->languages = image_items(i, SECTION_LANGUAGES, &l->language_count);
    v->words = image_items(i, SECTION_WORDS, &v->count);
    v->text = image_items(i, SECTION_WORD_TEXT, text_count);
    v->slots = image_items(i, SECTION_WORD_SLOTS, &v->slot_count);
    v->extras = image_items(i, SECTION_EXTRA, &v->extra_count);
}

/* Each section's item size must be that of the struct it is read as. */
static bool sizes_fit(const image *i) {
    static const struct {
        section_id section;
        size_t size;
    } sizes[] = {{SECTION_STRINGS, 1},
                 {SECTION_READINGS, sizeof(reading)},
                 {SECTION_ENTRIES, sizeof(entry)},
                 {SECTION_PHRASE_NODES, sizeof(phrase_node)},
                 {SECTION_PHRASE_SLOTS, sizeof(phrase_slot)},
                 {SECTION_SAME_ID, sizeof(uint32_t)},
                 {SECTION_CLASSES, sizeof(named)},
                 {SECTION_TYPES, sizeof(named)},
                 {SECTION_LANGUAGES, sizeof(named)},
                 {SECTION_WORDS, sizeof(word)},
                 {SECTION_WORD_TEXT, 1},
                 {SECTION_WORD_SLOTS, sizeof(uint32_t)},
                 {SECTION_EXTRA, sizeof(extra)}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        if (!image_item_size_is(i, sizes[k].section, sizes[k].size)) return false;
    }
    return true;
}

static bool range_inside(uint32_t first, uint32_t count, uint32_t low, uint32_t size) {
    return first >= low && first - low <= size && count <= size - (first - low);
}

static bool words_fit(const checker *c) {
    const vocab *v = c->v;
    uint32_t end = v->first + v->count;
    for (uint32_t i = 0; i < v->count; i++) {
        const word *w = &v->words[i];
        if (!range_inside(w->text, w->length, 0, c->text_count)) return false;
        if (w->fold >= end || (w->variant != NERX_NONE && w->variant >= end)) return false;
        if (!range_inside(w->readings, w->reading_count, c->l->first_reading, c->l->reading_count)) return false;
    }
    if (v->slot_count & (v->slot_count - 1) || (v->count && v->slot_count <= v->count)) return false;
    uint32_t used = 0;
    for (uint32_t i = 0; i < v->slot_count; i++) {
        uint32_t slot = v->slots[i];
        if (slot && (slot - 1 < v->first || slot - 1 >= end)) return false;
        used += slot != 0;
    }
    return used < v->slot_count || v->slot_count == 0;
}

static bool entries_fit(const checker *c) {
    const layer *l = c->l;
    uint32_t classes = l->first_class + l->class_count, types = l->first_type + l->type_count;
    uint32_t languages = l->first_language + l->language_count, words = c->v->first + c->v->count;
    for (uint32_t i = 0; i < l->entry_count; i++) {
        const entry *e = &l->entries[i];
        if (e->name >= l->string_count || e->id >= l->string_count || e->attributes >= l->string_count) return false;
        if (e->class >= classes || e->type > types || (e->lemma != NERX_NONE && e->lemma >= words)) return false;
        if (e->language != LANGUAGE_NONE && e->language >= languages) return false;
    }
    for (uint32_t i = 0; i < l->reading_count; i++) {
        if (l->readings[i].entry >= l->first_entry + l->entry_count) return false;
    }
    for (uint32_t i = 0; i < l->same_id_count; i++) {
        if (l->same_id[i] - l->first_entry >= l->entry_count) return false;
    }
    return true;
}

static bool phrases_fit(const checker *c) {
    const layer *l = c->l;
    if (l->node_count < 2 || l->slot_count & (l->slot_count - 1)) return false;
    for (uint32_t i = 0; i < l->node_count; i++) {
        if (!range_inside(l->nodes[i].first, l->nodes[i].count, l->first_reading, l->reading_count)) return false;
    }
    uint32_t used = 0;
    for (uint32_t i = 0; i < l->slot_count; i++) {
        if (l->slots[i].child > l->node_count) return false;
        used += l->slots[i].child != 0;
    }
    return used < l->slot_count;
}

static bool extras_fit(const checker *c) {
    for (uint32_t i = 0; i < c->v->extra_count; i++) {
        const extra *e = &c->v->extras[i];
        if (i && e[-1].word >= e->word) return false;
        if (!range_inside(e->first, e->count, c->l->first_reading, c->l->reading_count)) return false;
    }
    return true;
}

static bool names_fit(const layer *l) {
    const struct {
        const named *items;
        uint32_t count;
    } tables[] = {{l->classes, l->class_count}, {l->types, l->type_count}, {l->languages, l->language_count}};
    for (size_t k = 0; k < 3; k++) {
        for (uint32_t i = 0; i < tables[k].count; i++) {
            if (tables[k].items[i].name >= l->string_count) return false;
        }
    }
    return l->string_count && l->strings[l->string_count - 1] == '\0' && l->first_language + l->language_count < 200 &&
           l->first_class + l->class_count < 256 && l->first_type + l->type_count < 60000;
}

static bool fits(const model *m, const layer *l, const vocab *v, uint32_t text_count) {
    checker c = {m, l, v, text_count};
    return names_fit(l) && words_fit(&c) && entries_fit(&c) && phrases_fit(&c) && extras_fit(&c);
}

bool layer_push(model *m, const void *bytes, size_t length, bool trusted, const char *path, nerx_error *error) {
    if (m->layer_count == VOCAB_MAX_LAYERS)
        return error_set(error, NERX_ERROR_LIMIT, "a model has at most %d layers", VOCAB_MAX_LAYERS);
    layer *l = &m->layers[m->layer_count];
    vocab *v = &m->vocabs[m->layer_count];
    *l = (layer){0};
    *v = (vocab){0};
    if (!image_open(&l->image, bytes, length, trusted, path, error)) return false;
    if (m->layer_count) {
        const layer *below = l - 1;
        l->first_reading = below->first_reading + below->reading_count;
        l->first_entry = below->first_entry + below->entry_count;
        l->first_class = below->first_class + below->class_count;
        l->first_type = below->first_type + below->type_count;
        l->first_language = below->first_language + below->language_count;
        v->first = v[-1].first + v[-1].count;
    }
    uint32_t text_count;
    if (!sizes_fit(&l->image))
        return error_at(error, NERX_ERROR_IMAGE, path, 0, 0, STR(""), "not a usable model: items of a wrong size");
    view(l, v, &l->image, &text_count);
    if (!trusted && !fits(m, l, v, text_count))
        return error_at(error, NERX_ERROR_IMAGE, path, 0, 0, STR(""), "not a usable model: an index lies outside");
    m->layer_count++;
    if (rules_open(&l->rules, &l->image, m, trusted, path, error) &&
        frames_open(&l->frames, &l->image, m, trusted, path, error))
        return true;
    m->layer_count--;
    return false;
}
