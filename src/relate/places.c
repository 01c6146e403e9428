/* Where in a clause, or beside a noun, a role's filler stands. */
#include "model/features.h"
#include "model/model.h"
#include "relate/frames.h"
#include "relate/spoken.h"

static const phrase *at(const match_state *m, uint8_t p) {
    return &m->c->phrases[p];
}

static uint32_t means(const match_state *m, uint8_t p) {
    return phrase_means(m->c, p);
}

static const clause *in(const match_state *m) {
    return &m->c->items[m->clause];
}

/* "joined Real Madrid": only clubs, where the frame says so. */
static bool is_of_kind(const match_state *m, const frame_role *r, uint32_t index) {
    const mention *x = &m->c->d->mentions.items[index];
    if (r->kinds == NERX_NONE || x->type != m->c->body || x->entity == NERX_NONE) return true;
    return body_is_of(m->c, &m->c->d->entities.items[x->entity], str_of(m->layer->strings + r->kinds));
}

bool role_accepts(const match_state *m, const frame_role *r, uint8_t p) {
    const phrase *x = at(m, p);
    uint32_t is = means(m, p);
    bool title = !m->c->verb_second && clause_shape(m->c, x->head) & SHAPE_UPPER_FIRST; /* "elected Fellow" */
    bool suits = r->kinds == NERX_NONE || r->types || title || clause_is(m->c, x->head, WORD_PERSON);
    if (is == NERX_NONE) return r->flags & ROLE_TEXT && !(x->flags & (PHRASE_PRONOUN | PHRASE_TIME)) && suits;
    uint32_t type = m->c->d->mentions.items[is].type;
    if (r->flags & ROLE_TEXT && !r->types && x->flags & PHRASE_PRONOUN) return false;
    if (r->flags & ROLE_TEXT && !r->types) return true;
    return type < 32 && r->types >> type & 1 && is_of_kind(m, r, is);
}

/* Of a coordination, its first member that suits: "seine Frau und Macron". */
static uint8_t suited(const match_state *m, const frame_role *r, uint8_t p) {
    /* "die Messe, die im Mai ausgetragen wird" */
    bool noun = p != NO_PHRASE && means(m, p) == NERX_NONE && at(m, p)->means != NO_PHRASE;
    if (noun && r->flags & ROLE_TEXT) p = at(m, p)->means;
    for (; p != NO_PHRASE; p = at(m, p)->next) {
        if (!is_used(m, p) && role_accepts(m, r, p)) return p;
    }
    return NO_PHRASE;
}

static bool is_preposition(const match_state *m, const phrase *p, uint32_t wanted) {
    return p->preposition != NERX_NONE && m->c->words[p->preposition - m->c->first].preposition == wanted;
}

static bool is_argument(const match_state *m, uint8_t i) {
    return phrase_is_nominal(m->c, at(m, i), m->clause) && at(m, i)->lead == i && i != in(m)->subject;
}

/* The trigger's own noun: "Gespräche" führen. */
static bool is_support(const match_state *m, uint8_t i) {
    return m->t->noun != NERX_NONE && word_is_noun(&m->c->words[at(m, i)->head - m->c->first], m->t->noun);
}

/* Before the verb of a German main clause stands one phrase: a second one says more about it. */
static bool shares_front(const match_state *m, uint8_t i) {
    const clause *k = in(m);
    bool main = m->c->verb_second && k->kind == CLAUSE_MAIN && k->subject != NO_PHRASE && k->finite != NERX_NONE;
    return main && at(m, i)->start < k->finite && at(m, k->subject)->start < k->finite;
}

static bool may_be_object(const match_state *m, uint8_t i, uint32_t in_case) {
    return is_argument(m, i) && !is_support(m, i) && !shares_front(m, i) && phrase_may_be(at(m, i), in_case) &&
           !is_used(m, i);
}

/* "the firm he founded": the noun right before the subject, where the clause has no other object. */
static uint8_t modified_noun(const match_state *m) {
    const clause *k = in(m);
    if (k->subject == NO_PHRASE || !k->subject || k->passive || k->finite == NERX_NONE) return NO_PHRASE;
    const phrase *s = at(m, k->subject);
    uint8_t before = (uint8_t)(k->subject - 1);
    bool stands = at(m, before)->end == s->start && s->flags & PHRASE_PERSONAL && s->start < k->finite;
    if (!stands || at(m, before)->flags & (PHRASE_TIME | PHRASE_OWNER | PHRASE_PRONOUN)) return NO_PHRASE;
    /* "Siemens, the firm he founded" */
    bool says_more =
        before && means(m, before) == NERX_NONE && at(m, (uint8_t)(before - 1))->end + 1 == at(m, before)->start;
    return says_more && means(m, (uint8_t)(before - 1)) != NERX_NONE ? (uint8_t)(before - 1) : before;
}

