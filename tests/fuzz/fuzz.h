/* What the fuzz targets share: each is one function from bytes to nothing, and must not crash, leak or hang. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "support/small.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts with the words, which the fuzzer reports as a crash. */
_Noreturn void fuzz_fail(const char *what);

/* Extracts with the model, writes every format, and checks what the public header promises of the result. */
void fuzz_extract(const nerx_model *model, const char *text, size_t length);

/* Extracts and writes with a model that may promise nothing. */
void fuzz_use(const nerx_model *model, const char *text, size_t length);

#endif
