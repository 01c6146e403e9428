/* What linking asks of the words of a mention: the entry that is meant, keys, hashes. Remembered by the words' kinds,
 * as texts name the same again and again. */
#include "norm/mention_names.h"

#include <assert.h>

#include "base/hash.h"

static_assert((int)NAME_MAX_KEYS <= (int)NAME_MEMORY_KEYS, "all keys of a name are remembered");

/* Looks up the readings of a single word. "Putin" as an alias only hints at an entry: another Putin may be named in
 * full. "Erie" is also what the lake is called, but first of all a town. */
static uint32_t meant_entry(const names *n, const mention *m, uint32_t kb, bool *guess) {
    const document *d = n->d;
    const token *t = &d->tokens.items[m->start];
    str text = lexicon_text(&d->lexicon, t->look);
    if (str_equal(memory_entry_name(d, kb), text)) return kb;
    uint32_t meant = kb;
    bool feature = model_entry(d->model, kb)->class == n->classes[NAME_NATURE];
    reading readings[MODEL_MAX_READINGS];
    uint32_t count =
        model_readings(d->model, &d->lexicon, t->look, t->fold, LANGUAGE_NONE, readings, MODEL_MAX_READINGS);
    for (uint32_t k = 0; k < count; k++) {
        const entry *e = model_entry(d->model, readings[k].entry);
        if (readings[k].entry == kb && readings[k].features & FEATURE_ALIAS) *guess = true;
        if (!feature || e->type != m->type + 1 || e->class == n->classes[NAME_NATURE]) continue;
        if (str_equal(model_entry_name(d->model, readings[k].entry), text)) meant = readings[k].entry;
    }
    return meant;
}

static void work_out(const names *n, const mention *m, bool person, name_memory *to) {
    bool guess = false;
    to->meant = to->kb;
    to->meant_id = STR("");
    if (to->kb != NERX_NONE && name_words(m) == 1) to->meant = meant_entry(n, m, to->kb, &guess);
    if (to->meant != NERX_NONE) to->meant_id = memory_entry_id(n->d, to->meant);
    to->id = guess ? STR("") : to->meant_id;
    to->key_count = name_keys(n, m, person, to->keys);
    uint64_t hash = m->type;
    for (uint32_t i = m->start; i < m->end; i++)
        hash = hash_mix(hash ^ n->d->tokens.items[i].look);
    to->look_hash = (uint32_t)hash;
}

static bool is_of(const name_memory *known, const token *words, const mention *m, uint32_t kb) {
    if (known->words != name_words(m) || known->type != m->type || known->kb != kb) return false;
    for (uint32_t i = 0; i < known->words; i++) {
        if (known->kinds[i] != words[i].kind) return false;
    }
    return true;
}

/* Where the name is remembered, or NULL. */
static name_memory *place_of(const names *n, const mention *m, uint32_t kb) {
    enum { LOW_BITS = 64 - NAME_MEMORY_BITS };
    if (!n->d->memory || name_words(m) > NAME_MEMORY_WORDS) return NULL;
    uint64_t hash = (uint64_t)kb << 32 | m->type;
    for (uint32_t i = m->start; i < m->end; i++)
        hash = (hash ^ n->d->tokens.items[i].kind) * 0x9e3779b97f4a7c15U;
    return &n->d->memory->names[hash >> LOW_BITS];
}

void mention_name_expect(const names *n, const mention *m) {
    const name_memory *known = place_of(n, m, m->kb);
    if (!known) return;
    __builtin_prefetch(known);
    __builtin_prefetch(&known->look_hash);
}

const name_memory *mention_name(const names *n, const mention *m, uint32_t kb, bool person, name_memory *own) {
    const token *words = &n->d->tokens.items[m->start];
    name_memory *known = place_of(n, m, kb);
    if (known && is_of(known, words, m, kb)) return known;
    bool may = known;
    if (!may) known = own;
    *known = (name_memory){.words = name_words(m), .type = m->type, .kb = kb};
    for (uint32_t i = 0; i < name_words(m) && may; i++)
        known->kinds[i] = words[i].kind;
    work_out(n, m, person, known);
    return known;
}
