/* What each word of a sentence can be in a clause, from the readings of the gazetteers. */
#include "relate/words.h"

#include <stdlib.h>

#include "base/error.h"
#include "model/model.h"

enum { LANGUAGES = 8 };

/* By kind of token; one that is not read yet has the lemma UNREAD. Languages beyond LANGUAGES are read anew each time.
 */
typedef VEC(clause_word) word_list;

struct word_reader {
    arena arena;
    uint32_t generation; /* of the lexicon whose kinds they are */
    word_list by_kind[LANGUAGES];
};

#define UNREAD (NERX_NONE - 1)

typedef struct class_flag {
    const char *class, *attribute; /* attribute "" for any */
    uint32_t flag;
} class_flag;

/* Classes of words and what they can be; attributes as in the lists. */
static const class_flag table[] = {
    {"preposition", "", WORD_PREPOSITION},
    {"article", "", WORD_ARTICLE},
    {"subjunction", "", WORD_SUBJUNCTION},
    {"subjunction", "reported", WORD_THAT},
    {"conjunction", "", WORD_CONJUNCTION},
    {"negation", "", WORD_NEGATION},
    {"pronoun", "kind=reflexive", WORD_REFLEXIVE},
    {"pronoun", "kind=possessive", WORD_MODIFIER},
    {"pronoun", "kind=relative", WORD_RELATIVE},
    {"verb-particle", "", WORD_PARTICLE},
    {"attribution", "", WORD_ATTRIBUTION},
    {"modality", "kind=possible", WORD_POSSIBLE},
    {"modality", "kind=reported", WORD_REPORTED},
    {"modal-verb", "kind=planned", WORD_PLANNED},
    {"modal-verb", "kind=possible", WORD_POSSIBLE},
    {"auxiliary", "", WORD_AUXILIARY},
    {"auxiliary", "passive", WORD_PASSIVE},
    {"auxiliary", "perfect", WORD_PERFECT},
    {"auxiliary", "future", WORD_FUTURE},
    {"reporting-verb", "", WORD_REPORTING},
    {"adj", "", WORD_MODIFIER},
    {"nationality", "", WORD_MODIFIER},
    {"office", "", WORD_MODIFIER},
    {"title", "", WORD_MODIFIER},
    {"profession", "", WORD_MODIFIER},
    {"kin", "", WORD_MODIFIER},
    {"noun", "", WORD_NOUN},
    {"infinitive-marker", "", WORD_ZU},
    {"agent-preposition", "", WORD_AGENT},
};

static bool has_attribute(const model *m, uint32_t entry_index, const char *wanted) {
    str value = str_of(wanted), key;
    if (!value.len) return true;
    key = str_cut(&value, '=');
    str have = model_entry_attribute(m, entry_index, key);
    return have.ptr && (!value.ptr || str_equal(have, value));
}

static uint32_t class_flags(const model *m, uint32_t entry_index) {
    str class = model_class_name(m, model_entry(m, entry_index)->class);
    uint32_t flags = 0;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (str_is(class, table[i].class) && has_attribute(m, entry_index, table[i].attribute)) flags |= table[i].flag;
    }
    return flags;
}

static uint32_t readings_of(const document *d, uint32_t form, uint32_t fold, uint8_t language, reading *out) {
    return model_readings(d->model, &d->lexicon, form, fold, language, out, MODEL_MAX_READINGS);
}

/* What the lists say of a verb's lemma: modal, auxiliary, verb of saying. */
static uint32_t lemma_flags(const document *d, uint32_t lemma, uint8_t language) {
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = readings_of(d, lemma, lemma, language, readings), flags = 0;
    uint32_t wanted =
        WORD_AUXILIARY | WORD_PASSIVE | WORD_PERFECT | WORD_FUTURE | WORD_REPORTING | WORD_PLANNED | WORD_POSSIBLE;
    for (uint32_t i = 0; i < count; i++)
        flags |= class_flags(d->model, readings[i].entry) & wanted;
    return flags;
}

