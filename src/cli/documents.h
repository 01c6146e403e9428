/* The documents a run works on: whole files, or lines of JSON. */
#ifndef CLI_DOCUMENTS_H
#define CLI_DOCUMENTS_H

#include "cli/cli.h"

typedef struct input_document {
    const char *name; /* for messages */
    const char *id;   /* NULL: none */
    const char *text, *date;
    size_t length;
    nerx_error error; /* the document could not be read */
} input_document;

typedef void document_handler(void *user, const input_document *in);

/* Hands on one file (or standard input for "-"), or its error; the path is its id where `with_id`. */
void documents_read_file(const char *path, bool with_id, document_handler *handle, void *user);

/* Hands on one document for each line of JSON, as soon as the line is read; stops when *stop is set. */
void documents_read_lines(const char *path, document_handler *handle, void *user, const bool *stop);

/* {"id": …, "error": …} on standard output; false if it cannot be written. */
bool documents_write_error(const input_document *in, const nerx_error *error);

#endif
