/* The sections of lists: lines, entries, phrases, readings; and the words' new numbers in what names them. */
#include <stdlib.h>

#include "base/hash.h"
#include "model/gazetteer_write.h"

void write_part(build *b, section_id id, const void *items, size_t size, uint32_t count) {
    b->parts[id] = (image_part){items, (uint32_t)size, count};
}

/* The parts lie in the build's arena; they are const only for those who read the image. */
static void *items_of(const build *b, section_id id) {
    return (void *)(uintptr_t)b->parts[id].items;
}

void references_visit(const build *b, id_visitor *visit, void *user) {
    atom *atoms = items_of(b, SECTION_ATOMS);
    for (uint32_t i = 0; i < b->parts[SECTION_ATOMS].count; i++) {
        if (atoms[i].kind == ATOM_WORD || atoms[i].kind == ATOM_FOLD || atoms[i].kind == ATOM_LEMMA)
            visit(user, &atoms[i].a);
    }
    trigger *triggers = items_of(b, SECTION_TRIGGERS);
    for (uint32_t i = 0; i < b->parts[SECTION_TRIGGERS].count; i++) {
        visit(user, &triggers[i].lemma);
        visit(user, &triggers[i].preposition);
        visit(user, &triggers[i].noun);
    }
    frame_place *places = items_of(b, SECTION_REALIZATIONS);
    for (uint32_t i = 0; i < b->parts[SECTION_REALIZATIONS].count; i++)
        visit(user, &places[i].preposition);
}

static uint32_t renumbered(const build *b, uint32_t id) {
    return id - b->first_word < b->words.count ? b->first_word + b->numbers[id - b->first_word] : id;
}

/* Sorted by lemma, and under one lemma as before. */
static bool sort_triggers(const build *b, trigger *items, uint32_t count) {
    trigger *copy = arena_array(b->arena, trigger, (size_t)count + 1);
    if (!copy) return false;
    uint32_t sorted = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = sorted++;
        for (; at && copy[at - 1].lemma > items[i].lemma; at--)
            copy[at] = copy[at - 1];
        copy[at] = items[i];
    }
    if (count) memcpy(items, copy, count * sizeof *items);
    return true;
}

static void renumber(void *user, uint32_t *id) {
    *id = renumbered(user, *id);
}

static bool pack(writer *out, reading r, uint32_t *packed) {
    uint32_t set = 0;
    while (set < out->features.count && out->features.items[set] != r.features)
        set++;
    if (set == out->features.count && !vec_push(out->b->arena, &out->features, r.features)) return false;
    uint32_t number = r.entry - out->b->first_line;
    if (set >= 1U << PACKED_FEATURE_BITS) out->b->limit = "more sets of features than an image can hold";
    if (number >= 1U << PACKED_LINE_BITS) out->b->limit = "more entries than an image can hold";
    *packed = number << PACKED_FEATURE_BITS | set;
    return true;
}

bool write_readings(writer *out, uint32_t head, uint32_t *readings, uint32_t *count) {
    const build *b = out->b;
    *count = *readings = 0;
    for (uint32_t i = head; i != NERX_NONE && *count < UINT16_MAX; i = b->readings.items[i].next)
        ++*count;
    if (*count == 1) return pack(out, b->readings.items[head].reading, readings);
    *readings = out->readings.count;
    if (!vec_reserve(b->arena, &out->readings, *count)) return false;
    uint32_t at = out->readings.count + *count;
    for (uint32_t i = head; at > *readings; i = b->readings.items[i].next) {
        if (!pack(out, b->readings.items[i].reading, &out->readings.items[--at])) return false;
    }
    out->readings.count += *count;
    return true;
}

/* What many lines say alike is written once. */
static bool write_lines(build *b) {
    uint32_t size = 1024, count = 0;
    while (size < b->lines.count * 2)
        size *= 2;
    uint32_t *slots = arena_array(b->arena, uint32_t, size);
    entry *entries = arena_array(b->arena, entry, (size_t)b->lines.count + 1);
    list_line *lines = arena_array(b->arena, list_line, (size_t)b->lines.count + 1);
    if (!slots || !entries || !lines) return false;
    for (uint32_t i = 0; i < b->lines.count; i++) {
        const entry *e = &b->lines.items[i].entry;
        uint32_t at = (uint32_t)hash_bytes(e, sizeof *e) & (size - 1);
        while (slots[at] && memcmp(&entries[slots[at] - 1], e, sizeof *e) != 0)
            at = (at + 1) & (size - 1);
        if (!slots[at]) {
            entries[count++] = *e;
            slots[at] = count;
        }
        uint32_t lemma = renumbered(b, b->lines.items[i].lemma);
        if ((lemma != NERX_NONE && lemma >= SHORT_NONE) || slots[at] > SHORT_NONE)
            b->limit = "more words than an image can hold";
        lines[i] = (list_line){short_of(lemma), short_of(slots[at] - 1)};
    }
    write_part(b, SECTION_LINES, lines, sizeof *lines, b->lines.count);
    write_part(b, SECTION_ENTRIES, entries, sizeof *entries, count);
    return true;
}

static int by_word(const void *a, const void *b) {
    const extra *x = a, *y = b;
    return x->word < y->word ? -1 : x->word > y->word;
}

