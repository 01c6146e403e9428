/* Tense: where a sentence looks, told from the verb that stands nearest in its clause. */
#include "norm/tense.h"

#include "model/stage_memory.h"

/* What a word tells as a verb. */
enum {
    VERB_FINITE = 1 << 0,
    VERB_PAST = 1 << 1,
    VERB_PARTICIPLE = 1 << 2,
    VERB_PERFECT = 1 << 3, /* haben, sein, have: with a participle, the past */
    VERB_AHEAD = 1 << 4,   /* will, soll, plant */
    VERB_SAYS = 1 << 5,    /* reporting verbs tell of what was, in any tense */
    VERB_AUXILIARY = 1 << 6,
    WORD_MARKER = 1 << 7, /* of infinitives: to, zu */
    WORD_LOOKS_BACK = 1 << 8,
    WORD_LOOKS_AHEAD = 1 << 9,
    WORD_WEEKDAY = 1 << 10,
    WORD_UNLISTED = 1 << 11, /* in lower case, and no list has it */
    WORD_KNOWN = 1 << 12,    /* worked out */
    VERB_INFINITIVE = 1 << 13,
    VERB_PLANS = 1 << 14, /* planned, expected: what its infinitive says comes later */
};

static uint32_t lemma_bits(const document *d, uint32_t lemma, uint8_t language) {
    static const struct {
        const char *class, *attribute, *value;
        uint32_t bits;
    } table[] = {{"auxiliary", NULL, NULL, VERB_AUXILIARY},       {"auxiliary", "perfect", NULL, VERB_PERFECT},
                 {"auxiliary", "future", NULL, VERB_AHEAD},       {"modal-verb", NULL, NULL, VERB_AHEAD},
                 {"control-verb", "kind", "planned", VERB_PLANS}, {"reporting-verb", NULL, NULL, VERB_SAYS}};
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(d->model, &d->lexicon, lemma, lemma, language, readings, MODEL_MAX_READINGS);
    uint32_t bits = 0;
    for (uint32_t i = 0; i < count; i++) {
        str class = model_class_name(d->model, model_entry(d->model, readings[i].entry)->class);
        for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
            if (!str_is(class, table[k].class)) continue;
            str have = STR("");
            if (table[k].attribute)
                have = model_entry_attribute(d->model, readings[i].entry, str_of(table[k].attribute));
            bool fits = have.ptr && (!table[k].value || str_is(have, table[k].value));
            if (fits) bits |= table[k].bits;
        }
    }
    return bits;
}

/* "wurde" is past and looks back; "würde" and "would" look ahead of what was said. */
static uint32_t form_bits(uint32_t features, uint32_t lemma) {
    uint32_t bits = 0, persons = FEATURE_1 | FEATURE_2 | FEATURE_3;
    if (features & FEATURE_PART) return features & FEATURE_PRES ? 0 : VERB_PARTICIPLE | (lemma & VERB_PLANS);
    if (features & FEATURE_INF) return VERB_INFINITIVE;
    if (features & (FEATURE_ZU | FEATURE_IMP)) return 0;
    if (!(features & (persons | FEATURE_PRES | FEATURE_PAST | FEATURE_SUBJ1 | FEATURE_SUBJ2))) return 0;
    bits = VERB_FINITE | lemma;
    if (features & FEATURE_PAST && features & FEATURE_IND) bits = (bits | VERB_PAST) & ~(uint32_t)VERB_AHEAD;
    if (features & FEATURE_PAST && !(bits & VERB_AHEAD)) bits |= VERB_PAST;
    return bits;
}

/* "eine", "einen", "sein" before a noun: what is a word of grammar is no full verb. */
static bool is_grammar(const document *d, uint32_t entry_index) {
    static const char *const classes[] = {"article",     "pronoun",     "preposition",
                                          "conjunction", "subjunction", "negation"};
    str class = model_class_name(d->model, model_entry(d->model, entry_index)->class);
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (str_is(class, classes[i])) return true;
    }
    return false;
}

/* Tokens of one sentence. */
typedef struct tokens_seen {
    uint32_t first, end;
    uint8_t language;
} tokens_seen;

