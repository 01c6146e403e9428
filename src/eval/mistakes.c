/* The list of mistakes: where, what, its sentence, and who testified. */
#include <stdio.h>

#include "base/error.h"
#include "eval/print.h"
#include "eval/report.h"

static const struct {
    mistake kind;
    const char *name;
} kinds[] = {{MISTAKE_MISSED, "missed"},
             {MISTAKE_SPURIOUS, "spurious"},
             {MISTAKE_TYPE, "mistyped"},
             {MISTAKE_BORDERS, "borders"},
             {MISTAKE_VALUE, "value"}};

enum { KINDS = sizeof kinds / sizeof *kinds, SHOWN_LOSERS = 3 };

static unsigned find_kind(str name) {
    for (unsigned i = 0; i < KINDS; i++) {
        if (str_is(name, kinds[i].name)) return kinds[i].kind;
    }
    return MISTAKE_NONE;
}

bool mistake_filter_parse(mistake_filter *filter, const eval_set *s, const char *text, nerx_error *error) {
    *filter = (mistake_filter){.any_type = true};
    str rest = str_of(text);
    while (rest.ptr) {
        str word = str_trim(str_cut(&rest, ','));
        if (!word.len) continue;
        if (str_is(word, "relations")) {
            filter->relations = true;
            continue;
        }
        unsigned kind = find_kind(word);
        uint32_t type = kind ? NERX_NONE : set_type_find(s, word);
        if (!kind && type == NERX_NONE)
            return error_set(
                error, NERX_ERROR_ARGUMENT,
                "'%.*s' is no kind of mistake (missed, spurious, mistyped, borders, value), no type, and not "
                "relations",
                (int)word.len, word.ptr);
        filter->kinds |= kind;
        if (type == NERX_NONE) continue;
        filter->types[type] = true;
        filter->any_type = false;
    }
    if (!filter->kinds) filter->kinds = MISTAKE_ALL;
    filter->mentions = !filter->relations || !filter->any_type;
    filter->relations = filter->relations || filter->any_type;
    return true;
}

/* A pair, or one of its sides alone. */
typedef struct item {
    const eval_document *document;
    const eval_mention *gold, *found; /* one may be NULL */
} item;

static bool same_span(const item *i) {
    return i->gold->span.start == i->found->span.start && i->gold->span.end == i->found->span.end;
}

static bool is_mistake(const item *i, mistake kind) {
    if (!i->found) return kind == MISTAKE_MISSED;
    if (!i->gold) return kind == MISTAKE_SPURIOUS;
    if (i->gold->type != i->found->type) return kind == MISTAKE_TYPE;
    if (kind == MISTAKE_BORDERS) return !same_span(i);
    return kind == MISTAKE_VALUE && i->gold->value.len && !str_equal(i->gold->value, i->found->value);
}

static bool wanted(const mistake_filter *filter, const item *i) {
    if (filter->any_type) return true;
    return (i->gold && filter->types[i->gold->type]) || (i->found && filter->types[i->found->type]);
}

static str text_of(const eval_document *d, const eval_mention *m) {
    return str_slice(d->text, m->span.start, m->span.end);
}

static void print_quoted(out *o, str s) {
    out_literal(o, "\"");
    print_line(o, s);
    out_literal(o, "\"");
}

static void print_head(out *o, const eval_set *s, const item *i, mistake kind, const char *name) {
    const eval_mention *at = i->gold ? i->gold : i->found;
    const str *types = s->types.items;
    print(o, "%s ", name);
    out_str(o, types[at->type]);
    if (kind == MISTAKE_TYPE) {
        out_literal(o, " as ");
        out_str(o, types[i->found->type]);
    }
    out_literal(o, " ");
    print_quoted(o, text_of(i->document, at));
    if (kind == MISTAKE_VALUE) {
        out_literal(o, " is ");
        print_line(o, i->gold->value);
        out_literal(o, ", found as ");
        print_line(o, i->found->value.len ? i->found->value : STR("nothing"));
    } else if (i->gold && i->found && !same_span(i)) {
        out_literal(o, " found as ");
        print_quoted(o, text_of(i->document, i->found));
    }
    out_literal(o, "  ");
    out_str(o, i->document->shown);
    print(o, ":%u\n", at->line ? at->line : set_line(i->document, at->span.start));
}

