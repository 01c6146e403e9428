/* Regular expressions: the automata against PCRE2. */
#include <stdio.h>

#include "model/layer.h"
#include "model/model.h"
#include "suite.h"
#include "support/expressions.h"

enum { EVERY = 97, PATTERNS = 8, WORDS = 60, ROUNDS = 400 };

static uint32_t seed = 1;

static uint32_t random_below(uint32_t n) {
    seed = seed * 1103515245 + 12345;
    return (seed >> 8) % n;
}

START_TEST(shipped_expressions_match_the_same_words) {
    nerx_model *m = nerx_model_default(NULL);
    ck_assert_ptr_nonnull(m);
    const rule_layer *l = &m->layers[0].rules;
    const vocab *v = &m->vocabs[0];
    str *words = calloc(v->count / EVERY + 1, sizeof *words);
    ck_assert_ptr_nonnull(words);
    uint32_t count = 0, covered = 0;
    for (uint32_t id = 0; id + EVERY < v->count; id += EVERY)
        words[count++] = vocab_text(v, v->first + id + random_below(EVERY));
    const char *difference = expressions_differ(&l->expressions, l->strings, words, count);
    ck_assert_msg(!difference, "%s", difference);
    for (uint32_t i = 0; i < l->expressions.count; i++)
        covered += l->expressions.items[i].covered;
    ck_assert_uint_gt(covered * 10, l->expressions.count * 9);
    free(words);
    nerx_model_close(m);
}
END_TEST

static const char *const pieces[] = {"a",      "b",     "ß",         "ö",       "K",    "k",      "s",       ".",
                                     "[ab]",   "[^b]",  "[a-f]",     "\\d",     "1",    "-",      "\\p{Lu}", "\\p{Ll}",
                                     "\\p{L}", "\\.",   "[\\p{L}-]", "(?:a|b)", "(a|)", "(ab|b)", "[^\\d]",  "\\P{L}",
                                     "(b*)*",  "\\bab", "(?=a)",     "\\w",     "\\S",  "(a)\\1", "a++",     "(?i:k)"};
static const char *const quantifiers[] = {"", "", "", "", "", "?", "*", "+", "{2}", "{1,3}", "{2,}", "*?", "{0}", "?+"};
static const char *const letters[] = {"a", "b", "ß", "ẞ", "ö", "Ö", "K",  "k", "K", "s", "ſ", "1",
                                      "9", "-", ".", "é", "Ж", "ж", "一", "𝔸", "x", "f", "٣", "ab"};
#define ANY(list) (list[random_below(sizeof list / sizeof *list)])

static void random_pattern(char *out, size_t room, int depth) {
    for (uint32_t n = random_below(4) + 1; n; n--) {
        char part[300];
        if (depth && !random_below(3)) {
            char inside[256];
            inside[0] = '\0';
            random_pattern(inside, sizeof inside / 2, depth - 1);
            snprintf(part, sizeof part, "(%s)", inside);
        } else {
            snprintf(part, sizeof part, "%s", ANY(pieces));
        }
        if (strlen(out) + strlen(part) + 10 > room) return;
        strcat(strcat(out, part), ANY(quantifiers));
        if (!random_below(5)) strcat(out, "|");
    }
}

static void one_round(void) {
    static char patterns[PATTERNS][600], texts[WORDS][80];
    str from[PATTERNS], words[WORDS];
    for (int i = 0; i < PATTERNS; i++) {
        strcpy(patterns[i], random_below(4) ? "" : "(?i)");
        if (!random_below(8)) strcat(patterns[i], "^");
        random_pattern(patterns[i], 500, 2);
        if (!random_below(8)) strcat(patterns[i], "$");
        from[i] = str_of(patterns[i]);
    }
    for (int i = 0; i < WORDS; i++) {
        texts[i][0] = '\0';
        for (uint32_t n = random_below(9); n; n--)
            strcat(texts[i], ANY(letters));
        words[i] = str_of(texts[i]);
    }
    const char *difference = expressions_built_differ(from, PATTERNS, words, WORDS);
    ck_assert_msg(!difference, "%s", difference);
}

START_TEST(random_expressions_match_the_same_words) {
    for (int i = 0; i < ROUNDS; i++)
        one_round();
}
END_TEST

/* Expressions that read nothing, and those that match nothing. */
START_TEST(empty_expressions_match_the_same_words) {
    static const char *const empty[] = {"()", "(?i)(?i)", "[^\\s\\S]", "a{0}", "^$"};
    str words[] = {STR("a"), STR("")};
    for (int i = 0; i < 5; i++) {
        str text = str_of(empty[i]);
        const char *difference = expressions_built_differ(&text, 1, words, 2);
        ck_assert_msg(!difference, "%s", difference);
    }
}
END_TEST

/* What would be too large for an automaton is left to PCRE2. */
START_TEST(large_expressions_are_left_alone) {
    static const char *const large[] = {"(a|b)*a(a|b){30}x?", "((((a{40}){40}){40}){40})?", "(a?){3000}", ".{2000}"};
    str texts[4], words[] = {STR("a"), STR("ab"), STR("")};
    for (int i = 0; i < 4; i++)
        texts[i] = str_of(large[i]);
    const char *difference = expressions_built_differ(texts, 4, words, 3);
    ck_assert_msg(!difference, "%s", difference);
}
END_TEST

SUITE_MAIN("expressions", shipped_expressions_match_the_same_words, random_expressions_match_the_same_words,
           empty_expressions_match_the_same_words, large_expressions_are_left_alone)
