/* How often each witness (rule, list, cue, kind of recall) helped and hurt. */
#ifndef EVAL_TALLY_H
#define EVAL_TALLY_H

#include "eval/set.h"
#include "write/out.h"

typedef struct tally {
    str kind, name, detail; /* of a list, which counts as one, detail is empty */
    uint32_t fired;         /* spans it testified for or against, found or not */
    uint32_t helped;        /* right mentions it spoke for, wrong spans that were not found it spoke against */
    uint32_t hurt;          /* wrong mentions it spoke for, gold mentions not found it spoke against */
    uint32_t alone_right, alone_wrong; /* mentions nothing else spoke for */
} tally;

/* Zero is a valid empty table. */
typedef struct tally_table {
    VEC(tally) rows;
    uint32_t *slots; /* row plus one, by hash; 0: empty */
    uint32_t slot_count;
} tally_table;

/* The row, made where there is none yet; NULL if memory is short. Strings are copied into the arena. */
tally *tally_row(tally_table *t, arena *a, str kind, str name, str detail);

/* Adds an aligned document, extracted with losers kept; and its relations, where the gold has some. */
bool tally_document(tally_table *t, arena *a, const eval_set *s, const eval_document *d, const nerx_document *result,
                    nerx_error *error);

/* By kind, those that hurt most first; list entries that hurt most; then what never fired. Sorts the rows. */
void report_tallies(out *o, tally_table *t);

#endif
