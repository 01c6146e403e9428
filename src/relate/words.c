/* What each word of a sentence can be in a clause, from the readings of the gazetteers. */
#include "relate/words.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "model/frame.h"
#include "relate/word_classes.h"

enum {
    AGREEMENT = FEATURE_NOM | FEATURE_GEN | FEATURE_DAT | FEATURE_ACC | FEATURE_SG | FEATURE_PL | FEATURE_M |
                FEATURE_F | FEATURE_N
};

/* "ich habe" does not make "er habe" an indicative: only forms that the third person can have count. */
static bool is_third(uint32_t f) {
    return !(f & (FEATURE_1 | FEATURE_2)) || f & FEATURE_3;
}

static uint32_t verb_flags(const model *m, const reading *r) {
    uint32_t f = r->features, flags = 0;
    uint32_t persons = FEATURE_1 | FEATURE_2 | FEATURE_3;
    if (f & FEATURE_IMP && !(f & (FEATURE_IND | FEATURE_PRES | FEATURE_PAST))) return 0;
    if (f & FEATURE_INF) flags |= VERB_INFINITIVE;
    if (f & FEATURE_ZU) flags |= VERB_INFINITIVE | VERB_WITH_ZU;
    if (f & FEATURE_PART) flags |= f & FEATURE_PRES ? VERB_GERUND : VERB_PARTICIPLE;
    if (!(f & (FEATURE_INF | FEATURE_PART | FEATURE_ZU))) {
        if (f & persons && !is_third(f)) return 0;
        if (f & (persons | FEATURE_PRES | FEATURE_PAST | FEATURE_SUBJ1 | FEATURE_SUBJ2)) flags |= VERB_FINITE;
        if (f & FEATURE_SG) flags |= VERB_SINGULAR;
        if (f & FEATURE_PL) flags |= VERB_PLURAL;
    }
    if (flags & VERB_FINITE && f & FEATURE_PAST && !(f & (FEATURE_SUBJ1 | FEATURE_SUBJ2))) flags |= VERB_PAST;
    if (f & FEATURE_SUBJ1) flags |= VERB_SUBJ1;
    if (f & FEATURE_SUBJ2) flags |= VERB_SUBJ2;
    if (model_entry_attribute(m, r->entry, STR("modal")).ptr) flags |= VERB_MODAL | VERB_FINITE;
    return flags;
}

const word_lore no_lore = {.noun = {NERX_NONE, NERX_NONE}, .tail = NERX_NONE};

/* A word that is being read; its word has no lore yet. */
typedef struct draft {
    clause_word word;
    word_lore lore;
} draft;

/* Puts a verb's reading to those of its lemma. */
static void add_sense(word_reader *w, const document *d, uint8_t language, const reading *r, draft *out) {
    uint32_t lemma = model_entry_lemma(w->m, r->entry);
    uint32_t flags = verb_flags(w->m, r);
    uint32_t i = 0;
    if (!flags) return;
    while (i < out->lore.senses && out->lore.lemma[i] != lemma)
        i++;
    if (i == MAX_SENSES) return;
    bool subjunctive = flags & (VERB_SUBJ1 | VERB_SUBJ2);
    if (i == out->lore.senses) {
        out->lore.lemma[out->lore.senses++] = lemma;
        out->lore.sense[i] = lemma == NERX_NONE ? 0 : words_of_lemma(w, d, lemma, language);
        /* an infinitive in English is also a present: "they meet" */
        if (flags == VERB_INFINITIVE && !words_verb_second(w, language)) flags |= VERB_FINITE | VERB_PLURAL;
    } else if (flags & VERB_FINITE && out->lore.sense[i] & VERB_FINITE) {
        /* indicative and subjunctive spelt alike: the indicative counts */
        if (!subjunctive) out->lore.sense[i] &= ~(uint32_t)(VERB_SUBJ1 | VERB_SUBJ2);
        if (subjunctive && !(out->lore.sense[i] & (VERB_SUBJ1 | VERB_SUBJ2)))
            flags &= ~(uint32_t)(VERB_SUBJ1 | VERB_SUBJ2);
    }
    out->lore.sense[i] |= flags;
}

