/* Profiles: what a set of true atoms makes of all tests.
 *
 *     word ──> atoms that are true ──> profile: tests that hold where no regular expression matches
 *       └────> expressions that match ──> the tests they change
 *
 * Many words share few profiles, and few words match an expression. */
#include "match/label_profile.h"

#include "match/label_test.h"

enum { FIRST_SIZE = 1 << 8 };

static const uint64_t *atoms_of(const profiles *p, uint32_t i) {
    return p->atoms.items + (size_t)i * p->atom_words;
}

static uint32_t slot_of(const profiles *p, const uint64_t *atoms) {
    size_t bytes = p->atom_words * sizeof *atoms;
    uint32_t at = (uint32_t)hash_bytes(atoms, bytes) & (p->size - 1);
    while (p->slots[at] && memcmp(atoms_of(p, p->slots[at] - 1), atoms, bytes) != 0)
        at = (at + 1) & (p->size - 1);
    return at;
}

static bool grow(profiles *p, arena *a) {
    uint32_t size = p->size ? p->size * 2 : FIRST_SIZE, *slots = arena_array(a, uint32_t, size);
    if (!slots) return false;
    arena_drop(a, p->slots);
    p->size = size;
    p->slots = slots;
    for (uint32_t i = 0; i < p->count; i++)
        p->slots[slot_of(p, atoms_of(p, i))] = i + 1;
    return true;
}

static void set_test(labels *l, uint32_t test, bool holds) {
    uint64_t bit = (uint64_t)1 << (test % 64);
    l->work[test / 64] = holds ? l->work[test / 64] | bit : l->work[test / 64] & ~bit;
}

/* The tests that the atoms touched from the first-th on can change, by the lists of tests that wait for them. */
static void work_out(labels *l, uint32_t first, const number_lists *waiting) {
    const test_index *x = &l->tests;
    l->round++;
    for (uint32_t i = first; i < l->touched.count; i++) {
        uint32_t number = l->touched.items[i];
        for (uint32_t k = waiting->starts[number]; k < waiting->starts[number + 1]; k++) {
            uint32_t test = waiting->items[k];
            if (l->seen[test] == l->round) continue;
            l->seen[test] = l->round;
            set_test(l, test, test_value(x, test, l->truth));
        }
    }
}

static bool describe(labels *l) {
    const test_index *x = &l->tests;
    profiles *p = &l->profiles;
    memcpy(l->work, x->defaults, x->words * sizeof *l->work);
    work_out(l, 0, &x->by_cause);
    if (!vec_reserve(&l->learned, &p->atoms, p->atom_words) || !vec_reserve(&l->learned, &p->tests, x->words))
        return false;
    memcpy(p->atoms.items + p->atoms.count, p->now, p->atom_words * sizeof *p->now);
    memcpy(p->tests.items + p->tests.count, l->work, x->words * sizeof *l->work);
    p->atoms.count += p->atom_words;
    p->tests.count += x->words;
    p->count++;
    return true;
}

bool profiles_open(profiles *p, arena *a, uint32_t atom_count) {
    p->atom_words = atom_count / 64 + 1;
    p->now = arena_array(a, uint64_t, p->atom_words);
    return p->now;
}

void profiles_forget(profiles *p) {
    *p = (profiles){.atom_words = p->atom_words, .now = p->now};
}

/* Copies the tests of the word's profile to l->work. */
static bool find(labels *l) {
    profiles *p = &l->profiles;
    memset(p->now, 0, p->atom_words * sizeof *p->now);
    for (uint32_t i = 0; i < l->touched.count; i++)
        p->now[l->touched.items[i] / 64] |= (uint64_t)1 << (l->touched.items[i] % 64);
    if (p->count * 2 >= p->size && !grow(p, &l->learned)) return false;
    uint32_t slot = slot_of(p, p->now);
    if (!p->slots[slot]) {
        if (!describe(l)) return false;
        p->slots[slot] = p->count;
        return true;
    }
    uint32_t found = p->slots[slot] - 1;
    memcpy(l->work, p->tests.items + (size_t)found * l->tests.words, l->tests.words * sizeof *l->work);
    return true;
}

static bool touch(labels *l, uint32_t number) {
    l->truth[number] = true;
    return vec_push(&l->learned, &l->touched, number);
}

/* Touches the atoms of expressions that match. */
static bool match(labels *l, numbers matching) {
    for (uint32_t i = 0; i < matching.count; i++) {
        uint32_t number = l->tests.by_expression[matching.items[i]];
        if (number != NERX_NONE && !touch(l, number)) return false;
    }
    return true;
}

/* Words that atoms name would each be a profile of their own: these atoms come behind it. */
static void put_words_off(labels *l) {
    uint32_t kept = 0;
    l->gathered.count = 0;
    for (uint32_t i = 0; i < l->touched.count; i++) {
        uint32_t number = l->touched.items[i], kind = l->tests.atoms[number]->kind;
        if (kind == ATOM_WORD || kind == ATOM_FOLD || kind == ATOM_LEMMA) {
            l->truth[number] = false;
            if (!vec_push(&l->learned, &l->gathered, number)) l->failed = true;
        } else {
            l->touched.items[kept++] = number;
        }
    }
    l->touched.count = kept;
}

static bool touch_words(labels *l) {
    for (uint32_t i = 0; i < l->gathered.count; i++) {
        if (!touch(l, l->gathered.items[i])) return false;
    }
    return true;
}

bool profile_apply(labels *l, numbers matching) {
    put_words_off(l);
    uint32_t first = l->touched.count;
    if (!find(l) || !touch_words(l) || !match(l, matching)) return false;
    work_out(l, first, &l->tests.by_atom);
    return !l->failed;
}
