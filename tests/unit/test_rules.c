/* The rule language: the examples of its description, and the exact messages. */
#include <stdio.h>
#include <string.h>

#include "nerx.h"
#include "suite.h"

#define LIST(class, type, lines)                                                                                       \
    { class ".tsv", "de", "# class: " class "\n" type "# source: test\n# licence: none\n" lines, 0 }

static nerx_source sources[32] = {
    LIST("given", "", "Angela\t\tf\nWladimir\t\tm\n"),
    LIST("surname", "", "Merkel\nPutin\n"),
    LIST("particle", "", "von\n"),
    LIST("title", "", "Prof.\nDr.\n"),
    LIST("office", "# ordinary: yes\n", "Bundeskanzlerin\t\tf\nPräsident\t\tm;leads\n"),
    LIST("noun", "# ordinary: yes\n", "Firma\t\tf\nFirmen\t\tlemma=Firma;f;pl\nStadt\t\tf\nMinister\t\tm\n"),
    LIST("month", "# ordinary: yes\n", "September\t\tnum=9\n"),
    LIST("country", "# type: LOC\n# points: 60\n", "Russland\tcountry:RU\nRusslands\tcountry:RU\tgen\n"),
    LIST("city", "# type: LOC\n# points: 60\n", "Ulm\tcity:ulm\nBerlin\tcity:berlin\n"),
    LIST("org", "# type: ORG\n# points: 60\n", "Spiegel\torg:spiegel\tkind=media\n"),
};
enum { LISTS = 10 };

typedef struct messages {
    char text[8192];
    unsigned errors, warnings;
} messages;

static void note(void *user, const nerx_error *error) {
    messages *m = user;
    size_t used = strlen(m->text);
    if (error->status == NERX_WARNING) {
        m->warnings++;
    } else {
        m->errors++;
    }
    snprintf(m->text + used, sizeof m->text - used, "%s:%u:%u: %s\n", error->file, error->line, error->column,
             error->message);
}

static nerx_model *build(const char *rules, size_t length, messages *m, void **image, size_t *count) {
    nerx_error error = {0};
    size_t size;
    for (int i = 0; i < LISTS; i++)
        sources[i].length = strlen(sources[i].text);
    sources[LISTS] = (nerx_source){"a.rules", "de", rules, length};
    *count = LISTS + 1;
    if (!nerx_model_build(sources, *count, note, m, image, &size, &error)) return NULL;
    nerx_model *model = nerx_model_from_memory(*image, size, &error);
    ck_assert_msg(model != NULL, "%s", error.message);
    return model;
}

/* ---- The description ---- */

static char *read_description(void) {
    static char text[1 << 17];
    char path[4096];
    snprintf(path, sizeof path, "%s", __FILE__);
    char *tail = strstr(path, "tests/unit/");
    ck_assert_ptr_nonnull(tail);
    strcpy(tail, "rules/README.md");
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s", path);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void check_block(const char *rules, size_t length) {
    messages m = {0};
    void *image = NULL;
    size_t count, passed, failed;
    nerx_model *model = build(rules, length, &m, &image, &count);
    ck_assert_msg(model != NULL, "%s", m.text);
    nerx_error error = {0};
    ck_assert_msg(nerx_model_check(model, sources, count, note, &m, &passed, &failed, &error), "%s", error.message);
    ck_assert_msg(failed == 0, "%s", m.text);
    ck_assert_uint_gt(passed, 2);
    nerx_model_close(model);
    nerx_free(image);
}

START_TEST(the_description_holds) {
    unsigned blocks = 0;
    for (const char *at = read_description(); (at = strstr(at, "```rules\n")); blocks++) {
        at += strlen("```rules\n");
        const char *end = strstr(at, "\n```\n");
        ck_assert_ptr_nonnull(end);
        check_block(at, (size_t)(end + 1 - at));
        at = end;
    }
    ck_assert_uint_ge(blocks, 2);
}
END_TEST

/* ---- Messages ---- */

#define TAIL "\n  + Ulm\n  - Ulm\n"

