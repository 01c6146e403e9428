/* What was taken for what: gold types against found ones. */
#include "eval/confusion.h"

#include <stdlib.h>

#include "base/error.h"

static void count_document(confusion *c, const eval_document *d, const uint32_t *row_of) {
    uint32_t width = c->none + 1;
    for (uint32_t k = 0; k < d->gold.mentions.count; k++) {
        const eval_mention *m = &d->gold.mentions.items[k];
        if (m->optional) continue;
        uint32_t found = m->match == NERX_NONE ? c->none : row_of[d->found.mentions.items[m->match].type];
        c->cells[row_of[m->type] * width + found]++;
    }
    for (uint32_t k = 0; k < d->found.mentions.count; k++) {
        const eval_mention *m = &d->found.mentions.items[k];
        if (m->match == NERX_NONE && !m->ignored) c->cells[c->none * width + row_of[m->type]]++;
    }
}

bool confusion_count(confusion *c, const eval_set *s, const eval_figures *f, nerx_error *error) {
    uint32_t row_of[EVAL_MAX_TYPES] = {0};
    c->none = f->rows.count - 1;
    c->cells = calloc((size_t)f->rows.count * f->rows.count, sizeof *c->cells);
    if (!c->cells) return error_memory(error);
    for (uint32_t i = 0; i < c->none; i++)
        row_of[f->rows.items[i].number] = i;
    for (uint32_t i = 0; i < s->documents.count; i++)
        count_document(c, &s->documents.items[i], row_of);
    return true;
}

void confusion_free(confusion *c) {
    free(c->cells);
    *c = (confusion){0};
}

str confusion_name(const eval_figures *f, const confusion *c, uint32_t index) {
    return index < c->none ? f->rows.items[index].type : STR("none");
}
