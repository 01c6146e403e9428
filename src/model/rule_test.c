/* Tests of one token: "[country.gen & !noun]", "word", ~"lemma", /re/, @PER. In brackets:
 *
 *     test = all { "|" all };  all = factor { "&" factor };  factor = "!" factor | "(" test ")" | atom */
#include "model/regex.h"
#include "model/rule_parse.h"
#include "model/rule_shapes.h"
#include "text/chars.h"

typedef struct tester {
    rule_build *r;
    scanner *s;
    uint32_t first; /* of its atoms in r->atoms */
    unsigned depth;
    bool *asks;
} tester;

static bool push(tester *t, atom a) {
    if (t->r->atoms.count - t->first >= 2 * MAX_TEST_ATOMS)
        return scan_fail(t->s, t->s->p, STR(""), "this test is too long");
    if (vec_push(t->r->b->arena, &t->r->atoms, a)) return true;
    t->r->short_of_memory = true;
    return false;
}

static bool word_of(tester *t, str text, bool fold, uint32_t *id) {
    arena *a = t->r->b->arena;
    str key = chars_key(a, text);
    if (fold && key.ptr) key = chars_fold(a, key);
    *id = key.ptr ? build_word_id(t->r->b, key) : NERX_NONE;
    if (*id == NERX_NONE) t->r->short_of_memory = true;
    return *id != NERX_NONE;
}

static bool flag(tester *t, char c) {
    const source_line *line = &t->s->lines[t->s->at];
    if (t->s->p >= line->text.ptr + line->text.len || *t->s->p != c) return false;
    t->s->p++;
    return true;
}

static bool quoted(tester *t, atom_kind kind) {
    const char *start = t->s->p;
    uint32_t id;
    str text = scan_string(t->s, t->r->b->arena);
    if (!text.ptr) {
        if (!t->s->failed) t->r->short_of_memory = true;
        return false;
    }
    if (kind == ATOM_WORD && flag(t, 'i')) kind = ATOM_FOLD;
    if (!text.len) return scan_fail(t->s, start, STR(""), "an empty word");
    if (text.len > WORD_MAX_LENGTH) return scan_fail(t->s, start, STR(""), "a word longer than 255 bytes");
    if (memchr(text.ptr, ' ', text.len))
        return scan_fail(t->s, start, STR(""), "\"%.*s\" is more than one word", (int)text.len, text.ptr);
    return word_of(t, text, kind == ATOM_FOLD, &id) && push(t, (atom){kind, id, 0, 0});
}

bool test_push_word(rule_build *r, scanner *s, str text, bool fold) {
    tester t = {.r = r, .s = s, .first = r->atoms.count};
    uint32_t id;
    return word_of(&t, text, fold, &id) && push(&t, (atom){fold ? ATOM_FOLD : ATOM_WORD, id, 0, 0});
}

static uint32_t attribute_string(rule_build *r, str text) {
    for (uint32_t i = 0; i < r->attributes.count; i++) {
        if (str_is(text, r->strings.items + r->attributes.items[i])) return r->attributes.items[i];
    }
    uint32_t new = rule_string(r, text);
    return new != NERX_NONE &&vec_push(r->b->arena, &r->attributes, new) ? new : NERX_NONE;
}

static uint32_t expression_number(rule_build *r, str text) {
    for (uint32_t i = 0; i < r->expressions.count; i++) {
        if (str_is(text, r->strings.items + r->expressions.items[i].text)) return i;
    }
    expression new = {.text = rule_string(r, text)};
    if (new.text == NERX_NONE || !vec_push(r->b->arena, &r->expressions, new)) return NERX_NONE;
    return r->expressions.count - 1;
}

