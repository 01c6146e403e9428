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

/* What a word is in one language. */
typedef struct senses {
    reading items[MODEL_MAX_READINGS];
    uint32_t count;
} senses;

/* The classes of the ordinary words that a word is: "noun, verb". */
static str ordinary_classes(list *l, const senses *s) {
    const model *m = l->c->model;
    str all = STR("");
    uint32_t last = NERX_NONE;
    for (uint32_t i = 0; i < s->count; i++) {
        const entry *e = model_entry(m, s->items[i].entry);
        if (!(e->flags & ENTRY_ORDINARY) || e->class == last) continue;
        str name = model_class_name(m, e->class);
        all = arena_format(&l->c->arena, "%.*s%s%.*s", (int)all.len, all.ptr ? all.ptr : "", all.len ? ", " : "",
                           (int)name.len, name.ptr);
        last = e->class;
    }
    return all;
}

/* The list's entry among the senses, where the builder has called it ambiguous; NULL otherwise. */
static const entry *ambiguous_entry(const list *l, const senses *s) {
    const model *m = l->c->model;
    for (uint32_t i = 0; i < s->count; i++) {
        const entry *e = model_entry(m, s->items[i].entry);
        bool own = str_equal(model_class_name(m, e->class), l->class_name);
        if (own && s->items[i].features & FEATURE_AMBIGUOUS) return e->type && e->ambiguous >= e->points ? NULL : e;
    }
    return NULL;
}

static void warn(list *l, const source_line *line, str surface, const entry *e, str as) {
    char points[64] = "";
    if (e->type) snprintf(points, sizeof points, ": %d points instead of %d", e->ambiguous, e->points);
    source_line unquoted = {.number = line->number};
    report_at(&l->c->reports, NERX_WARNING, l->at, &unquoted, NULL, "'%.*s' is also an ordinary word (%.*s)%s",
              (int)surface.len, surface.ptr, (int)as.len, as.ptr, points);
}

static bool check_surface(list *l, const source_line *line, str surface) {
    checker *c = l->c;
    str key = chars_key(&c->arena, surface);
    if (!key.ptr) return false;
    uint32_t id = lexicon_find(&l->words, key), languages = model_language_count(c->model);
    for (uint32_t i = 0; id != NERX_NONE && i < languages; i++) {
        senses s;
        s.count = model_readings(c->model, &l->words, id, id, (uint8_t)i, s.items, MODEL_MAX_READINGS);
        const entry *e = ambiguous_entry(l, &s);
        str as = e ? ordinary_classes(l, &s) : STR("");
        if (!as.ptr) return false;
        if (!as.len) continue;
        warn(l, line, surface, e, as);
        return true;
    }
    return true;
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
