/* What a rule does with its match: "value date(year, month, day)", "relate leads(subject = it, object = org)". */
#include "model/rule_compile.h"

uint32_t rule_name_id(void *compiler, str name) {
    rule_compiler *c = compiler;
    const model *base = c->r.b->base;
    uint32_t below = base ? model_name_count(base) : 0;
    for (uint32_t i = 0; i < below; i++) {
        if (str_equal(model_name(base, i), name)) return i;
    }
    for (uint32_t i = 0; i < c->names.count; i++) {
        if (str_is(name, c->r.strings.items + c->names.items[i])) return below + i;
    }
    uint32_t at = rule_string(&c->r, name);
    if (at == NERX_NONE || !vec_push(c->r.b->arena, &c->names, at)) {
        c->r.short_of_memory = true;
        return 0;
    }
    return below + c->names.count - 1;
}

static str name_of(const rule_compiler *c, uint32_t id) {
    const model *base = c->r.b->base;
    uint32_t below = base ? model_name_count(base) : 0;
    return id < below ? model_name(base, id) : str_of(c->r.strings.items + c->names.items[id - below]);
}

/* Behind "spoken": "(company, bank)". */
static bool kinds_spoken_of(rule_compiler *c, scanner *s, rule_argument *a) {
    if (!scan_take(s, '(')) return scan_fail(s, s->p, STR(""), "expected: spoken(kind, …)");
    const char *start = s->p;
    while (*s->p && *s->p != ')')
        s->p++;
    str kinds = str_trim((str){start, (size_t)(s->p - start)});
    if (!scan_take(s, ')')) return scan_fail(s, start - 1, STR(""), "this '(' is not closed");
    if (!kinds.len) return scan_fail(s, start, STR(""), "expected: spoken(kind, …)");
    a->kind = ARGUMENT_SPOKEN;
    a->value = rule_string(&c->r, kinds);
    return a->value != NERX_NONE;
}

static bool capture_argument(rule_compiler *c, scanner *s, const rule_code *code, rule_argument *a) {
    const char *start = s->p;
    str name = scan_name(s), names[MAX_CAPTURES];
    size_t count = 0;
    if (!name.len) return scan_fail(s, start, STR(""), "a named part, 'it', a number or a \"string\" is expected");
    if (str_is(name, "it")) {
        a->kind = ARGUMENT_IT;
        return true;
    }
    if (str_is(name, "spoken")) return kinds_spoken_of(c, s, a);
    for (uint32_t i = 0; i < code->count; i++) {
        const instruction *at = &c->e.rules.items[code->first + i];
        if (at->op != OP_OPEN) continue;
        a->value = at->a;
        if (str_equal(name_of(c, at->a), name)) return true;
        if (count < MAX_CAPTURES) names[count++] = name_of(c, at->a);
    }
    return scan_fail(s, start, nearest_name(name, names, count), "the pattern has no part named '%.*s'", (int)name.len,
                     name.ptr);
}

static bool argument(rule_compiler *c, scanner *s, const rule_code *code, rule_argument *a) {
    uint32_t number;
    *a = (rule_argument){.kind = ARGUMENT_CAPTURE, .key = a->key};
    if (!scan_next(s)) return scan_fail(s, s->p, STR(""), "an argument is expected");
    if (scan_take(s, '"')) {
        str text = scan_string(s, c->r.b->arena);
        a->kind = ARGUMENT_STRING;
        a->value = text.ptr ? rule_string(&c->r, text) : NERX_NONE;
        return a->value != NERX_NONE;
    }
    bool negative = scan_take(s, '-');
    if (!negative && (*s->p < '0' || *s->p > '9')) return capture_argument(c, s, code, a);
    if (!scan_number(s, &number)) return scan_fail(s, s->p, STR(""), "a number is expected");
    a->kind = ARGUMENT_NUMBER;
    a->value = negative ? 0 - number : number;
    return true;
}

