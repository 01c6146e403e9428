/* nerx eval: scores against annotated samples. */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/gold.h"
#include "eval/found.h"
#include "eval/report.h"
#include "model/frame.h"

typedef struct eval_options {
    nerx_options extract;
    model_options model;
    const char *mistakes;
    bool list_mistakes, confusion;
    label_map labels;
    arena arena;
} eval_options;

typedef struct session {
    const eval_options *options;
    nerx_model *model;
    eval_set set;
    eval_figures figures;
    eval_values values;
    eval_relations relations;
    mistake_filter filter;
} session;

/* ---- Running ---- */

static bool is_known(const void *user, str type) {
    return model_type_find(user, type) != NERX_NONE;
}

static bool read_gold(session *s, char **paths, int count, nerx_error *error) {
    for (int i = 0; i < count; i++) {
        if (!gold_read(&s->set, paths[i], error)) return false;
    }
    if (!set_settle(&s->set, is_known, s->model, error)) return false;
    for (uint32_t t = 0; t < s->set.types.count; t++) {
        if (set_is_scored(&s->set, t)) return true;
    }
    return error_set(error, NERX_ERROR_ARGUMENT, "no label of the gold is a type of the model; see --map");
}

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

static bool take_relations(session *s, eval_document *d, const nerx_document *result, nerx_error *error) {
    if (!d->gold.relates) return true;
    if (!found_take_relations(&s->set, d, result, error)) return false;
    for (uint32_t i = 0; i < d->found.relations.count; i++)
        d->found.relations.items[i].symmetric = is_symmetric(s->model, d->found.relations.items[i].type);
    return relations_align(d, error);
}

static bool extract_one(session *s, nerx_extractor *extractor, eval_document *d, eval_counts *counts,
                        nerx_error *error) {
    const nerx_document *result = nerx_extract(extractor, d->text.ptr, d->text.len, d->date, error);
    if (!result) return error_at(error, error->status, d->file.ptr, d->line, 0, STR(""), "%s", error->message);
    bool list = s->options->list_mistakes;
    return found_take(&s->set, d, result, list, error) && align(d, counts, error) &&
           take_relations(s, d, result, error) && (!list || found_take_losers(&s->set, d, result, error));
}

static bool is_related(const eval_set *s) {
    for (uint32_t i = 0; i < s->documents.count; i++) {
        if (s->documents.items[i].gold.relates) return true;
    }
    return false;
}

static bool extract_all(session *s, eval_counts *counts, nerx_error *error) {
    nerx_options options = s->options->extract;
    options.keep_losers = s->options->list_mistakes;
    options.no_relations = !is_related(&s->set);
    nerx_extractor *extractor = nerx_extractor_new(s->model, &options, error);
    bool done = extractor;
    for (uint32_t i = 0; done && i < s->set.documents.count; i++)
        done = extract_one(s, extractor, &s->set.documents.items[i], counts, error);
    nerx_extractor_free(extractor);
    return done;
}

static bool score(session *s, nerx_error *error) {
    eval_counts counts[EVAL_MAX_TYPES] = {0};
    bool valued[EVAL_MAX_TYPES] = {0};
    if (!extract_all(s, counts, error)) return false;
    values_types(&s->set, valued);
    for (uint32_t i = 0; i < s->set.documents.count; i++)
        values_count(&s->values, &s->set.documents.items[i], valued);
    return figures_fill(&s->figures, &s->set, counts, error) && relations_fill(&s->relations, &s->set, error);
}

static bool report(session *s, nerx_error *error) {
    out o;
    if (!out_open(&o, write_output, NULL, STR(""), NERX_BYTES)) return error_memory(error);
    report_table(&o, &s->set, &s->figures);
    report_values(&o, &s->values);
    report_relations(&o, &s->relations);
    bool reported = !s->options->confusion || report_confusion(&o, &s->set, &s->figures, error);
    if (s->options->list_mistakes) report_mistakes(&o, &s->set, &s->filter);
    errno = 0;
    if (out_close(&o)) return reported;
    return error_set(error, NERX_ERROR_IO, "standard output: %s", strerror(errno));
}

static int evaluate(const eval_options *o, char **paths, int count) {
    nerx_error error = {0};
    size_t reports = 0;
    session s = {.options = o, .set.labels = &o->labels};
    s.model = open_model(&o->model, &reports, &error);
    bool done = s.model && read_gold(&s, paths, count, &error) &&
                (!o->list_mistakes || mistake_filter_parse(&s.filter, &s.set, o->mistakes, &error)) &&
                score(&s, &error) && report(&s, &error);
    if (!done && !reports) message_error(&error);
    nerx_model_close(s.model);
    set_free(&s.set);
    if (done) return EXIT_DONE;
    return reports ? EXIT_COMPILE : exit_status(&error);
}

/* ---- Options ---- */

enum { OPTION_MAP = 256, OPTION_ERRORS, OPTION_CONFUSION };

static const struct option long_options[] = {
    {"language", required_argument, NULL, 'l'},         {"model", required_argument, NULL, 'm'},
    {"gazetteer", required_argument, NULL, 'g'},        {"rules", required_argument, NULL, 'r'},
    {"map", required_argument, NULL, OPTION_MAP},       {"errors", optional_argument, NULL, OPTION_ERRORS},
    {"confusion", no_argument, NULL, OPTION_CONFUSION}, {0},
};

static int set_option(eval_options *o, int c, char **argv) {
    nerx_error error = {0};
    switch (c) {
    case 'l': o->extract.language = strcmp(optarg, "auto") == 0 ? NULL : optarg; return EXIT_DONE;
    case 'm': o->model.path = optarg; return EXIT_DONE;
    case 'g':
    case 'r':
        if (sources_add(&o->model.added, optarg, &error)) return EXIT_DONE;
        message_error(&error);
        return EXIT_TROUBLE;
    case OPTION_MAP:
        if (labels_add(&o->labels, &o->arena, optarg, &error)) return EXIT_DONE;
        return message_usage("eval: --map: %s", error.message);
    case OPTION_ERRORS:
        o->list_mistakes = true;
        o->mistakes = optarg;
        return EXIT_DONE;
    case OPTION_CONFUSION: o->confusion = true; return EXIT_DONE;
    default: return message_option("eval: ", c, argv, long_options);
    }
}

int command_eval(int argc, char **argv) {
    eval_options o = {0};
    int status = EXIT_DONE;
    opterr = 0;
    for (int c; status == EXIT_DONE && (c = getopt_long(argc, argv, ":l:m:g:r:", long_options, NULL)) != -1;)
        status = set_option(&o, c, argv);
    if (status == EXIT_DONE && optind == argc) status = message_usage("eval: no gold file is given");
    if (status == EXIT_DONE) status = evaluate(&o, argv + optind, argc - optind);
    sources_free(&o.model.added);
    arena_free(&o.arena);
    return status;
}
