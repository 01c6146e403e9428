/* Values of dates and relations against the gold. */
#include "eval/relations.h"

#include <stdlib.h>

#include "base/error.h"
#include "eval/assign.h"

/* ---- Values ---- */

void values_types(const eval_set *s, bool *valued) {
    for (uint32_t i = 0; i < s->documents.count; i++) {
        const eval_document *d = &s->documents.items[i];
        for (uint32_t k = 0; k < d->gold.mentions.count; k++) {
            if (d->gold.mentions.items[k].value.len) valued[d->gold.mentions.items[k].type] = true;
        }
    }
}

void values_count(eval_values *v, const eval_document *d, const bool *valued) {
    for (uint32_t i = 0; i < d->gold.mentions.count; i++) {
        const eval_mention *gold = &d->gold.mentions.items[i];
        if (gold->optional || !gold->value.len) continue;
        v->gold++;
        const eval_mention *found = gold->match == NERX_NONE ? NULL : &d->found.mentions.items[gold->match];
        if (!found || found->type != gold->type) continue;
        v->paired++;
        v->right += str_equal(found->value, gold->value);
    }
    for (uint32_t i = 0; i < d->found.mentions.count; i++) {
        const eval_mention *found = &d->found.mentions.items[i];
        v->found += !found->ignored && valued[found->type];
    }
}

/* ---- What fills a role ---- */

static const eval_role *find_role(const eval_side *side, const eval_relation *r, const char *name) {
    for (uint32_t i = 0; i < r->role_count; i++) {
        if (str_is(side->roles.items[r->first_role + i].name, name)) return &side->roles.items[r->first_role + i];
    }
    return NULL;
}

static bool overlap(nerx_span a, nerx_span b) {
    return a.start < b.end && b.start < a.end;
}

static bool same_filler(const eval_document *d, const eval_role *gold, const eval_role *found) {
    if (!found) return false;
    if (str_equal(gold->text, found->text)) return true;
    for (uint32_t i = 0; i < gold->span_count; i++) {
        for (uint32_t k = 0; k < found->span_count; k++) {
            if (overlap(d->gold.spans.items[gold->first_span + i], d->found.spans.items[found->first_span + k]))
                return true;
        }
    }
    return false;
}

static bool same_ends(const eval_document *d, const eval_relation *gold, const eval_relation *found, bool turned) {
    const eval_role *subject = find_role(&d->gold, gold, "subject"), *object = find_role(&d->gold, gold, "object");
    const eval_role *first = find_role(&d->found, found, turned ? "object" : "subject");
    const eval_role *second = find_role(&d->found, found, turned ? "subject" : "object");
    return (!subject || same_filler(d, subject, first)) && (!object || same_filler(d, object, second));
}

/* The same fact, wherever it stands. */
static bool same_fact(const eval_document *d, const eval_relation *gold, const eval_relation *found) {
    if (!str_equal(gold->type, found->type)) return false;
    return same_ends(d, gold, found, false) || (found->symmetric && same_ends(d, gold, found, true));
}

static bool is_near(const eval_relation *gold, const eval_relation *found) {
    bool anywhere = gold->near.start >= gold->near.end || found->near.start >= found->near.end;
    return anywhere || overlap(gold->near, found->near);
}

/* A role the gold has besides subject and object: words may be a part of the others. */
static bool contains(str whole, str part) {
    for (size_t i = 0; part.len && i + part.len <= whole.len; i++) {
        if (memcmp(whole.ptr + i, part.ptr, part.len) == 0) return true;
    }
    return false;
}

static bool is_end(const eval_role *role) {
    return str_is(role->name, "subject") || str_is(role->name, "object");
}

static bool role_right(const eval_document *d, const eval_role *gold, const eval_relation *found) {
    for (uint32_t i = 0; i < found->role_count; i++) {
        const eval_role *role = &d->found.roles.items[found->first_role + i];
        if (!str_equal(role->name, gold->name)) continue;
        if (same_filler(d, gold, role) || contains(role->text, gold->text) || contains(gold->text, role->text))
            return true;
    }
    return false;
}

bool relation_marks_agree(const eval_relation *gold, const eval_relation *found) {
    bool modality = !gold->modality.len || str_equal(gold->modality, found->modality);
    return modality && (!gold->polarity.len || str_equal(gold->polarity, found->polarity));
}

static uint32_t roles_right(const eval_document *d, const eval_relation *gold, const eval_relation *found,
                            uint32_t *count) {
    uint32_t right = 0;
    for (uint32_t i = 0; i < gold->role_count; i++) {
        const eval_role *role = &d->gold.roles.items[gold->first_role + i];
        if (is_end(role)) continue;
        ++*count;
        right += role_right(d, role, found);
    }
    return right;
}

