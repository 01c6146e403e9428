/* From the lists as read to the sections of the image. */
#include "model/gazetteer.h"

#include <stdlib.h>

#include "base/hash.h"

typedef struct writer {
    build *b;
    word *words;
    VEC(char) text;
    VEC(reading) readings;
    VEC(extra) extras;
} writer;

static const entry *entry_of(const build *b, reading r) {
    if (r.entry < b->first_entry) return model_entry(b->base, r.entry);
    return &b->entries.items[r.entry - b->first_entry];
}

static bool class_is(const build *b, const entry *e, const char *name) {
    return str_is(build_class_name(b, e->class), name);
}

static long attribute_number(const build *b, const entry *e, const char *key, long otherwise) {
    str rest = str_of(b->strings.items + e->attributes);
    while (rest.ptr) {
        str value = str_cut(&rest, ';');
        if (str_is(str_cut(&value, '='), key) && value.ptr) return strtol(value.ptr, NULL, 10);
    }
    return otherwise;
}

static bool has_attribute(const build *b, const entry *e, const char *key) {
    str rest = str_of(b->strings.items + e->attributes);
    while (rest.ptr) {
        str value = str_cut(&rest, ';');
        if (str_is(str_cut(&value, '='), key)) return true;
    }
    return false;
}

/* What a word's readings say of it: marks, and the language it tells. */
static void mark_word(build *b, build_word *w) {
    uint32_t ordinary = 0;
    bool numbers = false;
    for (uint32_t i = w->head; i != NERX_NONE; i = b->readings.items[i].next) {
        const entry *e = entry_of(b, b->readings.items[i].reading);
        if (e->flags & ENTRY_ORDINARY) {
            w->marks |= MARK_ORDINARY;
            ordinary |= e->language < 31 ? 1U << e->language : 1U << 31;
        }
        if (e->type || class_is(b, e, "given") || class_is(b, e, "surname")) w->marks |= MARK_NAMED;
        if (class_is(b, e, "abbreviation")) w->marks |= MARK_ABBREVIATION;
        if (class_is(b, e, "abbreviation") && has_attribute(b, e, "before")) numbers = true;
        if (class_is(b, e, "month")) w->marks |= MARK_MONTH;
        if (class_is(b, e, "name-suffix")) w->marks |= MARK_SUFFIX;
        if (b->readings.items[i].reading.features & FEATURE_FOLD) w->marks |= MARK_FOLD_READING;
        if (class_is(b, e, "clitic")) {
            bool other = w->marks & MARK_CLITIC && w->language != e->language + 1;
            w->marks |= MARK_CLITIC;
            w->language = other ? 0 : (uint8_t)(e->language + 1);
            w->weight = 1;
        }
        if (class_is(b, e, "language-word")) {
            w->language = (uint8_t)(e->language + 1);
            w->weight = (uint8_t)attribute_number(b, e, "weight", 2);
        }
    }
    if (numbers) w->marks = (w->marks & ~(uint32_t)MARK_ABBREVIATION) | MARK_BEFORE_NUMBER;
    w->languages = ordinary;
}

/* An ordinary word of one language only tells it, weakly. */
static void tell_language(build_word *w) {
    if (w->language || !w->languages || w->languages & (w->languages - 1)) return;
    for (uint8_t i = 0; i < 31; i++) {
        if (w->languages == 1U << i) w->language = (uint8_t)(i + 1);
    }
    w->weight = 1;
}

static bool is_named(const build *b, const entry *e) {
    return e->type || class_is(b, e, "given") || class_is(b, e, "surname");
}

/* A name that is spelt like an ordinary word of any language needs a witness beside it. */
static void find_ambiguity(build *b, build_word *w) {
    if (!(w->marks & MARK_ORDINARY) || !(w->marks & MARK_NAMED)) return;
    for (uint32_t i = w->head; i != NERX_NONE; i = b->readings.items[i].next) {
        reading *r = &b->readings.items[i].reading;
        if (is_named(b, entry_of(b, *r))) r->features |= FEATURE_AMBIGUOUS;
    }
}

