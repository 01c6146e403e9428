/* A model of a few lines for tests that build one over and over: everything in tests/small. */
#ifndef TESTS_SUPPORT_SMALL_H
#define TESTS_SUPPORT_SMALL_H

#include "nerx.h"

typedef struct small_sources {
    nerx_source *items;
    size_t count;
} small_sources;

/* Reads tests/small; stops the test program where that fails. */
small_sources small_read(void);
void small_free(small_sources *sources);

/* The model, 8-byte aligned, malloc'ed. */
void *small_image(size_t *length);

/* A text that meets all of it: both languages, every type, dates, relations. */
extern const char small_text[];

#endif