static void add_agreement(const reading *r, draft *out) {
    uint32_t f = r->features & AGREEMENT;
    if (f && out->lore.agreements < MAX_DETERMINERS) out->lore.agreement[out->lore.agreements++] = (uint16_t)f;
}

static void add_pronoun(const model *m, const reading *r, draft *out) {
    str kind = model_entry_attribute(m, r->entry, STR("kind"));
    if (str_is(kind, "reflexive")) {
        out->word.flags |= WORD_REFLEXIVE;
        return;
    }
    if (str_is(kind, "relative")) {
        out->word.flags |= WORD_RELATIVE;
        if (!out->lore.agreements) add_agreement(r, out);
        return;
    }
    out->word.flags |= WORD_PRONOUN;
    if (str_is(kind, "personal")) out->word.flags |= WORD_PERSONAL;
    add_agreement(r, out);
}

/* "im" counts as "in". */
static void add_preposition(const document *d, const reading *r, draft *out) {
    str base = model_entry_attribute(d->model, r->entry, STR("base"));
    uint32_t id = base.len ? lexicon_find(&d->lexicon, base) : NERX_NONE;
    if (id == NERX_NONE) id = model_entry_lemma(d->model, r->entry);
    if (id != NERX_NONE) id = lexicon_folded(&d->lexicon, id);
    out->word.preposition = id;
    out->word.during |= model_entry_attribute(d->model, r->entry, STR("during")).ptr != NULL;
    out->word.topic |= model_entry_attribute(d->model, r->entry, STR("topic")).ptr != NULL;
    out->word.genitive |= model_entry_attribute(d->model, r->entry, STR("genitive")).ptr != NULL;
    if (model_entry_attribute(d->model, r->entry, STR("before")).ptr) out->word.flags |= WORD_FUTURE;
    if (model_entry_attribute(d->model, r->entry, STR("without")).ptr) out->word.flags |= WORD_NEGATION;
}

static void add_noun(draft *out, uint32_t lemma) {
    if (out->lore.noun[0] == NERX_NONE)
        out->lore.noun[0] = lemma;
    else if (out->lore.noun[0] != lemma && out->lore.noun[1] == NERX_NONE)
        out->lore.noun[1] = lemma;
}

static bool is_trigger(const word_reader *w, uint32_t lemma) {
    if (!gate_may_name(&w->gate, lemma)) return false;
    for (uint32_t layer = 0; layer < model_layer_count(w->m); layer++) {
        uint32_t count;
        const trigger *t = frame_triggers(model_frames(w->m, layer), lemma, &count);
        for (uint32_t i = 0; i < count; i++) {
            if (t[i].flags & TRIGGER_NOUN) return true;
        }
    }
    return false;
}

static uint32_t tail_flags(const word_reader *w, uint32_t entry_index) {
    uint32_t names = WORD_PERSON | WORD_NAMES_PLACE | WORD_NAMES_BODY, class = model_entry(w->m, entry_index)->class;
    uint32_t flags = w->flags[class];
    if (w->kind[class] == KIND_ASK) flags |= word_asked_flags(w->m, entry_index);
    return flags & names;
}

static bool stands_for_person(const word_reader *w, uint32_t entry_index, bool inhabitants) {
    return (inhabitants && w->inhabitant[model_entry(w->m, entry_index)->class]) ||
           word_has_attribute(w->m, entry_index, "stand-in");
}

/* The first noun of a word that frames know, and what its readings before it name. */
static tail_lore lore_of_tail(const word_reader *w, const document *d, uint32_t id, uint8_t language, bool part) {
    reading readings[MODEL_MAX_READINGS];
    tail_lore out = {.lemma = NERX_NONE};
    uint32_t count = model_readings(w->m, &d->lexicon, id, id, language, readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count && out.lemma == NERX_NONE; i++) {
        uint32_t named = tail_flags(w, readings[i].entry);
        bool stands = named & WORD_PERSON && stands_for_person(w, readings[i].entry, part);
        out.any_stands |= stands;
        if (!out.named) {
            out.named = named;
            out.stands = stands;
        }
        uint32_t lemma = model_entry_lemma(w->m, readings[i].entry);
        if (w->kind[model_entry(w->m, readings[i].entry)->class] == KIND_NOUN && lemma != NERX_NONE &&
            is_trigger(w, lemma))
            out.lemma = lemma;
    }
    return out;
}

