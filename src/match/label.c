/* Working out labels, and remembering them by word. */
#include "match/label.h"

#include <stdlib.h>

#include "match/label_atoms.h"
#include "match/label_profile.h"
#include "match/label_test.h"
#include "match/listed.h"
#include "match/unknown.h"

enum { MOST_LEARNED = 8 << 20, FIRST_SIZE = 1 << 10, LARGEST_CACHE = 1 << 14, SPAN_BITS = 11 };

static void clear_truth(labels *l) {
    for (uint32_t i = 0; i < l->touched.count; i++)
        l->truth[l->touched.items[i]] = atom_default(l->tests.atoms[l->touched.items[i]]);
    l->touched.count = l->gathered.count = 0;
    l->round++;
}

static bool grow_table(labels *l) {
    uint32_t size = l->table_size ? l->table_size * 2 : FIRST_SIZE;
    uint32_t *table = arena_array(&l->learned, uint32_t, size);
    if (!table) return false;
    for (uint32_t i = 0; i < l->count; i++) {
        const uint64_t *bits = l->bits.items + (size_t)i * l->tests.words;
        uint32_t at = (uint32_t)hash_bytes(bits, l->tests.words * sizeof *bits) & (size - 1);
        while (table[at])
            at = (at + 1) & (size - 1);
        table[at] = i + 1;
    }
    arena_drop(&l->learned, l->table);
    l->table = table;
    l->table_size = size;
    return true;
}

/* The number of the set of tests in l->work; equal sets are one label. */
static uint32_t intern(labels *l) {
    size_t bytes = l->tests.words * sizeof *l->work;
    if (l->count * 2 >= l->table_size && !grow_table(l)) {
        l->failed = true;
        return LABEL_NONE;
    }
    uint32_t mask = l->table_size - 1, at = (uint32_t)hash_bytes(l->work, bytes) & mask;
    for (; l->table[at]; at = (at + 1) & mask) {
        uint32_t id = l->table[at] - 1;
        if (memcmp(l->bits.items + (size_t)id * l->tests.words, l->work, bytes) == 0) return id;
    }
    if (!vec_reserve(&l->learned, &l->bits, l->tests.words) || !vec_push(&l->learned, &l->starts, 0)) {
        l->failed = true;
        return LABEL_NONE;
    }
    memcpy(l->bits.items + l->bits.count, l->work, bytes);
    l->bits.count += l->tests.words;
    l->table[at] = l->count + 1;
    return l->count++;
}

/* A word that no list has: its ending and its parts. */
static uint32_t look_into(labels *l, const document *d, const token *t) {
    uint32_t ending = unknown_ending(&d->lexicon, t->look);
    if (ending != NERX_NONE) {
        reading readings[MODEL_MAX_READINGS];
        uint32_t count =
            model_readings(l->model, &d->lexicon, ending, ending, l->language, readings, MODEL_MAX_READINGS);
        for (uint32_t i = 0; i < count; i++)
            atoms_gather_class(l, &readings[i], model_entry(l->model, readings[i].entry)->class);
    }
    return unknown_is_compound(l->model, &d->lexicon, t->fold, l->language, l->linking) ? MARK_COMPOUND : 0;
}

/* The expressions that match: those of the model's own rules are remembered for all its programs. */
static const uint16_t *matched(labels *l, document *d, const token *t) {
    const expression_set *s = &l->tests.layer->expressions;
    if (l->tests.layer == &l->model->layers[0].rules) return listed_matches(d, t, s);
    expressions_match(s, lexicon_text(&d->lexicon, t->form), l->matched);
    return l->matched;
}

static uint32_t fresh_token(labels *l, document *d, const token *t, uint32_t type) {
    const test_index *x = &l->tests;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(l->model, &d->lexicon, t->look, t->fold, l->language, readings, MODEL_MAX_READINGS);
    clear_truth(l);
    uint32_t marks = lexicon_marks(&d->lexicon, t->look);
    if (!count && t->shape & SHAPE_LETTERS) marks |= look_into(l, d, t);
    if (lexicon_marks(&d->lexicon, t->fold) & MARK_ORDINARY) marks |= MARK_COMMON;
    atoms_gather_readings(l, readings, count);
    atoms_gather_signs(l, t->shape, t->place, marks);
    atoms_gather(l, &x->spellings, t->form);
    if (t->look != t->form) atoms_gather(l, &x->spellings, t->look);
    atoms_gather(l, &x->folds, t->fold);
    if (type) atoms_gather(l, &x->types, type - 1);
    atoms_set_gathered(l);
    const uint16_t *told = matched(l, d, t);
    if (!told || !profile_apply(l, lexicon_text(&d->lexicon, t->form), told)) {
        l->failed = true;
        return LABEL_NONE;
    }
    return intern(l);
}

