/* Any bytes as a list, or behind a first byte '!' as a table of inflections for the lists of the small model. What
 * compiles makes a model that opens again with everything in it checked. */
#include <string.h>

#include "fuzz/fuzz.h"

static void build(const nerx_source *sources, size_t count) {
    nerx_error error = {0};
    void *image = NULL;
    size_t length = 0;
    if (!nerx_model_build(sources, count, NULL, NULL, &image, &length, &error)) {
        if (error.status != NERX_ERROR_SYNTAX) fuzz_fail(error.message);
        return;
    }
    nerx_model *model = nerx_model_from_memory(image, length, &error);
    if (!model) fuzz_fail(error.message);
    fuzz_extract(model, small_text, strlen(small_text));
    nerx_model_close(model);
    nerx_free(image);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static small_sources small;
    static void *image;
    static size_t length;
    if (!small.items) small = small_read();
    if (!image) image = small_image(&length);
    const char *text = (const char *)data;
    nerx_source sources[2] = {{"de/fuzz.tsv", "de", text, size}};
    if (size && text[0] == '!') {
        for (size_t i = 0; i < small.count; i++) {
            if (strstr(small.items[i].path, "de/city.tsv")) sources[1] = small.items[i];
        }
        sources[0] = (nerx_source){"de/inflection.tsv", "de", text + 1, size - 1};
        build(sources, 2);
        return 0;
    }
    build(sources, 1);
    nerx_error error = {0};
    nerx_model *model = nerx_model_from_memory(image, length, &error);
    if (!model) fuzz_fail(error.message);
    if (nerx_model_extend(model, sources, 1, NULL, NULL, &error)) {
        fuzz_extract(model, small_text, strlen(small_text));
    } else if (error.status != NERX_ERROR_SYNTAX) {
        fuzz_fail(error.message);
    }
    nerx_model_close(model);
    return 0;
}
