/* Numbering the positions of a program, and finding which follow which. */
#include "match/positions.h"

/* Steps by their test: counting sort. A test's start moves on to the next one's while its steps get their numbers. */
static bool number_steps(positions *p, const program *from, uint32_t test_count) {
    uint32_t *starts = arena_array(p->arena, uint32_t, (size_t)test_count + 2), *next = starts + 1;
    if (!starts) return false;
    p->starts = starts;
    for (uint32_t i = 0; i < from->code_count; i++) {
        if (p->code[i].op == OP_STEP) next[p->code[i].a + 1]++;
    }
    for (uint32_t t = 0; t < test_count; t++)
        next[t + 1] += next[t];
    p->count = p->step_count = next[test_count];
    for (uint32_t i = 0; i < from->code_count; i++) {
        p->numbers[i] = NERX_NONE;
        if (p->code[i].op == OP_STEP) p->numbers[i] = next[p->code[i].a]++;
        if (p->code[i].op == OP_MATCH) p->numbers[i] = p->count++;
        if (p->numbers[i] != NERX_NONE) p->places[p->numbers[i]] = i;
    }
    return true;
}

bool positions_open(positions *p, arena *a, const program *from, const instruction *code, uint32_t test_count) {
    size_t count = (size_t)from->code_count + 1;
    *p = (positions){.code = code, .arena = a};
    p->places = arena_space(a, uint32_t, count);
    p->numbers = arena_space(a, uint32_t, count);
    p->followers = arena_array(a, range, count);
    p->seen = arena_array(a, uint32_t, count);
    p->stack = arena_space(a, uint32_t, count * 2);
    return p->places && p->numbers && p->followers && p->seen && p->stack && number_steps(p, from, test_count);
}

/* Adds the positions that can be reached from a place without consuming anything to the items. */
static bool follow(positions *p, uint32_t place) {
    uint32_t depth = 0;
    p->round++;
    p->stack[depth++] = place;
    while (depth) {
        uint32_t at = p->stack[--depth];
        const instruction *i = &p->code[at];
        if (p->seen[at] == p->round) continue;
        p->seen[at] = p->round;
        if (i->op == OP_SPLIT) {
            p->stack[depth++] = i->b;
            p->stack[depth++] = i->a;
        } else if (i->op == OP_JUMP) {
            p->stack[depth++] = i->a;
        } else if (p->numbers[at] == NERX_NONE) {
            p->stack[depth++] = at + 1;
        } else if (!vec_push(p->arena, &p->items, p->numbers[at])) {
            return false;
        }
    }
    return true;
}

static bool remember(positions *p, uint32_t place, range *known, numbers *out) {
    if (!known->first) {
        uint32_t first = p->items.count;
        if (!follow(p, place)) {
            p->items.count = first;
            return false;
        }
        *known = (range){first + 1, p->items.count - first};
    }
    *out = (numbers){known->count ? p->items.items + (known->first - 1) : NULL, known->count};
    return true;
}

bool positions_first(positions *p, numbers *out) {
    return remember(p, 0, &p->first, out);
}

bool positions_behind(positions *p, uint32_t step, numbers *out) {
    return remember(p, p->places[step] + 1, &p->followers[step], out);
}