static uint32_t verb_flags(const model *m, const reading *r) {
    uint32_t f = r->features, flags = 0;
    uint32_t persons = FEATURE_1 | FEATURE_2 | FEATURE_3;
    bool nonfinite = f & (FEATURE_INF | FEATURE_PART);
    if (f & FEATURE_INF) flags |= WORD_INFINITIVE;
    if (f & FEATURE_ZU) flags |= WORD_INFINITIVE | WORD_ZU;
    if (f & FEATURE_PART && !(f & FEATURE_PRES)) flags |= WORD_PARTICIPLE;
    if (!nonfinite && (f & persons || f & (FEATURE_PRES | FEATURE_PAST))) flags |= WORD_FINITE;
    if (flags & WORD_FINITE && f & FEATURE_PAST) flags |= WORD_PAST;
    if (f & FEATURE_SUBJ1) flags |= WORD_SUBJ1;
    if (f & FEATURE_SUBJ2) flags |= WORD_SUBJ2;
    if (model_entry_attribute(m, r->entry, STR("modal")).ptr) flags |= WORD_MODAL;
    return flags;
}

/* "ich habe" does not make "er habe" an indicative: only forms that the third person can have count. */
static bool is_indicative(uint32_t f) {
    if (f & (FEATURE_1 | FEATURE_2) && !(f & FEATURE_3)) return false;
    if (f & (FEATURE_SUBJ1 | FEATURE_SUBJ2 | FEATURE_PART | FEATURE_INF | FEATURE_IMP)) return false;
    return f & (FEATURE_IND | FEATURE_PRES | FEATURE_PAST);
}

/* Indicative and subjunctive spelt alike: the indicative counts. */
static uint32_t settle(uint32_t flags, bool indicative, bool accusative_only) {
    if (indicative) flags &= ~(uint32_t)(WORD_SUBJ1 | WORD_SUBJ2);
    if (accusative_only) flags |= WORD_ACCUSATIVE;
    return flags;
}

static clause_word read(const document *d, const token *t, uint8_t language) {
    clause_word w = {.lemma = t->look};
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = readings_of(d, t->look, t->fold, language, readings), verb = 0;
    bool first = t->place & TOKEN_FIRST, indicative = false, accusative = false, other_case = false;
    if (first && t->fold != t->look) {
        /* at the start of a sentence a word may be the one in lower case */
        count += model_readings(d->model, &d->lexicon, t->fold, t->fold, language, readings + count,
                                MODEL_MAX_READINGS - count);
    }
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = model_entry(d->model, readings[i].entry);
        str class = model_class_name(d->model, e->class);
        if (str_is(class, "verb") && (t->shape & SHAPE_LOWER || first)) {
            verb |= verb_flags(d->model, &readings[i]);
            indicative |= is_indicative(readings[i].features);
            if (e->lemma != NERX_NONE) w.lemma = e->lemma;
        } else {
            w.flags |= class_flags(d->model, readings[i].entry);
            bool personal = str_is(class, "pronoun") && has_attribute(d->model, readings[i].entry, "kind=personal");
            if (personal && readings[i].features & FEATURE_NOM) w.flags |= WORD_NOMINATIVE;
            if (str_is(class, "article")) {
                accusative |= (readings[i].features & FEATURE_ACC) != 0 && !(readings[i].features & FEATURE_NOM);
                other_case |= (readings[i].features & FEATURE_NOM) != 0;
            }
        }
    }
    if (verb) w.flags = settle(w.flags | verb | lemma_flags(d, w.lemma, language), indicative, false);
    return (clause_word){settle(w.flags, false, accusative && !other_case), w.lemma};
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
        known->items[known->count++] = (clause_word){.lemma = UNREAD};
    return true;
}

bool words_read(word_reader *w, const document *d, uint32_t first, uint32_t end, uint8_t language, clause_word *out) {
    if (language < LANGUAGES && !make_room(w, d, language)) return false;
    for (uint32_t i = first; i < end; i++) {
        const token *t = &d->tokens.items[i];
        clause_word *known = language < LANGUAGES ? &w->by_kind[language].items[t->kind] : &out[i - first];
        if (language >= LANGUAGES || known->lemma == UNREAD) *known = read(d, t, language);
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
