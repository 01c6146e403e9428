/* The model: opening, closing, and looking things up in its layers. */
#include "model/layer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/hash.h"
#include "model/default_image.h"

static nerx_model *new_model(nerx_error *error) {
    nerx_model *m = calloc(1, sizeof *m);
    if (!m) error_memory(error);
    return m;
}

static nerx_model *open_bytes(const void *bytes, size_t length, bool trusted, const char *path, nerx_error *error) {
    nerx_model *m = new_model(error);
    if (m && layer_push(m, bytes, length, trusted, path, error)) return m;
    free(m);
    return NULL;
}

nerx_model *nerx_model_default(nerx_error *error) {
    size_t length = (size_t)(nerx_default_image_end - nerx_default_image);
    return open_bytes(nerx_default_image, length, true, "built-in model", error);
}

nerx_model *nerx_model_from_memory(const void *bytes, size_t length, nerx_error *error) {
    return open_bytes(bytes, length, false, "model in memory", error);
}

nerx_model *nerx_model_open(const char *path, nerx_error *error) {
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &status) != 0 || S_ISDIR(status.st_mode)) {
        error_at(error, NERX_ERROR_IO, path, 0, 0, STR(""), "%s", fd < 0 ? strerror(errno) : "is a directory");
        if (fd >= 0) close(fd);
        return NULL;
    }
    size_t length = (size_t)status.st_size;
    void *bytes = length ? mmap(NULL, length, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    close(fd);
    if (bytes == MAP_FAILED) {
        error_at(error, NERX_ERROR_IMAGE, path, 0, 0, STR(""), "not a usable model: it cannot be mapped");
        return NULL;
    }
    nerx_model *m = open_bytes(bytes, length, false, path, error);
    if (!m) {
        munmap(bytes, length);
        return NULL;
    }
    m->layers[0].mapped = bytes;
    return m;
}

void nerx_model_close(nerx_model *m) {
    if (!m) return;
    for (uint32_t i = 0; i < m->layer_count; i++) {
        free(m->layers[i].owned);
        if (m->layers[i].mapped) munmap(m->layers[i].mapped, m->layers[i].image.length);
    }
    free(m);
}

void nerx_free(void *memory) {
    free(memory);
}

/* The layer in which an id of some kind lies: the last whose first is not above it. */
#define LAYER_OF(m, id, field)                                                                                         \
    uint32_t k = (m)->layer_count - 1;                                                                                 \
    while (k && (id) < (m)->layers[k].field)                                                                           \
        k--;                                                                                                           \
    const layer *l = &(m)->layers[k]

reading model_reading(const reading_list *l, uint32_t index) {
    uint32_t packed = l->count == 1 ? l->single : l->items[index];
    return (reading){l->layer->first_line + packed_line(packed), l->layer->features[packed_features(packed)]};
}

static reading_list list_of(const layer *l, uint32_t readings, uint32_t count) {
    return (reading_list){l, count > 1 ? l->readings + readings : NULL, readings, count};
}

const entry *model_entry(const model *m, uint32_t index) {
    LAYER_OF(m, index, first_line);
    return &l->entries[short_value(l->lines[index - l->first_line].entry)];
}

uint32_t model_entry_lemma(const model *m, uint32_t index) {
    LAYER_OF(m, index, first_line);
    return short_value(l->lines[index - l->first_line].lemma);
}

str model_string(const model *m, uint32_t entry_index, uint32_t offset) {
    LAYER_OF(m, entry_index, first_line);
    return str_of(l->strings + offset);
}

static str word_text(const model *m, uint32_t id) {
    uint32_t k = m->layer_count - 1;
    while (k && id < m->vocabs[k].first)
        k--;
    return vocab_text(&m->vocabs[k], id);
}

str model_entry_name(const model *m, uint32_t index) {
    const entry *e = model_entry(m, index);
    return e->name ? model_string(m, index, e->name) : word_text(m, model_entry_lemma(m, index));
}

str model_entry_id(const model *m, uint32_t index) {
    return model_string(m, index, model_entry(m, index)->id);
}

str model_entry_attribute(const model *m, uint32_t index, str key) {
    str rest = model_string(m, index, model_entry(m, index)->attributes);
    while (rest.len) {
        str value = str_cut(&rest, ';');
        if (str_equal(str_cut(&value, '='), key)) return value.ptr ? value : STR("");
        if (!rest.ptr) break;
    }
    return (str){NULL, 0};
}

