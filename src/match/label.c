/* Labels: which predicates of a program hold for a word, a phrase, or an earlier mention. */
#include <stdlib.h>

#include "base/hash.h"
#include "match/runner.h"
#include "model/model.h"

enum { MAX_BITS = 1 << 14 };

/* What atoms look at. For phrases and mentions: their first token. */
typedef struct subject {
    const document *d;
    const token *token;
    const reading *readings;
    uint32_t reading_count, marks, place;
    uint32_t mention_type; /* plus one */
    bool single;           /* one token: its word can be asked for */
} subject;

static bool has_attribute(const model *m, uint32_t entry_index, str wanted) {
    str key = wanted, value = wanted;
    key = str_cut(&value, '=');
    str have = model_entry_attribute(m, entry_index, key);
    if (!have.ptr) return false;
    return !value.ptr || str_equal(have, value);
}

static bool class_holds(const runner *r, const subject *s, const atom *a) {
    str wanted = str_of(r->layer->strings + a->c);
    for (uint32_t i = 0; i < s->reading_count; i++) {
        const reading *have = &s->readings[i];
        if ((have->features & a->b) != a->b) continue;
        if (a->a != NERX_NONE && model_entry(r->model, have->entry)->class != a->a) continue;
        if (!wanted.len || has_attribute(r->model, have->entry, wanted)) return true;
    }
    return false;
}

static bool lemma_holds(const runner *r, const subject *s, uint32_t lemma) {
    for (uint32_t i = 0; i < s->reading_count; i++) {
        if (model_entry(r->model, s->readings[i].entry)->lemma == lemma) return true;
    }
    return false;
}

static bool regex_holds(runner *r, const subject *s, const atom *a) {
    size_t index = (size_t)(a - r->layer->atoms);
    if (!s->single) return false;
    if (!r->regexes[index]) {
        char message[128];
        size_t offset;
        r->regexes[index] = regex_compile(str_of(r->layer->strings + a->a), &offset, message, sizeof message);
        if (!r->regexes[index]) return false;
    }
    return regex_match(r->regexes[index], lexicon_text(&s->d->lexicon, s->token->look));
}

static bool atom_holds(runner *r, const subject *s, const atom *a) {
    bool is_word = s->mention_type == 0;
    switch (a->kind) {
    case ATOM_ANY: return is_word;
    case ATOM_CLASS: return is_word && class_holds(r, s, a);
    case ATOM_SHAPE: return is_word && (s->token->shape & a->a) == a->a;
    case ATOM_PLACE: return is_word && (s->place & a->a) == a->a;
    case ATOM_MARK: return is_word && s->single && (s->marks & a->a) == a->a;
    case ATOM_KNOWN: return s->reading_count;
    case ATOM_WORD: return is_word && s->single && s->token->look == a->a;
    case ATOM_FOLD: return is_word && s->single && s->token->fold == a->a;
    case ATOM_LEMMA: return is_word && lemma_holds(r, s, a->a);
    case ATOM_REGEX: return is_word && regex_holds(r, s, a);
    case ATOM_MENTION: return s->mention_type == a->a + 1;
    default: return false;
    }
}

static bool predicate_holds(runner *r, const subject *s, const predicate *p) {
    bool stack[MAX_TEST_DEPTH];
    bool positive = s->single; /* a phrase or mention counts only where a class or type of its own is asked for */
    uint32_t depth = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        const atom *a = &r->layer->atoms[p->first + i];
        switch (a->kind) {
        case ATOM_NOT: stack[depth - 1] = !stack[depth - 1]; break;
        case ATOM_AND:
            depth--;
            stack[depth - 1] = stack[depth - 1] && stack[depth];
            break;
        case ATOM_OR:
            depth--;
            stack[depth - 1] = stack[depth - 1] || stack[depth];
            break;
        default:
            stack[depth] = atom_holds(r, s, a);
            positive |= stack[depth++] && (a->kind == ATOM_CLASS || a->kind == ATOM_MENTION);
        }
    }
    return stack[0] && positive;
}

static bool grow_table(runner *r) {
    uint32_t size = r->label_table_size ? r->label_table_size * 2 : 1024;
    uint32_t *table = calloc(size, sizeof *table);
    if (!table) return false;
    for (uint32_t i = 0; i < r->label_count; i++) {
        uint64_t h = hash_bytes(r->label_bits.items + (size_t)i * r->words, r->words * sizeof(uint64_t));
        uint32_t at = (uint32_t)h & (size - 1);
        while (table[at])
            at = (at + 1) & (size - 1);
        table[at] = i + 1;
    }
    free(r->label_table);
    r->label_table = table;
    r->label_table_size = size;
    return true;
}

