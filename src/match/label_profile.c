/* Profiles: what a set of true atoms makes of all tests.
 *
 *     word ──> atoms that are true ──> profile ─┬─ tests that hold where no regular expression matches
 *                                               └─ expressions that tests hang on, and these tests
 *
 * Many words share few profiles, and few words match an expression, so that most words cost no more than finding their
 * profile and asking its expressions. */
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
    for (uint32_t i = 0; i < p->items.count; i++)
        p->slots[slot_of(p, atoms_of(p, i))] = i + 1;
    return true;
}

static void set_test(labels *l, uint32_t test, bool holds) {
    uint64_t bit = (uint64_t)1 << (test % 64);
    l->work[test / 64] = holds ? l->work[test / 64] | bit : l->work[test / 64] & ~bit;
}

/* Expressions are unknown here; a test that hangs on one stays open. */
static bool decide(labels *l, uint32_t test) {
    if (l->seen[test] == l->round) return true;
    l->seen[test] = l->round;
    unsigned char holds = test_value(&l->tests, test, l->truth);
    set_test(l, test, holds == TRUE);
    return holds != UNKNOWN || vec_push(&l->learned, &l->profiles.open, test);
}

/* The expressions in open tests, each once; they do not match, while the tests are worked out. */
static bool close_tests(labels *l, profile *of) {
    const test_index *x = &l->tests;
    profiles *p = &l->profiles;
    of->first_expression = p->expressions.count;
    for (uint32_t i = 0; i < of->open_count; i++) {
        uint32_t test = p->open.items[of->first_open + i];
        for (uint32_t k = x->test_starts[test]; k < x->test_starts[test + 1]; k++) {
            if (x->ops[k] & OPERATOR || l->truth[x->ops[k]] != UNKNOWN) continue;
            l->truth[x->ops[k]] = FALSE;
            if (!vec_push(&l->learned, &p->expressions, x->ops[k])) return false;
        }
    }
    of->expression_count = p->expressions.count - of->first_expression;
    for (uint32_t i = 0; i < of->open_count; i++) {
        uint32_t test = p->open.items[of->first_open + i];
        set_test(l, test, test_value(x, test, l->truth) == TRUE);
    }
    for (uint32_t i = of->first_expression; i < p->expressions.count; i++)
        l->truth[p->expressions.items[i]] = UNKNOWN;
    return true;
}

static bool describe(labels *l) {
    const test_index *x = &l->tests;
    profiles *p = &l->profiles;
    profile new = {.first_open = p->open.count};
    memcpy(l->work, x->defaults, x->words * sizeof *l->work);
    l->round++;
    for (uint32_t i = 0; i < l->touched.count; i++) {
        uint32_t number = l->touched.items[i];
        for (uint32_t k = x->by_atom.starts[number]; k < x->by_atom.starts[number + 1]; k++) {
            if (!decide(l, x->by_atom.items[k])) return false;
        }
    }
    for (uint32_t i = 0; i < x->always.count; i++) {
        if (!decide(l, x->always.items[i])) return false;
    }
    new.open_count = p->open.count - new.first_open;
    if (!close_tests(l, &new) || !vec_reserve(&l->learned, &p->atoms, p->atom_words) ||
        !vec_reserve(&l->learned, &p->tests, x->words) || !vec_push(&l->learned, &p->items, new))
        return false;
    memcpy(p->atoms.items + p->atoms.count, p->now, p->atom_words * sizeof *p->now);
    memcpy(p->tests.items + p->tests.count, l->work, x->words * sizeof *l->work);
    p->atoms.count += p->atom_words;
    p->tests.count += x->words;
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

static const profile *find(labels *l) {
    profiles *p = &l->profiles;
    memset(p->now, 0, p->atom_words * sizeof *p->now);
    for (uint32_t i = 0; i < l->touched.count; i++)
        p->now[l->touched.items[i] / 64] |= (uint64_t)1 << (l->touched.items[i] % 64);
    if (p->items.count * 2 >= p->size && !grow(p, &l->learned)) return NULL;
    uint32_t slot = slot_of(p, p->now);
    if (!p->slots[slot]) {
        if (!describe(l)) return NULL;
        p->slots[slot] = p->items.count;
    }
    uint32_t found = p->slots[slot] - 1;
    memcpy(l->work, p->tests.items + (size_t)found * l->tests.words, l->tests.words * sizeof *l->work);
    return &p->items.items[found];
}

/* Memory is short only where compiling fails: the builder has compiled it before. */
static bool ask_alone(labels *l, uint32_t number, const expression *e, str key) {
    test_index *x = &l->tests;
    char message[128] = "";
    size_t offset;
    if (!x->regexes[number])
        x->regexes[number] = regex_compile(str_of(x->layer->strings + e->text), &offset, message, sizeof message);
    if (!x->regexes[number] && !message[0]) l->failed = true;
    return x->regexes[number] && regex_match(x->regexes[number], key);
}

static bool matches(labels *l, uint32_t number, str key, bool told) {
    uint32_t at = l->tests.atoms[number]->a;
    const expression *e = &l->tests.layer->expressions.items[at];
    return told && e->covered ? l->matched[at / 64] >> (at % 64) & 1 : ask_alone(l, number, e, key);
}

bool profile_apply(labels *l, str key) {
    const profile *p = find(l);
    if (!p) return false;
    const uint32_t *expressions = l->profiles.expressions.items + p->first_expression;
    bool any = false, told = p->expression_count && expressions_match(&l->tests.layer->expressions, key, l->matched);
    for (uint32_t i = 0; i < p->expression_count; i++) {
        bool matched = matches(l, expressions[i], key, told);
        l->truth[expressions[i]] = matched ? TRUE : FALSE;
        any |= matched;
    }
    for (uint32_t i = 0; any && i < p->open_count; i++) {
        uint32_t test = l->profiles.open.items[p->first_open + i];
        set_test(l, test, test_value(&l->tests, test, l->truth) == TRUE);
    }
    for (uint32_t i = 0; i < p->expression_count; i++)
        l->truth[expressions[i]] = UNKNOWN;
    return !l->failed;
}
