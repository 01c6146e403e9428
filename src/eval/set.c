/* Annotated samples: texts, what ought to be found in them, and what was found. */
#include "eval/set.h"

#include "base/error.h"

void set_free(eval_set *s) {
    arena_free(&s->arena);
    *s = (eval_set){0};
}

uint32_t set_type_find(const eval_set *s, str name) {
    for (uint32_t i = 0; i < s->types.count; i++) {
        if (str_equal(s->types.items[i], name)) return i;
    }
    return NERX_NONE;
}

uint32_t set_type(eval_set *s, str name, nerx_error *error) {
    uint32_t type = set_type_find(s, name);
    if (type != NERX_NONE) return type;
    if (s->types.count == EVAL_MAX_TYPES) {
        error_set(error, NERX_ERROR_LIMIT, "more than %d types", EVAL_MAX_TYPES);
        return NERX_NONE;
    }
    if (vec_push(&s->arena, &s->types, name)) return s->types.count - 1;
    error_memory(error);
    return NERX_NONE;
}

bool set_begin_corpus(eval_set *s, const char *file, nerx_error *error) {
    return vec_push(&s->arena, &s->corpora, (eval_corpus){.file = str_of(file)}) || error_memory(error);
}

bool set_begin_article(eval_set *s, nerx_error *error) {
    if (s->articles) return true;
    if (!set_begin_corpus(s, "", error)) return false;
    s->articles = s->corpora.count;
    return true;
}

static str base_name(str path) {
    for (size_t i = path.len; i > 0; i--) {
        if (path.ptr[i - 1] == '/') return str_slice(path, i, path.len);
    }
    return path;
}

eval_document *set_add_document(eval_set *s, const char *file, uint32_t line, nerx_error *error) {
    eval_document d = {.file = str_of(file), .shown = str_of(file), .line = line, .corpus = s->corpora.count - 1};
    str name = base_name(d.file);
    d.id = line ? arena_format(&s->arena, "%.*s:%u", (int)name.len, name.ptr, line) : arena_str(&s->arena, name);
    if (d.id.ptr && vec_push(&s->arena, &s->documents, d)) return &s->documents.items[s->documents.count - 1];
    error_memory(error);
    return NULL;
}

static bool drop(eval_set *s, str label, nerx_error *error) {
    for (uint32_t i = 0; i < s->dropped.count; i++) {
        if (!str_equal(s->dropped.items[i].label, label)) continue;
        s->dropped.items[i].count++;
        return true;
    }
    return vec_push(&s->arena, &s->dropped, (eval_dropped){label, 1}) || error_memory(error);
}

static bool is_boundary(str text, uint32_t byte) {
    return byte == text.len || (text.ptr[byte] & 0xc0) != 0x80;
}

bool set_add_gold(eval_set *s, eval_document *d, str label, eval_mention m, nerx_error *error) {
    bool good = m.span.start < m.span.end && m.span.end <= d->text.len && is_boundary(d->text, m.span.start) &&
                is_boundary(d->text, m.span.end);
    if (!good)
        return error_at(error, NERX_ERROR_ARGUMENT, d->file.ptr, m.line, 0, STR(""), "%u to %u is no span of the text",
                        m.span.start, m.span.end);
    bool optional;
    str type = labels_type(s->labels, label, &optional);
    if (s->found && labels_has_type(s->labels, label)) type = label;
    if (!type.len) return drop(s, label, error);
    m.optional = m.optional || optional;
    m.match = NERX_NONE;
    m.type = set_type(s, type, error);
    if (m.type == NERX_NONE) return false;
    return vec_push(&s->arena, &d->gold.mentions, m) || error_memory(error);
}

bool side_add_role(arena *a, eval_side *side, str name, str text) {
    side->relations.items[side->relations.count - 1].role_count++;
    return vec_push(a, &side->roles, (eval_role){name, text, side->spans.count, 0});
}

bool side_add_span(arena *a, eval_side *side, nerx_span span) {
    side->roles.items[side->roles.count - 1].span_count++;
    return vec_push(a, &side->spans, span);
}

static bool settle_document(eval_set *s, eval_document *d, nerx_error *error) {
    const bool *scored = s->corpora.items[d->corpus].scored;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < d->gold.mentions.count; i++) {
        eval_mention m = d->gold.mentions.items[i];
        if (scored[m.type]) {
            d->gold.mentions.items[kept++] = m;
        } else if (!drop(s, s->types.items[m.type], error)) {
            return false;
        }
    }
    d->gold.mentions.count = kept;
    return true;
}

