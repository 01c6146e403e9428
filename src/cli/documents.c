/* The documents a run works on: whole files, or lines of JSON. */
#include "cli/documents.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

void documents_read_file(const char *path, bool with_id, document_handler *handle, void *user) {
    bool standard = strcmp(path, "-") == 0;
    input_document in = {.name = standard ? "standard input" : path, .id = with_id ? path : NULL};
    buffer text;
    if (!read_file(path, &text, &in.error)) text = (buffer){0};
    in.text = text.bytes ? text.bytes : "";
    in.length = text.length;
    handle(user, &in);
    free(text.bytes);
}

/* A member that must be a string if it is there at all. */
static const char *member(const json_t *object, const char *key, size_t *length, nerx_error *error) {
    const json_t *value = json_object_get(object, key);
    if (!value) return NULL;
    if (!json_is_string(value)) {
        error_set(error, NERX_ERROR_ARGUMENT, "\"%s\" is not a string", key);
        return NULL;
    }
    if (length) *length = json_string_length(value);
    return json_string_value(value);
}

static void read_object(const json_t *object, input_document *in) {
    if (!json_is_object(object)) {
        error_set(&in->error, NERX_ERROR_ARGUMENT, "not a JSON object");
        return;
    }
    in->id = member(object, "id", NULL, &in->error);
    in->text = member(object, "text", &in->length, &in->error);
    in->date = member(object, "date", NULL, &in->error);
    if (!in->text) error_set(&in->error, NERX_ERROR_ARGUMENT, "\"text\" is missing");
}

static void handle_line(const char *name, const char *line, size_t length, document_handler *handle, void *user) {
    json_error_t wrong;
    input_document in = {.name = name, .text = ""};
    json_t *object = json_loadb(line, length, JSON_ALLOW_NUL, &wrong);
    if (object) {
        read_object(object, &in);
    } else {
        error_set(&in.error, NERX_ERROR_ARGUMENT, "not JSON: %s", wrong.text);
    }
    if (in.error.status != NERX_OK) in.text = "";
    handle(user, &in);
    json_decref(object);
}

static bool is_blank(const char *line, ssize_t length) {
    for (ssize_t i = 0; i < length; i++) {
        if (!strchr(" \t\r\n", line[i]) || !line[i]) return false;
    }
    return true;
}

static void read_lines(FILE *file, const char *path, document_handler *handle, void *user, const bool *stop) {
    char *line = NULL;
    size_t capacity = 0;
    char name[512];
    for (unsigned long number = 1; !*stop; number++) {
        errno = 0;
        ssize_t length = getline(&line, &capacity, file);
        if (length < 0) break;
        snprintf(name, sizeof name, "%s:%lu", path, number);
        if (!is_blank(line, length)) handle_line(name, line, (size_t)length, handle, user);
    }
    if (!*stop && (ferror(file) || errno == ENOMEM)) {
        input_document in = {.name = path, .text = ""};
        error_set(&in.error, NERX_ERROR_IO, "%s", strerror(errno));
        handle(user, &in);
    }
    free(line);
}

void documents_read_lines(const char *path, document_handler *handle, void *user, const bool *stop) {
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "r");
    const char *name = standard ? "standard input" : path;
    if (!file) {
        input_document in = {.name = name, .text = ""};
        error_set(&in.error, NERX_ERROR_IO, "%s", strerror(errno));
        handle(user, &in);
        return;
    }
    read_lines(file, name, handle, user, stop);
    if (!standard) fclose(file);
}

bool documents_write_error(const input_document *in, const nerx_error *error) {
    json_t *line = json_object();
    bool made = line && (!in->id || json_object_set_new(line, "id", json_string(in->id)) == 0) &&
                json_object_set_new(line, "error", json_string(error->message)) == 0;
    char *text = made ? json_dumps(line, JSON_PRESERVE_ORDER) : NULL;
    bool written = text && write_output(NULL, text, strlen(text)) && write_output(NULL, "\n", 1);
    free(text);
    json_decref(line);
    return written;
}
