/* The text with its mentions marked, and the relations below it, as one HTML page without scripts. */
#include "write/view.h"

static void escaped(out *o, str s) {
    for (size_t i = 0; i < s.len; i++) {
        switch (s.ptr[i]) {
        case '&': out_literal(o, "&amp;"); break;
        case '<': out_literal(o, "&lt;"); break;
        case '>': out_literal(o, "&gt;"); break;
        case '"': out_literal(o, "&quot;"); break;
        default: out_str(o, (str){&s.ptr[i], 1});
        }
    }
}

static void mark(const view *v, out *o, const nerx_mention *m) {
    out_literal(o, "<mark class=\"");
    escaped(o, m->type);
    out_literal(o, "\" title=\"");
    escaped(o, m->type);
    str more = m->entity == NERX_NONE ? m->value : v->entities[m->entity].name;
    if (more.len) out_literal(o, ": ");
    escaped(o, more);
    out_literal(o, "\">");
    escaped(o, view_text(v, m->span));
    out_literal(o, "</mark>");
}

void write_html(const view *v, out *o) {
    str text = nerx_document_text(v->document);
    uint32_t done = 0;
    out_literal(o, "<!DOCTYPE html>\n<html lang=\"");
    escaped(o, nerx_document_language(v->document));
    out_literal(o, "\">\n<meta charset=\"utf-8\">\n<title>nerx</title>\n<style>\n"
                   "body { max-width: 45em; margin: 2em auto; font: 1.1em/1.5 serif }\n"
                   ".text { white-space: pre-wrap }\nmark { border-radius: .3em; padding: 0 .15em; background: #eee }\n"
                   ".PER { background: #fde2b3 } .LOC { background: #cfe8cf } .ORG { background: #cfdcf5 } "
                   ".DATE { background: #ecd5ee }\n</style>\n<div class=\"text\">");
    for (uint32_t i = 0; i < v->mention_count; i++) {
        const nerx_mention *m = &v->mentions[i];
        if (!v->mention_ids[i]) continue;
        escaped(o, str_slice(text, done, m->span.start));
        mark(v, o, m);
        done = m->span.end;
    }
    escaped(o, str_slice(text, done, text.len));
    out_literal(o, "</div>\n<ul>\n");
    for (uint32_t i = 0; i < v->relation_count; i++) {
        if (!view_relation(v, &v->relations[i])) continue;
        out_literal(o, "<li>");
        escaped(o, v->relations[i].text);
        out_literal(o, "</li>\n");
    }
    out_literal(o, "</ul>\n</html>\n");
}
