/* The positions of a program: its steps and matches, and which follow which (Glushkov 1961); what lies between them
 * consumes nothing. They have numbers of their own.
 *
 *     steps, by their test | matches
 */
#ifndef MATCH_POSITIONS_H
#define MATCH_POSITIONS_H

#include "base/list_pool.h"
#include "model/rule_image.h"

typedef struct positions {
    const instruction *code;
    uint32_t count, step_count;
    uint32_t *places;  /* by position, in the code */
    uint32_t *numbers; /* by place: its position, or NERX_NONE */
    uint32_t *starts;  /* by test, and one more: its first step */
    range *followers;  /* by position: where those of a step lie in `items`, plus one; 0: not known yet */
    range first;       /* the same of those with which a match may begin */
    VEC(uint32_t) items;
    arena *arena; /* what lasts */
    uint32_t *seen, *stack;
    uint32_t round;
} positions;

bool positions_open(positions *p, arena *a, const program *from, const instruction *code, uint32_t test_count);

/* Those with which a match may begin, not sorted. False if memory is short. */
bool positions_first(positions *p, numbers *out);

/* Those that may follow a step, not sorted; valid until others are asked. False if memory is short. */
bool positions_behind(positions *p, uint32_t step, numbers *out);

static inline uint32_t positions_test(const positions *p, uint32_t step) {
    return p->code[p->places[step]].a;
}

#endif