static bool read_expression(tester *t) {
    char message[128] = "";
    size_t offset = 0;
    str text = scan_until(t->s, '/');
    if (!text.ptr) return false;
    regex *compiled = regex_compile(text, &offset, message, sizeof message);
    if (!compiled && !message[0]) {
        t->r->short_of_memory = true;
        return false;
    }
    if (!compiled)
        return scan_fail(t->s, text.ptr + (offset < text.len ? offset : text.len), STR(""),
                         "in the regular expression: %s", message);
    regex_free(compiled);
    if (flag(t, 'i')) text = arena_format(t->r->b->arena, "(?i)%.*s", (int)text.len, text.ptr);
    uint32_t number = text.ptr ? expression_number(t->r, text) : NERX_NONE;
    if (number == NERX_NONE) t->r->short_of_memory = true;
    return number != NERX_NONE && push(t, (atom){ATOM_REGEX, number, 0, 0});
}

static str nearest_atom(tester *t, str name) {
    uint32_t classes = build_class_count(t->r->b), count = classes + shape_name_count();
    str *names = arena_array(t->r->b->arena, str, count);
    if (!names) return STR("");
    for (uint32_t i = 0; i < count; i++)
        names[i] = i < classes ? build_class_name(t->r->b, i) : shape_name(i - classes);
    return nearest_name(name, names, count);
}

static str nearest_feature(str name) {
    str names[40];
    size_t count = 0;
    while (count < 40 && feature_names[count]) {
        names[count] = str_of(feature_names[count]);
        count++;
    }
    return nearest_name(name, names, count);
}

/* Does an entry of the class carry the attribute? Lower layers are not asked: there it holds. */
static bool attribute_known(const tester *t, uint32_t class, str key) {
    const build *b = t->r->b;
    if (class < b->first_class || class == NERX_NONE) return true;
    for (uint32_t i = 0; i < b->lines.count; i++) {
        const entry *e = &b->lines.items[i].entry;
        if (e->class != class) continue;
        for (str rest = str_of(b->strings.items + e->attributes); rest.ptr && rest.len;) {
            str value = str_cut(&rest, ';');
            if (str_equal(str_cut(&value, '='), key)) return true;
        }
    }
    return false;
}

/* "kind=media", "leads": what stands behind a dot and is no feature. */
static bool attribute(tester *t, atom *a, str key) {
    arena *m = t->r->b->arena;
    if (!key.len) return scan_fail(t->s, key.ptr, STR(""), "a feature or attribute is expected behind '.'");
    if (a->c) return scan_fail(t->s, key.ptr, STR(""), "a second attribute; write them as two tests joined by '&'");
    str text = key;
    if (flag(t, '=')) {
        str value = flag(t, '"') ? scan_string(t->s, m) : scan_name(t->s);
        if (!value.ptr) return false;
        if (!value.len) return scan_fail(t->s, t->s->p, STR(""), "a value is expected behind '='");
        text = arena_format(m, "%.*s=%.*s", (int)key.len, key.ptr, (int)value.len, value.ptr);
    }
    if (!attribute_known(t, a->a, key))
        return scan_fail(t->s, key.ptr, nearest_feature(key),
                         "'%.*s' is no feature, and no entry of the class has such an attribute", (int)key.len,
                         key.ptr);
    a->c = text.ptr ? attribute_string(t->r, text) : NERX_NONE;
    if (a->c == NERX_NONE) t->r->short_of_memory = true;
    return a->c != NERX_NONE;
}

/* ".gen.pl.kind=media" behind a class. */
static bool features(tester *t, atom *a) {
    while (flag(t, '.')) {
        str name = scan_name(t->s);
        const char *behind = t->s->p;
        uint32_t bits = flag(t, '=') ? 0 : feature_find(name);
        t->s->p = behind;
        a->b |= bits;
        if (!bits && !attribute(t, a, name)) return false;
    }
    return true;
}

