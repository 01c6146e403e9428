/* Lists of numbers, each kept once. */
#include "base/list_pool.h"

#include "base/hash.h"

enum { FIRST_SIZE = 1 << 8 };

static bool grow(list_pool *p, arena *a) {
    uint32_t size = p->size ? p->size * 2 : FIRST_SIZE, *slots = arena_array(a, uint32_t, size);
    if (!slots) return false;
    for (uint32_t i = 0; i < p->lists.count; i++) {
        uint32_t at = p->lists.items[i].hash & (size - 1);
        while (slots[at])
            at = (at + 1) & (size - 1);
        slots[at] = i + 1;
    }
    arena_drop(a, p->slots);
    p->slots = slots;
    p->size = size;
    return true;
}

static bool equal(const list_pool *p, const pooled_list *list, const uint32_t *items, uint32_t count) {
    if (list->count != count) return false;
    return !count || memcmp(p->items.items + list->first, items, count * sizeof *items) == 0;
}

uint32_t pool_find(list_pool *p, arena *a, const uint32_t *items, uint32_t count) {
    if (p->lists.count * 2 >= p->size && !grow(p, a)) return NERX_NONE;
    uint32_t hash = (uint32_t)hash_bytes(items, count * sizeof *items), at = hash & (p->size - 1);
    for (; p->slots[at]; at = (at + 1) & (p->size - 1)) {
        const pooled_list *list = &p->lists.items[p->slots[at] - 1];
        if (list->hash == hash && equal(p, list, items, count)) return p->slots[at] - 1;
    }
    pooled_list new = {p->items.count, count, hash};
    if (!vec_reserve(a, &p->items, count) || !vec_push(a, &p->lists, new)) return NERX_NONE;
    if (count) memcpy(p->items.items + new.first, items, count * sizeof *items);
    p->items.count += count;
    return (p->slots[at] = p->lists.count) - 1;
}
