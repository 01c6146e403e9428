/* Patterns of rules, read into trees by recursive descent:
 *
 *     alternatives = sequence { "|" sequence }
 *     sequence     = item { item }
 *     item         = [ name ":" ] primary [ "?" | "*" | "+" | "{m}" | "{m,}" | "{m,n}" ]
 *     primary      = single | "vor allem" | Name | "(" alternatives ")" | "<" alternatives ">" | "^" | "$"
 *                  | "!" single | "!-" single
 *     single       = "[" test "]" | "word" ["i"] | ~"lemma" | /re/ | @TYPE */
#include "model/rule_parse.h"

enum { SIZE_LIMIT = 1 << 20 };

typedef struct parser {
    rule_build *r;
    scanner *s;
    uint8_t language;
    uint32_t depth, macro_depth;
    uint32_t deepest; /* of the definitions used */
} parser;

static uint32_t at_most(uint64_t size) {
    return size < SIZE_LIMIT ? (uint32_t)size : SIZE_LIMIT;
}

static void measure_repeat(pattern *p) {
    const pattern *in = p->first;
    bool forever = p->maximum == REPEAT_FOREVER;
    uint64_t optional = forever ? in->size + 2 : (uint64_t)(p->maximum - p->minimum) * (in->size + 1);
    p->size = at_most((uint64_t)p->minimum * in->size + optional + 1);
    p->shortest = at_most((uint64_t)p->minimum * in->shortest);
    p->mentions = at_most((uint64_t)p->maximum * in->mentions);
    p->always = p->minimum && in->always;
}

static void measure(pattern *p) {
    const pattern *a = p->first, *b = p->second;
    p->asks = p->asks || (a && a->asks) || (b && b->asks);
    switch (p->kind) {
    case NODE_CONCAT:
        p->size = at_most((uint64_t)a->size + b->size);
        p->shortest = at_most((uint64_t)a->shortest + b->shortest);
        p->mentions = at_most((uint64_t)a->mentions + b->mentions);
        p->always = a->always || b->always;
        break;
    case NODE_OR:
        p->size = at_most((uint64_t)a->size + b->size + 2);
        p->shortest = a->shortest < b->shortest ? a->shortest : b->shortest;
        p->mentions = a->mentions > b->mentions ? a->mentions : b->mentions;
        p->always = a->always && b->always;
        break;
    case NODE_REPEAT: measure_repeat(p); break;
    case NODE_CAPTURE:
    case NODE_MENTION:
        p->size = at_most((uint64_t)a->size + 2);
        p->shortest = a->shortest;
        p->mentions = at_most((uint64_t)a->mentions + (p->kind == NODE_MENTION));
        p->always = a->always || p->kind == NODE_MENTION;
        break;
    default: p->size = 1; p->shortest = p->kind == NODE_STEP;
    }
}

static const pattern *node(parser *p, pattern value) {
    pattern *copy = arena_alloc(p->r->b->arena, sizeof *copy);
    if (!copy) {
        p->r->short_of_memory = true;
        return NULL;
    }
    *copy = value;
    measure(copy);
    return copy;
}

static const pattern *fail(parser *p, const char *at, const char *message) {
    scan_fail(p->s, at, STR(""), "%s", message);
    return NULL;
}

/* Atoms pushed since `first` become the test of one token. */
static const pattern *step_of(parser *p, node_kind kind, uint32_t first, bool asks) {
    uint32_t count = p->r->atoms.count - first;
    atom *atoms = arena_array(p->r->b->arena, atom, count);
    p->r->atoms.count = first;
    if (!atoms) {
        p->r->short_of_memory = true;
        return NULL;
    }
    memcpy(atoms, p->r->atoms.items + first, count * sizeof *atoms);
    return node(p, (pattern){.kind = kind, .atoms = atoms, .atom_count = count, .asks = asks});
}

static const pattern *single(parser *p, node_kind kind) {
    uint32_t first = p->r->atoms.count;
    bool asks = false;
    bool read = scan_take(p->s, '[') ? test_read(p->r, p->s, &asks) : test_read_atom(p->r, p->s, &asks);
    if (read) return step_of(p, kind, first, asks);
    p->r->atoms.count = first;
    return NULL;
}

static const pattern *concat(parser *p, const pattern *a, const pattern *b) {
    return a && b ? node(p, (pattern){.kind = NODE_CONCAT, .first = a, .second = b}) : NULL;
}