static uint32_t bits_as_verb(const document *d, const token *t, uint8_t language) {
    if (!(t->shape & SHAPE_LOWER) && !(t->place & TOKEN_FIRST)) return 0;
    reading readings[MODEL_MAX_READINGS];
    uint32_t form = t->place & TOKEN_FIRST ? t->fold : t->look, bits = 0;
    uint32_t count = model_readings(d->model, &d->lexicon, form, t->fold, language, readings, MODEL_MAX_READINGS);
    for (uint32_t k = 0; k < count; k++) {
        const entry *e = model_entry(d->model, readings[k].entry);
        if (is_grammar(d, readings[k].entry)) return 0;
        if (!str_is(model_class_name(d->model, e->class), "verb")) continue;
        uint32_t lemma = model_entry_lemma(d->model, readings[k].entry);
        bits |= form_bits(readings[k].features, lemma == NERX_NONE ? 0 : lemma_bits(d, lemma, language));
    }
    return bits;
}

/* "seit Montag" looks back, "ab Montag" ahead, whatever the verb. */
static uint32_t bits_of_time_word(const document *d, uint32_t entry_index) {
    str looks = model_entry_attribute(d->model, entry_index, STR("looks"));
    return str_is(looks, "back") ? WORD_LOOKS_BACK : str_is(looks, "ahead") ? WORD_LOOKS_AHEAD : 0;
}

static tense_classes classes_of(const document *d) {
    if (d->memory && d->memory->tenses.found) return d->memory->tenses;
    tense_classes c = {model_class_find(d->model, STR("infinitive-marker")),
                       model_class_find(d->model, STR("time-word")), model_class_find(d->model, STR("weekday")), true};
    if (d->memory) d->memory->tenses = c;
    return c;
}

static uint32_t bits_as_word(const document *d, const token *t, uint8_t language) {
    tense_classes classes = classes_of(d);
    uint32_t bits = WORD_KNOWN, looks = 0;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(d->model, &d->lexicon, t->look, t->fold, language, readings, MODEL_MAX_READINGS);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t class = model_entry(d->model, readings[k].entry)->class;
        if (class == classes.marker) bits |= WORD_MARKER;
        if (class == classes.weekday) bits |= WORD_WEEKDAY;
        if (class == classes.time_word && !looks) looks = bits_of_time_word(d, readings[k].entry);
    }
    if (t->shape & SHAPE_LOWER && !lexicon_lists(&d->lexicon, t->form)) bits |= WORD_UNLISTED;
    return bits | looks;
}

static uint32_t work_out(const document *d, const token *t, uint8_t language) {
    uint32_t *known = memory_bits(d, COLUMN_VERBS, t->kind, language);
    uint32_t bits = bits_as_verb(d, t, language) | bits_as_word(d, t, language);
    if (known) *known = bits;
    return bits;
}

static inline uint32_t bits_at(const document *d, uint32_t i, uint8_t language) {
    const token *t = &d->tokens.items[i];
    uint32_t known = memory_bit_set(d, COLUMN_VERBS, t->kind, language);
    return known ? known : work_out(d, t, language);
}

/* Not "to meet", an infinitive though it looks like a present, and not "expected" and "erwartet" behind their
 * auxiliary, or right before it: "is expected", "wurde am Montag erwartet", "erwartet wurde". */
static bool is_finite(const document *d, uint32_t i, tokens_seen in) {
    uint32_t bits = bits_at(d, i, in.language);
    if (!(bits & VERB_FINITE) || (i > 0 && bits_at(d, i - 1, in.language) & WORD_MARKER)) return false;
    /* "will im Mai zeigen": an infinitive, though it looks like "sie zeigen" */
    for (uint32_t k = in.first; k < i && bits & VERB_INFINITIVE; k++) {
        if (bits_at(d, k, in.language) & VERB_AHEAD) return false;
    }
    for (uint32_t k = in.first; k < in.end && k < i + 2 && bits & VERB_PARTICIPLE; k++) {
        uint32_t other = k == i ? 0 : bits_at(d, k, in.language);
        if (other & VERB_FINITE && other & VERB_AUXILIARY) return false;
    }
    return true;
}

static bool is_border(const document *d, uint32_t i) {
    const token *t = &d->tokens.items[i];
    bool comma = d->text.ptr[t->start] == ',' || d->text.ptr[t->start] == ';';
    return t->shape & SHAPE_PUNCT && (comma || t->shape & (SHAPE_QUOTE | SHAPE_DASH | SHAPE_END));
}

