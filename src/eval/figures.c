/* Precision, recall and F1 from counts, in each sense, with a bootstrap interval. */
#include "eval/figures.h"

#include <stdlib.h>

#include "base/error.h"

figure figure_from(double of_found, double found, double of_gold, double gold) {
    figure f = {found > 0 ? of_found / found : 0, gold > 0 ? of_gold / gold : 0, 0};
    if (f.precision + f.recall > 0) f.f1 = 2 * f.precision * f.recall / (f.precision + f.recall);
    return f;
}

figure figure_of(const eval_counts *c, measure m) {
    return figure_from(c->hits[m].of_found / 2.0, c->found, c->hits[m].of_gold / 2.0, c->gold);
}

const char *measure_name(measure m) {
    static const char *const names[MEASURES] = {"strict", "partial", "type", "span"};
    return names[m];
}

/* ---- Bootstrap (Efron 1979): resample the units, take the percentiles ---- */

typedef struct unit {
    uint32_t gold, found, right;
} unit;

/* units[unit * types + type]; the last type is all. */
typedef struct sample {
    unit *units;
    uint32_t count, types;
} sample;

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next_random(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15U);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}

static void resample(const sample *s, uint64_t *state, unit *sums) {
    memset(sums, 0, s->types * sizeof *sums);
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t drawn = (uint32_t)((next_random(state) >> 32) * s->count >> 32);
        const unit *u = &s->units[(size_t)drawn * s->types];
        for (uint32_t t = 0; t < s->types; t++) {
            sums[t].gold += u[t].gold;
            sums[t].found += u[t].found;
            sums[t].right += u[t].right;
        }
    }
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* One value of 40 lies below the interval, one above; resamples without any mention of the type have no F1. */
static void interval(const double *values, uint32_t count, figure_row *row) {
    if (!count) return;
    row->low = values[count / 40];
    row->high = values[count - 1 - count / 40];
}

static void intervals(const sample *s, eval_figures *f, unit *sums, double *values, uint32_t *counts) {
    uint64_t state = 1;
    for (uint32_t i = 0; i < BOOTSTRAP_RESAMPLES; i++) {
        resample(s, &state, sums);
        for (uint32_t t = 0; t < s->types; t++) {
            const unit *u = &sums[t];
            if (!u->gold && !u->found) continue;
            values[t * BOOTSTRAP_RESAMPLES + counts[t]++] = figure_from(u->right, u->found, u->right, u->gold).f1;
        }
    }
    for (uint32_t t = 0; t < s->types; t++) {
        double *of_type = values + (size_t)t * BOOTSTRAP_RESAMPLES;
        qsort(of_type, counts[t], sizeof *of_type, by_size);
        interval(of_type, counts[t], &f->rows.items[t]);
    }
}

/* Where a document's units begin: one, or one a sentence. */
static uint32_t unit_count(const eval_document *d, bool by_sentence) {
    return by_sentence && d->sentences.count ? d->sentences.count : 1;
}

static void add_mention(const sample *s, const eval_document *d, const eval_mention *m, bool by_sentence, bool gold,
                        uint32_t first, const uint32_t *rows) {
    uint32_t sentence = by_sentence ? set_sentence_index(d, m->span.start) : 0;
    unit *units = s->units + (size_t)(first + sentence) * s->types;
    unit *both[] = {&units[rows[m->type]], &units[s->types - 1]};
    for (unsigned i = 0; i < 2; i++) {
        both[i]->gold += gold;
        both[i]->found += !gold;
        both[i]->right += gold && mention_right(m, &d->found);
    }
}

static void add_document(const sample *s, const eval_document *d, bool by_sentence, uint32_t first,
                         const uint32_t *rows) {
    for (uint32_t i = 0; i < d->gold.mentions.count; i++) {
        const eval_mention *m = &d->gold.mentions.items[i];
        if (!m->optional) add_mention(s, d, m, by_sentence, true, first, rows);
    }
    for (uint32_t i = 0; i < d->found.mentions.count; i++) {
        const eval_mention *m = &d->found.mentions.items[i];
        if (!m->ignored) add_mention(s, d, m, by_sentence, false, first, rows);
    }
}

static bool bootstrap(eval_figures *f, const eval_set *set, const uint32_t *rows, nerx_error *error) {
    sample s = {.types = f->rows.count};
    f->by_sentence = set->documents.count < BOOTSTRAP_DOCUMENTS;
    for (uint32_t i = 0; i < set->documents.count; i++)
        s.count += unit_count(&set->documents.items[i], f->by_sentence);
    s.units = calloc((size_t)s.count * s.types + 1, sizeof *s.units);
    unit *sums = calloc(s.types, sizeof *sums);
    double *values = calloc((size_t)s.types * BOOTSTRAP_RESAMPLES, sizeof *values);
    uint32_t *counts = calloc(s.types, sizeof *counts);
    bool made = s.units && sums && values && counts;
    for (uint32_t i = 0, first = 0; made && i < set->documents.count; i++) {
        const eval_document *d = &set->documents.items[i];
        add_document(&s, d, f->by_sentence, first, rows);
        first += unit_count(d, f->by_sentence);
    }
    if (made) intervals(&s, f, sums, values, counts);
    free(s.units);
    free(sums);
    free(values);
    free(counts);
    return made || error_memory(error);
}

/* ---- Rows ---- */

static int by_name(const void *left, const void *right) {
    const figure_row *a = left, *b = right;
    return str_compare(a->type, b->type);
}

static void add_counts(eval_counts *to, const eval_counts *from) {
    to->gold += from->gold;
    to->found += from->found;
    for (unsigned m = 0; m < MEASURES; m++) {
        to->hits[m].of_gold += from->hits[m].of_gold;
        to->hits[m].of_found += from->hits[m].of_found;
    }
}

static bool add_rows(eval_figures *f, eval_set *s, const eval_counts *counts) {
    figure_row all = {.type = STR("all"), .number = NERX_NONE};
    for (uint32_t t = 0; t < s->types.count; t++) {
        if (!set_is_scored(s, t)) continue;
        figure_row row = {.type = s->types.items[t], .number = t, .counts = counts[t]};
        add_counts(&all.counts, &row.counts);
        if (!vec_push(&s->arena, &f->rows, row)) return false;
    }
    if (f->rows.count) qsort(f->rows.items, f->rows.count, sizeof *f->rows.items, by_name);
    return vec_push(&s->arena, &f->rows, all);
}

bool figures_fill(eval_figures *f, eval_set *s, const eval_counts *counts, nerx_error *error) {
    uint32_t row_of[EVAL_MAX_TYPES] = {0};
    if (!add_rows(f, s, counts)) return error_memory(error);
    for (uint32_t i = 0; i < f->rows.count; i++) {
        figure_row *row = &f->rows.items[i];
        if (row->number != NERX_NONE) row_of[row->number] = i;
        for (unsigned m = 0; m < MEASURES; m++)
            row->figures[m] = figure_of(&row->counts, m);
    }
    return bootstrap(f, s, row_of, error);
}

const figure_row *figures_find(const eval_figures *f, str type) {
    for (uint32_t i = 0; i < f->rows.count; i++) {
        if (str_equal(f->rows.items[i].type, type)) return &f->rows.items[i];
    }
    return NULL;
}
