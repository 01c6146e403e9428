/* brat standoff annotation (brat.nlplab.org/standoff.html): T mentions, R relations, * equivalent mentions, A
 * attributes (Optional, Value, Modality, Polarity), # notes, which hold dates' values where nerx wrote them. */
#include "base/error.h"
#include "eval/offsets.h"
#include "eval/set.h"

/* A T or R line. */
typedef struct item {
    str id, label, value, modality, polarity;
    str arguments; /* of a relation: "Arg1:T1 Arg2:T2" */
    nerx_span span;
    uint32_t line;
    uint32_t group; /* mentions of one entity share the number of the first of them */
    bool optional;
} item;

typedef struct reader {
    eval_set *set;
    eval_document *document;
    const char *file;
    uint32_t line;
    offsets offsets;
    VEC(item) items;
    nerx_error *error;
} reader;

static bool fail(const reader *r, const char *message, str word) {
    return error_at(r->error, NERX_ERROR_ARGUMENT, r->file, r->line, 0, STR(""), message, (int)word.len, word.ptr);
}

static item *find_item(const reader *r, str id) {
    for (uint32_t i = 0; i < r->items.count; i++) {
        if (str_equal(r->items.items[i].id, id)) return &r->items.items[i];
    }
    return NULL;
}

static item *need_item(const reader *r, str id) {
    item *found = find_item(r, id);
    if (!found) fail(r, "nothing is called '%.*s'", id);
    return found;
}

/* ---- Lines ---- */

static uint32_t read_offset(const reader *r, str digits) {
    int64_t n = 0;
    if (!digits.len || digits.len > 9) return NERX_NONE;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9') return NERX_NONE;
        n = n * 10 + digits.ptr[i] - '0';
    }
    return offsets_byte(&r->offsets, n);
}

static bool same_text(str said, str text) {
    if (said.len != text.len) return false;
    for (size_t i = 0; i < said.len; i++) {
        bool blank = text.ptr[i] == '\n' || text.ptr[i] == '\r' || text.ptr[i] == '\t';
        if (said.ptr[i] != (blank ? ' ' : text.ptr[i])) return false;
    }
    return true;
}

/* "PER 0 5" and "Fritz"; of a mention in several pieces ("PER 0 5;8 12") from the first to the last. */
static bool read_mention(reader *r, str id, str what, str said) {
    str all = what, label = str_cut(&what, ' '), start = str_cut(&what, ' '), end = what;
    bool pieces = end.len && memchr(end.ptr, ';', end.len);
    for (str rest = end; pieces && rest.ptr;)
        end = str_cut(&rest, ' ');
    item m = {.id = id, .label = label, .line = r->line, .group = r->items.count};
    m.span = (nerx_span){read_offset(r, start), read_offset(r, end)};
    if (!label.len || m.span.start >= m.span.end || m.span.end > r->document->text.len)
        return fail(r, "'%.*s' is no label with a span of the text", all);
    str text = str_slice(r->document->text, m.span.start, m.span.end);
    if (!pieces && said.len && !same_text(said, text)) return fail(r, "the text there is not '%.*s'", said);
    return vec_push(&r->set->arena, &r->items, m) || error_memory(r->error);
}

static bool read_relation(reader *r, str id, str what) {
    str label = str_cut(&what, ' ');
    if (!label.len || !what.len) return fail(r, "'%.*s' is no relation between two", label);
    item m = {.id = id, .label = label, .arguments = what, .line = r->line};
    return vec_push(&r->set->arena, &r->items, m) || error_memory(r->error);
}

/* "Equiv T1 T2 …" */
static bool read_equivalents(reader *r, str what) {
    str_cut(&what, ' ');
    item *first = NULL;
    while (what.ptr) {
        item *m = need_item(r, str_cut(&what, ' '));
        if (!m) return false;
        uint32_t from = m->group, to = first ? first->group : from;
        for (uint32_t i = 0; i < r->items.count; i++) {
            if (r->items.items[i].group == from) r->items.items[i].group = to;
        }
        first = first ? first : m;
    }
    return true;
}

