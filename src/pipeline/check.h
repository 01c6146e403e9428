/* Examples of rules and frames, run through the whole line. */
#ifndef PIPELINE_CHECK_H
#define PIPELINE_CHECK_H

#include "model/rule_source.h"
#include "pipeline/result.h"

typedef struct checker {
    const nerx_model *model;
    nerx_extractor **extractors; /* by language; the last decides for itself */
    arena arena;                 /* of the source at hand */
    reporter reports;
    const rule_source *source;
    size_t passed, failed;
    bool stopped; /* the run itself failed: c->error */
    nerx_error *error;
} checker;

/* The result for an example; NULL where the example cannot be run (counted as failed), or the run fails (c->stopped).
 */
const nerx_document *check_extract(checker *c, const example *e, uint32_t language);

/* Counts an example as passed or as failed; a failure is reported at `at` in its line. */
void check_pass(checker *c);
void check_fail(checker *c, const example *e, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* One example of a rule or of a frame. False only where the run fails. */
bool check_rule_example(checker *c, const example *e, uint32_t rule_index);
bool check_frame_example(checker *c, const example *e, str frame, uint32_t language);

/* Warns of each entry of a list that is also an ordinary word. False where memory is short. */
bool check_list(checker *c, const nerx_source *s);

#endif
