/* Any bytes as a text, with a small model; bytes that are not UTF-8 are repaired, too. */
#include <stdlib.h>

#include "fuzz/fuzz.h"

static const nerx_model *model(void) {
    static nerx_model *opened;
    static void *image;
    if (opened) return opened;
    size_t length;
    nerx_error error = {0};
    image = small_image(&length);
    opened = nerx_model_from_memory(image, length, &error);
    if (!opened) fuzz_fail(error.message);
    return opened;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    size_t bad;
    fuzz_extract(model(), text, size);
    if (nerx_utf8_valid(text, size, &bad)) return 0;
    size_t length;
    char *repaired = nerx_utf8_repair(text, size, &length, NULL);
    if (!repaired || !nerx_utf8_valid(repaired, length, &bad)) fuzz_fail("repaired text is no UTF-8");
    fuzz_extract(model(), repaired, length);
    nerx_free(repaired);
    return 0;
}