static const struct {
    const char *rules, *message;
} wrong[] = {
    {"rule a : PER +1\n    <[titel]>" TAIL, "a.rules:2:7: nobody defines the class 'titel'; did you mean 'title'?\n"},
    {"rule a : PER +1\n    <[title.gne]>" TAIL, "a.rules:2:13: 'gne' is no feature, and no entry of the class has such "
                                                "an attribute; did you mean 'gen'?\n"},
    {"rule a : PER +1\n    @PRE <[cap]>" TAIL, "a.rules:2:6: no list and no rule gives the type 'PRE'; did you mean "
                                               "'PER'?\n"},
    {"rule a : PER +1\n    <Nmae>" TAIL "def Name = [cap]\nrule b : PER +1\n    <Name>" TAIL,
     "a.rules:2:6: nobody defines 'Nmae'; did you mean 'Name'?\n"},
    {"def A = [cap] B\ndef B = (A)\nrule a : PER +1\n    <A>" TAIL,
     "a.rules:2:10: this definition is made of itself\n"},
    {"def A = \"a\"\ndef A = \"b\"\nrule a : PER +1\n    <A>" TAIL, "a.rules:2:5: 'A' is defined in a.rules:1, too\n"},
    {"def A = <[cap]>\nrule a : PER +1\n    <A>" TAIL,
     "a.rules:1:9: a definition has no '<' and '>': these belong to rules\n"},
    {"rule a : PER +1\n    <[cap & lower]>" TAIL, "a.rules:2:6: this test can never hold\n"},
    {"rule a : PER +1\n    <[\"Ulm\" & lower]>" TAIL, "a.rules:2:6: this test can never hold\n"},
    {"rule a : PER +1\n    <[cap]?>" TAIL, "a.rules:2:5: this pattern can match no token at all\n"},
    {"rule a : PER +1\n    [cap]" TAIL, "a.rules:2:5: the mention is missing: mark it with '<' and '>'\n"},
    {"rule a : PER +1\n    <[cap]> | [lower]" TAIL,
     "a.rules:2:5: the mention between '<' and '>' must stand in every alternative\n"},
    {"rule a : PER +1\n    <[cap]> <[cap]>" TAIL, "a.rules:2:5: a rule has one mention: one pair of '<' and '>'\n"},
    {"rule a : PER +1\n    <[cap]" TAIL, "a.rules:2:5: this '<' is not closed\n"},
    {"rule a : PER +1\n    <[cap>" TAIL, "a.rules:2:10: ']' is missing\n"},
    {"rule a : PER +1\n    <\"Ulm>" TAIL, "a.rules:2:6: the closing \" is missing on this line\n"},
    {"rule a : PER +1\n    <[cap]{0,17}>" TAIL, "a.rules:2:11: bounds are {m}, {m,} or {m,n}, with numbers up to 16\n"},
    {"rule a : PER +1\n    </a(b/>" TAIL, "a.rules:2:10: in the regular expression: missing closing parenthesis\n"},
    {"rule a : PER +1\n    [title] # comment\n    <[cap] |\n    >" TAIL,
     "a.rules:4:5: a pattern is expected before this sign\n"},
    {"rule a : PER +1\n    <[cap]>" TAIL "rule a : LOC +1\n    <[cap]>" TAIL,
     "a.rules:5:6: there is another rule 'a', in a.rules:1\n"},
    {"rule a : PER 60\n    <[cap]>" TAIL, "a.rules:1:14: points are expected, from -1000 to +1000, with their sign\n"},
    {"rule a\n    [cap]" TAIL, "a.rules:1:6: a rule testifies for a type (': TYPE +60'), or relates something\n"},
    {"rule a : PER +1\n    <[cap]>\n  + Ulm\n", "a.rules:1:6: 'a' has no '-' example\n"},
    {"rule a : PER +1\n  + Ulm\n  - Ulm\n", "a.rules:1:6: 'a' has no pattern\n"},
    {"rule a : DATE +1\n    <yaer:[cap]>\n    value date(year, 9, 1)" TAIL,
     "a.rules:3:16: the pattern has no part named 'year'; did you mean 'yaer'?\n"},
    {"rule a : DATE +1\n    <[cap]>\n    value dat(1)" TAIL,
     "a.rules:3:11: there is no function 'dat'; did you mean 'date'?\n"},
    {"rule a : PER +1\n    <[cap]>\n    relate leads(object = it)" TAIL, "a.rules:3:12: a relation has a 'subject'\n"},
    {"rule a : PER +1\n    <[cap]>\n    relate leads(subject = it, text = \"x\")" TAIL,
     "a.rules:3:32: every relation has its 'text' already; call the role something else\n"},
    {"rule a : PER +1\n    <[cap]>\n    relate leads(subject = it, subject = it)" TAIL,
     "a.rules:3:32: the role 'subject' stands twice\n"},
    {"rul a : PER +1\n    <[cap]>" TAIL,
     "a.rules:1:1: 'rul' begins no block: language, def, rule, frame, cue or spans; did you mean 'rule'?\n"},
    {"frame a\n    de  treffen\n    subject  PER  subj\n    subject  ORG  obj\n",
     "a.rules:4:5: the role 'subject' stands twice\n"},
    {"frame a\n    de  treffen\n    subject  LOC=city  subj\n",
     "a.rules:3:14: expected: ORG=kind,kind or TEXT=person, not 'LOC=city'\n"},
    {"frame a\n    de  treffen\n    subject  ORG=club TEXT=person  subj\n",
     "a.rules:3:23: 'TEXT=person': a role has kinds of one type only\n"},
    {"rule a : PER +1\n    <[cap]>\n    relate leads(subject = spoken( ))" TAIL,
     "a.rules:3:35: expected: spoken(kind, …)\n"},
    {"rule a : PER +1\n    <[cap]>\n    relate leads(subject = spoken(club" TAIL,
     "a.rules:3:34: this '(' is not closed\n"},
    {"language xx\n", "a.rules:1:10: no folder has the language 'xx'\n"},
    {"    [cap]\n", "a.rules:1:5: an indented line before the first 'rule', 'def' or 'frame'\n"},
};

