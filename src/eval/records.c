/* Results mention by mention, in a form that two runs can be compared by. */
#include "eval/records.h"

#include <stdlib.h>

#include "base/error.h"

/* A place in a text that only moves on, in bytes and code points. */
typedef struct cursor {
    str text;
    uint32_t byte, point;
} cursor;

static uint32_t points_between(str text, uint32_t start, uint32_t end) {
    uint32_t points = 0;
    for (uint32_t i = start; i < end; i++)
        points += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return points;
}

static void record_span(cursor *c, nerx_span span, eval_record *out) {
    c->point += points_between(c->text, c->byte, span.start);
    c->byte = span.start;
    out->start = c->point;
    out->end = c->point + points_between(c->text, span.start, span.end);
    out->text = str_slice(c->text, span.start, span.end);
}

static bool same_span(const eval_mention *a, const eval_mention *b) {
    return a->span.start == b->span.start && a->span.end == b->span.end;
}

/* The partner with the same span, or NULL. */
static const eval_mention *twin(const eval_mention *m, const eval_side *other) {
    const eval_mention *o = m->match == NERX_NONE ? NULL : &other->mentions.items[m->match];
    return o && same_span(m, o) ? o : NULL;
}

static bool add_gold(const eval_set *s, arena *a, const eval_document *d, const eval_mention *m, cursor *c,
                     record_list *out) {
    if (m->optional) return true;
    const eval_mention *found = twin(m, &d->found);
    eval_record r = {.document = d->id, .gold = s->types.items[m->type]};
    r.found = found ? s->types.items[found->type] : STR("");
    record_span(c, m->span, &r);
    return vec_push(a, out, r);
}

static bool add_found(const eval_set *s, arena *a, const eval_document *d, const eval_mention *m, cursor *c,
                      record_list *out) {
    if (m->ignored || twin(m, &d->gold)) return true;
    eval_record r = {.document = d->id, .gold = STR(""), .found = s->types.items[m->type]};
    record_span(c, m->span, &r);
    return vec_push(a, out, r);
}

static bool collect_document(const eval_set *s, arena *a, const eval_document *d, record_list *out) {
    cursor c = {.text = d->text};
    uint32_t gold = 0, found = 0;
    bool added = true;
    while (added && (gold < d->gold.mentions.count || found < d->found.mentions.count)) {
        const eval_mention *g = gold < d->gold.mentions.count ? &d->gold.mentions.items[gold] : NULL;
        const eval_mention *f = found < d->found.mentions.count ? &d->found.mentions.items[found] : NULL;
        if (g && (!f || g->span.start <= f->span.start)) {
            added = add_gold(s, a, d, g, &c, out);
            gold++;
        } else {
            added = add_found(s, a, d, f, &c, out);
            found++;
        }
    }
    return added;
}

bool records_collect(const eval_result *r, arena *a, record_list *out, nerx_error *error) {
    for (uint32_t i = 0; i < r->set.documents.count; i++) {
        if (!collect_document(&r->set, a, &r->set.documents.items[i], out)) return error_memory(error);
    }
    return true;
}

static int by_key(const void *left, const void *right) {
    const eval_record *a = left, *b = right;
    int order = str_compare(a->document, b->document);
    if (order) return order;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    order = str_compare(a->gold, b->gold);
    return order ? order : str_compare(a->found, b->found);
}

void records_sort(record_list *list) {
    if (list->count > 1) qsort(list->items, list->count, sizeof *list->items, by_key);
}
