/* Which sentences may state a relation. What a word contributes is remembered by kind; a sentence unites it.
 *
 *     sentence ──> frames that its words trigger ──> roles ──> types of names ──> do they stand here, or before? */
#include "relate/gate.h"

#include "model/frame.h"
#include "relate/word_classes.h"

/* How a sentence points to what was named before it. */
enum {
    ASKS_PERSON = 1,
    ASKS_CALLED = 2 /* the chancellor */,
    ASKS_PLACE = 4,
    ASKS_BODY = 8,
    ASKS_DEFINITE = 16,
    ASKS_PERSONS = 32 /* twice */,
    ASKS_COUNTRY = 64 /* Russian forces */,
    HAS_COPULA = 128 /* asks nothing: somebody may be said to be something */
};

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

static uint32_t frame_number(const model *m, uint32_t layer, uint32_t index) {
    for (uint32_t i = 0; i < layer; i++)
        index += model_frames(m, i)->frame_count;
    return index;
}

static uint64_t frame_bit(const model *m, uint32_t layer, uint32_t index) {
    uint32_t number = frame_number(m, layer, index);
    return number < FRAME_BITS ? (uint64_t)1 << number : FRAMES_OTHER;
}

/* The frames of the triggers of a lemma, with these TRIGGER_ flags among those asked for. */
static uint64_t frames_of(const model *m, uint32_t lemma, uint8_t language, uint32_t among, uint32_t flags) {
    uint64_t frames = 0;
    if (lemma == NERX_NONE) return 0;
    for (uint32_t layer = 0; layer < model_layer_count(m); layer++) {
        uint32_t count;
        const trigger *t = frame_triggers(model_frames(m, layer), lemma, &count);
        for (uint32_t i = 0; i < count; i++) {
            if (t[i].language == language && (t[i].flags & among) == flags) frames |= frame_bit(m, layer, t[i].frame);
        }
    }
    return frames;
}

/* Of all places where a role may stand beside a noun, is what the noun is said of the only one? */
static bool is_predicate(const frame_layer *l, const frame_role *r) {
    bool any = false;
    for (uint32_t i = 0; i < r->place_count; i++) {
        const frame_place *place = &l->places[r->first_place + i];
        if (place->flags & PLACE_OF_VERB || place->kind == PLACE_SUBJECT || place->kind == PLACE_OBJECT) continue;
        if (place->kind != PLACE_PREDICATE) return false;
        any = true;
    }
    return any;
}

static frame_need need_of(const frame_layer *l, const frame *f) {
    frame_need n = {0};
    uint32_t count = 0, named = 0;
    bool words = false;
    for (uint32_t i = 0; i < f->role_count; i++) {
        const frame_role *r = &l->roles[f->first_role + i];
        bool side = r->flags & (ROLE_SUBJECT | ROLE_OBJECT), text = r->flags & ROLE_TEXT;
        if (r->flags & ROLE_OPTIONAL) {
            words |= text;
            n.some |= r->types;
        } else if (!text) {
            named += side;
            n.predicate |= is_predicate(l, r);
            if (count < sizeof n.roles / sizeof *n.roles) n.roles[count++] = r->types;
        }
    }
    n.pair = named == 2;
    if (words || !(f->flags & FRAME_SOME)) n.some = 0;
    return n;
}

/* The last four bytes of a verb to which particles are put in front, else the first; 0 of a shorter one. */
static uint32_t rim_of(str lemma, bool last) {
    uint32_t bytes = 0;
    if (lemma.len >= sizeof bytes) memcpy(&bytes, lemma.ptr + (last ? lemma.len - sizeof bytes : 0), sizeof bytes);
    return bytes;
}

static bool add_verbs(word_reader *w, const document *d, uint32_t layer) {
    const frame_layer *l = model_frames(w->m, layer);
    for (uint32_t i = 0; i < l->trigger_count; i++) {
        const trigger *t = &l->triggers[i];
        if (t->flags & (TRIGGER_NOUN | TRIGGER_ATTRIBUTION)) continue;
        verb_trigger v = {.lemma = lexicon_text(&d->lexicon, t->lemma),
                          .frames = frame_bit(w->m, layer, t->frame),
                          .language = t->language};
        v.rim = rim_of(v.lemma, w->verb_second[t->language < LANGUAGES ? t->language : 0]);
        if (!vec_push(&w->lasting, &w->verbs, v)) return false;
    }
    return true;
}

