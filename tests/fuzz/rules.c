/* Any bytes as a file of rules (and frames, cues, definitions), added to a small model; what compiles is checked with
 * its own examples and used. */
#include <string.h>

#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static void *image;
    static size_t length;
    if (!image) image = small_image(&length);
    nerx_error error = {0};
    nerx_model *model = nerx_model_from_memory(image, length, &error);
    if (!model) fuzz_fail(error.message);
    nerx_source source = {"fuzz.rules", "de", (const char *)data, size};
    if (nerx_model_extend(model, &source, 1, NULL, NULL, &error)) {
        size_t passed, failed;
        fuzz_extract(model, small_text, strlen(small_text));
        if (!nerx_model_check(model, &source, 1, NULL, NULL, &passed, &failed, &error)) fuzz_fail(error.message);
    } else if (error.status != NERX_ERROR_SYNTAX) {
        fuzz_fail(error.message);
    }
    nerx_model_close(model);
    return 0;
}
