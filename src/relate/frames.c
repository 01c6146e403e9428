/* Triggers in clauses, and the roles of their frames. */
#include "relate/frames.h"

#include "relate/gate.h"

#include "model/model.h"

/* A trigger's own preposition: the object must stand behind it. */
static uint8_t fill_object(match_state *m, const frame_role *r) {
    if (m->t->preposition == NERX_NONE || m->noun != NO_PHRASE) return place_fill(m, r);
    for (uint8_t i = 0; i < m->c->phrase_count; i++) {
        const phrase *p = &m->c->phrases[i];
        if (p->clause != m->clause || p->preposition == NERX_NONE || p->flags & (PHRASE_SOURCE | PHRASE_TIME)) continue;
        if (m->c->words[p->preposition - m->c->first].preposition != m->t->preposition) continue;
        for (uint8_t k = i; k != NO_PHRASE; k = m->c->phrases[k].next) {
            if (!is_used(m, k) && role_accepts(m, r, k)) return k;
        }
        /* "nach seinem Besuch flog er nach Rom": another one may follow behind the verb */
        const clause *k = &m->c->items[m->clause];
        if (!m->c->verb_second || k->finite == NERX_NONE || p->start > k->finite) return NO_PHRASE;
    }
    return NO_PHRASE;
}

static bool has_support(const match_state *m) {
    if (m->t->noun == NERX_NONE) return true;
    for (uint32_t i = 0; i < m->c->phrase_count; i++) {
        const phrase *p = &m->c->phrases[i];
        if (p->clause == m->clause && word_is_noun(&m->c->words[p->head - m->c->first], m->t->noun)) return true;
    }
    return false;
}

static bool trigger_stands(const match_state *m) {
    const clause *k = &m->c->items[m->clause];
    const trigger *t = m->t;
    if (t->language != m->c->in->language || m->f->role_count > MAX_FRAME_ROLES) return false;
    if (m->noun != NO_PHRASE) return t->flags & TRIGGER_NOUN;
    if (t->flags & (TRIGGER_NOUN | TRIGGER_ATTRIBUTION)) return false;
    if (t->flags & TRIGGER_REFLEXIVE && !k->reflexive) return false;
    bool infinite = k->finite == NERX_NONE || clause_verb(m->c, k->finite, VERB_MODAL);
    if (m->f->flags & FRAME_FINITE && infinite) return false;
    if (t->flags & TRIGGER_PASSIVE && !k->passive) return false;
    if (t->flags & TRIGGER_ALONE && k->passive) return false;
    bool other =
        k->reflexive && m->c->verb_second && !(t->flags & TRIGGER_REFLEXIVE) && !(m->f->flags & FRAME_SYMMETRIC);
    return !other && has_support(m);
}

static bool trigger_suits(const match_state *m) {
    return m->noun != NO_PHRASE || !(m->t->flags & TRIGGER_ALONE) || !place_has_object(m);
}

/* Of a subject or object all members of its list are used. */
static void use(match_state *m, uint8_t p, bool list) {
    do {
        m->used[p >> 6] |= (uint64_t)1 << (p & 63);
        p = m->c->phrases[p].next;
    } while (list && p != NO_PHRASE);
}

/* Required roles first, so that a place or date takes nothing from them. */
static bool fill_roles(match_state *m, bool optional) {
    for (uint32_t i = 0; i < m->f->role_count; i++) {
        const frame_role *r = &m->layer->roles[m->f->first_role + i];
        if (((r->flags & ROLE_OPTIONAL) != 0) != optional) continue;
        uint8_t p = r->flags & ROLE_OBJECT ? fill_object(m, r) : place_fill(m, r);
        m->fillers[i] = p;
        if (p != NO_PHRASE) {
            use(m, p, r->flags & (ROLE_SUBJECT | ROLE_OBJECT));
            continue;
        }
        bool pair = r->flags & ROLE_OBJECT && (m->f->flags & FRAME_SYMMETRIC || m->between);
        if (!optional && !pair) return false;
    }
    return true;
}

