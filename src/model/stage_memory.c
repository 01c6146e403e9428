/* What stages remember from document to document. */
#include "model/stage_memory.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "model/rules.h"

stage_memory *stage_memory_new(nerx_error *error) {
    stage_memory *m = calloc(1, sizeof *m);
    if (!m) error_memory(error);
    return m;
}

void stage_memory_free(stage_memory *m) {
    if (!m) return;
    arena_free(&m->arena);
    free(m);
}

void stage_memory_begin(stage_memory *m, const lexicon *l) {
    if (m->generation == l->generation) return;
    arena_reset(&m->arena);
    memset(m->columns, 0, sizeof m->columns);
    memset(m->names, 0, sizeof m->names);
    memset(&m->keys, 0, sizeof m->keys);
    m->rules = NULL;
    m->generation = l->generation;
}

uint32_t *stage_memory_grow(const document *d, memory_column column, uint32_t language) {
    stage_memory *m = d->memory;
    uint32_t have = m->columns[column][language].count, count = d->lexicon.kinds.count;
    if (count == have) return m->columns[column][language].items;
    if (!vec_reserve(&m->arena, &m->columns[column][language], count - have)) return NULL;
    uint32_t *items = m->columns[column][language].items;
    memset(items + have, 0, (count - have) * sizeof *items);
    m->columns[column][language].count = count;
    return items;
}

uint64_t *stage_memory_grow_keys(const document *d) {
    stage_memory *m = d->memory;
    uint32_t have = m->keys.count, more = d->lexicon.kinds.count - have;
    if (!vec_reserve(&m->arena, &m->keys, more)) return NULL;
    memset(m->keys.items + have, 0, more * sizeof *m->keys.items);
    m->keys.count += more;
    return m->keys.items;
}

uint8_t *stage_memory_make_rules(const document *d) {
    return d->memory->rules = arena_array(&d->memory->arena, uint8_t, model_rule_count(d->model));
}

known_types memory_types(const document *d) {
    if (d->memory && d->memory->types.found) return d->memory->types;
    known_types t = {model_type_find(d->model, STR("PER")), model_type_find(d->model, STR("LOC")),
                     model_type_find(d->model, STR("ORG")), model_type_find(d->model, STR("DATE")), true};
    if (d->memory) d->memory->types = t;
    return t;
}

str memory_type_name(const document *d, uint32_t type) {
    if (!d->memory || type >= MEMORY_NAMES) return model_type_name(d->model, type);
    str *name = &d->memory->type_names[type];
    if (!name->ptr) *name = model_type_name(d->model, type);
    return *name;
}

str memory_language_name(const document *d, uint32_t language) {
    if (!d->memory || language >= MEMORY_LANGUAGES) return model_language_name(d->model, language);
    str *name = &d->memory->language_names[language];
    if (!name->ptr) *name = model_language_name(d->model, language);
    return *name;
}

static entry_memory *slot_of(const document *d, uint32_t entry_index, entry_memory *other) {
    *other = (entry_memory){.entry = entry_index + 1};
    if (!d->memory) return other;
    entry_memory *at = &d->memory->entries[hash_mix(entry_index) & (ENTRY_MEMORY - 1)];
    if (at->entry != entry_index + 1) *at = *other;
    return at;
}

str memory_entry_id(const document *d, uint32_t entry_index) {
    entry_memory other, *e = slot_of(d, entry_index, &other);
    if (!e->id.ptr) e->id = model_entry_id(d->model, entry_index);
    return e->id;
}

str memory_entry_name(const document *d, uint32_t entry_index) {
    entry_memory other, *e = slot_of(d, entry_index, &other);
    if (!e->name.ptr) e->name = model_entry_name(d->model, entry_index);
    return e->name;
}

str memory_entry_country(const document *d, uint32_t entry_index) {
    entry_memory other, *e = slot_of(d, entry_index, &other);
    if (!e->country.ptr) e->country = model_entry_attribute(d->model, entry_index, STR("country"));
    if (!e->country.ptr) e->country = STR("");
    return e->country;
}

str memory_entry_name_in(const document *d, uint32_t entry_index, uint8_t language) {
    stage_memory *m = d->memory;
    if (!m) return model_entry_name_in(d->model, entry_index, language);
    language_memory *at = &m->in_languages[hash_pair(entry_index, language) & (LANGUAGE_MEMORY - 1)];
    if (at->entry != entry_index + 1 || at->language != language)
        *at = (language_memory){entry_index + 1, language, model_entry_name_in(d->model, entry_index, language)};
    return at->name;
}
