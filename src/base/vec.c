/* Growing arrays in an arena. */
#include "base/vec.h"

/* Every VEC has this shape; the items' type matters only to its user. */
typedef VEC(void) shape;

bool vec_grow(arena *a, void *vec, size_t size, uint32_t more) {
    shape v;
    memcpy(&v, vec, sizeof v);
    if (more > UINT32_MAX - v.count) return false;
    uint32_t capacity = v.capacity < UINT32_MAX / 2 ? v.capacity * 2 : UINT32_MAX;
    if (capacity < 16) capacity = 16;
    if (capacity < v.count + more) capacity = v.count + more;
    void *items = arena_alloc_array(a, capacity, size);
    if (!items) return false;
    if (v.count) memcpy(items, v.items, v.count * size);
    v.items = items;
    v.capacity = capacity;
    memcpy(vec, &v, sizeof v);
    return true;
}