static const tail_lore *recall_tail(word_reader *w, const document *d, uint32_t id, uint8_t language, bool part) {
    uint64_t key = ((uint64_t)id << 9 | (uint64_t)language << 1 | part) + 1;
    tail_memory *m = &w->tails[hash_mix(key) % TAILS_MEMORY];
    if (m->key != key) *m = (tail_memory){key, lore_of_tail(w, d, id, language, part)};
    return &m->lore;
}

static uint32_t tail_lemma(word_reader *w, const document *d, str tail, uint8_t language, clause_word *out) {
    char text[WORD_MAX_LENGTH];
    bool part = tail.ptr[-1] == '-'; /* "SPD-Politiker" */
    if (tail.len > sizeof text || (!part && (tail.ptr[0] < 'a' || tail.ptr[0] > 'z'))) return NERX_NONE;
    memcpy(text, tail.ptr, tail.len);
    if (!part) text[0] = (char)(text[0] - 'a' + 'A');
    uint32_t id = lexicon_find_known(&d->lexicon, (str){text, tail.len});
    if (id == NERX_NONE) return NERX_NONE;
    const tail_lore *lore = recall_tail(w, d, id, language, part);
    if (out->compound) return lore->lemma;
    bool named = out->flags & (WORD_PERSON | WORD_NAMES_PLACE | WORD_NAMES_BODY);
    out->stands |= named ? lore->any_stands : lore->stands;
    if (lore->named && !named) {
        out->flags |= lore->named;
        out->compound = true;
    }
    return lore->lemma;
}

/* "Waffenlieferungen" ends in "Lieferung"; "Preise" does not end in "Reise", for its lemma does not. */
static void find_tail(word_reader *w, const document *d, const token *t, uint8_t language, draft *out) {
    enum { HEAD = 3, TAIL = 4 };
    str text = lexicon_text(&d->lexicon, t->look);
    if (!words_verb_second(w, language) || !(t->shape & SHAPE_UPPER_FIRST) || text.len > WORD_MAX_LENGTH) return;
    if (out->lore.noun[0] != NERX_NONE && is_trigger(w, out->lore.noun[0])) return;
    for (size_t i = HEAD; i + TAIL <= text.len; i++) {
        uint32_t lemma = tail_lemma(w, d, str_slice(text, i, text.len), language, &out->word);
        if (lemma == NERX_NONE) continue;
        str own =
            out->lore.noun[0] == NERX_NONE ? STR("") : lexicon_fold_text(&d->lexicon, d->arena, out->lore.noun[0]);
        bool inflected = own.len && !str_equal(own, lexicon_text(&d->lexicon, t->fold));
        if (inflected && !str_ends(own, lexicon_fold_text(&d->lexicon, d->arena, lemma))) return;
        out->lore.tail = lemma;
        return;
    }
}

