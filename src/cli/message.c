/* Messages on standard error, all of one form. */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <string.h>

#include "cli/cli.h"
#include "model/rule_source.h"

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

enum { MOST_OPTIONS = 32 };

static str nearest_option(str wrong, const struct option *longs) {
    str names[MOST_OPTIONS];
    size_t count = 0;
    while (longs[count].name && count < MOST_OPTIONS) {
        names[count] = str_of(longs[count].name);
        count++;
    }
    return nearest_name(wrong, names, count);
}

int message_option(const char *prefix, int refused, char **argv, const struct option *longs) {
    const char *word = argv[optind - 1];
    bool is_long = strncmp(word, "--", 2) == 0;
    if (refused == ':') return message_usage("%soption '%s' needs a value", prefix, word);
    if (!is_long || (optopt > 0 && optopt < 256)) return message_usage("%sunknown option '-%c'", prefix, optopt);
    if (optopt) return message_usage("%soption '%.*s' takes no value", prefix, (int)strcspn(word, "="), word);
    str name = {word + 2, strcspn(word + 2, "=")}, near = nearest_option(name, longs);
    if (!near.ptr) return message_usage("%sunknown option '%s'", prefix, word);
    message("%sunknown option '%s'; did you mean '--%.*s'?", prefix, word, (int)near.len, near.ptr);
    return EXIT_TROUBLE;
}

int message_output(void) {
    message("standard output: %s", errno ? strerror(errno) : "it could not be written");
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
