/* One readable line for each relation: type, subject, object and what else is known, tab-separated. */
#include "write/view.h"

/* Tabs and line ends inside a field would break the line. */
static void field(out *o, str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool blank = c == '\t' || c == '\n' || c == '\r';
        out_str(o, blank ? STR(" ") : (str){&s.ptr[i], 1});
    }
}

static void triple(const view *v, out *o, const nerx_relation *r) {
    static const char *const ends[] = {"subject", "object"};
    field(o, r->text);
    out_literal(o, "\t");
    field(o, r->type);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const nerx_role *role = view_role(v, r, ends[i]);
        out_literal(o, "\t");
        if (role) field(o, role->text);
    }
    str marks[] = {r->polarity, r->modality, r->tense};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        out_literal(o, "\t");
        field(o, marks[i]);
    }
    out_literal(o, "\t");
    if (r->source != NERX_NONE) field(o, v->entities[r->source].name);
    out_literal(o, "\n");
}

void write_triples(const view *v, out *o) {
    for (uint32_t i = 0; i < v->relation_count; i++) {
        if (view_relation(v, &v->relations[i])) triple(v, o, &v->relations[i]);
    }
}
