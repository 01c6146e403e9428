/* One rule: its head, its pattern, what follows from a match, and how many examples it has. */
#include "model/rule_compile.h"

enum { MOST_POINTS = 1000 };

typedef struct rule_lines {
    VEC(source_line) pattern;
    uint32_t positive, negative;
} rule_lines;

static bool keyword(const source_line *line, const char *sign) {
    size_t n = strlen(sign);
    return line->text.len > n && memcmp(line->text.ptr, sign, n) == 0 && strchr(" \t", line->text.ptr[n]);
}

static bool points(scanner *s, rule *out) {
    scan_next(s);
    const char *start = s->p;
    uint32_t number;
    bool negative = scan_peek(s, '-');
    if ((!scan_take(s, '+') && !scan_take(s, '-')) || !scan_number(s, &number) || number > MOST_POINTS)
        return scan_fail(s, start, STR(""), "points are expected, from -1000 to +1000, with their sign");
    out->points = (int16_t)(negative ? -(int32_t)number : (int32_t)number);
    return true;
}

/* "rule name : TYPE +60" or "rule name". */
static bool head(rule_compiler *c, scanner *s, rule *out, str *name) {
    s->p += strlen("rule");
    scan_next(s);
    const char *start = s->p;
    *name = scan_name(s);
    if (!name->len || name->ptr[0] < 'a' || name->ptr[0] > 'z')
        return scan_fail(s, start, STR(""), "expected: rule name : TYPE +points; the name in lower case");
    out->name = rule_string(&c->r, *name);
    if (!scan_next(s)) return true;
    if (!scan_take(s, ':')) return scan_fail(s, s->p, STR(""), "':' and the type are expected");
    scan_next(s);
    start = s->p;
    str type = scan_name(s);
    if (!type.len || type.ptr[0] < 'A' || type.ptr[0] > 'Z')
        return scan_fail(s, start, STR(""), "a type is expected, in capitals");
    uint32_t id = build_type(c->r.b, type, true);
    if (id == NERX_NONE) c->r.short_of_memory = true;
    out->type = (uint16_t)(id + 1);
    if (!points(s, out)) return false;
    return !scan_next(s) || scan_fail(s, s->p, STR(""), "nothing is expected behind the points");
}

/* Two rules of one language have two names. */
static bool only_one(rule_compiler *c, scanner *s, str name, uint8_t language) {
    for (uint32_t i = 0; i < c->rules.count; i++) {
        const rule *other = &c->rules.items[i];
        if (other->language != language || !str_is(name, c->r.strings.items + other->name)) continue;
        return scan_fail(s, name.ptr, STR(""), "there is another rule '%.*s', in %s", (int)name.len, name.ptr,
                         c->r.strings.items + other->place);
    }
    return true;
}

static bool sort_lines(rule_compiler *c, scanner *s, rule_lines *out) {
    bool behind = false;
    for (s->at = 1; s->at < s->count; s->at++) {
        const source_line *line = &s->lines[s->at];
        bool positive = keyword(line, "+"), negative = keyword(line, "-");
        out->positive += positive;
        out->negative += negative;
        if (positive || negative || keyword(line, "value") || keyword(line, "relate")) {
            behind = true;
        } else if (behind) {
            scan_fail(s, line->text.ptr, STR(""), "the pattern stands before 'value', 'relate' and the examples");
        } else if (!vec_push(c->r.b->arena, &out->pattern, *line)) {
            return false;
        }
    }
    s->at = 0;
    return true;
}

static void check_pattern(scanner *s, const rule *out, const pattern *p) {
    const char *start = s->p;
    if (p->shortest == 0) scan_fail(s, start, STR(""), "this pattern can match no token at all");
    if (p->size > MAX_RULE_CODE) scan_fail(s, start, STR(""), "this pattern is too large");
    if (p->mentions > 1) scan_fail(s, start, STR(""), "a rule has one mention: one pair of '<' and '>'");
    if (out->type && p->mentions == 0) scan_fail(s, start, STR(""), "the mention is missing: mark it with '<' and '>'");
    if (p->mentions == 1 && !p->always)
        scan_fail(s, start, STR(""), "the mention between '<' and '>' must stand in every alternative");
}

