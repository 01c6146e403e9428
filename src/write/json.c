/* JSON: the design's object, one mention, entity or relation a line; as JSON lines, all of it on one line. */
#include "write/view.h"

/* Where things go: `newline` stands before each item of a list. */
typedef struct json {
    const view *v;
    out *o;
    str newline;
} json;

static void key_str(const json *j, str name) {
    out_literal(j->o, ", ");
    out_json(j->o, name);
    out_literal(j->o, ": ");
}

/* Of literals: `, "name": ` in one piece. */
#define KEY(name) STR(", \"" name "\": ")
#define key(j, name) out_str((j)->o, KEY(name))
#define string_field(j, name, value) put_string((j), KEY(name), (value))
#define id_field(j, name, kind, index) put_id((j), KEY(name), (kind), (index))
#define number_field(j, name, value) put_number((j), KEY(name), (value))

static void put_string(const json *j, str before, str value) {
    if (!value.len) return;
    out_str(j->o, before);
    out_json(j->o, value);
}

static void put_id(const json *j, str before, char kind, uint32_t index) {
    out_str(j->o, before);
    out_literal(j->o, "\"");
    view_id(j->v, j->o, kind, index);
    out_literal(j->o, "\"");
}

static void put_number(const json *j, str before, int64_t value) {
    out_str(j->o, before);
    out_number(j->o, value);
}

static void span_fields(const json *j, nerx_span span) {
    number_field(j, "start", out_offset(j->o, span.start));
    number_field(j, "end", out_offset(j->o, span.end));
}

static void first_id(const json *j, char kind, uint32_t number) {
    out_literal(j->o, "{\"id\": \"");
    out_str(j->o, (str){&kind, 1});
    out_number(j->o, number);
    out_literal(j->o, "\"");
}

static void item(const json *j, bool *first) {
    if (!*first) out_literal(j->o, ",");
    *first = false;
    out_str(j->o, j->newline);
}

static void document(const json *j) {
    static const char *const names[] = {"codepoints", "bytes", "utf16"};
    const nerx_document *d = j->v->document;
    out_literal(j->o, "{\"document\": {\"language\": ");
    out_json(j->o, nerx_document_language(d));
    if (j->v->options->id) string_field(j, "id", str_of(j->v->options->id));
    string_field(j, "date", nerx_document_date(d));
    string_field(j, "date_source", nerx_document_date_source(d));
    string_field(j, "offsets", str_of(names[j->v->options->offsets]));
    out_literal(j->o, "}");
}

static void sentences(const json *j) {
    bool first = true;
    for (uint32_t i = 0; i < j->v->sentence_count; i++) {
        const nerx_sentence *s = &j->v->sentences[i];
        item(j, &first);
        out_literal(j->o, "{\"start\": ");
        out_number(j->o, out_offset(j->o, s->span.start));
        number_field(j, "end", out_offset(j->o, s->span.end));
        key(j, "language");
        out_json(j->o, s->language);
        out_literal(j->o, "}");
    }
}

static void witnesses(const json *j, const nerx_mention *m) {
    number_field(j, "points", m->points);
    key(j, "witnesses");
    out_literal(j->o, "[");
    for (uint32_t i = 0; i < m->witness_count; i++) {
        const nerx_witness *w = &j->v->witnesses[m->first_witness + i];
        out_str(j->o, i ? STR(", {\"kind\": ") : STR("{\"kind\": "));
        out_json(j->o, w->kind);
        string_field(j, "name", w->name);
        string_field(j, "detail", w->detail);
        number_field(j, "points", w->points);
        out_literal(j->o, "}");
    }
    out_literal(j->o, "]");
}

static void mention(const json *j, uint32_t index) {
    const nerx_mention *m = &j->v->mentions[index];
    first_id(j, 'm', j->v->mention_ids[index]);
    string_field(j, "type", m->type);
    string_field(j, "text", view_text(j->v, m->span));
    span_fields(j, m->span);
    number_field(j, "sentence", m->sentence);
    if (m->entity != NERX_NONE) id_field(j, "entity", ID_ENTITY, m->entity);
    string_field(j, "value", m->value);
    if (j->v->options->evidence) witnesses(j, m);
    out_literal(j->o, "}");
}