/* "helps destroy Siemens": another verb's. */
static bool is_of_infinitive(const match_state *m, uint8_t i) {
    uint32_t next = in(m)->main + 1;
    return next < at(m, i)->start && next != in(m)->particle && clause_verb(m->c, next, VERB_INFINITIVE) &&
           m->c->words[next - m->c->first].phrase == NO_PHRASE;
}

/* English: behind the verb, else a relative pronoun. */
static uint8_t english_object(const match_state *m) {
    uint8_t relative = NO_PHRASE;
    for (uint8_t i = 0; i < m->c->phrase_count; i++) {
        if (!may_be_object(m, i, FEATURE_ACC)) continue;
        if (at(m, i)->flags & PHRASE_RELATIVE)
            relative = i;
        else if (at(m, i)->start > in(m)->main)
            return is_of_infinitive(m, i) ? NO_PHRASE : i;
    }
    return relative != NO_PHRASE ? relative : modified_noun(m);
}

static uint8_t object(const match_state *m) {
    if (!m->c->verb_second) return english_object(m);
    uint8_t found = NO_PHRASE;
    for (uint8_t i = 0; i < m->c->phrase_count; i++) {
        if (!may_be_object(m, i, FEATURE_ACC)) continue;
        if (at(m, i)->flags & PHRASE_RELATIVE) return i;
        if (found == NO_PHRASE) found = i;
        /* two names: the second is the one acted on, the first the one it is for */
        else if (!(at(m, found)->flags & PHRASE_DEFINITE) && !(at(m, i)->flags & PHRASE_PRONOUN) &&
                 means(m, found) != NERX_NONE && means(m, i) == NERX_NONE)
            return i;
    }
    return found;
}

bool place_has_object(const match_state *m) {
    uint8_t p = object(m);
    return p != NO_PHRASE && !(at(m, p)->flags & PHRASE_PRONOUN);
}

/* English: the first of two objects behind the verb. */
static uint8_t english_dative(const match_state *m) {
    uint8_t first = NO_PHRASE;
    for (uint8_t i = 0; i < m->c->phrase_count && !m->passive; i++) {
        if (!may_be_object(m, i, FEATURE_DAT) || at(m, i)->start < in(m)->main) continue;
        if (first != NO_PHRASE) return first;
        first = i;
    }
    return NO_PHRASE;
}

static uint8_t dative(const match_state *m) {
    if (!m->c->verb_second) return english_dative(m);
    for (uint8_t i = 0; i < m->c->phrase_count; i++) {
        if (may_be_object(m, i, FEATURE_DAT)) return i;
    }
    return NO_PHRASE;
}

/* "talks on a ceasefire in Ulm": in Ulm is what they are about. */
static bool is_in_topic(const match_state *m, uint8_t i) {
    const phrase *p = at(m, i);
    if (!i || p->preposition == NERX_NONE || p->flags & PHRASE_TIME) return false;
    const phrase *before = at(m, (uint8_t)(i - 1));
    if (before->end != p->preposition || before->preposition == NERX_NONE || before->flags & PHRASE_TIME) return false;
    return m->c->words[before->preposition - m->c->first].topic;
}

static uint8_t in_clause_from(const match_state *m, const frame_role *r, uint32_t preposition, uint32_t from) {
    for (uint8_t i = 0; i < m->c->phrase_count; i++) {
        const phrase *p = at(m, i);
        if (p->clause != m->clause || p->flags & (PHRASE_SOURCE | PHRASE_ASIDE | PHRASE_OWNER) || p->start < from)
            continue;
        if (preposition == NERX_NONE ? p->preposition != NERX_NONE : !is_preposition(m, p, preposition)) continue;
        if (preposition == NERX_NONE && !(p->flags & PHRASE_TIME)) continue;
        if (r->flags & ROLE_OPTIONAL && is_in_topic(m, i)) continue;
        uint8_t found = suited(m, r, i);
        if (found != NO_PHRASE) return found;
        /* what stands there is not named: nothing else does */
        bool other = preposition != NERX_NONE && r->flags & ROLE_OBJECT && !(p->flags & PHRASE_TIME);
        if (other && means(m, i) == NERX_NONE) return NO_PHRASE;
    }
    return NO_PHRASE;
}

