/* Filling the caller's nerx_error. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static bool continues(char c) {
    return ((unsigned char)c & 0xc0) == 0x80;
}

static void fill(nerx_error *error, nerx_status status, const char *format, va_list args) {
    error->status = status;
    int length = vsnprintf(error->message, sizeof error->message, format, args);
    if (length < (int)sizeof error->message) return;
    size_t end = sizeof error->message - 1, start = end;
    while (start && continues(error->message[start - 1]))
        start--;
    if (start && ((unsigned char)error->message[start - 1] & 0x80)) start--; /* perhaps cut in the middle */
    error->message[start] = '\0';
}

/* Copies what fits, and never half a UTF-8 sequence. */
static void copy_cut(char *to, size_t size, str from) {
    size_t n = from.len < size ? from.len : size - 1;
    while (n && n < from.len && continues(from.ptr[n]))
        n--;
    if (n) memcpy(to, from.ptr, n);
    to[n] = '\0';
}

bool error_set(nerx_error *error, nerx_status status, const char *format, ...) {
    if (!error || error->status != NERX_OK) return false;
    va_list args;
    va_start(args, format);
    fill(error, status, format, args);
    va_end(args);
    return false;
}

bool error_at(nerx_error *error, nerx_status status, const char *file, uint32_t line, uint32_t column, str excerpt,
              const char *format, ...) {
    if (!error || error->status != NERX_OK) return false;
    va_list args;
    va_start(args, format);
    fill(error, status, format, args);
    va_end(args);
    copy_cut(error->file, sizeof error->file, str_of(file));
    copy_cut(error->excerpt, sizeof error->excerpt, excerpt);
    error->line = line;
    error->column = column;
    return false;
}

bool error_memory(nerx_error *error) {
    return error_set(error, NERX_ERROR_MEMORY, "out of memory");
}
