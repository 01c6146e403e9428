/* The automata of regular expressions against PCRE2. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "support/expressions.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "model/endings.h"

static char difference[1024];

static pcre2_code *compile(str text) {
    int wrong;
    PCRE2_SIZE at;
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text.ptr, text.len, options, &wrong, &at, NULL);
    if (code) pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return code;
}

static bool lists(const uint16_t *matched, uint32_t number) {
    for (uint32_t i = 1; i <= matched[0]; i++) {
        if (matched[i] == number) return true;
    }
    return false;
}

static const char *differ_on(const expression_set *s, uint32_t number, const char *text, str word,
                             const uint16_t *matched, const pcre2_code *code, pcre2_match_data *data) {
    int found = pcre2_match(code, (PCRE2_SPTR)word.ptr, word.len, 0, PCRE2_NO_UTF_CHECK, data, NULL);
    bool holds = lists(matched, number);
    if (found < PCRE2_ERROR_NOMATCH) return NULL; /* it gave up */
    if (!s->items[number].covered ? !holds : holds == (found >= 0)) return NULL;
    snprintf(difference, sizeof difference, "/%s/ %s '%.*s'", text, holds ? "must not match" : "must match",
             (int)word.len, word.ptr);
    return difference;
}

static const char *compare_one(const expression_set *s, uint32_t number, const char *text, const str *words,
                               uint32_t count, const uint16_t *matched) {
    const char *found = NULL;
    pcre2_code *code = compile(str_of(text));
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    if (!code || !data) abort();
    for (uint32_t w = 0; w < count && !found; w++) {
        const uint16_t *list = matched + (size_t)w * (s->count + 1);
        if (*list != EXPRESSIONS_UNTOLD) found = differ_on(s, number, text, words[w], list, code, data);
    }
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return found;
}

const char *expressions_differ(const expression_set *s, const char *strings, const str *words, uint32_t count) {
    uint16_t *matched = calloc((size_t)count * (s->count + 1) + 1, sizeof *matched);
    const char *found = NULL;
    if (!matched) abort();
    endings e = {.set = s};
    for (uint32_t w = 0; w < count; w++) {
        const uint16_t *list = endings_match(&e, words[w]);
        if (!list) abort();
        memcpy(matched + (size_t)w * (s->count + 1), list,
               (*list == EXPRESSIONS_UNTOLD ? 1U : *list + 1U) * sizeof *list);
    }
    endings_close(&e);
    for (uint32_t i = 0; i < s->count && !found; i++)
        found = compare_one(s, i, strings + s->items[i].text, words, count, matched);
    free(matched);
    return found;
}

static void view(expression_set *s, const image_part parts[SECTION_COUNT]) {
    *s = (expression_set){.items = parts[SECTION_EXPRESSIONS].items,
                          .groups = parts[SECTION_EXPRESSION_GROUPS].items,
                          .states = parts[SECTION_EXPRESSION_STATES].items,
                          .targets = parts[SECTION_EXPRESSION_TARGETS].items,
                          .accepts = parts[SECTION_EXPRESSION_ACCEPTS].items,
                          .symbols = parts[SECTION_EXPRESSION_SYMBOLS].items,
                          .count = parts[SECTION_EXPRESSIONS].count,
                          .group_count = parts[SECTION_EXPRESSION_GROUPS].count,
                          .state_count = parts[SECTION_EXPRESSION_STATES].count,
                          .target_count = parts[SECTION_EXPRESSION_TARGETS].count,
                          .accept_count = parts[SECTION_EXPRESSION_ACCEPTS].count,
                          .symbol_count = parts[SECTION_EXPRESSION_SYMBOLS].count};
}

const char *expressions_built_differ(const str *texts, uint32_t text_count, const str *words, uint32_t count) {
    arena a = {0};
    VEC(char) strings = {0};
    VEC(expression) items = {0};
    image_part parts[SECTION_COUNT] = {0};
    expression_set s;
    for (uint32_t i = 0; i < text_count; i++) {
        pcre2_code *code = compile(texts[i]);
        if (!code) continue;
        pcre2_code_free(code);
        expression e = {.text = strings.count};
        if (!vec_push(&a, &items, e) || !vec_reserve(&a, &strings, texts[i].len + 1)) abort();
        memcpy(strings.items + strings.count, texts[i].ptr, texts[i].len);
        strings.items[strings.count + texts[i].len] = '\0';
        strings.count += (uint32_t)texts[i].len + 1;
    }
    if (!expressions_build(&a, items.items, items.count, strings.items, parts)) abort();
    view(&s, parts);
    const char *found = NULL;
    if (!expressions_fit(&s, strings.count)) found = "the sections do not fit together";
    if (!found) found = expressions_differ(&s, strings.items, words, count);
    arena_free(&a);
    return found;
}
