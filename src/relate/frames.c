/* Frames over clauses. */
#include "relate/frames.h"

#include "model/frame.h"
#include "relate/clause.h"
#include "relate/rule_relations.h"

typedef struct matcher {
    clauses *c;
    const clause *k;
    const frame_layer *layer;
    const trigger *t;
    const frame *f;
    uint64_t used; /* bits of the sentence's mentions that fill a role */
} matcher;

enum { MAX_FRAME_ROLES = 12 };

static const document *doc(const matcher *m) {
    return m->c->d;
}

/* Nominal arguments: mentions of the clause without a preposition that are no attributes. */
static bool is_nominal(const clauses *c, const clause *k, uint32_t index) {
    const mention *m = &c->d->mentions.items[index];
    return m->entity != NERX_NONE && m->start >= k->start && m->end <= k->end && !clause_is_attribute(c, index) &&
           clause_preposition(c, k, index) == NERX_NONE;
}

static bool accusative_before(const clauses *c, const clause *k, uint32_t index) {
    uint32_t start = c->d->mentions.items[index].start;
    for (uint32_t i = start; i > k->start && i + 4 > start; i--) {
        uint32_t flags = clause_word_at(c, i - 1)->flags;
        if (flags & WORD_ARTICLE) return flags & WORD_ACCUSATIVE;
        if (!(flags & (WORD_MODIFIER | WORD_NOUN))) return false;
    }
    return false;
}

/* A pronoun or a noun that is the subject where no mention is: "Er trifft Putin". */
static bool has_other_subject(const clauses *c, const clause *k) {
    for (uint32_t i = k->start; i < k->end; i++) {
        if (clause_word_at(c, i)->flags & WORD_NOMINATIVE && !(clause_word_at(c, i)->flags & WORD_REFLEXIVE))
            return true;
    }
    /* a noun with its article before the verb: "Die Regierung trifft Putin" */
    uint32_t first = k->start;
    while (first < k->end && clause_word_at(c, first)->flags & (WORD_CONJUNCTION | WORD_SUBJUNCTION))
        first++;
    if (k->finite == NERX_NONE || first + 1 >= k->finite || !(clause_word_at(c, first)->flags & WORD_ARTICLE))
        return false;
    for (uint32_t i = first; i < k->finite; i++) {
        if (mention_at(c->d, i) != NERX_NONE) return false;
    }
    return !(clause_word_at(c, first)->flags & WORD_ACCUSATIVE);
}

static uint32_t find_subject(const clauses *c, const clause *k) {
    uint32_t found = NERX_NONE;
    if (has_other_subject(c, k)) return NERX_NONE;
    for (uint32_t i = c->first_mention; i < c->end_mention; i++) {
        if (!is_nominal(c, k, i) || accusative_before(c, k, i)) continue;
        if (found == NERX_NONE) found = i;
    }
    return found;
}

/* Infinitives, and verbs behind "und", borrow the subject of the clause above. */
static void find_subjects(clauses *c) {
    for (uint32_t i = 0; i < c->count; i++) {
        clause *k = &c->items[i];
        if (k->main == NERX_NONE) continue;
        if (k->finite != NERX_NONE) k->subject = find_subject(c, k);
        bool open =
            k->finite == NERX_NONE || (k->subject == NERX_NONE && !has_other_subject(c, k) && k->start > c->in->first &&
                                       clause_word_at(c, k->start - 1)->flags & WORD_CONJUNCTION);
        if (open && i) k->subject = c->items[i - 1].subject;
        if (k->finite == NERX_NONE && i) {
            const clause *above = &c->items[i - 1];
            if (k->modality == MODALITY_FACT) k->modality = above->modality;
            k->source = above->source;
        }
    }
}

static bool reports(const clauses *c, const clause *k) {
    return k->main != NERX_NONE && clause_word_at(c, k->main)->flags & WORD_REPORTING;
}

