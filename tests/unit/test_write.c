/* The writers: JSON read back by jansson, offsets in every unit. */
#include <jansson.h>
#include <string.h>

#include "nerx.h"
#include "suite.h"

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

SUITE_MAIN("write", json_reads_back_and_slices_again)
