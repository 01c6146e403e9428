/* How often each witness (rule, list, cue, kind of recall) helped and hurt. */
#include "eval/tally.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "eval/print.h"

/* ---- Table: open addressing over the rows ---- */

static uint32_t *find_slot(const tally_table *t, str kind, str name, str detail) {
    uint64_t hash = hash_pair((uint32_t)hash_str(name), (uint32_t)hash_str(detail)) ^ hash_str(kind);
    for (uint32_t i = (uint32_t)hash & (t->slot_count - 1);; i = (i + 1) & (t->slot_count - 1)) {
        const tally *row = t->slots[i] ? &t->rows.items[t->slots[i] - 1] : NULL;
        if (!row) return &t->slots[i];
        if (str_equal(row->name, name) && str_equal(row->detail, detail) && str_equal(row->kind, kind))
            return &t->slots[i];
    }
}

static bool grow(tally_table *t, arena *a) {
    if (t->rows.count * 2 < t->slot_count) return true;
    t->slot_count = t->slot_count ? t->slot_count * 2 : 1024;
    t->slots = arena_array(a, uint32_t, t->slot_count);
    if (!t->slots) return false;
    for (uint32_t i = 0; i < t->rows.count; i++) {
        const tally *row = &t->rows.items[i];
        *find_slot(t, row->kind, row->name, row->detail) = i + 1;
    }
    return true;
}

tally *tally_row(tally_table *t, arena *a, str kind, str name, str detail) {
    if (!grow(t, a)) return NULL;
    uint32_t *slot = find_slot(t, kind, name, detail);
    if (*slot) return &t->rows.items[*slot - 1];
    tally row = {.kind = arena_str(a, kind), .name = arena_str(a, name), .detail = arena_str(a, detail)};
    if (!row.kind.ptr || !row.name.ptr || !row.detail.ptr || !vec_push(a, &t->rows, row)) return NULL;
    *slot = t->rows.count;
    return &t->rows.items[t->rows.count - 1];
}

/* ---- Counting ---- */

/* What became of a span with a type. */
typedef enum fate { FATE_SKIPPED, FATE_RIGHT, FATE_WRONG, FATE_LOST_RIGHTLY, FATE_LOST_WRONGLY } fate;

/* The mention of the side with this very span and type, or NULL; the side is sorted by place. */
static const eval_mention *find_mention(const eval_side *side, nerx_span span, uint32_t type) {
    uint32_t low = 0, high = side->mentions.count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (side->mentions.items[middle].span.start < span.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < side->mentions.count && side->mentions.items[low].span.start == span.start; low++) {
        const eval_mention *m = &side->mentions.items[low];
        if (m->span.end == span.end && m->type == type) return m;
    }
    return NULL;
}

static fate fate_of(const eval_set *s, const eval_document *d, const nerx_mention *m, bool lost) {
    uint32_t type = set_type_find(s, m->type);
    if (type == NERX_NONE || !s->corpora.items[d->corpus].scored[type]) return FATE_SKIPPED;
    if (lost) {
        const eval_mention *gold = find_mention(&d->gold, m->span, type);
        if (gold && gold->optional) return FATE_SKIPPED;
        return gold ? FATE_LOST_WRONGLY : FATE_LOST_RIGHTLY;
    }
    const eval_mention *found = find_mention(&d->found, m->span, type);
    if (!found || found->ignored) return FATE_SKIPPED;
    return mention_right(found, &d->gold) ? FATE_RIGHT : FATE_WRONG;
}

static void count(tally *row, fate f, int32_t points, bool alone) {
    bool against = points < 0;
    row->fired++;
    row->helped += against ? f == FATE_LOST_RIGHTLY : f == FATE_RIGHT;
    row->hurt += against ? f == FATE_LOST_WRONGLY : f == FATE_WRONG;
    row->alone_right += alone && f == FATE_RIGHT;
    row->alone_wrong += alone && f == FATE_WRONG;
}

static bool count_witness(tally_table *t, arena *a, const nerx_witness *w, fate f, bool alone) {
    bool list = str_is(w->kind, "gazetteer"), recall = str_is(w->kind, "recall");
    tally *row = tally_row(t, a, w->kind, w->name, list || recall ? STR("") : w->detail);
    if (!row) return false;
    count(row, f, w->points, alone);
    if (!list) return true;
    row = tally_row(t, a, STR("entry"), w->name, w->detail);
    if (row) count(row, f, w->points, alone);
    return row;
}

