/* How the program takes memory from the system: a page at a time costs a short article more than to read it does. */
#define _DEFAULT_SOURCE
#include <stdlib.h>
#include <unistd.h>

#include "base/large_pages.h"
#include "cli/cli.h"

#ifdef __GLIBC__
#include <malloc.h>

enum {
    AHEAD = 8 << 20,        /* about what a short article takes */
    MAPPED_ALONE = 4 << 20, /* what is larger goes back to the system at once */
    KEPT = 16 << 20,        /* what is smaller is kept for the next document, up to this */
    PIECE = 64 << 10
};

/* Lets the heap grow by all of AHEAD, and asks for large pages there. */
static void grow_heap(void) {
    char *before = sbrk(0);
    void *pieces[4] = {NULL};
    for (size_t i = 0; i < 4 && sbrk(0) == (void *)before; i++)
        pieces[i] = malloc(PIECE);
    large_pages_ask(before, (size_t)((char *)sbrk(0) - before));
    for (size_t i = 0; i < 4; i++)
        free(pieces[i]);
}

void heap_prepare(void) {
    mallopt(M_TOP_PAD, AHEAD);
    mallopt(M_MMAP_THRESHOLD, MAPPED_ALONE);
    mallopt(M_TRIM_THRESHOLD, KEPT);
    grow_heap();
}
#else
void heap_prepare(void) {}
#endif
