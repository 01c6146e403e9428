/* An earlier run's results, as `nerx eval --json` wrote them. */
#include <jansson.h>
#include <stdlib.h>

#include "base/error.h"
#include "cli/eval.h"

static str member(arena *a, const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value)) return STR("");
    return arena_str(a, (str){json_string_value(value), json_string_length(value)});
}

static bool read_records(baseline *old, const json_t *list, arena *a) {
    const json_t *item;
    for (size_t i = 0; (item = json_array_get(list, i)); i++) {
        eval_record r = {.document = member(a, item, "document"),
                         .text = member(a, item, "text"),
                         .gold = member(a, item, "gold"),
                         .found = member(a, item, "found"),
                         .start = (uint32_t)json_integer_value(json_object_get(item, "start")),
                         .end = (uint32_t)json_integer_value(json_object_get(item, "end"))};
        if (!r.document.ptr || !r.text.ptr || !r.gold.ptr || !r.found.ptr) return false;
        if (!vec_push(a, &old->records, r)) return false;
    }
    return true;
}

static bool read_figures(baseline *old, const json_t *types, arena *a) {
    const char *type;
    json_t *row;
    json_object_foreach((json_t *)types, type, row) {
        const json_t *f1 = json_object_get(json_object_get(row, "strict"), "f1");
        old_figure f = {arena_str(a, str_of(type)), json_number_value(f1)};
        if (!f.type.ptr || !vec_push(a, &old->figures, f)) return false;
    }
    return true;
}

/* Values and relations have one F1 each. */
static bool read_others(baseline *old, const json_t *root, arena *a) {
    const json_t *values = json_object_get(root, "values");
    const json_t *relations = json_object_get(json_object_get(root, "relations"), "all");
    const struct {
        str name;
        const json_t *row;
    } others[] = {{STR("values"), values}, {STR("relations"), relations}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        old_figure f = {others[i].name, json_number_value(json_object_get(others[i].row, "f1"))};
        if (others[i].row && !vec_push(a, &old->others, f)) return false;
    }
    return true;
}

bool baseline_read(baseline *old, const char *path, arena *a, nerx_error *error) {
    buffer text;
    json_error_t wrong;
    if (!read_file(path, &text, error)) return false;
    json_t *root = json_loadb(text.bytes, text.length, 0, &wrong);
    free(text.bytes);
    *old = (baseline){.name = path};
    const json_t *types = json_object_get(root, "types"), *mentions = json_object_get(root, "mentions");
    bool read = false;
    if (!root) {
        error_at(error, NERX_ERROR_ARGUMENT, path, (uint32_t)wrong.line, 0, STR(""), "not JSON: %s", wrong.text);
    } else if (!json_is_object(types) || !json_is_array(mentions)) {
        error_at(error, NERX_ERROR_ARGUMENT, path, 0, 0, STR(""), "not the results of 'nerx eval --json'");
    } else {
        read = (read_figures(old, types, a) && read_others(old, root, a) && read_records(old, mentions, a)) ||
               error_memory(error);
    }
    json_decref(root);
    return read;
}