static bool class_or_shape(tester *t) {
    const char *start = t->s->p;
    atom a = {ATOM_CLASS, NERX_NONE, 0, 0};
    if (scan_peek(t->s, '.')) return features(t, &a) && push(t, a);
    str name = scan_name(t->s);
    if (!name.len) return scan_fail(t->s, start, STR(""), "a class, a shape, or a word in quotes is expected");
    if (shape_find(name, &a)) return push(t, a);
    a = (atom){ATOM_CLASS, build_class(t->r->b, name, false), 0, 0};
    if (a.a == NERX_NONE)
        return scan_fail(t->s, start, nearest_atom(t, name), "nobody defines the class '%.*s'", (int)name.len,
                         name.ptr);
    return features(t, &a) && push(t, a);
}

static bool earlier_mention(tester *t) {
    const char *start = t->s->p;
    str name = scan_name(t->s);
    build *b = t->r->b;
    uint32_t type = build_type(b, name, false);
    *t->asks = true;
    if (type != NERX_NONE) return push(t, (atom){ATOM_MENTION, type, 0, 0});
    str names[64];
    size_t count = 0;
    for (uint32_t i = 0; i < b->types.count && count < 64; i++)
        names[count++] = str_of(b->strings.items + b->types.items[i].name);
    return scan_fail(t->s, start, nearest_name(name, names, count), "no list and no rule gives the type '%.*s'",
                     (int)name.len, name.ptr);
}

static bool test(tester *t);

static bool group(tester *t) {
    const char *start = t->s->p - 1;
    if (++t->depth > MAX_GROUP_DEPTH) return scan_fail(t->s, start, STR(""), "nested too deep");
    if (!test(t)) return false;
    t->depth--;
    return scan_take(t->s, ')') || scan_fail(t->s, t->s->p, STR(""), "')' is missing");
}

static bool factor(tester *t) {
    scanner *s = t->s;
    if (!scan_next(s)) return scan_fail(s, s->p, STR(""), "the test ends too early");
    bool not = false;
    while (scan_take(s, '!'))
        not = !not ;
    if (!scan_next(s)) return scan_fail(s, s->p, STR(""), "the test ends too early");
    bool read;
    if (scan_take(s, '"')) {
        read = quoted(t, ATOM_WORD);
    } else if (scan_take(s, '/')) {
        read = read_expression(t);
    } else if (scan_take(s, '@')) {
        read = earlier_mention(t);
    } else if (scan_take(s, '(')) {
        read = group(t);
    } else if (scan_take(s, '~')) {
        read = scan_take(s, '"') ? quoted(t, ATOM_LEMMA) : scan_fail(s, s->p, STR(""), "behind ~ stands a \"lemma\"");
    } else {
        read = class_or_shape(t);
    }
    return read && (!not || push(t, (atom){ATOM_NOT, 0, 0, 0}));
}

static bool all(tester *t) {
    if (!factor(t)) return false;
    while (scan_take(t->s, '&')) {
        if (!factor(t) || !push(t, (atom){ATOM_AND, 0, 0, 0})) return false;
    }
    return true;
}

static bool test(tester *t) {
    if (!all(t)) return false;
    while (scan_take(t->s, '|')) {
        if (!all(t) || !push(t, (atom){ATOM_OR, 0, 0, 0})) return false;
    }
    return true;
}

bool test_read_atom(rule_build *r, scanner *s, bool *asks) {
    tester t = {.r = r, .s = s, .first = r->atoms.count, .asks = asks};
    return factor(&t);
}

bool test_read(rule_build *r, scanner *s, bool *asks) {
    tester t = {.r = r, .s = s, .first = r->atoms.count, .asks = asks};
    const char *start = s->p - 1;
    uint32_t line = s->at;
    if (!test(&t)) return false;
    if (!scan_take(s, ']')) {
        scan_next(s);
        return scan_fail(s, s->p, STR(""), "']' is missing");
    }
    if (test_possible(r, r->atoms.items + t.first, r->atoms.count - t.first)) return true;
    s->at = line;
    return scan_fail(s, start, STR(""), "this test can never hold");
}