/* "Andreas" is a name of its own, not only the genitive of "Andrea": then no reading of the class says genitive. */
static void drop_doubtful_genitives(build *b, build_word *w) {
    for (uint32_t i = w->head; i != NERX_NONE; i = b->readings.items[i].next) {
        reading *r = &b->readings.items[i].reading;
        const entry *e = entry_of(b, *r);
        if (!(r->features & FEATURE_GEN) || e->type || !is_named(b, e)) continue;
        for (uint32_t k = w->head; k != NERX_NONE; k = b->readings.items[k].next) {
            const reading *other = &b->readings.items[k].reading;
            if (!(other->features & FEATURE_GEN) && entry_of(b, *other)->class == e->class)
                r->features &= ~(uint32_t)FEATURE_GEN;
        }
    }
}

/* Readings of one list, oldest first. */
static bool copy_readings(writer *out, uint32_t head, uint32_t *first, uint32_t *count) {
    build *b = out->b;
    *first = b->first_reading + out->readings.count;
    *count = 0;
    for (uint32_t i = head; i != NERX_NONE; i = b->readings.items[i].next)
        ++*count;
    if (!vec_reserve(b->arena, &out->readings, *count)) return false;
    uint32_t at = out->readings.count + *count;
    for (uint32_t i = head; i != NERX_NONE; i = b->readings.items[i].next)
        out->readings.items[--at] = b->readings.items[i].reading;
    out->readings.count += *count;
    return true;
}

static bool write_word(writer *out, uint32_t index) {
    build *b = out->b;
    build_word *from = &b->words.items[index];
    word *to = &out->words[index];
    uint32_t count;
    *to = (word){.text = out->text.count,
                 .fold = from->fold,
                 .variant = NERX_NONE,
                 .shape = from->shape,
                 .marks = (uint16_t)from->marks,
                 .length = (uint8_t)from->key.len,
                 .language = from->language,
                 .weight = from->weight};
    if (!copy_readings(out, from->head, &to->readings, &count)) return false;
    to->reading_count = (uint16_t)(count < UINT16_MAX ? count : UINT16_MAX);
    if (!vec_reserve(b->arena, &out->text, from->key.len)) return false;
    if (from->key.len) memcpy(out->text.items + out->text.count, from->key.ptr, from->key.len);
    out->text.count += (uint32_t)from->key.len;
    return true;
}

/* The cased spelling with the most readings stands for words in lines of capitals. */
static void write_variants(writer *out) {
    build *b = out->b;
    for (uint32_t i = 0; i < b->words.count; i++) {
        const word *w = &out->words[i];
        if (w->fold < b->first_word || w->fold == b->first_word + i || !w->reading_count) continue;
        word *fold = &out->words[w->fold - b->first_word];
        const word *best = fold->variant == NERX_NONE ? NULL : &out->words[fold->variant - b->first_word];
        if (w->shape & SHAPE_ALL_UPPER) continue;
        if (!best || w->reading_count > best->reading_count) fold->variant = b->first_word + i;
    }
}

static void part(build *b, section_id id, const void *items, size_t size, uint32_t count) {
    b->parts[id] = (image_part){items, (uint32_t)size, count};
}

static bool write_words(writer *out) {
    build *b = out->b;
    out->words = arena_array(b->arena, word, b->words.count + 1);
    uint32_t slots = 16;
    while (slots < b->words.count + b->words.count / 2)
        slots *= 2;
    uint32_t *table = arena_array(b->arena, uint32_t, slots);
    if (!out->words || !table) return false;
    for (uint32_t i = 0; i < b->words.count; i++) {
        if (!write_word(out, i)) return false;
        uint32_t at = (uint32_t)hash_str(b->words.items[i].key) & (slots - 1);
        while (table[at])
            at = (at + 1) & (slots - 1);
        table[at] = b->first_word + i + 1;
    }
    write_variants(out);
    part(b, SECTION_WORDS, out->words, sizeof(word), b->words.count);
    part(b, SECTION_WORD_TEXT, out->text.items, 1, out->text.count);
    part(b, SECTION_WORD_SLOTS, table, sizeof *table, slots);
    return true;
}

