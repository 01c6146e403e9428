/* Rule files to sections: definitions, rules with their calls, and one program for each language and pass. */
#include "model/rule_compile.h"

uint32_t rule_string(rule_build *r, str s) {
    uint32_t at = r->strings.count;
    if (s.len > UINT16_MAX || !vec_reserve(r->b->arena, &r->strings, s.len + 1)) {
        r->short_of_memory = true;
        return NERX_NONE;
    }
    if (s.len) memcpy(r->strings.items + at, s.ptr, s.len);
    r->strings.items[at + s.len] = '\0';
    r->strings.count += (uint32_t)s.len + 1;
    return at;
}

/* The pattern of a definition on one line, for the image. */
static str joined_text(rule_compiler *c, const scanner *s) {
    const source_line *last = &s->lines[s->count - 1];
    size_t room = 1, length = 0;
    for (uint32_t i = s->at; i < s->count; i++)
        room += s->lines[i].text.len + 1;
    char *text = arena_alloc(c->r.b->arena, room);
    for (const source_line *line = &s->lines[s->at]; text && line <= last; line++) {
        const char *from = line == &s->lines[s->at] ? s->p : line->text.ptr;
        size_t n = (size_t)(line->text.ptr + line->text.len - from);
        memcpy(text + length, from, n);
        length += n;
        text[length++] = ' ';
    }
    return (str){text, length};
}

static bool only_one(rule_compiler *c, scanner *s, str name, uint8_t language) {
    for (uint32_t i = 0; i < c->r.definitions.count; i++) {
        const definition *d = &c->r.definitions.items[i];
        if (d->language != language || !str_equal(d->name, name) || !d->line) continue;
        return scan_fail(s, name.ptr, STR(""), "'%.*s' is defined in %s:%u, too", (int)name.len, name.ptr,
                         d->scan.source->path, d->line->number);
    }
    return true;
}

/* "def Name = pattern", perhaps over several lines. */
static bool read_definition(rule_compiler *c, const source_block *block, uint8_t language) {
    scanner s = scanner_of(c->r.b->reports, c->source, c->source->lines.items + block->first, block->count);
    s.p += strlen("def");
    scan_next(&s);
    const char *start = s.p;
    str name = scan_name(&s);
    if (!name.len || name.ptr[0] < 'A' || name.ptr[0] > 'Z' || !scan_take(&s, '=')) {
        scan_fail(&s, start, STR(""), "expected: def Name = pattern; the name begins in upper case");
        return true;
    }
    if (!only_one(c, &s, name, language)) return true;
    scan_next(&s);
    str text = joined_text(c, &s);
    if (!text.ptr) return false;
    definition d = {.name = name, .scan = s, .line = s.lines, .language = language, .text = text};
    macro m = {rule_string(&c->r, name), rule_string(&c->r, text), language};
    return !c->r.short_of_memory && vec_push(c->r.b->arena, &c->r.definitions, d) &&
           vec_push(c->r.b->arena, &c->macros, m);
}

/* Errors are reported the first time, when definitions are read. */
static void read_language(rule_compiler *c, const source_block *block, bool report, uint8_t *language) {
    scanner s = scanner_of(c->r.b->reports, c->source, c->source->lines.items + block->first, 1);
    s.p += strlen("language");
    scan_next(&s);
    const char *start = s.p;
    str name = scan_name(&s);
    uint32_t id = name.len ? build_language(c->r.b, name, false) : NERX_NONE;
    if (id != NERX_NONE) {
        *language = (uint8_t)id;
    } else if (report) {
        scan_fail(&s, start, STR(""), "no folder has the language '%.*s'", (int)name.len, name.ptr);
    }
}

static void unknown_block(rule_compiler *c, const source_block *block) {
    static const str keywords[] = {{"language", 8}, {"def", 3}, {"rule", 4}, {"frame", 5}, {"cue", 3}, {"spans", 5}};
    scanner s = scanner_of(c->r.b->reports, c->source, c->source->lines.items + block->first, 1);
    if (s.lines->indent) {
        scan_fail(&s, s.p, STR(""), "an indented line before the first 'rule', 'def' or 'frame'");
        return;
    }
    scan_fail(&s, s.p, nearest_name(block->keyword, keywords, sizeof keywords / sizeof *keywords),
              "'%.*s' begins no block: language, def, rule, frame, cue or spans", (int)block->keyword.len,
              block->keyword.ptr);
}

