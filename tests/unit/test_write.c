/* The writers: JSON read back by jansson, offsets in every unit. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "nerx.h"
#include "suite.h"
#include "write/out.h"

static const char text[] =
    "\xef\xbb\xbf😀 Angela Merkel reiste am 13. September 2021 nach Paris.\r\n„Gut“, sagte Merkel.\n";

typedef struct buffer {
    char bytes[1 << 16];
    size_t length;
} buffer;

static bool collect(void *user, const char *bytes, size_t length) {
    buffer *b = user;
    if (length > sizeof b->bytes - b->length) return false;
    memcpy(b->bytes + b->length, bytes, length);
    b->length += length;
    return true;
}

static bool refuse(void *user, const char *bytes, size_t length) {
    (void)user;
    (void)bytes;
    (void)length;
    return false;
}

/* Bytes of the text's first `n` units. */
static size_t bytes_of(json_int_t n, nerx_offsets unit) {
    size_t i = 0;
    for (json_int_t units = 0; units < n;) {
        unsigned char c = (unsigned char)text[i];
        size_t step = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        units += unit == NERX_BYTES ? (json_int_t)step : unit == NERX_UTF16 && step == 4 ? 2 : 1;
        i += step;
    }
    return i;
}

static void check_mentions(const json_t *root, nerx_offsets unit) {
    size_t index;
    json_t *mention;
    ck_assert_uint_ge(json_array_size(json_object_get(root, "mentions")), 4);
    json_array_foreach(json_object_get(root, "mentions"), index, mention) {
        size_t start = bytes_of(json_integer_value(json_object_get(mention, "start")), unit);
        size_t end = bytes_of(json_integer_value(json_object_get(mention, "end")), unit);
        const char *said = json_string_value(json_object_get(mention, "text"));
        ck_assert_uint_eq(end - start, strlen(said));
        ck_assert_mem_eq(text + start, said, end - start);
    }
}

START_TEST(json_reads_back_and_slices_again) {
    nerx_model *model = nerx_model_default(NULL);
    nerx_extractor *x = nerx_extractor_new(model, &(nerx_options){.keep_losers = true}, NULL);
    const nerx_document *d = nerx_extract(x, text, strlen(text), NULL, NULL);
    ck_assert_ptr_nonnull(d);
    for (int unit = NERX_CODEPOINTS; unit <= NERX_UTF16; unit++) {
        for (int format = NERX_JSON; format <= NERX_JSONL; format++) {
            static buffer b;
            b.length = 0;
            nerx_write_options o = {.offsets = (nerx_offsets)unit, .evidence = true, .id = "a \"b\"\n\x01"};
            ck_assert(nerx_write(d, (nerx_format)format, &o, collect, &b, NULL));
            json_error_t wrong;
            json_t *root = json_loadb(b.bytes, b.length, 0, &wrong);
            ck_assert_msg(root != NULL, "%s", wrong.text);
            ck_assert_str_eq(json_string_value(json_object_get(json_object_get(root, "document"), "id")), o.id);
            check_mentions(root, (nerx_offsets)unit);
            json_decref(root);
        }
    }
    nerx_error error = {0};
    ck_assert(!nerx_write(d, NERX_JSON, NULL, refuse, NULL, &error));
    ck_assert_int_eq(error.status, NERX_ERROR_IO);
    nerx_extractor_free(x);
    nerx_model_close(model);
}
END_TEST

/* Strings of all lengths around the blocks they are copied in, with one special character in each place. */
START_TEST(strings_are_escaped_wherever_they_have_to_be) {
    static const char special[] = "\"\\\n\x01\x1f\x7f !";
    static out o;
    for (size_t length = 0; length < 70; length++) {
        for (size_t i = 0; i < length * (sizeof special - 1); i++) {
            static buffer b;
            char s[80] = "";
            for (size_t k = 0; k < length; k++)
                s[k] = (char)('a' + k % 26);
            s[i % length] = special[i / length];
            b.length = 0;
            ck_assert(out_open(&o, collect, &b, STR(""), NERX_BYTES));
            out_json(&o, (str){s, length});
            ck_assert(out_close(&o));
            json_error_t wrong;
            json_t *read = json_loadb(b.bytes, b.length, JSON_DECODE_ANY, &wrong);
            ck_assert_msg(read != NULL, "%s", wrong.text);
            ck_assert_str_eq(json_string_value(read), s);
            json_decref(read);
        }
    }
}
END_TEST

START_TEST(numbers_are_written_in_full) {
    static const uint32_t numbers[] = {0, 9, 10, 99, 100, 101, 999, 1000, 12345, 99999, 100000, 4294967295};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char want[24], have[24];
        snprintf(want, sizeof want, "%u", numbers[i]);
        *out_put_number(have, numbers[i]) = '\0';
        ck_assert_str_eq(have, want);
    }
    char have[24];
    *out_put_signed(have, INT32_MIN) = '\0';
    ck_assert_str_eq(have, "-2147483648");
}
END_TEST

/* Against counting one by one, in texts of random characters of one to four bytes. */
START_TEST(offsets_count_units) {
    static const char *const characters[] = {"a", " ", "ä", "„", "😀", "b"};
    static out o;
    uint32_t random = 1;
    for (uint32_t round = 0; round < 200; round++) {
        char all[1024] = "";
        uint32_t units[3][sizeof all], bytes = 0, points = 0, pairs = 0, rare = 1 + round % 40;
        while (bytes < round * 5) {
            random = random * 1664525 + 1013904223;
            size_t which = (random >> 16) % (6 * rare);
            const char *c = which < 6 ? characters[which] : "c";
            memcpy(all + bytes, c, strlen(c));
            for (size_t i = 0; i < strlen(c); i++, bytes++) {
                units[NERX_CODEPOINTS][bytes] = points;
                units[NERX_BYTES][bytes] = bytes;
                units[NERX_UTF16][bytes] = pairs;
                points += i == 0;
                pairs += i ? 0 : strlen(c) == 4 ? 2 : 1;
            }
        }
        for (int unit = NERX_CODEPOINTS; unit <= NERX_UTF16; unit++) {
            ck_assert(out_open(&o, refuse, NULL, (str){all, bytes}, (nerx_offsets)unit));
            for (uint32_t i = 0; i < bytes; i++) {
                bool begins = ((unsigned char)all[i] & 0xc0) != 0x80;
                if (begins) ck_assert_uint_eq(out_offset(&o, i), units[unit][i]);
            }
            uint32_t last = unit == NERX_BYTES ? bytes : unit == NERX_UTF16 ? pairs : points;
            ck_assert_uint_eq(out_offset(&o, bytes), last);
            ck_assert(out_close(&o));
        }
    }
}
END_TEST

SUITE_MAIN("write", json_reads_back_and_slices_again, strings_are_escaped_wherever_they_have_to_be,
           numbers_are_written_in_full, offsets_count_units)
