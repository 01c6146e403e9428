/* From sources to an image: the stages of a build, in order. */
#include <stdlib.h>

#include "base/error.h"
#include "model/gazetteer.h"
#include "model/layer.h"

enum { ROOTS = 2 };

static bool is_inflection(const nerx_source *s) {
    return str_ends(str_of(s->path), STR("inflection.tsv"));
}

static bool is_gazetteer(const nerx_source *s) {
    return str_ends(str_of(s->path), STR(".tsv")) && !is_inflection(s);
}

static bool begin(build *b) {
    static const char *const types[] = {"PER", "LOC", "ORG", "DATE"};
    const model *m = b->base;
    if (m) {
        const layer *top = &m->layers[m->layer_count - 1];
        const vocab *v = &m->vocabs[m->layer_count - 1];
        b->first_word = v->first + v->count;
        b->first_line = top->first_line + top->line_count;
        b->first_class = top->first_class + top->class_count;
        b->first_type = top->first_type + top->type_count;
        b->first_language = top->first_language + top->language_count;
        lexicon_open(&b->lexicon, b->arena, m->vocabs, m->layer_count);
    }
    if (build_string(b, STR("")) == NERX_NONE) return false;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (build_type(b, str_of(types[i]), true) == NERX_NONE) return false;
    }
    for (size_t i = 0; i < b->source_count; i++) {
        if (build_language(b, str_of(b->sources[i].language), true) == NERX_NONE) return false;
    }
    build_node root = {.head = NERX_NONE};
    for (int i = 0; i < ROOTS; i++) {
        if (!vec_push(b->arena, &b->nodes, root)) return false;
    }
    return true;
}

static uint8_t language_of(build *b, const nerx_source *s) {
    return (uint8_t)build_language(b, str_of(s->language), true);
}

bool gazetteers_compile(build *b) {
    inflection_list inflections = {0};
    bool done = true;
    for (size_t i = 0; done && i < b->source_count; i++) {
        if (is_inflection(&b->sources[i]))
            done = inflections_read(b, &b->sources[i], language_of(b, &b->sources[i]), &inflections);
    }
    for (size_t i = 0; done && i < b->source_count; i++) {
        if (is_gazetteer(&b->sources[i]))
            done = gazetteer_read(b, &b->sources[i], language_of(b, &b->sources[i]), &inflections);
    }
    inflections_free(&inflections);
    return done;
}

/* Where in a source the first byte is that no list or rule may hold; false if there is none. */
static bool find_bad_byte(const nerx_source *s, size_t *at, bool *nul) {
    bool valid = nerx_utf8_valid(s->text, s->length, at);
    size_t end = valid ? s->length : *at;
    const char *found = end ? memchr(s->text, '\0', end) : NULL;
    *nul = found;
    if (found) *at = (size_t)(found - s->text);
    return found || !valid;
}

static void check_bytes(const build *b, const nerx_source *s) {
    size_t at, start = 0;
    bool nul;
    if (!find_bad_byte(s, &at, &nul)) return;
    source_line line = {.number = 1};
    for (size_t i = 0; i < at; i++) {
        if (s->text[i] != '\n') continue;
        line.number++;
        start = i + 1;
    }
    line.raw = (str){s->text + start, at - start};
    report_at(b->reports, NERX_ERROR_ENCODING, &(rule_source){.path = s->path}, &line, s->text + at,
              nul ? "a NUL byte" : "not UTF-8");
}

/* Rules come before the lists are laid out: their words belong to the vocabulary. */
static bool compile_all(build *b) {
    for (size_t i = 0; i < b->source_count; i++)
        check_bytes(b, &b->sources[i]);
    if (b->reports->errors) return true;
    return begin(b) && gazetteers_compile(b) && rules_compile(b) && frames_compile(b) && gazetteers_write(b);
}

static bool compile(const model *base, const nerx_source *sources, size_t count, nerx_report *report, void *user,
                    void **image_bytes, size_t *length, nerx_error *error) {
    arena a = {0};
    reporter reports = {.report = report, .user = user};
    build b = {.arena = &a, .base = base, .reports = &reports, .sources = sources, .source_count = count};
    bool done = (compile_all(&b) && !a.failed) || error_memory(error);
    if (done && reports.errors)
        done = error_set(error, NERX_ERROR_SYNTAX, "%u error%s in the rules and gazetteers", reports.errors,
                         reports.errors == 1 ? "" : "s");
    if (done && b.limit) done = error_set(error, NERX_ERROR_LIMIT, "%s", b.limit);
    if (done) done = image_write(b.parts, image_bytes, length, error);
    arena_free(&a);
    return done;
}

bool nerx_model_build(const nerx_source *sources, size_t count, nerx_report *report, void *user, void **image_bytes,
                      size_t *length, nerx_error *error) {
    return compile(NULL, sources, count, report, user, image_bytes, length, error);
}

bool nerx_model_extend(nerx_model *m, const nerx_source *sources, size_t count, nerx_report *report, void *user,
                       nerx_error *error) {
    void *bytes = NULL;
    size_t length = 0;
    if (!compile(m, sources, count, report, user, &bytes, &length, error)) return false;
    if (!layer_push(m, bytes, length, true, "added sources", error)) {
        free(bytes);
        return false;
    }
    m->layers[m->layer_count - 1].owned = bytes;
    return true;
}
