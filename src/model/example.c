/* Marked examples below rules and frames. */
#include "base/error.h"
#include "model/rule_source.h"

typedef struct reader {
    char *text;
    size_t length;
    example *out;
    arena *arena;
    bool roles;
} reader;

static bool in_range(char c, char low, char high) {
    return c >= low && c <= high;
}

/* Behind "<": a label, if the first word looks like one and more follows: in rules a type ("PER"), in frames a role
 * ("subject"). */
static str cut_label(str *rest, bool roles) {
    size_t n = 0;
    char low = roles ? 'a' : 'A', high = roles ? 'z' : 'Z';
    while (n < rest->len && (in_range(rest->ptr[n], low, high) || (n && rest->ptr[n] == '-')))
        n++;
    if (n < (roles ? 2 : 3) || n > 12 || n >= rest->len || rest->ptr[n] != ' ') return STR("");
    str label = str_slice(*rest, 0, n);
    *rest = str_slice(*rest, n + 1, rest->len);
    return label;
}

static bool read_marked(reader *r, str rest) {
    example_span open = {0};
    bool inside = false;
    while (rest.len) {
        char c = rest.ptr[0];
        bool escaped = c == '\\' && rest.len > 1 && (rest.ptr[1] == '<' || rest.ptr[1] == '>');
        if (escaped) {
            c = rest.ptr[1];
            rest = str_slice(rest, 1, rest.len);
        }
        rest = str_slice(rest, 1, rest.len);
        if (!escaped && c == '<') {
            if (inside) return false;
            inside = true;
            open = (example_span){.label = cut_label(&rest, r->roles), .start = (uint32_t)r->length};
        } else if (!escaped && c == '>') {
            if (!inside) return false;
            inside = false;
            open.end = (uint32_t)r->length;
            if (!vec_push(r->arena, &r->out->spans, open)) return false;
        } else {
            r->text[r->length++] = c;
        }
    }
    return !inside;
}

/* What stands behind two blanks or more: "@date = value", or conditions. */
static size_t find_conditions(str line) {
    for (size_t i = 0; i + 2 < line.len; i++) {
        if (line.ptr[i] == ' ' && line.ptr[i + 1] == ' ') return i;
    }
    return line.len;
}

static void read_conditions(example *out, str rest) {
    rest = str_trim(rest);
    if (rest.len && rest.ptr[0] == '@') {
        rest = str_slice(rest, 1, rest.len);
        size_t n = 0;
        while (n < rest.len && rest.ptr[n] != ' ')
            n++;
        out->date = str_slice(rest, 0, n);
        rest = str_trim(str_slice(rest, n, rest.len));
    }
    if (rest.len && rest.ptr[0] == '=') {
        out->value = str_trim(str_slice(rest, 1, rest.len));
    } else {
        out->conditions = rest;
    }
}

bool example_read(arena *a, const rule_source *source, const source_line *line, reporter *r, bool roles, example *out) {
    str body = str_slice(line->text, 2, line->text.len);
    *out = (example){
        .positive = line->text.ptr[0] == '+', .line = line, .date = STR(""), .value = STR(""), .conditions = STR("")};
    size_t marked = find_conditions(str_trim(body));
    body = str_trim(body);
    read_conditions(out, str_slice(body, marked, body.len));
    reader state = {.text = arena_alloc(a, marked + 1), .out = out, .arena = a, .roles = roles};
    if (!state.text) return false;
    if (!read_marked(&state, str_slice(body, 0, marked))) {
        if (a->failed) return false;
        report_at(r, NERX_ERROR_SYNTAX, source, line, body.ptr, "the marks '<' and '>' of this example do not pair");
        return false;
    }
    out->text = (str){state.text, state.length};
    return true;
}
