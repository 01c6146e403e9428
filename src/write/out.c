/* Buffered output to a sink. */
#include "write/out.h"

#include <stdlib.h>

/* Sixteen bytes, each compared by itself: all its bits are set where it is so. */
typedef uint8_t bytes __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

enum { BLOCK = sizeof(bytes) };

#define ONES UINT64_MAX

static bytes load(const char *p) {
    bytes b;
    memcpy(&b, p, BLOCK);
    return b;
}

/* Code points, or UTF-16 units, that begin in each byte, negative: what does not continue a sequence counts one, and
 * one more for UTF-16 where it begins a sequence of four. */
static bytes begins(bytes b, bool utf16) {
    bytes all = (bytes)((b & 0xc0) != 0x80);
    return utf16 ? all + (bytes)(b >= 0xf0) : all;
}

/* Of all bytes together: at most 255. */
static uint32_t sum(bytes negative) {
    halves both = (halves)-negative;
    return (uint32_t)((both[0] + both[1]) * 0x0101010101010101U >> 56);
}

static uint32_t count_one_by_one(const char *p, size_t n, bool utf16) {
    uint32_t units = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        units += (c & 0xc0) != 0x80;
        units += utf16 && c >= 0xf0;
    }
    return units;
}

uint32_t out_units_before(const out *o, uint32_t byte) {
    static const bytes place = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const char *step = o->text.ptr + (byte & ~(uint32_t)(OUT_STEP - 1));
    uint32_t units = o->units[byte / OUT_STEP], rest = byte % BLOCK;
    bool ascii = o->units[byte / OUT_STEP + 1] - units == OUT_STEP && !o->utf16;
    if (ascii) return units + byte % OUT_STEP;
    if (byte < BLOCK) return count_one_by_one(o->text.ptr, byte, o->utf16);
    bytes last = begins(load(o->text.ptr + byte - BLOCK), o->utf16) & (bytes)(place >= (uint8_t)(BLOCK - rest));
    if (byte % OUT_STEP >= BLOCK) last += begins(load(step), o->utf16);
    return units + sum(last);
}

static void count_steps(out *o) {
    uint32_t before = 0;
    size_t steps = o->text.len / OUT_STEP;
    const char *p = o->text.ptr;
    for (size_t i = 0; i < steps; i++, p += OUT_STEP) {
        o->units[i] = before;
        before += sum(begins(load(p), o->utf16) + begins(load(p + BLOCK), o->utf16));
    }
    o->units[steps] = o->units[steps + 1] = before;
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
    o->at = o->buffer;
    o->limit = o->buffer + OUT_BUFFER;
    o->failed = false;
    o->text = text;
    o->units = NULL;
    o->utf16 = offsets == NERX_UTF16;
    if (offsets == NERX_BYTES || is_ascii(text)) return true;
    o->units = malloc((text.len / OUT_STEP + 2) * sizeof *o->units);
    if (!o->units) return false;
    count_steps(o);
    return true;
}

char *out_flush(out *o, char *p) {
    if (p > o->buffer && !o->failed) o->failed = !o->sink(o->user, o->buffer, (size_t)(p - o->buffer));
    return o->buffer;
}

bool out_close(out *o) {
    o->at = out_flush(o, o->at);
    free(o->units);
    o->units = NULL;
    return !o->failed;
}

void out_long(out *o, str s) {
    while (s.len) {
        size_t room = (size_t)(o->limit + OUT_ROOM - o->at), n = room < s.len ? room : s.len;
        memcpy(o->at, s.ptr, n);
        o->at = out_room(o, o->at + n);
        s.ptr += n;
        s.len -= n;
    }
}

char *out_put_number(char *p, uint32_t n) {
    static const char pairs[] =
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
        "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
    if (n < 10) {
        *p = (char)('0' + n);
        return p + 1;
    }
    if (n < 100) return out_put_bytes(p, pairs + (size_t)n * 2, 2);
    return out_put_bytes(out_put_number(p, n / 100), pairs + (size_t)(n % 100) * 2, 2);
}

char *out_put_signed(char *p, int32_t n) {
    if (n < 0) *p++ = '-';
    return out_put_number(p, n < 0 ? 0U - (uint32_t)n : (uint32_t)n);
}

void out_number(out *o, int64_t n) {
    if (n < 0) out_literal(o, "-");
    char digits[24], *p = digits + sizeof digits;
    for (uint64_t rest = n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n; p == digits + sizeof digits || rest;
         rest /= 10)
        *--p = (char)('0' + rest % 10);
    out_str(o, (str){p, (size_t)(digits + sizeof digits - p)});
}

/* Control characters and '"' are all that is below 0x21 once the second bit is turned. */
static bool is_special(char c) {
    return (unsigned char)(c ^ 2) <= 0x20 || c == '\\' || c == 0x7f;
}

/* Each byte escaped if it has to be: at most six for one. */
__attribute__((noinline, cold)) static char *put_escaped(char *p, const char *s, size_t n) {
    static const char named[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"'};
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (!is_special(s[i])) {
            *p++ = s[i];
            continue;
        }
        *p++ = '\\';
        if (c == '\\' || (c < sizeof named && named[c])) {
            *p++ = c == '\\' ? '\\' : named[c];
            continue;
        }
        p = out_put_literal(p, "u00");
        *p++ = hex[c >> 4];
        *p++ = hex[c & 15];
    }
    return p;
}

/* Is any of them special? */
static bool any_special(bytes b) {
    halves found = (halves)(((b ^ 2) <= 0x20) | (b == '\\') | (b == 0x7f));
    return found[0] | found[1];
}

/* Less than a block: from 4 bytes on as two words that may overlap. */
static char *put_rest(char *p, const char *s, size_t n) {
    if (n >= 8) {
        uint64_t first, last;
        memcpy(&first, s, 8);
        memcpy(&last, s + n - 8, 8);
        if (any_special((bytes)(halves){first, last})) return put_escaped(p, s, n);
        memcpy(p, &first, 8);
        memcpy(p + n - 8, &last, 8);
    } else if (n >= 4) {
        uint32_t first, last;
        memcpy(&first, s, 4);
        memcpy(&last, s + n - 4, 4);
        if (any_special((bytes)(halves){(uint64_t)last << 32 | first, ONES})) return put_escaped(p, s, n);
        memcpy(p, &first, 4);
        memcpy(p + n - 4, &last, 4);
    } else {
        char first = s[0], middle = s[n / 2], last = s[n - 1];
        uint64_t all =
            (uint64_t)(unsigned char)first << 16 | (uint64_t)(unsigned char)middle << 8 | (unsigned char)last;
        if (any_special((bytes)(halves){all | ONES << 24, ONES})) return put_escaped(p, s, n);
        p[0] = first;
        p[n / 2] = middle;
        p[n - 1] = last;
    }
    return p + n;
}

char *out_put_json(out *o, char *p, str s) {
    *p++ = '"';
    size_t done = 0;
    for (; s.len - done >= BLOCK; done += BLOCK) {
        bytes b = load(s.ptr + done);
        if (any_special(b)) {
            p = put_escaped(p, s.ptr + done, BLOCK);
        } else {
            memcpy(p, &b, BLOCK);
            p += BLOCK;
        }
        p = out_room(o, p);
    }
    if (s.len > done) p = put_rest(p, s.ptr + done, s.len - done);
    *p++ = '"';
    return out_room(o, p);
}

void out_json(out *o, str s) {
    o->at = out_put_json(o, o->at, s);
}