static void add_reading(word_reader *w, const document *d, uint8_t language, const reading *r, bool verbs, draft *out) {
    const entry *e = model_entry(w->m, r->entry);
    switch (w->kind[e->class]) {
    case KIND_VERB:
        if (verbs) add_sense(w, d, language, r, out);
        return;
    case KIND_NOUN:
        add_noun(out, model_entry_lemma(w->m, r->entry));
        /* whoever founds or owns a body does not lead it */
        if (w->office[e->class] && !word_has_attribute(w->m, r->entry, "body")) {
            out->word.office = true;
            out->word.leads |= model_entry_attribute(w->m, r->entry, STR("leads")).ptr != NULL;
        }
        out->word.stands |= w->inhabitant[e->class];
        if (!(out->word.flags & WORD_DETERMINER)) add_agreement(r, out);
        break;
    case KIND_DETERMINER:
        if (!(out->word.flags & WORD_DETERMINER)) out->lore.agreements = 0;
        out->word.possessive |= model_entry_attribute(w->m, r->entry, STR("third")).ptr != NULL;
        out->word.definite |= model_entry_attribute(w->m, r->entry, STR("def")).ptr != NULL;
        add_agreement(r, out);
        break;
    case KIND_PRONOUN: add_pronoun(w->m, r, out); return;
    case KIND_PREPOSITION: add_preposition(d, r, out); break;
    case KIND_ACTING: out->word.acts = true; break;
    case KIND_WORD: out->word.plain = true; return;
    case KIND_ADVERB: out->word.adverb = out->word.plain = true; return;
    case KIND_ASK:
        out->word.flags |= word_asked_flags(w->m, r->entry);
        out->word.past |= word_has_attribute(w->m, r->entry, "kind=past");
        out->word.stands |= stands_for_person(w, r->entry, true);
        break;
    default: break;
    }
    out->word.flags |= w->flags[e->class];
}

/* All of its bytes are the same each time. */
static draft nothing_known(void) {
    draft out;
    memset(&out, 0, sizeof out);
    out.word.preposition = out.word.mention = NERX_NONE;
    out.word.phrase = NO_PHRASE;
    out.lore = no_lore;
    return out;
}

static draft read(word_reader *w, const document *d, const token *t, uint8_t language, bool first) {
    reading readings[MODEL_MAX_READINGS];
    draft out = nothing_known();
    uint32_t count = model_readings(w->m, &d->lexicon, t->look, t->fold, language, readings, MODEL_MAX_READINGS);
    if (first && t->fold != t->look) {
        /* at the start of a sentence a word may be the one in lower case */
        count +=
            model_readings(w->m, &d->lexicon, t->fold, t->fold, language, readings + count, MODEL_MAX_READINGS - count);
    }
    for (uint32_t i = 0; i < count; i++)
        add_reading(w, d, language, &readings[i], t->shape & SHAPE_LOWER || first, &out);
    for (uint32_t i = 0; i < out.lore.senses; i++)
        out.word.verb |= out.lore.sense[i];
    find_tail(w, d, t, language, &out);
    out.word.tells = word_tells(&out.word);
    out.word.sets = word_sets(&out.word, t);
    if (lexicon_text(&d->lexicon, t->form).ptr[0] == ':') out.word.sets |= 1 << MARK_COLON;
    return out;
}

bool words_grow(word_reader *w, const document *d, uint8_t language) {
    word_list *known = &w->by_kind[language];
    uint32_t have, count = d->lexicon.kinds.count;
    if (w->generation != d->lexicon.generation) {
        arena_reset(&w->arena);
        memset(w->by_kind, 0, sizeof w->by_kind);
        w->generation = d->lexicon.generation;
    }
    have = known->numbers.count;
    if (have == count) return true;
    if (!vec_reserve(&w->arena, &known->numbers, count - have) || !vec_reserve(&w->arena, &known->hints, count - have))
        return false;
    memset(known->numbers.items + have, 0, (count - have) * sizeof *known->numbers.items);
    memset(known->hints.items + have, 0, (count - have) * sizeof *known->hints.items);
    known->numbers.count = known->hints.count = count;
    return true;
}

/* Keeps a new word; most names say nothing, and share one. Its number plus one, 0 if memory is short. */
static uint32_t keep(word_reader *w, word_list *known, draft *new) {
    draft nothing = nothing_known();
    bool says_nothing = memcmp(new, &nothing, sizeof nothing) == 0;
    word_lore *lore = NULL;
    nothing.word.lore = &no_lore;
    if (!known->words.count && !vec_push(&w->arena, &known->words, nothing.word)) return 0;
    if (says_nothing) return WORD_OF_NOTHING;
    if (memcmp(&new->lore, &no_lore, sizeof no_lore) != 0) {
        lore = arena_alloc(&w->arena, sizeof *lore);
        if (!lore) return 0;
        *lore = new->lore;
    }
    new->word.lore = lore ? lore : &no_lore;
    return vec_push(&w->arena, &known->words, new->word) ? known->words.count : 0;
}

