/* Doubtful entries of lists: names that are spelt like an ordinary word. */
#include <stdio.h>

#include "base/error.h"
#include "model/model.h"
#include "pipeline/check.h"
#include "text/chars.h"

typedef struct list {
    checker *c;
    const rule_source *at;
    lexicon words;
    str class_name;
} list;

/* The classes of the ordinary words that a word is: "noun, verb". */
static str ordinary_classes(list *l, const reading_list *readings) {
    const model *m = l->c->model;
    str all = STR("");
    uint32_t last = NERX_NONE;
    for (uint32_t i = 0; i < readings->count; i++) {
        const entry *e = model_entry(m, model_reading(readings, i).entry);
        if (!(e->flags & ENTRY_ORDINARY) || e->class == last) continue;
        str name = model_class_name(m, e->class);
        all = arena_format(&l->c->arena, "%.*s%s%.*s", (int)all.len, all.ptr ? all.ptr : "", all.len ? ", " : "",
                           (int)name.len, name.ptr);
        last = e->class;
    }
    return all;
}

/* The entry as this spelling reads it, where the builder has called that ambiguous; NULL otherwise. */
static const entry *ambiguous_entry(const list *l, const reading_list *readings) {
    const model *m = l->c->model;
    for (uint32_t i = 0; i < readings->count; i++) {
        reading r = model_reading(readings, i);
        const entry *e = model_entry(m, r.entry);
        if (str_equal(model_class_name(m, e->class), l->class_name) && r.features & FEATURE_AMBIGUOUS) return e;
    }
    return NULL;
}

static bool check_surface(list *l, const source_line *line, str surface) {
    checker *c = l->c;
    str key = chars_key(&c->arena, surface);
    if (!key.ptr) return false;
    uint32_t id = lexicon_find(&l->words, key);
    reading_list readings = model_word_readings(c->model, id);
    const entry *e = ambiguous_entry(l, &readings);
    if (!e || (e->type && e->ambiguous >= e->points)) return true;
    str as = ordinary_classes(l, &readings);
    char points[64] = "";
    if (e->type) snprintf(points, sizeof points, ": %d points instead of %d", e->ambiguous, e->points);
    source_line unquoted = {.number = line->number};
    report_at(&c->reports, NERX_WARNING, l->at, &unquoted, NULL, "'%.*s' is also an ordinary word%s%.*s%s%s",
              (int)surface.len, surface.ptr, as.len ? " (" : "", (int)as.len, as.len ? as.ptr : "", as.len ? ")" : "",
              points);
    return as.ptr;
}

static bool check_entry(list *l, const source_line *line) {
    str rest = line->raw, surfaces = str_cut(&rest, '\t');
    while (surfaces.ptr) {
        if (!check_surface(l, line, str_trim(str_cut(&surfaces, '|')))) return false;
    }
    return true;
}

bool check_list(checker *c, const nerx_source *s) {
    rule_source at = {.path = s->path};
    list l = {.c = c, .at = &at};
    lexicon_open(&l.words, &c->arena, model_vocab(c->model), model_layer_count(c->model));
    str rest = {s->text, s->length};
    for (uint32_t number = 1; rest.ptr; number++) {
        source_line line = {.number = number, .raw = str_cut(&rest, '\n')};
        if (str_starts(line.raw, STR("# class:"))) l.class_name = str_trim(str_slice(line.raw, 8, line.raw.len));
        if (str_starts(line.raw, STR("# columns:"))) return true; /* a table of ordinary words */
        if (!line.raw.len || line.raw.ptr[0] == '#') continue;
        if (!check_entry(&l, &line)) return error_memory(c->error);
    }
    return true;
}
