/* What frames need, before a clause is taken apart: words beside the trigger, and names for the roles. */
#include <stdlib.h>

#include "base/hash.h"
#include "model/frame.h"
#include "relate/word_classes.h"

static uint32_t frame_number(const model *m, uint32_t layer, uint32_t index) {
    for (uint32_t i = 0; i < layer; i++)
        index += model_frames(m, i)->frame_count;
    return index;
}

static uint64_t frame_bit(const model *m, uint32_t layer, uint32_t index) {
    uint32_t number = frame_number(m, layer, index);
    return number < FRAME_BITS ? (uint64_t)1 << number : FRAMES_OTHER;
}

uint64_t frames_of_noun(const word_reader *w, uint32_t lemma, uint8_t language) {
    uint64_t frames = 0;
    if (lemma == NERX_NONE || !gate_may_name(&w->gate, lemma)) return 0;
    for (uint32_t layer = 0; layer < model_layer_count(w->m); layer++) {
        uint32_t count;
        const trigger *t = frame_triggers(model_frames(w->m, layer), lemma, &count);
        for (uint32_t i = 0; i < count; i++) {
            if (t[i].language == language && t[i].flags & TRIGGER_NOUN) frames |= frame_bit(w->m, layer, t[i].frame);
        }
    }
    return frames;
}

/* Where there are more words than bits, some share one: then a sentence is let through too often. */
static uint64_t bit_of(uint32_t number) {
    return (uint64_t)1 << (BESIDE_NAMED + number % (64 - BESIDE_NAMED));
}

/* Prepositions have the first bits, nouns the last. */
uint64_t beside_preposition(const word_reader *w, uint32_t preposition) {
    for (uint32_t i = 0; i < w->gate.prepositions.count; i++) {
        if (w->gate.prepositions.items[i] == preposition) return bit_of(i);
    }
    return 0;
}

uint64_t beside_noun(const word_reader *w, uint32_t lemma) {
    if (lemma == NERX_NONE || !gate_may_name(&w->gate, lemma)) return 0;
    for (uint32_t i = 0; i < w->gate.nouns.count; i++) {
        if (w->gate.nouns.items[i] == lemma) return bit_of(64 - BESIDE_NAMED - 1 - i % (64 - BESIDE_NAMED));
    }
    return 0;
}

uint64_t beside_particle(str text) {
    return (uint64_t)1 << (hash_str(text) & 63);
}

static bool name_preposition(word_reader *w, uint32_t preposition) {
    return preposition == NERX_NONE || beside_preposition(w, preposition) ||
           vec_push(&w->lasting, &w->gate.prepositions, preposition);
}

static void add_to_filter(gate_memory *g, uint32_t lemma) {
    uint32_t at = noun_filter_at(lemma);
    g->named[at >> 6] |= (uint64_t)1 << (at & 63);
}

static bool name_noun(word_reader *w, uint32_t lemma) {
    if (lemma == NERX_NONE || beside_noun(w, lemma)) return true;
    add_to_filter(&w->gate, lemma);
    return vec_push(&w->lasting, &w->gate.nouns, lemma);
}

static bool name_words(word_reader *w, const frame_layer *l) {
    for (uint32_t i = 0; i < l->trigger_count; i++) {
        const trigger *t = &l->triggers[i];
        if (!name_preposition(w, t->preposition) || !name_noun(w, t->noun)) return false;
        if (t->flags & TRIGGER_NOUN) add_to_filter(&w->gate, t->lemma);
    }
    for (uint32_t i = 0; i < l->place_count; i++) {
        if (!name_preposition(w, l->places[i].preposition)) return false;
    }
    return true;
}

/* What has to stand beside a verb so that something stands in the place; 0: never. */
static uint64_t place_by_verb(const word_reader *w, const frame_place *place) {
    if (place->flags & PLACE_OF_NOUN) return 0;
    switch (place->kind) {
    case PLACE_SUBJECT:
    case PLACE_OBJECT:
    case PLACE_DATIVE:
    case PLACE_BARE: return BESIDE_ALWAYS;
    case PLACE_PP:
    case PLACE_CIRCUM: return beside_preposition(w, place->preposition);
    default: return 0;
    }
}

static uint64_t place_by_noun(const word_reader *w, const frame_place *place) {
    if (place->flags & PLACE_OF_VERB) return 0;
    switch (place->kind) {
    case PLACE_GENITIVE:
    case PLACE_SELF:
    case PLACE_BARE: return BESIDE_ALWAYS;
    case PLACE_PREDICATE: return BESIDE_COPULA;
    case PLACE_HOST:
        return place->preposition == NERX_NONE ? BESIDE_CONTROL : beside_preposition(w, place->preposition);
    case PLACE_BETWEEN:
    case PLACE_PP: return beside_preposition(w, place->preposition);
    default: return 0;
    }
}

static bool is_between(const frame_layer *l, const frame *f) {
    for (uint32_t i = 0; i < f->role_count; i++) {
        const frame_role *r = &l->roles[f->first_role + i];
        for (uint32_t k = 0; k < r->place_count; k++) {
            if (l->places[r->first_place + k].kind == PLACE_BETWEEN) return true;
        }
    }
    return false;
}

