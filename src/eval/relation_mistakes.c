/* The list of mistaken relations: which, where, and the text that says them. */
#include "eval/print.h"
#include "eval/report.h"

static void print_role(out *o, const eval_role *role, bool first) {
    bool end = str_is(role->name, "subject") || str_is(role->name, "object");
    out_str(o, first ? STR(" ") : STR(", "));
    if (!end) {
        print_line(o, role->name);
        out_literal(o, " ");
    }
    print_line(o, role->text);
}

/* "meets Kim Jong Un, Wladimir Putin, place Wladiwostok" */
static void print_relation(out *o, const eval_side *side, const eval_relation *r) {
    static const char *const ends[] = {"subject", "object"};
    bool first = true;
    print_line(o, r->type);
    for (unsigned pass = 0; pass < 3; pass++) {
        for (uint32_t i = 0; i < r->role_count; i++) {
            const eval_role *role = &side->roles.items[r->first_role + i];
            unsigned of = str_is(role->name, ends[0]) ? 0 : str_is(role->name, ends[1]) ? 1 : 2;
            if (of != pass) continue;
            print_role(o, role, first);
            first = false;
        }
    }
}

/* The stretch that says it, else where its first role stands. */
static nerx_span place_of(const eval_side *side, const eval_relation *r) {
    if (r->near.start < r->near.end) return r->near;
    for (uint32_t i = 0; i < r->role_count; i++) {
        const eval_role *role = &side->roles.items[r->first_role + i];
        if (role->span_count) return side->spans.items[role->first_span];
    }
    return (nerx_span){0, 0};
}

/* The sentences of a place, from the first to the last. */
static str sentences_of(const eval_document *d, nerx_span place) {
    if (!d->sentences.count || place.start >= place.end) return str_slice(d->text, place.start, place.end);
    nerx_span first = d->sentences.items[set_sentence_index(d, place.start)].span;
    nerx_span last = d->sentences.items[set_sentence_index(d, place.end - 1)].span;
    uint32_t start = first.start < place.start ? first.start : place.start;
    return str_slice(d->text, start, last.end > place.end ? last.end : place.end);
}

static void print_mistake(out *o, const eval_document *d, const eval_side *side, const eval_relation *r,
                          const char *kind, bool *first) {
    nerx_span place = place_of(side, r);
    if (*first) out_literal(o, "\n");
    *first = false;
    print(o, "%s relation ", kind);
    print_relation(o, side, r);
    out_literal(o, "  ");
    out_str(o, d->shown);
    print(o, ":%u\n    ", set_line(d, place.start));
    print_line(o, sentences_of(d, place));
    out_literal(o, "\n");
    if (!r->rule.len) return;
    out_literal(o, "    ");
    print_line(o, r->rule);
    out_literal(o, "\n");
}

static void print_missed(out *o, const eval_document *d, bool *first) {
    for (uint32_t i = 0; i < d->gold.relations.count; i++) {
        const eval_relation *r = &d->gold.relations.items[i];
        if (!r->optional && r->match == NERX_NONE) print_mistake(o, d, &d->gold, r, "missed", first);
    }
}

static void print_spurious(out *o, const eval_document *d, bool *first) {
    for (uint32_t i = 0; i < d->found.relations.count; i++) {
        const eval_relation *r = &d->found.relations.items[i];
        if (r->match == NERX_NONE && !r->repeats) print_mistake(o, d, &d->found, r, "spurious", first);
    }
}

static void print_marks(out *o, str gold, str found) {
    if (!gold.len || str_equal(gold, found)) return;
    out_literal(o, "    it is ");
    print_line(o, gold);
    out_literal(o, ", found as ");
    print_line(o, found);
    out_literal(o, "\n");
}

static void print_mistyped(out *o, const eval_document *d, bool *first) {
    for (uint32_t i = 0; i < d->gold.relations.count; i++) {
        const eval_relation *r = &d->gold.relations.items[i];
        const eval_relation *found = r->match == NERX_NONE ? NULL : &d->found.relations.items[r->match];
        if (!found || r->optional || relation_marks_agree(r, found)) continue;
        print_mistake(o, d, &d->gold, r, "mistyped", first);
        print_marks(o, r->modality, found->modality);
        print_marks(o, r->polarity, found->polarity);
    }
}

void report_relation_mistakes(out *o, const eval_set *s, const mistake_filter *filter) {
    static const struct {
        mistake kind;
        void (*print)(out *, const eval_document *, bool *);
    } parts[] = {{MISTAKE_MISSED, print_missed}, {MISTAKE_SPURIOUS, print_spurious}, {MISTAKE_TYPE, print_mistyped}};
    for (size_t k = 0; filter->relations && k < sizeof parts / sizeof *parts; k++) {
        bool first = true;
        for (uint32_t i = 0; (filter->kinds & parts[k].kind) && i < s->documents.count; i++) {
            const eval_document *d = &s->documents.items[i];
            if (d->gold.relates) parts[k].print(o, d, &first);
        }
    }
}