/* English: behind the verb first. */
static uint8_t in_clause(const match_state *m, const frame_role *r, uint32_t preposition) {
    uint32_t verb = m->c->verb_second || in(m)->main == NERX_NONE ? 0 : in(m)->main;
    uint8_t found = in_clause_from(m, r, preposition, verb);
    return found != NO_PHRASE || !verb ? found : in_clause_from(m, r, preposition, 0);
}

/* Behind the noun: its genitives and prepositional phrases, without a gap. */
static uint8_t beside_noun(const match_state *m, const frame_role *r, uint32_t preposition) {
    uint32_t end = at(m, m->noun)->end;
    bool other = false; /* another noun, that "von" belongs to: Chef des Ablegers von X */
    for (uint8_t i = (uint8_t)(m->noun + 1); i < m->c->phrase_count && i < m->noun + 8; i++) {
        const phrase *p = at(m, i);
        if (p->flags & PHRASE_RELATIVE) break;
        uint32_t from = phrase_begin(m->c, i);
        bool listed = p->lead != i && from >= end && from <= end + 2;
        if (from > end + 1 && !listed) break;
        end = p->end;
        if (end < m->c->end && clause_shape(m->c, end) & SHAPE_QUOTE) end++;
        if (p->preposition == NERX_NONE && !(p->flags & (PHRASE_TIME | PHRASE_OWNER)) && !listed) break;
        /* "director of a clinic and professor at Harvard": what it is of has no name */
        bool own = p->preposition != NERX_NONE && m->c->words[p->preposition - m->c->first].genitive;
        if (own && r->flags & ROLE_OBJECT && !m->c->verb_second && means(m, i) == NERX_NONE) return NO_PHRASE;
        bool nearer = other && p->preposition != NERX_NONE && m->c->words[p->preposition - m->c->first].genitive;
        other |= p->preposition != NERX_NONE && !(p->flags & PHRASE_TIME) && means(m, i) == NERX_NONE;
        if (is_preposition(m, p, preposition) && p->lead == i && !nearer) {
            uint8_t found = suited(m, r, i);
            if (found != NO_PHRASE) return found;
        }
    }
    return NO_PHRASE;
}

/* Whose it is; an owner's owner is not. */
static uint8_t owner_of_noun(const match_state *m, const frame_role *r) {
    for (uint8_t i = 0; i < m->c->phrase_count; i++) {
        if (!(at(m, i)->flags & PHRASE_OWNER) || at(m, i)->owner != m->noun) continue;
        uint8_t found = suited(m, r, i);
        if (found != NO_PHRASE) return found;
    }
    /* "sagte seinen Besuch ab" */
    uint8_t s = in(m)->subject;
    bool own = at(m, m->noun)->flags & PHRASE_POSSESSIVE && s != NO_PHRASE && s != m->noun && !in(m)->passive;
    return own ? suited(m, r, s) : NO_PHRASE;
}

/* "plant ein Treffen": the object of a verb that says whether it will be. */
static bool is_controlled_object(const match_state *m) {
    const clause *k = in(m);
    uint32_t control = VERB_CONTROL_PLANNED | VERB_CONTROL_NEGATIVE;
    return k->main != NERX_NONE && clause_verb(m->c, k->main, control) && is_argument(m, m->noun);
}

static uint8_t host(const match_state *m, const frame_role *r, uint32_t preposition) {
    bool stands = preposition == NERX_NONE ? is_controlled_object(m) : is_preposition(m, at(m, m->noun), preposition);
    if (!stands || in(m)->subject == NO_PHRASE || in(m)->passive) return NO_PHRASE;
    return suited(m, r, in(m)->subject);
}

/* "Macron ist Präsident": the copula's subject, where the noun is what it is said to be. */
static uint8_t predicate(const match_state *m, const frame_role *r) {
    const clause *k = in(m);
    const phrase *p = at(m, m->noun);
    bool as = p->preposition != NERX_NONE;
    if (k->main == NERX_NONE || k->subject == NO_PHRASE || k->subject == m->noun || as || p->flags & PHRASE_OWNER)
        return NO_PHRASE;
    if (!phrase_is_nominal(m->c, p, m->clause) || !(m->c->words[k->main - m->c->first].verb & VERB_COPULA))
        return NO_PHRASE;
    return k->passive ? NO_PHRASE : suited(m, r, k->subject);
}

