/* UTF-8, tokens and sentences. */
#include <stdio.h>

#include "suite.h"
#include "text/chars.h"
#include "text/token.h"
#include "text/utf8.h"

START_TEST(bad_utf8_is_found_where_it_is) {
    static const struct {
        const char *text;
        size_t length, bad;
    } cases[] = {{"ab\xff", 3, 2},           {"\xc3", 1, 0},         {"a\xc0\x80", 3, 1}, {"\xed\xa0\x80", 3, 0},
                 {"\xf4\x90\x80\x80", 4, 0}, {"12345678\x80", 9, 8}, {"\xe2\x82", 2, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t offset = 99;
        ck_assert(!nerx_utf8_valid(cases[i].text, cases[i].length, &offset));
        ck_assert_uint_eq(offset, cases[i].bad);
    }
    size_t offset;
    ck_assert(nerx_utf8_valid("Grüße, 東京 😀", strlen("Grüße, 東京 😀"), &offset));
}
END_TEST

START_TEST(repair_replaces_maximal_subparts) {
    size_t length;
    char *repaired = nerx_utf8_repair("a\xf0\x90\x80z\xc3", 6, &length, NULL);
    ck_assert_str_eq(repaired, "a\xef\xbf\xbdz\xef\xbf\xbd");
    ck_assert_uint_eq(length, strlen(repaired));
    nerx_free(repaired);
}
END_TEST

START_TEST(keys_are_composed_and_folded) {
    arena a = {0};
    ck_assert(str_is(chars_key(&a, STR("Ko\xcc\x88ln")), "Köln"));
    ck_assert(str_is(chars_key(&a, STR("Bundes\xc2\xadtag")), "Bundestag"));
    ck_assert(str_is(chars_key(&a, STR("Hans\xe2\x80\x99")), "Hans'"));
    ck_assert(str_is(chars_fold(&a, STR("STRASSE")), "strasse"));
    ck_assert(str_is(chars_fold(&a, STR("Straße")), "strasse"));
    str plain = STR("Ulm");
    ck_assert_ptr_eq(chars_key(&a, plain).ptr, plain.ptr);
    arena_free(&a);
}
END_TEST

START_TEST(shapes_show_what_letters_show) {
    static const struct {
        const char *key;
        uint32_t has, lacks;
    } cases[] = {{"Putin", SHAPE_UPPER_FIRST, SHAPE_ALL_UPPER | SHAPE_LOWER},
                 {"USA", SHAPE_ALL_UPPER | SHAPE_UPPER_FIRST, SHAPE_LOWER},
                 {"und", SHAPE_LOWER, SHAPE_UPPER_FIRST},
                 {"13.", SHAPE_ORDINAL | SHAPE_NUMBER, SHAPE_PUNCT},
                 {"Byong-chul", SHAPE_HYPHEN, SHAPE_INNER_UPPER},
                 {"McDonald", SHAPE_INNER_UPPER, SHAPE_ALL_UPPER},
                 {"J.", SHAPE_INITIAL | SHAPE_DOT, SHAPE_PUNCT},
                 {"XVI.", SHAPE_ROMAN, SHAPE_LOWER},
                 {"\xe2\x80\x9e", SHAPE_QUOTE | SHAPE_PUNCT, SHAPE_LETTERS}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t shape = chars_shape(str_of(cases[i].key));
        ck_assert_msg((shape & cases[i].has) == cases[i].has, "%s lacks a shape", cases[i].key);
        ck_assert_msg((shape & cases[i].lacks) == 0, "%s has a shape too many", cases[i].key);
    }
}
END_TEST

static void tokens_of(document *d, arena *a, str text) {
    *d = (document){.arena = a, .text = text};
    lexicon_open(&d->lexicon, a, NULL, 0);
    ck_assert(tokenize(d, NULL));
}

START_TEST(tokens_are_what_a_reader_sees) {
    static const struct {
        const char *text, *tokens;
    } cases[] = {
        {"Er kam am 13. September.", "Er|kam|am|13.|September|."},
        {"„Nordkorea-Experte“ (54)", "„|Nordkorea-Experte|“|(|54|)"},
        {"1.000,50 Euro – 5 %", "1.000,50|Euro|–|5|%"},
        {"Siehe https://example.org/a?b=c.", "Siehe|https://example.org/a?b=c|."},
        {"mail: a.b@example.org, @name #tag", "mail|:|a.b@example.org|,|@name|#tag"},
        {"J. R. kam", "J.|R.|kam"},
        {"Wirklich?! Ja…", "Wirklich|?!|Ja|…"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena a = {0};
        document d;
        char joined[256] = "";
        tokens_of(&d, &a, str_of(cases[i].text));
        for (uint32_t k = 0; k < d.tokens.count; k++) {
            str t = document_slice(&d, d.tokens.items[k].start, d.tokens.items[k].end);
            snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s%.*s", k ? "|" : "", (int)t.len,
                     t.ptr);
        }
        ck_assert_str_eq(joined, cases[i].tokens);
        arena_free(&a);
    }
}
END_TEST

/* Whatever the text, tokens lie in order, do not overlap, and what is between them is blank. */
START_TEST(tokens_lose_nothing) {
    static const char *const pieces[] = {"a",        "Ü", ".", " ", "\n",  "-",        "'",    "9", "“", "😀",
                                         "\xc2\xad", "(", "@", "#", "U.S", "\xcc\x88", "\r\n", ":", "/"};
    uint32_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        char text[256] = "";
        for (int i = 0; i < 12; i++) {
            seed = seed * 1103515245 + 12345;
            strcat(text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        arena a = {0};
        document d;
        tokens_of(&d, &a, str_of(text));
        uint32_t done = 0;
        for (uint32_t k = 0; k < d.tokens.count; k++) {
            const token *t = &d.tokens.items[k];
            ck_assert_uint_le(done, t->start);
            ck_assert_uint_lt(t->start, t->end);
            for (const char *p = text + done; p < text + t->start;) {
                uint32_t c = utf8_next(&p);
                ck_assert_msg(chars_class(c) == CHAR_SPACE || chars_class(c) == CHAR_MARK || c < 0x20, "lost U+%04X",
                              c);
            }
            done = t->end;
        }
        arena_free(&a);
    }
}
END_TEST

SUITE_MAIN("text", bad_utf8_is_found_where_it_is, repair_replaces_maximal_subparts, keys_are_composed_and_folded,
           shapes_show_what_letters_show, tokens_are_what_a_reader_sees, tokens_lose_nothing)