static uint32_t slot_of(const label_cache *c, const label_slot *key) {
    uint64_t hash = hash_mix(hash_pair(key->look, key->form) ^ key->place);
    uint32_t at = (uint32_t)hash & (c->size - 1);
    for (; c->slots[at].label; at = (at + 1) & (c->size - 1)) {
        const label_slot *s = &c->slots[at];
        if (s->look == key->look && s->form == key->form && s->place == key->place) break;
    }
    return at;
}

static bool grow_cache(labels *l, label_cache *c) {
    label_cache larger = {.size = c->size < LARGEST_CACHE ? c->size * 2 : c->size};
    if (!c->size) larger.size = FIRST_SIZE;
    if (larger.size == c->size) {
        memset(c->slots, 0, c->size * sizeof *c->slots);
        c->count = 0;
        return true;
    }
    larger.slots = arena_array(&l->learned, label_slot, larger.size);
    if (!larger.slots) return false;
    for (uint32_t i = 0; i < c->size; i++) {
        if (c->slots[i].label) larger.slots[slot_of(&larger, &c->slots[i])] = c->slots[i];
    }
    larger.count = c->count;
    arena_drop(&l->learned, c->slots);
    *c = larger;
    return true;
}

static uint32_t find_token(labels *l, document *d, const token *t, uint32_t type) {
    label_cache *c = t->look < d->lexicon.known && t->form < d->lexicon.known ? &l->known : &l->fresh;
    label_slot key = {.look = t->look, .form = t->form, .place = (t->place & l->tests.places_used) | type << 16};
    if (c->count * 2 >= c->size && !grow_cache(l, c)) {
        l->failed = true;
        return LABEL_NONE;
    }
    uint32_t at = slot_of(c, &key);
    if (c->slots[at].label) return c->slots[at].label - 1;
    key.label = fresh_token(l, d, t, type) + 1;
    if (l->failed) return LABEL_NONE;
    c->slots[at] = key;
    c->count++;
    return key.label - 1;
}

/* Room for the kinds there are. */
static bool fit_kinds(labels *l, uint32_t count) {
    uint32_t have = l->by_kind.count;
    if (!vec_reserve(&l->learned, &l->by_kind, count - have)) return false;
    memset(l->by_kind.items + have, 0, (count - have) * sizeof *l->by_kind.items);
    l->by_kind.count = count;
    return true;
}

uint32_t labels_work_out(labels *l, document *d, uint32_t i, uint32_t type) {
    const token *t = &d->tokens.items[i];
    uint32_t label = find_token(l, d, t, type);
    if (type) return label;
    if (t->kind >= l->by_kind.count && !fit_kinds(l, d->lexicon.kinds.count)) l->failed = true;
    if (!l->failed) l->by_kind.items[t->kind] = label + 1;
    return label;
}

/* A phrase meets a test only by what it is: the test must fail without its classes and types. */
static void work_out_span(labels *l) {
    const test_index *x = &l->tests;
    memset(l->work, 0, x->words * sizeof *l->work);
    for (int with = 0; with < 2; with++) {
        l->round++;
        if (with) atoms_set_gathered(l);
        for (uint32_t i = 0; i < l->gathered.count; i++) {
            uint32_t number = l->gathered.items[i];
            for (uint32_t k = x->by_atom.starts[number]; k < x->by_atom.starts[number + 1]; k++) {
                uint32_t test = x->by_atom.items[k];
                if (l->seen[test] == l->round) continue;
                l->seen[test] = l->round;
                uint64_t bit = (uint64_t)1 << (test % 64);
                bool holds = test_value(x, test, l->truth);
                if (!with && !holds) l->work[test / 64] |= bit; /* may come to hold */
                if (with && !holds) l->work[test / 64] &= ~bit;
            }
        }
    }
}

static uint32_t edge_readings(const labels *l, const edge *e, reading *out) {
    reading_list all = model_phrase_readings(l->model, e->layer, e->phrase);
    uint32_t count = 0;
    for (uint32_t i = 0; i < all.count && count < MODEL_MAX_READINGS; i++) {
        reading r = model_reading(&all, i);
        const entry *of = model_entry(l->model, r.entry);
        if (of->type || of->language == LANGUAGE_NONE || of->language == l->language) out[count++] = r;
    }
    return count;
}