/* The marks that end, or begin, at a byte; the wider mention is outside. */
static void print_marks(out *o, const item *i, uint32_t byte, bool begin) {
    const eval_mention *sides[] = {i->gold, i->found};
    static const char *const marks[][2] = {{"]", "["}, {"}", "{"}};
    bool both = i->gold && i->found;
    bool gold_outside = both && i->gold->span.end - i->gold->span.start >= i->found->span.end - i->found->span.start;
    unsigned first = gold_outside == begin ? 0 : 1;
    for (unsigned k = 0; k < 2; k++) {
        unsigned side = first ^ k;
        const eval_mention *m = sides[side];
        if (m && (begin ? m->span.start : m->span.end) == byte) out_str(o, str_of(marks[side][begin]));
    }
}

/* The sentence with [gold] and {found}. */
static void print_sentence(out *o, const item *i) {
    const eval_document *d = i->document;
    const eval_mention *at = i->gold ? i->gold : i->found;
    nerx_span s = d->sentences.count ? d->sentences.items[set_sentence_index(d, at->span.start)].span : at->span;
    uint32_t end = s.end > at->span.end ? s.end : at->span.end;
    uint32_t start = s.start < at->span.start ? s.start : at->span.start;
    if (i->found && i->found->span.start < start) start = i->found->span.start;
    if (i->found && i->found->span.end > end) end = i->found->span.end;
    out_literal(o, "    ");
    for (uint32_t at_byte = start; at_byte <= end; at_byte++) {
        print_marks(o, i, at_byte, false);
        print_marks(o, i, at_byte, true);
        if (at_byte < end) print_line(o, str_slice(d->text, at_byte, at_byte + 1));
    }
    out_literal(o, "\n");
}

static void print_losers(out *o, const eval_set *s, const item *i) {
    unsigned shown = 0;
    for (uint32_t k = 0; k < i->document->losers.count && shown < SHOWN_LOSERS; k++) {
        const eval_mention *m = &i->document->losers.items[k];
        bool overlaps = m->span.start < i->gold->span.end && i->gold->span.start < m->span.end;
        if (!overlaps) continue;
        out_literal(o, "    lost: ");
        out_str(o, s->types.items[m->type]);
        out_literal(o, " ");
        print_quoted(o, text_of(i->document, m));
        out_literal(o, " ");
        print_line(o, m->witnesses);
        out_literal(o, "\n");
        shown++;
    }
}

static void print_item(out *o, const eval_set *s, const item *i, unsigned kind, bool *first) {
    if (*first) out_literal(o, "\n");
    *first = false;
    print_head(o, s, i, kinds[kind].kind, kinds[kind].name);
    print_sentence(o, i);
    if (i->found && i->found->witnesses.len) {
        out_literal(o, "    ");
        print_line(o, i->found->witnesses);
        out_literal(o, "\n");
    }
    if (i->gold) print_losers(o, s, i);
}

static void print_document(out *o, const eval_set *s, const eval_document *d, const mistake_filter *filter,
                           unsigned kind, bool *first) {
    for (uint32_t k = 0; k < d->gold.mentions.count; k++) {
        const eval_mention *m = &d->gold.mentions.items[k];
        item i = {d, m, m->match == NERX_NONE ? NULL : &d->found.mentions.items[m->match]};
        if (!m->optional && is_mistake(&i, kinds[kind].kind) && wanted(filter, &i)) print_item(o, s, &i, kind, first);
    }
    for (uint32_t k = 0; k < d->found.mentions.count && kinds[kind].kind == MISTAKE_SPURIOUS; k++) {
        const eval_mention *m = &d->found.mentions.items[k];
        item i = {d, NULL, m};
        if (m->match == NERX_NONE && !m->ignored && wanted(filter, &i)) print_item(o, s, &i, kind, first);
    }
}

void report_mistakes(out *o, const eval_set *s, const mistake_filter *filter) {
    for (unsigned kind = 0; filter->mentions && kind < KINDS; kind++) {
        if (!(filter->kinds & kinds[kind].kind)) continue;
        bool first = true;
        for (uint32_t i = 0; i < s->documents.count; i++)
            print_document(o, s, &s->documents.items[i], filter, kind, &first);
    }
}
