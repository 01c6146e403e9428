/* Which atoms are true for a word or phrase. Words share their kinds of readings, and shapes, places and marks: what
 * these make true is remembered. */
#include "match/label_atoms.h"

#include "base/hash.h"

enum { FIRST_SIZE = 1 << 6 };

static void set_true(labels *l, uint32_t number) {
    if (l->truth[number]) return;
    l->truth[number] = true;
    if (!vec_push(&l->learned, &l->touched, number)) l->failed = true;
}

void atoms_set_gathered(labels *l) {
    for (uint32_t i = 0; i < l->gathered.count; i++)
        set_true(l, l->gathered.items[i]);
}

void atoms_set_masked(labels *l, const atom_list *list, uint32_t bits) {
    for (uint32_t i = 0; i < list->count; i++) {
        if ((bits & list->items[i].key) == list->items[i].key) set_true(l, list->items[i].atom);
    }
}

static void gather(labels *l, uint32_t number) {
    if (!vec_push(&l->learned, &l->gathered, number)) l->failed = true;
}

static void gather_masked(labels *l, const atom_list *list, uint32_t bits) {
    for (uint32_t i = 0; i < list->count; i++) {
        if ((bits & list->items[i].key) == list->items[i].key) gather(l, list->items[i].atom);
    }
}

void atoms_gather(labels *l, const atom_list *list, uint32_t key) {
    range found = atoms_with(list, key);
    for (uint32_t i = 0; i < found.count; i++)
        gather(l, list->items[found.first + i].atom);
}

static memo_line *slot_of(atom_memo *m, const memo_line *key) {
    uint32_t at = (uint32_t)hash_mix(hash_pair(key->a, key->b) ^ key->c) & (m->size - 1);
    for (; m->slots[at].used; at = (at + 1) & (m->size - 1)) {
        const memo_line *s = &m->slots[at];
        if (s->a == key->a && s->b == key->b && s->c == key->c) break;
    }
    return &m->slots[at];
}

static bool grow(labels *l, atom_memo *m) {
    atom_memo larger = *m;
    larger.size = m->size ? m->size * 2 : FIRST_SIZE;
    larger.slots = arena_array(&l->learned, memo_line, larger.size);
    if (!larger.slots) return false;
    for (uint32_t i = 0; i < m->size; i++) {
        if (m->slots[i].used) *slot_of(&larger, &m->slots[i]) = m->slots[i];
    }
    arena_drop(&l->learned, m->slots);
    *m = larger;
    return true;
}

/* Gathers what is remembered under a key; NULL where it was, else where to remember it. */
static memo_line *recall(labels *l, atom_memo *m, const memo_line *key) {
    if (m->count * 2 >= m->size && !grow(l, m)) {
        l->failed = true;
        return NULL;
    }
    memo_line *line = slot_of(m, key);
    if (!line->used) return line;
    if (!vec_reserve(&l->learned, &l->gathered, line->count)) {
        l->failed = true;
    } else if (line->count) {
        memcpy(l->gathered.items + l->gathered.count, m->atoms.items + line->first, line->count * sizeof(uint32_t));
        l->gathered.count += line->count;
    }
    return NULL;
}

/* Remembers what was gathered from the first-th atom on. */
static void remember(labels *l, atom_memo *m, memo_line *line, const memo_line *key, uint32_t first) {
    uint32_t count = l->gathered.count - first;
    if (l->failed || !vec_reserve(&l->learned, &m->atoms, count)) {
        l->failed = true;
        return;
    }
    *line = *key;
    line->first = m->atoms.count;
    line->count = count;
    line->used = true;
    if (count) memcpy(m->atoms.items + m->atoms.count, l->gathered.items + first, count * sizeof(uint32_t));
    m->atoms.count += count;
    m->count++;
}

void atoms_gather_signs(labels *l, uint32_t shape, uint32_t place, uint32_t marks) {
    const test_index *x = &l->tests;
    memo_line key = {.a = shape, .b = place & x->places_used, .c = marks};
    uint32_t first = l->gathered.count;
    memo_line *line = recall(l, &l->seen_signs, &key);
    if (!line) return;
    gather_masked(l, &x->shapes, shape);
    gather_masked(l, &x->places, place);
    gather_masked(l, &x->marks, marks);
    remember(l, &l->seen_signs, line, &key, first);
}

static bool has_attribute(const model *m, uint32_t entry_index, str wanted) {
    str value = wanted, key = str_cut(&value, '=');
    str have = model_entry_attribute(m, entry_index, key);
    return have.ptr && (!value.ptr || str_equal(have, value));
}

static void gather_class(labels *l, const reading *r, uint32_t class) {
    const test_index *x = &l->tests;
    range found = atoms_with(&x->classes, class);
    for (uint32_t i = 0; i < found.count; i++) {
        uint32_t number = x->classes.items[found.first + i].atom;
        const atom *a = x->atoms[number];
        str wanted = str_of(x->layer->strings + a->c);
        if ((r->features & a->b) != a->b) continue;
        if (!wanted.len || has_attribute(l->model, r->entry, wanted)) gather(l, number);
    }
}

static void gather_again(labels *l, range atoms) {
    if (!vec_reserve(&l->learned, &l->gathered, atoms.count)) {
        l->failed = true;
        return;
    }
    for (uint32_t i = 0; i < atoms.count; i++)
        l->gathered.items[l->gathered.count++] = l->sense_atoms.items[atoms.first - 1 + i];
}

static void remember_sense(labels *l, uint32_t number, uint32_t first) {
    uint32_t count = l->gathered.count - first;
    if (l->failed || !vec_reserve(&l->learned, &l->sense_atoms, count)) {
        l->failed = true;
        return;
    }
    l->senses.items[number] = (range){l->sense_atoms.count + 1, count};
    for (uint32_t i = 0; i < count; i++)
        l->sense_atoms.items[l->sense_atoms.count++] = l->gathered.items[first + i];
}

/* What senses make true is remembered. */
static void gather_sense(labels *l, uint32_t number) {
    if (!vec_fit(&l->learned, &l->senses, number + 1)) {
        l->failed = true;
        return;
    }
    range known = l->senses.items[number];
    if (known.first) {
        gather_again(l, known);
        return;
    }
    uint32_t first = l->gathered.count;
    sense of = signatures_sense_at(l->signatures, number);
    gather_class(l, &of.example, of.class);
    if (!of.ending) gather_class(l, &of.example, NERX_NONE);
    remember_sense(l, number, first);
}

void atoms_gather_senses(labels *l, numbers senses) {
    for (uint32_t i = 0; i < senses.count; i++)
        gather_sense(l, senses.items[i]);
}

void atoms_gather_words(labels *l, numbers words) {
    const test_index *x = &l->tests;
    for (uint32_t i = 0; i < words.count; i += 2) {
        uint32_t kind = words.items[i];
        const atom_list *list = kind == ATOM_WORD ? &x->spellings : kind == ATOM_FOLD ? &x->folds : &x->lemmas;
        atoms_gather(l, list, words.items[i + 1]);
    }
}

void atoms_gather_readings(labels *l, const reading *readings, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = signatures_sense(l->signatures, readings[i], false);
        uint32_t lemma = model_entry_lemma(l->model, readings[i].entry);
        if (number == NERX_NONE) {
            l->failed = true;
            return;
        }
        gather_sense(l, number);
        if (lemma != NERX_NONE) atoms_gather(l, &l->tests.lemmas, lemma);
    }
    if (count) atoms_gather(l, &l->tests.known, 0);
}
