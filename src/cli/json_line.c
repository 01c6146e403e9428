/* Plain lines of JSON (RFC 8259), read where they stand. */
#include "cli/json_line.h"

#include <stdlib.h>

#include "base/hash.h"
#include "text/utf8.h"

typedef struct reader {
    const char *p, *end;
    char *room; /* free room, as much as is left of the line */
} reader;

static void skip_blanks(reader *r) {
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r'))
        r->p++;
}

static bool take(reader *r, char c) {
    skip_blanks(r);
    if (r->p == r->end || *r->p != c) return false;
    r->p++;
    return true;
}

/* The high bit of the first byte that is a quotation mark, a backslash or a control character; others above it count
 * not (Mycroft 1987). */
static uint64_t special(uint64_t v) {
    const uint64_t ones = 0x0101010101010101U, high = 0x8080808080808080U;
    uint64_t quote = v ^ ones * '"', slash = v ^ ones * '\\';
    return (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((v - ones * 0x20) & ~v)) & high;
}

/* Where the plain characters from `p` on end. */
static const char *plain_end(const char *p, const char *end) {
    for (; LITTLE_ENDIAN_MACHINE && end - p >= 8; p += 8) {
        uint64_t found = special(hash_word((const unsigned char *)p));
        if (found) return p + (__builtin_ctzll(found) >> 3);
    }
    while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20)
        p++;
    return p;
}

static bool hexadecimal(reader *r, uint32_t *out) {
    *out = 0;
    if (r->end - r->p < 4) return false;
    for (int i = 0; i < 4; i++) {
        char c = *r->p++, low = (char)(c | 0x20);
        bool digit = c >= '0' && c <= '9';
        if (!digit && (low < 'a' || low > 'f')) return false;
        *out = *out << 4 | (uint32_t)(digit ? c - '0' : low - 'a' + 10);
    }
    return true;
}

/* Behind "\u". A NUL and half of a pair are not plain. */
static bool code_point(reader *r) {
    uint32_t c, low;
    if (!hexadecimal(r, &c) || c == 0 || (c >= 0xdc00 && c < 0xe000)) return false;
    if (c >= 0xd800 && c < 0xdc00) {
        if (r->end - r->p < 2 || r->p[0] != '\\' || r->p[1] != 'u') return false;
        r->p += 2;
        if (!hexadecimal(r, &low) || low < 0xdc00 || low >= 0xe000) return false;
        c = 0x10000 + ((c - 0xd800) << 10 | (low - 0xdc00));
    }
    r->room += utf8_put(r->room, c);
    return true;
}

static bool escaped(reader *r) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (r->end - r->p < 2) return false;
    char c = r->p[1];
    r->p += 2;
    if (c == 'u') return code_point(r);
    const char *at = c ? strchr(from, c) : NULL;
    if (!at) return false;
    *r->room++ = to[at - from];
    return true;
}

/* A string; where it holds no escapes, and need not be copied, as it stands in the line. */
static bool string(reader *r, bool copy, str *out) {
    if (!take(r, '"')) return false;
    const char *start = r->p, *stop = plain_end(r->p, r->end);
    char *to = r->room;
    if (!copy && stop < r->end && *stop == '"') {
        *out = (str){start, (size_t)(stop - start)};
        r->p = stop + 1;
        return true;
    }
    for (;;) {
        memcpy(r->room, r->p, (size_t)(stop - r->p));
        r->room += stop - r->p;
        r->p = stop;
        if (r->p == r->end || (*r->p != '"' && *r->p != '\\')) return false;
        if (*r->p == '"') break;
        if (!escaped(r)) return false;
        stop = plain_end(r->p, r->end);
    }
    *out = (str){to, (size_t)(r->room - to)};
    *r->room++ = '\0';
    r->p++;
    return true;
}

static bool literal(reader *r, str word) {
    if ((size_t)(r->end - r->p) < word.len || memcmp(r->p, word.ptr, word.len) != 0) return false;
    r->p += word.len;
    return true;
}

/* true, false, null or a whole number of moderate size. */
static bool other_value(reader *r) {
    enum { MOST_DIGITS = 15 };
    if (literal(r, STR("true")) || literal(r, STR("false")) || literal(r, STR("null"))) return true;
    const char *start = r->p + (r->p < r->end && *r->p == '-');
    for (r->p = start; r->p < r->end && *r->p >= '0' && *r->p <= '9';)
        r->p++;
    bool leading = r->p - start > 1 && *start == '0';
    bool goes_on = r->p < r->end && (*r->p == '.' || (*r->p | 0x20) == 'e');
    return r->p > start && r->p - start <= MOST_DIGITS && !leading && !goes_on;
}

static bool member(reader *r, json_line *out) {
    str key, value;
    if (!string(r, false, &key) || !take(r, ':')) return false;
    skip_blanks(r);
    str *wanted = str_equal(key, STR("text"))   ? &out->text
                  : str_equal(key, STR("id"))   ? &out->id
                  : str_equal(key, STR("date")) ? &out->date
                                                : NULL;
    if (r->p < r->end && *r->p == '"') {
        if (!string(r, wanted && wanted != &out->text, &value)) return false;
        if (wanted) *wanted = value;
        return true;
    }
    bool null = r->p < r->end && *r->p == 'n';
    if (wanted && !null) return false;
    if (wanted) *wanted = (str){NULL, 0};
    return other_value(r);
}

static bool make_room(json_line *out, size_t length) {
    if (out->capacity > length) return true;
    size_t capacity = length + length / 2 + 1;
    char *room = realloc(out->room, capacity);
    if (!room) return false;
    out->room = room;
    out->capacity = capacity;
    return true;
}

bool json_line_read(json_line *out, str line) {
    size_t bad;
    if (!make_room(out, line.len) || !nerx_utf8_valid(line.ptr, line.len, &bad)) return false;
    out->id = out->text = out->date = (str){NULL, 0};
    reader r = {line.ptr, line.ptr + line.len, out->room};
    if (!take(&r, '{')) return false;
    do {
        if (!member(&r, out)) return false;
    } while (take(&r, ','));
    if (!take(&r, '}')) return false;
    skip_blanks(&r);
    return r.p == r.end && out->text.ptr;
}
