/* Gazetteer files: header, entries and tables of forms. */
#include "model/gazetteer.h"

#include <stdlib.h>

enum { MAX_POINTS = 1000, LONGEST_LINE = 1 << 16, MAX_CLASSES = 250 };

static void wrong(const list *l, const source_line *line, const char *at, const char *format, str what) {
    report_at(l->b->reports, NERX_ERROR_SYNTAX, l->at, line, at, format, (int)what.len, what.ptr);
}

static int read_number(const list *l, const source_line *line, str value) {
    long n = 0;
    bool negative = value.len && value.ptr[0] == '-';
    for (size_t i = negative; i < value.len; i++) {
        if (value.ptr[i] < '0' || value.ptr[i] > '9' || n > MAX_POINTS) {
            wrong(l, line, value.ptr, "'%.*s' is no number of points", value);
            return 0;
        }
        n = n * 10 + (value.ptr[i] - '0');
    }
    return (int)(negative ? -n : n);
}

static bool is_yes(str value) {
    return str_is(value, "yes");
}

static void read_columns(list *l, const source_line *line, str value) {
    while (value.ptr && l->column_count < 64)
        l->columns[l->column_count++] = str_trim(str_cut(&value, '\t'));
    if (value.ptr) wrong(l, line, value.ptr, "more than 64 columns: '%.*s'", value);
}

/* "# key: value"; other comments are left alone. */
static void read_header(list *l, const source_line *line) {
    str rest = str_trim(str_slice(line->raw, 1, line->raw.len));
    str key = str_cut(&rest, ':'), value = rest.ptr ? str_trim(rest) : STR("");
    const struct {
        const char *name;
        str *target;
    } strings[] = {{"class", &l->class_name},
                   {"type", &l->type_name},
                   {"inflect", &l->inflect},
                   {"source", &l->source},
                   {"licence", &l->licence}};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        if (str_is(key, strings[i].name)) *strings[i].target = value;
    }
    if (str_is(key, "points")) l->points = read_number(l, line, value);
    if (str_is(key, "ambiguous")) l->ambiguous = read_number(l, line, value);
    if (str_is(key, "ordinary")) l->ordinary = is_yes(value);
    if (str_is(key, "columns")) read_columns(l, line, value);
    if (!str_is(key, "case")) return;
    l->fold = str_is(value, "fold");
    if (!l->fold && !str_is(value, "exact")) wrong(l, line, value.ptr, "case is 'exact' or 'fold', not '%.*s'", value);
}

static bool is_name(str name) {
    if (!name.len || name.ptr[0] < 'a' || name.ptr[0] > 'z') return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') return false;
    }
    return true;
}

/* Checks the header once the first entry is reached. */
static bool begin(list *l, const source_line *line) {
    if (!is_name(l->class_name)) {
        wrong(l, line, line->raw.ptr, "the header names no class ('# class: name')%.*s", STR(""));
        return false;
    }
    if (!l->source.len || !l->licence.len) {
        wrong(l, line, line->raw.ptr, "the header of '%.*s' lacks '# source:' or '# licence:'", l->class_name);
        return false;
    }
    l->class = build_class(l->b, l->class_name, true);
    if (l->type_name.len) l->type = build_type(l->b, l->type_name, true) + 1;
    if (l->ambiguous == 0) l->ambiguous = l->points / 3;
    if (l->class >= MAX_CLASSES || l->type >= MAX_CLASSES) {
        wrong(l, line, line->raw.ptr, "too many classes or types: '%.*s'", l->class_name);
        return false;
    }
    if (l->ordinary && l->class >= l->b->first_class)
        l->b->classes.items[l->class - l->b->first_class].flags |= CLASS_ORDINARY;
    return true;
}

/* What the attributes of an entry say to the compiler. */
typedef struct attributes {
    str alias, inflect, lemma;
    uint32_t features;
    int points, ambiguous;
    bool has_points, has_ambiguous, weak;
} attributes;

static attributes read_attributes(list *l, const source_line *line, str text) {
    attributes a = {.inflect = l->inflect};
    while (text.ptr) {
        str value = str_cut(&text, ';');
        str key = str_cut(&value, '=');
        if (!value.ptr) {
            a.features |= feature_find(key);
            a.weak |= str_is(key, "weak");
        } else if (str_is(key, "alias")) {
            a.alias = value;
        } else if (str_is(key, "inflect")) {
            a.inflect = value;
        } else if (str_is(key, "lemma")) {
            a.lemma = value;
        } else if (str_is(key, "points")) {
            a.points = read_number(l, line, value);
            a.has_points = true;
        } else if (str_is(key, "ambiguous")) {
            a.ambiguous = read_number(l, line, value);
            a.has_ambiguous = true;
        }
    }
    return a;
}

static uint32_t single_word(build *b, str s) {
    if (!s.len || s.len > WORD_MAX_LENGTH || memchr(s.ptr, ' ', s.len)) return NERX_NONE;
    return build_word_id(b, s);
}

static bool add_entry(list *l, str name, str id, str text, const attributes *a, uint32_t *index) {
    build *b = l->b;
    int points = a->has_points ? a->points : l->points;
    uint32_t lemma = single_word(b, a->lemma.len ? a->lemma : name);
    entry e = {.name = a->lemma.len || lemma == NERX_NONE ? build_string(b, name) : 0,
               .id = build_string(b, id),
               .attributes = build_string(b, text),
               .points = (int16_t)points,
               .ambiguous = (int16_t)(a->has_ambiguous ? a->ambiguous : l->ambiguous),
               .type = (uint8_t)l->type,
               .class = (uint8_t)l->class,
               .language = l->language,
               .flags = (uint8_t)((l->ordinary ? ENTRY_ORDINARY : 0) | (a->weak ? ENTRY_WEAK : 0))};
    *index = b->first_line + b->lines.count;
    return !b->arena->failed && vec_push(b->arena, &b->lines, (build_line){e, lemma});
}

