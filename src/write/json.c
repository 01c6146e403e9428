/* JSON: the design's object, one mention, entity or relation a line; as JSON lines, all of it on one line. */
#include "write/view.h"

/* Where things go: `newline` stands before each item of a list. */
typedef struct json {
    const view *v;
    out *o;
    str newline;
} json;

/* Of literals: `, "name": ` in one piece. */
#define KEY(name) ", \"" name "\": "
#define put_key(p, name) out_put_literal((p), KEY(name))
#define put_number(p, name, value) out_put_number(put_key((p), name), (value))
#define put_id(j, p, name, kind, index) put_quoted_id((j), put_key((p), name), (kind), (index))
#define put_string(j, p, name, value) ((value).len ? out_put_json((j)->o, put_key((p), name), (value)) : (p))

/* "e1", "m1" */
static char *put_quoted_id(const json *j, char *p, char kind, uint32_t index) {
    *p++ = '"';
    *p++ = kind;
    p = out_put_number(p, view_number(j->v, kind, index));
    *p++ = '"';
    return p;
}

static char *put_first_id(char *p, char kind, uint32_t number) {
    p = out_put_literal(p, "{\"id\": \"");
    *p++ = kind;
    p = out_put_number(p, number);
    *p++ = '"';
    return p;
}

static char *put_span(const json *j, char *p, nerx_span span) {
    p = out_put_number(out_put_literal(p, "\"start\": "), out_offset(j->o, span.start));
    return put_number(p, "end", out_offset(j->o, span.end));
}

static char *put_newline(const json *j, char *p, bool *first) {
    if (!*first) *p++ = ',';
    *first = false;
    return out_put_bytes(p, j->newline.ptr, j->newline.len);
}

static char *document(const json *j, char *p) {
    static const char *const names[] = {"codepoints", "bytes", "utf16"};
    const nerx_document *d = j->v->document;
    str id = str_of(j->v->options->id), date = nerx_document_date(d), source = nerx_document_date_source(d);
    p = out_put_literal(p, "{\"document\": {\"language\": ");
    p = out_put_json(j->o, p, nerx_document_language(d));
    p = put_string(j, p, "id", id);
    p = put_string(j, p, "date", date);
    p = put_string(j, p, "date_source", source);
    p = put_key(p, "offsets");
    p = out_put_json(j->o, p, str_of(names[j->v->options->offsets]));
    return out_put_literal(p, "}");
}

static char *sentences(const json *j, char *p) {
    bool first = true;
    for (uint32_t i = 0; i < j->v->sentence_count; i++) {
        const nerx_sentence *s = &j->v->sentences[i];
        p = out_put_literal(put_newline(j, p, &first), "{");
        p = put_key(put_span(j, p, s->span), "language");
        p = out_put_literal(out_put_json(j->o, p, s->language), "}");
    }
    return p;
}

static char *witnesses(const json *j, char *p, const nerx_mention *m) {
    p = out_put_signed(put_key(p, "points"), m->points);
    p = out_put_literal(put_key(p, "witnesses"), "[");
    for (uint32_t i = 0; i < m->witness_count; i++) {
        const nerx_witness *w = &j->v->witnesses[m->first_witness + i];
        if (i) p = out_put_literal(p, ", ");
        p = out_put_json(j->o, out_put_literal(p, "{\"kind\": "), w->kind);
        p = put_string(j, p, "name", w->name);
        p = put_string(j, p, "detail", w->detail);
        p = out_put_literal(out_put_signed(put_key(p, "points"), w->points), "}");
    }
    return out_put_literal(p, "]");
}

static char *mention(const json *j, char *p, uint32_t index) {
    const nerx_mention *m = &j->v->mentions[index];
    str text = view_text(j->v, m->span);
    p = put_first_id(p, 'm', j->v->mention_ids[index]);
    p = put_string(j, p, "type", m->type);
    p = put_string(j, p, "text", text);
    p = put_span(j, out_put_literal(p, ", "), m->span);
    p = put_number(p, "sentence", m->sentence);
    if (m->entity != NERX_NONE) p = put_id(j, p, "entity", ID_ENTITY, m->entity);
    p = put_string(j, p, "value", m->value);
    if (j->v->options->evidence) p = witnesses(j, p, m);
    return out_put_literal(p, "}");
}

static char *mentions(const json *j, char *p) {
    bool first = true;
    for (uint32_t i = 0; i < j->v->mention_count; i++) {
        if (j->v->mention_ids[i]) p = mention(j, put_newline(j, p, &first), i);
    }
    return p;
}

