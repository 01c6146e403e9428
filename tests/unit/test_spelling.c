/* What is remembered of spellings against what the lexicon says of them; runs of letters against a loop over bytes. */
#include <stdio.h>

#include "suite.h"
#include "text/chars.h"
#include "text/plain.h"
#include "text/spelling.h"

static uint32_t seed = 1;

static uint32_t random_below(uint32_t n) {
    seed = seed * 1103515245 + 12345;
    return (seed >> 8) % n;
}

/* More than the table holds, so that it grows and begins anew; every third is longer than what lies in it as it is. */
enum { SPELLINGS = 60000, ROUNDS = 400000 };

static str spell(char *to, uint32_t number) {
    int length = sprintf(to, number % 3 ? "w%u" : "Donaudampfschiff%u", number);
    return (str){to, (size_t)length};
}

START_TEST(spellings_keep_their_kinds) {
    static uint32_t kinds[SPELLINGS][2]; /* plus one */
    arena a = {0};
    lexicon l;
    lexicon_open(&l, &a, NULL, 0);
    ck_assert(spellings_open(&l));
    for (uint32_t round = 0; round < ROUNDS; round++) {
        char text[64];
        uint32_t number = random_below(SPELLINGS);
        str s = spell(text, number);
        uint16_t place = random_below(2) ? TOKEN_JOINED : 0;
        spelling_key key = spelling_key_of(s, random_below(2) ? text + sizeof text : text + s.len);
        uint32_t met = spelling_seek(&l, key, s, place), kind = spelling_meet(&l, key, s, place);
        uint32_t *have = &kinds[number][place & TOKEN_JOINED];
        ck_assert(kind != NERX_NONE && (met == NERX_NONE || met == kind));
        ck_assert(*have == 0 || *have == kind + 1);
        *have = kind + 1;
        const word_kind *k = &l.kinds.items[kind];
        ck_assert(str_equal(lexicon_text(&l, k->form), s));
        ck_assert_uint_eq(k->place, place);
    }
    arena_free(&a);
}
END_TEST

/* As plain_at, from the bytes themselves. */
static bool is_plain(const char *text, size_t length, size_t i) {
    unsigned char c = (unsigned char)text[i];
    if (c >= 0x80 && c < 0xc0 && i > 0) c = (unsigned char)text[--i];
    if (c < 0x80) return plain_letter_or_digit(c);
    str rest = {text + i, length - i};
    return c >= 0xc3 && c <= 0xc8 && !str_starts(rest, STR("×")) && !str_starts(rest, STR("÷"));
}

START_TEST(plain_runs_are_what_each_byte_says) {
    static const char *const pieces[] = {"a", "z", "A", "Z", "0", "9", "@", "[", "`", "{", "/", ":",    " ",    ".",
                                         "ä", "ß", "×", "÷", "ÿ", "ő", "ǰ", "é", "д", "😀", "“", "mmmm", "MMMM", "ſ"};
    for (int round = 0; round < 500; round++) {
        char text[1024] = "";
        for (uint32_t i = random_below(100); i > 0; i--)
            strcat(text, pieces[random_below(sizeof pieces / sizeof *pieces)]);
        size_t length = strlen(text), end = length;
        uint64_t bits[sizeof text / PLAIN_BYTES + 1];
        memset(bits, 0xff, sizeof bits);
        plain_mark((str){text, length}, bits);
        for (size_t i = length; i-- > 0;) {
            ck_assert_msg(plain_at(bits, i) == is_plain(text, length, i), "%s: byte %zu", text, i);
            if (!plain_at(bits, i)) end = i;
            ck_assert_uint_eq(plain_end(bits, i), end);
        }
        ck_assert(!plain_at(bits, length));
    }
}
END_TEST

START_TEST(latin_folds_like_all_letters) {
    static const char *const pairs[][2] = {{"STRAßE", "strasse"}, {"ÀÖØÞ", "àöøþ"}, {"×÷ÿ", "×÷ÿ"},
                                           {"Åsa", "åsa"},        {"ÉTÉ", "été"},   {"İ", "i\xcc\x87"}};
    arena a = {0};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        str folded = chars_fold(&a, str_of(pairs[i][0]));
        ck_assert_msg(str_is(folded, pairs[i][1]), "%s", pairs[i][0]);
    }
    arena_free(&a);
}
END_TEST

SUITE_MAIN("spelling", spellings_keep_their_kinds, plain_runs_are_what_each_byte_says, latin_folds_like_all_letters)
