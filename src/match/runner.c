/* States and transitions of the lazily built DFA (subset construction; Thompson 1968). */
#include "match/runner.h"

#include <stdlib.h>

#include "base/hash.h"

enum { FIRST_TABLE = 1 << 10 };

static bool forget(runner *r);

bool runner_open(runner *r, const model *m, const rule_layer *rules, const program *p) {
    *r = (runner){.model = m, .layer = rules, .program = p};
    const vocab *top = &m->vocabs[m->layer_count - 1];
    r->known_count = top->first + top->count;
    r->words = (p->predicate_count + 1 + 63) / 64;
    r->known_labels = calloc((size_t)r->known_count * PLACES + 1, sizeof *r->known_labels);
    r->regexes = calloc(rules->atom_count + 1, sizeof(regex *));
    r->marks = calloc(p->code_count, sizeof *r->marks);
    r->scratch = calloc((size_t)p->code_count + 1, sizeof *r->scratch);
    return r->known_labels && r->regexes && r->marks && r->scratch && r->words <= 256 && forget(r);
}

void runner_close(runner *r) {
    for (uint32_t i = 0; r->regexes && i < r->layer->atom_count; i++)
        regex_free(r->regexes[i]);
    free(r->regexes);
    free(r->known_labels);
    free(r->new_labels);
    free(r->label_table);
    free(r->state_table);
    free(r->transitions);
    free(r->marks);
    free(r->scratch);
    arena_free(&r->arena);
}

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static uint32_t state_hash(const uint32_t *items, uint32_t count) {
    return (uint32_t)hash_bytes(items, count * sizeof *items);
}

static bool grow_states(runner *r) {
    uint32_t size = r->state_table_size * 2;
    uint32_t *table = calloc(size, sizeof *table);
    if (!table) return false;
    for (uint32_t i = 0; i < r->states.count; i++) {
        const state *s = &r->states.items[i];
        uint32_t at = state_hash(r->items.items + s->first, s->count) & (size - 1);
        while (table[at])
            at = (at + 1) & (size - 1);
        table[at] = i + 1;
    }
    free(r->state_table);
    r->state_table = table;
    r->state_table_size = size;
    return true;
}

/* The number of a set of instructions; `items` is sorted. */
static uint32_t intern(runner *r, const uint32_t *items, uint32_t count) {
    if (r->states.count * 2 >= r->state_table_size && !grow_states(r)) {
        r->failed = true;
        return DEAD;
    }
    uint32_t mask = r->state_table_size - 1, at = state_hash(items, count) & mask;
    for (; r->state_table[at]; at = (at + 1) & mask) {
        const state *s = &r->states.items[r->state_table[at] - 1];
        bool same =
            s->count == count && (count == 0 || memcmp(r->items.items + s->first, items, count * sizeof *items) == 0);
        if (same) return r->state_table[at] - 1;
    }
    state new = {r->items.count, count};
    if (!vec_reserve(&r->arena, &r->items, count) || !vec_push(&r->arena, &r->states, new)) {
        r->failed = true;
        return DEAD;
    }
    if (count) memcpy(r->items.items + r->items.count, items, count * sizeof *items);
    r->items.count += count;
    r->state_table[at] = r->states.count;
    return r->states.count - 1;
}

/* Starts over with the dead state and the first one; labels are forgotten, too, because they share the arena. */
static bool forget(runner *r) {
    arena_reset(&r->arena);
    memset(&r->label_bits, 0, sizeof r->label_bits);
    memset(&r->items, 0, sizeof r->items);
    memset(&r->states, 0, sizeof r->states);
    memset(&r->accepts, 0, sizeof r->accepts);
    r->label_count = r->transition_count = 0;
    free(r->label_table);
    free(r->state_table);
    free(r->transitions);
    r->label_table = NULL;
    r->label_table_size = 0;
    r->state_table_size = r->transition_size = FIRST_TABLE;
    r->state_table = calloc(FIRST_TABLE, sizeof *r->state_table);
    r->transitions = calloc(FIRST_TABLE, sizeof *r->transitions);
    memset(r->known_labels, 0, ((size_t)r->known_count * PLACES + 1) * sizeof *r->known_labels);
    if (r->new_labels) memset(r->new_labels, 0, (size_t)r->new_capacity * PLACES * sizeof *r->new_labels);
    if (!r->state_table || !r->transitions) return false;
    /* label 0: no predicate holds, the sentence is over */
    if (!vec_reserve(&r->arena, &r->label_bits, r->words)) return false;
    memset(r->label_bits.items, 0, r->words * sizeof(uint64_t));
    r->label_bits.count = r->words;
    r->label_count = 1;
    uint32_t entry_point = 0;
    intern(r, &entry_point, 0);
    intern(r, &entry_point, 1);
    return !r->failed;
}

void runner_begin(runner *r) {
    if (r->states.count > MAX_STATES || r->transition_count > MAX_TRANSITIONS || r->label_count > MAX_STATES) {
        if (!forget(r)) r->failed = true;
    } else if (r->new_labels) {
        memset(r->new_labels, 0, (size_t)r->new_capacity * PLACES * sizeof *r->new_labels);
    }
}

/* Instructions reachable without taking a token; MATCH and STEP instructions go to `out`. */
typedef struct closure {
    runner *r;
    uint32_t label; /* of the token that follows, LABEL_END at the end */
    uint32_t *steps, step_count;
    uint32_t *matches, match_count, match_limit;
} closure;

