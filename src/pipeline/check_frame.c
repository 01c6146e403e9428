/* Examples of frames: is there the relation with the marked roles? */
#include "pipeline/check.h"

#include "base/error.h"

typedef struct question {
    checker *c;
    const example *e;
    const nerx_document *result;
    str frame;
} question;

static bool same_span(nerx_span a, const example_span *b) {
    return a.start == b->start && a.end == b->end;
}

/* A role is said where it stands, by its mention, or by any mention of its entity. */
static bool role_is(const question *q, const nerx_role *r, const example_span *span) {
    if (!str_equal(r->name, span->label)) return false;
    if (same_span(r->span, span)) return true;
    const nerx_mention *mentions = q->result->mentions;
    if (r->mention != NERX_NONE && same_span(mentions[r->mention].span, span)) return true;
    if (r->entity == NERX_NONE) return false;
    const nerx_entity *of = &q->result->entities[r->entity];
    for (uint32_t i = 0; i < of->mention_count; i++) {
        if (same_span(mentions[of->mentions[i]].span, span)) return true;
    }
    return false;
}

/* The first marked role that the relation lacks, or NULL. */
static const example_span *missing_role(const question *q, const nerx_relation *r) {
    for (uint32_t i = 0; i < q->e->spans.count; i++) {
        const example_span *span = &q->e->spans.items[i];
        bool found = !span->label.len;
        for (uint32_t k = 0; !found && k < r->role_count; k++)
            found = role_is(q, &q->result->roles[r->first_role + k], span);
        if (!found) return span;
    }
    return NULL;
}

/* The first of "modality = reported, polarity = negative" that does not hold; ptr NULL where all do. An example that
 * says nothing of polarity means "positive". */
static str wrong_condition(const question *q, const nerx_relation *r) {
    bool told = false;
    for (str rest = q->e->conditions; rest.ptr && rest.len;) {
        str condition = str_trim(str_cut(&rest, ',')), value = condition;
        str key = str_trim(str_cut(&value, '='));
        value = value.ptr ? str_trim(value) : STR("");
        str have = STR("");
        if (str_is(key, "modality")) have = r->modality;
        told |= str_is(key, "polarity");
        if (str_is(key, "polarity")) have = r->polarity;
        if (str_is(key, "tense")) have = r->tense;
        if (str_is(key, "source") && r->source != NERX_NONE) have = q->result->entities[r->source].name;
        if (!str_equal(have, value)) return condition;
    }
    if (q->e->positive && !told && !str_is(r->polarity, "positive")) return STR("polarity = positive");
    return (str){NULL, 0};
}

static void fail_positive(const question *q, const nerx_relation *near) {
    const example *e = q->e;
    if (!near) {
        check_fail(q->c, e, "no relation '%.*s' is found", (int)q->frame.len, q->frame.ptr);
        return;
    }
    const example_span *missing = missing_role(q, near);
    str what = missing ? missing->label : wrong_condition(q, near);
    check_fail(q->c, e, "the relation '%.*s' is found without %.*s: %.*s (%.*s, %.*s, %.*s)", (int)q->frame.len,
               q->frame.ptr, (int)what.len, what.ptr, (int)near->text.len, near->text.ptr, (int)near->polarity.len,
               near->polarity.ptr, (int)near->modality.len, near->modality.ptr, (int)near->tense.len, near->tense.ptr);
}

static void check_positive(const question *q) {
    const nerx_relation *near = NULL;
    for (uint32_t i = 0; i < q->result->d.relations.count; i++) {
        const nerx_relation *r = &q->result->relations[i];
        if (!str_equal(r->type, q->frame)) continue;
        bool roles = !missing_role(q, r);
        if (roles && !wrong_condition(q, r).ptr) {
            check_pass(q->c);
            return;
        }
        if (!near || roles) near = r;
    }
    fail_positive(q, near);
}

static void check_negative(const question *q) {
    for (uint32_t i = 0; i < q->result->d.relations.count; i++) {
        const nerx_relation *r = &q->result->relations[i];
        if (!str_equal(r->type, q->frame) || missing_role(q, r) || wrong_condition(q, r).ptr) continue;
        check_fail(q->c, q->e, "the relation '%.*s' must not be found here, but is: %.*s", (int)q->frame.len,
                   q->frame.ptr, (int)r->text.len, r->text.ptr);
        return;
    }
    check_pass(q->c);
}

bool check_frame_example(checker *c, const example *e, str frame, uint32_t language) {
    question q = {.c = c, .e = e, .frame = frame, .result = check_extract(c, e, language)};
    if (!q.result) return !c->stopped;
    if (e->positive) {
        check_positive(&q);
    } else {
        check_negative(&q);
    }
    return true;
}
