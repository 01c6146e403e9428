/* From nerx's result for a document to the found side of a sample. */
#include "eval/found.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

/* "65 = gazetteer given Angela 60 + rule title-name (de/person.rules:12) 5" */
static bool tell(arena *a, const nerx_document *result, const nerx_mention *m, str *out) {
    uint32_t count;
    const nerx_witness *all = nerx_document_witnesses(result, &count);
    VEC(char) text = {0};
    char number[32];
    snprintf(number, sizeof number, "%d", m->points);
    str pieces[9];
    for (uint32_t i = 0; i <= m->witness_count; i++) {
        const nerx_witness *w = i ? &all[m->first_witness + i - 1] : NULL;
        char points[32];
        if (w) snprintf(points, sizeof points, " %d", w->points);
        uint32_t n = 0;
        pieces[n++] = !w ? str_of(number) : i == 1 ? STR(" = ") : STR(" + ");
        if (w) {
            pieces[n++] = w->kind;
            pieces[n++] = STR(" ");
            pieces[n++] = w->name;
            pieces[n++] = w->detail.len ? STR(" (") : STR("");
            pieces[n++] = w->detail;
            pieces[n++] = w->detail.len ? STR(")") : STR("");
            pieces[n++] = str_of(points);
        }
        for (uint32_t k = 0; k < n; k++) {
            if (!vec_reserve(a, &text, pieces[k].len)) return false;
            if (pieces[k].len) memcpy(text.items + text.count, pieces[k].ptr, pieces[k].len);
            text.count += (uint32_t)pieces[k].len;
        }
    }
    *out = (str){text.items, text.count};
    return true;
}

/* "rule title-name (de/person.rules:12)", "gazetteer city" */
static bool find_leader(arena *a, const nerx_document *result, const nerx_mention *m, str *out) {
    uint32_t count;
    const nerx_witness *all = nerx_document_witnesses(result, &count), *best = NULL;
    for (uint32_t i = 0; i < m->witness_count; i++) {
        const nerx_witness *w = &all[m->first_witness + i];
        if (!best || w->points > best->points) best = w;
    }
    if (!best) return true;
    bool rule = str_is(best->kind, "rule");
    *out =
        arena_format(a, "%.*s %.*s%s%.*s%s", (int)best->kind.len, best->kind.ptr, (int)best->name.len, best->name.ptr,
                     rule ? " (" : "", rule ? (int)best->detail.len : 0, best->detail.ptr, rule ? ")" : "");
    return out->ptr;
}

static bool take_mention(eval_set *s, const nerx_document *result, const nerx_mention *from, bool witnesses,
                         eval_mention *out) {
    arena *a = &s->arena;
    *out = (eval_mention){.span = from->span, .match = NERX_NONE, .points = from->points};
    out->type = set_type_find(s, from->type);
    out->value = arena_str(a, from->value);
    if (!out->value.ptr || !witnesses) return out->value.ptr;
    return tell(a, result, from, &out->witnesses) && find_leader(a, result, from, &out->leader);
}

static bool take_sentences(eval_set *s, eval_document *d, const nerx_document *result) {
    if (d->sentences.count) return true;
    uint32_t count;
    const nerx_sentence *all = nerx_document_sentences(result, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!vec_push(&s->arena, &d->sentences, (eval_sentence){all[i].span, 0})) return false;
    }
    return true;
}

static bool is_scored(const eval_set *s, const eval_document *d, str name) {
    uint32_t type = set_type_find(s, name);
    return type != NERX_NONE && s->corpora.items[d->corpus].scored[type];
}

bool found_take(eval_set *s, eval_document *d, const nerx_document *result, bool witnesses, nerx_error *error) {
    uint32_t count;
    const nerx_mention *all = nerx_document_mentions(result, &count);
    bool taken = take_sentences(s, d, result);
    for (uint32_t i = 0; taken && i < count; i++) {
        eval_mention m;
        if (!is_scored(s, d, all[i].type)) continue;
        taken = take_mention(s, result, &all[i], witnesses, &m) && vec_push(&s->arena, &d->found.mentions, m);
    }
    return taken || error_memory(error);
}

/* ---- Relations ---- */

static bool take_role(eval_set *s, eval_document *d, const nerx_document *result, str name, uint32_t entity,
                      nerx_span span, str text) {
    uint32_t count;
    const nerx_mention *mentions = nerx_document_mentions(result, &count);
    bool taken = side_add_role(&s->arena, &d->found, name, arena_str(&s->arena, text));
    if (entity == NERX_NONE) return taken && side_add_span(&s->arena, &d->found, span);
    const nerx_entity *e = &nerx_document_entities(result, &count)[entity];
    for (uint32_t i = 0; taken && i < e->mention_count; i++)
        taken = side_add_span(&s->arena, &d->found, mentions[e->mentions[i]].span);
    return taken;
}

static bool take_relation(eval_set *s, eval_document *d, const nerx_document *result, const nerx_relation *from) {
    uint32_t count;
    const nerx_role *roles = nerx_document_roles(result, &count);
    eval_relation r = {.type = arena_str(&s->arena, from->type),
                       .modality = arena_str(&s->arena, from->modality),
                       .polarity = arena_str(&s->arena, from->polarity),
                       .rule = arena_str(&s->arena, from->rule),
                       .near = from->evidence,
                       .first_role = d->found.roles.count,
                       .match = NERX_NONE};
    bool taken = vec_push(&s->arena, &d->found.relations, r);
    for (uint32_t i = 0; taken && i < from->role_count; i++) {
        const nerx_role *role = &roles[from->first_role + i];
        taken = take_role(s, d, result, arena_str(&s->arena, role->name), role->entity, role->span, role->text);
    }
    if (!taken || from->source == NERX_NONE) return taken;
    const nerx_entity *source = &nerx_document_entities(result, &count)[from->source];
    return take_role(s, d, result, STR("source"), from->source, from->evidence, source->name);
}

bool found_take_relations(eval_set *s, eval_document *d, const nerx_document *result, nerx_error *error) {
    uint32_t count;
    const nerx_relation *all = nerx_document_relations(result, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!take_relation(s, d, result, &all[i])) return error_memory(error);
    }
    return true;
}

/* ---- Losers ---- */

static int by_points(const void *left, const void *right) {
    const eval_mention *a = left, *b = right;
    if (a->points != b->points) return a->points > b->points ? -1 : 1;
    if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
    return a->span.end < b->span.end ? -1 : a->span.end > b->span.end;
}

static bool overlaps_wrong(const eval_document *d, nerx_span span) {
    for (uint32_t i = 0; i < d->gold.mentions.count; i++) {
        const eval_mention *m = &d->gold.mentions.items[i];
        bool overlaps = m->span.start < span.end && span.start < m->span.end;
        if (overlaps && !m->optional && !mention_right(m, &d->found)) return true;
    }
    return false;
}

bool found_take_losers(eval_set *s, eval_document *d, const nerx_document *result, nerx_error *error) {
    uint32_t count;
    const nerx_mention *all = nerx_document_losers(result, &count);
    bool taken = true;
    for (uint32_t i = 0; taken && i < count; i++) {
        eval_mention m;
        if (!is_scored(s, d, all[i].type) || !overlaps_wrong(d, all[i].span)) continue;
        taken = take_mention(s, result, &all[i], true, &m) && vec_push(&s->arena, &d->losers, m);
    }
    if (d->losers.count > 1) qsort(d->losers.items, d->losers.count, sizeof *d->losers.items, by_points);
    return taken || error_memory(error);
}