/* "laut Yonhap": the mention behind an attribution, inside the sentence. */
static uint32_t attributed(const clauses *c) {
    for (uint32_t i = c->in->first; i < c->in->end; i++) {
        if (!(clause_word_at(c, i)->flags & WORD_ATTRIBUTION)) continue;
        for (uint32_t k = i + 1; k < c->in->end && k < i + 6; k++) {
            uint32_t index = mention_at(c->d, k);
            if (index != NERX_NONE && c->d->mentions.items[index].entity != NERX_NONE) return index;
            if (c->d->tokens.items[k].shape & SHAPE_PUNCT) break;
        }
    }
    return NERX_NONE;
}

/* What a neighbouring clause reports is reported, and its subject says so. */
static void find_sources(clauses *c) {
    uint32_t all = attributed(c);
    for (uint32_t i = 0; i < c->count; i++) {
        clause *k = &c->items[i];
        bool reported = k->modality == MODALITY_REPORTED || k->that;
        for (uint32_t n = 0; n < c->count && k->source == NERX_NONE; n++) {
            const clause *by = &c->items[n];
            bool near = n + 1 == i || i + 1 == n || (n < i && reported);
            if (n == i || !near || !reports(c, by) || by->subject == NERX_NONE || by->subject == k->subject) continue;
            if (!reported && !(n > i)) continue;
            k->source = by->subject;
            k->modality = MODALITY_REPORTED;
        }
        if (k->that && k->modality == MODALITY_FACT) k->modality = MODALITY_REPORTED;
        if (k->source == NERX_NONE && all != NERX_NONE && all != k->subject) {
            k->source = all;
            k->modality = MODALITY_REPORTED;
        }
    }
}

static bool type_fits(const matcher *m, const frame_role *r, uint32_t index) {
    uint32_t type = doc(m)->mentions.items[index].type;
    return type < 32 && r->types >> type & 1;
}

static bool is_used(const matcher *m, uint32_t index) {
    uint32_t bit = index - m->c->first_mention;
    return bit < 64 && m->used >> bit & 1;
}

static void use(matcher *m, uint32_t index) {
    uint32_t bit = index - m->c->first_mention;
    if (bit < 64) m->used |= (uint64_t)1 << bit;
}

static uint32_t preposition_word(const matcher *m, uint32_t index) {
    uint32_t at = clause_preposition(m->c, m->k, index);
    return at == NERX_NONE ? NERX_NONE : doc(m)->tokens.items[at].fold;
}

/* Does mention `index` stand where `p` asks? */
static bool stands(const matcher *m, const frame_place *p, uint32_t index) {
    const mention *x = &doc(m)->mentions.items[index];
    if (x->start < m->k->start || x->end > m->k->end) return false;
    switch (p->kind) {
    case PLACE_SUBJECT: return index == m->k->subject;
    case PLACE_OBJECT: return index != m->k->subject && is_nominal(m->c, m->k, index);
    case PLACE_PP: return preposition_word(m, index) == p->preposition;
    case PLACE_GENITIVE: return clause_is_attribute(m->c, index);
    default: return clause_preposition(m->c, m->k, index) == NERX_NONE;
    }
}

/* Who does it, in the passive: behind "von", "by". */
static uint32_t fill_agent(const matcher *m, const frame_role *r) {
    for (uint32_t i = m->c->first_mention; i < m->c->end_mention; i++) {
        const mention *x = &doc(m)->mentions.items[i];
        if (x->start < m->k->start || x->end > m->k->end || !type_fits(m, r, i)) continue;
        uint32_t at = clause_preposition(m->c, m->k, i);
        if (at != NERX_NONE && clause_word_at(m->c, at)->flags & WORD_AGENT) return i;
    }
    return NERX_NONE;
}

