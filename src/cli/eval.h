/* What the files of `nerx eval` share. */
#ifndef CLI_EVAL_H
#define CLI_EVAL_H

#include "cli/cli.h"
#include "eval/compare.h"
#include "eval/report.h"
#include "eval/tally.h"

typedef struct eval_options {
    nerx_options extract;
    model_options model;
    label_map labels;
    const char *mistakes; /* "missed,PER" or NULL for all */
    const char *baseline;
    bool list_mistakes, list_causes, list_rules, confusion, measures, json;
    VEC(const char *) gates;
    VEC(const char *) found; /* files of another system's output */
    VEC(const char *) gold;
    arena arena;
} eval_options;

typedef struct eval_run {
    const eval_options *options;
    nerx_model *model;
    eval_result result;
    eval_set found; /* read from files */
    mistake_filter filter;
    tally_table tallies;
} eval_run;

/* Reads .bio, .conll, .jsonl (a document a line), .json (an article beside its .txt) or .ann (the same, brat). A
 * document without a text has that of `texts` with the same number, where that is not NULL. */
bool gold_read(eval_set *s, const char *path, const eval_set *texts, nerx_error *error);

/* An earlier run's JSON; strings lie in the arena. */
bool baseline_read(baseline *old, const char *path, arena *a, nerx_error *error);

/* A row for each rule, list, cue and, where they are asked for, relation. */
bool eval_add_witnesses(tally_table *t, arena *a, const nerx_model *m, bool relations, nerx_error *error);

/* Reads the gold, finds or reads what is found, aligns, counts. */
bool eval_score(eval_run *r, nerx_error *error);

#endif
