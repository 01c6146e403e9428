/* What a word contributes to a sentence that may state a relation, worked out once for its kind. */
#include "base/hash.h"
#include "model/frame.h"
#include "relate/word_classes.h"

enum { MOST_CONDITIONS = 24 };

/* A hint in the making. */
typedef struct collector {
    word_reader *w;
    const document *d;
    uint8_t language;
    hint h;
    condition conditions[MOST_CONDITIONS];
    uint32_t count;
} collector;

static bool same_hint(const word_reader *w, const hint *a, const hint *b, const condition *conditions) {
    return a->frames == b->frames && a->nouns == b->nouns && a->gives.words == b->gives.words &&
           a->gives.particles == b->gives.particles && a->asks == b->asks && a->count == b->count &&
           a->triggers == b->triggers && a->attributes == b->attributes && a->colon == b->colon &&
           (!a->count || memcmp(&w->gate.conditions.items[a->first], conditions, a->count * sizeof *conditions) == 0);
}

static uint16_t number_of(const hint *h, uint32_t index) {
    bool special = h->count || h->attributes || h->colon || h->asks & ASKS_PERSON;
    return (uint16_t)(index | HINT_KNOWN | (special ? HINT_SPECIAL : 0));
}

uint16_t hint_keep(word_reader *w, hint h, const condition *conditions, uint32_t count) {
    gate_memory *g = &w->gate;
    uint64_t key[] = {h.frames,          h.nouns, h.gives.words,
                      h.gives.particles, h.asks,  count << 2 | (uint32_t)h.colon << 1 | h.attributes};
    uint64_t hash = hash_bytes(key, sizeof key) ^ (count ? hash_bytes(conditions, count * sizeof *conditions) : 0);
    uint32_t slot = (uint32_t)hash & (HINT_SLOTS - 1);
    h.count = (uint16_t)count;
    for (; g->slots[slot]; slot = (slot + 1) & (HINT_SLOTS - 1)) {
        const hint *known = &g->hints.items[g->slots[slot] - 1];
        if (same_hint(w, known, &h, conditions)) return number_of(known, g->slots[slot] - 1U);
    }
    /* so many different ones: what is too much does no harm */
    if (g->hints.count == HINT_SLOTS / 2) return number_of(&g->hints.items[1], 1);
    if (!vec_reserve(&w->lasting, &g->conditions, count) || !vec_push(&w->lasting, &g->hints, h)) return 0;
    g->hints.items[g->hints.count - 1].first = g->conditions.count;
    for (uint32_t i = 0; i < count; i++)
        g->conditions.items[g->conditions.count++] = conditions[i];
    g->slots[slot] = (uint16_t)g->hints.count;
    return number_of(&h, g->hints.count - 1);
}

static void add_condition(collector *c, uint64_t frames, beside needs) {
    if (!needs.words && !needs.particles) {
        c->h.frames |= frames;
        return;
    }
    for (uint32_t i = 0; i < c->count; i++) {
        condition *known = &c->conditions[i];
        if (known->needs.words != needs.words || known->needs.particles != needs.particles) continue;
        known->frames |= frames;
        return;
    }
    if (c->count < MOST_CONDITIONS) {
        c->conditions[c->count++] = (condition){frames, needs};
    } else {
        c->h.frames |= frames;
    }
}

/* What stands apart from `text` in `joined`, "zusammen" of "zusammenkommen", "over" of "take over"; empty where it is
 * another verb. */
static str particle_of(str joined, str text, bool last) {
    if (joined.len <= text.len) return STR("");
    if (last) return str_ends(joined, text) ? str_slice(joined, 0, joined.len - text.len) : STR("");
    return str_starts(joined, text) ? str_slice(joined, text.len, joined.len) : STR("");
}

/* "kommt" triggers what "kommen" does, and "zusammenkommen" beside a particle. */
static void add_verb(collector *c, const clause_word *of, uint32_t lemma) {
    str text = lexicon_text(&c->d->lexicon, lemma);
    bool last = c->w->verb_second[c->language];
    uint32_t rim = verb_rim(text, last);
    const gate_memory *g = &c->w->gate;
    for (uint32_t i = verbs_from(g, c->language, rim); i < g->verbs.count; i++) {
        const verb_trigger *v = &g->verbs.items[i];
        beside needs = {.words = v->words};
        if ((rim && v->rim != rim) || v->language != c->language) break;
        if (v->lemma != lemma) {
            str particle = particle_of(v->text, text, last);
            if (!particle.len) continue;
            needs.particles = beside_particle(particle);
        }
        c->h.triggers = true;
        if (!v->passive || of->verb & VERB_PARTICIPLE) add_condition(c, v->frames, needs);
    }
}

