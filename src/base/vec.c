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
    if (size && capacity > SIZE_MAX / size) return false;
    void *items = arena_grow(a, v.items, v.count * size, capacity * size);
    if (!items) return false;
    v.items = items;
    v.capacity = capacity;
    memcpy(vec, &v, sizeof v);
    return true;
}

bool vec_lengthen(arena *a, void *vec, size_t size, uint32_t count) {
    shape v;
    memcpy(&v, vec, sizeof v);
    if (count > v.capacity && !vec_grow(a, vec, size, count - v.count)) return false;
    memcpy(&v, vec, sizeof v);
    memset((char *)v.items + v.count * size, 0, (count - v.count) * size);
    v.count = count;
    memcpy(vec, &v, sizeof v);
    return true;
}