bool set_settle(eval_set *s, set_known *known, const void *user, nerx_error *error) {
    for (uint32_t i = 0; i < s->documents.count; i++) {
        const eval_document *d = &s->documents.items[i];
        for (uint32_t k = 0; k < d->gold.mentions.count; k++) {
            uint32_t type = d->gold.mentions.items[k].type;
            bool *scored = &s->corpora.items[d->corpus].scored[type];
            *scored = *scored || known(user, s->types.items[type]);
        }
    }
    for (uint32_t i = 0; i < s->documents.count; i++) {
        if (!settle_document(s, &s->documents.items[i], error)) return false;
    }
    return true;
}

bool set_is_scored(const eval_set *s, uint32_t type) {
    for (uint32_t i = 0; i < s->corpora.count; i++) {
        if (s->corpora.items[i].scored[type]) return true;
    }
    return false;
}

bool set_split_lines(eval_set *s, eval_document *d, nerx_error *error) {
    if (d->sentences.count) return true;
    for (uint32_t start = 0, i = 0; i <= d->text.len; i++) {
        if (i < d->text.len && d->text.ptr[i] != '\n') continue;
        bool empty = start == i;
        if (!empty && !vec_push(&s->arena, &d->sentences, (eval_sentence){{start, i}, 0})) return error_memory(error);
        start = i + 1;
    }
    return true;
}

static bool take_document(const eval_set *s, eval_document *d, eval_set *from, eval_document *other,
                          nerx_error *error) {
    if (!str_equal(d->text, other->text))
        return error_at(error, NERX_ERROR_ARGUMENT, other->file.ptr, other->line, 0, STR(""),
                        "another text than that of %.*s:%u", (int)d->file.len, d->file.ptr, d->line);
    d->found = other->gold;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < other->gold.mentions.count; i++) {
        eval_mention m = other->gold.mentions.items[i];
        m.type = set_type_find(s, from->types.items[m.type]);
        if (m.type == NERX_NONE || !s->corpora.items[d->corpus].scored[m.type]) continue;
        d->found.mentions.items[kept++] = m;
    }
    d->found.mentions.count = kept;
    return true;
}

bool set_take_found(eval_set *s, eval_set *from, nerx_error *error) {
    if (s->documents.count != from->documents.count)
        return error_set(error, NERX_ERROR_ARGUMENT, "the gold has %u documents, what was found has %u",
                         s->documents.count, from->documents.count);
    for (uint32_t i = 0; i < s->documents.count; i++) {
        if (!take_document(s, &s->documents.items[i], from, &from->documents.items[i], error)) return false;
    }
    return true;
}

uint32_t set_sentence_index(const eval_document *d, uint32_t offset) {
    uint32_t low = 0, high = d->sentences.count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (d->sentences.items[middle].span.start <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low ? low - 1 : 0;
}

bool mention_right(const eval_mention *m, const eval_side *other) {
    if (m->match == NERX_NONE) return false;
    const eval_mention *o = &other->mentions.items[m->match];
    return m->type == o->type && m->span.start == o->span.start && m->span.end == o->span.end;
}

static uint32_t count_bytes(str s, char c) {
    uint32_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += s.ptr[i] == c;
    return count;
}

uint32_t set_line(const eval_document *d, uint32_t offset) {
    const eval_sentence *s = d->sentences.count ? &d->sentences.items[set_sentence_index(d, offset)] : NULL;
    if (s && s->line) return s->line + count_bytes(str_slice(d->text, s->span.start, offset), ' ');
    return d->line ? d->line : 1 + count_bytes(str_slice(d->text, 0, offset), '\n');
}

bool set_check_utf8(const char *file, str text, nerx_error *error) {
    size_t bad;
    if (nerx_utf8_valid(text.ptr, text.len, &bad)) return true;
    uint32_t line = 1;
    for (size_t i = 0; i < bad; i++)
        line += text.ptr[i] == '\n';
    return error_at(error, NERX_ERROR_ENCODING, file, line, 0, STR(""), "not UTF-8");
}

bool set_next_line(str *rest, str *line, uint32_t *number) {
    if (!rest->len) return false;
    *line = str_cut(rest, '\n');
    if (str_ends(*line, STR("\r"))) line->len--;
    ++*number;
    return true;
}
