/* A program's tests, indexed by the atoms they are made of. */
#include "match/label.h"
#include "match/label_test.h"

#define OPERATOR 0x80000000U

enum { ALWAYS = 1 << 30 /* what an atom costs that says nothing */ };

typedef struct indexer {
    test_index *x;
    arena *arena, scratch;
    uint32_t *slots; /* distinct atoms, plus one */
    uint32_t size;
    uint32_t branch_count;
} indexer;

/* Equal attributes are one string of the rules: the compiler sees to that. */
static bool same_atom(const atom *a, const atom *b) {
    return a->kind == b->kind && a->a == b->a && a->b == b->b && a->c == b->c;
}

static uint64_t atom_hash(const atom *a) {
    return hash_mix((uint64_t)a->a << 32 ^ (uint64_t)a->b << 11 ^ (uint64_t)a->kind << 7 ^ a->c);
}

static uint32_t number_of(indexer *in, const atom *a) {
    test_index *x = in->x;
    uint32_t at = (uint32_t)atom_hash(a) & (in->size - 1);
    for (; in->slots[at]; at = (at + 1) & (in->size - 1)) {
        if (same_atom(x->atoms[in->slots[at] - 1], a)) return in->slots[at] - 1;
    }
    x->atoms[x->atom_count++] = a;
    in->slots[at] = x->atom_count;
    return x->atom_count - 1;
}

static bool read_tests(indexer *in, const program *p) {
    test_index *x = in->x;
    const predicate *tests = p->predicate_count ? x->layer->predicates + p->first_predicate : NULL;
    uint32_t total = 0;
    for (uint32_t i = 0; i < p->predicate_count; i++)
        total += tests[i].count;
    in->size = 16;
    while (in->size < total * 2)
        in->size *= 2;
    in->slots = arena_array(&in->scratch, uint32_t, in->size);
    x->atoms = arena_space(in->arena, const atom *, total + 1);
    x->ops = arena_space(in->arena, uint32_t, total + 1);
    x->test_starts = arena_space(in->arena, uint32_t, (size_t)p->predicate_count + 1);
    if (!in->slots || !x->atoms || !x->ops || !x->test_starts) return false;
    uint32_t at = 0;
    for (uint32_t i = 0; i < p->predicate_count; i++) {
        x->test_starts[i] = at;
        for (uint32_t k = 0; k < tests[i].count; k++) {
            const atom *a = &x->layer->atoms[tests[i].first + k];
            bool joins = a->kind == ATOM_NOT || a->kind == ATOM_AND || a->kind == ATOM_OR;
            x->ops[at++] = joins ? OPERATOR | a->kind : number_of(in, a);
        }
    }
    x->test_starts[p->predicate_count] = at;
    x->test_count = p->predicate_count;
    x->words = (p->predicate_count + 63) / 64 + (p->predicate_count == 0);
    return true;
}

/* Compiles the part of a test that ends at *last, and moves *last before it; its first branch. Of two parts the second
 * is compiled first, as the first one leads to it; no deeper than truth values wait in postfix order. */
static uint32_t branch(indexer *in, uint32_t *last, uint32_t yes, uint32_t no) {
    test_index *x = in->x;
    while (x->ops[*last] & OPERATOR) {
        uint32_t kind = x->ops[(*last)--] & ~OPERATOR;
        if (kind == ATOM_NOT) {
            uint32_t other = yes;
            yes = no;
            no = other;
        } else if (kind == ATOM_AND) {
            yes = branch(in, last, yes, no);
        } else {
            no = branch(in, last, yes, no);
        }
    }
    x->branches[in->branch_count] = (test_branch){x->ops[(*last)--], yes, no};
    return in->branch_count++;
}

static bool branch_all(indexer *in) {
    test_index *x = in->x;
    x->entries = arena_space(in->arena, uint32_t, (size_t)x->test_count + 1);
    x->branches = arena_space(in->arena, test_branch, (size_t)x->test_starts[x->test_count] + 1);
    if (!x->entries || !x->branches) return false;
    for (uint32_t i = 0; i < x->test_count; i++) {
        uint32_t last = x->test_starts[i + 1] - 1;
        x->entries[i] = branch(in, &last, TEST_HOLDS, TEST_FAILS);
    }
    return true;
}

