/* Growing arrays in an arena. Index into them, don't keep pointers: growing moves them.
 *
 *     VEC(token) tokens = {0};
 *     if (!vec_push(arena, &tokens, t)) return false;     // memory is short
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                                                                                                      \
    struct {                                                                                                           \
        type *items;                                                                                                   \
        uint32_t count, capacity;                                                                                      \
    }

/* Makes room for `more` further items of `size` bytes; false if memory is short. */
bool vec_grow(arena *a, void *vec, size_t size, uint32_t more);

#define vec_reserve(a, v, more)                                                                                        \
    ((v)->capacity - (v)->count >= (uint32_t)(more) || vec_grow((a), (v), sizeof *(v)->items, (uint32_t)(more)))

/* Makes it `count` items long; new ones are zero. False if memory is short. */
bool vec_lengthen(arena *a, void *vec, size_t size, uint32_t count);

#define vec_fit(a, v, n) ((v)->count >= (uint32_t)(n) || vec_lengthen((a), (v), sizeof *(v)->items, (uint32_t)(n)))

/* Gives a large array back before the others; it is empty then. */
#define vec_drop(a, v) (arena_drop((a), (v)->items), (v)->items = NULL, (v)->count = (v)->capacity = 0)

#define vec_push(a, v, ...) (vec_reserve(a, v, 1) && ((v)->items[(v)->count++] = __VA_ARGS__, true))

#endif
