/* States of the lazily built DFA (subset construction; Thompson 1968), over labels.
 *
 *     label of the first token ──> state ──label──> state      a state is a set of positions: steps and matches
 *
 * Conditions (^ $ ![test] !-[test]) are taken to hold: where a rule has some, a match here is a guess that captures.c
 * judges. So few guesses are wrong, and so many states are saved, that this is less work than asking on the way.
 *
 * What is learned may be forgotten at any time between two matches; results do not depend on it. */
#ifndef MATCH_STATES_H
#define MATCH_STATES_H

#include "base/list_pool.h"
#include "match/label.h"
#include "match/positions.h"

/* A state is twice its index, plus one where rules match in it. By label, what is known of the first token of a match
 * is FIRST_UNKNOWN, FIRST_DEAD, or a state. */
enum { DEAD = 0, ACCEPTS = 1, FIRST_UNKNOWN = 0, FIRST_DEAD = 1 };

typedef struct state {
    uint32_t first_accept, accept_count; /* rules (numbers in the program) that match here */
} state;

/* The union of two states, by these. */
typedef struct joint_state {
    uint64_t key; /* 0: free */
    uint32_t to;
} joint_state;

typedef struct states {
    labels *labels;
    positions positions;
    const uint32_t *rule_at; /* by place of a MATCH: the rule's number in the program, or NERX_NONE */
    arena learned;
    list_pool sets; /* by state: its positions, a bit for each */
    VEC(state) states;
    VEC(uint32_t) accepts;
    uint64_t *steps; /* by hash: state, label, and the state they lead to, STEP_BITS each; 0: free */
    uint32_t step_size, step_count;
    joint_state *joint; /* by hash */
    uint32_t joint_size, joint_count, joint_shift;
    VEC(uint64_t) asked;         /* by state: the tests that its steps ask, a bit for each, as in labels */
    list_pool fired;             /* sets of steps that were made together … */
    VEC(uint32_t) reached_by;    /* … and the states they lead to */
    uint32_t *found, *described; /* positions at hand */
    uint32_t *marks, mark_words; /* the set at hand: a bit for each position */
    uint32_t start;              /* the state of all matches that may begin */
    bool failed;                 /* memory is short */
} states;

bool states_open(states *s, arena *a, labels *l, const program *p, const uint32_t *rule_at);
void states_close(states *s);
void states_forget(states *s);
void states_forget_if_large(states *s);

/* The same as below, worked out and remembered. */
uint32_t states_learn_first(states *s, uint32_t label);
uint32_t states_learn_step(states *s, uint32_t from, uint32_t label);
uint32_t states_learn_union(states *s, uint32_t a, uint32_t b);

static inline const state *states_at(const states *s, uint32_t number) {
    return &s->states.items[number / 2];
}

/* Its positions, a bit for each in s->mark_words. Valid until another state is learned. */
static inline const uint32_t *states_set(const states *s, uint32_t number) {
    return pool_list(&s->sets, number / 2).items;
}

/* Behind the first token of a match. */
static inline uint32_t states_first(states *s, uint32_t label) {
    uint32_t known = s->labels->starts.items[label];
    if (known > FIRST_DEAD) return known;
    return known == FIRST_DEAD ? DEAD : states_learn_first(s, label);
}

/* States and labels are less than this: their memory is bounded by far fewer. */
enum { STEP_BITS = 20 };

static inline uint64_t step_key(uint32_t from, uint32_t label) {
    return (uint64_t)from << STEP_BITS | label;
}

/* Common labels have small numbers, so that the common steps of a state lie side by side. */
static inline uint32_t step_hash(uint32_t from, uint32_t label) {
    return from * 0x9e3779b1U + label;
}

/* The steps that are known, apart from what changes while they are made. */
typedef struct step_table {
    const uint64_t *steps;
    uint32_t mask;
} step_table;

static inline step_table states_table(const states *s) {
    return (step_table){s->steps, s->step_size - 1};
}

/* As states_step; the table is up to date behind it. */
static inline uint32_t states_step_by(states *s, step_table *t, uint32_t from, uint32_t label) {
    uint64_t key = step_key(from, label), known;
    uint32_t at = step_hash(from, label) & t->mask;
    for (; (known = t->steps[at]) >> STEP_BITS != key; at = (at + 1) & t->mask) {
        if (known) continue;
        uint32_t to = states_learn_step(s, from, label);
        *t = states_table(s);
        return to;
    }
    return (uint32_t)known & ((1 << STEP_BITS) - 1);
}

static inline uint32_t states_step(states *s, uint32_t from, uint32_t label) {
    step_table t = states_table(s);
    return states_step_by(s, &t, from, label);
}

static inline uint64_t joint_key(uint32_t a, uint32_t b) {
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

/* The slot of a key: its own, or the free one it would get. */
static inline joint_state *joint_slot(const states *s, uint64_t key) {
    uint32_t at = (uint32_t)(key * 0x9e3779b97f4a7c15U >> s->joint_shift);
    while (s->joint[at].key && s->joint[at].key != key)
        at = (at + 1) & (s->joint_size - 1);
    return &s->joint[at];
}

static inline uint32_t states_union(states *s, uint32_t a, uint32_t b) {
    if (a == DEAD || a == b) return b;
    if (b == DEAD) return a;
    const joint_state *known = joint_slot(s, joint_key(a, b));
    return known->key ? known->to : states_learn_union(s, a, b);
}

#endif
