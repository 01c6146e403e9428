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
    hint all;
    uint16_t conditional[MOST_CONDITIONAL]; /* hints that have conditions */
    uint32_t count;
} united;

/* The hints' numbers by kind, all those of the sentence's words known; NULL if memory is short. *some unites their
 * HINT_… bits. */
static const uint16_t *numbers_of(word_reader *w, const document *d, const sentence *in, uint32_t *some) {
    if (!words_make_room(w, d, in->language)) return NULL;
    uint16_t *numbers = w->by_kind[in->language].hints.items;
    const token *t = d->tokens.items;
    uint32_t every = HINT_KNOWN;
    *some = 0;
    for (uint32_t i = in->first; i < in->end; i++) {
        every &= numbers[t[i].kind];
        *some |= numbers[t[i].kind];
    }
    if (every & HINT_KNOWN) return numbers;
    for (uint32_t i = in->first; i < in->end; i++) {
        uint16_t *number = &numbers[t[i].kind];
        if (!*number) *number = hint_number(w, d, &t[i], in->language);
        if (!*number) return NULL;
        *some |= *number;
    }
    return numbers;
}

static void add_hint(united *u, const hint *h, uint16_t number, bool border) {
    hint *all = &u->all;
    all->nouns |= h->nouns;
    all->frames |= border ? h->frames : h->frames & ~FRAMES_ATTRIBUTION;
    all->gives.words |= h->gives.words;
    all->gives.particles |= h->gives.particles;
    if (all->asks & h->asks & ASKS_PERSON) all->asks |= ASKS_PERSONS;
    all->asks |= h->asks;
    if (!h->count) return;
    if (u->count < MOST_CONDITIONAL) {
        u->conditional[u->count++] = number;
    } else {
        all->frames |= FRAMES_OTHER;
    }
}

static void add_edges(const word_reader *w, const document *d, const gate_sentence *s, hint *all) {
    for (uint32_t i = s->first_edge; i < s->end_edge; i++) {
        uint32_t flags = words_of_edge(w, d, &d->edges.items[i], s->in->language);
        if (flags & WORD_PERSON) all->asks |= ASKS_CALLED;
        if (flags & WORD_NAMES_PLACE) all->asks |= ASKS_PLACE;
        if (flags & WORD_NAMES_BODY) all->asks |= ASKS_BODY;
        if (flags & WORD_REFLEXIVE) all->gives.words |= BESIDE_REFLEXIVE;
        if (flags & WORD_PARTICLE) all->gives.particles = ~(uint64_t)0;
    }
}

/* Frames that stand with what is beside them. */
static void add_conditional(const gate_memory *g, united *u) {
    const beside *gives = &u->all.gives;
    for (uint32_t i = 0; i < u->count; i++) {
        const hint *h = &g->hints.items[u->conditional[i]];
        for (uint32_t k = h->first; k < h->first + h->count; k++) {
            const condition *c = &g->conditions.items[k];
            bool stands = !(c->needs.words & ~gives->words) && !(c->needs.particles & ~gives->particles);
            if (stands) u->all.frames |= c->frames;
        }
    }
}

/* False if no word triggers anything, or memory is short. */
static bool unite(word_reader *w, const document *d, const gate_sentence *s, hint *all, bool *failed) {
    const token *t = d->tokens.items;
    uint32_t some;
    const uint16_t *numbers = numbers_of(w, d, s->in, &some);
    united u = {.all.gives.words = BESIDE_ALWAYS};
    *failed = !numbers;
    if (*failed || !(some & HINT_TRIGGERS)) return false;
    for (uint32_t i = s->in->first; i < s->in->end; i++) {
        uint16_t number = numbers[t[i].kind] & HINT_NUMBER;
        if (!number) continue; /* most: the first says nothing */
        bool border = i > s->in->first && t[i - 1].shape & SHAPE_PUNCT;
        add_hint(&u, &w->gate.hints.items[number], number, border);
    }
    add_edges(w, d, s, &u.all);
    add_conditional(&w->gate, &u);
    *all = u.all;
    return all->frames | all->nouns;
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
    hint all;
    *failed = false;
    if (s->in->language >= LANGUAGES) return true;
    if (!unite(w, d, s, &all, failed)) return false;
    gate_names have = reach(w, s, all.asks);
    uint64_t other = FRAMES_ATTRIBUTION | FRAMES_OTHER;
    if ((all.frames | all.nouns) & FRAMES_OTHER || (all.frames & FRAMES_ATTRIBUTION && have.types)) return true;
    return any_met(w, all.frames & ~other, &have, all.gives.words, false) ||
           any_met(w, all.nouns & ~other, &have, all.gives.words, true);
}

bool gate_triggers(const word_reader *w, const document *d, uint32_t i, uint8_t language) {
    if (language >= LANGUAGES) return true;
    uint32_t number = w->by_kind[language].hints.items[d->tokens.items[i].kind];
    return !number || w->gate.hints.items[number & HINT_NUMBER].triggers;
}
