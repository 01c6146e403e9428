/* Patterns of rules, read into trees by recursive descent:
 *
 *     alternatives = sequence { "|" sequence }
 *     sequence     = { item }
 *     item         = [name ":"] primary [ "?" | "*" | "+" | "{m,n}" ]
 *     primary      = "[" test "]" | "word" ["i"] | ~"lemma" | /re/ | @TYPE | Name | "(" alternatives ")" | "<" … ">"
 *                  | "^" | "$" | "!" primary
 *     test         = conjunction { "|" conjunction };  conjunction = factor { "&" factor };  factor = ["!"] atom */
#include <stdio.h>
#include <stdlib.h>

#include "model/regex.h"
#include "model/rule_parse.h"
#include "model/rule_shapes.h"
#include "text/chars.h"

typedef struct parser {
    rule_build *r;
    const source_line *line;
    const char *p, *end;
    unsigned depth, macro_depth;
} parser;

static void fail(parser *s, const char *at, const char *format, str what, str nearest) {
    char text[256];
    snprintf(text, sizeof text, format, (int)what.len, what.ptr ? what.ptr : "");
    s->r->failed = true;
    if (nearest.ptr) {
        report_at(s->r->b->reports, NERX_ERROR_SYNTAX, s->r->source, s->line, at, "%s; did you mean '%.*s'?", text,
                  (int)nearest.len, nearest.ptr);
    } else {
        report_at(s->r->b->reports, NERX_ERROR_SYNTAX, s->r->source, s->line, at, "%s", text);
    }
}

static const str none = {NULL, 0};

static const void *fail_null(parser *s, const char *at, const char *format, str what) {
    fail(s, at, format, what, none);
    return NULL;
}

static void blanks(parser *s) {
    while (s->p < s->end && strchr(" \t\r\n", *s->p))
        s->p++;
}

static bool take(parser *s, char c) {
    blanks(s);
    if (s->p >= s->end || *s->p != c) return false;
    s->p++;
    return true;
}

static bool name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static str take_name(parser *s) {
    const char *start = s->p;
    while (s->p < s->end && name_character(*s->p))
        s->p++;
    return (str){start, (size_t)(s->p - start)};
}

/* Up to the closing quote or slash; "\" keeps the next character. */
static str take_until(parser *s, char close) {
    const char *start = s->p;
    while (s->p < s->end && *s->p != close)
        s->p += *s->p == '\\' && s->p + 1 < s->end ? 2 : 1;
    str text = {start, (size_t)((s->p < s->end ? s->p : s->end) - start)};
    if (s->p >= s->end) {
        fail(s, start, "the closing sign is missing%.*s", none, none);
        return none;
    }
    s->p++;
    return text;
}

static bool push(parser *s, atom a) {
    bool pushed = vec_push(s->r->b->arena, &s->r->atoms, a);
    if (!pushed) s->r->short_of_memory = true;
    return pushed;
}

static uint32_t word_of(parser *s, str text, bool fold) {
    str key = chars_key(s->r->b->arena, text);
    if (fold && key.ptr) key = chars_fold(s->r->b->arena, key);
    uint32_t id = key.ptr ? build_word_id(s->r->b, key) : NERX_NONE;
    if (id == NERX_NONE) s->r->short_of_memory = true;
    return id;
}

static bool test_word(parser *s) {
    str text = take_until(s, '"');
    if (!text.ptr) return false;
    bool fold = s->p < s->end && *s->p == 'i' && (s->p + 1 == s->end || !name_character(s->p[1]));
    if (fold) s->p++;
    if (!text.len || memchr(text.ptr, ' ', text.len)) {
        fail(s, text.ptr, "\"%.*s\" is not one word", text, none);
        return false;
    }
    return push(s, (atom){fold ? ATOM_FOLD : ATOM_WORD, word_of(s, text, fold), 0, 0});
}

static bool test_regex(parser *s) {
    const char *start = s->p;
    str text = take_until(s, '/');
    if (!text.ptr) return false;
    char message[128] = "";
    size_t offset = 0;
    regex *compiled = regex_compile(text, &offset, message, sizeof message);
    if (!compiled) {
        fail(s, start + offset, "in the regular expression: %.*s", str_of(message), none);
        return false;
    }
    regex_free(compiled);
    uint32_t at = rule_string(s->r, text);
    return at != NERX_NONE && push(s, (atom){ATOM_REGEX, at, 0, 0});
}

static str nearest_class(parser *s, str name) {
    uint32_t count = build_class_count(s->r->b);
    str *names = arena_array(s->r->b->arena, str, count + shape_name_count());
    if (!names) return none;
    for (uint32_t i = 0; i < count; i++)
        names[i] = build_class_name(s->r->b, i);
    for (uint32_t i = 0; i < shape_name_count(); i++)
        names[count + i] = shape_name(i);
    return nearest_name(name, names, count + shape_name_count());
}

