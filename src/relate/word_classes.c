/* What the classes of the model make of a word in a clause. */
#include "relate/word_classes.h"

#include "base/hash.h"
#include "model/rules.h"

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
    {"like-person-noun", WORD_PERSON, KIND_PLAIN},
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
    {"adverb", 0, KIND_ADVERB},
    {"word", 0, KIND_WORD},
    {"verb", 0, KIND_VERB},
    {"verb-short", 0, KIND_VERB},
};

static const struct {
    const char *attribute;
    uint32_t flags;
} asked[] = {
    {"content", WORD_CONTENT},         {"kind=quoting", WORD_QUOTING},    {"kind=purpose", WORD_PURPOSE},
    {"kind=negative", WORD_NEGATION},  {"preposition", WORD_PREPOSITION}, {"quote", WORD_ATTRIBUTION_QUOTE},
    {"after", WORD_ATTRIBUTION_AFTER}, {"kind=possible", WORD_POSSIBLE},  {"kind=planned", WORD_FUTURE},
    {"kind=expected", WORD_EXPECTED},  {"kind=reported", WORD_REPORTED},  {"kind=future", WORD_FUTURE},
    {"kind=doubtful", WORD_DOUBTFUL},  {"kind=alleged", WORD_ALLEGED},    {"names=PER", WORD_PERSON},
    {"names=LOC", WORD_NAMES_PLACE},   {"names=ORG", WORD_NAMES_BODY},
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

bool word_has_attribute(const model *m, uint32_t entry_index, const char *wanted) {
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
    w->inhabitant[class] = str_is(name, "inhabitant");
    for (size_t i = 0; i < sizeof lemmas / sizeof *lemmas; i++)
        w->lemma_flags[class] |= str_is(name, lemmas[i].class);
}

static bool find_facts(word_reader *w) {
    uint32_t count = model_rule_count(w->m);
    bool *relating = arena_array(&w->lasting, bool, count + 1);
    if (!relating) return false;
    for (uint32_t i = 0; i < count; i++)
        relating[i] = model_rule(w->m, i)->relate_count > 0;
    w->facts = (relate_facts){.person = model_type_find(w->m, STR("PER")),
                              .place = model_type_find(w->m, STR("LOC")),
                              .body = model_type_find(w->m, STR("ORG")),
                              .relating = relating};
    return true;
}

const relate_facts *word_reader_facts(const word_reader *w) {
    return &w->facts;
}

bool word_reader_begin(word_reader *w, const document *d) {
    if (w->begun) return true;
    w->m = d->model;
    find_orders(w, d);
    for (uint32_t c = 0; c < model_class_count(w->m) && c < CLASSES; c++)
        find_class(w, c);
    w->begun = gate_begin(w, d) && find_facts(w);
    return w->begun;
}

/* Where the attribute is of the same key as those of rows not met before: WORD_… of the rows that it fulfils. */
static uint32_t asked_by(str key, str value, uint32_t *met) {
    uint32_t flags = 0;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const char *wanted = asked[i].attribute;
        bool same = wanted[0] == key.ptr[0] && !(*met >> i & 1) && strncmp(wanted, key.ptr, key.len) == 0;
        if (!same || (wanted[key.len] && wanted[key.len] != '=')) continue;
        *met |= (uint32_t)1 << i;
        if (!wanted[key.len] || str_is(value, wanted + key.len + 1)) flags |= asked[i].flags;
    }
    return flags;
}

uint32_t word_asked_flags(const model *m, uint32_t entry_index) {
    str rest = model_string(m, entry_index, model_entry(m, entry_index)->attributes);
    uint32_t flags = 0, met = 0; /* met: rows whose key was there */
    while (rest.len) {
        str value = str_cut(&rest, ';'), key = str_cut(&value, '=');
        if (key.len) flags |= asked_by(key, value, &met);
    }
    return flags;
}

static uint32_t flags_of_lemma(const word_reader *w, const document *d, uint32_t lemma, uint8_t language) {
    reading readings[MODEL_MAX_READINGS];
    uint32_t flags = 0;
    uint32_t count = model_readings(w->m, &d->lexicon, lemma, lemma, language, readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = model_entry(w->m, readings[i].entry);
        if (!w->lemma_flags[e->class]) continue;
        str name = model_class_name(w->m, e->class);
        for (size_t k = 0; k < sizeof lemmas / sizeof *lemmas; k++) {
            if (!str_is(name, lemmas[k].class)) continue;
            if (!lemmas[k].attribute || word_has_attribute(w->m, readings[i].entry, lemmas[k].attribute))
                flags |= lemmas[k].flags;
        }
    }
    return flags;
}

