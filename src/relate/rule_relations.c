/* Relations that rules state. */
#include "relate/rule_relations.h"

#include "model/model.h"
#include "model/rules.h"
#include "relate/compounds.h"
#include "relate/spoken.h"

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
static role fill(const document *d, countries *known, str type, str name, uint32_t start, uint32_t end) {
    role r = {.name = name, .entity = NERX_NONE, .mention = NERX_NONE};
    r.start_byte = d->tokens.items[start].start;
    r.end_byte = d->tokens.items[end - 1].end;
    r.text = str_slice(d->text, r.start_byte, r.end_byte);
    uint32_t index = mention_at(d, end - 1);
    if (end <= start + 2 && countries_fill(known, d, start, end, &r)) return r;
    bool compound = index == NERX_NONE && end == start + 1 && is_compound(d, start);
    if (compound && !compound_fill(d, type, start, &r)) r.text = STR("");
    if (index == NERX_NONE) return r;
    const mention *m = &d->mentions.items[index];
    if (m->start < start || m->end != end) return r;
    r.mention = m->entity == NERX_NONE ? index : NERX_NONE;
    r.entity = m->entity;
    r.text = m->entity == NERX_NONE ? m->value : d->entities.items[m->entity].name;
    return r;
}

/* The body that the text speaks of as a role; false where none is plain. */
static bool fill_spoken(clauses *c, const rule *by, const rule_match *m, const rule_argument *a, role *r) {
    document *d = c->d;
    uint32_t found = spoken_of(c, m->start, model_rule_string(d->model, by, a->value));
    if (found == NERX_NONE) return false;
    r->entity = d->mentions.items[found].entity;
    r->text = d->entities.items[r->entity].name;
    r->start_byte = d->tokens.items[m->start].start;
    r->end_byte = d->tokens.items[m->end - 1].end;
    return true;
}

static bool add_argument(clauses *c, countries *known, str type, const rule *by, const rule_match *m,
                         const rule_argument *a) {
    document *d = c->d;
    str name = model_rule_string(d->model, by, a->key);
    role r = {.name = name, .entity = NERX_NONE, .mention = NERX_NONE};
    if (a->kind == ARGUMENT_SPOKEN) return !fill_spoken(c, by, m, a, &r) || vec_push(d->arena, &d->roles, r);
    if (a->kind == ARGUMENT_STRING) {
        r.text = model_rule_string(d->model, by, a->value);
        r.start_byte = d->tokens.items[m->start].start;
        r.end_byte = d->tokens.items[m->end - 1].end;
    } else {
        const capture *part = a->kind == ARGUMENT_CAPTURE ? match_capture(d, m, a->value) : NULL;
        uint32_t start = part ? part->start : m->mention_start, end = part ? part->end : m->mention_end;
        if ((a->kind == ARGUMENT_CAPTURE && !part) || start >= end) return true;
        r = fill(d, known, type, name, start, end);
        if (!r.text.len) return true;
    }
    return vec_push(d->arena, &d->roles, r);
}

static const role *find_role(const document *d, const relation *r, const char *name) {
    for (uint32_t i = 0; i < r->role_count; i++) {
        if (str_is(d->roles.items[r->first_role + i].name, name)) return &d->roles.items[r->first_role + i];
    }
    return NULL;
}

static bool same_filler(const role *a, const role *b) {
    if (!a || !b) return a == b;
    return a->entity == b->entity && (a->entity != NERX_NONE || str_equal(a->text, b->text));
}

/* The sentence has said so already. */
static bool repeats(const document *d, const relation *r) {
    const role *subject = find_role(d, r, "subject"), *object = find_role(d, r, "object");
    for (uint32_t i = d->relations.count; i-- > 0;) {
        const relation *other = &d->relations.items[i];
        if (other->end_byte <= r->start_byte) return false;
        if (!str_equal(other->type, r->type) || other->start_byte >= r->end_byte) continue;
        if (!same_filler(find_role(d, other, "subject"), subject)) continue;
        if (!same_filler(find_role(d, other, "object"), object)) continue;
        return true;
    }
    return false;
}

bool relation_add(document *d, relation *r) {
    const role *subject = find_role(d, r, "subject"), *object = find_role(d, r, "object");
    bool same = subject && object && subject->entity == object->entity && subject->entity != NERX_NONE;
    if (!subject || same || repeats(d, r)) {
        d->roles.count = r->first_role;
        return true;
    }
    r->text = relation_text(d, r);
    return r->text.ptr && vec_push(d->arena, &d->relations, *r);
}

/* Subject and object have to be entities, or what a nationality names: a relation between words says nothing. */
static bool is_whole(const document *d, const rule *by, const rule_call *call, const relation *r) {
    const role *subject = find_role(d, r, "subject"), *object = find_role(d, r, "object");
    bool asked = false;
    for (uint32_t i = 0; i < call->argument_count; i++)
        asked |=
            str_is(model_rule_string(d->model, by, model_rule_argument(d->model, by, call->first_argument + i)->key),
                   "object");
    return subject && subject->entity != NERX_NONE && (!asked || object);
}

/* tense = "past", modality = "planned": no role. */
static bool is_mark(const document *d, const rule *by, const rule_argument *a, relation *r) {
    struct {
        const char *name;
        str *field;
    } marks[] = {{"tense", &r->tense}, {"modality", &r->modality}, {"polarity", &r->polarity}};
    str key = model_rule_string(d->model, by, a->key);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (a->kind != ARGUMENT_STRING || !str_is(key, marks[i].name)) continue;
        *marks[i].field = model_rule_string(d->model, by, a->value);
        return true;
    }
    return false;
}

static bool add_relation(clauses *c, countries *known, const rule_match *m, const rule *by, const rule_call *call) {
    document *d = c->d;
    relation r = {.type = model_rule_string(d->model, by, call->function),
                  .polarity = STR("positive"),
                  .modality = STR("fact"),
                  .tense = STR("present"),
                  .rule = model_rule_name(d->model, by),
                  .source = NERX_NONE,
                  .first_role = d->roles.count};
    r.start_byte = d->tokens.items[m->start].start;
    r.end_byte = d->tokens.items[m->end - 1].end;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const rule_argument *a = model_rule_argument(d->model, by, call->first_argument + i);
        if (is_mark(d, by, a, &r)) continue;
        if (!add_argument(c, known, r.type, by, m, a)) return false;
    }
    r.role_count = d->roles.count - r.first_role;
    if (!is_whole(d, by, call, &r)) {
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

bool relate_by_rule(clauses *c, countries *known, const rule_match *m) {
    document *d = c->d;
    const rule *by = model_rule(d->model, m->rule);
    if (!stands(d, m)) return true;
    for (uint32_t k = 0; k < by->relate_count; k++) {
        if (!add_relation(c, known, m, by, model_rule_call(d->model, by, by->first_relate + k))) return false;
    }
    return true;
}
