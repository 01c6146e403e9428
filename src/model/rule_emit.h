/* From pattern trees to programs. */
#ifndef MODEL_RULE_EMIT_H
#define MODEL_RULE_EMIT_H

#include "model/rule_parse.h"

/* The code of one rule; targets are relative to `first`. */
typedef struct rule_code {
    uint32_t first, count;
} rule_code;

/* A cue before its program is known: tests are indices into the emitter's tests. */
typedef struct cue_source {
    cue c;
    uint8_t language;
} cue_source;

typedef struct emitter {
    rule_build *r;
    uint32_t (*name_id)(void *context, str name);
    void *context;
    VEC(instruction) rules; /* code of all rules; their predicates are indices into `tests` */
    VEC(predicate) tests;   /* distinct */
    VEC(instruction) code;  /* what goes into the image */
    VEC(predicate) predicates;
    VEC(atom) atoms;
    VEC(program) programs;
    VEC(cue_source) cue_sources;
    VEC(uint32_t) topics; /* distinct tests at CUE_ABOUT */
    VEC(cue) cues;
    VEC(cue_points) cue_points;
} emitter;

/* Emits the code of one rule; false if memory is short (r->short_of_memory). */
bool emit_rule(emitter *e, const pattern *p, rule_code *out);

/* The number of a test among the distinct ones. */
uint32_t emit_test(emitter *e, const atom *atoms, uint32_t count);

/* Joins the rules of each language and pass to a program, and hands the sections to the build. False if memory is
 * short. */
bool emit_programs(emitter *e, const rule *rules, const rule_code *codes, uint32_t count);

#endif