/* "vor allem": each word a token. */
static const pattern *words(parser *p) {
    scanner before = *p->s;
    p->s->p++;
    str text = scan_string(p->s, p->r->b->arena);
    if (!text.ptr || !memchr(text.ptr, ' ', text.len)) {
        bool failed = p->s->failed;
        *p->s = before;
        p->s->failed = failed;
        return text.ptr ? single(p, NODE_STEP) : NULL;
    }
    bool fold = p->s->p < p->s->lines[p->s->at].text.ptr + p->s->lines[p->s->at].text.len && *p->s->p == 'i';
    p->s->p += fold;
    const pattern *all = NULL;
    for (str rest = str_trim(text); rest.ptr && rest.len; rest = rest.ptr ? str_trim(rest) : rest) {
        uint32_t first = p->r->atoms.count;
        if (!test_push_word(p->r, p->s, str_cut(&rest, ' '), fold)) return NULL;
        const pattern *one = step_of(p, NODE_STEP, first, false);
        all = all ? concat(p, all, one) : one;
        if (!all) return NULL;
    }
    return all ? all : fail(p, before.p, "an empty word");
}

static const pattern *alternatives(parser *p);

static definition *find_definition(rule_build *r, str name, uint8_t language) {
    definition *common = NULL;
    for (uint32_t i = r->definitions.count; i-- > 0;) {
        definition *d = &r->definitions.items[i];
        if (!str_equal(d->name, name)) continue;
        if (d->language == language) return d;
        if (d->language == LANGUAGE_NONE && !common) common = d;
    }
    return common;
}

static void read_definition(rule_build *r, definition *d, uint32_t macro_depth) {
    if (d->read) return;
    scanner s = d->scan;
    parser inner = {.r = r, .s = &s, .language = d->language, .macro_depth = macro_depth};
    d->open = true;
    const pattern *tree = alternatives(&inner);
    if (tree && scan_next(&s)) tree = fail(&inner, s.p, "this sign does not belong here");
    if (tree && tree->mentions)
        tree = fail(&inner, d->scan.p, "a definition has no '<' and '>': these belong to rules");
    d->tree = tree;
    d->depth = inner.deepest + 1;
    d->open = false;
    d->read = true;
}

static str nearest_definition(parser *p, str name) {
    uint32_t count = p->r->definitions.count;
    str *names = arena_array(p->r->b->arena, str, count);
    if (!names) return STR("");
    for (uint32_t i = 0; i < count; i++)
        names[i] = p->r->definitions.items[i].name;
    return nearest_name(name, names, count);
}

static const pattern *expand(parser *p) {
    const char *start = p->s->p;
    str name = scan_name(p->s);
    definition *d = find_definition(p->r, name, p->language);
    if (!d) {
        bool upper = name.ptr[0] >= 'A' && name.ptr[0] <= 'Z';
        scan_fail(p->s, start, upper ? nearest_definition(p, name) : STR(""),
                  upper ? "nobody defines '%.*s'" : "'%.*s' is no pattern: a class stands in [ ], a word in \" \"",
                  (int)name.len, name.ptr);
        return NULL;
    }
    d->used = true;
    if (d->open) return fail(p, start, "this definition is made of itself");
    if (p->macro_depth < MAX_MACRO_DEPTH) read_definition(p->r, d, p->macro_depth + 1);
    if (!d->read || d->depth > MAX_MACRO_DEPTH) return fail(p, start, "definitions are nested too deep");
    if (p->deepest < d->depth) p->deepest = d->depth;
    return d->tree;
}

static const pattern *wrapped(parser *p, node_kind kind, char close) {
    const char *start = p->s->p - 1;
    uint32_t line = p->s->at;
    if (++p->depth > MAX_GROUP_DEPTH) return fail(p, start, "nested too deep");
    const pattern *inner = alternatives(p);
    p->depth--;
    if (!inner) return NULL;
    if (!scan_take(p->s, close)) {
        p->s->at = line;
        return fail(p, start, close == ')' ? "this '(' is not closed" : "this '<' is not closed");
    }
    return kind == NODE_MENTION ? node(p, (pattern){.kind = kind, .first = inner}) : inner;
}

static const pattern *negated(parser *p) {
    node_kind kind = NODE_NOT_NEXT;
    if (p->s->p[0] == '-') {
        kind = NODE_NOT_LAST;
        p->s->p++;
    }
    if (!scan_next(p->s) || !strchr("[\"/~@", *p->s->p))
        return fail(p, p->s->p, "behind '!' stands one token: [test], \"word\", ~\"lemma\", /re/ or @TYPE");
    return single(p, kind);
}

