/* The readable sentence of a relation: "Kim Jong Un meets Wladimir Putin in Wladiwostok on 2023-09-13". */
#include "relate/rule_relations.h"

/* How a role is joined to the sentence. The words are those of the relations' own names, which are English. */
static const struct {
    const char *role, *joint;
} joints[] = {
    {"office", " as "}, {"place", " in "}, {"date", " on "}, {"thing", ": "}, {"to", " to "},
};

static const role *find(const document *d, const relation *r, const char *name) {
    for (uint32_t i = 0; i < r->role_count; i++) {
        if (str_is(d->roles.items[r->first_role + i].name, name)) return &d->roles.items[r->first_role + i];
    }
    return NULL;
}

static str join(arena *a, str text, const char *joint, const role *r) {
    if (!r || !text.ptr || !r->text.len) return text;
    return arena_format(a, "%.*s%s%.*s", (int)text.len, text.ptr, joint, (int)r->text.len, r->text.ptr);
}

/* "holds-office" is read "holds office". */
static str words(arena *a, str type) {
    str copy = arena_str(a, type);
    for (size_t i = 0; i < copy.len; i++) {
        if (copy.ptr[i] == '-') ((char *)copy.ptr)[i] = ' ';
    }
    return copy;
}

str relation_text(const document *d, const relation *r) {
    str type = words(d->arena, r->type);
    const role *subject = find(d, r, "subject");
    bool negative = str_is(r->polarity, "negative");
    str text = arena_format(d->arena, "%.*s%s%.*s", subject ? (int)subject->text.len : 0,
                            subject ? subject->text.ptr : "", negative ? " not: " : " ", (int)type.len, type.ptr);
    text = join(d->arena, text, " ", find(d, r, "object"));
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        text = join(d->arena, text, joints[i].joint, find(d, r, joints[i].role));
    return text;
}
