/* Cues: small pieces of evidence for and against types, asked of every span that may be a name.
 *
 *                 before2  before │ first  each  last │ after  after2
 *     "… sagte    der      Bundeskanzlerin  Angela Merkel   am …"
 *
 * Each place of a span has a label (label.h). What the cues say that ask at one place only is summed up by label and
 * place; cues that ask at several are sets by label and place, of which a span's are the intersection. */
#ifndef MATCH_CUES_H
#define MATCH_CUES_H

#include "match/signature.h"
#include "model/rules.h"

typedef struct cue_reader cue_reader;

cue_reader *cues_new(const model *m, signatures *s, nerx_error *error);

/* Another document, for which the signatures have begun. */
void cues_begin(cue_reader *c);

/* Lets the cues testify for all spans of the document that may be names, and for every candidate there is; those that
 * have been asked are left alone. `explain`: each cue is a witness of its own, and candidates with hardly any points
 * are made, too. */
bool cues_testify(cue_reader *c, document *d, bool explain, nerx_error *error);

/* The same for candidates only, that came later. */
bool cues_testify_late(cue_reader *c, document *d, bool explain, nerx_error *error);

void cues_free(cue_reader *c); /* NULL is allowed */

#endif
