/* What one run won and lost against another, mention by mention. */
#include "eval/compare.h"

#include <stdlib.h>

#include "base/error.h"
#include "eval/print.h"

typedef enum change { CHANGE_WON, CHANGE_LOST, CHANGE_GONE, CHANGE_NEW, CHANGES } change;

static const char *const change_names[CHANGES] = {"won", "lost", "gone", "new"};

/* One change: the record that shows it, the type it is about. */
typedef struct item {
    change kind;
    str type;
    const eval_record *record;
} item;

typedef VEC(item) item_list;

typedef struct comparison {
    const eval_result *result;
    const baseline *old;
    const record_list *now;
    arena *arena;
    item_list items;
    uint32_t common;                 /* gold mentions that both have */
    const eval_document **documents; /* by id */
} comparison;

static int by_id(const void *left, const void *right) {
    const eval_document *const *a = left, *const *b = right;
    return str_compare((*a)->id, (*b)->id);
}

static bool sort_documents(comparison *c) {
    const eval_set *s = &c->result->set;
    c->documents = arena_array(c->arena, const eval_document *, s->documents.count + 1);
    if (!c->documents) return false;
    for (uint32_t i = 0; i < s->documents.count; i++)
        c->documents[i] = &s->documents.items[i];
    qsort(c->documents, s->documents.count, sizeof *c->documents, by_id);
    return true;
}

static const eval_document *find_document(const comparison *c, str id) {
    const eval_document wanted = {.id = id}, *key = &wanted;
    const eval_document **found =
        bsearch(&key, c->documents, c->result->set.documents.count, sizeof *c->documents, by_id);
    return found ? *found : NULL;
}

static bool is_right(const eval_record *r) {
    return str_equal(r->gold, r->found);
}

