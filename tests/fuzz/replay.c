/* Replays a folder of inputs through a fuzz target, each also cut short and damaged here and there: a test that needs
 * no fuzzer. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "fuzz/fuzz.h"

enum { VARIANTS = 200 };

static uint32_t seed = 1;

static size_t random_below(size_t n) {
    seed = seed * 1103515245 + 12345;
    return n ? (seed >> 8) % n : 0;
}

/* A copy of its own, so that reading behind its end is noticed. */
static void give(const char *bytes, size_t length) {
    uint8_t *copy = malloc(length ? length : 1);
    if (!copy) abort();
    memcpy(copy, bytes, length);
    LLVMFuzzerTestOneInput(copy, length);
    free(copy);
}

static void replay(const char *path) {
    buffer b;
    nerx_error error = {0};
    if (!read_file(path, &b, &error)) fuzz_fail(error.message);
    give(b.bytes, b.length);
    for (int i = 0; i < VARIANTS && b.length; i++) {
        size_t at = random_below(b.length), from = random_below(b.length);
        char before = b.bytes[at];
        b.bytes[at] = i % 3 ? b.bytes[from] : (char)random_below(256);
        give(b.bytes, i % 4 ? b.length : random_below(b.length));
        if (i % 16) b.bytes[at] = before;
    }
    free(b.bytes);
}

int main(int argc, char **argv) {
    struct dirent **names;
    int count = argc == 2 ? scandir(argv[1], &names, NULL, alphasort) : -1, done = 0;
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[1], names[i]->d_name);
        if (names[i]->d_name[0] != '.') replay(path), done++;
        free(names[i]);
    }
    if (count >= 0) free(names);
    printf("%d inputs\n", done);
    return done > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