static bool count_captures(const rule_compiler *c, scanner *s, const rule_code *code) {
    uint32_t names[MAX_CAPTURES], count = 0;
    for (uint32_t i = 0; i < code->count; i++) {
        const instruction *at = &c->e.rules.items[code->first + i];
        uint32_t k = 0;
        while (k < count && names[k] != at->a)
            k++;
        if (at->op != OP_OPEN || k < count) continue;
        if (count == MAX_CAPTURES)
            return scan_fail(s, s->p, STR(""), "a pattern has at most %d named parts", MAX_CAPTURES);
        names[count++] = at->a;
    }
    return true;
}

static void follow_ups(rule_compiler *c, scanner *s, rule *out, const rule_code *code) {
    for (uint32_t i = 1; i < s->count; i++) {
        const source_line *line = &s->lines[i];
        bool relates = keyword(line, "relate");
        if (!relates && !keyword(line, "value")) continue;
        scanner inner = scanner_of(s->reports, s->source, line, 1);
        inner.p += strlen(relates ? "relate" : "value");
        uint32_t call = call_read(c, &inner, relates, code);
        s->failed = s->failed || inner.failed;
        if (relates) {
            if (out->relate_count++ == 0) out->first_relate = call;
        } else if (out->value != NERX_NONE) {
            scan_fail(&inner, line->text.ptr, STR(""), "a second value");
        } else {
            out->value = call;
        }
    }
}

static void check_rule(scanner *s, const rule *out, const rule_lines *lines, str name) {
    s->at = 0;
    if (!out->type && !out->relate_count)
        scan_fail(s, name.ptr, STR(""), "a rule testifies for a type (': TYPE +60'), or relates something");
    if (!lines->positive || !lines->negative)
        scan_fail(s, name.ptr, STR(""), "'%.*s' has no '%s' example", (int)name.len, name.ptr,
                  lines->positive ? "-" : "+");
}

/* The pattern's tree, checked, and its code. */
static bool compile_pattern(rule_compiler *c, scanner *s, rule *out, const rule_lines *lines, rule_code *code) {
    scanner inner = scanner_of(s->reports, s->source, lines->pattern.items, lines->pattern.count);
    scanner start = inner;
    const pattern *p = pattern_read(&c->r, &inner, out->language);
    s->failed = s->failed || inner.failed || !p;
    if (!p) return !c->r.short_of_memory;
    out->pass = !p->asks ? FIRST_PASS : out->type ? MENTION_PASS : RELATE_PASS;
    check_pattern(&start, out, p);
    s->failed = s->failed || start.failed;
    if (start.failed) return true;
    if (!emit_rule(&c->e, p, code)) return false;
    if (!count_captures(c, &start, code)) s->failed = true;
    return true;
}

bool rule_read(rule_compiler *c, const source_block *block, uint8_t language) {
    scanner s = scanner_of(c->r.b->reports, c->source, c->source->lines.items + block->first, block->count);
    rule out = {.value = NERX_NONE, .language = language};
    rule_lines lines = {0};
    rule_code code = {0};
    str name = {0};
    str file = rule_source_name(c->source);
    str place = arena_format(c->r.b->arena, "%.*s:%u", (int)file.len, file.ptr, s.lines->number);
    if (!place.ptr || (out.place = rule_string(&c->r, place)) == NERX_NONE) return false;
    scanner first = scanner_of(s.reports, s.source, s.lines, 1);
    if (!head(c, &first, &out, &name) || !only_one(c, &first, name, language)) return !c->r.short_of_memory;
    if (!sort_lines(c, &s, &lines)) return false;
    if (lines.pattern.count) {
        if (!compile_pattern(c, &s, &out, &lines, &code)) return false;
    } else {
        scan_fail(&s, name.ptr, STR(""), "'%.*s' has no pattern", (int)name.len, name.ptr);
    }
    if (!s.failed) follow_ups(c, &s, &out, &code);
    check_rule(&s, &out, &lines, name);
    if (c->r.short_of_memory) return false;
    /* a rule with errors stays known by name; nothing is built from it */
    return vec_push(c->r.b->arena, &c->rules, out) && vec_push(c->r.b->arena, &c->codes, code);
}