/* "Optional T1", "Modality R1 planned" */
static bool read_attribute(reader *r, str what) {
    str name = str_cut(&what, ' '), target = str_cut(&what, ' ');
    item *m = need_item(r, target);
    if (!m) return false;
    if (str_is(name, "Optional")) m->optional = true;
    if (str_is(name, "Value")) m->value = what;
    if (str_is(name, "Modality")) m->modality = what;
    if (str_is(name, "Polarity")) m->polarity = what;
    return true;
}

/* A date's value, not what an annotator remarks. */
static bool is_value(str note) {
    return note.len && !memchr(note.ptr, ' ', note.len) && strchr("0123456789X-", note.ptr[0]);
}

static bool read_note(reader *r, str what, str note) {
    str_cut(&what, ' ');
    item *m = find_item(r, what);
    if (m && !m->value.len && is_value(note)) m->value = note;
    return true;
}

/* Attributes, notes and equivalents may stand before what they are about: `second` reads them. */
static bool read_line(reader *r, str line, bool second) {
    if (!str_trim(line).len) return true;
    str rest = line, id = str_cut(&rest, '\t'), what = str_cut(&rest, '\t');
    if (!id.len || !what.len) return fail(r, "'%.*s' is no annotation", line);
    switch (id.ptr[0]) {
    case 'T': return second || read_mention(r, id, what, rest);
    case 'R': return second || read_relation(r, id, what);
    case '*': return !second || read_equivalents(r, what);
    case 'A':
    case 'M': return !second || read_attribute(r, what);
    case '#': return !second || read_note(r, what, rest);
    default: return true;
    }
}

/* ---- To the set ---- */

/* "Arg1:T1": all mentions of what T1 is. */
static bool add_role(reader *r, str argument) {
    eval_side *gold = &r->document->gold;
    str target = argument, name = str_cut(&target, ':');
    const item *m = need_item(r, target);
    if (!m) return false;
    if (str_is(name, "Arg1")) name = STR("subject");
    if (str_is(name, "Arg2")) name = STR("object");
    bool added = side_add_role(&r->set->arena, gold, name, str_slice(r->document->text, m->span.start, m->span.end));
    for (uint32_t i = 0; added && i < r->items.count; i++) {
        const item *other = &r->items.items[i];
        if (other->group == m->group && !other->arguments.len) added = side_add_span(&r->set->arena, gold, other->span);
    }
    return added || error_memory(r->error);
}

static bool add_relation(reader *r, const item *m) {
    eval_side *gold = &r->document->gold;
    eval_relation relation = {.type = m->label,
                              .modality = m->modality,
                              .polarity = m->polarity,
                              .first_role = gold->roles.count,
                              .optional = m->optional,
                              .line = m->line};
    gold->relates = true;
    if (!vec_push(&r->set->arena, &gold->relations, relation)) return error_memory(r->error);
    str rest = m->arguments;
    r->line = m->line;
    while (rest.ptr) {
        str argument = str_cut(&rest, ' ');
        if (argument.len && !add_role(r, argument)) return false;
    }
    return true;
}

static bool add_items(reader *r) {
    for (uint32_t i = 0; i < r->items.count; i++) {
        const item *m = &r->items.items[i];
        eval_mention mention = {.span = m->span, .line = m->line, .optional = m->optional, .value = m->value};
        bool added =
            m->arguments.len ? add_relation(r, m) : set_add_gold(r->set, r->document, m->label, mention, r->error);
        if (!added) return false;
    }
    return true;
}

bool brat_read(eval_set *s, const char *file, str annotations, const char *text_file, str text, nerx_error *error) {
    if (!set_check_utf8(file, annotations, error) || !set_begin_article(s, error)) return false;
    reader r = {.set = s, .file = file, .error = error};
    r.document = set_add_document(s, file, 0, error);
    if (!r.document) return false;
    r.document->shown = str_of(text_file);
    r.document->text = text;
    if (!offsets_open(&r.offsets, text, NERX_CODEPOINTS)) return error_memory(error);
    bool read = true;
    for (unsigned second = 0; second < 2; second++) {
        str rest = annotations, line;
        r.line = 0;
        while (read && set_next_line(&rest, &line, &r.line))
            read = read_line(&r, line, second);
    }
    read = read && add_items(&r);
    offsets_close(&r.offsets);
    return read;
}
