/* What each word of a sentence can be in a clause, from the readings of the gazetteers. */
#include "relate/words.h"

#include <stdlib.h>

#include "base/error.h"
#include "model/frame.h"

enum {
    KIND_PLAIN,
    KIND_VERB,
    KIND_NOUN,
    KIND_DETERMINER,
    KIND_PRONOUN,
    KIND_ASK,
    KIND_WORD,
    KIND_PREPOSITION,
    KIND_ACTING
};

/* What a class makes of a word; for `ask` its attributes say more. */
static const struct {
    const char *class;
    uint32_t flags;
    uint8_t kind;
} classes[] = {
    {"preposition", WORD_PREPOSITION, KIND_PREPOSITION},
    {"article", WORD_DETERMINER, KIND_DETERMINER},
    {"determiner", WORD_DETERMINER, KIND_DETERMINER},
    {"subjunction", WORD_SUBJUNCTION, KIND_ASK},
    {"conjunction", WORD_CONJUNCTION, KIND_PLAIN},
    {"negation", WORD_NEGATION, KIND_PLAIN},
    {"pronoun", 0, KIND_PRONOUN},
    {"verb-particle", WORD_PARTICLE, KIND_PLAIN},
    {"attribution", WORD_ATTRIBUTION, KIND_ASK},
    {"modality", 0, KIND_ASK},
    {"adj", WORD_ADJECTIVE, KIND_PLAIN},
    {"nationality", WORD_ADJECTIVE, KIND_PLAIN},
    {"office", WORD_NOUN | WORD_PERSON, KIND_NOUN},
    {"title", WORD_NOUN | WORD_PERSON, KIND_NOUN},
    {"profession", WORD_NOUN | WORD_PERSON, KIND_NOUN},
    {"kin", WORD_NOUN | WORD_PERSON, KIND_NOUN},
    {"inhabitant", WORD_NOUN | WORD_PERSON, KIND_NOUN},
    {"org-head", WORD_NOUN | WORD_NAMES_BODY, KIND_NOUN},
    {"place-head", WORD_NOUN | WORD_NAMES_PLACE, KIND_NOUN},
    {"kind-noun", WORD_NOUN, KIND_ASK},
    {"noun", WORD_NOUN, KIND_NOUN},
    {"infinitive-marker", WORD_ZU, KIND_PLAIN},
    {"agent-preposition", WORD_AGENT, KIND_PLAIN},
    {"time-unit", WORD_TIME, KIND_PLAIN},
    {"relative-day", WORD_TIME, KIND_PLAIN},
    {"weekday", WORD_TIME, KIND_PLAIN},
    {"month", WORD_TIME, KIND_PLAIN},
    {"season", WORD_TIME, KIND_PLAIN},
    {"caption-place", WORD_ASIDE, KIND_PLAIN},
    {"acting-noun", 0, KIND_ACTING},
    {"word", 0, KIND_WORD},
    {"verb", 0, KIND_VERB},
};

static const struct {
    const char *attribute;
    uint32_t flags;
} asked[] = {
    {"content", WORD_CONTENT},         {"kind=quoting", WORD_QUOTING},    {"kind=purpose", WORD_PURPOSE},
    {"preposition", WORD_PREPOSITION}, {"quote", WORD_ATTRIBUTION_QUOTE}, {"after", WORD_ATTRIBUTION_AFTER},
    {"kind=possible", WORD_POSSIBLE},  {"kind=planned", WORD_FUTURE},     {"kind=expected", WORD_EXPECTED},
    {"kind=reported", WORD_REPORTED},  {"kind=future", WORD_FUTURE},      {"kind=doubtful", WORD_DOUBTFUL},
    {"kind=alleged", WORD_ALLEGED},    {"names=PER", WORD_PERSON},        {"names=LOC", WORD_NAMES_PLACE},
    {"names=ORG", WORD_NAMES_BODY},
};

/* What a list says of a verb's lemma. */
static const struct {
    const char *class, *attribute;
    uint32_t flags;
} lemmas[] = {
    {"auxiliary", NULL, VERB_AUXILIARY},
    {"auxiliary", "passive", VERB_PASSIVE},
    {"auxiliary", "perfect", VERB_PERFECT},
    {"auxiliary", "future", VERB_FUTURE},
    {"reporting-verb", NULL, VERB_REPORTING},
    {"modal-verb", "kind=planned", VERB_PLANNED},
    {"modal-verb", "kind=possible", VERB_POSSIBLE},
    {"control-verb", "kind=planned", VERB_CONTROL_PLANNED},
    {"control-verb", "kind=possible", VERB_CONTROL_POSSIBLE},
    {"control-verb", "kind=reported", VERB_CONTROL_REPORTED},
    {"control-verb", "kind=negative", VERB_CONTROL_NEGATIVE},
    {"control-verb", "kind=fact", VERB_CONTROL_FACT},
    {"control-verb", "kind=event", VERB_CONTROL_EVENT},
    {"copula", NULL, VERB_COPULA},
};