static bool same_hint(const hint *a, const hint *b) {
    return a->frames == b->frames && a->nouns == b->nouns && a->asks == b->asks;
}

/* The number of such a hint plus one; 0 if memory is short. */
static uint32_t number_of(word_reader *w, hint h) {
    uint32_t i = 0;
    while (i < w->hints.count && !same_hint(&w->hints.items[i], &h))
        i++;
    if (i == UINT16_MAX - 1) {
        /* so many different ones: what is too much does no harm */
        w->hints.items[i - 1] = (hint){.frames = FRAMES_OTHER};
        return i;
    }
    return i < w->hints.count || vec_push(&w->lasting, &w->hints, h) ? i + 1 : 0;
}

static uint32_t type_bit(const model *m, str name) {
    uint32_t type = model_type_find(m, name);
    return type < 32 ? (uint32_t)1 << type : 0;
}

bool gate_begin(word_reader *w, const document *d) {
    arena_reset(&w->lasting);
    w->hints.items = NULL;
    w->hints.count = w->hints.capacity = 0;
    w->verbs.items = NULL;
    w->verbs.count = w->verbs.capacity = 0;
    w->predicates = 0;
    w->person = type_bit(w->m, STR("PER"));
    w->place = type_bit(w->m, STR("LOC"));
    w->body = type_bit(w->m, STR("ORG"));
    for (uint32_t layer = 0; layer < model_layer_count(w->m); layer++) {
        const frame_layer *l = model_frames(w->m, layer);
        for (uint32_t i = 0; i < l->frame_count; i++) {
            uint32_t number = frame_number(w->m, layer, i);
            if (number >= FRAME_BITS) continue;
            w->needs[number] = need_of(l, &l->frames[i]);
            if (w->needs[number].predicate) w->predicates |= (uint64_t)1 << number;
        }
        if (!add_verbs(w, d, layer)) return false;
    }
    return number_of(w, (hint){0});
}

