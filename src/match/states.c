/* States and transitions, worked out when they are first met. */
#include "match/states.h"

#include "base/hash.h"

enum { FIRST_TABLE = 1 << 8, MOST_LEARNED = 8 << 20, FEW = 24 };

static bool is_condition(const instruction *i) {
    return i->op == OP_START || i->op == OP_END || i->op == OP_NOT_NEXT || i->op == OP_NOT_LAST;
}

/* Adds what can be reached from `place` without consuming anything to found[0 … count); conditions stay closed doors
 * unless `through` them. */
static uint32_t follow(states *s, uint32_t place, uint32_t count, bool through) {
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
        } else if (is_condition(i)) {
            s->found[count++] = at;
            if (through) s->stack[depth++] = at + 1;
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

/* Which rules match in a new state, and which conditions it has to ask, also behind other conditions. */
static bool describe(states *s, state *new, numbers places) {
    new->first_accept = s->accepts.count;
    new->first_condition = s->conditions.count;
    uint32_t doors = 0, never = s->labels->tests.words * 64;
    for (uint32_t i = 0; i < places.count; i++) {
        if (s->asks[places.items[i]] != never) continue;
        const instruction *at = &s->code[places.items[i]];
        doors += is_condition(at);
        if (at->op == OP_MATCH && !vec_push(&s->learned, &s->accepts, s->rule_at[places.items[i]])) return false;
    }
    new->accept_count = s->accepts.count - new->first_accept;
    if (!doors) return true;
    uint32_t count = 0;
    s->generation++;
    for (uint32_t i = 0; i < places.count; i++) {
        if (is_condition(&s->code[places.items[i]])) count = follow(s, places.items[i], count, true);
    }
    for (uint32_t i = 0; i < count; i++) {
        const instruction *at = &s->code[s->found[i]];
        bool known = !is_condition(at);
        for (uint32_t k = new->first_condition; !known &&k < s->conditions.count; k++) {
            const instruction *other = &s->code[s->conditions.items[k]];
            known = other->op == at->op && other->a == at->a;
        }
        if (!known && !vec_push(&s->learned, &s->conditions, s->found[i])) return false;
    }
    new->condition_count = s->conditions.count - new->first_condition;
    return true;
}

/* The number of a set of places, sorted. */
static uint32_t intern(states *s, const uint32_t *items, uint32_t count) {
    uint32_t number = pool_find(&s->places, &s->learned, items, count);
    if (number < s->states.count) return number;
    state new = {0};
    if (number != NERX_NONE && describe(s, &new, pool_list(&s->places, number)) &&
        vec_push(&s->learned, &s->states, new))
        return number;
    s->failed = true;
    return DEAD;
}

static uint32_t intern_found(states *s, uint32_t count) {
    sort(s, s->found, count);
    return intern(s, s->found, count);
}

static bool grow_memos(states *s) {
    memo *old = s->memos;
    uint32_t old_size = s->memo_size, size = old_size ? old_size * 2 : FIRST_TABLE;
    memo *larger = arena_array(&s->learned, memo, size);
    if (!larger) return false;
    s->memos = larger;
    s->memo_size = size;
    s->memo_shift = 64 - (uint32_t)__builtin_ctz(size);
    for (uint32_t i = 0; i < old_size; i++) {
        if (old[i].key) *memo_slot(s, old[i].key) = old[i];
    }
    arena_drop(&s->learned, old);
    return true;
}

static void remember(states *s, uint64_t key, uint32_t to) {
    if (s->memo_count * 2 >= s->memo_size && !grow_memos(s)) {
        s->failed = true;
        return;
    }
    *memo_slot(s, key) = (memo){key, to};
    s->memo_count++;
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

/* The steps of a state that can be made over a label: s->found. */
static uint32_t fire(states *s, uint32_t from, uint32_t label) {
    const labels *l = s->labels;
    numbers at = pool_list(&s->places, from);
    memcpy(s->holding, l->bits.items + (size_t)label * l->tests.words, l->tests.words * sizeof *s->holding);
    uint32_t count = 0;
    for (uint32_t i = 0; i < at.count; i++) {
        uint32_t test = s->asks[at.items[i]];
        s->found[count] = at.items[i];
        count += s->holding[test / 64] >> (test % 64) & 1;
    }
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
        count = follow(s, steps.items[i] + 1, count, false);
    uint32_t to = count ? intern_found(s, count) : DEAD;
    if (!vec_push(&s->learned, &s->reached_by, to)) s->failed = true;
    return to;
}

uint32_t states_learn_step(states *s, uint32_t from, uint32_t label) {
    uint32_t count = fire(s, from, label);
    uint32_t to = count ? arrive(s, count) : DEAD;
    remember_step(s, from, label, to);
    return to;
}

uint32_t states_learn_union(states *s, uint32_t a, uint32_t b) {
    if (a > b) return states_learn_union(s, b, a);
    numbers x = pool_list(&s->places, a), y = pool_list(&s->places, b);
    uint32_t count = 0;
    for (uint32_t i = 0, k = 0; i < x.count || k < y.count;) {
        uint32_t least = k == y.count || (i < x.count && x.items[i] < y.items[k]) ? x.items[i] : y.items[k];
        i += i < x.count && x.items[i] == least;
        k += k < y.count && y.items[k] == least;
        s->merged[count++] = least;
    }
    uint32_t to = intern(s, s->merged, count);
    remember(s, memo_key(MEMO_UNION, a, b), to);
    return to;
}

uint32_t states_resolve_asking(states *s, uint32_t from, condition_asker *ask, const void *user) {
    numbers at = pool_list(&s->places, from);
    uint32_t count = 0, open = 0;
    s->generation++;
    for (uint32_t i = 0; i < at.count; i++) {
        uint32_t place = at.items[i];
        s->seen[place] = s->generation;
        if (is_condition(&s->code[place])) {
            s->reached[open++] = place;
        } else {
            s->found[count++] = place;
        }
    }
    /* `reached` are doors; behind an open one there may be further ones */
    for (uint32_t i = 0; i < open; i++) {
        if (!ask(user, &s->code[s->reached[i]])) continue;
        uint32_t before = count;
        count = follow(s, s->reached[i] + 1, count, false);
        uint32_t kept = before;
        for (uint32_t k = before; k < count; k++) {
            if (is_condition(&s->code[s->found[k]])) {
                s->reached[open++] = s->found[k];
            } else {
                s->found[kept++] = s->found[k];
            }
        }
        count = kept;
    }
    return count ? intern_found(s, count) : DEAD;
}

typedef struct answers {
    const states *s;
    uint32_t first, count, holds;
} answers;

static bool answer(const void *user, const instruction *condition) {
    const answers *a = user;
    for (uint32_t i = 0; i < a->count; i++) {
        const instruction *at = &a->s->code[a->s->conditions.items[a->first + i]];
        if (at->op == condition->op && at->a == condition->a) return a->holds >> i & 1;
    }
    return false;
}

uint32_t states_learn_resolved(states *s, uint32_t from, uint32_t holds_bits) {
    const state *at = &s->states.items[from];
    answers a = {s, at->first_condition, at->condition_count, holds_bits};
    uint32_t to = states_resolve_asking(s, from, answer, &a);
    remember(s, memo_key(MEMO_RESOLVE, from, holds_bits), to);
    return to;
}

/* Marks each place once; their number goes on from `count`. */
static uint32_t add_firsts(states *s, uint32_t test, uint32_t count) {
    const number_lists *by = &s->entrances;
    for (uint32_t i = by->starts[test]; i < by->starts[test + 1]; i++) {
        uint32_t place = by->items[i];
        if (s->seen[place] == s->generation) continue;
        s->seen[place] = s->generation;
        s->merged[count++] = place;
    }
    return count;
}

uint32_t states_learn_start(states *s, uint32_t label) {
    const labels *l = s->labels;
    const uint64_t *tests = l->bits.items + (size_t)label * l->tests.words;
    uint32_t count = 0;
    s->generation++;
    for (uint32_t w = 0; w < l->tests.words; w++) {
        for (uint64_t left = tests[w]; left; left &= left - 1)
            count = add_firsts(s, w * 64 + (uint32_t)__builtin_ctzll(left), count);
    }
    sort(s, s->merged, count);
    uint32_t to = count ? intern(s, s->merged, count) : DEAD;
    if (!s->failed) s->labels->starts.items[label] = to + 1;
    return to;
}

/* Counts the places from which a test is a possible first step, or lists them behind `next`. Conditions are taken to
 * hold. */
static void visit_entrances(states *s, uint32_t *counts, uint32_t *next) {
    for (uint32_t i = 0; i < s->first_count; i++) {
        s->generation++;
        uint32_t count = follow(s, s->first[i], 0, true);
        for (uint32_t k = 0; k < count; k++) {
            const instruction *at = &s->code[s->found[k]];
            if (at->op != OP_STEP) continue;
            if (counts) counts[at->a + 1]++;
            if (next) s->entrances.items[next[at->a]++] = s->first[i];
        }
    }
}

static bool find_entrances(states *s, arena *a) {
    uint32_t tests = s->labels->tests.words * 64;
    s->entrances.starts = arena_array(a, uint32_t, (size_t)tests + 2);
    if (!s->entrances.starts) return false;
    visit_entrances(s, s->entrances.starts, NULL);
    for (uint32_t i = 0; i < tests; i++)
        s->entrances.starts[i + 1] += s->entrances.starts[i];
    s->entrances.items = arena_array(a, uint32_t, (size_t)s->entrances.starts[tests] + 1);
    uint32_t *next = arena_array(a, uint32_t, (size_t)tests + 1);
    if (!s->entrances.items || !next) return false;
    memcpy(next, s->entrances.starts, tests * sizeof *next);
    visit_entrances(s, NULL, next);
    return true;
}

void states_forget(states *s) {
    s->failed = false;
    arena_reset(&s->learned);
    memset(&s->places, 0, sizeof s->places);
    memset(&s->accepts, 0, sizeof s->accepts);
    memset(&s->conditions, 0, sizeof s->conditions);
    memset(&s->states, 0, sizeof s->states);
    memset(&s->fired, 0, sizeof s->fired);
    memset(&s->reached_by, 0, sizeof s->reached_by);
    s->memos = NULL;
    s->steps = NULL;
    s->memo_size = s->memo_count = s->step_size = s->step_count = 0;
    labels *l = s->labels;
    if (l->starts.count) memset(l->starts.items, 0, l->starts.count * sizeof *l->starts.items);
    intern(s, s->merged, 0); /* DEAD */
    if (!grow_memos(s) || !grow_steps(s)) s->failed = true;
}

void states_forget_if_large(states *s) {
    if (s->learned.total > MOST_LEARNED || s->failed) states_forget(s);
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
    s->reached = arena_array(a, uint32_t, count);
    s->merged = arena_array(a, uint32_t, count);
    s->first = arena_array(a, uint32_t, count);
    s->marks = arena_array(a, uint64_t, count / 64 + 1);
    if (!s->seen || !s->stack || !s->found || !s->reached || !s->merged || !s->first || !s->marks) return false;
    if (!read_asks(s, a)) return false;
    s->generation++;
    s->first_count = follow(s, 0, 0, false);
    sort(s, s->found, s->first_count);
    memcpy(s->first, s->found, s->first_count * sizeof *s->first);
    states_forget(s);
    return !s->failed && find_entrances(s, a);
}

void states_close(states *s) {
    arena_free(&s->learned);
}
