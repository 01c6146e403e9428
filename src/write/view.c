/* Which mentions, entities and relations are to be written. */
#include "write/view.h"

#include <stdlib.h>

bool view_type_asked(const view *v, str type) {
    str rest = str_of(v->options->types);
    while (rest.ptr) {
        if (str_equal(str_trim(str_cut(&rest, ',')), type)) return true;
    }
    return false;
}

static void number(view *v) {
    uint32_t mentions = 0, entities = 0;
    for (uint32_t i = 0; i < v->mention_count; i++)
        v->mention_ids[i] = view_type(v, v->mentions[i].type) ? ++mentions : 0;
    for (uint32_t i = 0; i < v->entity_count; i++)
        v->entity_ids[i] = view_type(v, v->entities[i].type) ? ++entities : 0;
}

bool view_open(view *v, const nerx_document *document, const nerx_write_options *options) {
    *v = (view){.document = document, .options = options};
    v->sentences = nerx_document_sentences(document, &v->sentence_count);
    v->mentions = nerx_document_mentions(document, &v->mention_count);
    v->losers = nerx_document_losers(document, &v->loser_count);
    if (options->evidence) v->witnesses = nerx_document_witnesses(document, &v->witness_count);
    v->entities = nerx_document_entities(document, &v->entity_count);
    v->relations = nerx_document_relations(document, &v->relation_count);
    v->roles = nerx_document_roles(document, &v->role_count);
    size_t count = (size_t)v->mention_count + v->entity_count + 1;
    v->mention_ids = malloc(count * sizeof *v->mention_ids);
    if (!v->mention_ids) return false;
    v->entity_ids = v->mention_ids + v->mention_count;
    number(v);
    return true;
}

void view_close(view *v) {
    free(v->mention_ids);
}

bool view_relation(const view *v, const nerx_relation *r) {
    for (uint32_t i = 0; i < r->role_count; i++) {
        const nerx_role *role = &v->roles[r->first_role + i];
        if (role->entity != NERX_NONE && !v->entity_ids[role->entity]) return false;
        if (role->mention != NERX_NONE && !v->mention_ids[role->mention]) return false;
    }
    return true;
}

const nerx_role *view_role(const view *v, const nerx_relation *r, const char *name) {
    for (uint32_t i = 0; i < r->role_count; i++) {
        if (str_is(v->roles[r->first_role + i].name, name)) return &v->roles[r->first_role + i];
    }
    return NULL;
}

str view_text(const view *v, nerx_span span) {
    return str_slice(nerx_document_text(v->document), span.start, span.end);
}
