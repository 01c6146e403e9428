/* Patterns of rules, read into trees. */
#ifndef MODEL_RULE_PARSE_H
#define MODEL_RULE_PARSE_H

#include "model/build.h"
#include "model/rule_image.h"

typedef enum node_kind {
    NODE_EMPTY,
    NODE_STEP,     /* atoms */
    NODE_NOT_NEXT, /* atoms */
    NODE_CONCAT,   /* first, second */
    NODE_OR,       /* first, second */
    NODE_REPEAT,   /* first, minimum, maximum (REPEAT_FOREVER) */
    NODE_CAPTURE,  /* name, first */
    NODE_MENTION,  /* first */
    NODE_START,
    NODE_END
} node_kind;

enum { REPEAT_FOREVER = 255, MAX_REPEAT = 16, MAX_MACRO_DEPTH = 16, MAX_GROUP_DEPTH = 32 };

typedef struct pattern pattern;
struct pattern {
    node_kind kind;
    const pattern *first, *second;
    uint32_t minimum, maximum;
    str name;
    const atom *atoms;
    uint32_t atom_count;
};

/* A `def` while rules are compiled. */
typedef struct definition {
    str name, text;
    const rule_source *source;
    const source_line *line;
    uint8_t language;
    bool used;
} definition;

typedef struct rule_build {
    build *b;
    VEC(definition) definitions;
    VEC(atom) atoms;
    VEC(char) strings;
    const rule_source *source;
    uint8_t language; /* of the rule being compiled */
    bool mentions;    /* the pattern asks for an earlier mention */
    bool failed;      /* something was reported */
    bool short_of_memory;
} rule_build;

/* Offset of a string in SECTION_RULE_STRINGS. */
uint32_t rule_string(rule_build *r, str s);

/* Reads a pattern; NULL where something is wrong (it was reported) or memory is short (r->short_of_memory). `line` is
 * where `text` begins. */
const pattern *pattern_read(rule_build *r, const source_line *line, str text);

#endif
