/* Buffered output to a sink, and byte offsets turned into the unit that was asked for. A failure sticks. */
#ifndef WRITE_OUT_H
#define WRITE_OUT_H

#include "base/str.h"

enum { OUT_BUFFER = 1 << 14, OUT_STEP = 64 };

typedef struct out {
    nerx_sink *sink;
    void *user;
    size_t used;
    bool failed;
    /* For offsets: units[i] is the number of code points or UTF-16 units before byte i * OUT_STEP; NULL: bytes. */
    str text;
    uint32_t *units;
    bool utf16;
    char buffer[OUT_BUFFER];
} out;

/* False if memory is short; out_close frees what this allocates. */
bool out_open(out *o, nerx_sink *sink, void *user, str text, nerx_offsets offsets);

/* Flushes; false if anything failed. */
bool out_close(out *o);

void out_long(out *o, str s); /* what does not fit into the buffer */

static inline void out_str(out *o, str s) {
    if (s.len > OUT_BUFFER - o->used) {
        out_long(o, s);
        return;
    }
    if (s.len) memcpy(o->buffer + o->used, s.ptr, s.len);
    o->used += s.len;
}

void out_number(out *o, int64_t n);

#define out_literal(o, literal) out_str((o), STR(literal))

/* A byte offset of the text in the unit asked for. */
uint32_t out_offset(const out *o, uint32_t byte);

/* "s" with quotation marks, escaped as RFC 8259 asks; the text's other characters stay as they are. */
void out_json(out *o, str s);

#endif
