/* Dates of whole texts: which day the document has, and what its dates are worth. */
#include <nerx.h>
#include <stdio.h>
#include <string.h>

#include "norm/iso.h"
#include "suite.h"

typedef struct example {
    const char *text, *date; /* the option, or NULL */
    const char *expected;    /* the document's date or "-", then each date's value */
} example;

static void values_of(const nerx_document *d, char *out, size_t room) {
    nerx_str date = nerx_document_date(d);
    size_t length = (size_t)snprintf(out, room, "%.*s", date.len ? (int)date.len : 1, date.len ? date.ptr : "-");
    uint32_t count;
    const nerx_mention *mentions = nerx_document_mentions(d, &count);
    for (uint32_t i = 0; i < count; i++) {
        const nerx_mention *m = &mentions[i];
        if (m->type.len != 4 || memcmp(m->type.ptr, "DATE", 4) != 0) continue;
        length += (size_t)snprintf(out + length, room - length, " %.*s", (int)m->value.len, m->value.ptr);
        ck_assert_uint_lt(length, room);
    }
}

static void check(const example *examples, size_t count) {
    nerx_error error = {0};
    nerx_model *m = nerx_model_default(&error);
    nerx_extractor *x = nerx_extractor_new(m, NULL, &error);
    ck_assert_msg(x != NULL, "%s", error.message);
    for (size_t i = 0; i < count; i++) {
        const example *e = &examples[i];
        const nerx_document *d = nerx_extract(x, e->text, strlen(e->text), e->date, &error);
        ck_assert_msg(d != NULL, "%s", error.message);
        char out[512];
        values_of(d, out, sizeof out);
        ck_assert_msg(strcmp(out, e->expected) == 0, "%s: %s, not %s", e->text, out, e->expected);
    }
    nerx_extractor_free(x);
    nerx_model_close(m);
}

#define CHECK(...)                                                                                                     \
    static const example examples[] = {__VA_ARGS__};                                                                   \
    check(examples, sizeof examples / sizeof *examples)

START_TEST(datelines_date_the_document) {
    CHECK({"BERLIN, 11. September 2023 – Er hat am Montag gesprochen.", NULL, "2023-09-11 2023-09-11 2023-09-11"},
          {"Berlin, 11. September 2023 (dpa) – Er kam.", NULL, "2023-09-11 2023-09-11"},
          {"Berlin (dpa, 11.9.2023) – Er kam am Samstag.", NULL, "2023-09-11 2023-09-11 2023-09-09"},
          {"Published 11 September 2023\n\nShe left on Sunday.", NULL, "2023-09-11 2023-09-11 2023-09-10"},
          {"Updated: September 11, 2023 10:15 a.m.\n\nShe left.", NULL, "2023-09-11 2023-09-11"},
          {"Von Max Muster\n11.09.2023, 12:30 Uhr\n\nEr kam.", NULL, "2023-09-11 2023-09-11"},
          {"PARIS, Sept. 11, 2023 (XYZ) - She left on Monday.", NULL, "2023-09-11 2023-09-11 2023-09-11"},
          {"Paris, 11.09.2023 – Er kam am Samstag.", "2023-10-02", "2023-10-02 2023-09-11 2023-09-30"},
          {"Er kam am 13. September nach Ulm.", NULL, "- XXXX-09-13"});
}
END_TEST

/* A caption or a weekday with its date may be some days older than the text. */
START_TEST(captions_date_it_loosely) {
    CHECK({"They left on Tuesday.\n\nPeople in Paris, Sunday, Sept. 10, 2023. (XY)", NULL,
           "2023-09-10 2023-09-12 2023-09-10"},
          {"Er kam am Mittwoch (15.01.2025). Am Donnerstag ging er.", NULL,
           "2025-01-15 2025-01-15 2025-01-15 2025-01-16"});
}
END_TEST