static key_slot *slot_of(const atom_list *list, uint32_t key) {
    uint32_t at = key_hash(key) & list->mask;
    while (list->slots[at].count && list->slots[at].key != key)
        at = (at + 1) & list->mask;
    return &list->slots[at];
}

/* Counting sort: atoms with one key come to stand side by side. */
static bool find_keys(indexer *in, atom_list *list) {
    uint32_t size = 4, next = 0;
    if (!list->count) return true;
    while (size < list->count * 2)
        size *= 2;
    keyed_atom *sorted = arena_space(in->arena, keyed_atom, list->count);
    uint32_t *places = arena_space(&in->scratch, uint32_t, size);
    list->slots = arena_array(in->arena, key_slot, size);
    list->mask = size - 1;
    if (!sorted || !places || !list->slots) return false;
    for (uint32_t i = 0; i < list->count; i++) {
        key_slot *slot = slot_of(list, list->items[i].key);
        slot->key = list->items[i].key;
        slot->count++;
    }
    for (uint32_t i = 0; i < size; i++) {
        places[i] = list->slots[i].first = next;
        next += list->slots[i].count;
    }
    for (uint32_t i = 0; i < list->count; i++)
        sorted[places[slot_of(list, list->items[i].key) - list->slots]++] = list->items[i];
    list->items = sorted;
    return true;
}

static bool sort_atom(indexer *in, uint32_t number) {
    test_index *x = in->x;
    const atom *a = x->atoms[number];
    keyed_atom k = {a->a, number};
    switch (a->kind) {
    case ATOM_CLASS: return vec_push(in->arena, &x->classes, k);
    case ATOM_WORD: return vec_push(in->arena, &x->spellings, k);
    case ATOM_FOLD: return vec_push(in->arena, &x->folds, k);
    case ATOM_LEMMA: return vec_push(in->arena, &x->lemmas, k);
    case ATOM_MENTION: return vec_push(in->arena, &x->types, k);
    case ATOM_SHAPE: return vec_push(in->arena, &x->shapes, k);
    case ATOM_PLACE: x->places_used |= a->a; return vec_push(in->arena, &x->places, k);
    case ATOM_MARK: return vec_push(in->arena, &x->marks, k);
    case ATOM_KNOWN: return vec_push(in->arena, &x->known, k);
    case ATOM_REGEX: x->by_expression[a->a] = number; return true;
    default: return true;
    }
}

static bool sort_atoms(indexer *in) {
    test_index *x = in->x;
    uint32_t expressions = x->layer->expressions.count;
    x->by_expression = arena_space(in->arena, uint32_t, (size_t)expressions + 1);
    if (!x->by_expression) return false;
    memset(x->by_expression, 0xff, (size_t)expressions * sizeof *x->by_expression);
    for (uint32_t i = 0; i < x->atom_count; i++) {
        if (!sort_atom(in, i)) return false;
    }
    atom_list *sorted[] = {&x->classes, &x->spellings, &x->folds, &x->lemmas, &x->types, &x->known};
    for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++) {
        if (!find_keys(in, sorted[i])) return false;
    }
    return true;
}

/* Counting sort of (atom, test) pairs, of the operations that are chosen. */
static bool list_tests(indexer *in, const bool *chosen, number_lists *out) {
    test_index *x = in->x;
    uint32_t total = x->test_starts[x->test_count], *next;
    out->starts = arena_array(in->arena, uint32_t, (size_t)x->atom_count + 2);
    out->items = arena_space(in->arena, uint32_t, (size_t)total + 1);
    next = arena_space(&in->scratch, uint32_t, (size_t)x->atom_count + 1);
    if (!out->starts || !out->items || !next) return false;
    for (uint32_t i = 0; i < total; i++) {
        if (chosen[i]) out->starts[x->ops[i] + 1]++;
    }
    for (uint32_t i = 0; i < x->atom_count; i++) {
        out->starts[i + 1] += out->starts[i];
        next[i] = out->starts[i];
    }
    for (uint32_t t = 0; t < x->test_count; t++) {
        for (uint32_t i = x->test_starts[t]; i < x->test_starts[t + 1]; i++) {
            if (chosen[i]) out->items[next[x->ops[i]]++] = t;
        }
    }
    return true;
}