static role_need role_need_of(const word_reader *w, const frame_layer *l, const frame *f, const frame_role *r) {
    role_need n = {.types = r->flags & ROLE_TEXT ? 0 : r->types};
    /* "X und Y treffen sich": the subject is both */
    bool both = r->flags & ROLE_OBJECT && (f->flags & FRAME_SYMMETRIC || is_between(l, f));
    for (uint32_t i = 0; i < r->place_count; i++) {
        n.by_verb |= place_by_verb(w, &l->places[r->first_place + i]);
        n.by_noun |= place_by_noun(w, &l->places[r->first_place + i]);
    }
    for (uint32_t i = 0; r->flags & ROLE_OBJECT && i < l->trigger_count; i++) {
        const trigger *t = &l->triggers[i];
        if (&l->frames[t->frame] == f && t->preposition != NERX_NONE)
            n.by_verb |= beside_preposition(w, t->preposition);
    }
    if (both) n.by_verb = n.by_noun = BESIDE_ALWAYS;
    return n;
}

static frame_need need_of(const word_reader *w, const frame_layer *l, const frame *f) {
    frame_need n = {0};
    uint32_t named = 0;
    bool words = false;
    for (uint32_t i = 0; i < f->role_count; i++) {
        const frame_role *r = &l->roles[f->first_role + i];
        bool text = r->flags & ROLE_TEXT;
        if (r->flags & ROLE_OPTIONAL) {
            words |= text;
            n.some |= r->types;
            continue;
        }
        named += !text && r->flags & (ROLE_SUBJECT | ROLE_OBJECT);
        if (n.role_count < sizeof n.roles / sizeof *n.roles) n.roles[n.role_count++] = role_need_of(w, l, f, r);
    }
    n.pair = named == 2;
    if (words || !(f->flags & FRAME_SOME)) n.some = 0;
    return n;
}

uint32_t verb_rim(str lemma, bool last) {
    uint32_t bytes = 0;
    if (lemma.len >= sizeof bytes) memcpy(&bytes, lemma.ptr + (last ? lemma.len - sizeof bytes : 0), sizeof bytes);
    return bytes;
}

static bool has_object(const frame_layer *l, const frame *f) {
    for (uint32_t i = 0; i < f->role_count; i++) {
        if (l->roles[f->first_role + i].flags & ROLE_OBJECT) return true;
    }
    return false;
}

static bool add_verbs(word_reader *w, const document *d, uint32_t layer) {
    const frame_layer *l = model_frames(w->m, layer);
    for (uint32_t i = 0; i < l->trigger_count; i++) {
        const trigger *t = &l->triggers[i];
        if (t->flags & TRIGGER_ATTRIBUTION && !vec_push(&w->lasting, &w->gate.attributions, t->lemma)) return false;
        if (t->flags & (TRIGGER_NOUN | TRIGGER_ATTRIBUTION)) continue;
        bool reflexive = t->flags & TRIGGER_REFLEXIVE;
        verb_trigger v = {.lemma = t->lemma,
                          .text = lexicon_text(&d->lexicon, t->lemma),
                          .frames = frame_bit(w->m, layer, t->frame),
                          .words = beside_noun(w, t->noun) | (reflexive ? BESIDE_REFLEXIVE : 0),
                          .passive = t->flags & TRIGGER_PASSIVE,
                          .language = t->language};
        /* "sich treffen mit": a reflexive one needs no object */
        if (!reflexive && has_object(l, &l->frames[t->frame])) v.words |= beside_preposition(w, t->preposition);
        v.rim = verb_rim(v.text, w->verb_second[t->language < LANGUAGES ? t->language : 0]);
        if (!vec_push(&w->lasting, &w->gate.verbs, v)) return false;
    }
    return true;
}

static int by_rim(const void *a, const void *b) {
    const verb_trigger *x = a, *y = b;
    if (x->language != y->language) return x->language < y->language ? -1 : 1;
    if (x->rim != y->rim) return x->rim < y->rim ? -1 : 1;
    return x < y ? -1 : x > y;
}

uint32_t verbs_from(const gate_memory *g, uint8_t language, uint32_t rim) {
    uint32_t low = 0, high = g->verbs.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const verb_trigger *v = &g->verbs.items[middle];
        if (v->language < language || (v->language == language && v->rim < rim)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint32_t type_bit(const model *m, str name) {
    uint32_t type = model_type_find(m, name);
    return type < 32 ? (uint32_t)1 << type : 0;
}

bool gate_begin(word_reader *w, const document *d) {
    arena_reset(&w->lasting);
    memset(&w->gate, 0, sizeof w->gate);
    w->person = type_bit(w->m, STR("PER"));
    w->place = type_bit(w->m, STR("LOC"));
    w->body = type_bit(w->m, STR("ORG"));
    for (uint32_t layer = 0; layer < model_layer_count(w->m); layer++) {
        if (!name_words(w, model_frames(w->m, layer))) return false;
    }
    for (uint32_t layer = 0; layer < model_layer_count(w->m); layer++) {
        const frame_layer *l = model_frames(w->m, layer);
        for (uint32_t i = 0; i < l->frame_count; i++) {
            uint32_t number = frame_number(w->m, layer, i);
            if (number < FRAME_BITS) w->gate.needs[number] = need_of(w, l, &l->frames[i]);
        }
        if (!add_verbs(w, d, layer)) return false;
    }
    if (w->gate.verbs.count > 1) qsort(w->gate.verbs.items, w->gate.verbs.count, sizeof(verb_trigger), by_rim);
    return hint_keep(w, (hint){0}, NULL, 0) && hint_keep(w, (hint){.frames = FRAMES_OTHER, .triggers = true}, NULL, 0);
}