static uint32_t fill(matcher *m, const frame_role *r) {
    for (uint32_t p = 0; p < r->place_count; p++) {
        frame_place place = m->layer->places[r->first_place + p];
        bool passive = m->k->passive;
        if (place.kind == PLACE_SUBJECT) {
            if (passive) return fill_agent(m, r);
            uint32_t subject = m->k->subject;
            if (subject != NERX_NONE && type_fits(m, r, subject) && !is_used(m, subject)) return subject;
            continue;
        }
        if (passive && place.kind == PLACE_OBJECT) {
            uint32_t subject = m->k->subject;
            if (subject != NERX_NONE && type_fits(m, r, subject)) return subject;
            continue;
        }
        for (uint32_t i = m->c->first_mention; i < m->c->end_mention; i++) {
            if (!type_fits(m, r, i) || is_used(m, i) || !stands(m, &place, i)) continue;
            return i;
        }
    }
    return NERX_NONE;
}

/* A trigger's own preposition: the object must stand behind it. */
static uint32_t fill_object(matcher *m, const frame_role *r) {
    if (m->t->preposition == NERX_NONE) return fill(m, r);
    for (uint32_t i = m->c->first_mention; i < m->c->end_mention; i++) {
        const mention *x = &doc(m)->mentions.items[i];
        bool inside = x->start >= m->k->start && x->end <= m->k->end;
        if (inside && type_fits(m, r, i) && !is_used(m, i) && preposition_word(m, i) == m->t->preposition) return i;
    }
    return NERX_NONE;
}

static role make_role(const document *d, str name, uint32_t index) {
    const mention *m = &d->mentions.items[index];
    role r = {.name = name,
              .entity = m->entity,
              .mention = m->entity == NERX_NONE ? index : NERX_NONE,
              .start_byte = m->start_byte,
              .end_byte = m->end_byte};
    r.text = m->entity != NERX_NONE ? d->entities.items[m->entity].name : m->value;
    if (!r.text.len) r.text = str_slice(d->text, m->start_byte, m->end_byte);
    return r;
}

static str modality_name(modality m) {
    static const str names[] = {{"fact", 4}, {"planned", 7}, {"possible", 8}, {"reported", 8}};
    return names[m];
}

static str tense_name(tense t) {
    static const str names[] = {{"present", 7}, {"past", 4}, {"future", 6}};
    return names[t];
}

static bool push(matcher *m, const uint32_t *fillers) {
    document *d = m->c->d;
    str type = str_of(m->layer->strings + m->f->name);
    relation r = {.type = type,
                  .rule = type,
                  .source = NERX_NONE,
                  .sentence = (uint32_t)(m->c->in - d->sentences.items),
                  .first_role = d->roles.count,
                  .polarity = m->k->negative ? STR("negative") : STR("positive"),
                  .modality = modality_name(m->k->modality),
                  .tense = tense_name(m->k->tense)};
    r.start_byte = d->tokens.items[m->c->in->first].start;
    r.end_byte = d->tokens.items[m->c->in->end - 1].end;
    if (m->k->source != NERX_NONE) r.source = d->mentions.items[m->k->source].entity;
    for (uint32_t i = 0; i < m->f->role_count; i++) {
        if (fillers[i] == NERX_NONE) continue;
        str name = str_of(m->layer->strings + m->layer->roles[m->f->first_role + i].name);
        if (!vec_push(d->arena, &d->roles, make_role(d, name, fillers[i]))) return false;
    }
    r.role_count = d->roles.count - r.first_role;
    if (relation_repeats(d, &r)) {
        d->roles.count = r.first_role;
        return true;
    }
    return relation_add(d, &r);
}

