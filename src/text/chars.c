/* Characters: classes, keys, folding and shapes. */
#include "text/chars.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/hash.h"
#include "text/utf8.h"
#include "text/vocab.h"

/* Sixteen a row. */
// clang-format off
const unsigned char chars_ascii[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 10, 5, 12, 12, 12, 12, 6, 8, 9, 12, 12, 11, 7, 10, 11,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 11, 11, 12, 12, 12, 10,
    12, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 8, 11, 9, 12, 11,
    5, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 8, 11, 9, 12, 0,
};
// clang-format on

static char_class punctuation(uint32_t c, int8_t category) {
    switch (category) {
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION: return c == 0x2019 ? CHAR_APOSTROPHE : CHAR_QUOTE;
    case U_DASH_PUNCTUATION: return CHAR_DASH;
    case U_START_PUNCTUATION: return c == 0x201a || c == 0x201e ? CHAR_QUOTE : CHAR_OPEN;
    case U_END_PUNCTUATION: return CHAR_CLOSE;
    default: return c == 0x2026 ? CHAR_END : CHAR_PUNCT;
    }
}

char_class chars_class_beyond(uint32_t c) {
    if (c >= 0xc0 && c < 0x250) return c == 0xd7 || c == 0xf7 ? CHAR_SYMBOL : CHAR_LETTER; /* Latin; × ÷ */
    int8_t category = u_charType((UChar32)c);
    uint32_t mask = U_MASK(category);
    if (c == 0x2bc) return CHAR_APOSTROPHE;
    if (c == 0xad || c == 0x200c || c == 0x200d || c == 0x2060) return CHAR_MARK;
    if (c == 0xfeff || c == 0x200b || c == 0x85) return CHAR_SPACE;
    if (mask & U_GC_L_MASK) return CHAR_LETTER;
    if (mask & U_GC_N_MASK) return category == U_DECIMAL_DIGIT_NUMBER ? CHAR_DIGIT : CHAR_SYMBOL;
    if (mask & U_GC_M_MASK) return CHAR_MARK;
    if (mask & U_GC_Z_MASK) return CHAR_SPACE;
    if (mask & U_GC_P_MASK) return punctuation(c, category);
    if (c >= 0x1f3fb && c <= 0x1f3ff) return CHAR_MARK; /* skin tones */
    if (mask & U_GC_S_MASK) return CHAR_SYMBOL;
    return CHAR_OTHER;
}

bool chars_upper_beyond(uint32_t c) {
    if (c >= 0xc0 && c <= 0xff) return c <= 0xde && c != 0xd7;
    return U_MASK(u_charType((UChar32)c)) & (U_GC_LU_MASK | U_GC_LT_MASK);
}

bool chars_lower_beyond(uint32_t c) {
    if (c >= 0xc0 && c <= 0xff) return c >= 0xdf && c != 0xf7;
    return u_charType((UChar32)c) == U_LOWERCASE_LETTER;
}

/* Latin letters up to U+02FF are in NFC as they stand; what lies above may not be. */
static bool is_plain(str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0xcc || (c == 0xc2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] == 0xad)) return false;
    }
    return true;
}

/* UTF-8 to UTF-16 with what a key leaves out left out; NULL if memory is short. */
static UChar *to_utf16(arena *a, str s, int32_t *length) {
    UChar *wide = arena_array(a, UChar, s.len + 1);
    if (!wide) return NULL;
    int32_t n = 0;
    for (const char *p = s.ptr, *end = s.ptr + s.len; p < end;) {
        uint32_t c = utf8_next(&p);
        if (c == 0xad || c == 0x200b || c == 0x200c || c == 0x200d || c == 0x2060 || c == 0xfeff) continue;
        if (c == 0x2019 || c == 0x2bc || c == 0x2018) c = '\'';
        if (c == 0x2010 || c == 0x2011) c = '-';
        if (c > 0xffff) {
            wide[n++] = (UChar)(0xd7c0 + (c >> 10));
            wide[n++] = (UChar)(0xdc00 | (c & 0x3ff));
        } else {
            wide[n++] = (UChar)c;
        }
    }
    *length = n;
    return wide;
}

