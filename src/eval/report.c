/* The table: how much was read, what is not scored, precision, recall and F1 a type; and the confusion. */
#include "eval/report.h"

#include <stdlib.h>

#include "eval/confusion.h"
#include "eval/print.h"

static const char *plural(uint32_t n) {
    return n == 1 ? "" : "s";
}

static void print_read(out *o, const eval_set *s, const figure_row *all) {
    uint32_t sentences = 0;
    for (uint32_t i = 0; i < s->documents.count; i++)
        sentences += s->documents.items[i].sentences.count;
    print_count(o, s->documents.count, 0);
    print(o, " document%s, ", plural(s->documents.count));
    print_count(o, sentences, 0);
    print(o, " sentence%s, ", plural(sentences));
    print_count(o, all->counts.gold, 0);
    print(o, " mention%s in the gold, ", plural(all->counts.gold));
    print_count(o, all->counts.found, 0);
    print(o, " found\n");
}

static int by_count(const void *left, const void *right) {
    const eval_dropped *a = left, *b = right;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    return str_compare(a->label, b->label);
}

static void print_dropped(out *o, const eval_set *s) {
    if (!s->dropped.count) return;
    qsort(s->dropped.items, s->dropped.count, sizeof *s->dropped.items, by_count);
    out_literal(o, "not scored: ");
    for (uint32_t i = 0; i < s->dropped.count; i++) {
        print_line(o, s->dropped.items[i].label);
        out_literal(o, " ");
        print_count(o, s->dropped.items[i].count, 0);
        out_str(o, i + 1 < s->dropped.count ? STR(", ") : STR("\n"));
    }
}

static uint32_t type_width(const eval_figures *f) {
    uint32_t width = 4;
    for (uint32_t i = 0; i < f->rows.count; i++) {
        uint32_t of_type = print_width(f->rows.items[i].type);
        if (of_type > width) width = of_type;
    }
    return width;
}

static void print_row(out *o, const figure_row *row, uint32_t width) {
    const figure *strict = &row->figures[MEASURE_STRICT];
    print_padded(o, row->type, width);
    print_count(o, row->counts.gold, 8);
    print_count(o, row->counts.found, 8);
    print_count(o, row->counts.hits[MEASURE_STRICT].of_gold / 2, 8);
    print(o, "%12.2f%9.2f%9.2f", 100 * strict->precision, 100 * strict->recall, 100 * strict->f1);
    print(o, "    %5.1f–%-5.1f ", 100 * row->low, 100 * row->high);
    for (unsigned m = MEASURE_PARTIAL; m < MEASURES; m++)
        print(o, "%9.2f", 100 * row->figures[m].f1);
    out_literal(o, "\n");
}

void report_table(out *o, const eval_set *s, const eval_figures *f) {
    uint32_t width = type_width(f);
    print_read(o, s, &f->rows.items[f->rows.count - 1]);
    print_dropped(o, s);
    out_literal(o, "\n");
    print_padded(o, STR("type"), width);
    out_literal(
        o, "    gold   found   right   precision   recall       F1   95 % interval    partial     type     span\n");
    for (uint32_t i = 0; i < f->rows.count; i++)
        print_row(o, &f->rows.items[i], width);
}

void report_measures(out *o, const eval_figures *f) {
    uint32_t width = type_width(f);
    for (unsigned m = 0; m < MEASURES; m++) {
        out_literal(o, "\n");
        print_padded(o, str_of(measure_name(m)), width > 7 ? width : 7);
        out_literal(o, "   precision   recall       F1\n");
        for (uint32_t i = 0; i < f->rows.count; i++) {
            const figure *x = &f->rows.items[i].figures[m];
            print_padded(o, f->rows.items[i].type, width > 7 ? width : 7);
            print(o, "%12.2f%9.2f%9.2f\n", 100 * x->precision, 100 * x->recall, 100 * x->f1);
        }
    }
}

/* ---- Values and relations ---- */

void report_values(out *o, const eval_values *v) {
    if (!v->gold) return;
    figure f = value_figure(v);
    out_literal(o, "\nvalues: ");
    print_count(o, v->gold, 0);
    out_literal(o, " in the gold, ");
    print_count(o, v->paired, 0);
    out_literal(o, " of them found, ");
    print_count(o, v->right, 0);
    print(o, " right (%.2f of 100 found)\n", v->paired ? 100.0 * v->right / v->paired : 0);
    print(o, "        precision %.2f, recall %.2f, F1 %.2f\n", 100 * f.precision, 100 * f.recall, 100 * f.f1);
}

void report_relations(out *o, const eval_relations *r) {
    if (!r->rows.count) return;
    uint32_t width = 9;
    for (uint32_t i = 0; i < r->rows.count; i++) {
        if (print_width(r->rows.items[i].type) > width) width = print_width(r->rows.items[i].type);
    }
    out_literal(o, "\n");
    print_padded(o, STR("relations"), width);
    out_literal(o, "    gold   found   right   precision   recall       F1   with modality    other roles\n");
    for (uint32_t i = 0; i < r->rows.count; i++) {
        const eval_relation_row *row = &r->rows.items[i];
        figure f = relation_figure(row);
        print_padded(o, row->type, width);
        print_count(o, row->gold, 8);
        print_count(o, row->found, 8);
        print_count(o, row->right, 8);
        print(o, "%12.2f%9.2f%9.2f", 100 * f.precision, 100 * f.recall, 100 * f.f1);
        print_count(o, row->marked, 16);
        print(o, "%8u of%4u\n", row->roles_right, row->roles);
    }
}

/* ---- Confusion ---- */

bool report_confusion(out *o, const eval_set *s, const eval_figures *f, nerx_error *error) {
    confusion c;
    if (!confusion_count(&c, s, f, error)) return false;
    uint32_t width = type_width(f);
    if (width < 12) width = 12;
    out_literal(o, "\n");
    print_padded(o, STR("gold, found:"), width);
    for (uint32_t i = 0; i <= c.none; i++) {
        print_right(o, confusion_name(f, &c, i), 8);
    }
    out_literal(o, "\n");
    for (uint32_t i = 0; i <= c.none; i++) {
        print_padded(o, confusion_name(f, &c, i), width);
        for (uint32_t k = 0; k < c.none + (i != c.none); k++)
            print_count(o, confusion_cell(&c, i, k), 8);
        out_literal(o, "\n");
    }
    confusion_free(&c);
    return true;
}
