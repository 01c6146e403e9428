/* Kinds of tokens: what is to be said of one without looking around it, worked out once. */
#include "text/lexicon.h"

enum { FIRST_SLOTS = 64 };

static uint32_t slot_of(const lexicon *l, const word_kind *k) {
    uint64_t hash = ((uint64_t)k->form << 32 | (k->look ^ (uint32_t)k->place << 24)) * 0x9e3779b97f4a7c15U;
    uint32_t mask = l->kind_slot_count - 1, at = (uint32_t)(hash >> 32) & mask;
    for (; l->kind_slots[at]; at = (at + 1) & mask) {
        const word_kind *have = &l->kinds.items[l->kind_slots[at] - 1];
        if (have->form == k->form && have->look == k->look && have->place == k->place) break;
    }
    return at;
}

static bool grow_slots(lexicon *l) {
    uint32_t count = l->kind_slot_count ? l->kind_slot_count * 2 : FIRST_SLOTS;
    uint32_t *slots = arena_array(l->arena, uint32_t, count);
    if (!slots) return false;
    arena_drop(l->arena, l->kind_slots);
    l->kind_slots = slots;
    l->kind_slot_count = count;
    for (uint32_t i = 0; i < l->kinds.count; i++)
        l->kind_slots[slot_of(l, &l->kinds.items[i])] = i + 1;
    return true;
}

static uint32_t add(lexicon *l, uint32_t slot, const word_kind *k) {
    if (k->language > l->languages) l->languages = k->language;
    if (k->fold_language > l->languages) l->languages = k->fold_language;
    if (!vec_push(l->arena, &l->kinds, *k)) return NERX_NONE;
    l->kind_slots[slot] = l->kinds.count;
    return l->kinds.count - 1;
}

static uint16_t marks_of(const lexicon *l, uint32_t id) {
    return (uint16_t)lexicon_marks(l, id);
}

/* Signs tell no language. */
static void tell_language(const lexicon *l, uint32_t shape, uint32_t id, uint8_t *language, uint8_t *weight) {
    const traits *t = shape & SHAPE_LETTERS ? lexicon_traits(l, id) : NULL;
    if (!t || t->language > MAX_LANGUAGES) return;
    *language = t->language;
    *weight = t->weight;
}

/* In a line of capitals all words may be in phrases, as other words. */
static unsigned phrase_asks(const word_kind *k) {
    if (k->place & TOKEN_CAPS_LINE) return KIND_STARTS | KIND_SECOND;
    bool starts = k->look_marks & MARK_PHRASE || k->fold_marks & MARK_PHRASE_FOLD;
    bool second = (k->look_marks | k->fold_marks) & MARK_PHRASE_SECOND;
    return (starts ? KIND_STARTS : 0U) | (second ? KIND_SECOND : 0U);
}

static uint8_t asks_of(const lexicon *l, const word_kind *k) {
    enum { MAY_BE_CUT = SHAPE_APOSTROPHE | SHAPE_HYPHEN | SHAPE_INNER_UPPER | SHAPE_WEB };
    unsigned asks = phrase_asks(k);
    if (k->form >= l->known || k->fold >= l->known || k->fold_weight) asks |= KIND_ADDS;
    if (k->shape & MAY_BE_CUT) asks |= KIND_CUT;
    if (k->shape & SHAPE_OPEN) asks |= KIND_OPENS;
    if (k->shape & (SHAPE_UPPER_FIRST | SHAPE_INNER_UPPER | SHAPE_ALL_UPPER)) asks |= KIND_CAPITAL;
    if (k->look_marks & MARK_TYPED || k->fold_marks & MARK_FOLD_READING) asks |= KIND_NAMED;
    /* one sign ends nothing, but for full stops and colons, and symbols that joiners were left out of */
    bool signs = k->shape & (SHAPE_END | SHAPE_SYMBOL) || lexicon_text(l, k->form).len > 1;
    if (k->shape & SHAPE_DOT || (k->shape & SHAPE_PUNCT && signs)) asks |= KIND_ENDS;
    return (uint8_t)asks;
}

/* Adds what the fold tells to what the form tells, where they do not differ. */
static void add_told(word_kind *k) {
    bool differ = k->weight && k->language != k->fold_language;
    if (!k->fold_weight || differ || k->weight > UINT8_MAX - k->fold_weight) return;
    k->language = k->fold_language;
    k->weight = (uint8_t)(k->weight + k->fold_weight);
    k->fold_language = k->fold_weight = 0;
}

static void fill(const lexicon *l, word_kind *k) {
    enum { LONGEST_ACRONYM = 3 };
    k->shape = lexicon_shape(l, k->form);
    k->form_marks = k->look_marks = marks_of(l, k->form);
    k->fold_marks = k->fold == k->form ? k->form_marks : marks_of(l, k->fold);
    tell_language(l, k->shape, k->form, &k->language, &k->weight);
    bool acronym = k->shape & SHAPE_ALL_UPPER && lexicon_text(l, k->form).len <= LONGEST_ACRONYM; /* "IT" is not "it" */
    if (k->fold != k->form && !acronym) tell_language(l, k->shape, k->fold, &k->fold_language, &k->fold_weight);
    add_told(k);
    k->asks = asks_of(l, k);
}

uint32_t lexicon_kind_of(lexicon *l, uint32_t form, uint32_t fold, uint16_t place) {
    if (l->kinds.count * 2 >= l->kind_slot_count && !grow_slots(l)) return NERX_NONE;
    word_kind k = {.form = form, .look = form, .fold = fold, .place = (uint8_t)place};
    uint32_t slot = slot_of(l, &k);
    if (l->kind_slots[slot]) return l->kind_slots[slot] - 1;
    fill(l, &k);
    return add(l, slot, &k);
}

uint32_t lexicon_kind_as(lexicon *l, uint32_t kind, uint32_t look, uint16_t place) {
    if (l->kinds.count * 2 >= l->kind_slot_count && !grow_slots(l)) return NERX_NONE;
    word_kind k = l->kinds.items[kind];
    k.place = (uint8_t)place;
    k.listed = 0;
    if (k.look != look) k.look_marks = marks_of(l, look);
    k.look = look;
    k.asks = asks_of(l, &k);
    uint32_t slot = slot_of(l, &k);
    return l->kind_slots[slot] ? l->kind_slots[slot] - 1 : add(l, slot, &k);
}
