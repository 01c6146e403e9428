/* Finding the signatures of words. */
#include "match/signature.h"

#include <stdlib.h>

#include "base/error.h"
#include "match/rule_questions.h"
#include "match/unknown.h"
#include "model/endings.h"
#include "model/regex.h"

enum { MOST_NUMBERS = 1 << 20 /* in all signatures */, LANGUAGE_SLOTS = MAX_LANGUAGES + 1, KNOWN = 1 << 30 };

/* A signature as a list: these, then its senses, its words, and of each layer how many expressions match, and which. */
enum { AT_SHAPE, AT_PLACE, AT_MARKS, AT_SENSES /* KNOWN | their number */, AT_WORDS /* their number */, AT_FIRST };

struct signatures {
    const model *model;
    arena arena, learned;
    rule_questions questions;
    uint32_t linking;                  /* class of the linking elements of compounds, or NERX_NONE */
    regex **regexes[VOCAB_MAX_LAYERS]; /* by layer and expression; compiled when first asked */
    endings endings[VOCAB_MAX_LAYERS];
    uint32_t covered[VOCAB_MAX_LAYERS];    /* by layer: expressions before the first that only PCRE2 understands */
    VEC(uint32_t) by_kind[LANGUAGE_SLOTS]; /* plus one, by language and kind; 0: not asked yet */
    list_pool lists, senses;
    VEC(sense) sense_list;
    VEC(uint32_t) work, words; /* the list at hand, and the words that go into it */
    uint32_t lexicon_generation;
    signature_age age;
    bool failed;
};

/* The word at hand. */
typedef struct subject {
    const document *d;
    const word_kind *kind;
    uint8_t language;
} subject;

static bool push(signatures *s, uint32_t number) {
    return vec_push(&s->learned, &s->work, number);
}

uint32_t signatures_sense(signatures *s, reading r, bool ending) {
    const entry *e = model_entry(s->model, r.entry);
    const class_question *q = &s->questions.classes[e->class];
    uint32_t layer_index = s->model->layer_count - 1;
    while (layer_index && r.entry < s->model->layers[layer_index].first_line)
        layer_index--;
    r.features &= q->features;
    uint32_t key[] = {e->class, r.features, q->attributes ? e->attributes : 0, layer_index << 1 | ending};
    if (!vec_reserve(&s->learned, &s->sense_list, 1)) { /* first, so that both know the same numbers */
        s->failed = true;
        return NERX_NONE;
    }
    uint32_t number = pool_find(&s->senses, &s->learned, key, sizeof key / sizeof *key);
    if (number == s->sense_list.count)
        s->sense_list.items[s->sense_list.count++] = (sense){.example = r, .class = e->class, .ending = ending};
    return number;
}

sense signatures_sense_at(const signatures *s, uint32_t number) {
    return s->sense_list.items[number];
}

/* Keeps the senses at hand sorted, each once. */
static bool add_sense(signatures *s, reading r, bool ending) {
    if (!s->questions.classes[model_entry(s->model, r.entry)->class].asked) return true;
    uint32_t number = signatures_sense(s, r, ending), at = s->work.count;
    while (at > AT_FIRST && s->work.items[at - 1] > number)
        at--;
    if (at > AT_FIRST && s->work.items[at - 1] == number) return true;
    if (number == NERX_NONE || !push(s, number)) return false;
    memmove(s->work.items + at + 1, s->work.items + at, (s->work.count - 1 - at) * sizeof *s->work.items);
    s->work.items[at] = number;
    return true;
}

static bool add_word(signatures *s, uint32_t kind, uint32_t id) {
    if (id == NERX_NONE || !question_names(&s->questions, kind, id)) return true;
    return vec_push(&s->learned, &s->words, kind) && vec_push(&s->learned, &s->words, id);
}

/* Lemmas of several readings may be one. */
static bool add_lemma(signatures *s, uint32_t id) {
    for (uint32_t i = 0; i < s->words.count; i += 2) {
        if (s->words.items[i] == ATOM_LEMMA && s->words.items[i + 1] == id) return true;
    }
    return add_word(s, ATOM_LEMMA, id);
}