START_TEST(weekdays_follow_the_tense) {
    CHECK({"Er traf sie am Montag.", "2023-09-13", "2023-09-13 2023-09-11"},
          {"Er hat sie am Montag getroffen.", "2023-09-13", "2023-09-13 2023-09-11"},
          {"Er wird sie am Montag treffen.", "2023-09-13", "2023-09-13 2023-09-18"},
          {"Er trifft sie am Montag.", "2023-09-13", "2023-09-13 2023-09-18"},
          {"Sie wird seit Montag vermisst.", "2023-09-13", "2023-09-13 2023-09-11"},
          {"Das sagte er am Montag, sie werde am Freitag kommen.", "2023-09-13", "2023-09-13 2023-09-11 2023-09-15"},
          {"She met him on Monday.", "2023-09-13", "2023-09-13 2023-09-11"},
          {"She will meet him on Monday.", "2023-09-13", "2023-09-13 2023-09-18"},
          {"She plans to meet him on Monday.", "2023-09-13", "2023-09-13 2023-09-18"},
          {"He said on Monday he would come on Friday.", "2023-09-13", "2023-09-13 2023-09-11 2023-09-15"},
          {"She is expected to follow on Monday.", "2023-09-13", "2023-09-13 2023-09-18"},
          {"Sie wurde am Montag erwartet.", "2023-09-13", "2023-09-13 2023-09-11"},
          {"She left last Wednesday.", "2023-09-13", "2023-09-13 2023-09-06"},
          {"Am Montag (11. September) kam er.", NULL, "- XXXX-09-11 XXXX-09-11"},
          {"Am Montag, dem 4. September, kam er.", "2023-09-13", "2023-09-13 2023-09-04 2023-09-04"});
}
END_TEST

START_TEST(years_are_found_where_they_lack) {
    CHECK({"Er kam am 30. Dezember.", "2024-01-02", "2024-01-02 2023-12-30"},
          {"Er kommt am 2. Januar.", "2023-12-28", "2023-12-28 2024-01-02"},
          {"Er kam am 2. Februar.", "2023-10-11", "2023-10-11 2023-02-02"},
          {"Er wird am 2. Februar kommen.", "2023-10-11", "2023-10-11 2024-02-02"},
          {"Im Juni 1944 kam er. Am 25. August ging er.\n\nAm 2. Mai starb er.", "2024-05-04",
           "2024-05-04 1944-06 1944-08-25 2024-05-02"},
          {"Im Mai kam er, im Oktober wird er gehen.", "2023-07-01", "2023-07-01 2023-05 2023-10"});
}
END_TEST

START_TEST(numbers_are_no_years) {
    CHECK({"Rund 2000 Menschen zahlten 1950 Euro für 1998 Autos.", NULL, "-"},
          {"Er wohnt Hauptstraße 1999 und Platz 1985.", NULL, "-"},
          {"The 1999 people paid $1950 for 2010 cars.", NULL, "-"},
          {"Es sind 1500 Meter. Sie lebt Gasse 7, 1010 Wien.", NULL, "-"},
          {"Seit 2017 ist er da. 1953 kam er. Er war 2001 Meister.", NULL, "- 2017 1953 2001"});
}
END_TEST

static void expect_iso(iso t, const char *expected) {
    ck_assert_msg(str_is((str){t.text, t.length}, expected), "%.*s, not %s", (int)t.length, t.text, expected);
}

START_TEST(days_are_spelt_by_the_standard) {
    iso from = iso_of_day((day){2023, 9, 10}), to = iso_of_day((day){-44, 3, 15}), full = {.length = 0};
    expect_iso(from, "2023-09-10");
    expect_iso(to, "-044-03-15");
    expect_iso(iso_of_day((day){0, 10, 3}), "XXXX-10-03");
    expect_iso(iso_of_month(476, 9), "0476-09");
    expect_iso(iso_of_number(0, 0), "0");
    expect_iso(iso_of_number(INT32_MIN, 4), "-2147483648");
    expect_iso(iso_of_range(&from, &to), "2023-09-10/-044-03-15");
    for (int i = 0; i < 40; i++)
        iso_add(&full, STR("ab"));
    ck_assert_uint_eq(full.length, sizeof full.text);
}
END_TEST

SUITE_MAIN("dates", datelines_date_the_document, captions_date_it_loosely, weekdays_follow_the_tense,
           years_are_found_where_they_lack, numbers_are_no_years, days_are_spelt_by_the_standard)
