/* The longest ways through a program's code on which no step needs an earlier mention. */
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
    const instruction *code;
    const bool *needy; /* by place: a step that needs a mention */
    bool *reached;     /* by place: without a mention */
    uint32_t *waiting; /* places */
    uint32_t waiting_count;
} walk;

static const bool *find_needy(arena *a, const rule_layer *l, const program *p) {
    bool *needy = arena_array(a, bool, p->code_count);
    for (uint32_t i = 0; needy && i < p->code_count; i++) {
        const instruction *at = &l->code[p->first_code + i];
        needy[i] = at->op == OP_STEP && !may_hold(l, &l->predicates[p->first_predicate + at->a]);
    }
    return needy;
}

/* The places behind `place`: how many. */
static uint32_t next_places(const walk *w, uint32_t place, uint32_t next[2]) {
    const instruction *at = &w->code[place];
    if (at->op == OP_MATCH || w->needy[place]) return 0;
    next[0] = at->op == OP_SPLIT || at->op == OP_JUMP ? at->a : place + 1;
    next[1] = at->b;
    return at->op == OP_SPLIT ? 2 : 1;
}

/* False where there is a match without a mention. */
static bool reach_all(walk *w) {
    w->reached[0] = true;
    w->waiting[w->waiting_count++] = 0;
    while (w->waiting_count) {
        uint32_t place = w->waiting[--w->waiting_count], next[2];
        if (w->code[place].op == OP_MATCH) return false;
        for (uint32_t n = next_places(w, place, next); n--;) {
            if (w->reached[next[n]]) continue;
            w->reached[next[n]] = true;
            w->waiting[w->waiting_count++] = next[n];
        }
    }
    return true;
}

/* From the end backwards, until nothing grows any more. */
static void count_steps(const walk *w, uint8_t *steps, uint32_t count, uint8_t most) {
    for (bool grows = true; grows;) {
        grows = false;
        for (uint32_t place = count; place--;) {
            uint32_t next[2];
            if (!w->reached[place]) continue;
            for (uint32_t n = next_places(w, place, next); n--;) {
                uint8_t more = (uint8_t)(steps[next[n]] + (w->code[place].op == OP_STEP));
                if (more > most || more <= steps[place]) continue;
                steps[place] = more;
                grows = true;
            }
        }
    }
}

bool mention_reach(const uint8_t **out, arena *a, const rule_layer *l, const program *p, uint8_t most) {
    walk w = {.code = l->code + p->first_code,
              .needy = find_needy(a, l, p),
              .reached = arena_array(a, bool, p->code_count),
              .waiting = arena_array(a, uint32_t, p->code_count)};
    uint8_t *steps = arena_array(a, uint8_t, p->code_count);
    if (!w.needy || !w.reached || !w.waiting || !steps) return false;
    bool needed = reach_all(&w);
    if (needed) count_steps(&w, steps, p->code_count, most);
    *out = needed ? steps : NULL;
    return true;
}
