/* Buffered output to a sink, and byte offsets turned into the unit that was asked for. A failure sticks.
 *
 *     buffer ▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░░░░│░░░░░░
 *                          at        limit  behind it still OUT_ROOM bytes
 *
 * While `at` is not behind the limit a piece of OUT_ROOM bytes may be written without asking. Writers keep the place in
 * a variable of their own, `char *p`: what is called out_put_… writes at p and returns where it ended. */
#ifndef WRITE_OUT_H
#define WRITE_OUT_H

#include "base/str.h"

enum { OUT_BUFFER = 1 << 14, OUT_ROOM = 512, OUT_STEP = 32 };

typedef struct out {
    nerx_sink *sink;
    void *user;
    char *at, *limit;
    bool failed;
    /* For offsets: units[i] is the number of code points or UTF-16 units before byte i * OUT_STEP; NULL: bytes. */
    str text;
    uint32_t *units;
    bool utf16;
    char buffer[OUT_BUFFER + OUT_ROOM];
} out;

/* False if memory is short; out_close frees what this allocates. */
bool out_open(out *o, nerx_sink *sink, void *user, str text, nerx_offsets offsets);

/* Flushes; false if anything failed. */
bool out_close(out *o);

/* Writes out what stands before p; the beginning of the buffer. */
char *out_flush(out *o, char *p);

/* Where OUT_ROOM bytes may be written: p, or the beginning of the buffer. */
static inline char *out_room(out *o, char *p) {
    return p > o->limit ? out_flush(o, p) : p;
}

void out_long(out *o, str s); /* what may not fit into the buffer */

static inline void out_str(out *o, str s) {
    if (s.len > OUT_ROOM) {
        out_long(o, s);
        return;
    }
    if (s.len) memcpy(o->at, s.ptr, s.len);
    o->at = out_room(o, o->at + s.len);
}

void out_number(out *o, int64_t n);

#define out_literal(o, literal) out_str((o), STR(literal))

/* "s" with quotation marks, escaped as RFC 8259 asks; the text's other characters stay as they are. */
void out_json(out *o, str s);

/* A byte offset of the text in the unit asked for. */
uint32_t out_units_before(const out *o, uint32_t byte);

static inline uint32_t out_offset(const out *o, uint32_t byte) {
    return o->units ? out_units_before(o, byte) : byte;
}

static inline char *out_put_bytes(char *p, const char *bytes, size_t count) {
    memcpy(p, bytes, count);
    return p + count;
}

#define out_put_literal(p, literal) out_put_bytes((p), (literal), sizeof(literal) - 1)

char *out_put_number(char *p, uint32_t n);
char *out_put_signed(char *p, int32_t n);

/* As out_json, from a place with room to another. */
char *out_put_json(out *o, char *p, str s);

#endif