enum {
    AGREEMENT = FEATURE_NOM | FEATURE_GEN | FEATURE_DAT | FEATURE_ACC | FEATURE_SG | FEATURE_PL | FEATURE_M |
                FEATURE_F | FEATURE_N
};

enum { LANGUAGES = 8, CLASSES = 256, UNREAD = 255 };

typedef VEC(clause_word) word_list;

struct word_reader {
    const model *m;
    uint32_t flags[CLASSES], lemma_flags[CLASSES];
    uint8_t kind[CLASSES];
    bool office[CLASSES], verb_second[LANGUAGES];
    arena arena;
    uint32_t generation;          /* of the lexicon whose kinds they are */
    word_list by_kind[LANGUAGES]; /* `senses` is UNREAD where nothing is known yet */
};

static bool has_attribute(const model *m, uint32_t entry_index, const char *wanted) {
    str value = str_of(wanted), key = str_cut(&value, '=');
    str have = model_entry_attribute(m, entry_index, key);
    return have.ptr && (!value.ptr || str_equal(have, value));
}

static void find_orders(word_reader *w, const document *d) {
    uint32_t id = lexicon_find(&d->lexicon, STR("verb-second"));
    reading readings[4];
    for (uint8_t i = 0; i < LANGUAGES && i < model_language_count(w->m); i++)
        w->verb_second[i] = id != NERX_NONE && model_readings(w->m, &d->lexicon, id, id, i, readings, 4) > 0;
}

static void find_class(word_reader *w, uint32_t class) {
    str name = model_class_name(w->m, class);
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (!str_is(name, classes[i].class)) continue;
        w->flags[class] = classes[i].flags;
        w->kind[class] = classes[i].kind;
    }
    w->office[class] = str_is(name, "office");
    for (size_t i = 0; i < sizeof lemmas / sizeof *lemmas; i++)
        w->lemma_flags[class] |= str_is(name, lemmas[i].class);
}

bool word_reader_begin(word_reader *w, const document *d) {
    if (w->m == d->model) return true;
    w->m = d->model;
    find_orders(w, d);
    for (uint32_t c = 0; c < model_class_count(w->m) && c < CLASSES; c++)
        find_class(w, c);
    return true;
}

static uint32_t asked_flags(const model *m, uint32_t entry_index) {
    uint32_t flags = 0;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        if (has_attribute(m, entry_index, asked[i].attribute)) flags |= asked[i].flags;
    }
    return flags;
}

uint32_t words_of_lemma(const word_reader *w, const document *d, uint32_t lemma, uint8_t language) {
    reading readings[MODEL_MAX_READINGS];
    uint32_t flags = 0;
    uint32_t count = model_readings(w->m, &d->lexicon, lemma, lemma, language, readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = model_entry(w->m, readings[i].entry);
        if (!w->lemma_flags[e->class]) continue;
        str name = model_class_name(w->m, e->class);
        for (size_t k = 0; k < sizeof lemmas / sizeof *lemmas; k++) {
            if (!str_is(name, lemmas[k].class)) continue;
            if (!lemmas[k].attribute || has_attribute(w->m, readings[i].entry, lemmas[k].attribute))
                flags |= lemmas[k].flags;
        }
    }
    return flags;
}

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

/* Puts a verb's reading to those of its lemma. */
static void add_sense(const word_reader *w, const document *d, uint8_t language, const reading *r, clause_word *out) {
    uint32_t lemma = model_entry_lemma(w->m, r->entry);
    uint32_t flags = verb_flags(w->m, r);
    uint32_t i = 0;
    if (!flags) return;
    while (i < out->senses && out->lemma[i] != lemma)
        i++;
    if (i == MAX_SENSES) return;
    bool subjunctive = flags & (VERB_SUBJ1 | VERB_SUBJ2);
    if (i == out->senses) {
        out->lemma[out->senses++] = lemma;
        out->sense[i] = lemma == NERX_NONE ? 0 : words_of_lemma(w, d, lemma, language);
        /* an infinitive in English is also a present: "they meet" */
        if (flags == VERB_INFINITIVE && !words_verb_second(w, language)) flags |= VERB_FINITE | VERB_PLURAL;
    } else if (flags & VERB_FINITE && out->sense[i] & VERB_FINITE) {
        /* indicative and subjunctive spelt alike: the indicative counts */
        if (!subjunctive) out->sense[i] &= ~(uint32_t)(VERB_SUBJ1 | VERB_SUBJ2);
        if (subjunctive && !(out->sense[i] & (VERB_SUBJ1 | VERB_SUBJ2))) flags &= ~(uint32_t)(VERB_SUBJ1 | VERB_SUBJ2);
    }
    out->sense[i] |= flags;
}

