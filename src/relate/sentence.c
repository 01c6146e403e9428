/* The readable sentence of a relation: "Kim Jong Un meets Wladimir Putin in Wladiwostok on 2023-09-13". */
#include "relate/rule_relations.h"

/* How a role is joined to the sentence. The words are those of the relations' own names, which are English. */
static const struct {
    str role, joint;
} joints[] = {
    {{"object", 6}, {" ", 1}},  {{"office", 6}, {" as ", 4}}, {{"place", 5}, {" in ", 4}},
    {{"date", 4}, {" on ", 4}}, {{"thing", 5}, {": ", 2}},    {{"to", 2}, {" to ", 4}},
};

enum { JOINTS = sizeof joints / sizeof *joints };

static const role *find(const document *d, const relation *r, str name) {
    for (uint32_t i = 0; i < r->role_count; i++) {
        if (str_equal(d->roles.items[r->first_role + i].name, name)) return &d->roles.items[r->first_role + i];
    }
    return NULL;
}

static char *put(char *at, str s) {
    if (s.len) memcpy(at, s.ptr, s.len);
    return at + s.len;
}

/* "holds-office" is read "holds office". */
static char *put_words(char *at, str type) {
    for (size_t i = 0; i < type.len; i++)
        *at++ = type.ptr[i] == '-' ? ' ' : type.ptr[i];
    return at;
}

str relation_text(const document *d, const relation *r) {
    const role *subject = find(d, r, STR("subject")), *parts[JOINTS];
    str name = subject ? subject->text : STR(""), verb = str_is(r->polarity, "negative") ? STR(" not: ") : STR(" ");
    size_t length = name.len + verb.len + r->type.len;
    for (size_t i = 0; i < JOINTS; i++) {
        parts[i] = find(d, r, joints[i].role);
        if (parts[i] && !parts[i]->text.len) parts[i] = NULL;
        if (parts[i]) length += joints[i].joint.len + parts[i]->text.len;
    }
    char *text = arena_alloc(d->arena, length + 1), *at = text;
    if (!text) return (str){NULL, 0};
    at = put_words(put(put(at, name), verb), r->type);
    for (size_t i = 0; i < JOINTS; i++) {
        if (parts[i]) at = put(put(at, joints[i].joint), parts[i]->text);
    }
    return (str){text, length};
}