static bool add_readings(signatures *s, const reading *readings, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (!add_sense(s, readings[i], false) || !add_lemma(s, model_entry_lemma(s->model, readings[i].entry)))
            return false;
    }
    return true;
}

/* A word that no list has: its ending and its parts. */
static bool look_into(signatures *s, const subject *of) {
    const lexicon *l = &of->d->lexicon;
    reading readings[MODEL_MAX_READINGS];
    uint32_t ending = unknown_ending(l, of->kind->look), count = 0;
    if (ending != NERX_NONE)
        count = model_readings(s->model, l, ending, ending, of->language, readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count; i++) {
        if (!add_sense(s, readings[i], true)) return false;
    }
    if (s->questions.marks & MARK_COMPOUND &&
        unknown_is_compound(s->model, l, of->kind->fold, of->language, s->linking))
        s->work.items[AT_MARKS] |= MARK_COMPOUND;
    return true;
}

/* Memory is short only where compiling fails: the builder has compiled it before. */
static bool ask_regex(signatures *s, uint32_t layer_index, uint32_t number, str key) {
    const rule_layer *l = &s->model->layers[layer_index].rules;
    regex **r = &s->regexes[layer_index][number];
    char message[128] = "";
    size_t offset;
    if (!*r)
        *r = regex_compile(str_of(l->strings + l->expressions.items[number].text), &offset, message, sizeof message);
    if (!*r) return message[0];
    return !regex_match(*r, key) || push(s, number);
}

/* Those expressions that the language's rules ask for, and that match. */
static bool add_matching(signatures *s, uint32_t layer_index, str key, uint32_t language_bit) {
    const expression_set *set = &s->model->layers[layer_index].rules.expressions;
    const uint32_t *asked = s->questions.expressions[layer_index];
    uint32_t count_at = s->work.count;
    if (!push(s, 0)) return false;
    const uint16_t *told = endings_match(&s->endings[layer_index], key);
    if (!told) return false;
    bool untold = told[0] == EXPRESSIONS_UNTOLD;
    for (uint32_t i = 1; !untold && i <= told[0]; i++) {
        if (asked[told[i]] & language_bit && !push(s, told[i])) return false;
    }
    for (uint32_t i = untold ? 0 : s->covered[layer_index]; i < set->count; i++) {
        bool covered = set->items[i].covered && !untold;
        if (!covered && asked[i] & language_bit && !ask_regex(s, layer_index, i, key)) return false;
    }
    s->work.items[count_at] = s->work.count - count_at - 1;
    return true;
}

/* Writes what the lists say of the word, and leaves its words in s->words. */
static bool describe_readings(signatures *s, const subject *of) {
    const word_kind *k = of->kind;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count =
        model_readings(s->model, &of->d->lexicon, k->look, k->fold, of->language, readings, MODEL_MAX_READINGS);
    uint32_t marks = k->look_marks | (k->fold_marks & MARK_ORDINARY ? (uint32_t)MARK_COMMON : 0);
    const rule_questions *q = &s->questions;
    s->work.count = s->words.count = 0;
    if (!vec_fit(&s->learned, &s->work, AT_FIRST)) return false;
    s->work.items[AT_SHAPE] = k->shape & q->shapes;
    s->work.items[AT_PLACE] = k->place & q->places;
    s->work.items[AT_MARKS] = marks & q->marks;
    if (!add_readings(s, readings, count) || !add_word(s, ATOM_WORD, k->form)) return false;
    if (k->look != k->form && !add_word(s, ATOM_WORD, k->look)) return false;
    if (!add_word(s, ATOM_FOLD, k->fold)) return false;
    if (!count && k->shape & SHAPE_LETTERS && !look_into(s, of)) return false;
    s->work.items[AT_SENSES] = (s->work.count - AT_FIRST) | (count ? KNOWN : 0);
    return true;
}

