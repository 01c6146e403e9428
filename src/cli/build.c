/* nerx build: compiles gazetteers and rules into a model image. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

typedef struct build_options {
    const char *output, *depfile;
    bool no_check;
} build_options;

static bool write_all(int fd, const char *bytes, size_t length) {
    while (length) {
        ssize_t n = write(fd, bytes, length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

/* Closes and keeps the first error. */
static bool finish(int fd, bool written) {
    int error = errno;
    bool closed = close(fd) == 0;
    if (!written) errno = error;
    return written && closed;
}

/* Beside the old image and then in its place: who has the old one mapped keeps it, and no half a model is ever seen. */
static bool replace_file(const char *path, const void *bytes, size_t length) {
    char beside[4096];
    int needed = snprintf(beside, sizeof beside, "%s.XXXXXX", path);
    if (needed < 0 || (size_t)needed >= sizeof beside) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = mkstemp(beside);
    if (fd < 0) return false;
    mode_t mask = umask(0);
    umask(mask);
    bool written = fchmod(fd, 0666 & ~mask) == 0 && write_all(fd, bytes, length);
    if (finish(fd, written) && rename(beside, path) == 0) return true;
    int error = errno;
    unlink(beside);
    errno = error;
    return false;
}

static bool write_image(const char *path, const void *bytes, size_t length) {
    struct stat there;
    if (stat(path, &there) != 0 || S_ISREG(there.st_mode)) return replace_file(path, bytes, length);
    int fd = open(path, O_WRONLY | O_CLOEXEC); /* a pipe or device is written into */
    return fd >= 0 && finish(fd, write_all(fd, bytes, length));
}

/* For build systems: the image depends on every file that was read, and on their folders, where files may come and go.
 */
static bool write_depfile(const build_options *options, const source_list *sources) {
    if (!options->depfile) return true;
    FILE *file = fopen(options->depfile, "w");
    if (!file) return false;
    bool written = fprintf(file, "%s:", options->output) > 0;
    for (size_t i = 0; i < sources->count; i++) {
        const char *path = sources->items[i].path, *end = strrchr(path, '/');
        written = fprintf(file, " %s %.*s", path, end ? (int)(end - path) : 1, end ? path : ".") > 0 && written;
    }
    return (fputc('\n', file) != EOF) && (fclose(file) == 0) && written;
}

static void errors_only(void *user, const nerx_error *error) {
    if (error->status != NERX_WARNING) message_report(user, error);
}

static int run_examples(const void *image, size_t length, const source_list *sources) {
    nerx_error error = {0};
    nerx_model *model = nerx_model_from_memory(image, length, &error);
    size_t passed = 0, failed = 0;
    bool ran = model && nerx_model_check(model, sources->items, sources->count, NULL, NULL, &passed, &failed, &error);
    if (ran && failed)
        nerx_model_check(model, sources->items, sources->count, errors_only, NULL, &passed, &failed, &error);
    nerx_model_close(model);
    if (!ran) {
        message_error(&error);
        return exit_status(&error);
    }
    if (failed) message("%zu of %zu examples failed", failed, passed + failed);
    return failed ? EXIT_GATE : EXIT_DONE;
}

static int build(const build_options *options, const source_list *sources) {
    nerx_error error = {0};
    void *image = NULL;
    size_t length = 0, errors = 0;
    if (!nerx_model_build(sources->items, sources->count, errors_only, &errors, &image, &length, &error)) {
        if (!errors) message_error(&error);
        return errors ? EXIT_COMPILE : exit_status(&error);
    }
    int status = options->no_check ? EXIT_DONE : run_examples(image, length, sources);
    const char *failed = NULL;
    if (status == EXIT_DONE && !write_image(options->output, image, length)) failed = options->output;
    if (status == EXIT_DONE && !failed && !write_depfile(options, sources)) failed = options->depfile;
    if (failed) {
        message("%s: %s", failed, strerror(errno));
        status = EXIT_TROUBLE;
    }
    nerx_free(image);
    return status;
}

int command_build(int argc, char **argv) {
    static const struct option longs[] = {{"output", required_argument, NULL, 'o'},
                                          {"depfile", required_argument, NULL, 'd'},
                                          {"no-check", no_argument, NULL, 'n'},
                                          {0}};
    build_options options = {0};
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, ":o:", longs, NULL)) != -1;) {
        switch (c) {
        case 'o': options.output = optarg; break;
        case 'd': options.depfile = optarg; break;
        case 'n': options.no_check = true; break;
        default: return message_option("build: ", c, argv, longs);
        }
    }
    if (!options.output) return message_usage("build: -o MODEL is missing");
    if (optind == argc) return message_usage("build: no directory of gazetteers or rules is given");
    source_list sources = {0};
    nerx_error error = {0};
    int status = EXIT_DONE;
    for (int i = optind; i < argc && status == EXIT_DONE; i++) {
        if (!sources_add(&sources, argv[i], &error)) {
            message_error(&error);
            status = EXIT_TROUBLE;
        }
    }
    if (status == EXIT_DONE) status = build(&options, &sources);
    sources_free(&sources);
    return status;
}