static bool has_some(const match_state *m) {
    for (uint32_t i = 0; i < m->f->role_count; i++) {
        bool optional = m->layer->roles[m->f->first_role + i].flags & ROLE_OPTIONAL;
        if (optional && m->fillers[i] != NO_PHRASE) return true;
    }
    return false;
}

static match_state match_of(clauses *c, const found_trigger *f) {
    const frame_layer *layer = model_frames(c->d->model, f->layer);
    match_state m = {
        .c = c, .clause = f->clause, .noun = f->noun, .layer = layer, .t = f->t, .f = &layer->frames[f->t->frame]};
    m.passive = c->items[f->clause].passive && !(f->t->flags & TRIGGER_PASSIVE) && f->noun == NO_PHRASE;
    return m;
}

static bool apply(clauses *c, const found_trigger *f) {
    match_state m = match_of(c, f);
    memset(m.fillers, NO_PHRASE, sizeof m.fillers);
    if (!trigger_suits(&m) || !fill_roles(&m, false) || !fill_roles(&m, true)) return true;
    if (m.f->flags & FRAME_SOME && !has_some(&m)) return true;
    return relations_emit(&m);
}

static bool may_have_subject(match_state *m) {
    for (uint32_t i = 0; i < m->f->role_count; i++) {
        const frame_role *r = &m->layer->roles[m->f->first_role + i];
        if (r->flags & ROLE_SUBJECT && !place_may_fill(m, r)) return false;
    }
    return true;
}

/* Puts the triggers of a lemma to those found. */
static bool find_lemma(clauses *c, uint8_t clause_index, uint8_t noun, uint32_t lemma, uint32_t sense) {
    for (uint32_t layer = 0; layer < model_layer_count(c->d->model); layer++) {
        uint32_t count;
        const trigger *t = frame_triggers(model_frames(c->d->model, layer), lemma, &count);
        for (uint32_t i = 0; i < count; i++) {
            found_trigger f = {.clause = clause_index, .noun = noun, .layer = layer, .sense = sense, .t = &t[i]};
            match_state m = match_of(c, &f);
            if (!trigger_stands(&m) || !may_have_subject(&m)) continue;
            if (!vec_push(c->d->arena, &c->found, f)) return false;
        }
    }
    return true;
}

static bool find_verb(clauses *c, uint8_t index) {
    const clause *k = &c->items[index];
    if (k->main == NERX_NONE || !gate_triggers(c->reader, c->d, k->main, c->in->language)) return true;
    const clause_word *w = clause_word_at(c, k->main);
    uint32_t wanted = k->main == k->finite ? VERB_FINITE : VERB_INFINITIVE | VERB_PARTICIPLE | VERB_GERUND;
    for (uint32_t i = 0; i < w->lore->senses; i++) {
        if (!(w->lore->sense[i] & wanted) || w->lore->lemma[i] == NERX_NONE) continue;
        if (!find_lemma(c, index, NO_PHRASE, w->lore->lemma[i], w->lore->sense[i])) return false;
    }
    return true;
}

/* Of a compound with hyphen its last part: "Ukraine-Treffen". */
static uint32_t last_part(const clauses *c, uint32_t i) {
    const token *t = &c->tokens[i];
    if (!(t->shape & SHAPE_HYPHEN)) return NERX_NONE;
    str text = str_slice(c->d->text, t->start, t->end);
    for (size_t k = text.len; k-- > 1;) {
        if (text.ptr[k - 1] == '-') return lexicon_find(&c->d->lexicon, str_slice(text, k, text.len));
    }
    return NERX_NONE;
}

static bool find_noun(clauses *c, uint8_t index) {
    const phrase *p = &c->phrases[index];
    if (p->mention != NERX_NONE || p->clause == NO_CLAUSE || p->flags & (PHRASE_PRONOUN | PHRASE_TIME)) return true;
    if (!gate_triggers(c->reader, c->d, p->head, c->in->language)) return true;
    const clause_word *w = clause_word_at(c, p->head);
    str office = w->leads ? STR("[office.leads]") : STR("[office]");
    uint32_t lemmas[] = {w->lore->noun[0], w->lore->noun[1], w->lore->tail, last_part(c, p->head),
                         w->office ? lexicon_find(&c->d->lexicon, office) : NERX_NONE};
    for (size_t i = 0; i < sizeof lemmas / sizeof *lemmas; i++) {
        if (lemmas[i] != NERX_NONE && !find_lemma(c, p->clause, index, lemmas[i], 0)) return false;
    }
    return true;
}

