/* Relations that rules state. */
#include "relate/rule_relations.h"

#include "model/model.h"
#include "model/rules.h"

uint32_t mention_at(const document *d, uint32_t i) {
    uint32_t low = 0, high = d->mentions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->mentions.items[middle].end <= i) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < d->mentions.count && d->mentions.items[low].start <= i ? low : NERX_NONE;
}

/* A stretch of tokens as a role: the entity or date it is, or the words. */
static role fill(const document *d, str name, uint32_t start, uint32_t end) {
    role r = {.name = name, .entity = NERX_NONE, .mention = NERX_NONE};
    r.start_byte = d->tokens.items[start].start;
    r.end_byte = d->tokens.items[end - 1].end;
    r.text = str_slice(d->text, r.start_byte, r.end_byte);
    uint32_t index = mention_at(d, end - 1);
    if (index == NERX_NONE) return r;
    const mention *m = &d->mentions.items[index];
    if (m->start < start || m->end != end) return r;
    r.mention = m->entity == NERX_NONE ? index : NERX_NONE;
    r.entity = m->entity;
    r.text = m->entity == NERX_NONE ? m->value : d->entities.items[m->entity].name;
    return r;
}

static bool add_argument(document *d, const rule *by, const rule_match *m, const rule_argument *a) {
    str name = model_rule_string(d->model, by, a->key);
    role r = {.name = name, .entity = NERX_NONE, .mention = NERX_NONE};
    if (a->kind == ARGUMENT_STRING) {
        r.text = model_rule_string(d->model, by, a->value);
        r.start_byte = d->tokens.items[m->start].start;
        r.end_byte = d->tokens.items[m->end - 1].end;
    } else {
        const capture *part = a->kind == ARGUMENT_CAPTURE ? match_capture(d, m, a->value) : NULL;
        uint32_t start = part ? part->start : m->mention_start, end = part ? part->end : m->mention_end;
        if ((a->kind == ARGUMENT_CAPTURE && !part) || start >= end) return true;
        r = fill(d, name, start, end);
    }
    return vec_push(d->arena, &d->roles, r);
}

static const role *find_role(const document *d, const relation *r, const char *name) {
    for (uint32_t i = 0; i < r->role_count; i++) {
        if (str_is(d->roles.items[r->first_role + i].name, name)) return &d->roles.items[r->first_role + i];
    }
    return NULL;
}

/* Subject and object have to be entities: a relation between words alone says nothing. */
static bool is_whole(const document *d, const relation *r) {
    const role *subject = find_role(d, r, "subject"), *object = find_role(d, r, "object");
    return subject && subject->entity != NERX_NONE && (!object || object->entity != NERX_NONE) &&
           (!object || object->entity != subject->entity);
}

bool relation_repeats(const document *d, const relation *r) {
    const role *subject = find_role(d, r, "subject"), *object = find_role(d, r, "object");
    for (uint32_t i = d->relation_heads[r->sentence]; i != NERX_NONE; i = d->relations.items[i].next) {
        const relation *other = &d->relations.items[i];
        const role *s = find_role(d, other, "subject"), *o = find_role(d, other, "object");
        if (!str_equal(other->type, r->type) || !s || s->entity != subject->entity) continue;
        if ((o ? o->entity : NERX_NONE) != (object ? object->entity : NERX_NONE)) continue;
        if (other->start_byte < r->end_byte && r->start_byte < other->end_byte) return true;
    }
    return false;
}

bool relation_add(document *d, relation *r) {
    r->text = relation_text(d, r);
    r->next = d->relation_heads[r->sentence];
    if (!r->text.ptr || !vec_push(d->arena, &d->relations, *r)) return false;
    d->relation_heads[r->sentence] = d->relations.count - 1;
    return true;
}

static bool add_relation(document *d, const rule_match *m, const rule *by, const rule_call *call) {
    relation r = {.type = model_rule_string(d->model, by, call->function),
                  .polarity = STR("positive"),
                  .modality = STR("fact"),
                  .tense = STR("present"),
                  .rule = model_rule_name(d->model, by),
                  .source = NERX_NONE,
                  .sentence = document_sentence_at(d, m->start),
                  .first_role = d->roles.count};
    r.start_byte = d->tokens.items[m->start].start;
    r.end_byte = d->tokens.items[m->end - 1].end;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const rule_argument *a = model_rule_argument(d->model, by, call->first_argument + i);
        if (!add_argument(d, by, m, a)) return false;
    }
    r.role_count = d->roles.count - r.first_role;
    if (!is_whole(d, &r) || relation_repeats(d, &r)) {
        d->roles.count = r.first_role;
        return true;
    }
    return relation_add(d, &r);
}

/* A rule speaks only where the mention it testifies for has won. */
static bool stands(const document *d, const rule_match *m) {
    if (m->mention_start >= m->mention_end) return true;
    uint32_t index = mention_at(d, m->mention_start);
    return index != NERX_NONE && d->mentions.items[index].start == m->mention_start &&
           d->mentions.items[index].end == m->mention_end;
}

bool relate_by_rules(document *d) {
    for (uint32_t i = 0; i < d->matches.count; i++) {
        const rule_match *m = &d->matches.items[i];
        const rule *by = model_rule(d->model, m->rule);
        if (!by->relate_count || !stands(d, m)) continue;
        for (uint32_t k = 0; k < by->relate_count; k++) {
            if (!add_relation(d, m, by, model_rule_call(d->model, by, by->first_relate + k))) return false;
        }
    }
    return true;
}
