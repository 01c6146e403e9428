/* What the subcommands share: exit statuses, messages, files, models. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdio.h>

#include "nerx.h"

enum { EXIT_DONE = 0, EXIT_GATE = 1, EXIT_TROUBLE = 2, EXIT_COMPILE = 3 };

/* One subcommand: gets its own name as argv[0], returns the exit status. */
typedef int command(int argc, char **argv);
command command_extract, command_build, command_check, command_eval;

/* Before anything is read: takes memory from the system in large parts (heap.c). */
void heap_prepare(void);

/* "nerx: FILE:LINE:COL: message", then the source line with a caret below the column where both are known. */
void message_error(const nerx_error *error);

/* The same for a file the error does not name. */
void message_file(const char *file, const nerx_error *error);

/* "nerx: …" in printf's manner. */
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "nerx: wrong; try 'nerx --help'", returns EXIT_TROUBLE. */
int message_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Usage messages for what getopt_long refused (its ':' and '?'), with the nearest long option; `prefix` is "" or
 * "build: " and the like. Returns EXIT_TROUBLE. */
struct option;
int message_option(const char *prefix, int refused, char **argv, const struct option *longs);

/* "nerx: standard output: …" with errno's text. Returns EXIT_TROUBLE. */
int message_output(void);

/* A nerx_report that prints; `user` is NULL or a size_t that counts. */
void message_report(void *user, const nerx_error *error);

/* The status an error ends the program with. */
int exit_status(const nerx_error *error);

/* A whole file, or standard input for "-"; malloc'ed. Fails on directories, unreadable files, and more than
 * NERX_MAX_TEXT bytes. */
typedef struct buffer {
    char *bytes;
    size_t length;
} buffer;
bool read_file(const char *path, buffer *out, nerx_error *error);

/* Writes all bytes to standard output: a nerx_sink. `user` is not used. */
bool write_output(void *user, const char *bytes, size_t length);

/* Gazetteers and rules below some directories, or single files, sorted by path; texts malloc'ed. */
typedef struct source_list {
    nerx_source *items;
    size_t count, capacity;
} source_list;
bool sources_add(source_list *list, const char *path, nerx_error *error);
void sources_free(source_list *list);

/* -m, -g and -r. */
typedef struct model_options {
    const char *path; /* NULL: the built-in model */
    source_list added;
} model_options;

/* Opens the model and adds the sources; *reports counts the errors of theirs that were printed. */
nerx_model *open_model(const model_options *options, size_t *reports, nerx_error *error);

#endif
