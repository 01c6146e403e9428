/* Memory that is given back all at once. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/large_pages.h"

enum { ALIGN = 16, FIRST_BLOCK = 1 << 16, LARGE = 1 << 13, LARGEST_BLOCK = 1 << 20 };

struct arena_block {
    arena_block *next;
    size_t size, used;
    bool large; /* of one allocation alone */
    max_align_t data[];
};

static bool add_block(arena *a, size_t need) {
    size_t size = a->blocks ? a->blocks->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
    if (size < need) size = need;
    if (size > SIZE_MAX - sizeof(arena_block)) return false;
    arena_block *block = malloc(sizeof *block + size);
    if (!block) return false;
    *block = (arena_block){.next = a->blocks, .size = size};
    a->blocks = block;
    a->total += size;
    return true;
}

static void *fail(arena *a) {
    a->failed = true;
    return NULL;
}

/* A block of its own, behind the one in use. Where it is to be zero it is asked for as such: fresh memory is zero
 * already, and need not be touched. */
static void *add_large(arena *a, size_t size, bool zero) {
    arena_block *block = NULL;
    if (size <= SIZE_MAX - sizeof *block) block = zero ? calloc(1, sizeof *block + size) : malloc(sizeof *block + size);
    if (!block) return fail(a);
    if (size >= LARGE_PAGES_WORTH) large_pages_ask(block, size);
    arena_block **link = a->blocks ? &a->blocks->next : &a->blocks;
    *block = (arena_block){.next = *link, .size = size, .used = size, .large = true};
    *link = block;
    a->total += size;
    return block->data;
}

/* Where the list points to the block that `memory` has for itself, or NULL. */
static arena_block **large_link(arena *a, const void *memory) {
    for (arena_block **link = &a->blocks; *link; link = &(*link)->next) {
        if ((*link)->large && (*link)->data == memory) return link;
    }
    return NULL;
}

static void *take(arena *a, size_t size, bool zero) {
    if (size > SIZE_MAX - ALIGN) return fail(a);
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (size > LARGE) return add_large(a, size, zero);
    if (!a->blocks || a->blocks->size - a->blocks->used < size) {
        if (!add_block(a, size)) return fail(a);
    }
    char *memory = (char *)a->blocks->data + a->blocks->used;
    a->blocks->used += size;
    return zero ? memset(memory, 0, size) : memory;
}

/* Makes what was taken last longer where it lies. */
static bool extends(arena *a, void *old, size_t old_size, size_t size) {
    arena_block *block = a->blocks;
    size_t taken = (old_size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (!block || block->large || size > LARGE || (char *)old + taken != (char *)block->data + block->used)
        return false;
    if (block->size - block->used + taken < size) return false;
    block->used = block->used - taken + size;
    return true;
}

void *arena_grow(arena *a, void *old, size_t old_size, size_t size) {
    if (size > SIZE_MAX - ALIGN - sizeof(arena_block)) return fail(a);
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (!old) return take(a, size, false);
    if (extends(a, old, old_size, size)) return old;
    arena_block **link = large_link(a, old);
    if (!link) {
        void *memory = take(a, size, false);
        return memory && old_size ? memcpy(memory, old, old_size) : memory;
    }
    arena_block *block = realloc(*link, sizeof *block + size);
    if (!block) return fail(a);
    if (size >= LARGE_PAGES_WORTH) large_pages_ask(block, size);
    a->total += size - block->size;
    block->size = block->used = size;
    *link = block;
    return block->data;
}

void arena_drop(arena *a, void *memory) {
    arena_block **link = large_link(a, memory);
    if (!link) return;
    arena_block *block = *link;
    *link = block->next;
    a->total -= block->size;
    free(block);
}

arena_mark arena_stand(const arena *a) {
    return (arena_mark){a->blocks, a->blocks ? a->blocks->used : 0};
}

void arena_return(arena *a, arena_mark to) {
    if (a->blocks && a->blocks == to.block && !a->blocks->large) a->blocks->used = to.used;
}

void *arena_alloc(arena *a, size_t size) {
    return take(a, size, true);
}

void *arena_alloc_array(arena *a, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) return fail(a);
    return arena_alloc(a, count * size);
}

void *arena_alloc_space(arena *a, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) return fail(a);
    return take(a, count * size, false);
}

str arena_str(arena *a, str s) {
    char *copy = s.len < SIZE_MAX ? take(a, s.len + 1, false) : NULL;
    if (!copy) return (str){NULL, 0};
    if (s.len) memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    return (str){copy, s.len};
}

str arena_format(arena *a, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = length < 0 ? NULL : arena_alloc(a, (size_t)length + 1);
    if (text) vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return (str){text, text ? (size_t)length : 0};
}

void arena_reset(arena *a) {
    arena_block *kept = NULL;
    for (arena_block *block = a->blocks, *next; block; block = next) {
        next = block->next;
        if (!kept && !block->large) {
            kept = block;
        } else {
            free(block);
        }
    }
    if (kept) {
        kept->next = NULL;
        kept->used = 0;
    }
    a->blocks = kept;
    a->total = kept ? kept->size : 0;
    a->failed = false;
}

void arena_free(arena *a) {
    for (arena_block *block = a->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    *a = (arena){0};
}
