/* nerx check: runs the examples of rules and names doubtful rules and entries. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

/* A folder with lists is a whole model; files, and rules alone, are added to a model that is there. */
static bool is_whole(char **paths, int count, const source_list *sources) {
    struct stat status;
    bool folder = false;
    for (int i = 0; i < count; i++)
        folder |= stat(paths[i], &status) == 0 && S_ISDIR(status.st_mode);
    if (!folder) return false;
    for (size_t i = 0; i < sources->count; i++) {
        const char *ending = strrchr(sources->items[i].path, '.');
        if (ending && strcmp(ending, ".tsv") == 0) return true;
    }
    return false;
}

static nerx_model *compile(const source_list *sources, bool whole, const char *model_path, void **image,
                           size_t *reports, nerx_error *error) {
    size_t length = 0;
    if (!model_path && whole) {
        bool built = nerx_model_build(sources->items, sources->count, message_report, reports, image, &length, error);
        return built ? nerx_model_from_memory(*image, length, error) : NULL;
    }
    nerx_model *model = model_path ? nerx_model_open(model_path, error) : nerx_model_default(error);
    if (model && !nerx_model_extend(model, sources->items, sources->count, message_report, reports, error)) {
        nerx_model_close(model);
        return NULL;
    }
    return model;
}

static int check(const source_list *sources, bool whole, const char *model_path) {
    nerx_error error = {0};
    void *image = NULL;
    size_t reports = 0, passed = 0, failed = 0;
    nerx_model *model = compile(sources, whole, model_path, &image, &reports, &error);
    bool ran = model &&
               nerx_model_check(model, sources->items, sources->count, message_report, NULL, &passed, &failed, &error);
    bool told = !model && reports;
    nerx_model_close(model);
    nerx_free(image);
    if (!ran) {
        if (!told) message_error(&error);
        return exit_status(&error);
    }
    if (printf("%zu passed, %zu failed\n", passed, failed) < 0 || fflush(stdout) != 0) return message_output();
    return failed ? EXIT_GATE : EXIT_DONE;
}

int command_check(int argc, char **argv) {
    static const struct option longs[] = {{"model", required_argument, NULL, 'm'}, {0}};
    const char *model = NULL;
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, ":m:", longs, NULL)) != -1;) {
        if (c != 'm') return message_option("check: ", c, argv, longs);
        model = optarg;
    }
    static char *here[] = {"gazetteers", "rules"};
    char **paths = optind < argc ? argv + optind : here;
    int count = optind < argc ? argc - optind : 2;
    source_list sources = {0};
    nerx_error error = {0};
    int status = EXIT_DONE;
    for (int i = 0; i < count && status == EXIT_DONE; i++) {
        if (!sources_add(&sources, paths[i], &error)) {
            message_error(&error);
            status = EXIT_TROUBLE;
        }
    }
    if (status == EXIT_DONE) status = check(&sources, is_whole(paths, count, &sources), model);
    sources_free(&sources);
    return status;
}