/* Of a compound with hyphen its last part: "Ukraine-Treffen". */
static uint32_t last_part(const document *d, const token *t) {
    if (!(t->shape & SHAPE_HYPHEN)) return NERX_NONE;
    str text = lexicon_text(&d->lexicon, t->form);
    for (size_t k = text.len; k-- > 1;) {
        if (text.ptr[k - 1] == '-') return lexicon_find_known(&d->lexicon, str_slice(text, k, text.len));
    }
    return NERX_NONE;
}

static bool is_attribution(const word_reader *w, const token *t) {
    for (uint32_t i = 0; i < w->gate.attributions.count; i++) {
        if (w->gate.attributions.items[i] == t->fold) return true;
    }
    return false;
}

static void add_nouns(collector *c, const token *t, const clause_word *of) {
    const lexicon *l = &c->d->lexicon;
    uint32_t nouns[] = {of->lore->noun[0],
                        of->lore->noun[1],
                        of->lore->tail,
                        last_part(c->d, t),
                        of->office ? lexicon_find_known(l, STR("[office]")) : NERX_NONE,
                        of->leads ? lexicon_find_known(l, STR("[office.leads]")) : NERX_NONE};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        if (nouns[i] != NERX_NONE) c->h.nouns |= frames_of_noun(c->w, nouns[i], c->language);
    }
    c->h.attributes = is_attribution(c->w, t);
    c->h.triggers |= c->h.nouns || c->h.attributes;
}

static void add_gifts(collector *c, const token *t, const clause_word *of) {
    uint32_t nouns[] = {of->lore->noun[0], of->lore->noun[1], of->lore->tail};
    beside *gives = &c->h.gives;
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        if (nouns[i] != NERX_NONE) gives->words |= beside_noun(c->w, nouns[i]);
    }
    if (of->preposition != NERX_NONE) gives->words |= beside_preposition(c->w, of->preposition);
    if (of->flags & WORD_REFLEXIVE) gives->words |= BESIDE_REFLEXIVE;
    if (of->verb & VERB_COPULA) gives->words |= BESIDE_COPULA;
    if (of->verb & (VERB_CONTROL_PLANNED | VERB_CONTROL_NEGATIVE)) gives->words |= BESIDE_CONTROL;
    if (of->flags & WORD_PARTICLE) {
        gives->words |= BESIDE_CONTROL;
        gives->particles |= beside_particle(lexicon_text(&c->d->lexicon, t->fold));
    }
}

static uint32_t asks_of(const clause_word *of) {
    uint32_t asks = 0;
    if (of->flags & WORD_PERSONAL || of->stands || of->past) asks |= ASKS_PERSON;
    if (of->flags & WORD_PERSON) asks |= ASKS_CALLED;
    if (of->flags & WORD_NAMES_PLACE) asks |= ASKS_PLACE;
    if (of->flags & WORD_NAMES_BODY) asks |= ASKS_BODY;
    if (of->acts) asks |= ASKS_COUNTRY;
    if (of->definite) asks |= ASKS_DEFINITE;
    return asks;
}

/* Most names: no list has the word, and it has no parts. */
static bool says_nothing(const word_reader *w, const token *t, uint8_t language) {
    if (w->by_kind[language].numbers.items[t->kind] != WORD_OF_NOTHING || t->shape & SHAPE_HYPHEN) return false;
    return !is_attribution(w, t);
}

uint16_t hint_number(word_reader *w, const document *d, const token *t, uint8_t language) {
    const clause_word *of = word_of_kind(w, d, t, language);
    if (!of) return 0;
    if (says_nothing(w, t, language)) return HINT_KNOWN;
    collector c;
    c.w = w;
    c.d = d;
    c.language = language;
    c.h = (hint){.asks = asks_of(of), .colon = of->sets >> MARK_COLON & 1};
    c.count = 0;
    for (uint32_t i = 0; i < of->lore->senses; i++) {
        if (of->lore->lemma[i] != NERX_NONE) add_verb(&c, of, of->lore->lemma[i]);
    }
    add_nouns(&c, t, of);
    add_gifts(&c, t, of);
    return hint_keep(w, c.h, c.conditions, c.count);
}
