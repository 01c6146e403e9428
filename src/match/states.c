/* States and transitions, worked out when they are first met. */
#include "match/states.h"

enum { FIRST_TABLE = 1 << 8, MOST_LEARNED = 16 << 20, MOST_STATES = 1 << 16 };

/* Writes the positions of a set that are in [first, end), in their order; how many there are. */
static uint32_t list_positions(const uint32_t *set, uint32_t first, uint32_t end, uint32_t *out) {
    uint32_t count = 0;
    if (first == end) return 0;
    for (uint32_t w = first / 32, last = (end - 1) / 32; w <= last; w++) {
        uint32_t left = set[w];
        if (w == first / 32) left &= UINT32_MAX << (first % 32);
        if (w == last) left &= UINT32_MAX >> (31 - (end - 1) % 32);
        for (; left; left &= left - 1)
            out[count++] = w * 32 + (uint32_t)__builtin_ctz(left);
    }
    return count;
}

/* Which rules match in a new state, in their order, and what its steps ask. */
static bool describe(states *s, state *new, const uint32_t *set) {
    const positions *p = &s->positions;
    new->first_accept = s->accepts.count;
    uint32_t count = list_positions(set, p->step_count, p->count, s->described);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t rule_number = s->rule_at[p->places[s->described[i]]];
        if (rule_number != NERX_NONE && !vec_push(&s->learned, &s->accepts, rule_number)) return false;
    }
    new->accept_count = s->accepts.count - new->first_accept;
    uint32_t first = s->asked.count;
    if (!vec_fit(&s->learned, &s->asked, first + s->labels->tests.words)) return false;
    count = list_positions(set, 0, p->step_count, s->described);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t test = positions_test(p, s->described[i]);
        s->asked.items[first + test / 64] |= (uint64_t)1 << (test % 64);
    }
    return true;
}

static uint32_t number_of(const states *s, uint32_t index) {
    return index * 2 + (s->states.items[index].accept_count ? ACCEPTS : 0);
}

/* The state of the marked positions. */
static uint32_t find_marked(states *s) {
    if (s->failed) return DEAD; /* numbers of sets and of states may differ by now */
    uint32_t index = pool_find(&s->sets, &s->learned, s->marks, s->mark_words);
    if (index < s->states.count) return number_of(s, index);
    state new = {0};
    if (index != NERX_NONE && describe(s, &new, s->marks) && vec_push(&s->learned, &s->states, new))
        return number_of(s, index);
    s->failed = true;
    return DEAD;
}

/* The same, and marks none. */
static uint32_t take_marked(states *s) {
    uint32_t found = find_marked(s);
    memset(s->marks, 0, s->mark_words * sizeof *s->marks);
    return found;
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
    uint32_t at = step_hash((uint32_t)(key >> STEP_BITS), (uint32_t)key & ((1 << STEP_BITS) - 1)) & (s->step_size - 1);
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
    if (s->step_count * 2 >= s->step_size && !grow_steps(s)) {
        s->failed = true;
        return;
    }
    put_step(s, step_key(from, label) << STEP_BITS | to);
    s->step_count++;
}

/* The steps of a state that can be made over a label: s->found, sorted. */
static uint32_t fire(states *s, uint32_t from, uint32_t label) {
    const labels *l = s->labels;
    if (s->failed) return 0;
    const uint64_t *holding = l->bits.items + (size_t)label * l->tests.words;
    const uint64_t *asked = s->asked.items + (size_t)(from / 2) * l->tests.words;
    const uint32_t *set = states_set(s, from);
    uint32_t count = 0;
    for (uint32_t w = 0; w < l->tests.words; w++) {
        for (uint64_t left = asked[w] & holding[w]; left; left &= left - 1) {
            const uint32_t *starts = s->positions.starts + w * 64 + (uint32_t)__builtin_ctzll(left);
            count += list_positions(set, starts[0], starts[1], s->found + count);
        }
    }
    return count;
}

