/* Memory that is given back all at once: blocks in a list, the first in use. What is large has a block of its own,
 * which an array can grow in.
 *
 *     arena ──> [block: used ▓▓▓▓▓░░░] ──> [large ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓] ──> [block ▓▓▓▓▓▓▓▓] ──> NULL
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

typedef struct arena_block arena_block;

/* Zero is a valid empty arena. */
typedef struct arena {
    arena_block *blocks;
    size_t total; /* bytes held in blocks */
    bool failed;  /* memory was short since the last reset */
} arena;

/* `size` zeroed bytes, aligned to 16; NULL if memory is short. Valid until arena_reset or arena_free. */
void *arena_alloc(arena *a, size_t size);

/* `size` bytes that begin with the `old_size` bytes at `old`, which is then no more; the others are not zeroed. A large
 * array grows in place where it can, and leaves no copy behind. */
void *arena_grow(arena *a, void *old, size_t old_size, size_t size);

/* Gives a large allocation back before the others; what is small stays. */
void arena_drop(arena *a, void *memory);

/* Where an arena stands, so that what is taken from then on can be given back. */
typedef struct arena_mark {
    const arena_block *block;
    size_t used;
} arena_mark;

arena_mark arena_stand(const arena *a);

/* Gives back what was taken since, as far as it lies in the block that was in use; nothing of it may be kept. */
void arena_return(arena *a, arena_mark to);

/* A copy of `s` in the arena, NUL-terminated behind its end; ptr is NULL if memory is short. */
str arena_str(arena *a, str s);

/* printf into the arena; ptr is NULL if memory is short. */
str arena_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Gives all allocations back and keeps one block of at most 1 MiB for the next use. */
void arena_reset(arena *a);

void arena_free(arena *a);

#define arena_array(a, type, count) ((type *)arena_alloc_array((a), (count), sizeof(type)))
void *arena_alloc_array(arena *a, size_t count, size_t size);

/* The same, not zeroed: for what is written before it is read. */
#define arena_space(a, type, count) ((type *)arena_alloc_space((a), (count), sizeof(type)))
void *arena_alloc_space(arena *a, size_t count, size_t size);

#endif
