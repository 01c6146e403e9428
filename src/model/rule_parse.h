/* Patterns of rules, read into trees. */
#ifndef MODEL_RULE_PARSE_H
#define MODEL_RULE_PARSE_H

#include "model/build.h"
#include "model/rule_image.h"

typedef enum node_kind {
    NODE_STEP,     /* atoms */
    NODE_NOT_NEXT, /* atoms */
    NODE_NOT_LAST, /* atoms */
    NODE_CONCAT,   /* first, second */
    NODE_OR,       /* first, second */
    NODE_REPEAT,   /* first, minimum, maximum (REPEAT_FOREVER) */
    NODE_CAPTURE,  /* name, first */
    NODE_MENTION,  /* first */
    NODE_START,
    NODE_END
} node_kind;

enum {
    REPEAT_FOREVER = 255,
    MAX_REPEAT = 16,
    MAX_MACRO_DEPTH = 16,
    MAX_GROUP_DEPTH = 32,
    MAX_TEST_ATOMS = 64,
    MAX_RULE_CODE = 4096,
    MAX_CAPTURES = 16
};

typedef struct pattern pattern;
struct pattern {
    node_kind kind;
    const pattern *first, *second;
    uint32_t minimum, maximum;
    str name;
    const atom *atoms;
    uint32_t atom_count;
    /* of the whole tree below, worked out when the node is made */
    uint32_t size;     /* instructions, at most SIZE_LIMIT */
    uint32_t shortest; /* tokens */
    uint32_t mentions; /* at most, on one way through */
    bool always;       /* has the mention on every way through */
    bool asks;         /* for an earlier mention: @PER */
};

/* Some lines of a source, and a place in them. */
typedef struct scanner {
    reporter *reports;
    const rule_source *source;
    const source_line *lines;
    uint32_t count, at; /* the line `p` is in */
    const char *p;
    bool failed; /* something was reported */
} scanner;

/* A `def` while rules are compiled. */
typedef struct definition {
    str name, text;
    scanner scan; /* at the pattern */
    const source_line *line;
    const pattern *tree; /* once it is read */
    uint8_t language;
    uint32_t depth; /* of definitions inside it */
    bool used, open, read;
} definition;

typedef struct rule_build {
    build *b;
    VEC(definition) definitions;
    VEC(atom) atoms; /* of the test being read */
    VEC(char) strings;
    VEC(expression) expressions;
    VEC(uint32_t) attributes; /* strings, each once */
    bool short_of_memory;
} rule_build;

/* Offset of a string in SECTION_RULE_STRINGS. */
uint32_t rule_string(rule_build *r, str s);

/* ---- Scanning (rule_scan.c) ---- */

scanner scanner_of(reporter *reports, const rule_source *source, const source_line *lines, uint32_t count);

/* Reports an error at `at`, which is in the current line; with "; did you mean …" where `nearest` is not empty. Always
 * false. */
bool scan_fail(scanner *s, const char *at, str nearest, const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Goes to the next character that is no blank; false at the end. */
bool scan_next(scanner *s);
bool scan_peek(scanner *s, char c); /* … and is it this one? */
bool scan_take(scanner *s, char c); /* … then steps over it */
str scan_name(scanner *s);          /* letters, digits, - and _; where there is none, empty */

/* Behind an opening sign: up to the closing one on the same line; ptr NULL where it is missing (reported). */
str scan_until(scanner *s, char close);
/* The same with \" and \\ resolved. ptr NULL also where memory is short. */
str scan_string(scanner *s, arena *a);
bool scan_number(scanner *s, uint32_t *out); /* at most 9 digits */

/* ---- Reading ---- */

/* Reads the test of one token, in brackets or a single atom ("word", /re/, ~"lemma", @TYPE); pushes r->atoms. */
bool test_read(rule_build *r, scanner *s, bool *asks);
bool test_read_atom(rule_build *r, scanner *s, bool *asks);

/* Pushes the test for one word. */
bool test_push_word(rule_build *r, scanner *s, str text, bool fold);

/* Could the test hold for any token at all? */
bool test_possible(const rule_build *r, const atom *atoms, uint32_t count);

/* Reads a pattern of a language; NULL where something is wrong (it was reported) or memory is short
 * (r->short_of_memory). */
const pattern *pattern_read(rule_build *r, scanner *s, uint8_t language);

/* Reads what only other definitions might use, so that all errors are reported. */
void definitions_read(rule_build *r);

#endif
