/* Lists of numbers, each kept once and known by its own number.
 *
 *     slots ──hash──> list: first, count ──> items [ 3 7 9 | 7 | 2 3 | …
 */
#ifndef BASE_LIST_POOL_H
#define BASE_LIST_POOL_H

#include "base/vec.h"

typedef struct pooled_list {
    uint32_t first, count; /* into `items` */
    uint32_t hash;
} pooled_list;

/* Zero is a valid empty pool. */
typedef struct list_pool {
    VEC(uint32_t) items;
    VEC(pooled_list) lists;
    uint32_t *slots; /* lists plus one, by hash */
    uint32_t size;
} list_pool;

/* The number of a list, which is that of the lists before where it is new; NERX_NONE if memory is short. `items` are
 * not those of the pool. */
uint32_t pool_find(list_pool *p, arena *a, const uint32_t *items, uint32_t count);

typedef struct numbers {
    const uint32_t *items;
    uint32_t count;
} numbers;

/* Valid until another list is new. */
static inline numbers pool_list(const list_pool *p, uint32_t number) {
    const pooled_list *list = &p->lists.items[number];
    return (numbers){list->count ? p->items.items + list->first : NULL, list->count};
}

#endif