static void add_agreement(const reading *r, clause_word *out) {
    uint32_t f = r->features & AGREEMENT;
    if (f && out->agreements < MAX_DETERMINERS) out->agreement[out->agreements++] = f;
}

static void add_pronoun(const model *m, const reading *r, clause_word *out) {
    str kind = model_entry_attribute(m, r->entry, STR("kind"));
    if (str_is(kind, "reflexive")) {
        out->flags |= WORD_REFLEXIVE;
        return;
    }
    if (str_is(kind, "relative")) {
        out->flags |= WORD_RELATIVE;
        return;
    }
    out->flags |= WORD_PRONOUN;
    if (str_is(kind, "personal")) out->flags |= WORD_PERSONAL;
    add_agreement(r, out);
}

/* "im" counts as "in". */
static void add_preposition(const document *d, const reading *r, clause_word *out) {
    str base = model_entry_attribute(d->model, r->entry, STR("base"));
    uint32_t id = base.len ? lexicon_find(&d->lexicon, base) : NERX_NONE;
    if (id == NERX_NONE) id = model_entry_lemma(d->model, r->entry);
    if (id != NERX_NONE) id = lexicon_folded(&d->lexicon, id);
    out->preposition = id;
    out->genitive |= model_entry_attribute(d->model, r->entry, STR("genitive")).ptr != NULL;
    if (model_entry_attribute(d->model, r->entry, STR("before")).ptr) out->flags |= WORD_FUTURE;
    if (model_entry_attribute(d->model, r->entry, STR("without")).ptr) out->flags |= WORD_NEGATION;
}

static void add_noun(clause_word *out, uint32_t lemma) {
    if (out->noun[0] == NERX_NONE)
        out->noun[0] = lemma;
    else if (out->noun[0] != lemma && out->noun[1] == NERX_NONE)
        out->noun[1] = lemma;
}

static bool is_trigger(const model *m, uint32_t lemma) {
    for (uint32_t layer = 0; layer < model_layer_count(m); layer++) {
        uint32_t count;
        const trigger *t = frame_triggers(model_frames(m, layer), lemma, &count);
        for (uint32_t i = 0; i < count; i++) {
            if (t[i].flags & TRIGGER_NOUN) return true;
        }
    }
    return false;
}

/* The noun that `text`, without its first letters, is: its lemma, where frames know it. */
static uint32_t tail_lemma(const word_reader *w, const document *d, str tail, uint8_t language) {
    char text[WORD_MAX_LENGTH];
    if (tail.len > sizeof text || tail.ptr[0] < 'a' || tail.ptr[0] > 'z') return NERX_NONE;
    memcpy(text, tail.ptr, tail.len);
    text[0] = (char)(text[0] - 'a' + 'A');
    uint32_t id = lexicon_find(&d->lexicon, (str){text, tail.len});
    if (id == NERX_NONE) return NERX_NONE;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(w->m, &d->lexicon, id, id, language, readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t lemma = model_entry_lemma(w->m, readings[i].entry);
        if (w->kind[model_entry(w->m, readings[i].entry)->class] == KIND_NOUN && lemma != NERX_NONE &&
            is_trigger(w->m, lemma))
            return lemma;
    }
    return NERX_NONE;
}

/* "Waffenlieferungen" ends in "Lieferung"; "Preise" does not end in "Reise", for its lemma does not. */
static void find_tail(const word_reader *w, const document *d, const token *t, uint8_t language, clause_word *out) {
    enum { HEAD = 3, TAIL = 4 };
    str text = lexicon_text(&d->lexicon, t->look);
    if (!words_verb_second(w, language) || !(t->shape & SHAPE_UPPER_FIRST) || text.len > WORD_MAX_LENGTH) return;
    if (out->noun[0] != NERX_NONE && is_trigger(w->m, out->noun[0])) return;
    for (size_t i = HEAD; i + TAIL <= text.len; i++) {
        uint32_t lemma = tail_lemma(w, d, str_slice(text, i, text.len), language);
        if (lemma == NERX_NONE) continue;
        str own = out->noun[0] == NERX_NONE ? STR("") : lexicon_fold_text(&d->lexicon, d->arena, out->noun[0]);
        bool inflected = own.len && !str_equal(own, lexicon_text(&d->lexicon, t->fold));
        if (inflected && !str_ends(own, lexicon_fold_text(&d->lexicon, d->arena, lemma))) return;
        out->tail = lemma;
        return;
    }
}