/* NFC of `wide`, as UTF-8 in the arena. */
static str normalized(arena *a, const UChar *wide, int32_t length) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    int32_t capacity = length * 3 + 1;
    UChar *composed = arena_array(a, UChar, (size_t)capacity);
    char *utf8 = arena_alloc(a, (size_t)capacity * 3 + 1);
    if (U_FAILURE(status) || !composed || !utf8) return (str){NULL, 0};
    int32_t n = unorm2_normalize(nfc, wide, length, composed, capacity, &status);
    int32_t bytes = 0;
    u_strToUTF8(utf8, capacity * 3, &bytes, composed, n, &status);
    return U_FAILURE(status) ? (str){NULL, 0} : (str){utf8, (size_t)bytes};
}

enum { LONGEST_KEY = 1 << 16 }; /* bytes; longer "words" are looked up as they stand */

str chars_key(arena *a, str text) {
    if (is_plain(text) || text.len > LONGEST_KEY) return text;
    int32_t length;
    UChar *wide = to_utf16(a, text, &length);
    if (!wide) return (str){NULL, 0};
    str key = length ? normalized(a, wide, length) : text;
    return str_equal(key, text) ? text : key;
}

/* Is all of it ASCII or letters of Latin-1, that is 0xc3 and a byte? */
static bool is_latin(str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 128 && (c != 0xc3 || ++i == s.len)) return false;
    }
    return true;
}

/* A byte of a capital of ASCII, or the second one of Latin-1's: À to Þ but for ×, and ß, which folds to ss. */
static bool is_unfolded(str key, size_t i) {
    unsigned char c = (unsigned char)key.ptr[i];
    if (c < 128) return c >= 'A' && c <= 'Z';
    return c >= 0x80 && c <= 0x9f && c != 0x97 && (unsigned char)key.ptr[i - 1] == 0xc3;
}

static str fold_latin(arena *a, str key) {
    size_t first = 0;
    while (first < key.len && !is_unfolded(key, first))
        first++;
    if (first == key.len) return key;
    str copy = arena_str(a, key);
    char *p = (char *)copy.ptr;
    for (size_t i = first; i < copy.len; i++) {
        if (!is_unfolded(key, i)) continue;
        bool sharp = (unsigned char)key.ptr[i] == 0x9f;
        p[i] = sharp ? 's' : (char)(key.ptr[i] + 32);
        if (sharp) p[i - 1] = 's';
    }
    return copy;
}

/* Is all of it ASCII without capitals? Eight bytes at a time, as in shape.c. */
static bool is_folded(str key) {
    const uint64_t each = 0x0101010101010101U, high = each << 7;
    for (size_t i = 0; i < key.len; i += 8) {
        uint64_t bytes = hash_load((const unsigned char *)key.ptr + i, key.len - i < 8 ? key.len - i : 8);
        uint64_t capitals = (bytes + each * (0x80 - 'A')) & ~(bytes + each * (0x7f - 'Z'));
        if ((bytes | capitals) & high) return false;
    }
    return true;
}

str chars_fold(arena *a, str key) {
    if (is_folded(key)) return key;
    if (is_latin(key)) return fold_latin(a, key);
    if (key.len > LONGEST_KEY) return key;
    int32_t length;
    UChar *wide = to_utf16(a, key, &length);
    UChar *folded = wide ? arena_array(a, UChar, (size_t)length * 3 + 1) : NULL;
    if (!folded) return (str){NULL, 0};
    UErrorCode status = U_ZERO_ERROR;
    int32_t n = u_strFoldCase(folded, length * 3 + 1, wide, length, U_FOLD_CASE_DEFAULT, &status);
    if (U_FAILURE(status)) return key;
    str out = normalized(a, folded, n);
    return str_equal(out, key) ? key : out;
}

str chars_title(arena *a, str key) {
    str folded = chars_fold(a, key);
    if (!folded.len) return folded;
    const char *p = folded.ptr;
    uint32_t first = utf8_next(&p);
    char upper[4];
    str head = {upper, utf8_put(upper, (uint32_t)u_toupper((UChar32)first))};
    str tail = {p, folded.len - (size_t)(p - folded.ptr)};
    return arena_format(a, "%.*s%.*s", (int)head.len, head.ptr, (int)tail.len, tail.ptr);
}
