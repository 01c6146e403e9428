/* Buffered output to a sink. */
#include "write/out.h"

#include <stdio.h>
#include <stdlib.h>

/* Code points, or UTF-16 units, in some bytes: every byte that does not continue a sequence counts one, and one more
 * for UTF-16 where it begins a sequence of four. */
static uint32_t count_units(const char *p, size_t n, bool utf16) {
    uint32_t units = 0;
    size_t i = 0;
    for (; i + 8 <= n && !utf16; i += 8) {
        uint64_t eight;
        memcpy(&eight, p + i, 8);
        uint64_t continues = eight >> 7 & ~eight >> 6 & 0x0101010101010101U; /* 10xxxxxx */
        units += 8 - (uint32_t)(continues * 0x0101010101010101U >> 56);
    }
    for (; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        units += (c & 0xc0) != 0x80;
        units += utf16 && c >= 0xf0;
    }
    return units;
}

static bool is_ascii(str s) {
    unsigned char any = 0;
    for (size_t i = 0; i < s.len; i++)
        any |= (unsigned char)s.ptr[i];
    return any < 0x80;
}

bool out_open(out *o, nerx_sink *sink, void *user, str text, nerx_offsets offsets) {
    o->sink = sink;
    o->user = user;
    o->used = 0;
    o->failed = false;
    o->text = text;
    o->units = NULL;
    o->utf16 = offsets == NERX_UTF16;
    if (offsets == NERX_BYTES || is_ascii(text)) return true;
    size_t steps = text.len / OUT_STEP + 1;
    o->units = malloc(steps * sizeof *o->units);
    if (!o->units) return false;
    uint32_t before = 0;
    for (size_t i = 0; i < steps; i++) {
        o->units[i] = before;
        size_t left = text.len - i * OUT_STEP;
        before += count_units(text.ptr + i * OUT_STEP, left < OUT_STEP ? left : OUT_STEP, o->utf16);
    }
    return true;
}

static void flush(out *o) {
    if (o->used && !o->failed) o->failed = !o->sink(o->user, o->buffer, o->used);
    o->used = 0;
}

bool out_close(out *o) {
    flush(o);
    free(o->units);
    o->units = NULL;
    return !o->failed;
}

void out_long(out *o, str s) {
    while (s.len) {
        if (o->used == OUT_BUFFER) flush(o);
        size_t n = OUT_BUFFER - o->used < s.len ? OUT_BUFFER - o->used : s.len;
        memcpy(o->buffer + o->used, s.ptr, n);
        o->used += n;
        s.ptr += n;
        s.len -= n;
    }
}

void out_number(out *o, int64_t n) {
    char digits[24];
    char *p = digits + sizeof digits;
    uint64_t rest = n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
    do {
        *--p = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (n < 0) *--p = '-';
    out_str(o, (str){p, (size_t)(digits + sizeof digits - p)});
}

uint32_t out_offset(const out *o, uint32_t byte) {
    if (!o->units) return byte;
    uint32_t step = byte / OUT_STEP;
    return o->units[step] + count_units(o->text.ptr + (size_t)step * OUT_STEP, byte % OUT_STEP, o->utf16);
}

static void escape(out *o, unsigned char c) {
    static const char *const named[] = {['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f",
                                        ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\"};
    char hex[8];
    if (c < sizeof named / sizeof *named && named[c]) {
        out_str(o, str_of(named[c]));
        return;
    }
    snprintf(hex, sizeof hex, "\\u%04x", c);
    out_str(o, str_of(hex));
}

/* The first byte from `i` on that has to be escaped, or the end. */
static size_t plain_until(str s, size_t i) {
    const uint64_t ones = 0x0101010101010101U, high = 0x8080808080808080U;
    for (; i + 8 <= s.len; i += 8) {
        uint64_t v;
        memcpy(&v, s.ptr + i, 8);
        uint64_t quote = v ^ ones * '"', slash = v ^ ones * '\\', rubout = v ^ ones * 0x7f;
        uint64_t found = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((rubout - ones) & ~rubout) |
                         ((v - ones * 0x20) & ~v);
        if (found & high) break;
    }
    for (; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) break;
    }
    return i;
}

void out_json(out *o, str s) {
    out_literal(o, "\"");
    for (size_t i = 0; i < s.len;) {
        size_t end = plain_until(s, i);
        out_str(o, str_slice(s, i, end));
        if (end < s.len) escape(o, (unsigned char)s.ptr[end]);
        i = end + (end < s.len);
    }
    out_literal(o, "\"");
}