/* What the place of a word in a phrase says of it. */
static uint32_t marks_of_node(const build *b, const build_node *n) {
    if (n->parent < PHRASE_ROOTS) return n->parent ? MARK_PHRASE_FOLD : MARK_PHRASE;
    bool second = n->parent < b->nodes.count && b->nodes.items[n->parent].parent < PHRASE_ROOTS;
    return second ? MARK_PHRASE_SECOND : 0;
}

/* Children of the pseudo-root carry what is new about words of lower layers. */
static bool write_extras(build *b, const phrase_node *nodes) {
    VEC(extra) extras = {0};
    for (uint32_t i = PHRASE_ROOTS; i < b->nodes.count; i++) {
        if (b->nodes.items[i].parent != NERX_NONE - 1) continue;
        extra e = {.word = b->nodes.items[i].word, .readings = nodes[i].readings, .count = nodes[i].count};
        for (uint32_t k = PHRASE_ROOTS; k < b->nodes.count; k++) {
            const build_node *n = &b->nodes.items[k];
            if (n->word == e.word) e.marks |= marks_of_node(b, n);
        }
        if (e.count) e.marks |= MARK_NAMED | MARK_TYPED;
        if (!vec_push(b->arena, &extras, e)) return false;
    }
    if (extras.count) qsort(extras.items, extras.count, sizeof *extras.items, by_word);
    write_part(b, SECTION_EXTRA, extras.items, sizeof *extras.items, extras.count);
    return true;
}

static bool write_nodes(writer *out) {
    build *b = out->b;
    uint32_t size = b->nodes.count + b->nodes.count / 3 + 2;
    phrase_node *nodes = arena_array(b->arena, phrase_node, (size_t)b->nodes.count + 1);
    uint32_t *slots = arena_array(b->arena, uint32_t, size);
    if (!nodes || !slots) return false;
    for (uint32_t i = 0; i < b->nodes.count; i++) {
        const build_node *from = &b->nodes.items[i];
        phrase_node *n = &nodes[i];
        *n = (phrase_node){.parent = from->parent, .word = renumbered(b, from->word)};
        if (!write_readings(out, from->head, &n->readings, &n->count)) return false;
        if (i < PHRASE_ROOTS) continue;
        uint64_t hash = hash_pair(n->parent, n->word);
        uint32_t at = phrase_slot_of(hash, size);
        while (slots[at])
            at = at + 1 < size ? at + 1 : 0;
        slots[at] = phrase_slot(hash, i);
    }
    if (b->nodes.count > SLOT_NODE_MASK) b->limit = "more phrases than an image can hold";
    write_part(b, SECTION_PHRASE_NODES, nodes, sizeof *nodes, b->nodes.count);
    write_part(b, SECTION_PHRASE_SLOTS, slots, sizeof *slots, size);
    return write_extras(b, nodes);
}

typedef struct identified {
    str id;
    uint32_t hash, line;
} identified;

static int by_id(const void *a, const void *b) {
    const identified *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    int order = str_compare(x->id, y->id);
    return order ? order : x->line < y->line ? -1 : 1;
}

static void mark_shared(build *b, const identified *sorted, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        if (!str_equal(sorted[i - 1].id, sorted[i].id)) continue;
        b->lines.items[sorted[i - 1].line - b->first_line].entry.flags |= ENTRY_SHARED;
        b->lines.items[sorted[i].line - b->first_line].entry.flags |= ENTRY_SHARED;
    }
}

/* Lines with an id, sorted by its hash. */
static bool write_same_id(build *b) {
    identified *sorted = arena_array(b->arena, identified, (size_t)b->lines.count + 1);
    uint32_t *order = arena_array(b->arena, uint32_t, (size_t)b->lines.count + 1), count = 0;
    if (!sorted || !order) return false;
    for (uint32_t i = 0; i < b->lines.count; i++) {
        str id = str_of(b->strings.items + b->lines.items[i].entry.id);
        if (id.len) sorted[count++] = (identified){id, id_hash(id), b->first_line + i};
    }
    if (count) qsort(sorted, count, sizeof *sorted, by_id);
    for (uint32_t i = 0; i < count; i++)
        order[i] = sorted[i].line;
    mark_shared(b, sorted, count);
    write_part(b, SECTION_SAME_ID, order, sizeof *order, count);
    return true;
}

bool sections_write(writer *out) {
    build *b = out->b;
    if (!write_same_id(b) || !write_lines(b) || !write_nodes(out)) return false;
    references_visit(b, renumber, b);
    if (!sort_triggers(b, items_of(b, SECTION_TRIGGERS), b->parts[SECTION_TRIGGERS].count)) return false;
    write_part(b, SECTION_READINGS, out->readings.items, sizeof(uint32_t), out->readings.count);
    write_part(b, SECTION_FEATURES, out->features.items, sizeof(uint32_t), out->features.count);
    write_part(b, SECTION_CLASSES, b->classes.items, sizeof(named), b->classes.count);
    write_part(b, SECTION_TYPES, b->types.items, sizeof(named), b->types.count);
    write_part(b, SECTION_LANGUAGES, b->languages.items, sizeof(named), b->languages.count);
    write_part(b, SECTION_STRINGS, b->strings.items, 1, b->strings.count);
    return true;
}
