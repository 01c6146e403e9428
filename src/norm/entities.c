/* Entities. A mention joins, in this order,
 *
 *     the entity with its gazetteer id           Putin, Vladimir Putin, Wladimir Putins
 *     the one whose name it repeats, perhaps inflected
 *     a person named in full of whom it is a part  Easley, Kim
 *     the organization whose acronym it is
 *
 * and else is a new one. Two ids never are one entity. */
#include "norm/entities.h"

#include "base/error.h"
#include "match/recall.h"
#include "model/model.h"

typedef struct linker {
    document *d;
    uint32_t person, date;
    uint32_t *best; /* by entity: the mention with the fullest name */
} linker;

static str id_of(const document *d, const mention *m) {
    return m->kb == NERX_NONE ? STR("") : model_entry_id(d->model, m->kb);
}

static uint32_t words(const mention *m) {
    return m->end - m->start;
}

static bool equal_words(const document *d, const mention *a, const mention *b) {
    if (words(a) != words(b)) return false;
    uint32_t last = words(a) - 1;
    for (uint32_t i = 0; i < last; i++) {
        if (d->tokens.items[a->start + i].fold != d->tokens.items[b->start + i].fold) return false;
    }
    uint32_t x = d->tokens.items[a->start + last].fold, y = d->tokens.items[b->start + last].fold;
    return name_matches(d, x, y) || name_matches(d, y, x);
}

/* Is `part` a word at the beginning or end of the full name? */
static bool is_part(const document *d, const mention *part, const mention *full) {
    if (words(part) != 1 || words(full) < 2) return false;
    uint32_t id = d->tokens.items[part->start].look;
    return name_matches(d, id, d->tokens.items[full->end - 1].look) ||
           name_matches(d, id, d->tokens.items[full->start].look);
}

/* "Dr. Merkel" and "Angela Dorothea Merkel": the same last word, and no other first name. */
static bool same_person(const document *d, const mention *a, const mention *b) {
    return is_part(d, a, b) || is_part(d, b, a);
}

/* The acronym a recall witness hung on the mention. */
static uint32_t recalled(const document *d, const mention *m) {
    const candidate *c = &d->candidates.items[m->candidate];
    for (uint32_t i = c->first_witness; i != NERX_NONE; i = d->witnesses.items[i].next) {
        if (d->witnesses.items[i].kind == WITNESS_RECALL) return d->witnesses.items[i].source;
    }
    return NERX_NONE;
}

static bool may_join(const linker *l, const mention *m, const entity *e) {
    if (e->type != m->type) return false;
    str own = id_of(l->d, m);
    return !own.len || !e->id.len || str_equal(own, e->id);
}

static uint32_t find_by_id(const linker *l, const mention *m) {
    const document *d = l->d;
    str own = id_of(d, m);
    for (uint32_t i = 0; own.len && i < d->entities.count; i++) {
        if (str_equal(d->entities.items[i].id, own)) return i;
    }
    return NERX_NONE;
}

static uint32_t find_by_name(const linker *l, uint32_t index) {
    const document *d = l->d;
    const mention *m = &d->mentions.items[index];
    for (uint32_t i = index; i-- > 0;) {
        const mention *other = &d->mentions.items[i];
        if (other->entity == NERX_NONE || !may_join(l, m, &d->entities.items[other->entity])) continue;
        if (equal_words(d, m, other)) return other->entity;
    }
    return NERX_NONE;
}

static uint32_t find_by_part(const linker *l, uint32_t index) {
    const document *d = l->d;
    const mention *m = &d->mentions.items[index];
    for (uint32_t i = index; m->type == l->person && i-- > 0;) {
        const mention *other = &d->mentions.items[i];
        if (other->entity == NERX_NONE || !may_join(l, m, &d->entities.items[other->entity])) continue;
        if (same_person(d, m, other)) return other->entity;
    }
    return NERX_NONE;
}

