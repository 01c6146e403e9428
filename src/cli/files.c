/* Reading files, finding the sources of a model, writing to standard output. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/large_pages.h"
#include "cli/cli.h"

enum { FIRST_READ = 1 << 16, MAX_DEPTH = 8 };

static bool fail(const char *path, nerx_error *error) {
    return error_at(error, NERX_ERROR_IO, path, 0, 0, STR(""), "%s", strerror(errno));
}

/* Reads to the end; the buffer doubles. */
static bool read_all(int fd, const char *path, buffer *out, nerx_error *error) {
    size_t capacity = FIRST_READ;
    out->bytes = malloc(capacity);
    out->length = 0;
    while (out->bytes) {
        ssize_t n = read(fd, out->bytes + out->length, capacity - out->length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(path, error);
        if (n == 0) return true;
        out->length += (size_t)n;
        if (out->length > NERX_MAX_TEXT)
            return error_at(error, NERX_ERROR_LIMIT, path, 0, 0, STR(""), "larger than the limit of %zu bytes",
                            NERX_MAX_TEXT);
        if (out->length < capacity) continue;
        char *larger = realloc(out->bytes, capacity * 2);
        if (!larger) break;
        out->bytes = larger;
        capacity *= 2;
        if (capacity >= LARGE_PAGES_WORTH) large_pages_ask(larger, capacity);
    }
    return error_memory(error);
}

bool read_file(const char *path, buffer *out, nerx_error *error) {
    *out = (buffer){0};
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail(path, error);
    bool read = read_all(fd, standard ? "standard input" : path, out, error);
    if (!standard) close(fd);
    if (!read) {
        free(out->bytes);
        *out = (buffer){0};
    }
    return read;
}

bool write_output(void *user, const char *bytes, size_t length) {
    (void)user;
    while (length) {
        ssize_t n = write(STDOUT_FILENO, bytes, length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

/* The folder a file lies in names its language; a file given alone holds for all. */
static char *language_of(const char *path) {
    const char *end = strrchr(path, '/');
    if (!end) return strdup("common");
    const char *start = end;
    while (start > path && start[-1] != '/')
        start--;
    size_t length = (size_t)(end - start);
    bool code = length == 2 || (length == 6 && memcmp(start, "common", 6) == 0);
    return code ? strndup(start, length) : strdup("common");
}

static bool has_ending(const char *path, const char *ending) {
    size_t n = strlen(path), k = strlen(ending);
    return n > k && strcmp(path + n - k, ending) == 0;
}

static bool add_one(source_list *list, const char *path, nerx_error *error) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        nerx_source *items = realloc(list->items, capacity * sizeof *items);
        if (!items) return error_memory(error);
        list->items = items;
        list->capacity = capacity;
    }
    buffer text;
    if (!read_file(path, &text, error)) return false;
    char *name = strdup(path), *language = language_of(path);
    if (!name || !language) {
        free(name);
        free(language);
        free(text.bytes);
        return error_memory(error);
    }
    list->items[list->count++] = (nerx_source){name, language, text.bytes, text.length};
    return true;
}

/* The programs that make lists, and what they read, are no lists. */
static bool is_source_name(const char *name) {
    return name[0] != '.' && strcmp(name, "import") != 0;
}

static bool add_path(source_list *list, const char *path, unsigned depth, nerx_error *error);

static bool add_directory(source_list *list, const char *path, unsigned depth, nerx_error *error) {
    struct dirent **names;
    int count = scandir(path, &names, NULL, alphasort);
    if (count < 0) return fail(path, error);
    bool added = true;
    for (int i = 0; i < count; i++) {
        char child[4096];
        int length = snprintf(child, sizeof child, "%s/%s", path, names[i]->d_name);
        bool wanted = is_source_name(names[i]->d_name) && length > 0 && (size_t)length < sizeof child;
        if (added && wanted) added = add_path(list, child, depth + 1, error);
        free(names[i]);
    }
    free(names);
    return added;
}

/* Below a directory only .tsv and .rules count; a file that is named itself must be one of them. */
static bool add_path(source_list *list, const char *path, unsigned depth, nerx_error *error) {
    struct stat status;
    if (stat(path, &status) != 0) return fail(path, error);
    if (S_ISDIR(status.st_mode)) return depth < MAX_DEPTH ? add_directory(list, path, depth, error) : true;
    if (has_ending(path, ".tsv") || has_ending(path, ".rules")) return add_one(list, path, error);
    if (depth > 0) return true;
    return error_at(error, NERX_ERROR_ARGUMENT, path, 0, 0, STR(""), "neither a .tsv nor a .rules file");
}

bool sources_add(source_list *list, const char *path, nerx_error *error) {
    return add_path(list, path, 0, error);
}

void sources_free(source_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        free((char *)list->items[i].path);
        free((char *)list->items[i].language);
        free((char *)list->items[i].text);
    }
    free(list->items);
    *list = (source_list){0};
}

nerx_model *open_model(const model_options *options, size_t *reports, nerx_error *error) {
    const source_list *added = &options->added;
    nerx_model *model = options->path ? nerx_model_open(options->path, error) : nerx_model_default(error);
    if (!model || !added->count) return model;
    if (nerx_model_extend(model, added->items, added->count, message_report, reports, error)) return model;
    nerx_model_close(model);
    return NULL;
}
