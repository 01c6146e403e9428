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
    l->features = image_items(i, SECTION_FEATURES, &l->feature_count);
    l->lines = image_items(i, SECTION_LINES, &l->line_count);
    l->entries = image_items(i, SECTION_ENTRIES, &l->entry_count);
    l->nodes = image_items(i, SECTION_PHRASE_NODES, &l->node_count);
    l->slots = image_items(i, SECTION_PHRASE_SLOTS, &l->slot_count);
    l->same_id = image_items(i, SECTION_SAME_ID, &l->same_id_count);
    l->classes = image_items(i, SECTION_CLASSES, &l->class_count);
    l->types = image_items(i, SECTION_TYPES, &l->type_count);
    l->languages = image_items(i, SECTION_LANGUAGES, &l->language_count);
    v->words = image_items(i, SECTION_WORDS, &v->count);
    v->text = image_items(i, SECTION_WORD_TEXT, text_count);
    v->traits = image_items(i, SECTION_WORD_TRAITS, &v->trait_count);
    v->filter = image_items(i, SECTION_WORD_FILTER, &v->filter_count);
    v->buckets = image_items(i, SECTION_WORD_BUCKETS, &v->bucket_count);
    v->bucket_count -= v->bucket_count != 0;
    v->far = image_items(i, SECTION_WORD_FAR, &v->far_count);
    v->extras = image_items(i, SECTION_EXTRA, &v->extra_count);
}

/* Each section's item size must be that of the struct it is read as. */
static bool sizes_fit(const image *i) {
    static const struct {
        section_id section;
        size_t size;
    } sizes[] = {{SECTION_STRINGS, 1},
                 {SECTION_READINGS, sizeof(uint32_t)},
                 {SECTION_FEATURES, sizeof(uint32_t)},
                 {SECTION_LINES, sizeof(list_line)},
                 {SECTION_ENTRIES, sizeof(entry)},
                 {SECTION_PHRASE_NODES, sizeof(phrase_node)},
                 {SECTION_PHRASE_SLOTS, sizeof(uint32_t)},
                 {SECTION_SAME_ID, sizeof(uint32_t)},
                 {SECTION_CLASSES, sizeof(named)},
                 {SECTION_TYPES, sizeof(named)},
                 {SECTION_LANGUAGES, sizeof(named)},
                 {SECTION_WORDS, sizeof(word)},
                 {SECTION_WORD_TEXT, 1},
                 {SECTION_WORD_TRAITS, sizeof(traits)},
                 {SECTION_WORD_FILTER, sizeof(uint64_t)},
                 {SECTION_WORD_BUCKETS, sizeof(uint32_t)},
                 {SECTION_WORD_FAR, sizeof(far_variant)},
                 {SECTION_EXTRA, sizeof(extra)}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        if (!image_item_size_is(i, sizes[k].section, sizes[k].size)) return false;
    }
    return true;
}

static bool range_inside(uint32_t first, uint32_t count, uint32_t size) {
    return first <= size && count <= size - first;
}

static bool packed_fits(const layer *l, uint32_t packed) {
    return packed_line(packed) < l->line_count && packed_features(packed) < l->feature_count;
}

/* One reading in place of the reference, or a range of them. */
static bool readings_fit(const layer *l, uint32_t readings, uint32_t count) {
    if (count == 1) return packed_fits(l, readings);
    return count == 0 || range_inside(readings, count, l->reading_count);
}

static bool buckets_fit(const vocab *v) {
    if (v->bucket_count == 0) return v->count == 0 && v->filter_count == 0;
    for (uint32_t i = 0; i < v->bucket_count; i++) {
        if (v->buckets[i] > v->buckets[i + 1]) return false;
    }
    return v->buckets[v->bucket_count] <= v->count;
}

static bool word_fits(const checker *c, uint32_t i) {
    const word *w = &c->v->words[i];
    if (w->traits >= c->v->trait_count || !range_inside(w->text, w->length, c->text_count)) return false;
    const traits *t = &c->v->traits[w->traits];
    if (t->fold != FOLD_ELSEWHERE && t->fold > i) return false;
    if (t->variant < VARIANT_ELSEWHERE && t->variant >= c->v->count - i) return false;
    return readings_fit(c->l, w->readings, t->reading_count);
}

static bool words_fit(const checker *c) {
    const vocab *v = c->v;
    for (uint32_t i = 0; i < v->count; i++) {
        if (!word_fits(c, i)) return false;
    }
    for (uint32_t i = 0; i < v->far_count; i++) {
        if (v->far[i].variant - v->first >= v->count) return false;
    }
    return buckets_fit(v);
}

static bool entries_fit(const checker *c) {
    const layer *l = c->l;
    uint32_t classes = l->first_class + l->class_count, types = l->first_type + l->type_count;
    uint32_t languages = l->first_language + l->language_count;
    for (uint32_t i = 0; i < l->entry_count; i++) {
        const entry *e = &l->entries[i];
        if (e->name >= l->string_count || e->id >= l->string_count || e->attributes >= l->string_count) return false;
        if (e->class >= classes || e->type > types) return false;
        if (e->language != LANGUAGE_NONE && e->language >= languages) return false;
    }
    return true;
}

/* A name is written, or it is the lemma, which then has to be a word. */
static bool lines_fit(const checker *c) {
    const layer *l = c->l;
    uint32_t words = c->v->first + c->v->count;
    for (uint32_t i = 0; i < l->line_count; i++) {
        const list_line *at = &l->lines[i];
        uint32_t lemma = short_value(at->lemma), index = short_value(at->entry);
        if (index >= l->entry_count || (lemma != NERX_NONE && lemma >= words)) return false;
        if (lemma == NERX_NONE && l->entries[index].name == 0) return false;
    }
    for (uint32_t i = 0; i < l->reading_count; i++) {
        if (!packed_fits(l, l->readings[i])) return false;
    }
    for (uint32_t i = 0; i < l->same_id_count; i++) {
        if (l->same_id[i] - l->first_line >= l->line_count) return false;
    }
    return true;
}

static bool phrases_fit(const checker *c) {
    const layer *l = c->l;
    if (l->node_count < PHRASE_ROOTS) return false;
    for (uint32_t i = 0; i < l->node_count; i++) {
        if (!readings_fit(l, l->nodes[i].readings, l->nodes[i].count)) return false;
    }
    uint32_t used = 0;
    for (uint32_t i = 0; i < l->slot_count; i++) {
        uint32_t node = l->slots[i] & SLOT_NODE_MASK;
        if (node > l->node_count || (l->slots[i] && !node)) return false;
        used += l->slots[i] != 0;
    }
    return used < l->slot_count;
}

static bool extras_fit(const checker *c) {
    for (uint32_t i = 0; i < c->v->extra_count; i++) {
        const extra *e = &c->v->extras[i];
        if ((i && e[-1].word >= e->word) || !readings_fit(c->l, e->readings, e->count)) return false;
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
           l->first_class + l->class_count < 256 && l->first_type + l->type_count < 255;
}

static bool fits(const model *m, const layer *l, const vocab *v, uint32_t text_count) {
    checker c = {m, l, v, text_count};
    return names_fit(l) && words_fit(&c) && entries_fit(&c) && lines_fit(&c) && phrases_fit(&c) && extras_fit(&c);
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
        l->first_line = below->first_line + below->line_count;
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
