/* Which mentions, entities and relations are to be written (--types), and the numbers in their ids. */
#ifndef WRITE_VIEW_H
#define WRITE_VIEW_H

#include "write/out.h"

typedef struct view {
    const nerx_document *document;
    const nerx_write_options *options;
    const nerx_sentence *sentences;
    const nerx_mention *mentions, *losers;
    const nerx_witness *witnesses; /* with --evidence */
    const nerx_entity *entities;
    const nerx_relation *relations;
    const nerx_role *roles;
    uint32_t sentence_count, mention_count, loser_count, witness_count, entity_count, relation_count, role_count;
    uint32_t *mention_ids, *entity_ids; /* number in the id, from 1; 0: not written */
} view;

bool view_open(view *v, const nerx_document *document, const nerx_write_options *options);
void view_close(view *v);

bool view_type_asked(const view *v, str type); /* is it among --types? */

/* Is the type to be written? */
static inline bool view_type(const view *v, str type) {
    return !v->options->types || view_type_asked(v, type);
}

bool view_relation(const view *v, const nerx_relation *r); /* are all its entities and mentions written? */
const nerx_role *view_role(const view *v, const nerx_relation *r, const char *name); /* or NULL */
str view_text(const view *v, nerx_span span);

#define ID_ENTITY 'e'
#define ID_MENTION 'm'

/* The number in the id "e1", "m1". */
static inline uint32_t view_number(const view *v, char kind, uint32_t index) {
    return kind == ID_ENTITY ? v->entity_ids[index] : v->mention_ids[index];
}

typedef void view_writer(const view *v, out *o);
view_writer write_json, write_jsonl, write_triples, write_conll, write_brat, write_html;

#endif
