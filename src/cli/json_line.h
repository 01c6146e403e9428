/* Plain lines of JSON, read where they stand. Whatever is not plain is left to the JSON library. */
#ifndef CLI_JSON_LINE_H
#define CLI_JSON_LINE_H

#include "base/str.h"

/* The members that are asked for; ptr NULL where there is none. Strings in `room` end in a NUL. */
typedef struct json_line {
    str id, text, date;
    char *room; /* for what has to be copied; kept from line to line, freed by the caller */
    size_t capacity;
} json_line;

/* Reads an object of strings, whole numbers and literals. False where the line holds anything else, is wrong, or lacks
 * its text: then the JSON library is to be asked. The text may lie in the line itself, without a NUL behind it. */
bool json_line_read(json_line *out, str line);

#endif