/* ".gen.pl.kind=media" behind a class. */
static bool test_features(parser *s, atom *a) {
    while (s->p < s->end && *s->p == '.') {
        const char *start = ++s->p;
        str name = take_name(s);
        uint32_t bits = feature_find(name);
        if (s->p < s->end && *s->p == '=') {
            s->p++;
            take_name(s);
            bits = 0;
        }
        if (bits) {
            a->b |= bits;
            continue;
        }
        str attribute = {start, (size_t)(s->p - start)};
        if (!attribute.len || a->c) {
            fail(s, start, "'%.*s' is no feature", attribute, none);
            return false;
        }
        a->c = rule_string(s->r, attribute);
    }
    return true;
}

static bool test_named(parser *s) {
    const char *start = s->p;
    str name = take_name(s);
    atom shape;
    if (shape_find(name, &shape)) return push(s, shape);
    uint32_t class = build_class(s->r->b, name, false);
    if (class == NERX_NONE) {
        fail(s, start, name.len ? "nobody defines the class '%.*s'" : "a class, shape or word is expected%.*s", name,
             name.len ? nearest_class(s, name) : none);
        return false;
    }
    atom a = {ATOM_CLASS, class, 0, 0};
    return test_features(s, &a) && push(s, a);
}

static bool test(parser *s);

static bool test_mention(parser *s) {
    const char *start = s->p;
    str name = take_name(s);
    uint32_t type = build_type(s->r->b, name, false);
    if (type == NERX_NONE) {
        fail(s, start, "no list and no rule gives the type '%.*s'", name, none);
        return false;
    }
    s->r->mentions = true;
    return push(s, (atom){ATOM_MENTION, type, 0, 0});
}

static bool test_atom(parser *s) {
    blanks(s);
    if (take(s, '!')) return test_atom(s) && push(s, (atom){ATOM_NOT, 0, 0, 0});
    if (take(s, '"')) return test_word(s);
    if (take(s, '/')) return test_regex(s);
    if (take(s, '@')) return test_mention(s);
    if (take(s, '(')) {
        if (++s->depth > MAX_GROUP_DEPTH) return fail_null(s, s->p, "nested too deep%.*s", none) != NULL;
        bool inner = test(s) && take(s, ')');
        s->depth--;
        return inner;
    }
    if (take(s, '~')) {
        if (!take(s, '"')) return fail_null(s, s->p, "~ stands before \"a lemma\"%.*s", none) != NULL;
        str text = take_until(s, '"');
        return text.ptr && push(s, (atom){ATOM_LEMMA, word_of(s, text, false), 0, 0});
    }
    return test_named(s);
}

static bool test_all(parser *s) {
    if (!test_atom(s)) return false;
    while (take(s, '&')) {
        if (!test_atom(s) || !push(s, (atom){ATOM_AND, 0, 0, 0})) return false;
    }
    return true;
}

static bool test(parser *s) {
    if (!test_all(s)) return false;
    while (take(s, '|')) {
        if (!test_all(s) || !push(s, (atom){ATOM_OR, 0, 0, 0})) return false;
    }
    return true;
}

static pattern *new_pattern(parser *s, pattern p) {
    pattern *copy = arena_alloc(s->r->b->arena, sizeof *copy);
    if (!copy) {
        s->r->short_of_memory = true;
        return NULL;
    }
    *copy = p;
    return copy;
}

/* Atoms pushed since `first` become the test of one step. */
static pattern *step_of(parser *s, uint32_t first) {
    uint32_t count = s->r->atoms.count - first;
    atom *atoms = arena_array(s->r->b->arena, atom, count);
    if (!atoms) {
        s->r->short_of_memory = true;
        return NULL;
    }
    memcpy(atoms, s->r->atoms.items + first, count * sizeof *atoms);
    s->r->atoms.count = first;
    return new_pattern(s, (pattern){.kind = NODE_STEP, .atoms = atoms, .atom_count = count});
}

static const pattern *alternatives(parser *s);

static definition *find_definition(parser *s, str name) {
    for (uint32_t i = s->r->definitions.count; i-- > 0;) {
        definition *d = &s->r->definitions.items[i];
        bool language = d->language == LANGUAGE_NONE || d->language == s->r->language;
        if (language && str_equal(d->name, name)) return d;
    }
    return NULL;
}

static const pattern *expand(parser *s) {
    const char *start = s->p;
    str name = take_name(s);
    definition *d = find_definition(s, name);
    if (!d) return fail_null(s, start, "'%.*s' is neither defined with def nor a word in quotes", name);
    if (s->macro_depth >= MAX_MACRO_DEPTH) return fail_null(s, start, "'%.*s' is defined by itself", name);
    d->used = true;
    parser inner = {.r = s->r,
                    .line = s->line,
                    .p = d->text.ptr,
                    .end = d->text.ptr + d->text.len,
                    .macro_depth = s->macro_depth + 1};
    const pattern *p = alternatives(&inner);
    if (p && inner.p < inner.end) return fail_null(s, start, "the definition of '%.*s' is not a pattern", name);
    return p;
}