/* The number of a set of predicates; equal sets are one label. */
static uint32_t intern(runner *r, const uint64_t *bits) {
    if (r->label_count * 2 >= r->label_table_size && !grow_table(r)) {
        r->failed = true;
        return LABEL_END;
    }
    uint32_t mask = r->label_table_size - 1;
    uint32_t at = (uint32_t)hash_bytes(bits, r->words * sizeof *bits) & mask;
    for (; r->label_table[at]; at = (at + 1) & mask) {
        uint32_t id = r->label_table[at] - 1;
        if (memcmp(r->label_bits.items + (size_t)id * r->words, bits, r->words * sizeof *bits) == 0) return id;
    }
    if (!vec_reserve(&r->arena, &r->label_bits, r->words)) {
        r->failed = true;
        return LABEL_END;
    }
    memcpy(r->label_bits.items + r->label_bits.count, bits, r->words * sizeof *bits);
    r->label_bits.count += r->words;
    r->label_table[at] = r->label_count + 1;
    return r->label_count++;
}

static uint32_t label_of(runner *r, const subject *s, bool sentence_start) {
    uint64_t bits[MAX_BITS / 64] = {0};
    bits[0] = sentence_start;
    for (uint32_t i = 0; i < r->program->predicate_count; i++) {
        const predicate *p = &r->layer->predicates[r->program->first_predicate + i];
        if (predicate_holds(r, s, p)) bits[(i + 1) / 64] |= (uint64_t)1 << ((i + 1) % 64);
    }
    return intern(r, bits);
}

static uint32_t place_index(const token *t) {
    return ((t->place & TOKEN_FIRST) != 0) | ((t->place & TOKEN_JOINED) != 0) << 1 |
           ((t->place & TOKEN_CAPS_LINE) != 0) << 2;
}

/* Where the label of a word in a place is kept; NULL where it is not (memory is short). */
static uint32_t *cache(runner *r, const document *d, const token *t) {
    uint32_t id = t->look, place = place_index(t);
    if (id < r->known_count) return &r->known_labels[(size_t)id * PLACES + place];
    uint32_t index = id - r->known_count;
    if (index >= r->new_capacity) {
        uint32_t capacity = d->lexicon.words.count > index ? d->lexicon.words.count * 2 : index * 2 + 16;
        uint32_t *larger = realloc(r->new_labels, (size_t)capacity * PLACES * sizeof *larger);
        if (!larger) return NULL;
        memset(larger + (size_t)r->new_capacity * PLACES, 0,
               (size_t)(capacity - r->new_capacity) * PLACES * sizeof *larger);
        r->new_labels = larger;
        r->new_capacity = capacity;
    }
    return &r->new_labels[(size_t)index * PLACES + place];
}

static uint32_t fresh_label(runner *r, const document *d, const token *t, bool sentence_start) {
    reading readings[MODEL_MAX_READINGS];
    subject s = {.d = d, .token = t, .readings = readings, .place = t->place, .single = true};
    s.marks = lexicon_marks(&d->lexicon, t->look);
    s.reading_count = model_readings(r->model, &d->lexicon, t->look, t->fold, (uint8_t)r->program->language, readings,
                                     MODEL_MAX_READINGS);
    return label_of(r, &s, sentence_start);
}

uint32_t runner_token_label(runner *r, const document *d, uint32_t i, bool sentence_start) {
    const token *t = &d->tokens.items[i];
    if (sentence_start) return fresh_label(r, d, t, true);
    uint32_t *kept = cache(r, d, t);
    if (kept && *kept) return *kept - 1;
    uint32_t label = fresh_label(r, d, t, false);
    if (kept && !r->failed) *kept = label + 1;
    return label;
}

uint32_t runner_edge_label(runner *r, const document *d, const edge *e) {
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = 0;
    range all = model_phrase_readings(d->model, e->layer, e->phrase);
    for (uint32_t i = 0; i < all.count && count < MODEL_MAX_READINGS; i++) {
        const reading *have = model_reading(d->model, all.first + i);
        const entry *of = model_entry(d->model, have->entry);
        if (of->type || of->language == LANGUAGE_NONE || of->language == r->program->language)
            readings[count++] = *have;
    }
    const token *t = &d->tokens.items[e->start];
    subject s = {.d = d, .token = t, .readings = readings, .reading_count = count, .place = t->place};
    return label_of(r, &s, false);
}

uint32_t runner_mention_label(runner *r, const document *d, const mention *m) {
    subject s = {.d = d, .token = &d->tokens.items[m->start], .mention_type = m->type + 1};
    return label_of(r, &s, false);
}
