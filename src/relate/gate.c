/* Which sentences may state a relation. What a word contributes is remembered by kind; a sentence unites it.
 *
 *     sentence ──> frames that its words trigger ──> roles ──> types of names ──> do they stand here, or before? */
#include "relate/gate.h"

#include "relate/word_classes.h"

enum { MOST_CONDITIONAL = 32 };

gate_names gate_names_of(const document *d, uint32_t first, uint32_t end) {
    uint32_t seen[32];
    gate_names out = {0};
    for (uint32_t i = first; i < end; i++) {
        const mention *m = &d->mentions.items[i];
        if (m->type >= 32) continue;
        uint32_t bit = (uint32_t)1 << m->type;
        if (!(out.types & bit)) seen[m->type] = m->entity;
        if (out.types & bit && (m->entity == NERX_NONE || seen[m->type] != m->entity)) out.several |= bit;
        out.types |= bit;
    }
    return out;
}

/* All that the words of a sentence contribute. */
typedef struct united {
    uint64_t frames, nouns;
    beside gives;
    uint32_t asks;
    bool attributed; /* "so Merkel" behind a border */
    bool colon;
    uint32_t count;
    uint16_t conditional[MOST_CONDITIONAL]; /* numbers of hints that have conditions */
} united;

static void add_special(united *u, const hint *h, uint16_t number, bool border) {
    if (u->asks & h->asks & ASKS_PERSON) u->asks |= ASKS_PERSONS;
    u->attributed |= border && h->attributes;
    u->colon |= h->colon;
    if (!h->count) return;
    if (u->count < MOST_CONDITIONAL) {
        u->conditional[u->count++] = number & HINT_NUMBER;
    } else {
        u->frames |= FRAMES_OTHER;
    }
}

/* What may be read in another way behind a colon may be anything. */
static void add_beginnings(const word_reader *w, const document *d, const sentence *in, united *u) {
    const uint16_t *numbers = w->by_kind[in->language].hints.items;
    const token *t = d->tokens.items;
    for (uint32_t i = in->first; i + 1 < in->end; i++) {
        if (!w->gate.hints.items[numbers[t[i].kind] & HINT_NUMBER].colon) continue;
        uint32_t next = i + 1;
        while (next < in->end && next < i + 3 && t[next].shape & SHAPE_QUOTE)
            next++;
        if (next == in->end || t[next].fold == t[next].look) continue;
        u->gives.words = ~(uint64_t)0;
        if (w->gate.hints.items[numbers[t[next].kind] & HINT_NUMBER].triggers) u->frames |= FRAMES_OTHER;
    }
}

static bool is_behind_border(const document *d, const sentence *in, const token *t) {
    return t > &d->tokens.items[in->first] && t[-1].shape & SHAPE_PUNCT;
}

/* Unites the hints of the sentence's words. False if memory is short. */
static bool add_words(word_reader *w, const document *d, const sentence *in, united *u) {
    if (!words_make_room(w, d, in->language)) return false;
    uint16_t *numbers = w->by_kind[in->language].hints.items;
    const token *t = &d->tokens.items[in->first], *end = &d->tokens.items[in->end];
    uint64_t frames = 0, nouns = 0, words = BESIDE_ALWAYS, particles = 0;
    for (; t < end; t++) {
        uint16_t number = numbers[t->kind];
        if (number == HINT_KNOWN) continue; /* most: the first says nothing */
        if (!number) number = numbers[t->kind] = hint_number(w, d, t, in->language);
        if (!number) return false;
        const hint *h = &w->gate.hints.items[number & HINT_NUMBER];
        if (number & HINT_SPECIAL) add_special(u, h, number, is_behind_border(d, in, t));
        frames |= h->frames;
        nouns |= h->nouns;
        words |= h->gives.words;
        particles |= h->gives.particles;
        u->asks |= h->asks;
    }
    u->frames |= frames;
    u->nouns = nouns;
    u->gives = (beside){words, particles};
    return true;
}

