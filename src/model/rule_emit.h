/* From pattern trees to programs. */
#ifndef MODEL_RULE_EMIT_H
#define MODEL_RULE_EMIT_H

#include "model/rule_parse.h"

typedef struct emitter {
    rule_build *r;
    uint32_t (*name_id)(void *context, str name);
    void *context;
    VEC(instruction) code;
    VEC(predicate) predicates;
    VEC(atom) atoms;
    VEC(program) programs;
    uint32_t first_predicate; /* of the program being emitted */
} emitter;

/* Emits one program for each language and pass, and hands the sections to the build. False if memory is short. */
bool emit_programs(emitter *e, const rule *rules, const pattern *const *patterns, uint32_t count);

#endif
