/* All automata of a layer's expressions read the last symbols of a word together, backwards, as one automaton that is
 * built as words come (the product of them; lazily, as in states.h). Words share their endings, and most automata are
 * done with after a few symbols; those that are not go on alone.
 *
 *     state: those that are still at work, each in its own state ──symbol──> state …
 */
#ifndef MODEL_ENDINGS_H
#define MODEL_ENDINGS_H

#include "base/list_pool.h"
#include "model/expressions.h"

typedef struct endings {
    const expression_set *set;
    arena arena;
    list_pool states; /* group << 16 | its state, of those that are not dead */
    VEC(uint32_t) work;
    uint16_t *matching;
    uint64_t *steps; /* by hash: state and symbol, plus one, and the state they lead to; 0: free */
    uint32_t step_size, step_count, step_shift;
} endings;

/* Which of the covered expressions match the whole word: how many, then which; EXPRESSIONS_UNTOLD where the automata
 * cannot tell. Valid until the next is asked; NULL if memory is short. A zeroed `e` with its set is ready. */
const uint16_t *endings_match(endings *e, str word);

void endings_close(endings *e);

#endif
