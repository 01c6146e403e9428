/* nerx [FILE…]: extracts and writes, document after document. */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/documents.h"
#include "model/model.h"
#include "model/rule_source.h"
#include "norm/calendar.h"

typedef struct extract_options {
    nerx_options extract;
    nerx_write_options write;
    nerx_format format;
    bool format_given, jsonl, repair;
    const char *date;
    model_options model;
} extract_options;

typedef struct session {
    const extract_options *options;
    nerx_extractor *extractor;
    nerx_format format;
    int status;
    bool stopped; /* the output is gone */
} session;

static int report_error(session *s, const input_document *in, nerx_error *error) {
    message_file(in->name, error);
    errno = 0;
    if (s->format != NERX_JSONL || documents_write_error(in, error)) return EXIT_TROUBLE;
    s->stopped = true;
    return message_output();
}

/* Extracts from one text and writes it; a bad document is reported, and the others go on. */
static void extract_one(void *user, const input_document *in) {
    session *s = user;
    const extract_options *o = s->options;
    nerx_error error = in->error;
    const char *text = in->text;
    size_t length = in->length;
    char *repaired = NULL;
    if (error.status == NERX_OK && o->repair && !nerx_utf8_valid(text, length, &length)) {
        repaired = nerx_utf8_repair(text, in->length, &length, &error);
        text = repaired;
    }
    const nerx_document *result = NULL;
    if (error.status == NERX_OK)
        result = nerx_extract(s->extractor, text, length, in->date ? in->date : o->date, &error);
    if (!result) {
        s->status = report_error(s, in, &error);
    } else {
        nerx_write_options write = o->write;
        write.id = in->id;
        errno = 0;
        if (!nerx_write(result, s->format, &write, write_output, NULL, &error)) {
            s->status = message_output();
            s->stopped = true;
        }
    }
    free(repaired);
}

/* --types names types of the model, its own or those of added rules. */
static bool types_known(const nerx_model *m, const char *types, nerx_error *error) {
    str names[32];
    uint32_t count = 0;
    for (; count < model_type_count(m) && count < sizeof names / sizeof *names; count++)
        names[count] = model_type_name(m, count);
    for (str rest = str_of(types); rest.ptr;) {
        str type = str_trim(str_cut(&rest, ','));
        if (model_type_find(m, type) != NERX_NONE) continue;
        str near = nearest_name(type, names, count);
        return error_set(error, NERX_ERROR_ARGUMENT, "--types: the model has no type '%.*s'%s%.*s%s", (int)type.len,
                         type.ptr, near.len ? "; did you mean '" : "", (int)near.len, near.len ? near.ptr : "",
                         near.len ? "'?" : "");
    }
    return true;
}

static int extract(const extract_options *o, char **files, int count) {
    static char *standard[] = {"-"};
    nerx_error error = {0};
    size_t reports = 0;
    nerx_model *m = open_model(&o->model, &reports, &error);
    session s = {.options = o, .format = o->format};
    if (!o->format_given && (o->jsonl || count > 1)) s.format = NERX_JSONL;
    if (m && types_known(m, o->write.types, &error)) s.extractor = nerx_extractor_new(m, &o->extract, &error);
    if (!s.extractor) {
        if (!reports) message_error(&error);
        s.status = reports ? EXIT_COMPILE : exit_status(&error);
    }
    for (int i = 0; s.extractor && !s.stopped && i < (count ? count : 1); i++) {
        const char *path = count ? files[i] : standard[0];
        if (o->jsonl) {
            documents_read_lines(path, extract_one, &s, &s.stopped);
        } else {
            documents_read_file(path, count > 1, extract_one, &s);
        }
    }
    nerx_extractor_free(s.extractor);
    nerx_model_close(m);
    return s.status;
}

static bool set_offsets(extract_options *o, const char *name) {
    static const char *const names[] = {"codepoints", "bytes", "utf16"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) != 0) continue;
        o->write.offsets = (nerx_offsets)i;
        return true;
    }
    return false;
}

enum {
    OPTION_DATE = 256,
    OPTION_TYPES,
    OPTION_OFFSETS,
    OPTION_EVIDENCE,
    OPTION_JSONL,
    OPTION_REPAIR,
    OPTION_NO_RELATIONS
};

static const struct option long_options[] = {
    {"format", required_argument, NULL, 'f'},
    {"language", required_argument, NULL, 'l'},
    {"date", required_argument, NULL, OPTION_DATE},
    {"types", required_argument, NULL, OPTION_TYPES},
    {"offsets", required_argument, NULL, OPTION_OFFSETS},
    {"evidence", no_argument, NULL, OPTION_EVIDENCE},
    {"jsonl", no_argument, NULL, OPTION_JSONL},
    {"repair", no_argument, NULL, OPTION_REPAIR},
    {"no-relations", no_argument, NULL, OPTION_NO_RELATIONS},
    {"model", required_argument, NULL, 'm'},
    {"gazetteer", required_argument, NULL, 'g'},
    {"rules", required_argument, NULL, 'r'},
    {0},
};

static int add_source(extract_options *o, const char *path) {
    nerx_error error = {0};
    if (sources_add(&o->model.added, path, &error)) return EXIT_DONE;
    message_error(&error);
    return EXIT_TROUBLE;
}

static int set_option(extract_options *o, int c, char **argv) {
    day ignored;
    switch (c) {
    case 'f':
        o->format_given = true;
        if (nerx_format_find(optarg, &o->format)) return EXIT_DONE;
        return message_usage("unknown format '%s': json, jsonl, triples, conll, brat or html", optarg);
    case 'l': o->extract.language = strcmp(optarg, "auto") == 0 ? NULL : optarg; return EXIT_DONE;
    case 'm': o->model.path = optarg; return EXIT_DONE;
    case 'g':
    case 'r': return add_source(o, optarg);
    case OPTION_DATE:
        o->date = optarg;
        if (calendar_parse(str_of(optarg), &ignored)) return EXIT_DONE;
        return message_usage("--date: '%s' is no date of the form YYYY-MM-DD", optarg);
    case OPTION_TYPES: o->write.types = optarg; return EXIT_DONE;
    case OPTION_OFFSETS:
        if (set_offsets(o, optarg)) return EXIT_DONE;
        return message_usage("unknown unit '%s': codepoints, bytes or utf16", optarg);
    case OPTION_EVIDENCE: o->write.evidence = o->extract.keep_losers = true; return EXIT_DONE;
    case OPTION_JSONL: o->jsonl = true; return EXIT_DONE;
    case OPTION_REPAIR: o->repair = true; return EXIT_DONE;
    case OPTION_NO_RELATIONS: o->extract.no_relations = true; return EXIT_DONE;
    default: return message_option("", c, argv, long_options);
    }
}

int command_extract(int argc, char **argv) {
    extract_options o = {0};
    int status = EXIT_DONE;
    opterr = 0;
    for (int c; status == EXIT_DONE && (c = getopt_long(argc, argv, ":f:l:m:g:r:", long_options, NULL)) != -1;)
        status = set_option(&o, c, argv);
    if (status == EXIT_DONE) status = extract(&o, argv + optind, argc - optind);
    sources_free(&o.model.added);
    return status;
}
