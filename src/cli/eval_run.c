/* The scoring of nerx eval: reads the gold, extracts (or reads what another system found), aligns, counts. */
#include "base/error.h"
#include "cli/eval.h"
#include "eval/found.h"
#include "model/frame.h"

/* ---- Gold ---- */

/* Without a model, what another system found may be of any type. */
static bool is_known(const void *user, str type) {
    return !user || model_type_find(user, type) != NERX_NONE;
}

static bool read_gold(eval_run *r, nerx_error *error) {
    eval_set *s = &r->result.set;
    for (uint32_t i = 0; i < r->options->gold.count; i++) {
        if (!gold_read(s, r->options->gold.items[i], NULL, error)) return false;
    }
    if (!set_settle(s, is_known, r->model, error)) return false;
    for (uint32_t t = 0; t < s->types.count; t++) {
        if (set_is_scored(s, t)) return true;
    }
    return error_set(error, NERX_ERROR_ARGUMENT, "no label of the gold is a type of the model; see --map");
}

/* ---- What another system found ---- */

static bool read_found(eval_run *r, eval_counts *counts, nerx_error *error) {
    eval_set *s = &r->result.set;
    r->found.found = true;
    r->found.labels = s->labels;
    for (uint32_t i = 0; i < r->options->found.count; i++) {
        if (!gold_read(&r->found, r->options->found.items[i], s, error)) return false;
    }
    if (!set_take_found(s, &r->found, error)) return false;
    for (uint32_t i = 0; i < s->documents.count; i++) {
        eval_document *d = &s->documents.items[i];
        if (!set_split_lines(s, d, error) || !align(d, counts, error)) return false;
        if (d->gold.relates && !relations_align(d, error)) return false;
    }
    return true;
}

/* ---- What nerx finds ---- */

/* Frames say which relations may be turned round. */
static bool is_symmetric(const nerx_model *m, str type) {
    for (uint32_t l = 0; l < model_layer_count(m); l++) {
        const frame_layer *frames = model_frames(m, l);
        for (uint32_t i = 0; i < frames->frame_count; i++) {
            const frame *f = &frames->frames[i];
            if ((f->flags & FRAME_SYMMETRIC) && str_is(type, frames->strings + f->name)) return true;
        }
    }
    return false;
}

static bool take_relations(eval_run *r, eval_document *d, const nerx_document *result, nerx_error *error) {
    if (!d->gold.relates) return true;
    if (!found_take_relations(&r->result.set, d, result, error)) return false;
    for (uint32_t i = 0; i < d->found.relations.count; i++)
        d->found.relations.items[i].symmetric = is_symmetric(r->model, d->found.relations.items[i].type);
    return relations_align(d, error);
}

static bool extract_one(eval_run *r, nerx_extractor *extractor, eval_document *d, eval_counts *counts,
                        nerx_error *error) {
    const nerx_document *result = nerx_extract(extractor, d->text.ptr, d->text.len, d->date, error);
    if (!result) {
        nerx_error why = *error;
        *error = (nerx_error){0};
        return error_at(error, why.status, d->file.ptr, d->line, 0, STR(""), "%s", why.message);
    }
    eval_set *s = &r->result.set;
    bool list = r->options->list_mistakes || r->options->list_causes;
    return found_take(s, d, result, list, error) && align(d, counts, error) && take_relations(r, d, result, error) &&
           (!list || found_take_losers(s, d, result, error)) &&
           (!r->options->list_rules || tally_document(&r->tallies, &s->arena, s, d, result, error));
}

static bool is_related(const eval_set *s) {
    for (uint32_t i = 0; i < s->documents.count; i++) {
        if (s->documents.items[i].gold.relates) return true;
    }
    return false;
}

static bool extract_all(eval_run *r, eval_counts *counts, nerx_error *error) {
    eval_set *s = &r->result.set;
    nerx_options options = r->options->extract;
    options.keep_losers = r->options->list_mistakes || r->options->list_causes || r->options->list_rules;
    options.no_relations = !is_related(s);
    if (r->options->list_rules && !eval_add_witnesses(&r->tallies, &s->arena, r->model, is_related(s), error))
        return false;
    nerx_extractor *extractor = nerx_extractor_new(r->model, &options, error);
    bool done = extractor;
    for (uint32_t i = 0; done && i < s->documents.count; i++)
        done = extract_one(r, extractor, &s->documents.items[i], counts, error);
    nerx_extractor_free(extractor);
    return done;
}

bool eval_score(eval_run *r, nerx_error *error) {
    eval_counts counts[EVAL_MAX_TYPES] = {0};
    const eval_options *o = r->options;
    r->result.set.labels = &o->labels;
    return read_gold(r, error) &&
           (!o->list_mistakes || mistake_filter_parse(&r->filter, &r->result.set, o->mistakes, error)) &&
           (r->model ? extract_all(r, counts, error) : read_found(r, counts, error)) &&
           result_count(&r->result, counts, error);
}