static const pattern *primary(parser *s);

static const pattern *wrapped(parser *s, node_kind kind, char close) {
    if (++s->depth > MAX_GROUP_DEPTH) return fail_null(s, s->p, "nested too deep%.*s", none);
    const char *start = s->p;
    const pattern *inner = alternatives(s);
    s->depth--;
    if (!inner) return NULL;
    if (!take(s, close)) return fail_null(s, start, close == ')' ? "')' is missing%.*s" : "'>' is missing%.*s", none);
    return kind == NODE_MENTION ? new_pattern(s, (pattern){.kind = kind, .first = inner}) : inner;
}

static const pattern *primary(parser *s) {
    blanks(s);
    if (s->p >= s->end) return fail_null(s, s->p, "the pattern ends too early%.*s", none);
    uint32_t first = s->r->atoms.count;
    const char *start = s->p;
    char c = *s->p;
    if (c == '"' || c == '/' || c == '~' || c == '@') return test_atom(s) ? step_of(s, first) : NULL;
    if (name_character(c)) return expand(s);
    s->p++;
    switch (c) {
    case '[':
        if (!test(s)) return NULL;
        return take(s, ']') ? step_of(s, first) : fail_null(s, s->p, "']' is missing%.*s", none);
    case '(': return wrapped(s, NODE_EMPTY, ')');
    case '<': return wrapped(s, NODE_MENTION, '>');
    case '^': return new_pattern(s, (pattern){.kind = NODE_START});
    case '$': return new_pattern(s, (pattern){.kind = NODE_END});
    case '!': {
        const pattern *negated = primary(s);
        if (!negated) return NULL;
        if (negated->kind != NODE_STEP) return fail_null(s, start, "'!' stands before one token%.*s", none);
        pattern p = *negated;
        p.kind = NODE_NOT_NEXT;
        return new_pattern(s, p);
    }
    default: return fail_null(s, start, "'%.*s' is not expected here", (str){start, 1});
    }
}

static bool read_bounds(parser *s, uint32_t *minimum, uint32_t *maximum) {
    char *after;
    unsigned long low = strtoul(s->p, &after, 10), high = low;
    s->p = after;
    if (take(s, ',')) {
        high = strtoul(s->p, &after, 10);
        s->p = after;
    }
    *minimum = (uint32_t)low;
    *maximum = (uint32_t)high;
    return take(s, '}') && low <= high && high >= 1 && high <= MAX_REPEAT;
}

static const pattern *repeated(parser *s, const pattern *p) {
    pattern r = {.kind = NODE_REPEAT, .first = p, .minimum = 0, .maximum = REPEAT_FOREVER};
    const char *start = s->p;
    if (s->p >= s->end) return p;
    switch (*s->p++) {
    case '?': r.maximum = 1; break;
    case '*': break;
    case '+': r.minimum = 1; break;
    case '{':
        if (read_bounds(s, &r.minimum, &r.maximum)) break;
        return fail_null(s, start, "bounds are {m,n} with n from 1 to 16%.*s", none);
    default: s->p--; return p;
    }
    return new_pattern(s, r);
}

/* "name:" before a primary; macros' names begin in upper case and have no colon. */
static str capture_name(parser *s) {
    blanks(s);
    const char *start = s->p;
    str name = take_name(s);
    if (name.len && s->p < s->end && *s->p == ':') {
        s->p++;
        return name;
    }
    s->p = start;
    return none;
}

static const pattern *item(parser *s) {
    str name = capture_name(s);
    const pattern *p = primary(s);
    if (p && name.ptr) p = new_pattern(s, (pattern){.kind = NODE_CAPTURE, .name = name, .first = p});
    return p ? repeated(s, p) : NULL;
}

static bool at_end(parser *s) {
    blanks(s);
    return s->p >= s->end || *s->p == '|' || *s->p == ')' || *s->p == '>';
}

static const pattern *sequence(parser *s) {
    const pattern *all = NULL;
    while (!at_end(s)) {
        const pattern *next = item(s);
        if (!next) return NULL;
        all = all ? new_pattern(s, (pattern){.kind = NODE_CONCAT, .first = all, .second = next}) : next;
        if (!all) return NULL;
    }
    return all ? all : fail_null(s, s->p, "an empty pattern%.*s", none);
}

static const pattern *alternatives(parser *s) {
    const pattern *all = sequence(s);
    while (all && take(s, '|')) {
        const pattern *other = sequence(s);
        if (!other) return NULL;
        all = new_pattern(s, (pattern){.kind = NODE_OR, .first = all, .second = other});
    }
    return all;
}

const pattern *pattern_read(rule_build *r, const source_line *line, str text) {
    parser s = {.r = r, .line = line, .p = text.ptr, .end = text.ptr + text.len};
    const pattern *p = alternatives(&s);
    if (p && s.p < s.end) return fail_null(&s, s.p, "'%.*s' is not expected here", (str){s.p, 1});
    return p;
}
