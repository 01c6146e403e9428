/* Gates: "PER.f1>=0.86", what a pipeline wants to hold. */
#include "eval/gate.h"

#include <stdlib.h>

#include "base/error.h"

/* ---- Figures by name ---- */

static bool pick(figure f, str name, double *value) {
    const struct {
        const char *name;
        double value;
    } parts[] = {{"precision", f.precision}, {"recall", f.recall}, {"f1", f.f1}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!str_is(name, parts[i].name)) continue;
        *value = parts[i].value;
        return true;
    }
    return false;
}

static double ratio(uint32_t part, uint32_t whole) {
    return whole ? (double)part / whole : 0;
}

/* "accuracy", "f1" … behind "values." */
static bool find_value(const eval_values *v, str name, double *value) {
    if (!str_is(name, "accuracy")) return pick(value_figure(v), name, value);
    *value = ratio(v->right, v->paired);
    return true;
}

/* "f1", "modality", "meets.f1" behind "relations." */
static bool find_relation(const eval_relations *r, str name, double *value) {
    str last = name, type = str_cut(&last, '.');
    if (!last.ptr) {
        last = name;
        type = STR("all");
    }
    for (uint32_t i = 0; i < r->rows.count; i++) {
        const eval_relation_row *row = &r->rows.items[i];
        if (!str_equal(row->type, type)) continue;
        if (!str_is(last, "modality")) return pick(relation_figure(row), last, value);
        *value = ratio(row->marked, row->right);
        return true;
    }
    return false;
}

/* "f1", "strict.f1" behind a type. */
static bool find_mention(const figure_row *row, str name, double *value) {
    str last = name, sense = str_cut(&last, '.');
    if (!last.ptr) return pick(row->figures[MEASURE_STRICT], name, value);
    for (unsigned m = 0; m < MEASURES; m++) {
        if (str_is(sense, measure_name(m))) return pick(row->figures[m], last, value);
    }
    return false;
}

static bool find_figure(const eval_result *r, str name, double *value) {
    str rest = name, head = str_cut(&rest, '.');
    const figure_row *row = figures_find(&r->figures, head);
    if (row) return rest.ptr && find_mention(row, rest, value);
    if (str_is(head, "values")) return rest.ptr && find_value(&r->values, rest, value);
    return str_is(head, "relations") && rest.ptr && find_relation(&r->relations, rest, value);
}

/* ---- Expressions ---- */

static bool is_sign(char c) {
    return c == '<' || c == '>' || c == '=';
}

str gate_figure(const char *gate) {
    size_t length = 0;
    while (gate[length] && !is_sign(gate[length]))
        length++;
    return str_trim((str){gate, length});
}

/* "0.86", "86%", "-3%": all of it. */
static bool read_number(str s, double *value) {
    char text[64], *end;
    if (!s.len || s.len >= sizeof text) return false;
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    *value = strtod(text, &end);
    if (end == text) return false;
    if (*end == '%') {
        *value /= 100;
        end++;
    }
    return !*end;
}

/* A number, a figure, or a figure with a number behind + or -. Names may hold a - themselves. */
static bool read_side(const eval_result *r, str s, double *value) {
    if (read_number(s, value) || find_figure(r, s, value)) return true;
    for (size_t i = s.len; i-- > 1;) {
        if (s.ptr[i] != '+' && s.ptr[i] != '-') continue;
        double more;
        if (!find_figure(r, str_trim(str_slice(s, 0, i)), value)) continue;
        if (!read_number(str_trim(str_slice(s, i + 1, s.len)), &more)) return false;
        *value += s.ptr[i] == '+' ? more : -more;
        return true;
    }
    return false;
}

/* Figures are quotients: 43/50 and 0.86 are the same, whatever the last bit. */
static const double slack = 1e-12;

static bool compare(str sign, double left, double right, bool *holds) {
    const struct {
        const char *sign;
        bool holds;
    } signs[] = {{">=", left >= right - slack},
                 {">", left > right + slack},
                 {"<=", left <= right + slack},
                 {"<", left < right - slack}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!str_is(sign, signs[i].sign)) continue;
        *holds = signs[i].holds;
        return true;
    }
    return false;
}

static bool unknown(const eval_result *r, str name, nerx_error *error) {
    char known[256] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < r->figures.rows.count; i++) {
        str type = r->figures.rows.items[i].type;
        if (used + type.len + 2 > sizeof known) break;
        known[used++] = ' ';
        memcpy(known + used, type.ptr, type.len);
        used += type.len;
    }
    known[used] = '\0';
    return error_set(error, NERX_ERROR_ARGUMENT,
                     "no figure is called '%.*s'; it is one of%s, then .f1, .precision or .recall", (int)name.len,
                     name.ptr, known);
}

bool gate_check(const eval_result *r, const char *gate, bool *holds, double *left, nerx_error *error) {
    str name = gate_figure(gate);
    const char *at = gate;
    while (*at && !is_sign(*at))
        at++;
    size_t length = 0;
    while (is_sign(at[length]))
        length++;
    str sign = {at, length}, side = str_trim(str_of(at + length));
    double right = 0;
    if (!name.len || !side.len || !compare(sign, 0, 0, holds))
        return error_set(error, NERX_ERROR_ARGUMENT, "'%s' is not a figure, >=, >, <= or <, and a number", gate);
    if (!find_figure(r, name, left)) return unknown(r, name, error);
    if (!read_side(r, side, &right)) return unknown(r, side, error);
    return compare(sign, *left, right, holds);
}
