/* The line from text to relations: one function that reads like its table of contents. */
#include <stdlib.h>

#include "base/error.h"
#include "match/automaton.h"
#include "match/candidates.h"
#include "match/cues.h"
#include "match/lattice.h"
#include "match/recall.h"
#include "match/resolve.h"
#include "model/model.h"
#include "norm/calendar.h"
#include "norm/dates.h"
#include "norm/entities.h"
#include "pipeline/result.h"
#include "relate/relate.h"
#include "text/sentence.h"
#include "text/token.h"
#include "text/utf8.h"

struct nerx_extractor {
    const model *model;
    tagger *tagger;
    cue_reader *cues;
    arena arena;
    nerx_document result;
    bool keep_losers, no_relations;
    uint8_t language;
};

enum { FIRST_PASS = 0, MENTION_PASS = 1 };

static bool tag(nerx_extractor *x, unsigned pass, nerx_error *error) {
    document *d = &x->result.d;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        if (!tagger_run(x->tagger, d, s, pass, error)) return false;
    }
    return true;
}

/* Rules that ask for earlier mentions see those of the first round. */
static bool second_round(nerx_extractor *x, nerx_error *error) {
    document *d = &x->result.d;
    uint32_t first = d->matches.count;
    return tag(x, MENTION_PASS, error) && collect_matches(d, first, error) && recall(d, error) &&
           cues_testify_late(x->cues, d, x->keep_losers, error) && resolve(d, error);
}

static bool run(nerx_extractor *x, nerx_error *error) {
    document *d = &x->result.d;
    return tokenize(d, error) && split_sentences(d, error) && look_up(d, error) && tag(x, FIRST_PASS, error) &&
           collect_candidates(d, error) && cues_testify(x->cues, d, x->keep_losers, error) && resolve(d, error) &&
           second_round(x, error) && normalize_dates(d, error) && link_entities(d, error) &&
           (x->no_relations || relate(d, error)) && result_fill(&x->result, x->keep_losers, error);
}

static bool set_date(document *d, const char *date, nerx_error *error) {
    if (!date) return true;
    if (!calendar_parse(str_of(date), &d->date))
        return error_set(error, NERX_ERROR_ARGUMENT, "'%s' is no date of the form YYYY-MM-DD", date);
    d->date_source = "option";
    return true;
}

nerx_extractor *nerx_extractor_new(const nerx_model *m, const nerx_options *options, nerx_error *error) {
    static const nerx_options defaults = {0};
    if (!options) options = &defaults;
    uint32_t language = LANGUAGE_NONE;
    if (options->language) language = model_language_find(m, str_of(options->language));
    if (options->language && language == NERX_NONE) {
        error_set(error, NERX_ERROR_ARGUMENT, "the model has no language '%s'", options->language);
        return NULL;
    }
    nerx_extractor *x = calloc(1, sizeof *x);
    if (!x) {
        error_memory(error);
        return NULL;
    }
    x->model = m;
    x->language = (uint8_t)language;
    x->keep_losers = options->keep_losers;
    x->no_relations = options->no_relations;
    x->tagger = tagger_new(m, error);
    if (x->tagger) x->cues = cues_new(m, error);
    if (!x->cues) {
        nerx_extractor_free(x);
        return NULL;
    }
    return x;
}

const nerx_document *nerx_extract(nerx_extractor *x, const char *text, size_t length, const char *date,
                                  nerx_error *error) {
    if (length > NERX_MAX_TEXT) {
        error_set(error, NERX_ERROR_LIMIT, "the text has %zu bytes, the limit is %zu", length, NERX_MAX_TEXT);
        return NULL;
    }
    size_t bad;
    if (!nerx_utf8_valid(text, length, &bad)) {
        error_set(error, NERX_ERROR_ENCODING, "not UTF-8 at byte %zu", bad);
        if (error) error->offset = bad;
        return NULL;
    }
    arena_reset(&x->arena);
    x->result = (nerx_document){0};
    document *d = &x->result.d;
    d->arena = &x->arena;
    d->model = x->model;
    d->text = (str){text, length};
    d->forced_language = x->language;
    tagger_begin(x->tagger);
    cues_begin(x->cues);
    lexicon_open(&d->lexicon, d->arena, model_vocab(d->model), model_layer_count(d->model));
    if (!set_date(d, date, error) || !run(x, error)) return NULL;
    return &x->result;
}

void nerx_extractor_free(nerx_extractor *x) {
    if (!x) return;
    tagger_free(x->tagger);
    cues_free(x->cues);
    arena_free(&x->arena);
    free(x);
}
