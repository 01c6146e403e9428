/* The line from text to relations: one function that reads like its table of contents. */
#include "pipeline/extractor.h"

#include <stdlib.h>

#include "base/error.h"
#include "match/acronyms.h"
#include "match/automaton.h"
#include "match/candidates.h"
#include "match/cues.h"
#include "match/lattice.h"
#include "match/recall.h"
#include "match/resolve.h"
#include "model/model.h"
#include "model/rule_image.h"
#include "model/stage_memory.h"
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
    signatures *signatures;
    tagger *tagger;
    cue_reader *cues;
    word_reader *words;
    stage_memory *memory;
    arena arena, lexicon; /* of one document; of its words, some of which outlive it */
    nerx_document result;
    bool keep_losers, no_relations;
    uint8_t language;
    stage_watch *watch;
    void *watcher;
};

static document *doc(nerx_extractor *x) {
    return &x->result.d;
}

static bool tokens(nerx_extractor *x, nerx_error *error) {
    return tokenize(doc(x), error);
}

static bool sentences(nerx_extractor *x, nerx_error *error) {
    if (!split_sentences(doc(x), error)) return false;
    vec_drop(&x->arena, &doc(x)->landmarks);
    return true;
}

static bool phrases(nerx_extractor *x, nerx_error *error) {
    return look_up(doc(x), error);
}

static bool rules(nerx_extractor *x, nerx_error *error) {
    document *d = doc(x);
    uint32_t tokens = d->tokens.count;
    if (!vec_reserve(d->arena, &d->matches, tokens / 4 + tokens / 16)) return error_memory(error);
    if (!vec_reserve(d->arena, &d->captures, tokens / 12)) return error_memory(error);
    return tagger_run(x->tagger, d, FIRST_PASS, error);
}

static bool candidates(nerx_extractor *x, nerx_error *error) {
    return collect_candidates(doc(x), error) && acronyms_testify(doc(x), error);
}

static bool cues(nerx_extractor *x, nerx_error *error) {
    return cues_testify(x->cues, doc(x), x->keep_losers, error);
}

static bool choice(nerx_extractor *x, nerx_error *error) {
    return resolve(doc(x), error);
}

/* Rules that ask for earlier mentions see those of the first round. */
static bool second_rules(nerx_extractor *x, nerx_error *error) {
    uint32_t first = doc(x)->matches.count;
    return tagger_run(x->tagger, doc(x), MENTION_PASS, error) && collect_matches(doc(x), first, error);
}

static bool names_again(nerx_extractor *x, nerx_error *error) {
    return recall(doc(x), error);
}

static bool late_cues(nerx_extractor *x, nerx_error *error) {
    return cues_testify_late(x->cues, doc(x), x->keep_losers, error);
}

/* By what candidates are found and chosen. */
static void drop_search(document *d) {
    arena_drop(d->arena, d->candidate_heads);
    d->candidate_heads = NULL;
    vec_drop(d->arena, &d->listed);
    vec_drop(d->arena, &d->capitals);
}

/* Rules that only relate see the mentions that are left. */
static bool relating_rules(nerx_extractor *x, nerx_error *error) {
    drop_search(doc(x));
    return x->no_relations || tagger_run(x->tagger, doc(x), RELATE_PASS, error);
}

static bool dates(nerx_extractor *x, nerx_error *error) {
    return normalize_dates(doc(x), error);
}

static bool entities(nerx_extractor *x, nerx_error *error) {
    return link_entities(doc(x), error);
}

static bool relations(nerx_extractor *x, nerx_error *error) {
    return x->no_relations || relate(doc(x), x->words, error);
}

static bool result(nerx_extractor *x, nerx_error *error) {
    return result_fill(&x->result, x->keep_losers, error);
}

/* The line, in its order. */
static const struct {
    const char *name;
    bool (*run)(nerx_extractor *, nerx_error *);
} stages[] = {
    {"tokens", tokens},         {"sentences", sentences}, {"phrases", phrases},      {"rules", rules},
    {"candidates", candidates}, {"cues", cues},           {"choice", choice},        {"second rules", second_rules},
    {"recall", names_again},    {"late cues", late_cues}, {"second choice", choice}, {"relating rules", relating_rules},
    {"dates", dates},           {"entities", entities},   {"relations", relations},  {"result", result},
};

static bool run(nerx_extractor *x, nerx_error *error) {
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        if (!stages[i].run(x, error)) return false;
        /* a stage may go on without what it could not write */
        if (x->arena.failed || x->lexicon.failed || x->memory->arena.failed) return error_memory(error);
        if (x->watch) x->watch(x->watcher, stages[i].name);
    }
    return true;
}

void extractor_watch(nerx_extractor *x, stage_watch *watch, void *user) {
    x->watch = watch;
    x->watcher = user;
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
    lexicon_open(&x->result.d.lexicon, &x->lexicon, model_vocab(m), model_layer_count(m));
    x->signatures = signatures_new(m, error);
    if (x->signatures) x->tagger = tagger_new(m, x->signatures, error);
    if (x->tagger) x->cues = cues_new(m, x->signatures, error);
    if (x->cues) x->words = word_reader_new(error);
    if (x->words) x->memory = stage_memory_new(error);
    if (!x->memory) {
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
    lexicon words = x->result.d.lexicon;
    x->result = (nerx_document){.d.lexicon = words};
    document *d = &x->result.d;
    d->arena = &x->arena;
    d->model = x->model;
    d->memory = x->memory;
    d->text = (str){text, length};
    d->forced_language = x->language;
    lexicon_begin(&d->lexicon);
    stage_memory_begin(x->memory, &d->lexicon);
    signatures_begin(x->signatures, d->lexicon.generation);
    tagger_begin(x->tagger);
    cues_begin(x->cues);
    if (set_date(d, date, error) && run(x, error)) return &x->result;
    lexicon_forget(&d->lexicon);
    return NULL;
}

void nerx_extractor_free(nerx_extractor *x) {
    if (!x) return;
    tagger_free(x->tagger);
    signatures_free(x->signatures);
    cues_free(x->cues);
    word_reader_free(x->words);
    stage_memory_free(x->memory);
    arena_free(&x->arena);
    arena_free(&x->lexicon);
    free(x);
}