bool model_reading_ambiguous(const model *m, reading r) {
    return r.features & (FEATURE_AMBIGUOUS | FEATURE_ALIAS) || model_entry(m, r.entry)->flags & ENTRY_WEAK;
}

/* Where among the entries from `low` to `high` a hash lies that is one of theirs, if hashes are spread evenly. */
static uint32_t likely_place(uint32_t low, uint32_t high, uint32_t hash, uint32_t least, uint32_t most) {
    if (hash <= least || most <= least) return low;
    uint64_t away = (uint64_t)(hash - least) * (high - low) / ((uint64_t)(most - least) + 1);
    return away < high - low ? low + (uint32_t)away : high - 1;
}

/* Where the lines of an id begin among those of the layer that have one, sorted by its hash: by interpolation (Peterson
 * 1957), as each look costs several misses; where that does not end soon, by halves. */
static uint32_t first_of_id(const model *m, const layer *l, str id) {
    enum { MOST_GUESSES = 8 };
    uint32_t low = 0, high = l->same_id_count, least = 0, most = UINT32_MAX, hash = id_hash(id);
    for (int guesses = 0; low < high; guesses++) {
        uint32_t middle = guesses < MOST_GUESSES ? likely_place(low, high, hash, least, most) : low + (high - low) / 2;
        str at = model_entry_id(m, l->same_id[middle]);
        uint32_t there = id_hash(at);
        if (there < hash || (there == hash && str_compare(at, id) < 0)) {
            low = middle + 1;
            least = there;
        } else {
            high = middle;
            most = there;
        }
    }
    return low;
}

uint32_t model_entry_in(const model *m, uint32_t index, uint8_t language) {
    const entry *own = model_entry(m, index);
    LAYER_OF(m, index, first_line);
    if (own->language == language || !(own->flags & ENTRY_SHARED)) return index;
    for (uint32_t i = first_of_id(m, l, str_of(l->strings + own->id)); i < l->same_id_count; i++) {
        const entry *other = model_entry(m, l->same_id[i]);
        if (other->id != own->id) break;
        if (other->language == language) return l->same_id[i];
    }
    return index;
}

str model_entry_name_in(const model *m, uint32_t index, uint8_t language) {
    return model_entry_name(m, model_entry_in(m, index, language));
}

uint32_t model_entry_of_id(const model *m, str id) {
    for (uint32_t i = 0; i < m->layer_count; i++) {
        const layer *l = &m->layers[i];
        uint32_t at = first_of_id(m, l, id);
        if (at < l->same_id_count && str_equal(model_entry_id(m, l->same_id[at]), id)) return l->same_id[at];
    }
    return NERX_NONE;
}

typedef struct collector {
    const model *m;
    reading *out;
    uint32_t count, limit;
    uint8_t language;
    bool fold_only;
} collector;

static void collect(collector *c, const reading_list *from) {
    const layer *l = from->layer;
    for (uint32_t i = 0; i < from->count && c->count < c->limit; i++) {
        uint32_t packed = from->count == 1 ? from->single : from->items[i], line = packed_line(packed);
        uint32_t features = l->features[packed_features(packed)];
        if (c->fold_only && !(features & FEATURE_FOLD)) continue;
        const entry *e = &l->entries[short_value(l->lines[line].entry)];
        if (!e->type && e->language != LANGUAGE_NONE && e->language != c->language) continue;
        c->out[c->count++] = (reading){l->first_line + line, features};
    }
}

reading_list model_word_readings(const model *m, uint32_t id) {
    for (uint32_t i = 0; i < m->layer_count; i++) {
        const vocab *v = &m->vocabs[i];
        if (id - v->first >= v->count) continue;
        return list_of(&m->layers[i], v->words[id - v->first].readings, vocab_traits(v, id)->reading_count);
    }
    return (reading_list){0};
}

/* Those of the layer that knows the word, then those that added layers hang on it. */
static void collect_word(collector *c, uint32_t id) {
    for (uint32_t i = 0; i < c->m->layer_count; i++) {
        const vocab *v = &c->m->vocabs[i];
        if (id - v->first >= v->count) continue;
        const traits *t = vocab_traits(v, id);
        reading_list own = list_of(&c->m->layers[i], v->words[id - v->first].readings, t->reading_count);
        if (!c->fold_only || t->marks & MARK_FOLD_READING) collect(c, &own);
        break;
    }
    for (uint32_t i = 1; i < c->m->layer_count; i++) {
        const extra *e = vocab_extra(&c->m->vocabs[i], id);
        if (!e) continue;
        reading_list added = list_of(&c->m->layers[i], e->readings, e->count);
        collect(c, &added);
    }
}

