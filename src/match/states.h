/* States of the lazily built DFA (subset construction; Thompson 1968), over labels.
 *
 *     state ──label──> state        a state is a set of places in the program's code, closed over what consumes nothing
 *     state ──what holds here──> state without conditions       conditions: ^ $ ![test] !-[test]
 *
 * What is learned may be forgotten at any time between two matches; results do not depend on it. */
#ifndef MATCH_STATES_H
#define MATCH_STATES_H

#include "match/label.h"

enum { DEAD = 0, MOST_CONDITIONS = 24 };

typedef struct state {
    uint32_t first, count;                     /* sorted places in `items` */
    uint32_t first_accept, accept_count;       /* rules (numbers in the program) that match here */
    uint32_t first_condition, condition_count; /* places of the conditions to be asked before going on */
} state;

/* What was learned: a memo_kind and a state, what else it hangs on, and the state that follows. */
typedef struct memo {
    uint32_t from, by, to; /* from 0: free */
} memo;

typedef struct states {
    labels *labels;
    const instruction *code;
    uint32_t code_count;
    const uint32_t *rule_at; /* by place of a MATCH: the rule's number in the program */
    arena learned;
    VEC(uint32_t) items, accepts, conditions;
    VEC(state) states;
    uint32_t *table; /* states by their items, plus one */
    uint32_t table_size;
    memo *memos;
    uint32_t memo_size, memo_count;
    uint32_t generation;
    uint32_t *seen; /* by place: generation */
    uint32_t *stack, *found, *reached, *merged;
    uint32_t *first; /* places in which a match may begin: closed, with conditions */
    uint32_t first_count;
    bool failed; /* memory is short */
} states;

bool states_open(states *s, arena *a, labels *l, const program *p, const uint32_t *rule_at);
void states_close(states *s);
void states_forget(states *s);
void states_forget_if_large(states *s);

/* Where matches begin that can go on over `label`: DEAD where none can. */
uint32_t states_start(states *s, uint32_t label);

uint32_t states_step(states *s, uint32_t from, uint32_t label);

uint32_t states_union(states *s, uint32_t a, uint32_t b);

/* The state behind the conditions of `from`, whose answers are `holds`, bit by condition. */
uint32_t states_resolve(states *s, uint32_t from, uint32_t holds);

/* The same where there are more than MOST_CONDITIONS: `ask` answers for the condition at a place of the code. */
typedef bool condition_asker(const void *user, const instruction *condition);
uint32_t states_resolve_asking(states *s, uint32_t from, condition_asker *ask, const void *user);

#endif