static bool count_mention(tally_table *t, arena *a, const nerx_document *result, const nerx_mention *m, fate f) {
    uint32_t count, speaking = 0;
    const nerx_witness *witnesses = nerx_document_witnesses(result, &count) + m->first_witness;
    for (uint32_t i = 0; i < m->witness_count; i++)
        speaking += witnesses[i].points > 0;
    for (uint32_t i = 0; i < m->witness_count; i++) {
        bool alone = speaking == 1 && witnesses[i].points > 0;
        if (!count_witness(t, a, &witnesses[i], f, alone)) return false;
    }
    return true;
}

/* A relation has one witness, its rule or frame. */
static bool count_relations(tally_table *t, arena *a, const eval_document *d) {
    for (uint32_t i = 0; d->gold.relates && i < d->found.relations.count; i++) {
        const eval_relation *r = &d->found.relations.items[i];
        bool optional = r->match != NERX_NONE && d->gold.relations.items[r->match].optional;
        tally *row = tally_row(t, a, STR("relation"), r->rule, STR(""));
        if (!row) return false;
        bool skipped = optional || r->repeats;
        count(row, skipped ? FATE_SKIPPED : r->match != NERX_NONE ? FATE_RIGHT : FATE_WRONG, 1, true);
    }
    return true;
}

bool tally_document(tally_table *t, arena *a, const eval_set *s, const eval_document *d, const nerx_document *result,
                    nerx_error *error) {
    for (unsigned lost = 0; lost < 2; lost++) {
        uint32_t count;
        const nerx_mention *all = lost ? nerx_document_losers(result, &count) : nerx_document_mentions(result, &count);
        for (uint32_t i = 0; i < count; i++) {
            fate f = fate_of(s, d, &all[i], lost);
            if (f != FATE_SKIPPED && !count_mention(t, a, result, &all[i], f)) return error_memory(error);
        }
    }
    return count_relations(t, a, d) || error_memory(error);
}

/* ---- Report ---- */

static int kind_order(str kind) {
    static const char *const kinds[] = {"rule", "gazetteer", "entry", "cue", "recall", "relation"};
    for (int i = 0; i < (int)(sizeof kinds / sizeof *kinds); i++) {
        if (str_is(kind, kinds[i])) return i;
    }
    return (int)(sizeof kinds / sizeof *kinds);
}

static int by_harm(const void *left, const void *right) {
    const tally *a = left, *b = right;
    int order = kind_order(a->kind) - kind_order(b->kind);
    if (order) return order;
    if (a->hurt != b->hurt) return a->hurt > b->hurt ? -1 : 1;
    if (a->helped != b->helped) return a->helped > b->helped ? -1 : 1;
    order = str_compare(a->name, b->name);
    return order ? order : str_compare(a->detail, b->detail);
}

static void print_name(out *o, const tally *row) {
    print_line(o, row->kind);
    out_literal(o, " ");
    print_line(o, row->name);
    if (row->detail.len) {
        out_literal(o, " (");
        print_line(o, row->detail);
        out_literal(o, ")");
    }
    out_literal(o, "\n");
}

static void print_row(out *o, const tally *row) {
    const uint32_t numbers[] = {row->fired, row->helped, row->hurt, row->alone_right, row->alone_wrong};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        print_count(o, numbers[i], i == 3 ? 13 : 8);
    out_literal(o, "  ");
    print_name(o, row);
}

enum { SHOWN_ENTRIES = 30 };

void report_tallies(out *o, tally_table *t) {
    if (t->rows.count) qsort(t->rows.items, t->rows.count, sizeof *t->rows.items, by_harm);
    out_literal(o, "\n   fired  helped    hurt  alone right   wrong  witness\n");
    uint32_t entries = 0, never = 0;
    for (uint32_t i = 0; i < t->rows.count; i++) {
        const tally *row = &t->rows.items[i];
        bool entry = str_is(row->kind, "entry");
        bool harmless = entry && (!row->hurt || entries++ >= SHOWN_ENTRIES);
        never += !row->fired;
        if (row->fired && !harmless) print_row(o, row);
    }
    if (never) out_literal(o, "\nnever fired, for the types scored here\n");
    for (uint32_t i = 0; i < t->rows.count; i++) {
        if (t->rows.items[i].fired) continue;
        out_literal(o, "    ");
        print_name(o, &t->rows.items[i]);
    }
    t->slot_count = 0; /* rows have moved */
}
