/* Rule files to sections: definitions, rules with their calls, and one program for each language and pass. */
#include <stdlib.h>

#include "model/rule_emit.h"

typedef struct compiler {
    rule_build r;
    VEC(rule_source) files;
    VEC(uint8_t) file_languages;
    VEC(rule) rules;
    VEC(const pattern *) patterns; /* one a rule */
    VEC(rule_call) calls;
    VEC(rule_argument) arguments;
    VEC(uint32_t) names;
    VEC(macro) macros;
} compiler;

uint32_t rule_string(rule_build *r, str s) {
    uint32_t at = r->strings.count;
    if (!vec_reserve(r->b->arena, &r->strings, s.len + 1)) {
        r->short_of_memory = true;
        return NERX_NONE;
    }
    if (s.len) memcpy(r->strings.items + at, s.ptr, s.len);
    r->strings.items[at + s.len] = '\0';
    r->strings.count += (uint32_t)s.len + 1;
    return at;
}

static void wrong(compiler *c, const source_line *line, const char *at, const char *format, str what) {
    c->r.failed = true;
    report_at(c->r.b->reports, NERX_ERROR_SYNTAX, c->r.source, line, at, format, (int)what.len,
              what.ptr ? what.ptr : "");
}

/* The id of a capture's name; lower layers' names come first. */
static uint32_t name_id(compiler *c, str name) {
    const model *base = c->r.b->base;
    uint32_t below = base ? model_name_count(base) : 0;
    for (uint32_t i = 0; i < below; i++) {
        if (str_equal(model_name(base, i), name)) return i;
    }
    for (uint32_t i = 0; i < c->names.count; i++) {
        if (str_is(name, c->r.strings.items + c->names.items[i])) return below + i;
    }
    uint32_t at = rule_string(&c->r, name);
    if (at == NERX_NONE || !vec_push(c->r.b->arena, &c->names, at)) c->r.short_of_memory = true;
    return below + c->names.count - 1;
}

uint32_t rule_name_id(void *context, str name) {
    return name_id(context, name);
}

static bool begins_with(str text, const char *keyword) {
    size_t n = strlen(keyword);
    return text.len > n && memcmp(text.ptr, keyword, n) == 0 && (text.ptr[n] == ' ' || text.ptr[n] == '\t');
}

/* "def Name = pattern", perhaps over several lines. */
static bool read_definition(compiler *c, const source_block *block, uint8_t language) {
    const source_line *line = &c->r.source->lines.items[block->first];
    const source_line *last = line + block->count - 1;
    str rest = str_trim(str_slice(line->text, 3, line->text.len));
    str name = str_trim(str_cut(&rest, '='));
    if (!rest.ptr || !name.len || name.ptr[0] < 'A' || name.ptr[0] > 'Z') {
        wrong(c, line, line->text.ptr, "expected: def Name = pattern, the name beginning in upper case%.*s", STR(""));
        return true;
    }
    definition d = {.name = name, .source = c->r.source, .line = line, .language = language};
    d.text = (str){rest.ptr, (size_t)(last->text.ptr + last->text.len - rest.ptr)};
    macro m = {rule_string(&c->r, name), rule_string(&c->r, d.text), language};
    return vec_push(c->r.b->arena, &c->r.definitions, d) && vec_push(c->r.b->arena, &c->macros, m);
}

static bool add_argument(compiler *c, const source_line *line, str key, str value) {
    rule_argument a = {.key = rule_string(&c->r, key)};
    char *end;
    value = str_trim(value);
    if (!value.len) {
        wrong(c, line, line->text.ptr, "an empty argument%.*s", STR(""));
        return true;
    }
    if (str_is(value, "it")) {
        a.kind = ARGUMENT_IT;
    } else if (value.ptr[0] == '"') {
        a.kind = ARGUMENT_STRING;
        a.value = rule_string(&c->r, str_slice(value, 1, value.len - (value.len > 1)));
    } else if (value.ptr[0] == '-' || (value.ptr[0] >= '0' && value.ptr[0] <= '9')) {
        a.kind = ARGUMENT_NUMBER;
        a.value = (uint32_t)(int32_t)strtol(value.ptr, &end, 10);
    } else {
        a.kind = ARGUMENT_CAPTURE;
        a.value = name_id(c, value);
    }
    return vec_push(c->r.b->arena, &c->arguments, a);
}

/* "name(a, b)" or "name(key = a, …)"; the index of the call, or NERX_NONE. */
static uint32_t read_call(compiler *c, const source_line *line, str text) {
    str rest = str_trim(text), name = str_trim(str_cut(&rest, '('));
    if (!rest.ptr || !name.len || !str_ends(rest, STR(")"))) {
        wrong(c, line, text.ptr, "expected: name(argument, …)%.*s", STR(""));
        return NERX_NONE;
    }
    rule_call call = {.function = rule_string(&c->r, name), .first_argument = c->arguments.count};
    rest.len--;
    while (rest.ptr && str_trim(rest).len) {
        str value = str_cut(&rest, ','), key = STR("");
        if (memchr(value.ptr, '=', value.len)) key = str_trim(str_cut(&value, '='));
        if (!add_argument(c, line, key, value)) c->r.short_of_memory = true;
    }
    call.argument_count = c->arguments.count - call.first_argument;
    if (!vec_push(c->r.b->arena, &c->calls, call)) c->r.short_of_memory = true;
    return c->calls.count - 1;
}

