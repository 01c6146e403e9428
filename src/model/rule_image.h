/* How rules lie in the image: programs, their code, predicates, and what matches are worth. */
#ifndef MODEL_RULE_IMAGE_H
#define MODEL_RULE_IMAGE_H

#include "model/expressions.h"
#include "model/image.h"
#include "model/rules.h"

/* Atoms of a predicate, in postfix order: operands push a truth value, operators take one or two. */
typedef enum atom_kind {
    ATOM_ANY,
    ATOM_CLASS,   /* a: class id (NERX_NONE: any), b: features, c: attribute "key" or "key=value" (string; 0: none) */
    ATOM_SHAPE,   /* a: SHAPE_ bits, all */
    ATOM_PLACE,   /* a: TOKEN_ bits, all */
    ATOM_MARK,    /* a: MARK_ bits, all */
    ATOM_KNOWN,   /* has a reading */
    ATOM_WORD,    /* a: word id */
    ATOM_FOLD,    /* a: word id of the folded word */
    ATOM_LEMMA,   /* a: word id */
    ATOM_REGEX,   /* a: expression */
    ATOM_MENTION, /* a: type id */
    ATOM_NOT,
    ATOM_AND,
    ATOM_OR,
    ATOM_KIND_COUNT
} atom_kind;

typedef struct atom {
    uint32_t kind, a, b, c;
} atom;

enum { MAX_TEST_DEPTH = 128 }; /* truth values waiting in a predicate */

typedef struct predicate {
    uint32_t first, count; /* atoms */
} predicate;

typedef enum opcode {
    OP_STEP,     /* a: predicate of the program: one token or phrase */
    OP_SPLIT,    /* a: preferred, b: other */
    OP_JUMP,     /* a */
    OP_OPEN,     /* a: name id; begins a capture */
    OP_CLOSE,    /* a: name id */
    OP_MENTION,  /* a: 0 begins the mention, 1 ends it */
    OP_START,    /* ^ */
    OP_END,      /* $ */
    OP_NOT_NEXT, /* a: predicate: nothing follows, or no token or phrase for which it holds */
    OP_NOT_LAST, /* the same of what comes before */
    OP_MATCH,    /* a: rule id */
    OP_COUNT
} opcode;

typedef struct instruction {
    uint32_t op, a, b;
} instruction;

/* All rules of one language and pass. Branch targets are relative to first_code. */
typedef struct program {
    uint32_t language, pass;
    uint32_t first_code, code_count;
    uint32_t first_predicate, predicate_count;
    uint32_t first_cue, cue_count; /* of pass CUE_PASS only */
} program;

/* Where a cue asks: two tokens before the span, the one before, its first, all of its tokens, its last, the one after,
 * two after; the span as a phrase (or its only token); what the document is about: a token in every sixth sentence. */
typedef enum cue_place {
    CUE_BEFORE2,
    CUE_BEFORE,
    CUE_FIRST,
    CUE_EACH,
    CUE_LAST,
    CUE_AFTER,
    CUE_AFTER2,
    CUE_WHOLE,
    CUE_PLACES,
    CUE_ABOUT = CUE_PLACES,
    CUE_TESTS
} cue_place;

enum {
    CUE_SINGLE = 1, /* spans of one token only */
    CUE_MULTI = 2,  /* spans of several tokens only */
    CUE_SPANS = 4   /* no cue: says which spans are looked at (first, each, last) */
};

/* Rules of all passes but the first see earlier mentions. */
enum { FIRST_PASS, MENTION_PASS, CUE_PASS, RELATE_PASS, PASS_COUNT };
enum { MOST_TOPICS = 63 /* tests at CUE_ABOUT in one program */ };
#define CUE_NO_TEST UINT32_MAX

/* What speaks a little for or against types, wherever a span may stand. */
typedef struct cue {
    uint32_t text, file, line; /* strings; what the cue asks, as it is written */
    uint32_t tests[CUE_TESTS]; /* predicate of the program, or CUE_NO_TEST */
    uint32_t flags;
    uint32_t first_points, points_count;
} cue;

typedef struct cue_points {
    uint32_t type; /* type id */
    int32_t points;
} cue_points;

/* A `def`, for layers above: its name and pattern. */
typedef struct macro {
    uint32_t name, text, language;
} macro;

/* The sections of one layer. */
typedef struct rule_layer {
    const rule *rules;
    const uint32_t *names;
    const rule_call *calls;
    const rule_argument *arguments;
    const program *programs;
    const instruction *code;
    const predicate *predicates;
    const atom *atoms;
    const macro *macros;
    const cue *cues;
    const cue_points *cue_points;
    const char *strings;
    uint32_t rule_count, name_count, call_count, argument_count, program_count, code_count, predicate_count, atom_count,
        macro_count, cue_count, cue_points_count, string_count;
    uint32_t first_rule, first_name, first_cue;
    expression_set expressions;
} rule_layer;

/* Fills the view; unless trusted, checks every index. */
bool rules_open(rule_layer *out, const image *i, const model *m, bool trusted, const char *path, nerx_error *error);

uint32_t model_name_count(const model *m);

/* A cue by its number through all layers, and a string of its layer. */
const cue *model_cue(const model *m, uint32_t index);
str model_cue_string(const model *m, uint32_t index, uint32_t offset);

#endif
