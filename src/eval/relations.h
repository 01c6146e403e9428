/* Values of dates and relations against the gold. */
#ifndef EVAL_RELATIONS_H
#define EVAL_RELATIONS_H

#include "eval/figures.h"

/* Values of mentions whose type has values in the gold. */
typedef struct eval_values {
    uint32_t gold;   /* gold mentions with a value */
    uint32_t found;  /* mentions found of such types */
    uint32_t paired; /* gold mentions with a value that were found, borders aside */
    uint32_t right;  /* of these, with the same value */
} eval_values;

/* Adds a document's; `valued` says by type number whether the gold gives it values. */
void values_count(eval_values *v, const eval_document *d, const bool *valued);
void values_types(const eval_set *s, bool *valued);

typedef struct eval_relation_row {
    str type; /* or "all" */
    uint32_t gold, found;
    uint32_t right;              /* type, subject and object */
    uint32_t marked;             /* of these, with the gold's modality and polarity, too */
    uint32_t roles, roles_right; /* of the right ones: the gold's other roles, and how many of them were found */
} eval_relation_row;

typedef struct eval_relations {
    VEC(eval_relation_row) rows; /* by type name; "all" comes last, where there is anything */
} eval_relations;

/* Pairs relations one to one: same type, subject and object mean the same (some mention of the one overlaps some
 * mention of the other, or the words are the same), and the text says it near where the gold has it. Where the gold has
 * no object, any will do. Sets `match` and `repeats`. */
bool relations_align(eval_document *d, nerx_error *error);

/* Counts all aligned documents whose gold has relations. */
bool relations_fill(eval_relations *r, eval_set *s, nerx_error *error);

/* Has what was found the modality and polarity that the gold asks for? */
bool relation_marks_agree(const eval_relation *gold, const eval_relation *found);

figure relation_figure(const eval_relation_row *row);
figure value_figure(const eval_values *v);

#endif
