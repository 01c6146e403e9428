/* The product of a layer's automata on the ends of words, built as they come. */
#include "model/endings.h"

#include "text/utf8.h"

enum { MOST_LEARNED = 2 << 20, FIRST_STEPS = 1 << 10, PRODUCT_START = 0, LONGEST_TOGETHER = 4 /* symbols */ };

static uint32_t step_at(const endings *e, uint32_t key) {
    uint32_t at = key * 0x9e3779b1U >> e->step_shift;
    while (e->steps[at] && e->steps[at] >> 32 != key)
        at = (at + 1) & (e->step_size - 1);
    return at;
}

static bool grow_steps(endings *e) {
    uint64_t *old = e->steps;
    uint32_t old_size = e->step_size, size = old_size ? old_size * 2 : FIRST_STEPS;
    uint64_t *larger = arena_array(&e->arena, uint64_t, size);
    if (!larger) return false;
    e->steps = larger;
    e->step_size = size;
    e->step_shift = 32 - (uint32_t)__builtin_ctz(size);
    for (uint32_t i = 0; i < old_size; i++) {
        if (old[i]) e->steps[step_at(e, (uint32_t)(old[i] >> 32))] = old[i];
    }
    arena_drop(&e->arena, old);
    return true;
}

static bool start(endings *e) {
    if (e->arena.total > MOST_LEARNED || e->arena.failed) {
        arena_reset(&e->arena);
        *e = (endings){.set = e->set, .arena = e->arena};
    }
    if (e->states.lists.count) return true;
    e->work.count = 0;
    for (uint32_t i = 0; i < e->set->group_count; i++) {
        if (!vec_push(&e->arena, &e->work, i << 16 | STATE_START)) return false;
    }
    e->matching = arena_array(&e->arena, uint16_t, (size_t)e->set->count + 1);
    return e->matching && grow_steps(e) &&
           pool_find(&e->states, &e->arena, e->work.items, e->work.count) == PRODUCT_START;
}

static uint32_t learn(endings *e, uint32_t from, uint32_t symbol, uint32_t key) {
    numbers at = pool_list(&e->states, from);
    e->work.count = 0;
    for (uint32_t i = 0; i < at.count; i++) {
        uint32_t group = at.items[i] >> 16, to;
        to = expressions_step(e->set, &e->set->groups[group], at.items[i] & UINT16_MAX, symbol);
        if (to != STATE_DEAD && !vec_push(&e->arena, &e->work, group << 16 | to)) return NERX_NONE;
    }
    uint32_t to = pool_find(&e->states, &e->arena, e->work.items, e->work.count);
    if (to == NERX_NONE || (e->step_count * 2 >= e->step_size && !grow_steps(e))) return NERX_NONE;
    e->steps[step_at(e, key)] = (uint64_t)key << 32 | to;
    e->step_count++;
    return to;
}

/* The word's symbols; false where a character has none. */
static bool read_symbols(const expression_set *s, str word, unsigned char *out, uint32_t *count) {
    const char *end = word.ptr + word.len;
    *count = 0;
    for (const char *p = word.ptr; p < end;) {
        uint32_t c = utf8_next(&p);
        if (c >= EXPRESSION_CHARACTERS) return false;
        out[(*count)++] = s->symbols[c];
    }
    return true;
}

/* The state behind the last symbols of a word; *count are left before them. */
static uint32_t read_ending(endings *e, const unsigned char *symbols, uint32_t *count) {
    uint32_t state = PRODUCT_START, end = *count > LONGEST_TOGETHER ? *count - LONGEST_TOGETHER : 0;
    while (*count > end && state != NERX_NONE) {
        uint32_t symbol = symbols[--*count], key = (state << 8 | symbol) + 1;
        uint64_t known = e->steps[step_at(e, key)];
        state = known ? (uint32_t)known : learn(e, state, symbol, key);
    }
    return state;
}

/* Goes on with one automaton; what it matches. */
static const uint16_t *read_rest(const expression_set *s, uint32_t alive, const unsigned char *symbols,
                                 uint32_t count) {
    const expression_group *g = &s->groups[alive >> 16];
    uint32_t at = alive & UINT16_MAX;
    while (count && at != STATE_DEAD)
        at = expressions_step(s, g, at, symbols[--count]);
    return s->accepts + g->first_accept + s->states[g->first_state + at].accept;
}

const uint16_t *endings_match(endings *e, str word) {
    static const uint16_t none[] = {0}, untold[] = {EXPRESSIONS_UNTOLD};
    const expression_set *s = e->set;
    unsigned char symbols[EXPRESSION_LONGEST];
    uint32_t length, count = 0;
    if (word.len > EXPRESSION_LONGEST || !s->group_count) return none;
    if (!read_symbols(s, word, symbols, &length)) return untold;
    if (!start(e)) return NULL;
    uint32_t state = read_ending(e, symbols, &length);
    if (state == NERX_NONE) return NULL;
    numbers alive = pool_list(&e->states, state);
    for (uint32_t i = 0; i < alive.count; i++) {
        const uint16_t *list = read_rest(s, alive.items[i], symbols, length);
        for (uint32_t k = 1; k <= list[0]; k++)
            e->matching[++count] = list[k];
    }
    e->matching[0] = (uint16_t)count;
    return e->matching;
}

void endings_close(endings *e) {
    arena_free(&e->arena);
}