/* What a rule may say of its relation itself: tense = "past". */
static bool is_mark(str name) {
    return str_is(name, "tense") || str_is(name, "modality") || str_is(name, "polarity");
}

static bool role_name(rule_compiler *c, scanner *s, const rule_call *call, rule_argument *a) {
    scan_next(s);
    const char *start = s->p;
    str name = scan_name(s);
    if (!name.len || !scan_take(s, '='))
        return scan_fail(s, start, STR(""), "expected: role = it, a named part or a \"string\"");
    if (!role_is_free(name) && !is_mark(name))
        return scan_fail(s, start, STR(""), "every relation has its '%.*s' already; call the role something else",
                         (int)name.len, name.ptr);
    for (uint32_t i = call->first_argument; i < c->arguments.count; i++) {
        if (str_is(name, c->r.strings.items + c->arguments.items[i].key))
            return scan_fail(s, start, STR(""), "the role '%.*s' stands twice", (int)name.len, name.ptr);
    }
    a->key = rule_string(&c->r, name);
    return a->key != NERX_NONE;
}

static bool arguments(rule_compiler *c, scanner *s, bool relates, const rule_code *code, rule_call *call) {
    if (scan_take(s, ')')) return true;
    do {
        rule_argument a = {0};
        if ((relates && !role_name(c, s, call, &a)) || !argument(c, s, code, &a)) return false;
        if (!vec_push(c->r.b->arena, &c->arguments, a)) {
            c->r.short_of_memory = true;
            return false;
        }
        call->argument_count++;
    } while (scan_take(s, ','));
    return scan_take(s, ')') || scan_fail(s, s->p, STR(""), "',' or ')' is expected");
}

static bool has_subject(const rule_compiler *c, const rule_call *call) {
    for (uint32_t i = 0; i < call->argument_count; i++) {
        uint32_t key = c->arguments.items[call->first_argument + i].key;
        if (strcmp(c->r.strings.items + key, "subject") == 0) return true;
    }
    return false;
}

/* What norm/values.c can work out. */
static const str functions[] = {
    {"date", 4},    {"numeric", 7}, {"month", 5},         {"months", 6},          {"year", 4},           {"decade", 6},
    {"century", 7}, {"range", 5},   {"years", 5},         {"weekday", 7},         {"season", 6},         {"quarter", 7},
    {"half", 4},    {"holiday", 7}, {"relative-day", 12}, {"relative-month", 14}, {"numeric-range", 13}, {"week", 4}};

static bool function_known(scanner *s, str name) {
    size_t count = sizeof functions / sizeof *functions;
    for (size_t i = 0; i < count; i++) {
        if (str_equal(functions[i], name)) return true;
    }
    return scan_fail(s, name.ptr, nearest_name(name, functions, count), "there is no function '%.*s'", (int)name.len,
                     name.ptr);
}

uint32_t call_read(rule_compiler *c, scanner *s, bool relates, const rule_code *code) {
    scan_next(s);
    const char *start = s->p;
    str name = scan_name(s);
    if (!name.len || !scan_take(s, '(')) {
        scan_fail(s, start, STR(""),
                  relates ? "expected: relate type(role = part, …)" : "expected: value function(part, …)");
        return NERX_NONE;
    }
    if (!relates && !function_known(s, name)) return NERX_NONE;
    rule_call call = {.function = rule_string(&c->r, name), .first_argument = c->arguments.count};
    if (!arguments(c, s, relates, code, &call)) return NERX_NONE;
    if (scan_next(s)) {
        scan_fail(s, s->p, STR(""), "nothing is expected behind ')'");
        return NERX_NONE;
    }
    if (relates && !has_subject(c, &call)) {
        scan_fail(s, start, STR(""), "a relation has a 'subject'");
        return NERX_NONE;
    }
    if (!vec_push(c->r.b->arena, &c->calls, call)) c->r.short_of_memory = true;
    return c->calls.count - 1;
}