static uint8_t circum(const match_state *m, const frame_role *r, const frame_place *place) {
    for (uint8_t i = 0; i < m->c->phrase_count; i++) {
        const phrase *p = at(m, i);
        if (p->clause != m->clause || !is_preposition(m, p, place->preposition)) continue;
        str tail = str_of(m->layer->strings + place->tail);
        str text = document_tokens_text(m->c->d, p->end, m->c->end);
        if (str_starts(text, tail) && role_accepts(m, r, i)) return i;
    }
    return NO_PHRASE;
}

/* "in der Nähe von Brüssel", "wegen des Massakers von Lidice": a town behind a noun does nothing. */
static bool is_where(const match_state *m, uint8_t i) {
    const phrase *before = at(m, (uint8_t)(i - 1));
    if (!m->c->verb_second || before->preposition == NERX_NONE || means(m, (uint8_t)(i - 1)) != NERX_NONE) return false;
    const mention *x = means(m, i) == NERX_NONE ? NULL : &m->c->d->mentions.items[means(m, i)];
    if (!x || x->entity == NERX_NONE || !str_is(model_type_name(m->c->d->model, x->type), "LOC")) return false;
    return !str_starts(m->c->d->entities.items[x->entity].id, STR("country:"));
}

/* Who does it, in the passive: behind "von", "by". */
static uint8_t agent(const match_state *m, const frame_role *r) {
    for (uint8_t i = 0; i < m->c->phrase_count; i++) {
        const phrase *p = at(m, i);
        if (p->clause != m->clause || p->preposition == NERX_NONE || p->flags & PHRASE_SOURCE) continue;
        if (!clause_is(m->c, p->preposition, WORD_AGENT)) continue;
        /* "der Regierung unter Führung von X wird …": the noun's before it */
        const phrase *before = i > 0 ? at(m, (uint8_t)(i - 1)) : NULL;
        bool noun =
            before && before->end == p->preposition && !(before->flags & PHRASE_TIME) && in(m)->finite != NERX_NONE;
        if (noun && (p->start < in(m)->finite || is_where(m, i))) continue;
        uint8_t found = suited(m, r, i);
        if (found != NO_PHRASE) return found;
    }
    return NO_PHRASE;
}

static uint8_t subject(const match_state *m, const frame_role *r) {
    uint8_t s = in(m)->subject;
    if (m->passive && r->flags & ROLE_SUBJECT) return agent(m, r);
    return s == NO_PHRASE ? NO_PHRASE : suited(m, r, s);
}

static uint8_t verb_place(match_state *m, const frame_role *r, const frame_place *place) {
    uint8_t p = NO_PHRASE;
    switch (place->kind) {
    case PLACE_SUBJECT: return subject(m, r);
    case PLACE_OBJECT: p = m->passive ? in(m)->subject : object(m); break;
    case PLACE_DATIVE: p = dative(m); break;
    case PLACE_PP: return in_clause(m, r, place->preposition);
    case PLACE_BARE: return in_clause(m, r, NERX_NONE);
    case PLACE_CIRCUM: return circum(m, r, place);
    default: return NO_PHRASE;
    }
    return p == NO_PHRASE ? NO_PHRASE : suited(m, r, p);
}

static uint8_t noun_place(match_state *m, const frame_role *r, const frame_place *place) {
    uint8_t p = NO_PHRASE;
    switch (place->kind) {
    case PLACE_GENITIVE: return owner_of_noun(m, r);
    case PLACE_SELF: return m->noun;
    case PLACE_PREDICATE: return predicate(m, r);
    case PLACE_BETWEEN:
        p = beside_noun(m, r, place->preposition);
        m->between |= p != NO_PHRASE;
        return p;
    case PLACE_HOST:
        p = host(m, r, place->preposition);
        m->hosted |= p != NO_PHRASE;
        return p;
    case PLACE_PP:
        p = beside_noun(m, r, place->preposition);
        if (p == NO_PHRASE && r->flags & ROLE_OPTIONAL) p = in_clause(m, r, place->preposition);
        return p;
    case PLACE_BARE: return in_clause(m, r, NERX_NONE);
    default: return NO_PHRASE;
    }
}

uint8_t place_fill(match_state *m, const frame_role *r) {
    bool noun = m->noun != NO_PHRASE;
    for (uint32_t i = 0; i < r->place_count; i++) {
        const frame_place *place = &m->layer->places[r->first_place + i];
        if (place->flags & (noun ? PLACE_OF_VERB : PLACE_OF_NOUN)) continue;
        uint8_t p = noun ? noun_place(m, r, place) : verb_place(m, r, place);
        if (p != NO_PHRASE) return p;
    }
    return NO_PHRASE;
}