/* "rule name : TYPE +60" or "rule name". */
static bool read_head(compiler *c, const source_line *line, rule *out, str *name) {
    str rest = str_slice(line->text, 4, line->text.len);
    *name = str_trim(str_cut(&rest, ':'));
    out->name = rule_string(&c->r, *name);
    if (!name->len || memchr(name->ptr, ' ', name->len)) {
        wrong(c, line, line->text.ptr, "expected: rule name : TYPE +points%.*s", STR(""));
        return false;
    }
    if (!rest.ptr) return true;
    rest = str_trim(rest);
    str type = str_cut(&rest, ' ');
    out->type = (uint16_t)(build_type(c->r.b, type, true) + 1);
    char *end = NULL;
    rest = rest.ptr ? str_trim(rest) : STR("");
    long points = rest.len ? strtol(rest.ptr, &end, 10) : 0;
    if (!end || end == rest.ptr || labs(points) > 1000) {
        wrong(c, line, type.ptr, "points are missing behind '%.*s', or larger than 1000", type);
        return false;
    }
    out->points = (int16_t)points;
    return true;
}

static void check_name(compiler *c, const source_line *line, str name, uint8_t language) {
    for (uint32_t i = 0; i < c->rules.count; i++) {
        const rule *other = &c->rules.items[i];
        if (other->language == language && str_is(name, c->r.strings.items + other->name))
            wrong(c, line, name.ptr, "there is another rule named '%.*s'", name);
    }
}

typedef struct rule_parts {
    str pattern;
    const source_line *pattern_line;
    uint32_t positive, negative;
} rule_parts;

static void read_lines(compiler *c, const source_block *block, rule *out, rule_parts *parts) {
    for (uint32_t i = 1; i < block->count; i++) {
        const source_line *line = &c->r.source->lines.items[block->first + i];
        if (begins_with(line->text, "+")) {
            parts->positive++;
        } else if (begins_with(line->text, "-")) {
            parts->negative++;
        } else if (begins_with(line->text, "value")) {
            out->value = read_call(c, line, str_slice(line->text, 5, line->text.len));
        } else if (begins_with(line->text, "relate")) {
            uint32_t call = read_call(c, line, str_slice(line->text, 6, line->text.len));
            if (!out->relate_count) out->first_relate = call;
            out->relate_count++;
        } else {
            if (!parts->pattern_line) {
                parts->pattern_line = line;
                parts->pattern.ptr = line->text.ptr;
            }
            parts->pattern.len = (size_t)(line->text.ptr + line->text.len - parts->pattern.ptr);
        }
    }
}

static uint32_t mentions_in(const pattern *p) {
    if (!p) return 0;
    uint32_t below = mentions_in(p->first);
    if (p->kind == NODE_OR) {
        uint32_t other = mentions_in(p->second);
        return below > other ? below : other;
    }
    return below + mentions_in(p->second) + (p->kind == NODE_MENTION);
}

static uint32_t shortest(const pattern *p) {
    switch (p->kind) {
    case NODE_STEP: return 1;
    case NODE_CONCAT: return shortest(p->first) + shortest(p->second);
    case NODE_OR: {
        uint32_t a = shortest(p->first), b = shortest(p->second);
        return a < b ? a : b;
    }
    case NODE_REPEAT: return p->minimum * shortest(p->first);
    case NODE_CAPTURE:
    case NODE_MENTION: return shortest(p->first);
    default: return 0;
    }
}

static void check_rule(compiler *c, const source_line *line, const rule *r, const rule_parts *parts, const pattern *p) {
    uint32_t mentions = mentions_in(p);
    if (r->type && mentions != 1)
        wrong(c, parts->pattern_line, parts->pattern.ptr, "a rule with a type has one mention, between < and >%.*s",
              STR(""));
    if (!r->type && !r->relate_count)
        wrong(c, line, line->text.ptr, "a rule without a type has to relate something%.*s", STR(""));
    if (shortest(p) == 0)
        wrong(c, parts->pattern_line, parts->pattern.ptr, "this pattern can match nothing at all%.*s", STR(""));
    if (!parts->positive || !parts->negative)
        wrong(c, line, line->text.ptr, "a rule has at least one '+' and one '-' example%.*s", STR(""));
}