const clause_word *word_of_new_kind(word_reader *w, const document *d, const token *t, uint8_t language) {
    word_list *known = &w->by_kind[language];
    draft new = read(w, d, t, language, t->place & TOKEN_FIRST);
    uint32_t number = keep(w, known, &new);
    known->numbers.items[t->kind] = number;
    return number ? &known->words.items[number - 1] : NULL;
}

/* Where a capital letter may come from the place: steps since a colon, with nothing but two quotation marks between. */
static uint32_t step_from_colon(uint32_t steps, uint32_t sets) {
    if (sets >> MARK_QUOTE & 1) return steps && steps < 3 ? steps + 1 : 0;
    return sets >> MARK_COLON & 1;
}

static void add_to_sets(word_set *sets, uint32_t marks, uint32_t i) {
    for (marks &= (1U << WORD_SETS) - 1; marks; marks &= marks - 1)
        sets[__builtin_ctz(marks)].bits[i >> 6] |= (uint64_t)1 << (i & 63);
}

/* A word that is not known by its kind, or is something else in its place. */
static bool read_here(word_reader *w, const document *d, const token *t, uint8_t language, bool colon, clause_word *out,
                      word_lore *own) {
    bool first = t->place & TOKEN_FIRST, known = language < LANGUAGES;
    if (known && (first || !colon || !words_verb_second(w, language))) {
        const clause_word *of = word_of_kind(w, d, t, language);
        if (of) *out = *of;
        return of;
    }
    draft new = read(w, d, t, language, colon || first);
    *out = new.word;
    *own = new.lore;
    out->lore = own;
    return true;
}

/* Words lie far apart: asks memory for a token's word before it is needed. */
static void expect_word(const word_list *known, const token *t) {
    uint32_t number = known->numbers.items[t->kind];
    if (number > WORD_OF_NOTHING) __builtin_prefetch(&known->words.items[number - 1]);
}

bool words_read(word_reader *w, const document *d, const sentence *in, clause_word *out, word_lore *own,
                word_set *sets) {
    enum { AHEAD = 12 };
    bool known = in->language < LANGUAGES;
    const token *t = &d->tokens.items[in->first];
    uint32_t colon = 0, count = in->end - in->first;
    if (known && !words_make_room(w, d, in->language)) return false;
    memset(sets, 0, WORD_SETS * sizeof *sets);
    for (uint32_t i = 0; known && i < count && i < AHEAD; i++)
        expect_word(&w->by_kind[in->language], t + i);
    for (uint32_t i = 0; i < count; i++, t++) {
        if (known && i + AHEAD < count) expect_word(&w->by_kind[in->language], t + AHEAD);
        uint32_t number = known && !colon ? w->by_kind[in->language].numbers.items[t->kind] : 0;
        if (number) {
            out[i] = w->by_kind[in->language].words.items[number - 1];
        } else if (!read_here(w, d, t, in->language, colon, &out[i], &own[i])) {
            return false;
        }
        __builtin_prefetch(out[i].lore);
        uint32_t marks = out[i].sets;
        if (!(marks | colon)) continue;
        if (colon) marks |= 1U << SET_BEGINNINGS;
        colon = step_from_colon(colon, marks);
        add_to_sets(sets, marks, i);
    }
    for (size_t i = 0; i < sizeof sets->bits / sizeof *sets->bits; i++)
        sets[SET_AMBIGUOUS].bits[i] |= sets[SET_VERBS].bits[i];
    return true;
}

word_reader *word_reader_new(nerx_error *error) {
    word_reader *w = calloc(1, sizeof *w);
    if (!w) error_memory(error);
    return w;
}

void word_reader_free(word_reader *w) {
    if (!w) return;
    arena_free(&w->arena);
    arena_free(&w->lasting);
    free(w->room);
    free(w);
}

void *word_reader_room(word_reader *w, size_t size) {
    if (!w->room) w->room = calloc(1, size);
    return w->room;
}

bool words_verb_second(const word_reader *w, uint8_t language) {
    return language < LANGUAGES && w->verb_second[language];
}
