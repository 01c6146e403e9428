/* States and transitions, worked out when they are first met. */
#include "match/states.h"

enum { FIRST_TABLE = 1 << 8, MOST_LEARNED = 8 << 20, MOST_STATES = 1 << 16, FEW = 24 };

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

/* Which rules match in a new state. */
static bool describe(states *s, state *new, numbers places) {
    new->first_accept = s->accepts.count;
    for (uint32_t i = 0; i < places.count; i++) {
        uint32_t rule_number = s->rule_at[places.items[i]];
        if (rule_number != NERX_NONE && !vec_push(&s->learned, &s->accepts, rule_number)) return false;
    }
    new->accept_count = s->accepts.count - new->first_accept;
    return true;
}

static uint32_t number_of(const states *s, uint32_t index) {
    return index * 2 + (s->states.items[index].accept_count ? ACCEPTS : 0);
}

/* The number of a set of places, sorted. */
static uint32_t intern(states *s, const uint32_t *items, uint32_t count) {
    uint32_t index = pool_find(&s->places, &s->learned, items, count);
    if (index < s->states.count) return number_of(s, index);
    state new = {0};
    if (index != NERX_NONE && describe(s, &new, pool_list(&s->places, index)) && vec_push(&s->learned, &s->states, new))
        return number_of(s, index);
    s->failed = true;
    return DEAD;
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

static void put_step(states *s, uint64_t step) {
    uint64_t key = step >> STEP_BITS;
    uint32_t at = step_hash(s, (uint32_t)(key >> STEP_BITS), (uint32_t)key & ((1 << STEP_BITS) - 1));
    while (s->steps[at])
        at = (at + 1) & (s->step_size - 1);
    s->steps[at] = step;
}

static bool grow_steps(states *s) {
    uint64_t *old = s->steps;
    uint32_t old_size = s->step_size, size = old_size ? old_size * 2 : FIRST_TABLE;
    uint64_t *larger = arena_array(&s->learned, uint64_t, size);
    if (!larger) return false;
    s->steps = larger;
    s->step_size = size;
    for (uint32_t i = 0; i < old_size; i++) {
        if (old[i]) put_step(s, old[i]);
    }
    arena_drop(&s->learned, old);
    return true;
}

static void remember_step(states *s, uint32_t from, uint32_t label, uint32_t to) {
    if (s->step_count + s->step_count / 2 >= s->step_size && !grow_steps(s)) {
        s->failed = true;
        return;
    }
    put_step(s, step_key(from, label) << STEP_BITS | to);
    s->step_count++;
}

/* The steps of a state that can be made over a label: s->found. */
static uint32_t fire(states *s, uint32_t from, uint32_t label) {
    const labels *l = s->labels;
    numbers at = pool_list(&s->places, from / 2);
    memcpy(s->holding, l->bits.items + (size_t)label * l->tests.words, l->tests.words * sizeof *s->holding);
    uint32_t count = 0;
    for (uint32_t i = 0; i < at.count; i++) {
        uint32_t test = s->asks[at.items[i]];
        s->found[count] = at.items[i];
        count += s->holding[test / 64] >> (test % 64) & 1;
    }
    return count;
}

/* The steps with which a match over a label may begin: s->found. */
static uint32_t fire_first(states *s, uint32_t label) {
    const labels *l = s->labels;
    const uint64_t *tests = l->bits.items + (size_t)label * l->tests.words;
    uint32_t count = 0;
    for (uint32_t w = 0; w < l->tests.words; w++) {
        for (uint64_t left = tests[w]; left; left &= left - 1) {
            const uint32_t *starts = s->entrances.starts + w * 64 + (uint32_t)__builtin_ctzll(left);
            for (uint32_t i = starts[0]; i < starts[1]; i++)
                s->found[count++] = s->entrances.items[i];
        }
    }
    sort(s, s->found, count);
    return count;
}

/* The state that steps made together lead to. They are few, and the same from many states. */
static uint32_t arrive(states *s, uint32_t fired_count) {
    uint32_t fired = pool_find(&s->fired, &s->learned, s->found, fired_count), count = 0;
    if (fired < s->reached_by.count) return s->reached_by.items[fired];
    s->failed |= fired == NERX_NONE;
    if (s->failed) return DEAD;
    numbers steps = pool_list(&s->fired, fired);
    s->generation++;
    for (uint32_t i = 0; i < steps.count; i++)
        count = follow(s, steps.items[i] + 1, count);
    uint32_t to = count ? intern_found(s, count) : DEAD;
    if (!vec_push(&s->learned, &s->reached_by, to)) s->failed = true;
    return to;
}

uint32_t states_learn_first(states *s, uint32_t label) {
    uint32_t count = fire_first(s, label);
    uint32_t to = count ? arrive(s, count) : DEAD;
    if (!s->failed) s->labels->starts.items[label] = to + 1;
    return to;
}

uint32_t states_learn_step(states *s, uint32_t from, uint32_t label) {
    uint32_t count = fire(s, from, label);
    uint32_t to = count ? arrive(s, count) : DEAD;
    remember_step(s, from, label, to);
    return to;
}

uint32_t states_learn_union(states *s, uint32_t a, uint32_t b) {
    numbers x = pool_list(&s->places, a / 2), y = pool_list(&s->places, b / 2);
    uint32_t count = 0;
    for (uint32_t i = 0, k = 0; i < x.count || k < y.count;) {
        uint32_t least = k == y.count || (i < x.count && x.items[i] < y.items[k]) ? x.items[i] : y.items[k];
        i += i < x.count && x.items[i] == least;
        k += k < y.count && y.items[k] == least;
        s->merged[count++] = least;
    }
    uint32_t to = intern(s, s->merged, count);
    remember_union(s, joint_key(a, b), to);
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
    memset(&s->places, 0, sizeof s->places);
    memset(&s->accepts, 0, sizeof s->accepts);
    memset(&s->states, 0, sizeof s->states);
    memset(&s->fired, 0, sizeof s->fired);
    memset(&s->reached_by, 0, sizeof s->reached_by);
    s->joint = NULL;
    s->steps = NULL;
    s->joint_size = s->joint_count = s->step_size = s->step_count = 0;
    labels *l = s->labels;
    if (l->starts.count) memset(l->starts.items, 0, l->starts.count * sizeof *l->starts.items);
    intern(s, s->merged, 0); /* DEAD */
    if (!grow_joint(s) || !grow_steps(s)) s->failed = true;
}

void states_forget_if_large(states *s) {
    if (s->learned.total > MOST_LEARNED || s->states.count > MOST_STATES || s->failed) states_forget(s);
}

static bool read_asks(states *s, arena *a) {
    uint32_t never = s->labels->tests.words * 64;
    s->asks = arena_array(a, uint32_t, (size_t)s->code_count + 1);
    s->holding = arena_array(a, uint64_t, (size_t)s->labels->tests.words + 1);
    for (uint32_t i = 0; s->asks && i < s->code_count; i++)
        s->asks[i] = s->code[i].op == OP_STEP ? s->code[i].a : never;
    return s->asks && s->holding;
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
    if (!read_asks(s, a) || !find_entrances(s, a)) return false;
    states_forget(s);
    return !s->failed;
}

void states_close(states *s) {
    arena_free(&s->learned);
}