/* A participle, or a word no list has: "durcheinandergebracht". */
static bool participle_in(const document *d, tokens_seen in, uint32_t but) {
    for (uint32_t i = in.first; i < in.end; i++) {
        uint32_t bits = bits_at(d, i, in.language);
        if (bits & WORD_UNLISTED || (i != but && bits & VERB_PARTICIPLE)) return true;
    }
    return false;
}

/* The stretch of a sentence that is looked at around some of its tokens: not all of one without end. */
static tokens_seen sight(const document *d, uint32_t from, uint32_t to) {
    enum { FAR = 64 };
    const sentence *in = &d->sentences.items[document_sentence_at(d, from)];
    return (tokens_seen){from - in->first > FAR ? from - FAR : in->first, in->end - to > FAR ? to + FAR : in->end,
                         in->language};
}

static tense_view look(const document *d, uint32_t verb) {
    tokens_seen in = sight(d, verb, verb + 1);
    uint32_t bits = bits_at(d, verb, in.language);
    if (bits & VERB_PERFECT && participle_in(d, in, verb))
        return (tense_view){DIRECTION_BACK, true, !(bits & VERB_PAST), false};
    if (bits & VERB_AHEAD) return (tense_view){DIRECTION_AHEAD, true, false, false};
    if (bits & VERB_PAST) return (tense_view){DIRECTION_BACK, true, false, false};
    return (tense_view){bits & VERB_SAYS ? DIRECTION_BACK : DIRECTION_AHEAD, false, false, false};
}

/* The nearest finite verb around the date [from, to), or NERX_NONE. */
static uint32_t nearest_verb(const document *d, tokens_seen in, uint32_t from, uint32_t to) {
    for (uint32_t away = 1; from >= in.first + away || to + away <= in.end; away++) {
        if (from >= in.first + away && is_finite(d, from - away, in)) return from - away;
        if (to + away <= in.end && is_finite(d, to + away - 1, in)) return to + away - 1;
    }
    return NERX_NONE;
}

/* "planned to launch on Tuesday", "is to visit in May": before the date somebody is said to be about to do it. */
static bool is_to_come(const document *d, tokens_seen clause, uint32_t from) {
    for (uint32_t i = clause.first; i + 1 < from; i++) {
        if (!(bits_at(d, i + 1, clause.language) & WORD_MARKER)) continue;
        uint32_t bits = bits_at(d, i, clause.language);
        if (bits & VERB_PLANS || (bits & VERB_AUXILIARY && bits & VERB_FINITE && !(bits & VERB_PERFECT))) return true;
    }
    return false;
}

tense_view tense_around(const document *d, uint32_t from, uint32_t to) {
    tokens_seen in = sight(d, from, to), clause = {from, to, in.language};
    uint32_t told = from > in.first ? bits_at(d, from - 1, in.language) : 0;
    if (told & WORD_LOOKS_BACK) return (tense_view){DIRECTION_BACK, true, false, true};
    if (told & WORD_LOOKS_AHEAD) return (tense_view){DIRECTION_AHEAD, true, false, false};
    while (clause.first > in.first && !is_border(d, clause.first - 1))
        clause.first--;
    while (clause.end < in.end && !is_border(d, clause.end))
        clause.end++;
    if (is_to_come(d, clause, from)) return (tense_view){DIRECTION_AHEAD, true, false, false};
    uint32_t verb = nearest_verb(d, clause, from, to);
    if (verb != NERX_NONE) return look(d, verb);
    verb = nearest_verb(d, in, from, to); /* "am Montag, dem 11., traf" */
    return verb == NERX_NONE ? (tense_view){DIRECTION_NONE, false, false, false} : look(d, verb);
}

bool tense_has_verb(const document *d, uint32_t start, uint32_t end) {
    if (start >= end) return false;
    tokens_seen in = {start, end, d->sentences.items[document_sentence_at(d, start)].language};
    for (uint32_t i = start; i < end; i++) {
        if (is_finite(d, i, in)) return true;
    }
    return false;
}

bool tense_is_weekday(const document *d, uint32_t i, uint8_t language) {
    return bits_at(d, i, language) & WORD_WEEKDAY;
}
