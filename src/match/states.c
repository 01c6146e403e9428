/* States and transitions, worked out when they are first met. */
#include "match/states.h"

#include "base/hash.h"

enum { FIRST_TABLE = 1 << 8, MOST_LEARNED = 8 << 20, MOST_STATES = 1 << 15, FEW = 24 };

static bool holds(const states *s, uint32_t label, uint32_t place) {
    return label_holds(s->labels, label, s->code[place].a);
}

/* Adds the steps and matches that can be reached from `place` without consuming anything to found[0 … count). */
static uint32_t follow(states *s, uint32_t place, uint32_t count) {
    uint32_t depth = 0;
    s->stack[depth++] = place;
    while (depth) {
        uint32_t at = s->stack[--depth];
        const instruction *i = &s->code[at];
        if (s->seen[at] == s->generation) continue;
        s->seen[at] = s->generation;
        if (i->op == OP_SPLIT) {
            s->stack[depth++] = i->b;
            s->stack[depth++] = i->a;
        } else if (i->op == OP_JUMP) {
            s->stack[depth++] = i->a;
        } else if (i->op == OP_STEP || i->op == OP_MATCH) {
            s->found[count++] = at;
        } else {
            s->stack[depth++] = at + 1;
        }
    }
    return count;
}

/* Places, each once. Many are sorted as a set of bits. */
static void sort(states *s, uint32_t *items, uint32_t count) {
    if (count > FEW) {
        for (uint32_t i = 0; i < count; i++)
            s->marks[items[i] / 64] |= (uint64_t)1 << (items[i] % 64);
        for (uint32_t w = 0, at = 0; at < count; w++) {
            for (; s->marks[w]; s->marks[w] &= s->marks[w] - 1)
                items[at++] = w * 64 + (uint32_t)__builtin_ctzll(s->marks[w]);
        }
        return;
    }
    for (uint32_t i = 1; i < count; i++) {
        uint32_t moving = items[i], k = i;
        for (; k && items[k - 1] > moving; k--)
            items[k] = items[k - 1];
        items[k] = moving;
    }
}

static uint32_t set_hash(const uint32_t *items, uint32_t count) {
    return (uint32_t)hash_bytes(items, count * sizeof *items);
}

static bool grow_states(states *s) {
    uint32_t size = s->table_size ? s->table_size * 2 : FIRST_TABLE;
    uint32_t *table = arena_array(&s->learned, uint32_t, size);
    if (!table) return false;
    for (uint32_t i = 0; i < s->states.count; i++) {
        const state *old = &s->states.items[i];
        uint32_t at = set_hash(s->items.items + old->first, old->count) & (size - 1);
        while (table[at])
            at = (at + 1) & (size - 1);
        table[at] = i + 1;
    }
    arena_drop(&s->learned, s->table);
    s->table = table;
    s->table_size = size;
    return true;
}

/* Which rules match in a new state. */
static bool describe(states *s, state *new, const uint32_t *items) {
    new->first_accept = s->accepts.count;
    for (uint32_t i = 0; i < new->count; i++) {
        if (s->code[items[i]].op != OP_MATCH || s->rule_at[items[i]] == NERX_NONE) continue;
        if (!vec_push(&s->learned, &s->accepts, s->rule_at[items[i]])) return false;
    }
    new->accept_count = s->accepts.count - new->first_accept;
    return true;
}

static uint32_t number_of(const states *s, uint32_t index) {
    return index * 2 + (s->states.items[index].accept_count ? ACCEPTS : 0);
}

/* The number of a set of places; `items` is sorted and not in s->items. */
static uint32_t intern(states *s, const uint32_t *items, uint32_t count) {
    if (s->states.count * 2 >= s->table_size && !grow_states(s)) {
        s->failed = true;
        return DEAD;
    }
    uint32_t mask = s->table_size - 1, at = set_hash(items, count) & mask;
    for (; s->table[at]; at = (at + 1) & mask) {
        const state *have = &s->states.items[s->table[at] - 1];
        if (have->count != count) continue;
        if (!count || memcmp(s->items.items + have->first, items, count * sizeof *items) == 0)
            return number_of(s, s->table[at] - 1);
    }
    state new = {.first = s->items.count, .count = count};
    bool done = vec_reserve(&s->learned, &s->items, count);
    if (done && count) memcpy(s->items.items + new.first, items, count * sizeof *items);
    if (done) s->items.count += count;
    if (!done || !describe(s, &new, items) || !vec_push(&s->learned, &s->states, new)) {
        s->failed = true;
        return DEAD;
    }
    s->table[at] = s->states.count;
    return number_of(s, s->states.count - 1);
}

static uint32_t intern_found(states *s, uint32_t count) {
    sort(s, s->found, count);
    return intern(s, s->found, count);
}

static bool grow_joint(states *s) {
    joint_state *old = s->joint;
    uint32_t old_size = s->joint_size, size = old_size ? old_size * 2 : FIRST_TABLE;
    joint_state *larger = arena_array(&s->learned, joint_state, size);
    if (!larger) return false;
    s->joint = larger;
    s->joint_size = size;
    s->joint_shift = 64 - (uint32_t)__builtin_ctz(size);
    for (uint32_t i = 0; i < old_size; i++) {
        if (old[i].key) *joint_slot(s, old[i].key) = old[i];
    }
    arena_drop(&s->learned, old);
    return true;
}

static void remember_union(states *s, uint64_t key, uint32_t to) {
    if (s->joint_count * 2 >= s->joint_size && !grow_joint(s)) {
        s->failed = true;
        return;
    }
    *joint_slot(s, key) = (joint_state){key, to};
    s->joint_count++;
}