START_TEST(errors_say_what_is_wrong_and_where) {
    messages m = {0};
    void *image = NULL;
    size_t count;
    nerx_model *model = build(wrong[_i].rules, strlen(wrong[_i].rules), &m, &image, &count);
    ck_assert_ptr_null(model);
    ck_assert_str_eq(m.text, wrong[_i].message);
}
END_TEST

START_TEST(all_errors_are_reported) {
    static const char rules[] = "rule a : PER +1\n    <[titel]>" TAIL "rule b : PER +1\n    <[offis]>" TAIL;
    messages m = {0};
    void *image = NULL;
    size_t count;
    ck_assert_ptr_null(build(rules, strlen(rules), &m, &image, &count));
    ck_assert_uint_eq(m.errors, 2);
}
END_TEST

START_TEST(a_definition_nobody_uses_is_a_warning) {
    static const char rules[] = "def A = [cap]\nrule a : PER +1\n    <[title]>" TAIL;
    messages m = {0};
    void *image = NULL;
    size_t count;
    nerx_model *model = build(rules, strlen(rules), &m, &image, &count);
    ck_assert_ptr_nonnull(model);
    ck_assert_str_eq(m.text, "a.rules:1:5: no rule uses 'A'\n");
    nerx_model_close(model);
    nerx_free(image);
}
END_TEST

/* ---- Layers ---- */

START_TEST(an_added_rule_replaces_one_of_its_name) {
    static const char below[] = "def Name = [surname]\nrule a : PER +50\n    \"Frau\" <Name>" TAIL;
    static const char above[] = "rule a : PER +50\n    \"Herr\" <Name>\n  + Herr <Merkel> kam.\n  - Frau Merkel kam.\n";
    messages m = {0};
    void *image = NULL;
    size_t count, passed, failed;
    nerx_error error = {0};
    nerx_model *model = build(below, strlen(below), &m, &image, &count);
    ck_assert_ptr_nonnull(model);
    nerx_source added = {"b.rules", "de", above, strlen(above)};
    ck_assert_msg(nerx_model_extend(model, &added, 1, note, &m, &error), "%s", m.text);
    ck_assert(nerx_model_check(model, &added, 1, note, &m, &passed, &failed, &error));
    ck_assert_msg(passed == 2 && failed == 0, "%s", m.text);
    nerx_extractor *x = nerx_extractor_new(model, NULL, &error);
    const nerx_document *d = nerx_extract(x, "Frau Merkel kam.", 16, NULL, &error);
    ck_assert_ptr_nonnull(d);
    uint32_t mentions;
    nerx_document_mentions(d, &mentions);
    ck_assert_uint_eq(mentions, 0);
    nerx_extractor_free(x);
    nerx_model_close(model);
    nerx_free(image);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("rules");
    TCase *cases = tcase_create("rules");
    tcase_add_test(cases, the_description_holds);
    tcase_add_loop_test(cases, errors_say_what_is_wrong_and_where, 0, sizeof wrong / sizeof *wrong);
    tcase_add_test(cases, all_errors_are_reported);
    tcase_add_test(cases, a_definition_nobody_uses_is_a_warning);
    tcase_add_test(cases, an_added_rule_replaces_one_of_its_name);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
