/* Offsets of a file, in its unit, turned into bytes. */
#ifndef EVAL_OFFSETS_H
#define EVAL_OFFSETS_H

#include "base/arena.h"

/* starts[n] is the byte where unit n begins; NERX_NONE inside a surrogate pair. NULL starts: bytes. */
typedef struct offsets {
    uint32_t *starts;
    uint32_t count; /* units of the text; its end is one more offset */
} offsets;

/* False if memory is short; offsets_close frees. */
bool offsets_open(offsets *o, str text, nerx_offsets unit);
void offsets_close(offsets *o);

/* NERX_NONE where the text has no such offset. */
uint32_t offsets_byte(const offsets *o, int64_t offset);

#endif