/* About how often the atom is true. */
static uint32_t atom_cost(const atom *a) {
    static const uint32_t costs[ATOM_KIND_COUNT] = {
        [ATOM_ANY] = ALWAYS, [ATOM_CLASS] = 4,   [ATOM_SHAPE] = 100, [ATOM_PLACE] = 50,
        [ATOM_MARK] = 50,    [ATOM_KNOWN] = 100, [ATOM_WORD] = 1,    [ATOM_FOLD] = 1,
        [ATOM_LEMMA] = 1,    [ATOM_REGEX] = 3,   [ATOM_MENTION] = 2};
    return costs[a->kind];
}

/* A part of a test, from an operation on: the atoms chosen in it are those without which it cannot hold. */
typedef struct part {
    uint32_t first, cost;
} part;

static part join_parts(bool *chosen, uint32_t kind, part a, part b, uint32_t end) {
    if (kind == ATOM_OR) {
        bool always = a.cost == ALWAYS || b.cost == ALWAYS;
        return (part){a.first, always ? ALWAYS : a.cost + b.cost};
    }
    bool keeps_first = a.cost <= b.cost;
    uint32_t from = keeps_first ? b.first : a.first, to = keeps_first ? end : b.first;
    memset(chosen + from, 0, (to - from) * sizeof *chosen);
    return (part){a.first, keeps_first ? a.cost : b.cost};
}

/* Chooses the atoms of a test one of which is true wherever it holds; all of them where it may hold without any. */
static void choose_causes(const test_index *x, uint32_t test, bool *chosen) {
    part stack[MAX_TEST_DEPTH + 1];
    uint32_t depth = 0, first = x->test_starts[test], end = x->test_starts[test + 1];
    for (uint32_t i = first; i < end; i++) {
        uint32_t op = x->ops[i];
        chosen[i] = !(op & OPERATOR);
        if (!(op & OPERATOR)) {
            stack[depth++] = (part){i, atom_cost(x->atoms[op])};
        } else if (op == (OPERATOR | ATOM_NOT)) {
            stack[depth - 1].cost = ALWAYS;
        } else {
            depth--;
            stack[depth - 1] = join_parts(chosen, op & ~OPERATOR, stack[depth - 1], stack[depth], i);
        }
    }
    for (uint32_t i = first; i < end && stack[0].cost == ALWAYS; i++)
        chosen[i] = !(x->ops[i] & OPERATOR);
}

/* What words have besides readings: these are true from the start, and never come later. */
static bool is_sign(const atom *a) {
    return a->kind == ATOM_SHAPE || a->kind == ATOM_PLACE || a->kind == ATOM_MARK || a->kind == ATOM_ANY;
}

static bool list_all_tests(indexer *in) {
    test_index *x = in->x;
    uint32_t total = x->test_starts[x->test_count];
    bool *chosen = arena_space(&in->scratch, bool, (size_t)total + 1);
    if (!chosen) return false;
    for (uint32_t i = 0; i < total; i++)
        chosen[i] = !(x->ops[i] & OPERATOR) && !is_sign(x->atoms[x->ops[i]]);
    if (!list_tests(in, chosen, &x->by_atom)) return false;
    for (uint32_t t = 0; t < x->test_count; t++)
        choose_causes(x, t, chosen);
    return list_tests(in, chosen, &x->by_cause);
}

static bool find_defaults(indexer *in, unsigned char *truth) {
    test_index *x = in->x;
    x->defaults = arena_array(in->arena, uint64_t, x->words);
    if (!x->defaults) return false;
    for (uint32_t i = 0; i < x->atom_count; i++)
        truth[i] = atom_default(x->atoms[i]);
    for (uint32_t t = 0; t < x->test_count; t++) {
        if (test_value(x, t, truth)) x->defaults[t / 64] |= (uint64_t)1 << (t % 64);
    }
    return true;
}

static bool build(indexer *in, const program *p) {
    if (!read_tests(in, p) || !branch_all(in) || !sort_atoms(in) || !list_all_tests(in)) return false;
    unsigned char *truth = arena_space(&in->scratch, unsigned char, (size_t)in->x->atom_count + 1);
    return truth && find_defaults(in, truth);
}

bool test_index_build(test_index *x, arena *a, const rule_layer *rules, const program *p) {
    *x = (test_index){.layer = rules};
    indexer in = {.x = x, .arena = a};
    bool built = build(&in, p);
    arena_free(&in.scratch);
    return built;
}