/* "kommt" triggers what "zusammenkommen" does, "takes" what "take over" does: a particle may stand elsewhere. */
static uint64_t joined_frames(const word_reader *w, const document *d, uint32_t lemma, uint8_t language) {
    str text = lexicon_text(&d->lexicon, lemma);
    bool last = w->verb_second[language];
    uint32_t rim = rim_of(text, last);
    uint64_t frames = 0;
    for (uint32_t i = 0; i < w->verbs.count; i++) {
        const verb_trigger *v = &w->verbs.items[i];
        if ((rim && v->rim != rim) || v->language != language || v->lemma.len <= text.len) continue;
        if (last ? str_ends(v->lemma, text) : str_starts(v->lemma, text)) frames |= v->frames;
    }
    return frames;
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

static hint hint_of(const word_reader *w, const document *d, const token *t, uint8_t language, const clause_word *of) {
    hint h = {0};
    uint32_t other = TRIGGER_NOUN | TRIGGER_ATTRIBUTION;
    for (uint32_t i = 0; i < of->senses; i++) {
        if (of->lemma[i] == NERX_NONE) continue;
        h.frames |= frames_of(w->m, of->lemma[i], language, other, 0);
        h.frames |= joined_frames(w, d, of->lemma[i], language);
    }
    uint32_t nouns[] = {of->noun[0],
                        of->noun[1],
                        of->tail,
                        last_part(d, t),
                        of->office ? lexicon_find_known(&d->lexicon, STR("[office]")) : NERX_NONE,
                        of->leads ? lexicon_find_known(&d->lexicon, STR("[office.leads]")) : NERX_NONE};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        h.nouns |= frames_of(w->m, nouns[i], language, TRIGGER_NOUN, TRIGGER_NOUN);
    if (frames_of(w->m, t->fold, language, TRIGGER_ATTRIBUTION, TRIGGER_ATTRIBUTION)) h.frames |= FRAMES_ATTRIBUTION;
    if (of->flags & WORD_PERSONAL || of->stands || of->past) h.asks |= ASKS_PERSON;
    if (of->flags & WORD_PERSON) h.asks |= ASKS_CALLED;
    if (of->flags & WORD_NAMES_PLACE) h.asks |= ASKS_PLACE;
    if (of->flags & WORD_NAMES_BODY) h.asks |= ASKS_BODY;
    if (of->acts) h.asks |= ASKS_COUNTRY;
    if (of->definite) h.asks |= ASKS_DEFINITE;
    if (of->verb & VERB_COPULA) h.asks |= HAS_COPULA;
    return h;
}

static bool work_out(word_reader *w, const document *d, const token *t, uint8_t language, uint16_t *number) {
    const clause_word *of = word_of_kind(w, d, t, language);
    if (of) *number = (uint16_t)number_of(w, hint_of(w, d, t, language, of));
    return *number;
}

/* All that the words of a sentence contribute. */
static hint unite(word_reader *w, const document *d, const gate_sentence *s, bool *failed) {
    const sentence *in = s->in;
    hint all = {0};
    *failed = !words_make_room(w, d, in->language);
    uint16_t *numbers = w->by_kind[in->language].hints.items;
    for (uint32_t i = in->first; i < in->end && !*failed; i++) {
        const token *t = &d->tokens.items[i];
        uint16_t *number = &numbers[t->kind];
        if (!*number && !work_out(w, d, t, in->language, number)) *failed = true;
        if (*number <= 1) continue; /* most: the first says nothing */
        hint h = w->hints.items[*number - 1];
        bool border = i > in->first && t[-1].shape & SHAPE_PUNCT;
        all.nouns |= h.nouns;
        all.frames |= border ? h.frames : h.frames & ~FRAMES_ATTRIBUTION;
        if (all.asks & h.asks & ASKS_PERSON) all.asks |= ASKS_PERSONS;
        all.asks |= h.asks;
    }
    for (uint32_t i = s->first_edge; (all.frames | all.nouns) && i < s->end_edge; i++) {
        uint32_t flags = words_of_edge(w, d, &d->edges.items[i], in->language);
        if (flags & WORD_PERSON) all.asks |= ASKS_CALLED;
        if (flags & WORD_NAMES_PLACE) all.asks |= ASKS_PLACE;
        if (flags & WORD_NAMES_BODY) all.asks |= ASKS_BODY;
    }
    return all;
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

static bool is_met(const frame_need *n, const gate_names *have) {
    uint32_t sides = 0;
    for (size_t i = 0; i < sizeof n->roles / sizeof *n->roles && n->roles[i]; i++) {
        if (!(n->roles[i] & have->types)) return false;
        sides |= n->roles[i];
    }
    if (n->some && !(n->some & have->types)) return false;
    uint32_t both = sides & have->types;
    return !n->pair || both & (both - 1) || both & have->several;
}

bool gate_opens(word_reader *w, const document *d, const gate_sentence *s, bool *failed) {
    *failed = false;
    if (s->in->language >= LANGUAGES) return true;
    hint all = unite(w, d, s, failed);
    if (*failed || !(all.frames | all.nouns)) return false;
    uint64_t frames = all.frames | (all.asks & HAS_COPULA ? all.nouns : all.nouns & ~w->predicates);
    gate_names have = reach(w, s, all.asks);
    if (frames & FRAMES_OTHER || (frames & FRAMES_ATTRIBUTION && have.types)) return true;
    for (uint64_t left = frames & ~FRAMES_ATTRIBUTION, i = 0; left; left >>= 1, i++) {
        if (left & 1 && is_met(&w->needs[i], &have)) return true;
    }
    return false;
}

bool gate_triggers(const word_reader *w, const document *d, uint32_t i, uint8_t language) {
    if (language >= LANGUAGES) return true;
    uint32_t number = w->by_kind[language].hints.items[d->tokens.items[i].kind];
    return !number || w->hints.items[number - 1].frames || w->hints.items[number - 1].nouns;
}