static void add_reading(const word_reader *w, const document *d, uint8_t language, const reading *r, bool verbs,
                        clause_word *out) {
    const entry *e = model_entry(w->m, r->entry);
    switch (w->kind[e->class]) {
    case KIND_VERB:
        if (verbs) add_sense(w, d, language, r, out);
        return;
    case KIND_NOUN:
        add_noun(out, model_entry_lemma(w->m, r->entry));
        if (w->office[e->class]) {
            out->office = true;
            out->leads |= model_entry_attribute(w->m, r->entry, STR("leads")).ptr != NULL;
        }
        if (!(out->flags & WORD_DETERMINER)) add_agreement(r, out);
        break;
    case KIND_DETERMINER:
        if (!(out->flags & WORD_DETERMINER)) out->agreements = 0;
        add_agreement(r, out);
        break;
    case KIND_PRONOUN: add_pronoun(w->m, r, out); return;
    case KIND_PREPOSITION: add_preposition(d, r, out); break;
    case KIND_ACTING: out->acts = true; break;
    case KIND_WORD: out->plain = true; return;
    case KIND_ASK: out->flags |= asked_flags(w->m, r->entry); break;
    default: break;
    }
    out->flags |= w->flags[e->class];
}

static clause_word read(const word_reader *w, const document *d, const token *t, uint8_t language) {
    reading readings[MODEL_MAX_READINGS];
    clause_word out = {.noun = {NERX_NONE, NERX_NONE},
                       .tail = NERX_NONE,
                       .preposition = NERX_NONE,
                       .mention = NERX_NONE,
                       .phrase = NO_PHRASE};
    bool first = t->place & TOKEN_FIRST;
    uint32_t count = model_readings(w->m, &d->lexicon, t->look, t->fold, language, readings, MODEL_MAX_READINGS);
    if (first && t->fold != t->look) {
        /* at the start of a sentence a word may be the one in lower case */
        count +=
            model_readings(w->m, &d->lexicon, t->fold, t->fold, language, readings + count, MODEL_MAX_READINGS - count);
    }
    for (uint32_t i = 0; i < count; i++)
        add_reading(w, d, language, &readings[i], t->shape & SHAPE_LOWER || first, &out);
    for (uint32_t i = 0; i < out.senses; i++)
        out.verb |= out.sense[i];
    find_tail(w, d, t, language, &out);
    return out;
}

static bool make_room(word_reader *w, const document *d, uint8_t language) {
    word_list *known = &w->by_kind[language];
    if (w->generation != d->lexicon.generation) {
        arena_reset(&w->arena);
        memset(w->by_kind, 0, sizeof w->by_kind);
        w->generation = d->lexicon.generation;
    }
    if (!vec_reserve(&w->arena, known, d->lexicon.kinds.count - known->count)) return false;
    while (known->count < d->lexicon.kinds.count)
        known->items[known->count++] = (clause_word){.senses = UNREAD};
    return true;
}

bool words_read(word_reader *w, const document *d, uint32_t first, uint32_t end, uint8_t language, clause_word *out) {
    if (language < LANGUAGES && !make_room(w, d, language)) return false;
    for (uint32_t i = first; i < end; i++) {
        const token *t = &d->tokens.items[i];
        if (language >= LANGUAGES) {
            out[i - first] = read(w, d, t, language);
            continue;
        }
        clause_word *known = &w->by_kind[language].items[t->kind];
        if (known->senses == UNREAD) *known = read(w, d, t, language);
        out[i - first] = *known;
    }
    return true;
}

word_reader *word_reader_new(nerx_error *error) {
    word_reader *w = calloc(1, sizeof *w);
    if (!w) error_memory(error);
    return w;
}

void word_reader_free(word_reader *w) {
    if (w) arena_free(&w->arena);
    free(w);
}

bool words_verb_second(const word_reader *w, uint8_t language) {
    return language < LANGUAGES && w->verb_second[language];
}

uint32_t words_of_edge(const word_reader *w, const document *d, const edge *e, uint8_t language) {
    reading_list r = model_phrase_readings(w->m, e->layer, e->phrase);
    uint32_t flags = 0;
    (void)d;
    for (uint32_t i = 0; i < r.count; i++) {
        reading one = model_reading(&r, i);
        const entry *of = model_entry(w->m, one.entry);
        if (of->language != language && of->language != LANGUAGE_NONE) continue;
        flags |= w->flags[of->class];
        if (w->kind[of->class] == KIND_ASK) flags |= asked_flags(w->m, one.entry);
    }
    return flags;
}