static bool read_rule(compiler *c, const source_block *block, uint32_t file, uint8_t language) {
    const source_line *line = &c->r.source->lines.items[block->first];
    rule out = {.line = line->number, .value = NERX_NONE, .language = language};
    rule_parts parts = {0};
    str name;
    c->r.failed = false;
    c->r.mentions = false;
    c->r.language = language;
    out.file = rule_string(&c->r, str_of(c->files.items[file].path));
    if (!read_head(c, line, &out, &name)) return true;
    check_name(c, line, name, language);
    read_lines(c, block, &out, &parts);
    if (!parts.pattern_line) {
        wrong(c, line, name.ptr, "the rule '%.*s' has no pattern", name);
        return true;
    }
    const pattern *p = pattern_read(&c->r, parts.pattern_line, parts.pattern);
    if (!p) return !c->r.short_of_memory;
    check_rule(c, line, &out, &parts, p);
    out.pass = c->r.mentions;
    if (c->r.failed) return true;
    return vec_push(c->r.b->arena, &c->rules, out) && vec_push(c->r.b->arena, &c->patterns, p);
}

typedef bool block_reader(compiler *c, const source_block *block, uint32_t file, uint8_t language);

static bool read_block(compiler *c, uint32_t file, const source_block *block, uint8_t *language, bool rules) {
    const source_line *line = &c->r.source->lines.items[block->first];
    if (str_is(block->keyword, "language")) {
        *language = (uint8_t)build_language(c->r.b, str_trim(str_slice(line->text, 8, line->text.len)), true);
        return true;
    }
    if (str_is(block->keyword, "def")) return rules || read_definition(c, block, *language);
    if (str_is(block->keyword, "rule")) return !rules || read_rule(c, block, file, *language);
    if (str_is(block->keyword, "frame") || rules) return true;
    static const str keywords[] = {{"language", 8}, {"def", 3}, {"rule", 4}, {"frame", 5}};
    str near = nearest_name(block->keyword, keywords, 4);
    c->r.failed = true;
    if (near.ptr) {
        report_at(c->r.b->reports, NERX_ERROR_SYNTAX, c->r.source, line, line->text.ptr,
                  "'%.*s' begins no block; did you mean '%.*s'?", (int)block->keyword.len, block->keyword.ptr,
                  (int)near.len, near.ptr);
    } else {
        wrong(c, line, line->text.ptr, "'%.*s' begins no block: language, def, rule or frame", block->keyword);
    }
    return true;
}

/* Definitions first, so that a rule may stand above the def it uses. */
static bool read_files(compiler *c, bool rules) {
    for (uint32_t i = 0; i < c->files.count; i++) {
        c->r.source = &c->files.items[i];
        uint8_t language = c->file_languages.items[i];
        for (uint32_t k = 0; k < c->r.source->blocks.count; k++) {
            if (!read_block(c, i, &c->r.source->blocks.items[k], &language, rules)) return false;
        }
    }
    return true;
}

static bool load_base_macros(compiler *c) {
    const model *base = c->r.b->base;
    static const rule_source below = {.path = "model"};
    static const source_line nowhere = {0};
    for (uint32_t i = 0; base && i < model_macro_count(base); i++) {
        definition d = {.source = &below, .line = &nowhere, .used = true};
        model_macro(base, i, &d.name, &d.text, &d.language);
        if (!vec_push(c->r.b->arena, &c->r.definitions, d)) return false;
    }
    return true;
}

static bool load_files(compiler *c) {
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

static void warn_unused(compiler *c) {
    for (uint32_t i = 0; i < c->r.definitions.count; i++) {
        const definition *d = &c->r.definitions.items[i];
        if (!d->used)
            report_at(c->r.b->reports, NERX_WARNING, d->source, d->line, d->name.ptr, "no rule uses '%.*s'",
                      (int)d->name.len, d->name.ptr);
    }
}

static void part(compiler *c, section_id id, const void *items, size_t size, uint32_t count) {
    c->r.b->parts[id] = (image_part){items, (uint32_t)size, count};
}

bool rules_compile(build *b) {
    compiler c = {.r = {.b = b}};
    emitter e = {.r = &c.r, .name_id = rule_name_id, .context = &c};
    if (rule_string(&c.r, STR("")) == NERX_NONE || !load_base_macros(&c) || !load_files(&c)) return false;
    if (!read_files(&c, false) || !read_files(&c, true)) return false;
    warn_unused(&c);
    if (!emit_programs(&e, c.rules.items, c.patterns.items, c.rules.count) || c.r.short_of_memory) return false;
    part(&c, SECTION_RULES, c.rules.items, sizeof(rule), c.rules.count);
    part(&c, SECTION_NAMES, c.names.items, sizeof(uint32_t), c.names.count);
    part(&c, SECTION_CALLS, c.calls.items, sizeof(rule_call), c.calls.count);
    part(&c, SECTION_ARGUMENTS, c.arguments.items, sizeof(rule_argument), c.arguments.count);
    part(&c, SECTION_MACROS, c.macros.items, sizeof(macro), c.macros.count);
    part(&c, SECTION_RULE_STRINGS, c.r.strings.items, 1, c.r.strings.count);
    return true;
}