/* ---- Pairing ---- */

/* Most pairs first, those the gold requires before the others; then marks, then roles. */
static int64_t weigh(const eval_document *d, const eval_relation *gold, const eval_relation *found) {
    if (!same_fact(d, gold, found) || !is_near(gold, found)) return 0;
    uint32_t asked = 0;
    int64_t likeness = (relation_marks_agree(gold, found) ? 256U : 0U) + 1U + roles_right(d, gold, found, &asked);
    return likeness + (gold->optional ? (int64_t)1 << 20 : (int64_t)1 << 40);
}

static void find_repeats(eval_document *d) {
    for (uint32_t k = 0; k < d->found.relations.count; k++) {
        eval_relation *found = &d->found.relations.items[k];
        for (uint32_t i = 0; i < d->gold.relations.count && found->match == NERX_NONE; i++)
            found->repeats = found->repeats || same_fact(d, &d->gold.relations.items[i], found);
    }
}

bool relations_align(eval_document *d, nerx_error *error) {
    uint32_t rows = d->gold.relations.count, columns = d->found.relations.count;
    for (uint32_t i = 0; i < rows; i++)
        d->gold.relations.items[i].match = NERX_NONE;
    for (uint32_t i = 0; i < columns; i++)
        d->found.relations.items[i].match = NERX_NONE;
    if (!rows || !columns) return true;
    int64_t *weights = malloc((size_t)rows * columns * sizeof *weights);
    uint32_t *match = malloc(rows * sizeof *match);
    bool paired = weights && match;
    for (size_t i = 0; paired && i < (size_t)rows * columns; i++)
        weights[i] = weigh(d, &d->gold.relations.items[i / columns], &d->found.relations.items[i % columns]);
    paired = paired && assign(weights, rows, columns, match);
    for (uint32_t i = 0; paired && i < rows; i++) {
        d->gold.relations.items[i].match = match[i];
        if (match[i] != NERX_NONE) d->found.relations.items[match[i]].match = i;
    }
    free(weights);
    free(match);
    if (paired) find_repeats(d);
    return paired || error_memory(error);
}

/* ---- Counting ---- */

static eval_relation_row *row_of(eval_relations *r, eval_set *s, str type) {
    for (uint32_t i = 0; i < r->rows.count; i++) {
        if (str_equal(r->rows.items[i].type, type)) return &r->rows.items[i];
    }
    if (!vec_push(&s->arena, &r->rows, (eval_relation_row){.type = type})) return NULL;
    return &r->rows.items[r->rows.count - 1];
}

static bool count_document(eval_relations *r, eval_set *s, const eval_document *d) {
    for (uint32_t i = 0; i < d->gold.relations.count; i++) {
        const eval_relation *gold = &d->gold.relations.items[i];
        eval_relation_row *row = row_of(r, s, gold->type);
        if (!row) return false;
        if (gold->optional) continue;
        row->gold++;
        if (gold->match == NERX_NONE) continue;
        const eval_relation *found = &d->found.relations.items[gold->match];
        row->right++;
        row->marked += relation_marks_agree(gold, found);
        row->roles_right += roles_right(d, gold, found, &row->roles);
    }
    for (uint32_t i = 0; i < d->found.relations.count; i++) {
        const eval_relation *found = &d->found.relations.items[i];
        eval_relation_row *row = row_of(r, s, found->type);
        if (!row) return false;
        bool optional = found->match != NERX_NONE && d->gold.relations.items[found->match].optional;
        row->found += !optional && !found->repeats;
    }
    return true;
}

static int by_type(const void *left, const void *right) {
    const eval_relation_row *a = left, *b = right;
    return str_compare(a->type, b->type);
}

bool relations_fill(eval_relations *r, eval_set *s, nerx_error *error) {
    for (uint32_t i = 0; i < s->documents.count; i++) {
        const eval_document *d = &s->documents.items[i];
        if (d->gold.relates && !count_document(r, s, d)) return error_memory(error);
    }
    if (!r->rows.count) return true;
    qsort(r->rows.items, r->rows.count, sizeof *r->rows.items, by_type);
    eval_relation_row all = {.type = STR("all")};
    for (uint32_t i = 0; i < r->rows.count; i++) {
        const eval_relation_row *row = &r->rows.items[i];
        all.gold += row->gold;
        all.found += row->found;
        all.right += row->right;
        all.marked += row->marked;
        all.roles += row->roles;
        all.roles_right += row->roles_right;
    }
    return vec_push(&s->arena, &r->rows, all) || error_memory(error);
}

figure relation_figure(const eval_relation_row *row) {
    return figure_from(row->right, row->found, row->right, row->gold);
}

figure value_figure(const eval_values *v) {
    return figure_from(v->right, v->found, v->right, v->gold);
}