/* "rule name : TYPE …": rules above may ask for @TYPE. */
static bool register_type(rule_compiler *c, const source_block *block) {
    str rest = c->source->lines.items[block->first].text;
    str_cut(&rest, ':');
    rest = rest.ptr ? str_trim(rest) : rest;
    str type = str_cut(&rest, ' ');
    bool upper = type.len && type.ptr[0] >= 'A' && type.ptr[0] <= 'Z';
    return !upper || build_type(c->r.b, type, true) != NERX_NONE;
}

/* Definitions first, so that a rule may stand above the def it uses. */
static bool read_block(rule_compiler *c, const source_block *block, uint8_t *language, bool rules) {
    if (str_is(block->keyword, "language")) {
        read_language(c, block, !rules, language);
        return true;
    }
    if (str_is(block->keyword, "def")) return rules || read_definition(c, block, *language);
    if (str_is(block->keyword, "rule")) return rules ? rule_read(c, block, *language) : register_type(c, block);
    if (str_is(block->keyword, "cue") || str_is(block->keyword, "spans"))
        return !rules || cue_read(c, block, *language);
    if (!rules && !str_is(block->keyword, "frame")) unknown_block(c, block);
    return true;
}

static bool read_files(rule_compiler *c, bool rules) {
    for (uint32_t i = 0; i < c->files.count; i++) {
        c->source = &c->files.items[i];
        uint8_t language = c->file_languages.items[i];
        for (uint32_t k = 0; k < c->source->blocks.count; k++) {
            if (!read_block(c, &c->source->blocks.items[k], &language, rules)) return false;
        }
    }
    return true;
}

static bool load_base_macros(rule_compiler *c) {
    const model *base = c->r.b->base;
    static const rule_source below = {.path = "the model"};
    for (uint32_t i = 0; base && i < model_macro_count(base); i++) {
        definition d = {.used = true};
        source_line *line = arena_alloc(c->r.b->arena, sizeof *line);
        if (!line) return false;
        model_macro(base, i, &d.name, &d.text, &d.language);
        *line = (source_line){.text = d.text, .raw = d.text, .number = 1};
        d.scan = scanner_of(c->r.b->reports, &below, line, 1);
        if (!vec_push(c->r.b->arena, &c->r.definitions, d)) return false;
    }
    return true;
}

static bool load_files(rule_compiler *c) {
    build *b = c->r.b;
    for (size_t i = 0; i < b->source_count; i++) {
        const nerx_source *s = &b->sources[i];
        if (!str_ends(str_of(s->path), STR(".rules"))) continue;
        rule_source file;
        uint8_t language = (uint8_t)build_language(b, str_of(s->language), true);
        if (!rule_source_read(b->arena, s->path, (str){s->text, s->length}, &file)) return false;
        if (!vec_push(b->arena, &c->files, file) || !vec_push(b->arena, &c->file_languages, language)) return false;
    }
    return true;
}

static void warn_unused(rule_compiler *c) {
    for (uint32_t i = 0; i < c->r.definitions.count; i++) {
        const definition *d = &c->r.definitions.items[i];
        if (!d->used)
            report_at(c->r.b->reports, NERX_WARNING, d->scan.source, d->line, d->name.ptr, "no rule uses '%.*s'",
                      (int)d->name.len, d->name.ptr);
    }
}

static void part(rule_compiler *c, section_id id, const void *items, size_t size, uint32_t count) {
    c->r.b->parts[id] = (image_part){items, (uint32_t)size, count};
}

bool rules_compile(build *b) {
    rule_compiler c = {.r = {.b = b}};
    c.e = (emitter){.r = &c.r, .name_id = rule_name_id, .context = &c};
    if (rule_string(&c.r, STR("")) == NERX_NONE || !load_base_macros(&c) || !load_files(&c)) return false;
    if (!read_files(&c, false)) return false;
    definitions_read(&c.r);
    if (c.r.short_of_memory || !read_files(&c, true)) return false;
    warn_unused(&c);
    if (!emit_programs(&c.e, c.rules.items, c.codes.items, c.rules.count) || c.r.short_of_memory) return false;
    if (!expressions_build(b->arena, c.r.expressions.items, c.r.expressions.count, c.r.strings.items, b->parts))
        return false;
    part(&c, SECTION_RULES, c.rules.items, sizeof(rule), c.rules.count);
    part(&c, SECTION_NAMES, c.names.items, sizeof(uint32_t), c.names.count);
    part(&c, SECTION_CALLS, c.calls.items, sizeof(rule_call), c.calls.count);
    part(&c, SECTION_ARGUMENTS, c.arguments.items, sizeof(rule_argument), c.arguments.count);
    part(&c, SECTION_MACROS, c.macros.items, sizeof(macro), c.macros.count);
    part(&c, SECTION_RULE_STRINGS, c.r.strings.items, 1, c.r.strings.count);
    return true;
}