uint32_t model_readings(const model *m, const lexicon *lex, uint32_t form, uint32_t fold, uint8_t language,
                        reading *out, uint32_t limit) {
    (void)lex;
    collector c = {.m = m, .out = out, .limit = limit, .language = language};
    collect_word(&c, form);
    if (fold == form) return c.count;
    c.fold_only = true;
    collect_word(&c, fold);
    return c.count;
}

void model_readings_expect(const model *m, uint32_t id, model_step step) {
    reading_list all = model_word_readings(m, id);
    if (!all.count) return;
    if (step == MODEL_LINES && all.count > 1) __builtin_prefetch(all.items);
    if (step == MODEL_LINES && all.count == 1) __builtin_prefetch(&all.layer->lines[packed_line(all.single)]);
    if (step == MODEL_ENTRIES) {
        const list_line *line = &all.layer->lines[packed_line(all.count == 1 ? all.single : all.items[0])];
        __builtin_prefetch(&all.layer->entries[short_value(line->entry)]);
    }
}

void model_phrase_expect(const model *m, uint32_t layer_index, uint32_t node, uint32_t id) {
    const layer *l = &m->layers[layer_index];
    if (l->slot_count) __builtin_prefetch(&l->slots[phrase_slot_of(hash_pair(node, id), l->slot_count)]);
}

uint32_t model_phrase_step(const model *m, uint32_t layer_index, uint32_t node, uint32_t id) {
    const layer *l = &m->layers[layer_index];
    if (!l->slot_count) return NERX_NONE;
    uint64_t hash = hash_pair(node, id);
    uint32_t at = phrase_slot_of(hash, l->slot_count), tag = (uint32_t)hash << SLOT_NODE_BITS;
    for (; l->slots[at]; at = at + 1 < l->slot_count ? at + 1 : 0) {
        if ((l->slots[at] ^ tag) > SLOT_NODE_MASK) continue;
        uint32_t found = (l->slots[at] & SLOT_NODE_MASK) - 1;
        if (l->nodes[found].parent == node && l->nodes[found].word == id) return found;
    }
    return NERX_NONE;
}

reading_list model_phrase_readings(const model *m, uint32_t layer_index, uint32_t node) {
    const layer *l = &m->layers[layer_index];
    return list_of(l, l->nodes[node].readings, l->nodes[node].count);
}

uint32_t model_layer_count(const model *m) {
    return m->layer_count;
}

const vocab *model_vocab(const model *m) {
    return m->vocabs;
}

static uint32_t named_find(const layer *l, const named *items, uint32_t count, str name) {
    char first = name.len ? name.ptr[0] : '\0';
    for (uint32_t i = 0; i < count; i++) {
        const char *own = l->strings + items[i].name;
        if (*own == first && strncmp(own, name.ptr, name.len) == 0 && own[name.len] == '\0') return i;
    }
    return NERX_NONE;
}

/* Classes, types and languages: names counted through the layers. */
#define NAMED_TABLE(what, items)                                                                                       \
    uint32_t model_##what##_count(const model *m) {                                                                    \
        const layer *top = &m->layers[m->layer_count - 1];                                                             \
        return top->first_##what + top->what##_count;                                                                  \
    }                                                                                                                  \
    str model_##what##_name(const model *m, uint32_t id) {                                                             \
        LAYER_OF(m, id, first_##what);                                                                                 \
        if (id - l->first_##what >= l->what##_count) return STR("");                                                   \
        return str_of(l->strings + l->items[id - l->first_##what].name);                                               \
    }                                                                                                                  \
    uint32_t model_##what##_find(const model *m, str name) {                                                           \
        for (uint32_t k = 0; k < m->layer_count; k++) {                                                                \
            const layer *l = &m->layers[k];                                                                            \
            uint32_t i = named_find(l, l->items, l->what##_count, name);                                               \
            if (i != NERX_NONE) return l->first_##what + i;                                                            \
        }                                                                                                              \
        return NERX_NONE;                                                                                              \
    }

NAMED_TABLE(class, classes)
NAMED_TABLE(type, types)
NAMED_TABLE(language, languages)

const frame_layer *model_frames(const model *m, uint32_t layer_index) {
    return &m->layers[layer_index].frames;
}
