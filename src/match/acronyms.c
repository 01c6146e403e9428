/* Acronyms in brackets testify for the long name before them, and it for them.
 *
 *     das Hessische Landeskriminalamt (LKA)      People's Liberation Army (PLA)
 *         ─────────────────────────── ───
 *
 * The long name is the shortest run of words before the bracket that begins with the acronym's first letter and has the
 * others in their order (Schwartz and Hearst, Pacific Symposium on Biocomputing 2003). */
#include "match/acronyms.h"

#include "base/error.h"
#include "match/candidates.h"
#include "match/names.h"
#include "match/weights.h"
#include "model/model.h"

typedef struct finder {
    document *d;
    names names; /* .d is NULL as long as they are not needed */
    uint32_t place, organization;
} finder;

/* Two to eight letters, the first a capital and not the only one: "LKA", "BfW"; "Esa" if it has three. */
static bool is_short_name(const document *d, const token *t) {
    enum { MIN_LENGTH = 2, MAX_LENGTH = 8, MAX_WORD = 4 };
    uint32_t length = t->end - t->start;
    if (length < MIN_LENGTH || length > MAX_LENGTH || t->shape & (SHAPE_DOT | SHAPE_HYPHEN | SHAPE_HAS_DIGIT))
        return false;
    if (t->shape & (SHAPE_ALL_UPPER | SHAPE_INNER_UPPER)) return true;
    return t->shape & SHAPE_UPPER_FIRST && length <= MAX_WORD && length > MIN_LENGTH &&
           !(lexicon_marks(&d->lexicon, t->look) & MARK_ORDINARY);
}

static int32_t points_of(const document *d, uint32_t start, uint32_t end, uint32_t type) {
    uint32_t at = candidate_find(d, start, end, type);
    return at == NERX_NONE ? 0 : d->candidates.items[at].points;
}

/* Can the words before the bracket name something? "Jagdgeschwader (JG)": a single one needs another witness. */
static bool may_name(const finder *f, uint32_t first, uint32_t end) {
    const token *t = &f->d->tokens.items[first];
    if (!(t->shape & SHAPE_UPPER_FIRST)) return false;
    if (end - first > 1) return !name_is_given(&f->names, first);
    return t->shape & SHAPE_HYPHEN || points_of(f->d, first, end, f->organization) > 0;
}

/* The first word of the long name that ends before the bracket, or NERX_NONE. */
static uint32_t long_name(const finder *f, const mention *acronym) {
    enum { SPARE_WORDS = 5 };
    const document *d = f->d;
    uint32_t end = acronym->start - 1, lowest = d->sentences.items[acronym->sentence].first;
    uint32_t length = d->tokens.items[acronym->start].end - d->tokens.items[acronym->start].start;
    if (end == lowest || !(d->tokens.items[end - 1].shape & SHAPE_UPPER_FIRST)) return NERX_NONE;
    for (uint32_t first = end; first > lowest && end - first < length + SPARE_WORDS; first--) {
        mention full = {.start = first - 1, .end = end, .sentence = acronym->sentence};
        if (d->tokens.items[first - 1].shape & (SHAPE_END | SHAPE_OPEN | SHAPE_CLOSE | SHAPE_QUOTE)) return NERX_NONE;
        if (may_name(f, first - 1, end) && name_contracts_from(&f->names, acronym, &full)) return first - 1;
    }
    return NERX_NONE;
}

/* "Hessische" before "Landeskriminalamt" belongs to it. */
static uint32_t with_adjectives(const finder *f, uint32_t first, const sentence *in) {
    while (first > in->first + 1 && f->d->tokens.items[first - 1].shape & SHAPE_UPPER_FIRST &&
           name_is_adjective(&f->names, first - 1, in->language))
        first--;
    return first;
}

static bool testify(finder *f, const mention *acronym, uint32_t first, int32_t points) {
    document *d = f->d;
    uint32_t end = acronym->start - 1;
    int32_t place = points_of(d, first, end, f->place) + points_of(d, acronym->start, acronym->end, f->place);
    int32_t organization =
        points_of(d, first, end, f->organization) + points_of(d, acronym->start, acronym->end, f->organization);
    uint32_t type = place > organization ? f->place : f->organization;
    witness w = {.source = NERX_NONE, .points = 0, .kind = WITNESS_RECALL};
    uint32_t full = candidate_testify(d, first, end, type, acronym->sentence, &w);
    if (full == NERX_NONE) return false;
    w = (witness){.source = full, .points = points, .kind = WITNESS_RECALL};
    uint32_t short_name = candidate_testify(d, acronym->start, acronym->end, type, acronym->sentence, &w);
    if (short_name == NERX_NONE) return false;
    w.source = short_name;
    return candidate_testify(d, first, end, type, acronym->sentence, &w) != NERX_NONE;
}

static bool is_bracketed(const document *d, uint32_t i) {
    const token *t = d->tokens.items;
    return t[i].shape & SHAPE_OPEN && i + 2 < d->tokens.count && t[i + 2].shape & SHAPE_CLOSE &&
           is_short_name(d, &t[i + 1]);
}

static bool visit(finder *f, uint32_t i, uint32_t sentence_index) {
    const document *d = f->d;
    if (!f->names.d) f->names = names_of(d);
    mention acronym = {.start = i + 1, .end = i + 2, .sentence = sentence_index};
    uint32_t first = long_name(f, &acronym);
    if (first == NERX_NONE) return true;
    mention full = {.start = first, .end = i, .sentence = sentence_index};
    bool plain = name_abbreviates(&f->names, &acronym, &full);
    return testify(f, &acronym, with_adjectives(f, first, &d->sentences.items[sentence_index]),
                   plain ? WEIGHT_ACRONYM_PLAIN : WEIGHT_ACRONYM_HIDDEN);
}

bool acronyms_testify(document *d, nerx_error *error) {
    finder f = {
        .d = d, .place = model_type_find(d->model, STR("LOC")), .organization = model_type_find(d->model, STR("ORG"))};
    if (f.organization == NERX_NONE) return true;
    for (uint32_t k = 0; k < d->listed.count; k++) {
        uint32_t i = d->listed.items[k];
        if (!is_bracketed(d, i)) continue;
        uint32_t s = document_sentence_at(d, i);
        const sentence *in = &d->sentences.items[s];
        if (i > in->first && i + 2 < in->end && !visit(&f, i, s)) return error_memory(error);
    }
    return true;
}
