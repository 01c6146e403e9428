/* Which roles may be filled, before it is asked whom pronouns and descriptions mean. */
#include "relate/frames.h"

static const phrase *at(const match_state *m, uint8_t p) {
    return &m->c->phrases[p];
}

static const clause *in(const match_state *m) {
    return &m->c->items[m->clause];
}

static bool is_preposition(const match_state *m, uint8_t i, uint32_t wanted) {
    const phrase *p = at(m, i);
    return p->preposition != NERX_NONE && m->c->words[p->preposition - m->c->first].preposition == wanted;
}

/* A phrase that fills it, or that may turn out to mean what does. */
static bool may_accept(const match_state *m, const frame_role *r, uint8_t p) {
    const phrase *x = at(m, p);
    if (x->mention != NERX_NONE || r->flags & ROLE_TEXT) return role_accepts(m, r, p);
    return x->flags & (PHRASE_RELATIVE | PHRASE_PERSONAL) || description_may(m->c, x);
}

static bool any_may(const match_state *m, const frame_role *r, uint8_t p) {
    for (; p != NO_PHRASE; p = at(m, p)->next) {
        if (may_accept(m, r, p)) return true;
    }
    return false;
}

static bool agent_may(const match_state *m, const frame_role *r) {
    for (uint8_t i = 0; i < m->c->phrase_count; i++) {
        const phrase *p = at(m, i);
        bool by = p->clause == m->clause && p->preposition != NERX_NONE && clause_is(m->c, p->preposition, WORD_AGENT);
        if (by && any_may(m, r, i)) return true;
    }
    return false;
}

static bool beside_may(const match_state *m, const frame_role *r, uint32_t preposition) {
    for (uint8_t i = (uint8_t)(m->noun + 1); i < m->c->phrase_count && i < m->noun + 8; i++) {
        if (is_preposition(m, i, preposition) && any_may(m, r, i)) return true;
    }
    return false;
}

static bool owner_may(const match_state *m, const frame_role *r) {
    for (uint8_t i = 0; i < m->c->phrase_count; i++) {
        bool owner = at(m, i)->flags & PHRASE_OWNER && at(m, i)->owner == m->noun;
        if (owner && any_may(m, r, i)) return true;
    }
    return at(m, m->noun)->flags & PHRASE_POSSESSIVE && any_may(m, r, in(m)->subject);
}

static bool noun_place_may(const match_state *m, const frame_role *r, const frame_place *place) {
    switch (place->kind) {
    case PLACE_GENITIVE: return owner_may(m, r);
    case PLACE_PREDICATE:
    case PLACE_HOST: return any_may(m, r, in(m)->subject);
    case PLACE_BETWEEN:
    case PLACE_PP: return beside_may(m, r, place->preposition);
    case PLACE_SELF: return may_accept(m, r, m->noun);
    case PLACE_BARE: return true;
    default: return false;
    }
}

static bool verb_place_may(const match_state *m, const frame_role *r, const frame_place *place) {
    if (place->kind != PLACE_SUBJECT) return true;
    return m->passive && r->flags & ROLE_SUBJECT ? agent_may(m, r) : any_may(m, r, in(m)->subject);
}

bool place_may_fill(match_state *m, const frame_role *r) {
    bool noun = m->noun != NO_PHRASE;
    if (r->flags & ROLE_TEXT) return true;
    for (uint32_t i = 0; i < r->place_count; i++) {
        const frame_place *place = &m->layer->places[r->first_place + i];
        if (place->flags & (noun ? PLACE_OF_VERB : PLACE_OF_NOUN)) continue;
        if (noun ? noun_place_may(m, r, place) : verb_place_may(m, r, place)) return true;
    }
    return false;
}
