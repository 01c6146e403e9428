/* The shape of a word: what its characters show, whatever stands around it. */
#include "base/hash.h"
#include "text/chars.h"
#include "text/utf8.h"
#include "text/vocab.h"

typedef struct counts {
    uint32_t characters, letters, upper, lower, digits, inner_upper, hyphens, apostrophes, quotes, dashes, ends, others;
    uint32_t first, last; /* code points */
    bool first_letter_upper;
} counts;

static void count_letter(counts *n, uint32_t c, bool after_lower) {
    bool upper = chars_upper(c);
    if (n->letters == 0) n->first_letter_upper = upper;
    n->letters++;
    n->upper += upper;
    n->lower += chars_lower(c);
    n->inner_upper += upper && after_lower;
}

static counts count(str key) {
    counts n = {0};
    bool after_lower = false;
    for (const char *p = key.ptr, *end = key.ptr + key.len; p < end;) {
        uint32_t c = utf8_next(&p);
        if (n.characters++ == 0) n.first = c;
        n.last = c;
        switch (chars_class(c)) {
        case CHAR_LETTER: count_letter(&n, c, after_lower); break;
        case CHAR_DIGIT: n.digits++; break;
        case CHAR_DASH: n.hyphens++; break;
        case CHAR_APOSTROPHE: n.apostrophes++; break;
        case CHAR_QUOTE: n.quotes++; break;
        case CHAR_END: n.ends++; break;
        default: n.others++;
        }
        after_lower = chars_lower(c);
    }
    return n;
}

/* "13.": up to three digits and a full stop. */
static bool is_ordinal(const counts *n) {
    return n->letters == 0 && n->ends == 1 && n->last == '.' && n->digits && n->digits <= 3 && n->others == 0 &&
           n->hyphens == 0;
}

/* A numeral of the usual subtractive form, at most four letters of a kind in a row; "I" alone is a word. */
static bool is_roman(str key) {
    if (str_ends(key, STR("."))) key.len--;
    if (key.len == 0 || key.len > 8) return false;
    for (size_t i = 0; i < key.len; i++) {
        if (!strchr("IVXLC", key.ptr[i])) return false;
    }
    return true;
}

static uint32_t case_bits(const counts *n) {
    uint32_t bits = SHAPE_LETTERS;
    if (n->first_letter_upper) bits |= SHAPE_UPPER_FIRST;
    if (n->letters >= 2 && n->upper == n->letters) bits |= SHAPE_ALL_UPPER;
    if (n->upper == 0) bits |= SHAPE_LOWER;
    if (n->inner_upper) bits |= SHAPE_INNER_UPPER;
    if (n->hyphens && n->characters > 1) bits |= SHAPE_HYPHEN;
    if (n->letters == 1 && n->characters == 1) bits |= SHAPE_ONE;
    if (n->letters == 1 && n->characters == 2 && n->last == '.') bits |= SHAPE_INITIAL;
    if (n->last == '.') bits |= SHAPE_DOT;
    if (n->first == '@' || n->first == '#') bits |= SHAPE_WEB;
    return bits;
}

static uint32_t sign_bits(const counts *n) {
    if (n->digits) return n->last == '.' ? SHAPE_NUMBER | SHAPE_DOT : SHAPE_NUMBER;
    uint32_t bits = SHAPE_PUNCT;
    switch (chars_class(n->first)) {
    case CHAR_QUOTE:
    case CHAR_APOSTROPHE: bits |= SHAPE_QUOTE; break;
    case CHAR_DASH: bits |= SHAPE_DASH; break;
    case CHAR_OPEN: bits |= SHAPE_OPEN; break;
    case CHAR_CLOSE: bits |= SHAPE_CLOSE; break;
    case CHAR_END: bits |= SHAPE_END; break;
    case CHAR_SYMBOL: bits |= SHAPE_SYMBOL; break;
    default: break;
    }
    return n->first == ':' ? bits | SHAPE_END : bits;
}

/* Which letters of a word of ASCII are capitals. */
typedef struct cases {
    bool first_upper, upper, lower, inner_upper;
} cases;

/* Eight bytes at a time, each in its own eighth of a word, whose highest bit is the answer. False where the key has
 * anything but letters of ASCII. */
static bool read_cases(str key, cases *c) {
    const uint64_t each = 0x0101010101010101U, high = each << 7;
    const unsigned char *p = (const unsigned char *)key.ptr;
    uint64_t before = 0; /* the last one is lower */
    *c = (cases){.first_upper = p[0] < 'a'};
    for (size_t left = key.len, n; left > 0; left -= n, p += n) {
        n = left < 8 ? left : 8;
        uint64_t bytes = hash_load(p, n), folded = bytes | each << 5;
        uint64_t letters = (folded + each * (0x80 - 'a')) & ~(folded + each * (0x7f - 'z')) & high;
        if (bytes & high || letters != high >> (64 - 8 * n)) return false;
        uint64_t lower = letters & bytes << 2, upper = letters ^ lower;
        c->upper |= upper != 0;
        c->lower |= lower != 0;
        c->inner_upper |= (upper & (lower << 8 | before)) != 0;
        before = lower >> 56;
    }
    return true;
}

static uint32_t plain_shape(str key, const cases *c) {
    uint32_t bits = SHAPE_LETTERS;
    if (c->first_upper) bits |= SHAPE_UPPER_FIRST;
    if (!c->lower && key.len >= 2) bits |= SHAPE_ALL_UPPER;
    if (!c->upper) bits |= SHAPE_LOWER;
    if (c->inner_upper) bits |= SHAPE_INNER_UPPER;
    if (key.len == 1) bits |= SHAPE_ONE;
    if (!c->lower && is_roman(key)) bits |= SHAPE_ROMAN;
    return bits;
}

uint32_t chars_shape(str key) {
    cases plain;
    if (key.len && read_cases(key, &plain)) return plain_shape(key, &plain);
    counts n = count(key);
    uint32_t bits = n.letters ? case_bits(&n) : sign_bits(&n);
    if (n.digits) bits |= SHAPE_HAS_DIGIT;
    if (n.apostrophes && n.characters > 1) bits |= SHAPE_APOSTROPHE;
    if (is_ordinal(&n)) bits |= SHAPE_ORDINAL;
    if (n.upper && n.upper == n.letters && is_roman(key)) bits |= SHAPE_ROMAN;
    if (memchr(key.ptr, '/', key.len) && memchr(key.ptr, ':', key.len) && n.letters > 2) bits |= SHAPE_WEB;
    if (memchr(key.ptr, '@', key.len) && n.letters) bits |= SHAPE_WEB;
    return bits;
}