static bool grow_steps(states *s) {
    uint64_t *old = s->steps;
    uint32_t old_size = s->step_size, size = old_size ? old_size * 2 : FIRST_TABLE;
    uint64_t *larger = arena_array(&s->learned, uint64_t, size);
    if (!larger) return false;
    s->steps = larger;
    s->step_size = size;
    s->step_shift = 32 - (uint32_t)__builtin_ctz(size);
    for (uint32_t i = 0; i < old_size; i++) {
        if (old[i]) *step_slot(s, (uint32_t)(old[i] >> 32)) = old[i];
    }
    arena_drop(&s->learned, old);
    return true;
}

static void remember_step(states *s, uint32_t from, uint32_t label, uint32_t to) {
    if ((from | label) >> 16) return;
    if (s->step_count + s->step_count / 2 >= s->step_size && !grow_steps(s)) {
        s->failed = true;
        return;
    }
    uint32_t key = from << 16 | label;
    *step_slot(s, key) = (uint64_t)key << 32 | to;
    s->step_count++;
}

uint32_t states_learn_step(states *s, uint32_t from, uint32_t label) {
    const state *at = states_at(s, from);
    uint32_t count = 0;
    s->generation++;
    for (uint32_t i = 0; i < at->count; i++) {
        uint32_t place = s->items.items[at->first + i];
        if (s->code[place].op == OP_STEP && holds(s, label, place)) count = follow(s, place + 1, count);
    }
    uint32_t to = count ? intern_found(s, count) : DEAD;
    remember_step(s, from, label, to);
    return to;
}

uint32_t states_learn_union(states *s, uint32_t a, uint32_t b) {
    const state *x = states_at(s, a), *y = states_at(s, b);
    const uint32_t *p = s->items.items + x->first, *q = s->items.items + y->first;
    uint32_t count = 0;
    for (uint32_t i = 0, k = 0; i < x->count || k < y->count;) {
        uint32_t least = k == y->count || (i < x->count && p[i] < q[k]) ? p[i] : q[k];
        i += i < x->count && p[i] == least;
        k += k < y->count && q[k] == least;
        s->merged[count++] = least;
    }
    uint32_t to = intern(s, s->merged, count);
    remember_union(s, joint_key(a, b), to);
    return to;
}

uint32_t states_learn_first(states *s, uint32_t label) {
    const labels *l = s->labels;
    const uint64_t *tests = l->bits.items + (size_t)label * l->tests.words;
    uint32_t count = 0;
    s->generation++;
    for (uint32_t w = 0; w < l->tests.words; w++) {
        for (uint64_t left = tests[w]; left; left &= left - 1) {
            const uint32_t *starts = s->entrances.starts + w * 64 + (uint32_t)__builtin_ctzll(left);
            for (uint32_t i = starts[0]; i < starts[1]; i++)
                count = follow(s, s->entrances.items[i] + 1, count);
        }
    }
    uint32_t to = count ? intern_found(s, count) : DEAD;
    if (!s->failed) s->labels->starts.items[label] = to + 1;
    return to;
}

/* Sorts the steps with which a match may begin by their tests. */
static bool find_entrances(states *s, arena *a) {
    uint32_t tests = s->labels->tests.words * 64, count = follow(s, 0, 0);
    number_lists *by = &s->entrances;
    by->starts = arena_array(a, uint32_t, (size_t)tests + 2);
    by->items = arena_array(a, uint32_t, (size_t)count + 1);
    if (!by->starts || !by->items) return false;
    /* of each test, how many come before it; then, while they are listed, where its next goes */
    for (uint32_t i = 0; i < count; i++) {
        const instruction *at = &s->code[s->found[i]];
        if (at->op == OP_STEP) by->starts[at->a + 2]++;
    }
    for (uint32_t i = 2; i < tests + 2; i++)
        by->starts[i] += by->starts[i - 1];
    for (uint32_t i = 0; i < count; i++) {
        const instruction *at = &s->code[s->found[i]];
        if (at->op == OP_STEP) by->items[by->starts[at->a + 1]++] = s->found[i];
    }
    return true;
}

void states_forget(states *s) {
    s->failed = false;
    arena_reset(&s->learned);
    memset(&s->items, 0, sizeof s->items);
    memset(&s->accepts, 0, sizeof s->accepts);
    memset(&s->states, 0, sizeof s->states);
    s->table = NULL;
    s->joint = NULL;
    s->steps = NULL;
    s->table_size = s->joint_size = s->joint_count = s->step_size = s->step_count = 0;
    labels *l = s->labels;
    if (l->starts.count) memset(l->starts.items, 0, l->starts.count * sizeof *l->starts.items);
    intern(s, s->merged, 0); /* DEAD */
    if (!grow_joint(s) || !grow_steps(s)) s->failed = true;
}

void states_forget_if_large(states *s) {
    if (s->learned.total > MOST_LEARNED || s->states.count > MOST_STATES || s->failed) states_forget(s);
}

bool states_open(states *s, arena *a, labels *l, const program *p, const uint32_t *rule_at) {
    *s = (states){
        .labels = l, .code = l->tests.layer->code + p->first_code, .code_count = p->code_count, .rule_at = rule_at};
    size_t count = (size_t)p->code_count + 1;
    s->seen = arena_array(a, uint32_t, count);
    s->stack = arena_array(a, uint32_t, count * 2);
    s->found = arena_array(a, uint32_t, count);
    s->merged = arena_array(a, uint32_t, count);
    s->marks = arena_array(a, uint64_t, count / 64 + 1);
    if (!s->seen || !s->stack || !s->found || !s->merged || !s->marks) return false;
    s->generation++;
    if (!find_entrances(s, a)) return false;
    states_forget(s);
    return !s->failed;
}

void states_close(states *s) {
    arena_free(&s->learned);
}
