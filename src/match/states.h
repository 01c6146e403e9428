/* States of the lazily built DFA (subset construction; Thompson 1968), over labels.
 *
 *     state ──label──> state        a state is a set of places in the program's code, closed over what consumes nothing
 *     state ──what holds here──> state without conditions       conditions: ^ $ ![test] !-[test]
 *
 * What is learned may be forgotten at any time between two matches; results do not depend on it. */
#ifndef MATCH_STATES_H
#define MATCH_STATES_H

#include "base/list_pool.h"
#include "match/label.h"

enum { DEAD = 0, MOST_CONDITIONS = 24 };

typedef struct state {
    uint32_t first_accept, accept_count;       /* rules (numbers in the program) that match here */
    uint32_t first_condition, condition_count; /* places of the conditions to be asked before going on */
} state;

/* What was learned of states, by what it hangs on; steps stand apart, since there are so many of them. */
typedef struct memo {
    uint64_t key; /* memo_kind, state, and the other; 0: free */
    uint64_t to;
} memo;

typedef enum memo_kind { MEMO_UNION = 1, MEMO_RESOLVE } memo_kind;

typedef struct states {
    labels *labels;
    const instruction *code;
    uint32_t code_count;
    const uint32_t *rule_at; /* by place of a MATCH: the rule's number in the program */
    arena learned;
    list_pool places; /* by state: sorted */
    VEC(state) states;
    VEC(uint32_t) accepts, conditions;
    uint64_t *steps; /* by hash: state and label, 16 bits each, and the state they lead to; 0: free */
    uint32_t step_size, step_count, step_shift;
    memo *memos; /* by hash */
    uint32_t memo_size, memo_count, memo_shift;
    list_pool fired;          /* sets of steps that were made together … */
    VEC(uint32_t) reached_by; /* … and the states they lead to */
    uint32_t generation;
    uint32_t *seen;    /* by place: generation */
    uint32_t *asks;    /* by place: the test of its step, or one that never holds */
    uint64_t *holding; /* tests of the label at hand, and those that never hold */
    uint32_t *stack, *found, *reached, *merged;
    uint64_t *marks; /* a bit for each place */
    uint32_t *first; /* places in which a match may begin: closed, with conditions */
    uint32_t first_count;
    number_lists entrances; /* these places, by the test of a step they lead to */
    bool failed;            /* memory is short */
} states;

bool states_open(states *s, arena *a, labels *l, const program *p, const uint32_t *rule_at);
void states_close(states *s);
void states_forget(states *s);
void states_forget_if_large(states *s);

/* The same as below, worked out and remembered. */
uint32_t states_learn_start(states *s, uint32_t label);
uint32_t states_learn_step(states *s, uint32_t from, uint32_t label);
uint32_t states_learn_union(states *s, uint32_t a, uint32_t b);
uint32_t states_learn_resolved(states *s, uint32_t from, uint32_t holds);

/* Where matches begin that can go on over `label`: DEAD where none can. */
static inline uint32_t states_start(states *s, uint32_t label) {
    uint32_t known = s->labels->starts.items[label];
    return known ? known - 1 : states_learn_start(s, label);
}

static inline uint64_t memo_key(memo_kind kind, uint32_t a, uint32_t b) {
    return (uint64_t)kind << 62 | (uint64_t)a << 32 | b;
}

/* The slot of a key: its own, or the free one it would get. */
static inline memo *memo_slot(const states *s, uint64_t key) {
    uint32_t at = (uint32_t)(key * 0x9e3779b97f4a7c15U >> s->memo_shift);
    while (s->memos[at].key && s->memos[at].key != key)
        at = (at + 1) & (s->memo_size - 1);
    return &s->memos[at];
}

static inline uint32_t step_hash(const states *s, uint32_t from, uint32_t label) {
    return ((from * 0x9e3779b1U >> s->step_shift) + label) & (s->step_size - 1);
}

/* The slot of a step; its state and label are less than 1 << 16. Common labels have small numbers, so that the common
 * steps of a state lie side by side. */
static inline uint64_t *step_slot(const states *s, uint32_t key) {
    uint32_t at = step_hash(s, key >> 16, key & 0xffff);
    while (s->steps[at] && s->steps[at] >> 32 != key)
        at = (at + 1) & (s->step_size - 1);
    return &s->steps[at];
}

/* Brings what states_step will ask into the cache. */
static inline void states_expect(const states *s, uint32_t from, uint32_t label) {
    __builtin_prefetch(&s->steps[step_hash(s, from, label)]);
    __builtin_prefetch(&s->states.items[from]);
}

static inline uint32_t states_step(states *s, uint32_t from, uint32_t label) {
    if ((from | label) >> 16) return states_learn_step(s, from, label);
    uint64_t known = *step_slot(s, from << 16 | label);
    return known ? (uint32_t)known : states_learn_step(s, from, label);
}

static inline uint32_t states_union(states *s, uint32_t a, uint32_t b) {
    if (a == DEAD || a == b) return b;
    if (b == DEAD) return a;
    const memo *m = memo_slot(s, a < b ? memo_key(MEMO_UNION, a, b) : memo_key(MEMO_UNION, b, a));
    return m->key ? (uint32_t)m->to : states_learn_union(s, a, b);
}

/* The state behind the conditions of `from`, whose answers are `holds`, bit by condition. */
static inline uint32_t states_resolve(states *s, uint32_t from, uint32_t holds) {
    const memo *m = memo_slot(s, memo_key(MEMO_RESOLVE, from, holds));
    return m->key ? (uint32_t)m->to : states_learn_resolved(s, from, holds);
}

/* The same where there are more than MOST_CONDITIONS: `ask` answers for the condition at a place of the code. */
typedef bool condition_asker(const void *user, const instruction *condition);
uint32_t states_resolve_asking(states *s, uint32_t from, condition_asker *ask, const void *user);

#endif