/* "X und Y": the mention that is coordinated with this one, right behind it. */
static uint32_t partner(const clauses *c, uint32_t index) {
    const document *d = c->d;
    const mention *m = &d->mentions.items[index];
    if (index + 1 >= c->end_mention) return NERX_NONE;
    const mention *next = &d->mentions.items[index + 1];
    if (next->type != m->type || next->start < m->end + 1 || next->start > m->end + 6) return NERX_NONE;
    bool joined = false;
    for (uint32_t i = m->end; i < next->start; i++) {
        uint32_t flags = clause_word_at(c, i)->flags;
        if (flags & WORD_CONJUNCTION) joined = true;
        if (flags & (WORD_FINITE | WORD_PREPOSITION) && !(flags & (WORD_CONJUNCTION | WORD_MODIFIER | WORD_NOUN)))
            return NERX_NONE;
    }
    return joined ? index + 1 : NERX_NONE;
}

static bool apply(clauses *c, const clause *k, const frame_layer *layer, const trigger *t) {
    matcher m = {.c = c, .k = k, .layer = layer, .t = t, .f = &layer->frames[t->frame]};
    uint32_t fillers[MAX_FRAME_ROLES], subject = NERX_NONE, object = NERX_NONE;
    if (m.f->role_count > MAX_FRAME_ROLES || (t->flags & TRIGGER_REFLEXIVE && !k->reflexive)) return true;
    for (uint32_t i = 0; i < m.f->role_count; i++) {
        const frame_role *r = &layer->roles[m.f->first_role + i];
        str name = str_of(layer->strings + r->name);
        bool is_object = str_is(name, "object");
        fillers[i] = is_object ? fill_object(&m, r) : fill(&m, r);
        if (is_object) object = i;
        if (str_is(name, "subject")) subject = i;
        if (fillers[i] == NERX_NONE && is_object && m.f->flags & FRAME_SYMMETRIC && subject != NERX_NONE &&
            fillers[subject] != NERX_NONE)
            fillers[i] = partner(c, fillers[subject]);
        if (fillers[i] == NERX_NONE && !(r->flags & ROLE_OPTIONAL)) return true;
        if (fillers[i] != NERX_NONE) use(&m, fillers[i]);
    }
    if (subject == NERX_NONE || fillers[subject] == NERX_NONE) return true;
    if (object != NERX_NONE && fillers[object] != NERX_NONE &&
        c->d->mentions.items[fillers[subject]].entity == c->d->mentions.items[fillers[object]].entity)
        return true;
    if (!push(&m, fillers)) return false;
    uint32_t other = partner(c, fillers[subject]);
    if (other == NERX_NONE || (object != NERX_NONE && fillers[object] == other)) return true;
    fillers[subject] = other;
    return push(&m, fillers);
}

static bool match_clause(clauses *c, const clause *k) {
    for (uint32_t layer = 0; layer < model_layer_count(c->d->model); layer++) {
        const frame_layer *frames = model_frames(c->d->model, layer);
        uint32_t count;
        const trigger *t = frame_triggers(frames, k->lemma, &count);
        for (uint32_t i = 0; i < count; i++) {
            if (t[i].flags & TRIGGER_NOUN || t[i].language != c->in->language) continue;
            if (!apply(c, k, frames, &t[i])) return false;
        }
    }
    return true;
}

static bool relate_sentence(clauses *c, word_reader *reader, document *d, const sentence *in, uint32_t first_mention) {
    if (!clauses_find(c, reader, d, in, first_mention)) return false;
    find_subjects(c);
    find_sources(c);
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->items[i].main != NERX_NONE && !match_clause(c, &c->items[i])) return false;
    }
    return true;
}

bool relate_by_frames(document *d, word_reader *reader) {
    uint32_t next = 0;
    clauses *c = arena_alloc(d->arena, sizeof *c);
    if (!c) return false;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        const sentence *in = &d->sentences.items[s];
        while (next < d->mentions.count && d->mentions.items[next].end <= in->first)
            next++;
        bool any = false;
        for (uint32_t i = next; i < d->mentions.count && d->mentions.items[i].start < in->end; i++)
            any |= d->mentions.items[i].entity != NERX_NONE;
        if (any && !relate_sentence(c, reader, d, in, next)) return false;
    }
    return true;
}