static void mark(states *s, numbers items) {
    for (uint32_t i = 0; i < items.count; i++)
        s->marks[items.items[i] / 32] |= (uint32_t)1 << (items.items[i] % 32);
}

/* The state that steps made together lead to. They are few, and the same from many states. */
static uint32_t arrive(states *s, uint32_t fired_count) {
    uint32_t fired = pool_find(&s->fired, &s->learned, s->found, fired_count);
    if (fired < s->reached_by.count) return s->reached_by.items[fired];
    s->failed |= fired == NERX_NONE;
    if (s->failed) return DEAD;
    for (uint32_t i = 0; i < fired_count; i++) {
        numbers next = {0};
        s->failed |= !positions_behind(&s->positions, s->found[i], &next);
        mark(s, next);
    }
    uint32_t to = take_marked(s);
    if (!vec_push(&s->learned, &s->reached_by, to)) s->failed = true;
    return to;
}

uint32_t states_learn_first(states *s, uint32_t label) {
    uint32_t count = fire(s, s->start, label);
    uint32_t to = count ? arrive(s, count) : DEAD;
    if (!s->failed) s->labels->starts.items[label] = to == DEAD ? FIRST_DEAD : to;
    return to;
}

uint32_t states_learn_step(states *s, uint32_t from, uint32_t label) {
    uint32_t count = fire(s, from, label);
    uint32_t to = count ? arrive(s, count) : DEAD;
    remember_step(s, from, label, to);
    return to;
}

uint32_t states_learn_union(states *s, uint32_t a, uint32_t b) {
    const uint32_t *of_a = states_set(s, a), *of_b = states_set(s, b);
    for (uint32_t w = 0; w < s->mark_words; w++)
        s->marks[w] = of_a[w] | of_b[w];
    uint32_t to = take_marked(s);
    remember_union(s, joint_key(a, b), to);
    return to;
}

/* The state of all matches that may begin. */
static bool begin(states *s) {
    numbers first;
    if (!positions_first(&s->positions, &first)) return false;
    mark(s, first);
    s->start = take_marked(s);
    return true;
}

void states_forget(states *s) {
    s->failed = false;
    arena_reset(&s->learned);
    memset(&s->sets, 0, sizeof s->sets);
    memset(&s->asked, 0, sizeof s->asked);
    memset(&s->accepts, 0, sizeof s->accepts);
    memset(&s->states, 0, sizeof s->states);
    memset(&s->fired, 0, sizeof s->fired);
    memset(&s->reached_by, 0, sizeof s->reached_by);
    s->joint = NULL;
    s->steps = NULL;
    s->joint_size = s->joint_count = s->step_size = s->step_count = 0;
    labels *l = s->labels;
    if (l->starts.count) memset(l->starts.items, 0, l->starts.count * sizeof *l->starts.items);
    take_marked(s); /* DEAD */
    if (!grow_joint(s) || !grow_steps(s) || !begin(s)) s->failed = true;
}

void states_forget_if_large(states *s) {
    if (s->learned.total > MOST_LEARNED || s->states.count > MOST_STATES || s->failed) states_forget(s);
}

bool states_open(states *s, arena *a, labels *l, const program *p, const uint32_t *rule_at) {
    *s = (states){.labels = l, .rule_at = rule_at};
    if (!positions_open(&s->positions, a, p, l->tests.layer->code + p->first_code, p->predicate_count)) return false;
    s->mark_words = s->positions.count / 32 + 1;
    s->found = arena_space(a, uint32_t, (size_t)s->positions.count + 1);
    s->described = arena_space(a, uint32_t, (size_t)s->positions.count + 1);
    s->marks = arena_array(a, uint32_t, s->mark_words);
    if (!s->found || !s->described || !s->marks) return false;
    states_forget(s);
    return !s->failed;
}

void states_close(states *s) {
    arena_free(&s->learned);
}
