/* The documents a run works on: whole files, or lines of JSON. */
#include "cli/documents.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/json_line.h"

enum { FIRST_LINE = 1 << 16, LONGEST_LINE = 1 << 27 /* bytes: a text at its limit, with room for escapes */ };

void documents_read_file(const char *path, bool with_id, document_handler *handle, void *user) {
    bool standard = strcmp(path, "-") == 0;
    size_t length = strlen(path);
    char *id = with_id ? nerx_utf8_repair(path, length, &length, NULL) : NULL; /* names of files may be any bytes */
    input_document in = {.name = standard ? "standard input" : path, .id = id};
    buffer text;
    if (!read_file(path, &text, &in.error)) text = (buffer){0};
    in.text = text.bytes ? text.bytes : "";
    in.length = text.length;
    handle(user, &in);
    free(text.bytes);
    nerx_free(id);
}

/* A member that must be a string if it is there at all; without `length` a plain one. */
static const char *member(const json_t *object, const char *key, size_t *length, nerx_error *error) {
    const json_t *value = json_object_get(object, key);
    if (!value || json_is_null(value)) return NULL;
    const char *text = json_string_value(value);
    if (text && (length || strlen(text) == json_string_length(value))) {
        if (length) *length = json_string_length(value);
        return text;
    }
    error_set(error, NERX_ERROR_ARGUMENT, text ? "\"%s\" holds a NUL character" : "\"%s\" is not a string", key);
    return NULL;
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

/* Through the JSON library, which finds fault with what is wrong. */
static void handle_any(const char *name, const char *line, size_t length, document_handler *handle, void *user) {
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

static void handle_line(const char *name, str line, json_line *plain, document_handler *handle, void *user) {
    if (!json_line_read(plain, line)) {
        handle_any(name, line.ptr, line.len, handle, user);
        return;
    }
    input_document in = {
        .name = name, .id = plain->id.ptr, .text = plain->text.ptr, .length = plain->text.len, .date = plain->date.ptr};
    handle(user, &in);
}

static bool is_blank(str line) {
    return str_trim(line).len == 0;
}

/* What has been read of a stream and not yet handed on: bytes[start … end). */
typedef struct line_reader {
    int fd;
    char *bytes;
    size_t start, end, capacity;
    bool ended;
} line_reader;

/* Reads on behind what is there; false where that fails, with errno. */
static bool read_more(line_reader *r) {
    if (r->start) memmove(r->bytes, r->bytes + r->start, r->end - r->start);
    r->end -= r->start;
    r->start = 0;
    if (r->end == r->capacity) {
        size_t capacity = r->capacity ? r->capacity * 2 : FIRST_LINE;
        char *larger = realloc(r->bytes, capacity);
        if (!larger) return false;
        r->bytes = larger;
        r->capacity = capacity;
    }
    ssize_t n;
    do
        n = read(r->fd, r->bytes + r->end, r->capacity - r->end);
    while (n < 0 && errno == EINTR);
    if (n > 0) r->end += (size_t)n;
    r->ended = n == 0;
    return n >= 0;
}

typedef enum line_kind { LINE, LONG_LINE, NO_LINE, NO_INPUT } line_kind;

/* The next line, with its end. A line longer than the limit is skipped as it is read. */
static line_kind next_line(line_reader *r, str *line) {
    bool skip = false;
    for (size_t seen = 0;;) {
        const char *from = r->bytes ? r->bytes + r->start : "";
        const char *end = r->end > r->start + seen ? memchr(from + seen, '\n', r->end - r->start - seen) : NULL;
        seen = end ? (size_t)(end - from) + 1 : r->end - r->start;
        if (end || r->ended) {
            *line = (str){from, seen};
            r->start += seen;
            if (skip || seen > LONGEST_LINE) return LONG_LINE;
            return seen ? LINE : NO_LINE;
        }
        if (seen > LONGEST_LINE) {
            skip = true;
            r->start = r->end;
            seen = 0;
        }
        if (!read_more(r)) return NO_INPUT;
    }
}

static void hand_error(const char *name, document_handler *handle, void *user, nerx_status status, const char *what) {
    input_document in = {.name = name, .text = ""};
    error_set(&in.error, status, "%s", what);
    handle(user, &in);
}

static void read_lines(line_reader *r, json_line *plain, const char *path, document_handler *handle, void *user,
                       const bool *stop) {
    char name[512], limit[64];
    snprintf(limit, sizeof limit, "a line longer than the limit of %zu bytes", (size_t)LONGEST_LINE);
    for (unsigned long number = 1; !*stop; number++) {
        str line;
        line_kind kind = next_line(r, &line);
        if (kind == NO_LINE) return;
        if (kind == NO_INPUT) {
            hand_error(path, handle, user, NERX_ERROR_IO, strerror(errno));
            return;
        }
        snprintf(name, sizeof name, "%s:%lu", path, number);
        if (kind == LONG_LINE) {
            hand_error(name, handle, user, NERX_ERROR_LIMIT, limit);
        } else if (!is_blank(line)) {
            handle_line(name, line, plain, handle, user);
        }
    }
}

void documents_read_lines(const char *path, document_handler *handle, void *user, const bool *stop) {
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    line_reader r = {.fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)};
    if (r.fd < 0) {
        hand_error(name, handle, user, NERX_ERROR_IO, strerror(errno));
        return;
    }
    json_line plain = {0};
    read_lines(&r, &plain, name, handle, user, stop);
    free(plain.room);
    free(r.bytes);
    if (!standard) close(r.fd);
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
