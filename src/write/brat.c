/* brat standoff annotation (brat.nlplab.org/standoff.html): T for mentions, R for relations, A for dates' values. */
#include "write/view.h"

/* brat's text field holds no line ends; a mention over two lines is written with blanks. */
static void one_line(out *o, str s) {
    for (size_t i = 0; i < s.len; i++)
        out_str(o, s.ptr[i] == '\n' || s.ptr[i] == '\r' || s.ptr[i] == '\t' ? STR(" ") : (str){&s.ptr[i], 1});
}

static void numbered(out *o, char kind, uint32_t number, const char *after) {
    out_str(o, (str){&kind, 1});
    out_number(o, number);
    out_str(o, str_of(after));
}

static void mention(const view *v, out *o, uint32_t index, uint32_t *notes) {
    const nerx_mention *m = &v->mentions[index];
    numbered(o, 'T', v->mention_ids[index], "\t");
    out_str(o, m->type);
    out_literal(o, " ");
    out_number(o, out_offset(o, m->span.start));
    out_literal(o, " ");
    out_number(o, out_offset(o, m->span.end));
    out_literal(o, "\t");
    one_line(o, view_text(v, m->span));
    out_literal(o, "\n");
    if (!m->value.len) return;
    numbered(o, '#', ++*notes, "\tAnnotatorNotes ");
    numbered(o, 'T', v->mention_ids[index], "\t");
    out_str(o, m->value);
    out_literal(o, "\n");
}

/* The number of the mention a role's words belong to, or 0. */
static uint32_t role_mention(const view *v, const nerx_role *role) {
    if (!role) return 0;
    if (role->mention != NERX_NONE) return v->mention_ids[role->mention];
    for (uint32_t i = 0; i < v->mention_count; i++) {
        const nerx_mention *m = &v->mentions[i];
        if (m->span.start == role->span.start && m->span.end == role->span.end) return v->mention_ids[i];
    }
    if (role->entity == NERX_NONE) return 0;
    return v->mention_ids[v->entities[role->entity].mentions[0]];
}

void write_brat(const view *v, out *o) {
    uint32_t notes = 0, number = 0;
    for (uint32_t i = 0; i < v->mention_count; i++) {
        if (v->mention_ids[i]) mention(v, o, i, &notes);
    }
    for (uint32_t i = 0; i < v->relation_count; i++) {
        const nerx_relation *r = &v->relations[i];
        uint32_t subject = role_mention(v, view_role(v, r, "subject"));
        uint32_t object = role_mention(v, view_role(v, r, "object"));
        if (!subject || !object || !view_relation(v, r)) continue;
        numbered(o, 'R', ++number, "\t");
        out_str(o, r->type);
        out_literal(o, " Arg1:");
        numbered(o, 'T', subject, " ");
        out_literal(o, "Arg2:");
        numbered(o, 'T', object, "\n");
    }
}
