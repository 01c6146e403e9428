/* Mistakes counted by cause: what was missing for each, or who spoke for what is wrong. */
#include <stdlib.h>

#include "base/error.h"
#include "eval/print.h"
#include "eval/report.h"

enum { SHOWN_LEADERS = 30 };

/* One cause and its mistakes by type number; `order` sorts kinds of mistakes. */
typedef struct cause {
    str text, leader;
    uint32_t order, total;
    uint32_t counts[EVAL_MAX_TYPES];
} cause;

typedef struct cause_list {
    VEC(cause) items;
    arena arena;
} cause_list;

static bool count(cause_list *list, uint32_t order, const char *text, str leader, uint32_t type) {
    cause *c = NULL;
    for (uint32_t i = 0; i < list->items.count && !c; i++) {
        cause *other = &list->items.items[i];
        if (str_is(other->text, text) && str_equal(other->leader, leader)) c = other;
    }
    if (!c) {
        if (!vec_push(&list->arena, &list->items, (cause){.text = str_of(text), .leader = leader, .order = order}))
            return false;
        c = &list->items.items[list->items.count - 1];
    }
    c->total++;
    c->counts[type]++;
    return true;
}

/* ---- What became of a gold mention ---- */

/* How near candidates that lost came to it; the largest counts. */
typedef enum nearness { NEAR_NOTHING, NEAR_OVERLAP, NEAR_SPAN, NEAR_ALL } nearness;

static nearness nearest(const eval_document *d, const eval_mention *gold) {
    nearness best = NEAR_NOTHING;
    for (uint32_t i = 0; i < d->losers.count; i++) {
        const eval_mention *m = &d->losers.items[i];
        if (m->span.start >= gold->span.end || gold->span.start >= m->span.end) continue;
        bool span = m->span.start == gold->span.start && m->span.end == gold->span.end;
        nearness near = !span ? NEAR_OVERLAP : m->type == gold->type ? NEAR_ALL : NEAR_SPAN;
        if (near > best) best = near;
    }
    return best;
}

static const char *missed_cause(nearness near) {
    static const char *const texts[] = {[NEAR_NOTHING] = "missed: nothing spoke for it",
                                        [NEAR_OVERLAP] = "missed: only a part of it, or more, was a candidate",
                                        [NEAR_SPAN] = "missed: a candidate of another type, with too few points",
                                        [NEAR_ALL] = "missed: a candidate with too few points"};
    return texts[near];
}

static bool count_gold(cause_list *list, const eval_document *d, const eval_mention *m) {
    if (m->optional || mention_right(m, &d->found)) return true;
    nearness near = nearest(d, m);
    if (m->match == NERX_NONE) return count(list, 0, missed_cause(near), STR(""), m->type);
    bool mistyped = d->found.mentions.items[m->match].type != m->type;
    const char *text = near == NEAR_ALL ? (mistyped ? "mistyped: the right one lost" : "borders: the right ones lost")
                                        : (mistyped ? "mistyped: the right one was no candidate"
                                                    : "borders: the right ones were no candidate");
    return count(list, mistyped ? 1 : 2, text, STR(""), m->type);
}

static bool count_found(cause_list *list, const eval_document *d, const eval_mention *m) {
    if (m->ignored || mention_right(m, &d->gold)) return true;
    const char *text = m->match == NERX_NONE ? "spurious: " : "wrong type or borders: ";
    return count(list, m->match == NERX_NONE ? 3 : 4, text, m->leader, m->type);
}

static bool count_all(cause_list *list, const eval_set *s) {
    for (uint32_t i = 0; i < s->documents.count; i++) {
        const eval_document *d = &s->documents.items[i];
        for (uint32_t k = 0; k < d->gold.mentions.count; k++) {
            if (!count_gold(list, d, &d->gold.mentions.items[k])) return false;
        }
        for (uint32_t k = 0; k < d->found.mentions.count; k++) {
            if (!count_found(list, d, &d->found.mentions.items[k])) return false;
        }
    }
    return true;
}

/* ---- Report ---- */

static int by_order(const void *left, const void *right) {
    const cause *a = left, *b = right;
    if (a->order != b->order) return a->order < b->order ? -1 : 1;
    if (a->total != b->total) return a->total > b->total ? -1 : 1;
    int order = str_compare(a->text, b->text);
    return order ? order : str_compare(a->leader, b->leader);
}

static void print_cause(out *o, const cause *c, const eval_figures *f) {
    for (uint32_t i = 0; i < f->rows.count; i++) {
        uint32_t type = f->rows.items[i].number;
        print_count(o, type == NERX_NONE ? c->total : c->counts[type], 8);
    }
    out_literal(o, "  ");
    print_line(o, c->text);
    print_line(o, c->leader);
    out_literal(o, "\n");
}

bool report_causes(out *o, const eval_set *s, const eval_figures *f, nerx_error *error) {
    cause_list list = {0};
    bool counted = count_all(&list, s);
    if (counted) {
        if (list.items.count) qsort(list.items.items, list.items.count, sizeof *list.items.items, by_order);
        out_literal(o, "\n");
        for (uint32_t i = 0; i < f->rows.count; i++)
            print_right(o, f->rows.items[i].type, 8);
        out_literal(o, "  cause\n");
    }
    for (uint32_t i = 0, shown = 0; counted && i < list.items.count; i++) {
        const cause *c = &list.items.items[i];
        shown = i && c->order == list.items.items[i - 1].order ? shown + 1 : 0;
        if (shown < SHOWN_LEADERS) print_cause(o, c, f);
    }
    arena_free(&list.arena);
    return counted || error_memory(error);
}