static int compare_places(const eval_record *a, const eval_record *b) {
    int order = str_compare(a->document, b->document);
    if (order) return order;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

/* The records of the place of `r`, in a sorted list: first, and behind the last. */
static const eval_record *at_place(const record_list *list, const eval_record *r, const eval_record **end) {
    uint32_t low = 0, high = list->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (compare_places(&list->items[middle], r) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const eval_record *first = list->items + low;
    for (high = low; high < list->count && compare_places(&list->items[high], r) == 0;)
        high++;
    *end = list->items + high;
    return first;
}

static const eval_record *same_gold(const record_list *list, const eval_record *r) {
    const eval_record *end, *at = at_place(list, r, &end);
    for (; at < end; at++) {
        if (str_equal(at->gold, r->gold)) return at;
    }
    return NULL;
}

/* Is the same wrong mention in the list? */
static bool has_wrong(const record_list *list, const eval_record *r) {
    const eval_record *end, *at = at_place(list, r, &end);
    for (; at < end; at++) {
        if (str_equal(at->found, r->found) && !is_right(at)) return true;
    }
    return false;
}

static bool add(comparison *c, change kind, str type, const eval_record *r) {
    return vec_push(c->arena, &c->items, (item){kind, type, r});
}

static bool compare_now(comparison *c, const eval_record *r) {
    const eval_record *before = r->gold.len ? same_gold(&c->old->records, r) : NULL;
    c->common += before != NULL;
    if (before && is_right(r) && !is_right(before) && !add(c, CHANGE_WON, r->gold, r)) return false;
    if (before && !is_right(r) && is_right(before) && !add(c, CHANGE_LOST, r->gold, r)) return false;
    bool wrong = r->found.len && !is_right(r);
    return !wrong || has_wrong(&c->old->records, r) || add(c, CHANGE_NEW, r->found, r);
}

static bool compare_old(comparison *c, const eval_record *r) {
    bool wrong = r->found.len && !is_right(r) && find_document(c, r->document);
    return !wrong || has_wrong(c->now, r) || add(c, CHANGE_GONE, r->found, r);
}

static bool compare_all(comparison *c) {
    for (uint32_t i = 0; i < c->now->count; i++) {
        if (!compare_now(c, &c->now->items[i])) return false;
    }
    for (uint32_t i = 0; i < c->old->records.count; i++) {
        if (!compare_old(c, &c->old->records.items[i])) return false;
    }
    return true;
}

/* ---- Printing ---- */

static void print_figures(out *o, str name, double before, double now) {
    print_padded(o, name, 9);
    print(o, "%8.2f%9.2f%+9.2f", 100 * before, 100 * now, 100 * (now - before));
}

static void print_others(out *o, const comparison *c) {
    const eval_relations *relations = &c->result->relations;
    for (uint32_t i = 0; i < c->old->others.count; i++) {
        const old_figure *f = &c->old->others.items[i];
        bool values = str_is(f->type, "values");
        if (values ? !c->result->values.gold : !relations->rows.count) continue;
        double now = values ? value_figure(&c->result->values).f1
                            : relation_figure(&relations->rows.items[relations->rows.count - 1]).f1;
        print_figures(o, f->type, f->f1, now);
        out_literal(o, "\n");
    }
}

static void print_change_row(out *o, const comparison *c, const figure_row *row) {
    uint32_t counts[CHANGES] = {0};
    for (uint32_t i = 0; i < c->items.count; i++) {
        bool counted = row->number == NERX_NONE || str_equal(c->items.items[i].type, row->type);
        counts[c->items.items[i].kind] += counted;
    }
    double before = 0;
    for (uint32_t i = 0; i < c->old->figures.count; i++) {
        if (str_equal(c->old->figures.items[i].type, row->type)) before = c->old->figures.items[i].f1;
    }
    print_figures(o, row->type, before, row->figures[MEASURE_STRICT].f1);
    for (unsigned k = 0; k < CHANGES; k++)
        print_count(o, counts[k], 8);
    out_literal(o, "\n");
}

static uint32_t byte_of(str text, uint32_t point) {
    uint32_t i = 0;
    for (uint32_t points = 0; i < text.len; i++) {
        bool begins = ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
        if (begins && points++ == point) break;
    }
    return i;
}

/* The sentence with [gold] or {found}. */
static void print_place(out *o, const eval_document *d, const eval_record *r, bool gold) {
    nerx_span span = {byte_of(d->text, r->start), byte_of(d->text, r->end)};
    nerx_span sentence = d->sentences.count ? d->sentences.items[set_sentence_index(d, span.start)].span : span;
    if (sentence.start > span.start) sentence.start = span.start;
    if (sentence.end < span.end) sentence.end = span.end;
    out_str(o, d->shown);
    print(o, ":%u\n    ", set_line(d, span.start));
    print_line(o, str_slice(d->text, sentence.start, span.start));
    out_str(o, gold ? STR("[") : STR("{"));
    print_line(o, str_slice(d->text, span.start, span.end));
    out_str(o, gold ? STR("]") : STR("}"));
    print_line(o, str_slice(d->text, span.end, sentence.end));
    out_literal(o, "\n");
}

static void print_change(out *o, const comparison *c, const item *i) {
    const eval_record *r = i->record;
    print(o, "%s ", change_names[i->kind]);
    out_str(o, i->type);
    out_literal(o, " \"");
    print_line(o, r->text);
    out_literal(o, "\"");
    if (i->kind == CHANGE_LOST && r->found.len) {
        out_literal(o, " as ");
        out_str(o, r->found);
    }
    out_literal(o, "  ");
    print_place(o, find_document(c, r->document), r, i->kind == CHANGE_WON || i->kind == CHANGE_LOST);
}

static void print_changes(out *o, const comparison *c) {
    const eval_figures *f = &c->result->figures;
    print(o, "\nagainst %s\n", c->old->name);
    out_literal(o, "type       old F1   new F1   change     won    lost    gone     new\n");
    for (uint32_t i = 0; i < f->rows.count; i++)
        print_change_row(o, c, &f->rows.items[i]);
    print_others(o, c);
    for (unsigned kind = 0; kind < CHANGES; kind++) {
        bool first = true;
        for (uint32_t i = 0; i < c->items.count; i++) {
            if (c->items.items[i].kind != kind) continue;
            if (first) out_literal(o, "\n");
            first = false;
            print_change(o, c, &c->items.items[i]);
        }
    }
}

bool report_changes(out *o, const eval_result *r, baseline *old, nerx_error *error) {
    arena a = {0};
    record_list now = {0}, sorted = {0};
    comparison c = {.result = r, .old = old, .now = &sorted, .arena = &a};
    bool made = records_collect(r, &a, &now, error) &&
                ((sort_documents(&c) && vec_reserve(&a, &sorted, now.count + 1)) || error_memory(error));
    if (made) {
        if (now.count) memcpy(sorted.items, now.items, now.count * sizeof *now.items);
        sorted.count = now.count;
        records_sort(&sorted);
        records_sort(&old->records);
        made = compare_all(&c) || error_memory(error);
    }
    if (made && !c.common)
        made = error_set(error, NERX_ERROR_ARGUMENT, "%s: no mention of this gold is in it", old->name);
    if (made) print_changes(o, &c);
    arena_free(&a);
    return made;
}