static void add_edges(word_reader *w, const document *d, const gate_sentence *s, united *u) {
    for (uint32_t i = s->first_edge; i < s->end_edge; i++) {
        uint32_t flags = words_of_edge(w, &d->edges.items[i], s->in->language);
        if (flags & WORD_PERSON) u->asks |= ASKS_CALLED;
        if (flags & WORD_NAMES_PLACE) u->asks |= ASKS_PLACE;
        if (flags & WORD_NAMES_BODY) u->asks |= ASKS_BODY;
        if (flags & WORD_REFLEXIVE) u->gives.words |= BESIDE_REFLEXIVE;
        if (flags & WORD_PARTICLE) u->gives.particles = ~(uint64_t)0;
    }
}

/* Frames that stand with what is beside them. */
static void add_conditional(const gate_memory *g, united *u) {
    for (uint32_t i = 0; i < u->count; i++) {
        const hint *h = &g->hints.items[u->conditional[i]];
        for (uint32_t k = h->first; k < h->first + h->count; k++) {
            const condition *c = &g->conditions.items[k];
            bool stands = !(c->needs.words & ~u->gives.words) && !(c->needs.particles & ~u->gives.particles);
            if (stands) u->frames |= c->frames;
        }
    }
}

/* What roles may be filled with. */
static gate_names reach(const word_reader *w, const gate_sentence *s, uint32_t asks) {
    gate_names all = s->own;
    uint32_t more = 0, several = 0;
    if (asks & ASKS_PERSON) more |= s->before & (w->person | w->body);
    if (asks & ASKS_PERSONS) several |= more;
    if (asks & ASKS_COUNTRY) more |= w->place; /* named here or elsewhere */
    if (asks & ASKS_BODY) more |= s->before & w->body;
    if (asks & ASKS_DEFINITE) {
        uint32_t described = 0;
        if (asks & ASKS_CALLED) described |= w->person;
        if (asks & ASKS_PLACE) described |= w->place;
        if (asks & (ASKS_PLACE | ASKS_BODY)) described |= w->body;
        described &= s->earlier.types;
        several |= (more | s->earlier.several) & described;
        more |= described;
    }
    all.several |= several | (all.types & more);
    all.types |= more;
    return all;
}

static bool is_met(const frame_need *n, const gate_names *have, uint64_t words, bool noun) {
    uint32_t sides = 0;
    for (uint32_t i = 0; i < n->role_count; i++) {
        const role_need *r = &n->roles[i];
        if (!((noun ? r->by_noun : r->by_verb) & words) || (r->types && !(r->types & have->types))) return false;
        sides |= r->types;
    }
    if (n->some && !(n->some & have->types)) return false;
    uint32_t both = sides & have->types;
    return !n->pair || both & (both - 1) || both & have->several;
}

static bool any_met(const word_reader *w, uint64_t frames, const gate_names *have, uint64_t words, bool noun) {
    for (; frames; frames &= frames - 1) {
        if (is_met(&w->gate.needs[__builtin_ctzll(frames)], have, words, noun)) return true;
    }
    return false;
}

bool gate_opens(word_reader *w, const document *d, const gate_sentence *s, bool *failed) {
    united u;
    *failed = false;
    if (s->in->language >= LANGUAGES) return true;
    memset(&u, 0, offsetof(united, conditional));
    *failed = !add_words(w, d, s->in, &u);
    if (*failed || !(u.frames | u.nouns | u.count | u.attributed)) return false;
    if (u.colon && w->verb_second[s->in->language]) add_beginnings(w, d, s->in, &u);
    add_edges(w, d, s, &u);
    add_conditional(&w->gate, &u);
    gate_names have = reach(w, s, u.asks);
    if ((u.frames | u.nouns) & FRAMES_OTHER || (u.attributed && have.types)) return true;
    return any_met(w, u.frames, &have, u.gives.words, false) || any_met(w, u.nouns, &have, u.gives.words, true);
}

bool gate_triggers(const word_reader *w, const document *d, uint32_t i, uint8_t language) {
    if (language >= LANGUAGES) return true;
    uint32_t number = w->by_kind[language].hints.items[d->tokens.items[i].kind];
    return !number || w->gate.hints.items[number & HINT_NUMBER].triggers;
}
