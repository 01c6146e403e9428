/* nerx eval: scores against annotated samples. */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "base/error.h"
#include "cli/eval.h"
#include "eval/gate.h"
#include "eval/json.h"

/* ---- Reports ---- */

static bool write_reports(out *o, eval_run *r, nerx_error *error) {
    const eval_options *options = r->options;
    const eval_result *result = &r->result;
    baseline old;
    arena a = {0};
    bool read = !options->baseline || baseline_read(&old, options->baseline, &a, error);
    bool written = read;
    if (read && options->json) written = json_results(o, result, error);
    if (read && !options->json) {
        report_table(o, &result->set, &result->figures);
        report_values(o, &result->values);
        report_relations(o, &result->relations);
    }
    if (written && options->measures) report_measures(o, &result->figures);
    if (written && options->confusion) written = report_confusion(o, &result->set, &result->figures, error);
    if (written && options->baseline) written = report_changes(o, result, &old, error);
    if (written && options->list_causes) written = report_causes(o, &result->set, &result->figures, error);
    if (written && options->list_mistakes) {
        report_mistakes(o, &result->set, &r->filter);
        report_relation_mistakes(o, &result->set, &r->filter);
    }
    if (written && options->list_rules) report_tallies(o, &r->tallies);
    arena_free(&a);
    return written;
}

/* A nerx_sink that keeps why it failed: what comes after changes errno. */
static bool write_or_tell(void *why, const char *bytes, size_t length) {
    if (write_output(NULL, bytes, length)) return true;
    *(int *)why = errno;
    return false;
}

static bool report(eval_run *r, nerx_error *error) {
    out o;
    int why = 0;
    if (!out_open(&o, write_or_tell, &why, STR(""), NERX_BYTES)) return error_memory(error);
    bool written = write_reports(&o, r, error);
    if (out_close(&o)) return written;
    return error_set(error, NERX_ERROR_IO, "standard output: %s", strerror(why));
}

/* All of them are looked at, so that all that fail are told. */
static bool check_gates(const eval_run *r, bool *hold, nerx_error *error) {
    *hold = true;
    for (uint32_t i = 0; i < r->options->gates.count; i++) {
        const char *gate = r->options->gates.items[i];
        bool holds;
        double value;
        if (!gate_check(&r->result, gate, &holds, &value, error)) return false;
        if (holds) continue;
        str name = gate_figure(gate);
        message("gate failed: %s, but %.*s is %.4f", gate, (int)name.len, name.ptr, value);
        *hold = false;
    }
    return true;
}

static int evaluate(const eval_options *o) {
    nerx_error error = {0};
    size_t reports = 0;
    bool hold = true;
    eval_run r = {.options = o};
    if (!o->found.count) r.model = open_model(&o->model, &reports, &error);
    bool done =
        (r.model || o->found.count) && eval_score(&r, &error) && report(&r, &error) && check_gates(&r, &hold, &error);
    if (!done && !reports) message_error(&error);
    nerx_model_close(r.model);
    set_free(&r.result.set);
    set_free(&r.found);
    if (done) return hold ? EXIT_DONE : EXIT_GATE;
    return reports ? EXIT_COMPILE : exit_status(&error);
}

/* ---- Options ---- */

enum {
    OPTION_MAP = 256,
    OPTION_ERRORS,
    OPTION_CONFUSION,
    OPTION_CAUSES,
    OPTION_MEASURES,
    OPTION_FOUND,
    OPTION_JSON,
    OPTION_GATE,
    OPTION_BASELINE,
    OPTION_RULES
};

static const struct option long_options[] = {
    {"language", required_argument, NULL, 'l'},
    {"model", required_argument, NULL, 'm'},
    {"gazetteer", required_argument, NULL, 'g'},
    {"rules", no_argument, NULL, OPTION_RULES},
    {"map", required_argument, NULL, OPTION_MAP},
    {"errors", optional_argument, NULL, OPTION_ERRORS},
    {"confusion", no_argument, NULL, OPTION_CONFUSION},
    {"causes", no_argument, NULL, OPTION_CAUSES},
    {"measures", no_argument, NULL, OPTION_MEASURES},
    {"found", required_argument, NULL, OPTION_FOUND},
    {"json", no_argument, NULL, OPTION_JSON},
    {"gate", required_argument, NULL, OPTION_GATE},
    {"baseline", required_argument, NULL, OPTION_BASELINE},
    {0},
};

static int out_of_memory(void) {
    nerx_error error = {0};
    error_memory(&error);
    message_error(&error);
    return EXIT_TROUBLE;
}

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
    case OPTION_CAUSES: o->list_causes = true; return EXIT_DONE;
    case OPTION_MEASURES: o->measures = true; return EXIT_DONE;
    case OPTION_FOUND: return vec_push(&o->arena, &o->found, optarg) ? EXIT_DONE : out_of_memory();
    case OPTION_JSON: o->json = true; return EXIT_DONE;
    case OPTION_GATE: return vec_push(&o->arena, &o->gates, optarg) ? EXIT_DONE : out_of_memory();
    case OPTION_RULES: o->list_rules = true; return EXIT_DONE;
    case OPTION_BASELINE: o->baseline = optarg; return EXIT_DONE;
    default: return message_option("eval: ", c, argv, long_options);
    }
}

static int run(eval_options *o, int argc, char **argv) {
    int status = EXIT_DONE;
    opterr = 0;
    for (int c; status == EXIT_DONE && (c = getopt_long(argc, argv, ":l:m:g:r:", long_options, NULL)) != -1;)
        status = set_option(o, c, argv);
    if (status != EXIT_DONE) return status;
    for (int i = optind; i < argc; i++) {
        if (!vec_push(&o->arena, &o->gold, argv[i])) return out_of_memory();
    }
    if (!o->gold.count) return message_usage("eval: no gold file is given");
    bool lists = o->list_mistakes || o->list_causes || o->list_rules;
    if (o->json && (lists || o->confusion || o->measures || o->baseline))
        return message_usage("eval: --json goes without other reports");
    if (o->found.count && (o->list_rules || o->list_causes))
        return message_usage("eval: --rules and --causes ask nerx, not what --found names");
    return evaluate(o);
}

int command_eval(int argc, char **argv) {
    eval_options o = {0};
    int status = run(&o, argc, argv);
    sources_free(&o.model.added);
    arena_free(&o.arena);
    return status;
}
