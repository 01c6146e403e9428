/* What all rules of a model may ask of a word: the atoms of their tests, gathered. */
#include "match/rule_questions.h"

enum { ALL_LANGUAGES = -1, FEWEST_SLOT_BITS = 4 };

static bool is_word(const atom *a) {
    return a->kind == ATOM_WORD || a->kind == ATOM_FOLD || a->kind == ATOM_LEMMA;
}

/* More slots than words, even if none were named twice. */
static bool make_room(rule_questions *q, arena *a, const model *m) {
    uint32_t count = 0, bits = FEWEST_SLOT_BITS;
    for (uint32_t k = 0; k < m->layer_count; k++) {
        const rule_layer *l = &m->layers[k].rules;
        for (uint32_t i = 0; i < l->atom_count; i++)
            count += is_word(&l->atoms[i]);
        q->expressions[k] = arena_array(a, uint32_t, (size_t)l->expressions.count + 1);
        if (!q->expressions[k]) return false;
    }
    while ((uint32_t)1 << bits <= count + count / 2)
        bits++;
    q->word_shift = 32 - bits;
    q->words = arena_array(a, uint32_t, (size_t)1 << bits);
    return q->words;
}

static void read_class(rule_questions *q, const rule_layer *l, const atom *a) {
    uint32_t first = a->a < 256 ? a->a : 0, end = a->a < 256 ? a->a + 1 : 256;
    for (uint32_t i = first; i < end; i++) {
        q->classes[i].asked = true;
        q->classes[i].features |= a->b;
        q->classes[i].attributes |= l->strings[a->c] != '\0';
    }
}

static void read_atom(rule_questions *q, const rule_layer *l, const atom *a, uint32_t *expressions,
                      uint32_t languages) {
    if (is_word(a)) {
        uint32_t key = question_key(a->kind, a->a);
        q->words[question_slot(q, key)] = key;
    } else if (a->kind == ATOM_CLASS) {
        read_class(q, l, a);
    } else if (a->kind == ATOM_SHAPE) {
        q->shapes |= a->a;
    } else if (a->kind == ATOM_PLACE) {
        q->places |= a->a;
    } else if (a->kind == ATOM_MARK) {
        q->marks |= a->a;
    } else if (a->kind == ATOM_REGEX) {
        expressions[a->a] |= languages;
    }
}

bool questions_read(rule_questions *q, arena *a, const model *m) {
    if (!make_room(q, a, m)) return false;
    for (uint32_t k = 0; k < m->layer_count; k++) {
        const rule_layer *l = &m->layers[k].rules;
        for (uint32_t i = 0; i < l->program_count; i++) {
            const program *p = &l->programs[i];
            uint32_t languages = p->language < 32 ? 1U << p->language : (uint32_t)ALL_LANGUAGES;
            for (uint32_t t = p->first_predicate; t < p->first_predicate + p->predicate_count; t++) {
                const predicate *test = &l->predicates[t];
                for (uint32_t n = test->first; n < test->first + test->count; n++)
                    read_atom(q, l, &l->atoms[n], q->expressions[k], languages);
            }
        }
    }
    return true;
}
