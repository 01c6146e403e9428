/* What a user of the installed library writes: opens the model inside, extracts, writes. */
#include <nerx.h>
#include <stdio.h>
#include <string.h>

static bool print(void *user, const char *bytes, size_t length) {
    return fwrite(bytes, 1, length, (FILE *)user) == length;
}

int main(void) {
    static const char text[] = "Bundeskanzlerin Angela Merkel reiste am 13. September 2021 nach Paris.";
    nerx_error error = {0};
    nerx_model *model = nerx_model_default(&error);
    nerx_extractor *extractor = model ? nerx_extractor_new(model, NULL, &error) : NULL;
    const nerx_document *document = extractor ? nerx_extract(extractor, text, strlen(text), NULL, &error) : NULL;
    bool done = document && nerx_write(document, NERX_CONLL, NULL, print, stdout, &error);
    if (!done) fprintf(stderr, "%s\n", error.message);
    nerx_extractor_free(extractor);
    nerx_model_close(model);
    return done ? 0 : 1;
}
