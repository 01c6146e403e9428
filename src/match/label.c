/* Working out labels, and remembering them by word. */
#include "match/label.h"

#include "match/label_atoms.h"
#include "match/label_profile.h"
#include "match/label_test.h"

enum { MOST_LEARNED = 8 << 20, FIRST_SIZE = 1 << 10, SPAN_BITS = 11 };

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

/* The label of a signature, for a word that is an earlier mention of a type (plus one) or none (0). */
static uint32_t fresh_label(labels *l, uint32_t number, uint32_t type) {
    const test_index *x = &l->tests;
    signature of = signatures_read(l->signatures, number, l->layer_index);
    clear_truth(l);
    atoms_gather_senses(l, of.senses);
    atoms_gather_signs(l, of.shape, of.place, of.marks);
    atoms_gather_words(l, of.words);
    if (of.known) atoms_gather(l, &x->known, 0);
    if (type) atoms_gather(l, &x->types, type - 1);
    atoms_set_gathered(l);
    if (!profile_apply(l, of.matching)) l->failed = true;
    return l->failed ? LABEL_NONE : intern(l);
}

static uint32_t fail(labels *l) {
    l->failed = true;
    return LABEL_NONE;
}

uint32_t labels_work_out(labels *l, document *d, uint32_t i, uint32_t type) {
    uint32_t kind = d->tokens.items[i].kind, number = signatures_ask(l->signatures, d, kind, l->language);
    known_labels *known = &l->known[type];
    if (number == NERX_NONE || !vec_fit(&l->learned, &known->labels, signatures_count(l->signatures))) return fail(l);
    uint32_t label = known->labels.items[number];
    if (!label) label = known->labels.items[number] = fresh_label(l, number, type) + 1;
    if (l->failed || (!type && !vec_fit(&l->learned, &l->by_kind, d->lexicon.kinds.count))) return fail(l);
    if (!type) l->by_kind.items[kind] = label;
    return label - 1;
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

/* Where the label of a phrase is kept whose atoms are gathered, and of those like it; NULL if memory is short. */
static uint32_t *span_label(labels *l, uint32_t shape, uint32_t place) {
    uint32_t count = l->gathered.count;
    if (!vec_push(&l->learned, &l->gathered, shape) || !vec_push(&l->learned, &l->gathered, place)) return NULL;
    uint32_t number = pool_find(&l->span_causes, &l->learned, l->gathered.items, l->gathered.count);
    l->gathered.count = count;
    if (number == NERX_NONE || !vec_fit(&l->learned, &l->by_span_cause, number + 1)) return NULL;
    return &l->by_span_cause.items[number];
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
    uint32_t *label = span_label(l, t->shape, t->place & x->places_used);
    if (!label) return fail(l);
    if (*label) return *label - 1;
    atoms_set_masked(l, &x->shapes, t->shape);
    atoms_set_masked(l, &x->places, t->place);
    work_out_span(l);
    *label = intern(l) + 1;
    return *label - 1;
}

static span_slot *span_slot_of(labels *l, const span_slot *key) {
    uint64_t hash = hash_pair(key->phrases[0], key->phrases[1]) ^ hash_pair(key->shape, key->place) ^ key->layers;
    return &l->spans[hash_mix(hash) >> (64 - SPAN_BITS)];
}

uint32_t labels_span(labels *l, const document *d, uint32_t start, const edge *edges, uint32_t count, uint32_t type) {
    if (count > 2) return fresh_span(l, d, start, edges, count, type);
    if (!l->spans && !(l->spans = arena_array(&l->learned, span_slot, (size_t)1 << SPAN_BITS))) return fail(l);
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

static bool forget(labels *l) {
    l->failed = false;
    arena_reset(&l->learned);
    memset(&l->bits, 0, sizeof l->bits);
    memset(&l->starts, 0, sizeof l->starts);
    memset(&l->touched, 0, sizeof l->touched);
    memset(&l->gathered, 0, sizeof l->gathered);
    memset(&l->by_kind, 0, sizeof l->by_kind);
    memset(l->known, 0, ((size_t)model_type_count(l->model) + 1) * sizeof *l->known);
    l->table = NULL;
    l->table_size = l->count = 0;
    profiles_forget(&l->profiles);
    l->seen_signs = (atom_memo){0};
    memset(&l->senses, 0, sizeof l->senses);
    memset(&l->sense_atoms, 0, sizeof l->sense_atoms);
    l->span_causes = (list_pool){0};
    memset(&l->by_span_cause, 0, sizeof l->by_span_cause);
    for (uint32_t i = 0; i < l->tests.atom_count; i++)
        l->truth[i] = atom_default(l->tests.atoms[i]);
    memset(l->work, 0, l->tests.words * sizeof *l->work);
    l->spans = NULL;
    intern(l); /* LABEL_NONE */
    return !l->failed;
}

bool labels_open(labels *l, arena *a, signatures *s, const model *m, const rule_layer *rules, const program *p) {
    *l = (labels){.model = m, .language = (uint8_t)p->language, .signatures = s, .age = signatures_age(s)};
    while (&m->layers[l->layer_index].rules != rules)
        l->layer_index++;
    if (!test_index_build(&l->tests, a, rules, p)) return false;
    l->truth = arena_alloc(a, (size_t)l->tests.atom_count + 1);
    l->seen = arena_array(a, uint32_t, (size_t)l->tests.test_count + 1);
    l->work = arena_array(a, uint64_t, l->tests.words);
    l->known = arena_array(a, known_labels, (size_t)model_type_count(m) + 1);
    return l->truth && l->seen && l->work && l->known && profiles_open(&l->profiles, a, l->tests.atom_count) &&
           forget(l);
}

void labels_close(labels *l) {
    arena_free(&l->learned);
}

void labels_begin(labels *l) {
    signature_age now = signatures_age(l->signatures);
    if (now.kinds != l->age.kinds) l->by_kind.count = 0;
    for (uint32_t type = 0; now.numbers != l->age.numbers && type <= model_type_count(l->model); type++)
        l->known[type].labels.count = 0;
    if (now.numbers != l->age.numbers) l->senses.count = l->sense_atoms.count = 0;
    l->age = now;
}

bool labels_forget_if_large(labels *l) {
    if (l->learned.total <= MOST_LEARNED && !l->failed) return false;
    forget(l);
    return true;
}
