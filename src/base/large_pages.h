/* Large pages: memory that is written from end to end comes a page at a time, and each costs more than to fill it. */
#ifndef BASE_LARGE_PAGES_H
#define BASE_LARGE_PAGES_H

#include <stddef.h>

/* From this size on, what lies in large pages can waste but a small part of them. */
enum { LARGE_PAGES_WORTH = 4 << 20 };

/* Asks the system to put `size` bytes at `memory` into large pages, as far as they fill some. Only advice: where the
 * system has none, or no such pages left, nothing changes. */
void large_pages_ask(void *memory, size_t size);

#endif
