/* Examples of rules: does the rule find the marked mentions? */
#include "model/rules.h"
#include "norm/dates.h"
#include "pipeline/check.h"

typedef struct question {
    checker *c;
    const example *e;
    const nerx_document *result;
    uint32_t rule;
} question;

static nerx_span mention_span(const document *d, const rule_match *m) {
    if (m->mention_start >= m->mention_end) return (nerx_span){0, 0};
    return (nerx_span){d->tokens.items[m->mention_start].start, d->tokens.items[m->mention_end - 1].end};
}

/* The rule's match whose mention is this span; any match where `span` is NULL. */
static const rule_match *find_match(const question *q, const example_span *span) {
    const document *d = &q->result->d;
    for (uint32_t i = 0; i < d->matches.count; i++) {
        const rule_match *m = &d->matches.items[i];
        if (m->rule != q->rule || !date_match_valid(d, m)) continue;
        nerx_span found = mention_span(d, m);
        if (!span || (found.start == span->start && found.end == span->end)) return m;
    }
    return NULL;
}

static const nerx_mention *find_mention(const question *q, const example_span *span, str type) {
    for (uint32_t i = 0; i < q->result->mention_count; i++) {
        const nerx_mention *m = &q->result->mentions[i];
        bool same = m->span.start == span->start && m->span.end == span->end;
        if (same && (!type.len || str_equal(m->type, type))) return m;
    }
    return NULL;
}

static str text_of(const question *q, const example_span *span) {
    return str_slice(q->e->text, span->start, span->end);
}

static void fail_match(const question *q, const example_span *span) {
    const rule *r = model_rule(q->c->model, q->rule);
    const rule_match *other = find_match(q, NULL);
    str name = model_rule_name(q->c->model, r), wanted = span ? text_of(q, span) : STR("");
    if (!other) {
        check_fail(q->c, q->e, "'%.*s' does not match here", (int)name.len, name.ptr);
        return;
    }
    nerx_span found = mention_span(&q->result->d, other);
    check_fail(q->c, q->e, "'%.*s' does not find '%.*s', but '%.*s'", (int)name.len, name.ptr, (int)wanted.len,
               wanted.ptr, (int)(found.end - found.start), q->e->text.ptr + found.start);
}

static bool value_holds(const question *q, const example_span *span, str type) {
    if (!q->e->value.len) return true;
    const nerx_mention *m = find_mention(q, span, type);
    str value = m ? m->value : STR("");
    if (m && str_equal(value, q->e->value)) return true;
    check_fail(q->c, q->e, "the value is '%.*s', not '%.*s'", (int)value.len, value.len ? value.ptr : "",
               (int)q->e->value.len, q->e->value.ptr);
    return false;
}

static bool span_holds(const question *q, const example_span *span) {
    const rule *r = model_rule(q->c->model, q->rule);
    str own = r->type ? model_type_name(q->c->model, r->type - 1U) : STR("");
    if (span->label.len && !str_equal(span->label, own)) {
        if (find_mention(q, span, span->label)) return true;
        str text = text_of(q, span);
        check_fail(q->c, q->e, "'%.*s' is no mention of type %.*s in the result", (int)text.len, text.ptr,
                   (int)span->label.len, span->label.ptr);
        return false;
    }
    if (find_match(q, span)) return value_holds(q, span, own);
    fail_match(q, span);
    return false;
}

static void check_positive(const question *q) {
    if (!find_match(q, NULL)) {
        fail_match(q, NULL);
        return;
    }
    for (uint32_t i = 0; i < q->e->spans.count; i++) {
        if (!span_holds(q, &q->e->spans.items[i])) return;
    }
    check_pass(q->c);
}

static void check_negative(const question *q) {
    str name = model_rule_name(q->c->model, model_rule(q->c->model, q->rule));
    bool wrong = !q->e->spans.count && find_match(q, NULL);
    const rule_match *m = wrong ? find_match(q, NULL) : NULL;
    for (uint32_t i = 0; !m && i < q->e->spans.count; i++)
        m = find_match(q, &q->e->spans.items[i]);
    if (!m) {
        check_pass(q->c);
        return;
    }
    str found = document_tokens_text(&q->result->d, m->start, m->end);
    check_fail(q->c, q->e, "'%.*s' must not match here, but does: '%.*s'", (int)name.len, name.ptr, (int)found.len,
               found.ptr);
}

bool check_rule_example(checker *c, const example *e, uint32_t rule_index) {
    question q = {.c = c, .e = e, .rule = rule_index};
    q.result = check_extract(c, e, model_rule(c->model, rule_index)->language);
    if (!q.result) return !c->stopped;
    if (e->positive) {
        check_positive(&q);
    } else {
        check_negative(&q);
    }
    return true;
}
