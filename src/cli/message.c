/* Messages on standard error, all of one form. */
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "cli/cli.h"

/* Blanks up to the column, so that the caret stands below it; tabs stay tabs. */
static void caret(const nerx_error *error) {
    const char *p = error->excerpt;
    fprintf(stderr, "  %s\n  ", error->excerpt);
    for (uint32_t column = 1; column < error->column && *p; column++) {
        fputc(*p == '\t' ? '\t' : ' ', stderr);
        do
            p++;
        while (((unsigned char)*p & 0xc0) == 0x80);
    }
    fputs("^\n", stderr);
}

void message_file(const char *file, const nerx_error *error) {
    fputs("nerx: ", stderr);
    if (*error->file) file = error->file;
    if (file && *file) fprintf(stderr, "%s:", file);
    if (error->line) fprintf(stderr, "%u:", error->line);
    if (error->line && error->column) fprintf(stderr, "%u:", error->column);
    if (file && *file) fputc(' ', stderr);
    fprintf(stderr, "%s%s\n", error->status == NERX_WARNING ? "warning: " : "", error->message);
    if (error->column && *error->excerpt) caret(error);
}

void message_error(const nerx_error *error) {
    message_file(NULL, error);
}

void message(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("nerx: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

int message_usage(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("nerx: ", stderr);
    vfprintf(stderr, format, args);
    fputs("; try 'nerx --help'\n", stderr);
    va_end(args);
    return EXIT_TROUBLE;
}

void message_report(void *user, const nerx_error *error) {
    if (user) ++*(size_t *)user;
    message_error(error);
}

int exit_status(const nerx_error *error) {
    switch (error->status) {
    case NERX_OK: return EXIT_DONE;
    case NERX_ERROR_EXAMPLE: return EXIT_GATE;
    case NERX_ERROR_SYNTAX: return EXIT_COMPILE;
    default: return EXIT_TROUBLE;
    }
}