static uint32_t fresh_span(labels *l, const document *d, uint32_t start, const edge *edges, uint32_t count,
                           uint32_t type) {
    const test_index *x = &l->tests;
    const token *t = &d->tokens.items[start];
    reading readings[MODEL_MAX_READINGS];
    clear_truth(l);
    for (uint32_t i = 0; i < count; i++)
        atoms_gather_readings(l, readings, edge_readings(l, &edges[i], readings));
    if (type) atoms_gather(l, &x->types, type - 1);
    atoms_set_masked(l, &x->shapes, t->shape);
    atoms_set_masked(l, &x->places, t->place);
    work_out_span(l);
    return intern(l);
}

static span_slot *span_slot_of(labels *l, const span_slot *key) {
    uint64_t hash = hash_pair(key->phrases[0], key->phrases[1]) ^ hash_pair(key->shape, key->place) ^ key->layers;
    return &l->spans[hash_mix(hash) >> (64 - SPAN_BITS)];
}

uint32_t labels_span(labels *l, const document *d, uint32_t start, const edge *edges, uint32_t count, uint32_t type) {
    if (count > 2) return fresh_span(l, d, start, edges, count, type);
    const token *t = &d->tokens.items[start];
    span_slot key = {.phrases = {NERX_NONE, NERX_NONE}, .shape = t->shape};
    key.place = (t->place & l->tests.places_used) | type << 16;
    for (uint32_t i = 0; i < count; i++) {
        key.phrases[i] = edges[i].phrase;
        key.layers = key.layers << 8 | edges[i].layer;
    }
    span_slot *known = span_slot_of(l, &key);
    key.label = known->label;
    if (known->label && memcmp(known, &key, sizeof key) == 0) return known->label - 1;
    key.label = fresh_span(l, d, start, edges, count, type) + 1;
    *known = key;
    return key.label - 1;
}

uint32_t labels_union(labels *l, uint32_t a, uint32_t b) {
    if (a == b) return a;
    for (uint32_t i = 0; i < l->tests.words; i++)
        l->work[i] = l->bits.items[(size_t)a * l->tests.words + i] | l->bits.items[(size_t)b * l->tests.words + i];
    return intern(l);
}

static bool forget(labels *l) {
    l->failed = false;
    arena_reset(&l->learned);
    memset(&l->bits, 0, sizeof l->bits);
    memset(&l->starts, 0, sizeof l->starts);
    memset(&l->touched, 0, sizeof l->touched);
    memset(&l->gathered, 0, sizeof l->gathered);
    memset(&l->by_kind, 0, sizeof l->by_kind);
    l->known = l->fresh = (label_cache){0};
    l->table = NULL;
    l->table_size = l->count = 0;
    profiles_forget(&l->profiles);
    l->seen_readings = l->seen_signs = (atom_memo){0};
    for (uint32_t i = 0; i < l->tests.atom_count; i++)
        l->truth[i] = atom_default(l->tests.atoms[i]);
    memset(l->work, 0, l->tests.words * sizeof *l->work);
    l->spans = arena_array(&l->learned, span_slot, (size_t)1 << SPAN_BITS);
    if (!l->spans) l->failed = true;
    intern(l); /* LABEL_NONE */
    return !l->failed;
}

bool labels_open(labels *l, arena *a, const model *m, const rule_layer *rules, const program *p) {
    *l = (labels){.model = m, .language = (uint8_t)p->language};
    l->linking = model_class_find(m, STR("linking"));
    if (!test_index_build(&l->tests, a, rules, p)) return false;
    l->truth = arena_alloc(a, (size_t)l->tests.atom_count + 1);
    l->seen = arena_array(a, uint32_t, (size_t)l->tests.test_count + 1);
    l->work = arena_array(a, uint64_t, l->tests.words);
    l->matched = arena_array(a, uint16_t, (size_t)rules->expressions.count + 1);
    return l->truth && l->seen && l->work && l->matched && profiles_open(&l->profiles, a, l->tests.atom_count) &&
           forget(l);
}

void labels_close(labels *l) {
    test_index_close(&l->tests);
    arena_free(&l->learned);
}

void labels_begin(labels *l, uint32_t generation) {
    if (l->generation == generation) return;
    l->generation = generation;
    l->by_kind.count = 0;
    if (l->fresh.count) memset(l->fresh.slots, 0, l->fresh.size * sizeof *l->fresh.slots);
    l->fresh.count = 0;
}

bool labels_forget_if_large(labels *l) {
    if (l->learned.total <= MOST_LEARNED && !l->failed) return false;
    forget(l);
    return true;
}
