/* Relations from filled frames: modality, polarity, tense and source, one for each pair of subject and object. */
#include "relate/frames.h"
#include "relate/rule_relations.h"

typedef struct outcome {
    modality modality;
    tense tense;
    bool negative;
    uint32_t source;
} outcome;

static str modality_name(modality m) {
    static const str names[] = {{"fact", 4}, {"planned", 7}, {"possible", 8}, {"reported", 8}};
    return names[m];
}

static str tense_name(tense t) {
    static const str names[] = {{"present", 7}, {"past", 4}, {"future", 6}};
    return names[t];
}

static bool attributive_flags(const phrase *p, outcome *o) {
    uint32_t said = p->flags & (PHRASE_DOUBTFUL | PHRASE_PLANNED | PHRASE_ALLEGED);
    if (p->flags & PHRASE_ALLEGED)
        o->modality = MODALITY_REPORTED;
    else if (p->flags & PHRASE_DOUBTFUL)
        o->modality = MODALITY_POSSIBLE;
    else if (p->flags & PHRASE_PLANNED)
        o->modality = MODALITY_PLANNED;
    if (p->flags & PHRASE_PLANNED && o->modality == MODALITY_PLANNED) o->tense = TENSE_FUTURE;
    return said;
}

/* What the clause says of the noun: "Das Treffen ist abgesagt", "plant eine Reise". */
static void as_argument(const match_state *m, const clause *k, uint32_t verb, outcome *o) {
    bool event = verb & (VERB_CONTROL_EVENT | VERB_AUXILIARY | VERB_COPULA) || m->hosted;
    bool control =
        verb & (VERB_CONTROL_PLANNED | VERB_CONTROL_POSSIBLE | VERB_CONTROL_NEGATIVE | VERB_CONTROL_REPORTED);
    if (!event && !control) {
        if (k->modality == MODALITY_REPORTED) o->modality = MODALITY_REPORTED;
        return;
    }
    o->modality = k->modality;
    o->negative = k->negative != ((verb & VERB_CONTROL_NEGATIVE) != 0);
    if (k->modality != MODALITY_FACT) return;
    if (verb & VERB_CONTROL_PLANNED)
        o->modality = MODALITY_PLANNED;
    else if (verb & VERB_CONTROL_POSSIBLE)
        o->modality = MODALITY_POSSIBLE;
    else if (verb & VERB_CONTROL_REPORTED)
        o->modality = MODALITY_REPORTED;
    if (o->modality == MODALITY_PLANNED) o->tense = TENSE_FUTURE;
}

static outcome of_noun(const match_state *m) {
    const clause *k = &m->c->items[m->clause];
    const phrase *p = &m->c->phrases[m->noun];
    outcome o = {.modality = MODALITY_FACT, .tense = k->tense, .source = k->source};
    uint32_t verb = k->main == NERX_NONE ? 0 : m->c->words[k->main - m->c->first].verb;
    bool during = p->preposition != NERX_NONE && m->c->words[p->preposition - m->c->first].during;
    if (during) {
        if (k->modality == MODALITY_REPORTED) o.modality = MODALITY_REPORTED;
    } else if (p->preposition == NERX_NONE || m->hosted || verb & VERB_CONTROL_EVENT) {
        as_argument(m, k, verb, &o);
    } else {
        const clause_word *w = &m->c->words[p->preposition - m->c->first];
        if (w->flags & WORD_FUTURE)
            o.modality = MODALITY_PLANNED;
        else if (!(m->c->words[p->start - m->c->first].definite || p->flags & PHRASE_OWNED) ||
                 (verb & (VERB_CONTROL_PLANNED | VERB_CONTROL_POSSIBLE) && !(w->flags & WORD_AGENT)))
            o.modality = MODALITY_POSSIBLE;
        if (k->modality == MODALITY_REPORTED) o.modality = MODALITY_REPORTED;
        o.negative = w->flags & WORD_NEGATION;
    }
    if (o.modality != MODALITY_REPORTED || p->flags & PHRASE_ALLEGED) attributive_flags(p, &o);
    if (p->flags & PHRASE_NEGATED) o.negative = true;
    if (p->flags & PHRASE_PAST) o.tense = TENSE_PAST;
    return o;
}

static outcome of_verb(const match_state *m) {
    const clause *k = &m->c->items[m->clause];
    if (m->t->flags & TRIGGER_ATTRIBUTION) return (outcome){.modality = MODALITY_FACT, .source = NERX_NONE};
    return (outcome){.modality = k->modality, .tense = k->tense, .negative = k->negative, .source = k->source};
}

static role make_role(const clauses *c, str name, uint8_t index) {
    const document *d = c->d;
    const phrase *p = &c->phrases[index];
    role r = {.name = name, .entity = NERX_NONE, .mention = NERX_NONE};
    const mention *m = phrase_mention(c, p);
    if (!m) {
        uint8_t last = index;
        while (c->phrases[last].next != NO_PHRASE)
            last = c->phrases[last].next;
        uint32_t start = p->start;
        while (start < p->head && clause_is(c, start, WORD_DETERMINER))
            start++;
        r.start_byte = d->tokens.items[start].start;
        r.end_byte = d->tokens.items[c->phrases[last].end - 1].end;
        r.text = str_slice(d->text, r.start_byte, r.end_byte);
        return r;
    }
    r.entity = m->entity;
    r.mention = m->entity == NERX_NONE ? p->mention : NERX_NONE;
    bool own = !(p->flags & (PHRASE_RESOLVED | PHRASE_PERSONAL));
    r.start_byte = own ? m->start_byte : d->tokens.items[p->start].start;
    r.end_byte = own ? m->end_byte : d->tokens.items[p->end - 1].end;
    r.text = m->entity != NERX_NONE ? d->entities.items[m->entity].name : m->value;
    if (!r.text.len) r.text = str_slice(d->text, r.start_byte, r.end_byte);
    return r;
}

