/* The reports for people: the table, the confusion, the list of mistakes. */
#ifndef EVAL_REPORT_H
#define EVAL_REPORT_H

#include "eval/relations.h"
#include "write/out.h"

/* How much was read, what is not scored, and a row a type. */
void report_table(out *o, const eval_set *s, const eval_figures *f);

/* Precision, recall and F1 in each sense. */
void report_measures(out *o, const eval_figures *f);

/* Each only where the gold has some. */
void report_values(out *o, const eval_values *v);
void report_relations(out *o, const eval_relations *r);

/* Gold types down, found types across. */
bool report_confusion(out *o, const eval_set *s, const eval_figures *f, nerx_error *error);

/* Mistakes by cause: what was missing for the gold's, who spoke most for the wrong ones. Asks for losers and leaders.
 */
bool report_causes(out *o, const eval_set *s, const eval_figures *f, nerx_error *error);

/* Which mistakes are listed. */
typedef enum mistake {
    MISTAKE_NONE = 0,
    MISTAKE_MISSED = 1,   /* nothing overlaps it */
    MISTAKE_SPURIOUS = 2, /* nothing of the gold is there */
    MISTAKE_TYPE = 4,     /* another type, same or overlapping span */
    MISTAKE_BORDERS = 8,  /* the right type, other borders */
    MISTAKE_VALUE = 16,   /* the right type, another value */
    MISTAKE_ALL = 31
} mistake;

typedef struct mistake_filter {
    unsigned kinds;             /* MISTAKE_… */
    bool types[EVAL_MAX_TYPES]; /* of the gold or the found mention */
    bool any_type;              /* all types */
    bool mentions, relations;   /* which of the two */
} mistake_filter;

/* "missed,PER,LOC", "relations", or NULL for all. */
bool mistake_filter_parse(mistake_filter *filter, const eval_set *s, const char *text, nerx_error *error);

/* One mistake: where, what, its sentence with [gold] and {found}, and who testified. */
void report_mistakes(out *o, const eval_set *s, const mistake_filter *filter);
void report_relation_mistakes(out *o, const eval_set *s, const mistake_filter *filter);

#endif
