/* A model being built: interned words and strings, names of classes, types and languages. */
#include "model/build.h"

#include "base/hash.h"
#include "text/chars.h"

static bool table_grow(build *b, hash_table *t) {
    t->size = t->size ? t->size * 2 : 1 << 12;
    t->slots = arena_array(b->arena, uint32_t, t->size);
    return t->slots != NULL;
}

static uint32_t word_slot(const build *b, str key) {
    uint32_t mask = b->word_table.size - 1, i = (uint32_t)hash_str(key) & mask;
    while (b->word_table.slots[i] && !str_equal(b->words.items[b->word_table.slots[i] - 1].key, key))
        i = (i + 1) & mask;
    return i;
}

static bool grow_words(build *b) {
    if (!table_grow(b, &b->word_table)) return false;
    for (uint32_t i = 0; i < b->words.count; i++)
        b->word_table.slots[word_slot(b, b->words.items[i].key)] = i + 1;
    return true;
}

uint32_t build_word_id(build *b, str key) {
    if (b->base) {
        uint32_t known = lexicon_find(&b->lexicon, key);
        if (known != NERX_NONE) return known;
    }
    if (b->words.count * 2 >= b->word_table.size && !grow_words(b)) return NERX_NONE;
    uint32_t slot = word_slot(b, key);
    if (b->word_table.slots[slot]) return b->first_word + b->word_table.slots[slot] - 1;
    uint32_t id = b->first_word + b->words.count;
    build_word w = {.key = arena_str(b->arena, key), .fold = id, .shape = chars_shape(key), .head = NERX_NONE};
    if (!w.key.ptr || !vec_push(b->arena, &b->words, w)) return NERX_NONE;
    b->word_table.slots[slot] = b->words.count;
    str folded = chars_fold(b->arena, w.key);
    if (!folded.ptr) return NERX_NONE;
    if (str_equal(folded, w.key) || folded.len > WORD_MAX_LENGTH) return id;
    uint32_t fold = build_word_id(b, folded);
    b->words.items[id - b->first_word].fold = fold;
    return fold == NERX_NONE ? NERX_NONE : id;
}

uint32_t build_fold_id(build *b, uint32_t id) {
    if (id >= b->first_word) return b->words.items[id - b->first_word].fold;
    str folded = chars_fold(b->arena, lexicon_text(&b->lexicon, id));
    return folded.ptr ? build_word_id(b, folded) : NERX_NONE;
}

str build_line_name(const build *b, const build_line *l) {
    if (l->entry.name) return str_of(b->strings.items + l->entry.name);
    return l->lemma < b->first_word ? lexicon_text(&b->lexicon, l->lemma)
                                    : b->words.items[l->lemma - b->first_word].key;
}

static uint32_t string_slot(const build *b, str s) {
    uint32_t mask = b->string_table.size - 1, i = (uint32_t)hash_str(s) & mask;
    while (b->string_table.slots[i]) {
        const char *there = b->strings.items + b->string_table.slots[i] - 1;
        if (strncmp(there, s.ptr, s.len) == 0 && there[s.len] == '\0') break;
        i = (i + 1) & mask;
    }
    return i;
}

static bool grow_strings(build *b) {
    if (!table_grow(b, &b->string_table)) return false;
    for (uint32_t at = 0; at < b->strings.count;) {
        str s = str_of(b->strings.items + at);
        b->string_table.slots[string_slot(b, s)] = at + 1;
        at += (uint32_t)s.len + 1;
    }
    return true;
}

uint32_t build_string(build *b, str s) {
    /* a string takes four bytes or so at the least: the table stays under half full */
    if ((b->strings.count >> 1) >= b->string_table.size && !grow_strings(b)) return NERX_NONE;
    if (b->string_table.size == 0 && !grow_strings(b)) return NERX_NONE;
    uint32_t slot = string_slot(b, s);
    if (b->string_table.slots[slot]) return b->string_table.slots[slot] - 1;
    if (!vec_reserve(b->arena, &b->strings, s.len + 1)) return NERX_NONE;
    uint32_t at = b->strings.count;
    if (s.len) memcpy(b->strings.items + at, s.ptr, s.len);
    b->strings.items[at + s.len] = '\0';
    b->strings.count += (uint32_t)s.len + 1;
    b->string_table.slots[slot] = at + 1;
    return at;
}

typedef VEC(named) named_list;

static uint32_t find_named(const build *b, const named_list *list, str name) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (str_is(name, b->strings.items + list->items[i].name)) return i;
    }
    return NERX_NONE;
}

static uint32_t add_named(build *b, void *list, str name, uint32_t first, bool add) {
    named_list have;
    memcpy(&have, list, sizeof have);
    uint32_t found = find_named(b, &have, name);
    if (found != NERX_NONE) return first + found;
    if (!add) return NERX_NONE;
    named entry_name = {.name = build_string(b, name)};
    if (entry_name.name == NERX_NONE || !vec_push(b->arena, &have, entry_name)) return NERX_NONE;
    memcpy(list, &have, sizeof have);
    return first + have.count - 1;
}

uint32_t build_class(build *b, str name, bool add) {
    uint32_t below = b->base ? model_class_find(b->base, name) : NERX_NONE;
    return below != NERX_NONE ? below : add_named(b, &b->classes, name, b->first_class, add);
}

uint32_t build_type(build *b, str name, bool add) {
    uint32_t below = b->base ? model_type_find(b->base, name) : NERX_NONE;
    return below != NERX_NONE ? below : add_named(b, &b->types, name, b->first_type, add);
}

uint32_t build_language(build *b, str name, bool add) {
    if (str_is(name, "common")) return LANGUAGE_NONE;
    uint32_t below = b->base ? model_language_find(b->base, name) : NERX_NONE;
    return below != NERX_NONE ? below : add_named(b, &b->languages, name, b->first_language, add);
}

uint32_t build_class_count(const build *b) {
    return b->first_class + b->classes.count;
}

str build_class_name(const build *b, uint32_t class) {
    if (class < b->first_class) return model_class_name(b->base, class);
    return str_of(b->strings.items + b->classes.items[class - b->first_class].name);
}