static void follow(closure *c, uint32_t at) {
    runner *r = c->r;
    uint32_t *stack = r->scratch, depth = 0;
    stack[depth++] = at;
    while (depth) {
        uint32_t pc = stack[--depth];
        if (r->marks[pc] == r->generation) continue;
        r->marks[pc] = r->generation;
        const instruction *i = &r->layer->code[r->program->first_code + pc];
        bool end = c->label == LABEL_END;
        switch (i->op) {
        case OP_STEP: c->steps[c->step_count++] = pc; break;
        case OP_MATCH:
            if (c->match_count < c->match_limit) c->matches[c->match_count++] = i->a;
            break;
        case OP_SPLIT:
            if (r->marks[i->b] != r->generation) stack[depth++] = i->b;
            if (r->marks[i->a] != r->generation) stack[depth++] = i->a;
            break;
        case OP_JUMP: stack[depth++] = i->a; break;
        case OP_START:
            if (!end && runner_at_start(r, c->label)) stack[depth++] = pc + 1;
            break;
        case OP_END:
            if (end) stack[depth++] = pc + 1;
            break;
        case OP_NOT_NEXT:
            if (end || !runner_holds(r, c->label, i->a)) stack[depth++] = pc + 1;
            break;
        default: stack[depth++] = pc + 1;
        }
    }
}

static void close_state(closure *c, uint32_t from) {
    runner *r = c->r;
    r->generation++;
    const state *s = &r->states.items[from];
    for (uint32_t i = 0; i < s->count; i++)
        follow(c, r->items.items[s->first + i]);
}

/* The state behind the steps of `c` whose predicate holds for `label`. */
static uint32_t advance(closure *c, uint32_t label) {
    runner *r = c->r;
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->step_count; i++) {
        uint32_t pc = c->steps[i];
        if (runner_holds(r, label, r->layer->code[r->program->first_code + pc].a)) c->steps[count++] = pc + 1;
    }
    if (count == 0) return DEAD;
    qsort(c->steps, count, sizeof *c->steps, by_number);
    return intern(r, c->steps, count);
}

static bool grow_transitions(runner *r) {
    uint32_t size = r->transition_size * 2;
    transition *table = calloc(size, sizeof *table);
    if (!table) return false;
    for (uint32_t i = 0; i < r->transition_size; i++) {
        const transition *t = &r->transitions[i];
        if (!t->state) continue;
        uint32_t at = (uint32_t)hash_pair(t->state, t->label) & (size - 1);
        while (table[at].state)
            at = (at + 1) & (size - 1);
        table[at] = *t;
    }
    free(r->transitions);
    r->transitions = table;
    r->transition_size = size;
    return true;
}

static bool work_out(runner *r, uint32_t from, uint32_t label, transition *t) {
    uint32_t *buffer = calloc((size_t)r->program->code_count * 2, sizeof *buffer);
    if (!buffer) return false;
    closure c = {.r = r,
                 .label = label,
                 .steps = buffer,
                 .matches = buffer + r->program->code_count,
                 .match_limit = r->program->code_count};
    close_state(&c, from);
    t->first_accept = r->accepts.count;
    t->accept_count = c.match_count;
    bool done = vec_reserve(&r->arena, &r->accepts, c.match_count);
    if (done && c.match_count)
        memcpy(r->accepts.items + r->accepts.count, c.matches, c.match_count * sizeof *c.matches);
    if (done) r->accepts.count += c.match_count;
    t->next = label == LABEL_END ? DEAD : advance(&c, label);
    free(buffer);
    return done && !r->failed;
}

const transition *runner_step(runner *r, uint32_t from, uint32_t label) {
    uint32_t mask = r->transition_size - 1, at = (uint32_t)hash_pair(from + 1, label) & mask;
    for (; r->transitions[at].state; at = (at + 1) & mask) {
        if (r->transitions[at].state == from + 1 && r->transitions[at].label == label) return &r->transitions[at];
    }
    transition t = {.state = from + 1, .label = label};
    if (!work_out(r, from, label, &t)) return NULL;
    if (r->transition_count * 2 >= r->transition_size) {
        if (!grow_transitions(r)) return NULL;
        mask = r->transition_size - 1;
        at = (uint32_t)hash_pair(from + 1, label) & mask;
        while (r->transitions[at].state)
            at = (at + 1) & mask;
    }
    r->transitions[at] = t;
    r->transition_count++;
    return &r->transitions[at];
}

uint32_t runner_jump(runner *r, uint32_t from, uint32_t next_label, uint32_t label) {
    uint32_t *buffer = calloc((size_t)r->program->code_count * 2, sizeof *buffer);
    if (!buffer) {
        r->failed = true;
        return DEAD;
    }
    closure c = {.r = r,
                 .label = next_label,
                 .steps = buffer,
                 .matches = buffer + r->program->code_count,
                 .match_limit = r->program->code_count};
    close_state(&c, from);
    uint32_t to = advance(&c, label);
    free(buffer);
    return to;
}

uint32_t runner_union(runner *r, uint32_t a, uint32_t b) {
    if (a == DEAD || a == b) return b;
    if (b == DEAD) return a;
    const state x = r->states.items[a], y = r->states.items[b];
    uint32_t *merged = calloc((size_t)x.count + y.count, sizeof *merged), count = 0;
    if (!merged) {
        r->failed = true;
        return DEAD;
    }
    for (uint32_t i = 0, k = 0; i < x.count || k < y.count;) {
        const uint32_t *p = r->items.items + x.first + i, *q = r->items.items + y.first + k;
        uint32_t least = k == y.count || (i < x.count && *p < *q) ? *p : *q;
        i += i < x.count && *p == least;
        k += k < y.count && *q == least;
        merged[count++] = least;
    }
    uint32_t to = intern(r, merged, count);
    free(merged);
    return to;
}
