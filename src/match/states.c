/* States and transitions, worked out when they are first met. */
#include "match/states.h"

#include "base/bits.h"

enum { FIRST_TABLE = 1 << 8, MOST_LEARNED = 32 << 20, MOST_STATES = 1 << 16 };

/* Which rules match in a new state, in their order. */
static bool describe(states *s, state *new, numbers set) {
    new->first_accept = s->accepts.count;
    uint32_t first = set.count;
    while (first && set.items[first - 1] >= s->positions.step_count)
        first--;
    for (uint32_t i = first; i < set.count; i++) {
        uint32_t rule_number = s->rule_at[s->positions.places[set.items[i]]];
        if (rule_number != NERX_NONE && !vec_push(&s->learned, &s->accepts, rule_number)) return false;
    }
    new->accept_count = s->accepts.count - new->first_accept;
    return true;
}

static uint32_t number_of(const states *s, uint32_t index) {
    return index * 2 + (s->states.items[index].accept_count ? ACCEPTS : 0);
}

/* The number of a set of positions, sorted. */
static uint32_t intern(states *s, const uint32_t *items, uint32_t count) {
    if (s->failed) return DEAD; /* numbers of sets and of states may differ by now */
    uint32_t index = pool_find(&s->sets, &s->learned, items, count);
    if (index < s->states.count) return number_of(s, index);
    state new = {0};
    if (index != NERX_NONE && describe(s, &new, pool_list(&s->sets, index)) && vec_push(&s->learned, &s->states, new))
        return number_of(s, index);
    s->failed = true;
    return DEAD;
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

/* Sorts the steps of a state, which come by their tests, into words of tests. */
static bool find_asked(states *s, uint32_t index) {
    numbers set = pool_list(&s->sets, index);
    uint32_t first = s->asked_words.count, last = NERX_NONE, i = 0;
    for (; i < set.count && set.items[i] < s->positions.step_count; i++) {
        uint32_t test = positions_test(&s->positions, set.items[i]);
        if (test == last) continue;
        if (last == NERX_NONE || test / 64 != last / 64) {
            asked_word new = {0, test / 64, s->step_starts.count};
            if (!vec_push(&s->learned, &s->asked_words, new)) return false;
        }
        s->asked_words.items[s->asked_words.count - 1].tests |= (uint64_t)1 << (test % 64);
        if (!vec_push(&s->learned, &s->step_starts, i)) return false;
        last = test;
    }
    s->asked.items[index] = (range){first, s->asked_words.count - first};
    return vec_push(&s->learned, &s->step_starts, i);
}

/* The steps of a state that can be made over a label: s->found, sorted. */
static uint32_t fire(states *s, uint32_t from, uint32_t label) {
    const labels *l = s->labels;
    const uint64_t *holding = l->bits.items + (size_t)label * l->tests.words;
    uint32_t index = from / 2, count = 0;
    bool ready = vec_fit(&s->learned, &s->asked, s->states.count);
    if (!ready || (!s->asked.items[index].count && !find_asked(s, index))) {
        s->failed = true;
        return 0;
    }
    range asked = s->asked.items[index];
    const uint32_t *set = pool_list(&s->sets, index).items;
    for (uint32_t i = asked.first; i < asked.first + asked.count; i++) {
        const asked_word *w = &s->asked_words.items[i];
        for (uint64_t left = w->tests & holding[w->word]; left; left &= left - 1) {
            uint32_t below = bits_below(w->tests, (uint32_t)__builtin_ctzll(left));
            const uint32_t *starts = s->step_starts.items + w->first + below;
            for (uint32_t k = starts[0]; k < starts[1]; k++)
                s->found[count++] = set[k];
        }
    }
    return count;
}

/* Puts the set of marked positions in s->found, and marks none. */
static uint32_t take_marked(states *s) {
    uint32_t count = 0, words = s->positions.count / 64 + 1;
    for (uint32_t w = 0; w < words; w++) {
        for (; s->marks[w]; s->marks[w] &= s->marks[w] - 1)
            s->found[count++] = w * 64 + (uint32_t)__builtin_ctzll(s->marks[w]);
    }
    return count;
}

static void mark(states *s, numbers set) {
    for (uint32_t i = 0; i < set.count; i++)
        s->marks[set.items[i] / 64] |= (uint64_t)1 << (set.items[i] % 64);
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
    uint32_t count = take_marked(s);
    uint32_t to = count ? intern(s, s->found, count) : DEAD;
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
    mark(s, pool_list(&s->sets, a / 2));
    mark(s, pool_list(&s->sets, b / 2));
    uint32_t to = intern(s, s->found, take_marked(s));
    remember_union(s, joint_key(a, b), to);
    return to;
}

/* The state of all matches that may begin. */
static bool begin(states *s) {
    numbers first;
    if (!positions_first(&s->positions, &first)) return false;
    mark(s, first);
    s->start = intern(s, s->found, take_marked(s));
    return true;
}

void states_forget(states *s) {
    s->failed = false;
    arena_reset(&s->learned);
    memset(&s->sets, 0, sizeof s->sets);
    memset(&s->asked, 0, sizeof s->asked);
    memset(&s->asked_words, 0, sizeof s->asked_words);
    memset(&s->step_starts, 0, sizeof s->step_starts);
    memset(&s->accepts, 0, sizeof s->accepts);
    memset(&s->states, 0, sizeof s->states);
    memset(&s->fired, 0, sizeof s->fired);
    memset(&s->reached_by, 0, sizeof s->reached_by);
    s->joint = NULL;
    s->steps = NULL;
    s->joint_size = s->joint_count = s->step_size = s->step_count = 0;
    labels *l = s->labels;
    if (l->starts.count) memset(l->starts.items, 0, l->starts.count * sizeof *l->starts.items);
    intern(s, s->found, 0); /* DEAD */
    if (!grow_joint(s) || !grow_steps(s) || !begin(s)) s->failed = true;
}

void states_forget_if_large(states *s) {
    if (s->learned.total > MOST_LEARNED || s->states.count > MOST_STATES || s->failed) states_forget(s);
}

bool states_open(states *s, arena *a, labels *l, const program *p, const uint32_t *rule_at) {
    *s = (states){.labels = l, .rule_at = rule_at};
    if (!positions_open(&s->positions, a, p, l->tests.layer->code + p->first_code, p->predicate_count)) return false;
    s->found = arena_space(a, uint32_t, (size_t)s->positions.count + 1);
    s->marks = arena_array(a, uint64_t, (size_t)s->positions.count / 64 + 1);
    if (!s->found || !s->marks) return false;
    states_forget(s);
    return !s->failed;
}

void states_close(states *s) {
    arena_free(&s->learned);
}