/* Node 0 and 1 are roots; children of the pseudo-root carry what is new about words of lower layers. */
static bool write_nodes(writer *out) {
    build *b = out->b;
    uint32_t slots = 16;
    while (slots < b->nodes.count + b->nodes.count / 2)
        slots *= 2;
    phrase_node *nodes = arena_array(b->arena, phrase_node, b->nodes.count);
    phrase_slot *table = arena_array(b->arena, phrase_slot, slots);
    if (!nodes || !table) return false;
    for (uint32_t i = 0; i < b->nodes.count; i++) {
        const build_node *n = &b->nodes.items[i];
        if (!copy_readings(out, n->head, &nodes[i].first, &nodes[i].count)) return false;
        if (i < 2) continue;
        if (n->parent == NERX_NONE - 1) {
            extra e = {.word = n->word, .first = nodes[i].first, .count = nodes[i].count};
            if (!vec_push(b->arena, &out->extras, e)) return false;
        }
        uint32_t at = (uint32_t)hash_pair(n->parent, n->word) & (slots - 1);
        while (table[at].child)
            at = (at + 1) & (slots - 1);
        table[at] = (phrase_slot){n->parent, n->word, i + 1};
    }
    part(b, SECTION_PHRASE_NODES, nodes, sizeof *nodes, b->nodes.count);
    part(b, SECTION_PHRASE_SLOTS, table, sizeof *table, slots);
    return true;
}

static int by_word(const void *a, const void *b) {
    const extra *x = a, *y = b;
    return x->word < y->word ? -1 : x->word > y->word;
}

/* Which phrases begin with a word of a lower layer. */
static void mark_extras(writer *out) {
    build *b = out->b;
    for (uint32_t k = 0; k < out->extras.count; k++) {
        extra *e = &out->extras.items[k];
        for (uint32_t i = 2; i < b->nodes.count; i++) {
            const build_node *n = &b->nodes.items[i];
            if (n->word == e->word && n->parent < 2) e->marks |= n->parent ? MARK_PHRASE_FOLD : MARK_PHRASE;
        }
        if (e->count) e->marks |= MARK_NAMED;
    }
    if (out->extras.count) qsort(out->extras.items, out->extras.count, sizeof *out->extras.items, by_word);
}

/* Entries with an id, grouped by it. */
static bool write_same_id(build *b) {
    uint32_t *order = arena_array(b->arena, uint32_t, b->entries.count + 1), count = 0;
    uint32_t *next = arena_array(b->arena, uint32_t, b->strings.count + 1); /* by id's offset: first entry plus one */
    uint32_t *chain = arena_array(b->arena, uint32_t, b->entries.count + 1);
    if (!order || !next || !chain) return false;
    for (uint32_t i = b->entries.count; i-- > 0;) {
        uint32_t id = b->entries.items[i].id;
        if (b->strings.items[id] == '\0') continue;
        chain[i] = next[id];
        next[id] = i + 1;
    }
    for (uint32_t id = 0; id < b->strings.count; id++) {
        for (uint32_t i = next[id]; i; i = chain[i - 1])
            order[count++] = b->first_entry + i - 1;
    }
    part(b, SECTION_SAME_ID, order, sizeof *order, count);
    return true;
}

bool gazetteers_write(build *b) {
    writer out = {.b = b};
    for (uint32_t i = 0; i < b->words.count; i++)
        mark_word(b, &b->words.items[i]);
    for (uint32_t i = 0; i < b->words.count; i++) {
        tell_language(&b->words.items[i]);
        find_ambiguity(b, &b->words.items[i]);
        drop_doubtful_genitives(b, &b->words.items[i]);
    }
    if (!write_words(&out) || !write_nodes(&out) || !write_same_id(b)) return false;
    mark_extras(&out);
    part(b, SECTION_READINGS, out.readings.items, sizeof(reading), out.readings.count);
    part(b, SECTION_EXTRA, out.extras.items, sizeof(extra), out.extras.count);
    part(b, SECTION_ENTRIES, b->entries.items, sizeof(entry), b->entries.count);
    part(b, SECTION_CLASSES, b->classes.items, sizeof(named), b->classes.count);
    part(b, SECTION_TYPES, b->types.items, sizeof(named), b->types.count);
    part(b, SECTION_LANGUAGES, b->languages.items, sizeof(named), b->languages.count);
    part(b, SECTION_STRINGS, b->strings.items, 1, b->strings.count);
    return true;
}