static uint32_t find_by_recall(const linker *l, uint32_t index) {
    const document *d = l->d;
    const mention *m = &d->mentions.items[index];
    uint32_t helper = recalled(d, m);
    for (uint32_t i = 0; helper != NERX_NONE && i < index; i++) {
        const mention *other = &d->mentions.items[i];
        if (other->candidate != helper || other->entity == NERX_NONE) continue;
        if (may_join(l, m, &d->entities.items[other->entity])) return other->entity;
    }
    return NERX_NONE;
}

static uint32_t find(const linker *l, uint32_t index) {
    uint32_t found = find_by_id(l, &l->d->mentions.items[index]);
    if (found == NERX_NONE) found = find_by_name(l, index);
    if (found == NERX_NONE) found = find_by_recall(l, index);
    return found == NERX_NONE ? find_by_part(l, index) : found;
}

static bool add(linker *l, uint32_t index) {
    document *d = l->d;
    const mention *m = &d->mentions.items[index];
    entity e = {.type = m->type, .kb = m->kb, .id = id_of(d, m)};
    l->best[d->entities.count] = index;
    return vec_push(d->arena, &d->entities, e);
}

/* A fuller name: more words, or the same without an inflection behind it. */
static bool fuller(const document *d, const mention *a, const mention *b) {
    if (words(a) != words(b)) return words(a) > words(b);
    return a->end_byte - a->start_byte < b->end_byte - b->start_byte && d->tokens.items[a->start].fold == a->start;
}

static void join(linker *l, uint32_t index, uint32_t to) {
    document *d = l->d;
    mention *m = &d->mentions.items[index];
    entity *e = &d->entities.items[to];
    m->entity = to;
    if (!e->id.len && id_of(d, m).len) {
        e->id = id_of(d, m);
        e->kb = m->kb;
    }
    if (fuller(d, m, &d->mentions.items[l->best[to]])) l->best[to] = index;
}

/* Without the suffix that its last word wears, where the text or the model knows the word without it. */
static str bare_name(const document *d, const mention *m) {
    uint32_t last = m->end - 1, form = d->tokens.items[last].look;
    str key = lexicon_text(&d->lexicon, form);
    str all = str_slice(d->text, m->start_byte, m->end_byte);
    for (size_t cut = 1; cut <= 2 && key.len > cut + 2; cut++) {
        uint32_t stem = lexicon_find(&d->lexicon, str_slice(key, 0, key.len - cut));
        if (stem == NERX_NONE || !name_matches(d, form, stem) || lexicon_marks(&d->lexicon, form) & MARK_NAMED)
            continue;
        return str_slice(all, 0, all.len - cut);
    }
    return all;
}

static bool name_entities(linker *l) {
    document *d = l->d;
    for (uint32_t i = 0; i < d->entities.count; i++) {
        entity *e = &d->entities.items[i];
        e->name = e->kb != NERX_NONE ? model_entry_name_in(d->model, e->kb, d->language)
                                     : bare_name(d, &d->mentions.items[l->best[i]]);
    }
    return true;
}

static bool list_mentions(document *d) {
    for (uint32_t e = 0; e < d->entities.count; e++) {
        d->entities.items[e].first_mention = d->entity_mentions.count;
        for (uint32_t i = 0; i < d->mentions.count; i++) {
            if (d->mentions.items[i].entity == e && !vec_push(d->arena, &d->entity_mentions, i)) return false;
        }
        d->entities.items[e].mention_count = d->entity_mentions.count - d->entities.items[e].first_mention;
    }
    return true;
}

bool link_entities(document *d, nerx_error *error) {
    linker l = {
        .d = d, .person = model_type_find(d->model, STR("PER")), .date = model_type_find(d->model, STR("DATE"))};
    l.best = arena_array(d->arena, uint32_t, d->mentions.count + 1);
    if (!l.best) return error_memory(error);
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        if (d->mentions.items[i].type == l.date) continue;
        uint32_t to = find(&l, i);
        if (to == NERX_NONE) {
            if (!add(&l, i)) return error_memory(error);
            to = d->entities.count - 1;
        }
        join(&l, i, to);
    }
    return (name_entities(&l) && list_mentions(d)) || error_memory(error);
}
