/* Running the examples of rules and frames. */
#include "pipeline/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "model/rules.h"

const nerx_document *check_extract(checker *c, const example *e, uint32_t language) {
    uint32_t languages = model_language_count(c->model);
    uint32_t slot = language < languages ? language : languages;
    char date[16] = "";
    if (!c->extractors[slot]) {
        str name = slot < languages ? model_language_name(c->model, slot) : STR("");
        char option[64];
        snprintf(option, sizeof option, "%.*s", (int)name.len, name.ptr);
        nerx_options options = {.language = slot < languages ? option : NULL};
        c->extractors[slot] = nerx_extractor_new(c->model, &options, c->error);
        c->stopped = !c->extractors[slot];
        if (c->stopped) return NULL;
    }
    snprintf(date, sizeof date, "%.*s", (int)e->date.len, e->date.ptr);
    nerx_error error = {0};
    const nerx_document *result =
        nerx_extract(c->extractors[slot], e->text.ptr, e->text.len, e->date.len ? date : NULL, &error);
    if (result) return result;
    if (error.status == NERX_ERROR_MEMORY) {
        c->stopped = !error_memory(c->error);
    } else {
        check_fail(c, e, "%s", error.message);
    }
    return NULL;
}

void check_pass(checker *c) {
    c->passed++;
}

void check_fail(checker *c, const example *e, const char *format, ...) {
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    c->failed++;
    report_at(&c->reports, NERX_ERROR_EXAMPLE, c->source, e->line, e->line->text.ptr, "%s", text);
}

static bool is_example(const source_line *line) {
    return line->text.len > 1 && strchr("+-", line->text.ptr[0]) && line->text.ptr[1] == ' ';
}

/* The uppermost layer's rule of this name. */
static uint32_t find_rule(const checker *c, str name, uint32_t language) {
    for (uint32_t i = model_rule_count(c->model); i-- > 0;) {
        const rule *r = model_rule(c->model, i);
        if (r->language == language && str_equal(model_rule_name(c->model, r), name)) return i;
    }
    return NERX_NONE;
}

static bool check_lines(checker *c, const source_block *block, str name, uint32_t language, uint32_t rule_index) {
    for (uint32_t i = 1; i < block->count; i++) {
        const source_line *line = &c->source->lines.items[block->first + i];
        example e;
        if (!is_example(line)) continue;
        uint32_t errors = c->reports.errors;
        if (!example_read(&c->arena, c->source, line, &c->reports, rule_index == NERX_NONE, &e)) {
            if (c->reports.errors == errors) return error_memory(c->error);
            c->failed++;
            continue;
        }
        bool ran = rule_index == NERX_NONE ? check_frame_example(c, &e, name, language)
                                           : check_rule_example(c, &e, rule_index);
        if (!ran) return false;
    }
    return true;
}

static bool check_block(checker *c, const source_block *block, uint32_t *language) {
    str rest = c->source->lines.items[block->first].text;
    str_cut(&rest, ' ');
    rest = rest.ptr ? str_trim(rest) : STR("");
    size_t n = 0;
    while (n < rest.len && !strchr(" \t:", rest.ptr[n]))
        n++;
    str name = str_slice(rest, 0, n);
    if (str_is(block->keyword, "language")) {
        uint32_t found = model_language_find(c->model, name);
        *language = found == NERX_NONE ? LANGUAGE_NONE : found;
    }
    if (str_is(block->keyword, "frame")) return check_lines(c, block, name, *language, NERX_NONE);
    if (!str_is(block->keyword, "rule")) return true;
    uint32_t index = find_rule(c, name, *language);
    if (index != NERX_NONE) return check_lines(c, block, name, *language, index);
    const source_line *line = &c->source->lines.items[block->first];
    c->failed++;
    report_at(&c->reports, NERX_ERROR_EXAMPLE, c->source, line, name.ptr, "the model has no rule '%.*s'", (int)name.len,
              name.ptr);
    return true;
}

static bool check_source(checker *c, const nerx_source *s) {
    rule_source source;
    if (!str_ends(str_of(s->path), STR(".rules"))) {
        bool listed = str_ends(str_of(s->path), STR("inflection.tsv")) || check_list(c, s);
        arena_reset(&c->arena);
        return listed;
    }
    if (!rule_source_read(&c->arena, s->path, (str){s->text, s->length}, &source)) return error_memory(c->error);
    c->source = &source;
    uint32_t language = model_language_find(c->model, str_of(s->language));
    if (language == NERX_NONE) language = LANGUAGE_NONE;
    bool ran = true;
    for (uint32_t i = 0; ran && i < source.blocks.count; i++)
        ran = check_block(c, &source.blocks.items[i], &language);
    arena_reset(&c->arena);
    return ran;
}

bool nerx_model_check(const nerx_model *m, const nerx_source *sources, size_t count, nerx_report *report, void *user,
                      size_t *passed, size_t *failed, nerx_error *error) {
    checker c = {.model = m, .reports = {.report = report, .user = user}, .error = error};
    uint32_t slots = model_language_count(m) + 1;
    c.extractors = calloc(slots, sizeof *c.extractors);
    if (!c.extractors) return error_memory(error);
    bool ran = true;
    for (size_t i = 0; ran && i < count; i++)
        ran = check_source(&c, &sources[i]);
    for (uint32_t i = 0; i < slots; i++)
        nerx_extractor_free(c.extractors[i]);
    free(c.extractors);
    arena_free(&c.arena);
    *passed = c.passed;
    *failed = c.failed;
    return ran;
}
