/* The longest way through a program's code on which no step needs an earlier mention. */
#include "match/mention_reach.h"

enum { MAY_FAIL = 1, MAY_HOLD = 2, EITHER = MAY_FAIL | MAY_HOLD };

static unsigned negated(unsigned value) {
    return (value & MAY_FAIL ? MAY_HOLD : 0U) | (value & MAY_HOLD ? MAY_FAIL : 0U);
}

static unsigned both(unsigned a, unsigned b) {
    return (a & b & MAY_HOLD) | ((a | b) & MAY_FAIL);
}

/* Can the test hold for what is no mention? */
static bool may_hold(const rule_layer *l, const predicate *test) {
    unsigned stack[MAX_TEST_DEPTH + 1];
    uint32_t depth = 0;
    for (uint32_t i = 0; i < test->count; i++) {
        const atom *a = &l->atoms[test->first + i];
        unsigned *top = &stack[depth ? depth - 1 : 0];
        switch (a->kind) {
        case ATOM_NOT: *top = negated(*top); break;
        case ATOM_AND:
            top[-1] = both(top[-1], *top);
            depth--;
            break;
        case ATOM_OR:
            top[-1] = negated(both(negated(top[-1]), negated(*top)));
            depth--;
            break;
        default: stack[depth++] = a->kind == ATOM_MENTION ? MAY_FAIL : EITHER;
        }
    }
    return stack[0] & MAY_HOLD;
}

typedef struct walk {
    uint32_t *steps;   /* by place: the most steps to it, plus one; 0: not reached */
    uint32_t *waiting; /* places */
    uint32_t waiting_count, most;
    bool *waits;
} walk;

static void reach(walk *w, uint32_t place, uint32_t steps) {
    if (steps > w->most) steps = w->most;
    if (w->steps[place] > steps) return;
    w->steps[place] = steps + 1;
    if (w->waits[place]) return;
    w->waits[place] = true;
    w->waiting[w->waiting_count++] = place;
}

bool mention_reach(uint32_t *out, arena *a, const rule_layer *l, const program *p, uint32_t most) {
    walk w = {.steps = arena_array(a, uint32_t, p->code_count),
              .waiting = arena_array(a, uint32_t, p->code_count),
              .waits = arena_array(a, bool, p->code_count),
              .most = most};
    if (!w.steps || !w.waiting || !w.waits) return false;
    const instruction *code = l->code + p->first_code;
    *out = 0;
    reach(&w, 0, 0);
    while (w.waiting_count) {
        uint32_t place = w.waiting[--w.waiting_count], steps = w.steps[place] - 1;
        const instruction *at = &code[place];
        w.waits[place] = false;
        switch (at->op) {
        case OP_MATCH: *out = NERX_NONE; return true;
        case OP_JUMP: reach(&w, at->a, steps); break;
        case OP_SPLIT:
            reach(&w, at->a, steps);
            reach(&w, at->b, steps);
            break;
        case OP_STEP:
            if (may_hold(l, &l->predicates[p->first_predicate + at->a])) {
                reach(&w, place + 1, steps + 1);
            } else if (steps > *out) {
                *out = steps;
            }
            break;
        default: reach(&w, place + 1, steps);
        }
    }
    return true;
}