uint32_t words_of_lemma(word_reader *w, const document *d, uint32_t lemma, uint8_t language) {
    if (lemma >= d->lexicon.known) return flags_of_lemma(w, d, lemma, language);
    uint64_t key = ((uint64_t)lemma << 8 | language) + 1;
    flags_memory *m = &w->lemmas[hash_mix(key) % FLAGS_MEMORY];
    if (m->key != key) *m = (flags_memory){key, flags_of_lemma(w, d, lemma, language)};
    return m->flags;
}

static uint32_t flags_of_edge(const word_reader *w, const edge *e, uint8_t language) {
    reading_list r = model_phrase_readings(w->m, e->layer, e->phrase);
    uint32_t flags = 0;
    for (uint32_t i = 0; i < r.count; i++) {
        reading one = model_reading(&r, i);
        const entry *of = model_entry(w->m, one.entry);
        if (of->language != language && of->language != LANGUAGE_NONE) continue;
        flags |= w->flags[of->class];
        if (w->kind[of->class] == KIND_ASK) flags |= word_asked_flags(w->m, one.entry);
    }
    return flags;
}

uint32_t words_of_edge(word_reader *w, const edge *e, uint8_t language) {
    uint64_t key = ((uint64_t)e->phrase << 16 | (uint64_t)e->layer << 8 | language) + 1;
    flags_memory *m = &w->edges[hash_mix(key) % FLAGS_MEMORY];
    if (m->key != key) *m = (flags_memory){key, flags_of_edge(w, e, language)};
    return m->flags;
}

uint8_t word_tells(const clause_word *w) {
    uint32_t tells = 0;
    if (w->flags & WORD_NEGATION) tells |= PHRASE_NEGATED;
    if (w->flags & WORD_DOUBTFUL) tells |= PHRASE_DOUBTFUL;
    if (w->flags & WORD_ALLEGED) tells |= PHRASE_ALLEGED;
    if (w->flags & WORD_FUTURE) tells |= PHRASE_PLANNED;
    if (w->past) tells |= PHRASE_PAST;
    if (w->possessive) tells |= PHRASE_POSSESSIVE;
    return (uint8_t)tells;
}

uint16_t word_sets(const clause_word *w, const token *t) {
    uint32_t closed = WORD_PREPOSITION | WORD_DETERMINER | WORD_CONJUNCTION | WORD_SUBJUNCTION | WORD_PRONOUN;
    uint32_t opens = WORD_CONJUNCTION | WORD_RELATIVE | WORD_SUBJUNCTION | WORD_ZU | WORD_CONTENT;
    uint32_t shades =
        WORD_NEGATION | WORD_DOUBTFUL | WORD_REFLEXIVE | WORD_POSSIBLE | WORD_REPORTED | WORD_EXPECTED | WORD_FUTURE;
    bool names = w->flags & closed && w->flags & (WORD_NOUN | WORD_ADJECTIVE);
    const struct {
        set_kind set;
        bool in;
    } all[] = {
        {SET_LINKS, w->flags & (WORD_RELATIVE | WORD_CONTENT)},
        {SET_AMBIGUOUS, w->adverb || names},
        {SET_VERBS, w->verb},
        {SET_OPENERS, w->flags & opens || w->verb & (VERB_GERUND | VERB_PARTICIPLE)},
        {SET_PARTICLES, w->flags & WORD_PARTICLE},
        {SET_SHADES, w->flags & shades},
        {SET_ATTRIBUTIONS, w->flags & (WORD_ATTRIBUTION | WORD_ATTRIBUTION_QUOTE)},
        {SET_SIGNS, t->shape & SHAPE_PUNCT},
        {SET_BRACKETS, t->shape & (SHAPE_OPEN | SHAPE_CLOSE)},
        {SET_BEGINNINGS, t->place & TOKEN_FIRST},
        {MARK_QUOTE, t->shape & SHAPE_QUOTE},
    };
    uint32_t sets = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sets |= (uint32_t)all[i].in << all[i].set;
    return (uint16_t)sets;
}
