/* Models: building, opening, damaged images, layers. */
#include <string.h>

#include "base/hash.h"
#include "model/image.h"
#include "model/model.h"
#include "suite.h"

static const char cities[] =
    "# class: city\n# type: LOC\n# points: 60\n# inflect: name\n# source: test\n# licence: Apache-2.0\n"
    "Ulm\tcity:ulm\tcountry=DE\nBad Tölz\tcity:bad-toelz\nGraues Tor\tcity:tor\n";
static const char forms[] = "name\t[^s]$\t+s\tgen\nname\t^(\\p{Lu}\\p{L}+)es (\\S+)$\t=$1en $2s\tgen\n";
static const char rules[] =
    "language de\nrule after-in : LOC +30\n    \"in\" < [city] >\n  + Er ist in <Ulm>.\n  - Er ist hier.\n";

static bool build(void **built, size_t *length, nerx_error *error) {
    nerx_source sources[] = {{"de/inflection.tsv", "de", forms, strlen(forms)},
                             {"de/city.tsv", "de", cities, strlen(cities)},
                             {"de/a.rules", "de", rules, strlen(rules)}};
    return nerx_model_build(sources, 3, NULL, NULL, built, length, error);
}

static uint32_t count_mentions(const nerx_model *m, const char *text) {
    nerx_extractor *x = nerx_extractor_new(m, NULL, NULL);
    ck_assert_ptr_nonnull(x);
    const nerx_document *d = nerx_extract(x, text, strlen(text), NULL, NULL);
    ck_assert_ptr_nonnull(d);
    uint32_t count;
    nerx_document_mentions(d, &count);
    nerx_extractor_free(x);
    return count;
}

START_TEST(a_built_model_finds_its_entries) {
    void *built;
    size_t length;
    nerx_error error = {0};
    ck_assert_msg(build(&built, &length, &error), "%s", error.message);
    nerx_model *m = nerx_model_from_memory(built, length, &error);
    ck_assert_msg(m != NULL, "%s", error.message);
    ck_assert_uint_eq(count_mentions(m, "Er kam aus Ulm nach Bad Tölz, dann Ulms Rathaus."), 3);
    ck_assert_uint_eq(count_mentions(m, "Er kam wegen des Grauen Tors."), 1);
    ck_assert_uint_eq(count_mentions(m, "Niemand kam."), 0);
    nerx_model_close(m);
    nerx_free(built);
}
END_TEST

START_TEST(the_same_sources_give_the_same_bytes) {
    void *first, *second;
    size_t length, again;
    ck_assert(build(&first, &length, NULL) && build(&second, &again, NULL));
    ck_assert_uint_eq(length, again);
    ck_assert_mem_eq(first, second, length);
    nerx_free(first);
    nerx_free(second);
}
END_TEST

/* Opens a copy of the image; whatever happens, nothing worse than an error. */
static bool try_open(const unsigned char *damaged, size_t length) {
    void *copy = aligned_alloc(16, (length + 31) / 16 * 16);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, damaged, length);
    nerx_error error = {0};
    nerx_model *m = nerx_model_from_memory(copy, length, &error);
    bool opened = m != NULL;
    if (m) count_mentions(m, "Er kam aus Ulm nach Bad Tölz in Ulm.");
    if (!m) ck_assert_int_ne(error.status, NERX_OK);
    nerx_model_close(m);
    free(copy);
    return opened;
}

static void fix_checksum(unsigned char *damaged, size_t length) {
    image_header *h = (image_header *)(void *)damaged;
    h->checksum = hash_bytes(damaged + sizeof *h, length - sizeof *h);
}

START_TEST(damaged_images_are_refused) {
    void *built;
    size_t length;
    ck_assert(build(&built, &length, NULL));
    unsigned char *bytes = built;
    ck_assert(try_open(bytes, length));
    for (size_t cut = 0; cut < length; cut += 61)
        ck_assert(!try_open(bytes, cut));
    for (size_t i = 0; i < length; i += 37) {
        bytes[i] ^= 0x41;
        ck_assert(!try_open(bytes, length));
        bytes[i] ^= 0x41;
    }
    nerx_free(built);
}
END_TEST

/* With the checksum put right a damaged image may open, and then has to be harmless. */
START_TEST(hostile_images_are_harmless) {
    void *built;
    size_t length;
    ck_assert(build(&built, &length, NULL));
    unsigned char *bytes = built;
    uint32_t seed = 7;
    for (int round = 0; round < 4000; round++) {
        seed = seed * 1103515245 + 12345;
        size_t at = sizeof(image_header) + (seed >> 8) % (length - sizeof(image_header));
        unsigned char before = bytes[at];
        bytes[at] = (unsigned char)(seed >> 3);
        fix_checksum(bytes, length);
        try_open(bytes, length);
        bytes[at] = before;
    }
    nerx_free(built);
}
END_TEST

START_TEST(lists_are_added_at_run_time) {
    void *built;
    size_t length;
    ck_assert(build(&built, &length, NULL));
    nerx_model *m = nerx_model_from_memory(built, length, NULL);
    static const char more[] =
        "# class: city\n# type: LOC\n# points: 60\n# source: test\n# licence: Apache-2.0\nBad Dreyfen\n";
    nerx_source source = {"more.tsv", "common", more, strlen(more)};
    ck_assert_uint_eq(count_mentions(m, "Er kam aus Bad Dreyfen."), 0);
    nerx_error error = {0};
    ck_assert_msg(nerx_model_extend(m, &source, 1, NULL, NULL, &error), "%s", error.message);
    ck_assert_uint_eq(count_mentions(m, "Er kam aus Bad Dreyfen nach Ulm."), 2);
    nerx_model_close(m);
    nerx_free(built);
}
END_TEST

static void keep_first(void *user, const nerx_error *error) {
    nerx_error *kept = user;
    if (kept->status == NERX_OK) *kept = *error;
}

START_TEST(mistakes_in_lists_are_told_with_their_place) {
    static const struct {
        const char *text, *message;
        uint32_t line;
    } cases[] = {
        {"Ulm\n", "the header names no class ('# class: name')", 1},
        {"# class: x\n# source: t\n# licence: t\n# points: viele\nUlm\n", "'viele' is no number of points", 4},
        {"# class: x\n# source: t\n# licence: t\nUlm\ta\tb\tc\n", "a fourth column: 'c'", 4},
        {"# class: x\nUlm\n", "the header of 'x' lacks '# source:' or '# licence:'", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nerx_source source = {"x.tsv", "de", cases[i].text, strlen(cases[i].text)};
        void *built;
        size_t length;
        nerx_error first = {0}, error = {0};
        ck_assert(!nerx_model_build(&source, 1, keep_first, &first, &built, &length, &error));
        ck_assert_str_eq(first.message, cases[i].message);
        ck_assert_uint_eq(first.line, cases[i].line);
        ck_assert_int_eq(error.status, NERX_ERROR_SYNTAX);
    }
}
END_TEST

SUITE_MAIN("image", a_built_model_finds_its_entries, the_same_sources_give_the_same_bytes, damaged_images_are_refused,
           hostile_images_are_harmless, lists_are_added_at_run_time, mistakes_in_lists_are_told_with_their_place)