static char *losers(const json *j, char *p) {
    bool first = true;
    for (uint32_t i = 0; i < j->v->loser_count; i++) {
        const nerx_mention *m = &j->v->losers[i];
        str text = view_text(j->v, m->span);
        if (!view_type(j->v, m->type)) continue;
        p = out_put_literal(put_newline(j, p, &first), "{\"type\": ");
        p = out_put_json(j->o, p, m->type);
        p = put_string(j, p, "text", text);
        p = put_span(j, out_put_literal(p, ", "), m->span);
        p = out_put_literal(witnesses(j, p, m), "}");
    }
    return p;
}

static char *entity(const json *j, char *p, uint32_t index) {
    const nerx_entity *e = &j->v->entities[index];
    p = put_first_id(p, 'e', j->v->entity_ids[index]);
    p = put_string(j, p, "type", e->type);
    p = put_string(j, p, "name", e->name);
    p = put_string(j, p, "kb", e->id);
    p = out_put_literal(put_key(p, "mentions"), "[");
    for (uint32_t k = 0; k < e->mention_count; k++) {
        if (k) p = out_put_literal(p, ", ");
        p = out_room(j->o, put_quoted_id(j, p, ID_MENTION, e->mentions[k]));
    }
    return out_put_literal(p, "]}");
}

static char *entities(const json *j, char *p) {
    bool first = true;
    for (uint32_t i = 0; i < j->v->entity_count; i++) {
        if (j->v->entity_ids[i]) p = entity(j, put_newline(j, p, &first), i);
    }
    return p;
}

/* An entity's id, a date mention's id, or the words themselves. */
static char *role(const json *j, char *p, const nerx_role *r) {
    p = out_put_json(j->o, out_put_literal(p, ", "), r->name);
    p = out_put_literal(p, ": ");
    if (r->entity != NERX_NONE) return put_quoted_id(j, p, ID_ENTITY, r->entity);
    if (r->mention != NERX_NONE) return put_quoted_id(j, p, ID_MENTION, r->mention);
    return out_put_json(j->o, p, r->text);
}

static char *relation(const json *j, char *p, const nerx_relation *r, uint32_t number) {
    p = put_first_id(p, 'r', number);
    p = put_string(j, p, "type", r->type);
    for (uint32_t i = 0; i < r->role_count; i++)
        p = role(j, p, &j->v->roles[r->first_role + i]);
    p = put_string(j, p, "polarity", r->polarity);
    p = put_string(j, p, "modality", r->modality);
    p = put_string(j, p, "tense", r->tense);
    if (r->source != NERX_NONE && j->v->entity_ids[r->source]) p = put_id(j, p, "source", ID_ENTITY, r->source);
    p = put_span(j, out_put_literal(put_key(p, "evidence"), "{"), r->evidence);
    p = out_put_literal(p, "}");
    p = put_string(j, p, "rule", r->rule);
    p = put_string(j, p, "text", r->text);
    return out_put_literal(p, "}");
}

static char *relations(const json *j, char *p) {
    bool first = true;
    uint32_t number = 0;
    for (uint32_t i = 0; i < j->v->relation_count; i++) {
        if (!view_relation(j->v, &j->v->relations[i])) continue;
        p = relation(j, put_newline(j, p, &first), &j->v->relations[i], ++number);
    }
    return p;
}

#define HEAD(name)                                                                                                     \
    { "\"" name "\": [", sizeof(name) + 4 }

static void write_object(const json *j) {
    static const struct {
        str head;
        char *(*put)(const json *, char *);
        bool evidence; /* only with --evidence */
    } lists[] = {
        {HEAD("sentences"), sentences, false}, {HEAD("mentions"), mentions, false},   {HEAD("losers"), losers, true},
        {HEAD("entities"), entities, false},   {HEAD("relations"), relations, false},
    };
    char *p = document(j, j->o->at);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (lists[i].evidence && !j->v->options->evidence) continue;
        p = out_put_bytes(out_put_literal(p, ","), j->newline.ptr, j->newline.len > 1 ? 2 : 1);
        p = lists[i].put(j, out_put_bytes(p, lists[i].head.ptr, lists[i].head.len));
        p = out_put_literal(p, "]");
    }
    j->o->at = out_room(j->o, out_put_literal(p, "}\n"));
}

void write_json(const view *v, out *o) {
    write_object(&(json){v, o, STR("\n  ")});
}

void write_jsonl(const view *v, out *o) {
    write_object(&(json){v, o, STR(" ")});
}