static void mentions(const json *j) {
    bool first = true;
    for (uint32_t i = 0; i < j->v->mention_count; i++) {
        if (!j->v->mention_ids[i]) continue;
        item(j, &first);
        mention(j, i);
    }
}

static void losers(const json *j) {
    bool first = true;
    for (uint32_t i = 0; i < j->v->loser_count; i++) {
        const nerx_mention *m = &j->v->losers[i];
        if (!view_type(j->v, m->type)) continue;
        item(j, &first);
        out_literal(j->o, "{\"type\": ");
        out_json(j->o, m->type);
        string_field(j, "text", view_text(j->v, m->span));
        span_fields(j, m->span);
        witnesses(j, m);
        out_literal(j->o, "}");
    }
}

static void entities(const json *j) {
    bool first = true;
    for (uint32_t i = 0; i < j->v->entity_count; i++) {
        const nerx_entity *e = &j->v->entities[i];
        if (!j->v->entity_ids[i]) continue;
        item(j, &first);
        first_id(j, 'e', j->v->entity_ids[i]);
        string_field(j, "type", e->type);
        string_field(j, "name", e->name);
        string_field(j, "kb", e->id);
        key(j, "mentions");
        for (uint32_t k = 0; k < e->mention_count; k++) {
            out_str(j->o, k ? STR(", \"") : STR("[\""));
            view_id(j->v, j->o, ID_MENTION, e->mentions[k]);
            out_literal(j->o, "\"");
        }
        out_literal(j->o, "]}");
    }
}

/* An entity's id, a date mention's id, or the words themselves. */
static void role(const json *j, const nerx_role *r) {
    if (r->entity != NERX_NONE) {
        out_literal(j->o, "\"");
        view_id(j->v, j->o, ID_ENTITY, r->entity);
        out_literal(j->o, "\"");
    } else if (r->mention != NERX_NONE) {
        out_literal(j->o, "\"");
        view_id(j->v, j->o, ID_MENTION, r->mention);
        out_literal(j->o, "\"");
    } else {
        out_json(j->o, r->text);
    }
}

static void relation(const json *j, const nerx_relation *r, uint32_t number) {
    first_id(j, 'r', number);
    string_field(j, "type", r->type);
    for (uint32_t i = 0; i < r->role_count; i++) {
        const nerx_role *filler = &j->v->roles[r->first_role + i];
        key_str(j, filler->name);
        role(j, filler);
    }
    string_field(j, "polarity", r->polarity);
    string_field(j, "modality", r->modality);
    string_field(j, "tense", r->tense);
    if (r->source != NERX_NONE && j->v->entity_ids[r->source]) id_field(j, "source", ID_ENTITY, r->source);
    key(j, "evidence");
    out_literal(j->o, "{\"start\": ");
    out_number(j->o, out_offset(j->o, r->evidence.start));
    number_field(j, "end", out_offset(j->o, r->evidence.end));
    out_literal(j->o, "}");
    string_field(j, "rule", r->rule);
    string_field(j, "text", r->text);
    out_literal(j->o, "}");
}

static void relations(const json *j) {
    bool first = true;
    uint32_t number = 0;
    for (uint32_t i = 0; i < j->v->relation_count; i++) {
        if (!view_relation(j->v, &j->v->relations[i])) continue;
        item(j, &first);
        relation(j, &j->v->relations[i], ++number);
    }
}

static void write_object(const json *j) {
    static const struct {
        const char *name;
        void (*write)(const json *);
        bool evidence; /* only with --evidence */
    } lists[] = {
        {"sentences", sentences, false}, {"mentions", mentions, false},   {"losers", losers, true},
        {"entities", entities, false},   {"relations", relations, false},
    };
    document(j);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (lists[i].evidence && !j->v->options->evidence) continue;
        out_literal(j->o, ",");
        out_str(j->o, j->newline.len > 1 ? STR("\n ") : STR(" "));
        out_json(j->o, str_of(lists[i].name));
        out_literal(j->o, ": [");
        lists[i].write(j);
        out_literal(j->o, "]");
    }
    out_literal(j->o, "}\n");
}

void write_json(const view *v, out *o) {
    write_object(&(json){v, o, STR("\n  ")});
}

void write_jsonl(const view *v, out *o) {
    write_object(&(json){v, o, STR(" ")});
}
