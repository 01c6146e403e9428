/* Inflection tables: paradigm, condition, change, features. */
#include "model/inflect.h"

/* "gen.sg" to bits; reports a name that is none. */
static uint32_t read_features(build *b, const rule_source *at, const source_line *line, str names) {
    uint32_t features = 0;
    while (names.ptr) {
        str name = str_cut(&names, '.');
        uint32_t bit = feature_find(name);
        if (!bit && name.len)
            report_at(b->reports, NERX_ERROR_SYNTAX, at, line, name.ptr, "no such feature: '%.*s'", (int)name.len,
                      name.ptr);
        features |= bit;
    }
    return features;
}

static void read_change(str change, inflection *out) {
    if (change.len && change.ptr[0] == '=') {
        out->template = str_slice(change, 1, change.len);
        return;
    }
    const char *plus = change.len ? memchr(change.ptr, '+', change.len) : NULL;
    size_t at = plus ? (size_t)(plus - change.ptr) : change.len;
    out->cut = str_slice(change, 0, at);
    if (out->cut.len && out->cut.ptr[0] == '-') out->cut = str_slice(out->cut, 1, out->cut.len);
    out->add = plus ? str_slice(change, at + 1, change.len) : STR("");
}

static bool read_row(build *b, const rule_source *at, const source_line *line, uint8_t language, inflection_list *out) {
    str rest = line->text, pattern;
    inflection row = {.language = language, .paradigm = str_cut(&rest, '\t')};
    pattern = str_cut(&rest, '\t');
    str change = str_cut(&rest, '\t');
    if (!change.ptr || !rest.ptr) {
        report_at(b->reports, NERX_ERROR_SYNTAX, at, line, line->text.ptr,
                  "expected: paradigm, condition, change, features");
        return true;
    }
    read_change(change, &row);
    row.features = read_features(b, at, line, str_cut(&rest, '\t'));
    char message[128] = "";
    size_t offset = 0;
    str whole = arena_format(b->arena, ".*(?:%.*s)", (int)pattern.len, pattern.ptr);
    if (!whole.ptr) return false;
    row.condition = regex_compile(whole, &offset, message, sizeof message);
    if (!row.condition && !message[0]) return false;
    if (!row.condition) {
        report_at(b->reports, NERX_ERROR_SYNTAX, at, line, pattern.ptr, "the condition: %s", message);
        return true;
    }
    if (vec_push(b->arena, &out->items, row)) return true;
    regex_free(row.condition);
    return false;
}

bool inflections_read(build *b, const nerx_source *source, uint8_t language, inflection_list *out) {
    rule_source lines;
    str text = {source->text, source->length};
    if (!rule_source_read(b->arena, source->path, text, &lines)) return false;
    for (uint32_t i = 0; i < lines.lines.count; i++) {
        if (!read_row(b, &lines, &lines.lines.items[i], language, out)) return false;
    }
    return true;
}

str inflect(arena *a, const inflection *i, str surface) {
    if (i->template.ptr) return regex_fill(a, i->condition, surface, i->template);
    if (!str_ends(surface, i->cut) || !regex_match(i->condition, surface)) return (str){NULL, 0};
    return arena_format(a, "%.*s%.*s", (int)(surface.len - i->cut.len), surface.ptr, (int)i->add.len, i->add.ptr);
}

void inflections_free(inflection_list *all) {
    for (uint32_t i = 0; i < all->items.count; i++)
        regex_free(all->items.items[i].condition);
}
