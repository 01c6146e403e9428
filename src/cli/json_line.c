/* Plain lines of JSON (RFC 8259), read where they stand. */
#include "cli/json_line.h"

#include <stdlib.h>

#include "base/block.h"
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

static bool is_plain(char c) {
    return c != '"' && c != '\\' && (unsigned char)c >= 0x20;
}

static unsigned special_bits(block b) {
    return block_bits(block_equal(b, '"') | block_equal(b, '\\') | block_between(b, 0, 0x1f));
}

/* Where the plain characters from `p` on end. */
static const char *plain_end(const char *p, const char *end) {
    for (; end - p >= BLOCK; p += BLOCK) {
        unsigned special = special_bits(block_load(p));
        if (special) return p + __builtin_ctz(special);
    }
    while (p < end && is_plain(*p))
        p++;
    return p;
}

/* Copies plain characters. What is written beyond them is written over later. */
static void copy_plain(reader *r) {
    for (; r->end - r->p >= BLOCK; r->p += BLOCK, r->room += BLOCK) {
        block b = block_load(r->p);
        unsigned special = special_bits(b);
        block_store(r->room, b);
        if (!special) continue;
        r->p += __builtin_ctz(special);
        r->room += __builtin_ctz(special);
        return;
    }
    while (r->p < r->end && is_plain(*r->p))
        *r->room++ = *r->p++;
}

/* Values of hexadecimal digits, plus one; 0: it is none. */
static const unsigned char hexadecimal_digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16};

static bool hexadecimal(reader *r, uint32_t *out) {
    uint32_t value = 0;
    if (r->end - r->p < 4) return false;
    for (int i = 0; i < 4; i++) {
        unsigned digit = hexadecimal_digits[(unsigned char)r->p[i]];
        if (digit == 0) return false;
        value = value << 4 | (digit - 1);
    }
    r->p += 4;
    *out = value;
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
    for (copy_plain(r); r->p < r->end && *r->p == '\\'; copy_plain(r)) {
        if (!escaped(r)) return false;
    }
    if (r->p == r->end || *r->p != '"') return false;
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
