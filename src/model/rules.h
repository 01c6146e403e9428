/* Compiled rules as the stages see them: what a match is worth, which value and which relations it gives. */
#ifndef MODEL_RULES_H
#define MODEL_RULES_H

#include "model/model.h"

/* Strings are read with model_rule_string. */
typedef struct rule {
    uint32_t name, place;                /* place: "rules/de/person.rules:17" */
    uint32_t value;                      /* index into calls, or NERX_NONE */
    uint32_t first_relate, relate_count; /* into calls */
    uint16_t type;                       /* type id plus one, 0: the rule only relates */
    int16_t points;
    uint8_t language; /* LANGUAGE_NONE: common */
    uint8_t layer;    /* reserved: 0 */
    uint8_t pass;     /* MENTION_PASS for rules that ask for earlier mentions (@PER), RELATE_PASS if they only relate */
    uint8_t spare;
} rule;

/* `date(year, month, day)` or `relate holds-office(subject = it, office = office)`. */
typedef struct rule_call {
    uint32_t function; /* string */
    uint32_t first_argument, argument_count;
} rule_call;

typedef enum argument_kind {
    ARGUMENT_CAPTURE,
    ARGUMENT_IT,
    ARGUMENT_NUMBER,
    ARGUMENT_STRING,
    ARGUMENT_SPOKEN
} argument_kind;

typedef struct rule_argument {
    uint32_t key;   /* string: the role's name; "" for positional arguments */
    uint32_t kind;  /* argument_kind */
    uint32_t value; /* name id of the capture, the number (as int32_t), or string */
} rule_argument;

uint32_t model_rule_count(const model *m);
const rule *model_rule(const model *m, uint32_t index);
const rule_call *model_rule_call(const model *m, const rule *r, uint32_t index);
const rule_argument *model_rule_argument(const model *m, const rule *r, uint32_t index);
str model_rule_string(const model *m, const rule *r, uint32_t offset);
str model_rule_name(const model *m, const rule *r);
str model_name(const model *m, uint32_t name); /* of a capture */

/* Definitions (def) of all layers, for rules that are added. */
uint32_t model_macro_count(const model *m);
void model_macro(const model *m, uint32_t index, str *name, str *text, uint8_t *language);

/* The capture `name` of a match, or NULL. */
const capture *match_capture(const document *d, const rule_match *match, uint32_t name);

#endif