static const pattern *primary(parser *p) {
    if (!scan_next(p->s)) return fail(p, p->s->p, "the pattern ends too early");
    const char *start = p->s->p;
    switch (*start) {
    case '"': return words(p);
    case '[':
    case '/':
    case '~':
    case '@': return single(p, NODE_STEP);
    case '(': p->s->p++; return wrapped(p, NODE_STEP, ')');
    case '<': p->s->p++; return wrapped(p, NODE_MENTION, '>');
    case '^': p->s->p++; return node(p, (pattern){.kind = NODE_START});
    case '$': p->s->p++; return node(p, (pattern){.kind = NODE_END});
    case '!': p->s->p++; return negated(p);
    default: break;
    }
    bool name = (*start >= 'a' && *start <= 'z') || (*start >= 'A' && *start <= 'Z');
    return name ? expand(p) : fail(p, start, "this sign does not belong here");
}

static bool bounds(parser *p, uint32_t *minimum, uint32_t *maximum) {
    scanner *s = p->s;
    if (!scan_next(s) || !scan_number(s, minimum)) return false;
    *maximum = *minimum;
    if (scan_take(s, ',')) {
        *maximum = REPEAT_FOREVER;
        if (scan_next(s) && *s->p != '}' && !scan_number(s, maximum)) return false;
    }
    bool limited = *maximum <= MAX_REPEAT || (*maximum == REPEAT_FOREVER && *minimum <= MAX_REPEAT);
    return scan_take(s, '}') && *maximum && *minimum <= *maximum && limited;
}

static const pattern *repeated(parser *p, const pattern *inner) {
    pattern r = {.kind = NODE_REPEAT, .first = inner, .maximum = REPEAT_FOREVER};
    if (!scan_next(p->s)) return inner;
    const char *start = p->s->p;
    if (!strchr("?*+{", *start)) return inner;
    p->s->p++;
    if (*start == '?') r.maximum = 1;
    if (*start == '+') r.minimum = 1;
    if (*start == '{' && !bounds(p, &r.minimum, &r.maximum))
        return fail(p, start, "bounds are {m}, {m,} or {m,n}, with numbers up to 16");
    return node(p, r);
}

/* "name:"; ptr NULL where there is none. Definitions' names begin in upper case. */
static str capture_name(parser *p) {
    const char *start = p->s->p;
    str name = scan_name(p->s);
    const source_line *line = &p->s->lines[p->s->at];
    if (name.len && p->s->p < line->text.ptr + line->text.len && *p->s->p == ':') {
        p->s->p++;
        return name;
    }
    p->s->p = start;
    return (str){NULL, 0};
}

static const pattern *item(parser *p) {
    const char *start = p->s->p;
    str name = capture_name(p);
    if (name.ptr && (name.ptr[0] < 'a' || name.ptr[0] > 'z' || str_is(name, "it")))
        return fail(p, start, "the name of a part begins in lower case, and is not 'it'");
    const pattern *inner = primary(p);
    if (inner) inner = repeated(p, inner);
    return inner && name.ptr ? node(p, (pattern){.kind = NODE_CAPTURE, .name = name, .first = inner}) : inner;
}

static const pattern *sequence(parser *p) {
    if (!scan_next(p->s)) return fail(p, p->s->p, "a pattern is expected");
    if (strchr("|)>", *p->s->p)) return fail(p, p->s->p, "a pattern is expected before this sign");
    const pattern *all = item(p);
    while (all && scan_next(p->s) && !strchr("|)>", *p->s->p)) {
        const pattern *next = item(p);
        all = concat(p, all, next);
    }
    return all;
}

static const pattern *alternatives(parser *p) {
    const pattern *all = sequence(p);
    while (all && scan_take(p->s, '|')) {
        const pattern *other = sequence(p);
        if (!other) return NULL;
        all = node(p, (pattern){.kind = NODE_OR, .first = all, .second = other});
    }
    return all;
}

const pattern *pattern_read(rule_build *r, scanner *s, uint8_t language) {
    parser p = {.r = r, .s = s, .language = language};
    const pattern *tree = alternatives(&p);
    return tree && scan_next(s) ? fail(&p, s->p, "this sign does not belong here") : tree;
}

void definitions_read(rule_build *r) {
    for (uint32_t i = 0; i < r->definitions.count && !r->short_of_memory; i++)
        read_definition(r, &r->definitions.items[i], 0);
}