static bool same_entity(const match_state *m, uint8_t a, uint8_t b) {
    const mention *x = phrase_mention(m->c, &m->c->phrases[a]), *y = phrase_mention(m->c, &m->c->phrases[b]);
    return x && y && x->entity == y->entity && x->entity != NERX_NONE;
}

/* "in Israel … der Angriff auf Israel": the place is the object. */
static bool names_end_again(const match_state *m, const uint8_t *fillers, uint32_t role_at) {
    const frame_role *roles = m->layer->roles + m->f->first_role;
    if (roles[role_at].flags & (ROLE_SUBJECT | ROLE_OBJECT)) return false;
    for (uint32_t i = 0; i < m->f->role_count; i++) {
        bool end = roles[i].flags & (ROLE_SUBJECT | ROLE_OBJECT) && fillers[i] != NO_PHRASE;
        if (end && same_entity(m, fillers[i], fillers[role_at])) return true;
    }
    return false;
}

static bool push(match_state *m, const uint8_t *fillers, const outcome *o) {
    document *d = m->c->d;
    str type = str_of(m->layer->strings + m->f->name);
    relation r = {.type = type,
                  .rule = type,
                  .source = NERX_NONE,
                  .first_role = d->roles.count,
                  .polarity = o->negative ? STR("negative") : STR("positive"),
                  .modality = modality_name(o->modality),
                  .tense = tense_name(o->tense),
                  .start_byte = m->c->in->start_byte,
                  .end_byte = m->c->in->end_byte};
    if (o->source != NERX_NONE) r.source = d->mentions.items[o->source].entity;
    for (uint32_t i = 0; i < m->f->role_count; i++) {
        if (fillers[i] == NO_PHRASE || names_end_again(m, fillers, i)) continue;
        str name = str_of(m->layer->strings + m->layer->roles[m->f->first_role + i].name);
        if (!vec_push(d->arena, &d->roles, make_role(m->c, name, fillers[i]))) return false;
    }
    r.role_count = d->roles.count - r.first_role;
    return relation_add(d, &r);
}

static uint32_t role_index(const match_state *m, uint32_t flag) {
    for (uint32_t i = 0; i < m->f->role_count; i++) {
        if (m->layer->roles[m->f->first_role + i].flags & flag) return i;
    }
    return NERX_NONE;
}

static bool suits(const match_state *m, uint32_t role_at, uint8_t p) {
    return role_accepts(m, &m->layer->roles[m->f->first_role + role_at], p);
}

/* "X, Y und Z treffen sich": every pair. */
static bool emit_pairs(match_state *m, uint32_t subject, uint32_t object, const outcome *o) {
    uint8_t fillers[MAX_FRAME_ROLES];
    memcpy(fillers, m->fillers, sizeof fillers);
    for (uint8_t a = m->fillers[subject]; a != NO_PHRASE; a = m->c->phrases[a].next) {
        for (uint8_t b = m->c->phrases[a].next; b != NO_PHRASE; b = m->c->phrases[b].next) {
            if (!suits(m, subject, a) || !suits(m, object, b) || same_entity(m, a, b)) continue;
            fillers[subject] = a;
            fillers[object] = b;
            if (!push(m, fillers, o)) return false;
        }
    }
    return true;
}

bool relations_emit(match_state *m) {
    uint32_t subject = role_index(m, ROLE_SUBJECT), object = role_index(m, ROLE_OBJECT);
    uint8_t fillers[MAX_FRAME_ROLES];
    if (subject == NERX_NONE || m->fillers[subject] == NO_PHRASE) return true;
    outcome o = m->noun == NO_PHRASE ? of_verb(m) : of_noun(m);
    bool list = object != NERX_NONE && m->fillers[object] == NO_PHRASE;
    bool optional = list && m->layer->roles[m->f->first_role + object].flags & ROLE_OPTIONAL;
    if (list && (m->passive || (m->t->preposition != NERX_NONE && !(m->t->flags & TRIGGER_REFLEXIVE)))) return true;
    if (list && m->noun != NO_PHRASE && m->c->phrases[m->noun].flags & PHRASE_POSSESSIVE) return true;
    /* "X and Y met Z for talks": not with each other */
    if (list && m->hosted && place_has_object(m)) return true;
    if (list && !optional) return emit_pairs(m, subject, object, &o);
    memcpy(fillers, m->fillers, sizeof fillers);
    bool words = m->c->phrases[m->fillers[subject]].mention == NERX_NONE; /* named as a whole: one relation */
    for (uint8_t a = m->fillers[subject]; a != NO_PHRASE; a = words ? NO_PHRASE : m->c->phrases[a].next) {
        if (!suits(m, subject, a)) continue;
        fillers[subject] = a;
        uint8_t b = object == NERX_NONE ? NO_PHRASE : m->fillers[object];
        do {
            if (object != NERX_NONE) fillers[object] = b;
            bool fits = b == NO_PHRASE || (suits(m, object, b) && !same_entity(m, a, b));
            if (fits && !push(m, fillers, &o)) return false;
            b = b == NO_PHRASE ? NO_PHRASE : m->c->phrases[b].next;
        } while (b != NO_PHRASE);
    }
    return true;
}
