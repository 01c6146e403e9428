/* Tense: where a sentence looks, told from the verb that stands nearest in its clause. */
#include "norm/tense.h"

#include "model/model.h"

/* What a word tells as a verb. */
enum {
    VERB_FINITE = 1 << 0,
    VERB_PAST = 1 << 1,
    VERB_PARTICIPLE = 1 << 2,
    VERB_PERFECT = 1 << 3, /* haben, sein, have: with a participle, the past */
    VERB_AHEAD = 1 << 4,   /* will, soll, plant */
    VERB_SAYS = 1 << 5,    /* reporting verbs tell of what was, in any tense */
    VERB_AUXILIARY = 1 << 6,
};

static uint32_t lemma_bits(const document *d, uint32_t lemma, uint8_t language) {
    static const struct {
        const char *class, *attribute;
        uint32_t bits;
    } table[] = {{"auxiliary", NULL, VERB_AUXILIARY},
                 {"auxiliary", "perfect", VERB_PERFECT},
                 {"auxiliary", "future", VERB_AHEAD},
                 {"modal-verb", NULL, VERB_AHEAD},
                 {"reporting-verb", NULL, VERB_SAYS}};
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
            if (have.ptr) bits |= table[k].bits;
        }
    }
    return bits;
}

/* "wurde" is past and looks back; "würde" and "would" look ahead of what was said. */
static uint32_t form_bits(uint32_t features, uint32_t lemma) {
    uint32_t bits = 0, persons = FEATURE_1 | FEATURE_2 | FEATURE_3;
    if (features & FEATURE_PART) return features & FEATURE_PRES ? 0 : VERB_PARTICIPLE;
    if (features & (FEATURE_INF | FEATURE_ZU | FEATURE_IMP)) return 0;
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

typedef struct tokens_seen {
    uint32_t first, end;
} tokens_seen;

static uint32_t verb_bits(const document *d, uint32_t i) {
    const token *t = &d->tokens.items[i];
    if (!(t->shape & SHAPE_LOWER) && !(t->place & TOKEN_FIRST)) return 0;
    uint8_t language = d->sentences.items[document_sentence_at(d, i)].language;
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

/* "to meet": an infinitive, though it looks like a present. */
static bool behind_marker(const document *d, uint32_t i) {
    if (i == 0) return false;
    const token *t = &d->tokens.items[i - 1];
    uint32_t marker = model_class_find(d->model, STR("infinitive-marker"));
    uint8_t language = d->sentences.items[document_sentence_at(d, i)].language;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(d->model, &d->lexicon, t->look, t->fold, language, readings, MODEL_MAX_READINGS);
    for (uint32_t k = 0; k < count; k++) {
        if (model_entry(d->model, readings[k].entry)->class == marker) return true;
    }
    return false;
}

/* Not "to meet", and not "expected" and "erwartet" behind their auxiliary, or right before it: "is expected", "wurde am
 * Montag erwartet", "erwartet wurde". */
static bool is_finite(const document *d, uint32_t i, uint32_t start, uint32_t end) {
    uint32_t bits = verb_bits(d, i);
    if (!(bits & VERB_FINITE) || behind_marker(d, i)) return false;
    for (uint32_t k = start; k < end && k < i + 2 && bits & VERB_PARTICIPLE; k++) {
        uint32_t other = k == i ? 0 : verb_bits(d, k);
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
static bool participle_in(const document *d, uint32_t start, uint32_t end, uint32_t but) {
    for (uint32_t i = start; i < end; i++) {
        const token *t = &d->tokens.items[i];
        if (i != but && verb_bits(d, i) & VERB_PARTICIPLE) return true;
        if (t->shape & SHAPE_LOWER && !lexicon_lists(&d->lexicon, t->form)) return true;
    }
    return false;
}

/* The stretch of a sentence that is looked at around some of its tokens: not all of one without end. */
static tokens_seen sight(const document *d, uint32_t from, uint32_t to) {
    enum { FAR = 64 };
    const sentence *in = &d->sentences.items[document_sentence_at(d, from)];
    return (tokens_seen){from - in->first > FAR ? from - FAR : in->first, in->end - to > FAR ? to + FAR : in->end};
}

static tense_view look(const document *d, uint32_t verb) {
    tokens_seen in = sight(d, verb, verb + 1);
    uint32_t bits = verb_bits(d, verb);
    if (bits & VERB_PERFECT && participle_in(d, in.first, in.end, verb)) return (tense_view){DIRECTION_BACK, true};
    if (bits & VERB_AHEAD) return (tense_view){DIRECTION_AHEAD, true};
    if (bits & VERB_PAST) return (tense_view){DIRECTION_BACK, true};
    return (tense_view){bits & VERB_SAYS ? DIRECTION_BACK : DIRECTION_AHEAD, false};
}

/* "seit Montag" looks back, "ab Montag" ahead, whatever the verb. */
static direction of_preposition(const document *d, uint32_t i) {
    const token *t = &d->tokens.items[i];
    uint32_t class = model_class_find(d->model, STR("time-word"));
    uint8_t language = d->sentences.items[document_sentence_at(d, i)].language;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(d->model, &d->lexicon, t->look, t->fold, language, readings, MODEL_MAX_READINGS);
    for (uint32_t k = 0; k < count; k++) {
        if (model_entry(d->model, readings[k].entry)->class != class) continue;
        str looks = model_entry_attribute(d->model, readings[k].entry, STR("looks"));
        if (str_is(looks, "back")) return DIRECTION_BACK;
        if (str_is(looks, "ahead")) return DIRECTION_AHEAD;
    }
    return DIRECTION_NONE;
}

/* The nearest finite verb in [start, end) around the date [from, to), or NERX_NONE. */
static uint32_t nearest_verb(const document *d, uint32_t start, uint32_t end, uint32_t from, uint32_t to) {
    for (uint32_t away = 1; from >= start + away || to + away <= end; away++) {
        if (from >= start + away && is_finite(d, from - away, start, end)) return from - away;
        if (to + away <= end && is_finite(d, to + away - 1, start, end)) return to + away - 1;
    }
    return NERX_NONE;
}

tense_view tense_around(const document *d, uint32_t from, uint32_t to) {
    tokens_seen in = sight(d, from, to);
    uint32_t start = from, end = to;
    direction told = from > in.first ? of_preposition(d, from - 1) : DIRECTION_NONE;
    if (told != DIRECTION_NONE) return (tense_view){told, true};
    while (start > in.first && !is_border(d, start - 1))
        start--;
    while (end < in.end && !is_border(d, end))
        end++;
    uint32_t verb = nearest_verb(d, start, end, from, to);
    if (verb != NERX_NONE) return look(d, verb);
    verb = nearest_verb(d, in.first, in.end, from, to); /* "am Montag, dem 11., traf" */
    return verb == NERX_NONE ? (tense_view){DIRECTION_NONE, false} : look(d, verb);
}

bool tense_has_verb(const document *d, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; i++) {
        if (is_finite(d, i, start, end)) return true;
    }
    return false;
}
