/* The results as JSON: all figures, the confusion, each mention. */
#include "eval/json.h"

#include "eval/confusion.h"
#include "eval/print.h"

static void key(out *o, str name) {
    out_json(o, name);
    out_literal(o, ": ");
}

/* As many digits as tell doubles apart. */
static void number(out *o, const char *name, double value) {
    print(o, "\"%s\": %.17g", name, value);
}

static void count(out *o, const char *name, uint32_t n) {
    print(o, "\"%s\": %u, ", name, n);
}

static void write_figure(out *o, figure f) {
    number(o, "precision", f.precision);
    out_literal(o, ", ");
    number(o, "recall", f.recall);
    out_literal(o, ", ");
    number(o, "f1", f.f1);
}

static void write_row(out *o, const figure_row *row) {
    out_literal(o, "{");
    count(o, "gold", row->counts.gold);
    count(o, "found", row->counts.found);
    count(o, "right", row->counts.hits[MEASURE_STRICT].of_gold / 2);
    for (unsigned m = 0; m < MEASURES; m++) {
        print(o, "%s\"%s\": {", m ? ", " : "", measure_name(m));
        write_figure(o, row->figures[m]);
        if (m == MEASURE_STRICT) print(o, ", \"interval\": [%.17g, %.17g]", row->low, row->high);
        out_literal(o, "}");
    }
    out_literal(o, "}");
}

static void write_types(out *o, const eval_figures *f) {
    out_literal(o, " \"types\": {");
    for (uint32_t i = 0; i < f->rows.count; i++) {
        out_str(o, i ? STR(",\n  ") : STR("\n  "));
        key(o, f->rows.items[i].type);
        write_row(o, &f->rows.items[i]);
    }
    out_literal(o, "},\n");
}

static void write_dropped(out *o, const eval_set *s) {
    out_literal(o, " \"not_scored\": {");
    for (uint32_t i = 0; i < s->dropped.count; i++) {
        if (i) out_literal(o, ", ");
        key(o, s->dropped.items[i].label);
        print(o, "%u", s->dropped.items[i].count);
    }
    out_literal(o, "},\n");
}

static void write_cells(out *o, const eval_figures *f, const confusion *c) {
    out_literal(o, " \"confusion\": {");
    for (uint32_t i = 0; i <= c->none; i++) {
        out_str(o, i ? STR(",\n  ") : STR("\n  "));
        key(o, confusion_name(f, c, i));
        out_literal(o, "{");
        bool first = true;
        for (uint32_t k = 0; k <= c->none; k++) {
            if (!confusion_cell(c, i, k)) continue;
            if (!first) out_literal(o, ", ");
            first = false;
            key(o, confusion_name(f, c, k));
            print(o, "%u", confusion_cell(c, i, k));
        }
        out_literal(o, "}");
    }
    out_literal(o, "},\n");
}

static void write_values(out *o, const eval_values *v) {
    if (!v->gold) return;
    out_literal(o, " \"values\": {");
    count(o, "gold", v->gold);
    count(o, "found", v->found);
    count(o, "paired", v->paired);
    count(o, "right", v->right);
    write_figure(o, value_figure(v));
    out_literal(o, "},\n");
}

static void write_relations(out *o, const eval_relations *r) {
    if (!r->rows.count) return;
    out_literal(o, " \"relations\": {");
    for (uint32_t i = 0; i < r->rows.count; i++) {
        const eval_relation_row *row = &r->rows.items[i];
        out_str(o, i ? STR(",\n  ") : STR("\n  "));
        key(o, row->type);
        out_literal(o, "{");
        count(o, "gold", row->gold);
        count(o, "found", row->found);
        count(o, "right", row->right);
        count(o, "with_modality", row->marked);
        count(o, "other_roles", row->roles);
        count(o, "other_roles_right", row->roles_right);
        write_figure(o, relation_figure(row));
        out_literal(o, "}");
    }
    out_literal(o, "},\n");
}

static void write_records(out *o, const record_list *list) {
    out_literal(o, " \"mentions\": [");
    for (uint32_t i = 0; i < list->count; i++) {
        const eval_record *r = &list->items[i];
        out_str(o, i ? STR(",\n  {") : STR("\n  {"));
        key(o, STR("document"));
        out_json(o, r->document);
        print(o, ", \"start\": %u, \"end\": %u, \"text\": ", r->start, r->end);
        out_json(o, r->text);
        if (r->gold.len) {
            out_literal(o, ", \"gold\": ");
            out_json(o, r->gold);
        }
        if (r->found.len) {
            out_literal(o, ", \"found\": ");
            out_json(o, r->found);
        }
        out_literal(o, "}");
    }
    out_literal(o, "]}\n");
}

bool json_results(out *o, const eval_result *r, nerx_error *error) {
    arena a = {0};
    record_list list = {0};
    confusion c;
    if (!confusion_count(&c, &r->set, &r->figures, error)) return false;
    bool collected = records_collect(r, &a, &list, error);
    if (collected) {
        print(o, "{\"documents\": %u,\n", r->set.documents.count);
        write_dropped(o, &r->set);
        write_types(o, &r->figures);
        write_cells(o, &r->figures, &c);
        write_values(o, &r->values);
        write_relations(o, &r->relations);
        write_records(o, &list);
    }
    confusion_free(&c);
    arena_free(&a);
    return collected;
}
