/* The small model of the tests, read with the command's own reader of folders. */
#include "support/small.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"

const char small_text[] =
    "Bundeskanzlerin Angela Merkel reiste am 13. September 2021 nach Paris. Dort traf sie Frankreichs Präsident "
    "Emmanuel Macron.\r\nWilly Brandt und Olaf Scholz treffen sich am Montag nicht in Bad To\xcc\x88lz. Brandts Reise "
    "nach Essen soll die Deutsche Bahn (DB) wohl am 3. Mai planen. \xf0\x9f\x98\x80\n\n"
    "The Chancellor met Anna de Brandt in France's capital. Germany and France were there with MERKEL.\n";

static void stop(const char *what) {
    fprintf(stderr, "small model: %s\n", what);
    abort();
}

small_sources small_read(void) {
    source_list list = {0};
    nerx_error error = {0};
    if (!sources_add(&list, SMALL_MODEL, &error)) stop(error.message);
    return (small_sources){list.items, list.count};
}

void small_free(small_sources *sources) {
    source_list list = {sources->items, sources->count, sources->count};
    sources_free(&list);
    *sources = (small_sources){0};
}

void *small_image(size_t *length) {
    small_sources sources = small_read();
    nerx_error error = {0};
    void *image = NULL;
    if (!nerx_model_build(sources.items, sources.count, NULL, NULL, &image, length, &error)) stop(error.message);
    small_free(&sources);
    return image;
}
