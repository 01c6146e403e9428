/* Asking the system for large pages. */
#define _DEFAULT_SOURCE
#include "base/large_pages.h"

#include <stdint.h>

#if defined __linux__
#include <sys/mman.h>
#endif

#ifdef MADV_HUGEPAGE
enum { SMALL_PAGE = 4 << 10 };

/* All of the pages that hold any of it: the system moves a mapping to where it can grow only if all of it was asked
 * for alike. */
void large_pages_ask(void *memory, size_t size) {
    uintptr_t start = (uintptr_t)memory & ~(uintptr_t)(SMALL_PAGE - 1);
    uintptr_t end = ((uintptr_t)memory + size + SMALL_PAGE - 1) & ~(uintptr_t)(SMALL_PAGE - 1);
    (void)madvise((void *)start, end - start, MADV_HUGEPAGE);
}
#else
void large_pages_ask(void *memory, size_t size) {
    (void)memory;
    (void)size;
}
#endif