/* The forms the paradigms in `names` make of a surface; `common` lists use those of every language. */
static bool add_inflected(list *l, str surface, str names, uint32_t index, uint32_t features) {
    while (names.len) {
        str name = str_trim(str_cut(&names, ','));
        for (uint32_t i = 0; i < l->inflections->items.count; i++) {
            const inflection *row = &l->inflections->items.items[i];
            bool language =
                l->language == LANGUAGE_NONE || row->language == LANGUAGE_NONE || row->language == l->language;
            if (!language || !str_equal(row->paradigm, name)) continue;
            str form = inflect(l->b->arena, row, surface);
            if (form.ptr && !gazetteer_add_surface(l->b, l, form, index, features | row->features)) return false;
        }
        if (!names.ptr) break;
    }
    return true;
}

static bool add_surfaces(list *l, str surfaces, const attributes *a, uint32_t index, uint32_t features) {
    while (surfaces.ptr) {
        str surface = str_trim(str_cut(&surfaces, '|'));
        if (!surface.len) continue;
        if (!gazetteer_add_surface(l->b, l, surface, index, features)) return false;
        if (!add_inflected(l, surface, a->inflect, index, features)) return false;
    }
    return true;
}

static bool read_entry(list *l, const source_line *line) {
    str rest = line->raw;
    str surfaces = str_cut(&rest, '\t'), id = STR(""), text = STR("");
    if (rest.ptr) id = str_cut(&rest, '\t');
    if (rest.ptr) text = str_trim(str_cut(&rest, '\t'));
    if (rest.ptr) wrong(l, line, rest.ptr, "a fourth column: '%.*s'", rest);
    str all = surfaces, name = str_trim(str_cut(&all, '|'));
    if (!name.len) {
        wrong(l, line, line->raw.ptr, "an entry without a surface%.*s", STR(""));
        return true;
    }
    attributes a = read_attributes(l, line, text);
    uint32_t index;
    return add_entry(l, name, id, text, &a, &index) && add_surfaces(l, surfaces, &a, index, a.features) &&
           (!a.alias.len || add_surfaces(l, a.alias, &a, index, a.features | FEATURE_ALIAS));
}

static uint32_t column_features(list *l, const source_line *line, str names) {
    uint32_t features = 0;
    while (names.ptr) {
        str name = str_cut(&names, '.');
        uint32_t bit = feature_find(name);
        if (!bit && name.len) wrong(l, line, line->raw.ptr, "no such feature in '# columns:': '%.*s'", name);
        features |= bit;
    }
    uint32_t finite = FEATURE_1 | FEATURE_2 | FEATURE_3;
    if (features & finite && !(features & (FEATURE_INF | FEATURE_PART))) features |= FEATURE_FIN;
    if (features & (FEATURE_PRES | FEATURE_PAST) && !(features & (FEATURE_INF | FEATURE_PART))) features |= FEATURE_FIN;
    return features;
}

/* A row of a table of forms: the lemma, its forms column by column, perhaps attributes. */
static bool read_row(list *l, const source_line *line) {
    str rest = line->raw, cells[64];
    uint32_t count = 0;
    while (rest.ptr && count < l->column_count)
        cells[count++] = str_trim(str_cut(&rest, '\t'));
    bool has_attributes = str_is(l->columns[l->column_count - 1], "attributes");
    str text = has_attributes && count == l->column_count ? cells[count - 1] : STR("");
    attributes a = read_attributes(l, line, text);
    uint32_t index;
    if (!cells[0].len || !add_entry(l, cells[0], STR(""), text, &a, &index)) return !cells[0].len;
    uint32_t own = column_features(l, line, str_is(l->columns[0], "lemma") ? STR("") : l->columns[0]);
    if (!add_surfaces(l, cells[0], &a, index, a.features | own)) return false;
    for (uint32_t i = 1; i < count && i < l->column_count - has_attributes; i++) {
        if (!cells[i].len) continue;
        if (!add_surfaces(l, cells[i], &a, index, a.features | column_features(l, line, l->columns[i]))) return false;
    }
    return true;
}

static source_line numbered(str raw, uint32_t number) {
    if (raw.len && raw.ptr[raw.len - 1] == '\r') raw.len--;
    return (source_line){.text = raw, .raw = raw, .number = number};
}

bool gazetteer_read(build *b, const nerx_source *source, uint8_t language, const inflection_list *inflections) {
    rule_source at = {.path = source->path};
    list l = {.b = b, .at = &at, .inflections = inflections, .language = language};
    str rest = {source->text, source->length};
    bool begun = false;
    for (uint32_t number = 1; rest.ptr; number++) {
        source_line line = numbered(str_cut(&rest, '\n'), number);
        if (!line.raw.len) continue;
        if (line.raw.ptr[0] == '#') {
            if (!begun) read_header(&l, &line);
            continue;
        }
        if (line.raw.len > LONGEST_LINE) {
            wrong(&l, &line, line.raw.ptr, "a line longer than 65536 bytes%.*s", STR(""));
            continue;
        }
        if (!begun && !begin(&l, &line)) return true;
        begun = true;
        if (!(l.column_count ? read_row(&l, &line) : read_entry(&l, &line))) return false;
    }
    return true;
}