/* "so Merkel": a name behind a word of attribution. */
static bool names_source(const clauses *c, uint32_t i) {
    if (!clause_is(c, i, WORD_ATTRIBUTION_QUOTE) || i + 1 >= c->end) return false;
    uint8_t p = c->words[i + 1 - c->first].phrase;
    return p != NO_PHRASE && c->phrases[p].flags & PHRASE_SOURCE;
}

static bool is_attributed(const clauses *c) {
    uint32_t end = c->end;
    for (uint32_t i = set_next(c, SET_ATTRIBUTIONS, c->first, end); i < end;
         i = set_next(c, SET_ATTRIBUTIONS, i + 1, end)) {
        if (names_source(c, i)) return true;
    }
    return false;
}

bool triggers_find(clauses *c, bool *any) {
    c->found.count = 0;
    for (uint8_t i = 0; i < c->clause_count; i++) {
        if (!find_verb(c, i)) return false;
    }
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        if (!find_noun(c, i)) return false;
    }
    *any = c->found.count || is_attributed(c);
    return true;
}

static bool match_attribution(clauses *c, uint32_t i) {
    if (!names_source(c, i)) return true;
    uint8_t p = c->words[i + 1 - c->first].phrase;
    if (phrase_means(c, p) == NERX_NONE) return true;
    for (uint32_t layer = 0; layer < model_layer_count(c->d->model); layer++) {
        uint32_t count;
        const trigger *t = frame_triggers(model_frames(c->d->model, layer), c->tokens[i].fold, &count);
        for (uint32_t n = 0; n < count; n++) {
            found_trigger f = {.clause = c->phrases[p].clause, .noun = NO_PHRASE, .layer = layer, .t = &t[n]};
            match_state m = match_of(c, &f);
            if (!(t[n].flags & TRIGGER_ATTRIBUTION) || t[n].language != c->in->language ||
                m.f->role_count > MAX_FRAME_ROLES)
                continue;
            m.passive = false;
            memset(m.fillers, NO_PHRASE, sizeof m.fillers);
            for (uint32_t r = 0; r < m.f->role_count; r++) {
                if (m.layer->roles[m.f->first_role + r].flags & ROLE_SUBJECT) m.fillers[r] = p;
            }
            if (!relations_emit(&m)) return false;
        }
    }
    return true;
}

/* "he found" is no present of "to found". */
static bool disagrees(clauses *c, const clause *k, uint32_t sense) {
    if (c->verb_second || k->main != k->finite || k->subject == NO_PHRASE) return false;
    const phrase *s = &c->phrases[k->subject];
    bool single = s->next == NO_PHRASE && !(s->flags & PHRASE_RELATIVE);
    bool plural = sense & VERB_INFINITIVE && !(sense & (VERB_PAST | VERB_SINGULAR));
    return single && plural && phrase_means(c, k->subject) != NERX_NONE;
}

/* What a pronoun or description has turned out to mean. */
static bool still_stands(clauses *c, const found_trigger *f) {
    if (f->noun != NO_PHRASE) return phrase_means(c, f->noun) == NERX_NONE;
    return !disagrees(c, &c->items[f->clause], f->sense);
}

bool relate_by_frames(clauses *c) {
    for (uint32_t i = 0; i < c->found.count; i++) {
        const found_trigger *f = &c->found.items[i];
        if (still_stands(c, f) && !apply(c, f)) return false;
    }
    uint32_t end = c->end;
    for (uint32_t i = set_next(c, SET_ATTRIBUTIONS, c->first, end); i < end;
         i = set_next(c, SET_ATTRIBUTIONS, i + 1, end)) {
        if (!match_attribution(c, i)) return false;
    }
    return true;
}
