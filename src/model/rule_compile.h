/* A run of the rule compiler. */
#ifndef MODEL_RULE_COMPILE_H
#define MODEL_RULE_COMPILE_H

#include "model/rule_emit.h"

typedef struct rule_compiler {
    rule_build r;
    emitter e;
    VEC(rule_source) files;
    VEC(uint8_t) file_languages;
    VEC(rule) rules;
    VEC(rule_code) codes; /* one a rule */
    VEC(rule_call) calls;
    VEC(rule_argument) arguments;
    VEC(uint32_t) names;
    VEC(macro) macros;
    const rule_source *source; /* being read */
} rule_compiler;

/* The id of a capture's name; those of lower layers come first. */
uint32_t rule_name_id(void *compiler, str name);

/* Reads "value f(…)" or "relate f(role = …)" behind its keyword; `code` is the rule's, to know its captures. The index
 * of the call, or NERX_NONE where it is wrong (reported) or memory is short. */
uint32_t call_read(rule_compiler *c, scanner *s, bool relates, const rule_code *code);

/* Reads one cue, or what spans cues look at; reports what is wrong. False only if memory is short. */
bool cue_read(rule_compiler *c, const source_block *block, uint8_t language);

/* Reads one rule; reports what is wrong. False only if memory is short. */
bool rule_read(rule_compiler *c, const source_block *block, uint8_t language);

#endif
