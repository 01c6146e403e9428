/* What a corpus's labels mean in our types. */
#include "eval/labels.h"

#include "base/error.h"

static bool add_item(label_map *map, arena *a, str item, nerx_error *error) {
    str type = item, label = str_trim(str_cut(&type, '='));
    if (!type.ptr || !label.len)
        return error_set(error, NERX_ERROR_ARGUMENT, "'%.*s' is not LABEL=TYPE", (int)item.len, item.ptr);
    const char *star = memchr(label.ptr, '*', label.len);
    if (star && memchr(star + 1, '*', (size_t)(label.ptr + label.len - star - 1)))
        return error_set(error, NERX_ERROR_ARGUMENT, "'%.*s' has more than one *", (int)label.len, label.ptr);
    label_rule rule = {.label = label, .type = str_trim(type)};
    if (str_ends(rule.type, STR("?"))) {
        rule.optional = true;
        rule.type.len--;
        if (!rule.type.len)
            return error_set(error, NERX_ERROR_ARGUMENT, "'%.*s' names no type", (int)item.len, item.ptr);
    }
    return vec_push(a, &map->rules, rule) || error_memory(error);
}

bool labels_add(label_map *map, arena *a, const char *text, nerx_error *error) {
    str rest = str_of(text);
    while (rest.ptr) {
        str item = str_trim(str_cut(&rest, ','));
        if (item.len && !add_item(map, a, item, error)) return false;
    }
    return true;
}

static bool fits(str pattern, str label) {
    str tail = pattern, head = str_cut(&tail, '*');
    if (!tail.ptr) return str_equal(pattern, label);
    return label.len >= head.len + tail.len && str_starts(label, head) && str_ends(label, tail);
}

str labels_type(const label_map *map, str label, bool *optional) {
    *optional = false;
    for (uint32_t i = 0; map && i < map->rules.count; i++) {
        const label_rule *rule = &map->rules.items[i];
        if (!fits(rule->label, label)) continue;
        *optional = rule->optional;
        return rule->type;
    }
    return label;
}

bool labels_has_type(const label_map *map, str type) {
    for (uint32_t i = 0; map && i < map->rules.count; i++) {
        if (str_equal(map->rules.items[i].type, type)) return true;
    }
    return false;
}
