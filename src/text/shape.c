/* The shape of a word: what its characters show, whatever stands around it. */
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

uint32_t chars_shape(str key) {
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