static bool describe(signatures *s, const subject *of) {
    if (!describe_readings(s, of)) return false;
    s->work.items[AT_WORDS] = s->words.count;
    for (uint32_t i = 0; i < s->words.count; i++) {
        if (!push(s, s->words.items[i])) return false;
    }
    str key = lexicon_text(&of->d->lexicon, of->kind->form);
    for (uint32_t k = 0; k < s->model->layer_count; k++) {
        if (!add_matching(s, k, key, of->language < 32 ? 1U << of->language : UINT32_MAX)) return false;
    }
    return true;
}

uint32_t signatures_ask(signatures *s, const document *d, uint32_t kind, uint8_t language) {
    uint32_t slot = language < MAX_LANGUAGES ? language : MAX_LANGUAGES;
    if (!vec_fit(&s->learned, &s->by_kind[slot], d->lexicon.kinds.count)) {
        s->failed = true;
        return NERX_NONE;
    }
    uint32_t *known = &s->by_kind[slot].items[kind];
    if (*known) return *known - 1;
    subject of = {d, &d->lexicon.kinds.items[kind], language};
    uint32_t number = NERX_NONE;
    if (describe(s, &of)) number = pool_find(&s->lists, &s->learned, s->work.items, s->work.count);
    s->failed |= number == NERX_NONE;
    *known = number + 1;
    return number;
}

uint32_t signatures_count(const signatures *s) {
    return s->lists.lists.count;
}

signature signatures_read(const signatures *s, uint32_t number, uint32_t layer_index) {
    const uint32_t *at = pool_list(&s->lists, number).items;
    signature out = {.shape = at[AT_SHAPE], .place = at[AT_PLACE], .marks = at[AT_MARKS]};
    out.known = at[AT_SENSES] & KNOWN;
    out.senses = (numbers){at + AT_FIRST, at[AT_SENSES] & (KNOWN - 1)};
    out.words = (numbers){out.senses.items + out.senses.count, at[AT_WORDS]};
    at = out.words.items + out.words.count;
    for (uint32_t k = 0; k < layer_index; k++)
        at += 1 + *at;
    out.matching = (numbers){at + 1, *at};
    return out;
}

signature_age signatures_age(const signatures *s) {
    return s->age;
}

static void forget(signatures *s) {
    arena_reset(&s->learned);
    memset(s->by_kind, 0, sizeof s->by_kind);
    memset(&s->sense_list, 0, sizeof s->sense_list);
    memset(&s->work, 0, sizeof s->work);
    memset(&s->words, 0, sizeof s->words);
    s->lists = s->senses = (list_pool){0};
    s->failed = false;
    s->age.kinds++;
    s->age.numbers++;
}

void signatures_begin(signatures *s, uint32_t generation) {
    if (s->failed || s->lists.items.count > MOST_NUMBERS) forget(s);
    if (s->lexicon_generation == generation) return;
    s->lexicon_generation = generation;
    for (uint32_t i = 0; i < LANGUAGE_SLOTS; i++)
        s->by_kind[i].count = 0;
    s->age.kinds++;
}

static bool make_room(signatures *s) {
    for (uint32_t k = 0; k < s->model->layer_count; k++) {
        const expression_set *set = &s->model->layers[k].rules.expressions;
        while (s->covered[k] < set->count && set->items[s->covered[k]].covered)
            s->covered[k]++;
        s->regexes[k] = arena_array(&s->arena, regex *, (size_t)set->count + 1);
        s->endings[k].set = set;
        if (!s->regexes[k]) return false;
    }
    return true;
}

signatures *signatures_new(const model *m, nerx_error *error) {
    signatures *s = calloc(1, sizeof *s);
    if (s) {
        s->model = m;
        s->linking = model_class_find(m, STR("linking"));
        if (make_room(s) && questions_read(&s->questions, &s->arena, m)) return s;
    }
    signatures_free(s);
    error_memory(error);
    return NULL;
}

void signatures_free(signatures *s) {
    if (!s) return;
    for (uint32_t k = 0; k < s->model->layer_count; k++) {
        for (uint32_t i = 0; s->regexes[k] && i < s->model->layers[k].rules.expressions.count; i++)
            regex_free(s->regexes[k][i]);
        endings_close(&s->endings[k]);
    }
    arena_free(&s->arena);
    arena_free(&s->learned);
    free(s);
}
