/* Rule files cut into blocks: a line that is not indented and the indented lines below it. */
#ifndef MODEL_RULE_SOURCE_H
#define MODEL_RULE_SOURCE_H

#include "base/vec.h"

typedef struct source_line {
    str text;        /* without the line end, blanks at its end, and a comment (# after a blank or at the start) */
    uint32_t number; /* from 1 */
    uint32_t indent; /* bytes of blanks before the text; text starts behind them */
    str raw;         /* the line as it stands, for messages */
} source_line;

/* "language de", "def …", "rule …", "frame …". */
typedef struct source_block {
    str keyword;
    uint32_t first, count; /* into rule_source.lines; the first is the keyword's */
} source_block;

typedef struct rule_source {
    const char *path;
    VEC(source_line) lines;
    VEC(source_block) blocks;
} rule_source;

/* The path as witnesses show it: without the steps upwards that depend on where the model was built. */
str rule_source_name(const rule_source *source);

/* Cuts `text` into lines and blocks; they borrow from it. False if memory is short. */
bool rule_source_read(arena *a, const char *path, str text, rule_source *out);

/* Where errors and warnings of a build go; counts the errors. */
typedef struct reporter {
    nerx_report *report;
    void *user;
    uint32_t errors;
} reporter;

/* Reports one error (or warning, by `status`) about bytes [`at`, …) of a line. */
void report_at(reporter *r, nerx_status status, const rule_source *source, const source_line *line, const char *at,
               const char *format, ...) __attribute__((format(printf, 6, 7)));

/* The name among `count` nearest to `wrong` (Levenshtein distance of at most a third of its length), or ptr NULL. */
str nearest_name(str wrong, const str *names, size_t count);

/* False for the names that every relation has in the output already ("type", "evidence" …). */
bool role_is_free(str name);

/* A marked example: "+ Gestern sprach <PER Angela Merkel> in Ulm.   @2023-09-11 = 2023-09-13". */
typedef struct example_span {
    str label;           /* "PER", "subject", or empty */
    uint32_t start, end; /* bytes of `text` */
} example_span;

typedef struct example {
    bool positive;
    str text;       /* without the marks; in the arena */
    str date;       /* behind "@", or empty */
    str value;      /* behind "=", or empty: for rules */
    str conditions; /* "modality = reported, polarity = negative": for frames */
    VEC(example_span) spans;
    const source_line *line;
} example;

/* Reads a "+ …" or "- …" line. Labels are types (upper case), or with `roles` the roles of a frame (lower case).
 * Conditions and date stand behind two blanks or more. Reports and returns false if the marks do not close. "\<" and
 * "\>" are the signs themselves. */
bool example_read(arena *a, const rule_source *source, const source_line *line, reporter *r, bool roles, example *out);

#endif
