/* Recall over the document.
 *
 *     "Leif-Eric Easley" ──> "Easley", "Easleys"       the last word of a person's name
 *     "Kim Jong Un"      ──> "Kim"                     the first, where it is a surname and the last is not
 *     "Emil Dreyfenau"   ──> "Emil"                    the given name
 *     "RB Leipzig"       ──> "Leipzig"                 the town of a club, where there are several clubs
 *     "Europäische Zentralbank (EZB)" ──> "EZB"        an acronym in brackets behind a name
 *     any mention        ──> the same words elsewhere */
#include "match/recall.h"

#include "base/error.h"
#include "match/candidates.h"
#include "match/capitals.h"
#include "match/name_classes.h"
#include "match/weights.h"

typedef enum recall_kind { RECALL_NAME, RECALL_PART, RECALL_ACRONYM, RECALL_GIVEN } recall_kind;

/* A run of words that names something; `helper` is the candidate that establishes it. */
typedef struct known_name {
    uint32_t first_token, count; /* the words, as they stand in the text */
    uint32_t type, helper, next;
    uint8_t kind;
} known_name;

typedef struct memory {
    document *d;
    VEC(known_name) names;
    uint32_t *slots;       /* by hash of the first word, or the first two: name plus one */
    uint64_t *first_words; /* bits by key of the first words of names: what is not there begins none */
    uint32_t slot_shift;   /* of a hash, to its slot */
    uint32_t shift;        /* of a key, to its bit */
    capitals capitals;
    uint32_t around; /* while names are looked for: the first mention that does not end before them */
    uint32_t person, organization, date, clubs;
    names name_classes;
} memory;

static const word_kind *kind_at(const document *d, uint32_t i) {
    return &d->lexicon.kinds.items[d->tokens.items[i].kind];
}

static uint32_t slot_of_one(const memory *m, uint32_t word_id) {
    return word_id * 0x9e3779b1U >> m->slot_shift;
}

static uint32_t slot_of_two(const memory *m, uint32_t first, uint32_t second) {
    return (first * 0x85ebca77U ^ second) * 0x9e3779b1U >> m->slot_shift;
}

enum {
    MIN_CLUBS = 3 /* town clubs that make a report of matches */,
    MAX_LOOKS = 64 /* names with the same two words at their beginning */
};

/* The same words for the same type, from an earlier mention; or one of too many. */
static bool is_remembered(const memory *m, uint32_t slot, uint32_t first_token, uint32_t count, uint32_t type) {
    const token *words = m->d->tokens.items;
    uint32_t looks = 0;
    for (uint32_t k = m->slots[slot]; k; k = m->names.items[k - 1].next) {
        if (++looks > MAX_LOOKS) return true;
        const known_name *n = &m->names.items[k - 1];
        uint32_t i = 0;
        while (n->count == count && n->type == type && i < count &&
               words[n->first_token + i].look == words[first_token + i].look)
            i++;
        if (i == count) return true;
    }
    return false;
}

static uint32_t bit_of(const memory *m, uint32_t key) {
    return key * 0x9e3779b1U >> m->shift;
}

static bool has_bit(const memory *m, uint32_t key) {
    uint32_t place = bit_of(m, key);
    return m->first_words[place >> 6] >> (place & 63) & 1;
}

static bool remember(memory *m, uint32_t first_token, uint32_t count, uint32_t helper, uint8_t kind) {
    const document *d = m->d;
    uint32_t first = d->tokens.items[first_token].look;
    uint32_t slot = count > 1 ? slot_of_two(m, first, d->tokens.items[first_token + 1].look) : slot_of_one(m, first);
    if (is_remembered(m, slot, first_token, count, d->candidates.items[helper].type)) return true;
    known_name n = {first_token, count, d->candidates.items[helper].type, helper, m->slots[slot], kind};
    if (!vec_push(d->arena, &m->names, n)) return false;
    uint32_t place = bit_of(m, name_word_at(&m->name_classes, first_token).key);
    m->first_words[place >> 6] |= (uint64_t)1 << (place & 63);
    m->slots[slot] = m->names.count;
    return true;
}

static bool is_name_word(const token *t) {
    return t->shape & SHAPE_UPPER_FIRST && !(t->shape & SHAPE_INITIAL);
}

static bool remember_person(memory *m, const mention *at) {
    if (at->end - at->start < 2) return true;
    uint32_t family = name_family(&m->name_classes, at);
    bool may = family == at->start || is_name_word(&m->d->tokens.items[family]);
    if (may && !remember(m, family, 1, at->candidate, RECALL_PART)) return false;
    if (family == at->start || !name_is_given(&m->name_classes, at->start)) return true;
    bool month = kind_at(m->d, at->start)->look_marks & MARK_MONTH; /* "June" */
    return month || name_is_country(&m->name_classes, at->start) ||
           remember(m, at->start, 1, at->candidate, RECALL_GIVEN);
}

/* "Dreyfen Kabelwerke AG" is also called Dreyfen Kabelwerke, and Dreyfen; so is "Dreyfen Foods". */
static bool remember_company(memory *m, const mention *at) {
    const names *n = &m->name_classes;
    const token *first = &m->d->tokens.items[at->start];
    uint32_t end = name_end_without_form(n, at), count = end - at->start;
    uint8_t language = m->d->sentences.items[at->sentence].language;
    bool ordinary = kind_at(m->d, at->start)->fold_marks & MARK_ORDINARY;
    bool company = end != at->end || name_is_company_head(n, end - 1, language);
    if (!company || (count == 1 && ordinary)) return true;
    if (end != at->end && !remember(m, at->start, count, at->candidate, RECALL_NAME)) return false;
    bool may = count > 1 && is_name_word(first) && !ordinary && !name_is_given(n, at->start) &&
               !name_is_org_head(n, at->start, language) && !name_is_adjective(n, at->start, language);
    return !may || remember(m, at->start, 1, at->candidate, RECALL_PART);
}

/* "(EZB)" behind an organization. */
static bool remember_acronym(memory *m, const mention *at) {
    const document *d = m->d;
    if (at->end + 2 >= d->tokens.count) return true;
    const token *t = d->tokens.items + at->end;
    bool bracketed = t[0].shape & SHAPE_OPEN && t[1].shape & SHAPE_ALL_UPPER && t[2].shape & SHAPE_CLOSE;
    return !bracketed || remember(m, at->end + 1, 1, at->candidate, RECALL_ACRONYM);
}

/* "GM" where the text has "General Motors". */
static bool remember_initials(memory *m, const mention *at) {
    document *d = m->d;
    uint32_t t = capitals_named(&m->capitals, &m->name_classes, at);
    if (t == NERX_NONE) return true;
    witness w = {
        .source = at->candidate, .points = WEIGHT_RECALL_ACRONYM, .kind = WITNESS_RECALL, .recall = RECALL_ACRONYM};
    if (candidate_testify(d, t, t + 1, at->type, document_sentence_at(d, t), &w) == NERX_NONE) return false;
    return remember(m, t, 1, at->candidate, RECALL_ACRONYM);
}

static uint32_t count_clubs(const memory *m) {
    uint32_t count = 0, start;
    for (uint32_t i = 0; i < m->d->mentions.count; i++) {
        const mention *at = &m->d->mentions.items[i];
        count += at->type == m->organization && name_town_of_club(&m->name_classes, at, &start);
    }
    return count;
}

static bool remember_club(memory *m, const mention *at) {
    uint32_t start, count = m->clubs < MIN_CLUBS ? 0 : name_town_of_club(&m->name_classes, at, &start);
    return !count || remember(m, start, count, at->candidate, RECALL_PART);
}

static bool is_short_of_firm(const memory *m, uint32_t slot, const mention *at) {
    uint32_t looks = 0, look = m->d->tokens.items[at->start].look;
    for (uint32_t k = m->slots[slot]; k && looks < MAX_LOOKS; k = m->names.items[k - 1].next, looks++) {
        const known_name *n = &m->names.items[k - 1];
        bool part = n->kind == RECALL_PART && n->type == m->organization && n->count == 1;
        if (part && m->d->tokens.items[n->first_token].look == look) return true;
    }
    return false;
}

/* "Wolkenstein" taken for a town, where the text has Paul Wolkenstein; "Dreyfen", where it has Dreyfen Kabelwerke AG.
 */
static bool is_part_of_longer(const memory *m, const mention *at) {
    if (at->end - at->start != 1) return false;
    uint32_t slot = slot_of_one(m, m->d->tokens.items[at->start].look);
    bool person = at->type != m->person && is_remembered(m, slot, at->start, 1, m->person);
    return person || (at->type != m->organization && is_short_of_firm(m, slot, at));
}

/* "Leipzig" in a report of matches is the club, but where the words around say otherwise. */
static bool is_club_town(const memory *m, const mention *at) {
    const token *t = &m->d->tokens.items[at->start];
    uint32_t count = at->end - at->start;
    uint32_t slot = count > 1 ? slot_of_two(m, t->look, t[1].look) : slot_of_one(m, t->look);
    bool may = count < 3 && at->type != m->organization && m->clubs >= MIN_CLUBS;
    return may && is_remembered(m, slot, at->start, count, m->organization);
}

static bool remember_mention(memory *m, const mention *at) {
    if (at->type != m->person && at->type != m->organization && at->value.len) return true;
    if (is_part_of_longer(m, at) || is_club_town(m, at)) return true;
    bool month = at->end - at->start == 1 && at->type == m->person &&
                 kind_at(m->d, at->start)->look_marks & MARK_MONTH; /* "his wife June" */
    if (month) return true;
    if (!remember(m, at->start, at->end - at->start, at->candidate, RECALL_NAME)) return false;
    if (at->type == m->person) return remember_person(m, at);
    if (at->type != m->organization) return true;
    return remember_company(m, at) && remember_club(m, at) && remember_acronym(m, at) && remember_initials(m, at);
}

/* The names of several words first: they say what single words are. */
static bool remember_all(memory *m, bool single) {
    for (uint32_t i = 0; i < m->d->mentions.count; i++) {
        const mention *at = &m->d->mentions.items[i];
        bool asked = (at->end - at->start == 1) == single && at->type != m->date;
        if (asked && !remember_mention(m, at)) return false;
    }
    return true;
}

/* Does the name stand at token i, its last word perhaps inflected? */
static bool stands_at(const document *d, const known_name *n, uint32_t i, uint32_t end) {
    if (end - i < n->count) return false;
    for (uint32_t k = 0; k < n->count; k++) {
        uint32_t form = d->tokens.items[i + k].look, name = d->tokens.items[n->first_token + k].look;
        if (k + 1 < n->count ? form != name : !name_matches(d, form, name)) return false;
    }
    return true;
}

static int32_t weight(const document *d, const known_name *n, uint32_t i) {
    static const int32_t points[] = {WEIGHT_RECALL_NAME, WEIGHT_RECALL_PART, WEIGHT_RECALL_ACRONYM,
                                     WEIGHT_RECALL_GIVEN};
    const token *t = &d->tokens.items[i];
    const word_kind *kind = kind_at(d, i);
    bool ordinary = n->count == 1 && kind->look_marks & MARK_ORDINARY;
    bool first = n->count == 1 && t->place & TOKEN_FIRST && kind->fold_marks & MARK_ORDINARY;
    return ordinary || first ? WEIGHT_RECALL_WEAK : points[n->kind];
}

/* What speaks for "Merkel" speaks for "Angela Merkel" that ends there, too. */
static bool help_longer(memory *m, uint32_t i, uint32_t type, uint32_t sentence_index, const witness *w) {
    enum { MOST_GIVEN = 3 };
    document *d = m->d;
    uint32_t first = d->sentences.items[sentence_index].first;
    for (uint32_t start = i; start > first && i - start < MOST_GIVEN;) {
        start--;
        if (!name_is_given(&m->name_classes, start) && !(d->tokens.items[start].shape & SHAPE_INITIAL)) return true;
        if (candidate_find(d, start, i + 1, type) == NERX_NONE) continue;
        if (candidate_testify(d, start, i + 1, type, sentence_index, w) == NERX_NONE) return false;
    }
    return true;
}

/* "Wolkenstein" in "Klaus Wolkenstein", a mention of the first round: no name of its own. */
static bool is_inside(memory *m, const known_name *n, uint32_t i) {
    while (m->around < m->d->mentions.count && m->d->mentions.items[m->around].end <= i)
        m->around++;
    const mention *at = m->around < m->d->mentions.count ? &m->d->mentions.items[m->around] : NULL;
    return at && at->start <= i && i + n->count <= at->end && at->end - at->start > n->count;
}

static bool help(memory *m, const known_name *n, uint32_t i, uint32_t sentence_index) {
    document *d = m->d;
    if (n->first_token == i) return true;
    witness w = {.source = n->helper, .points = weight(d, n, i), .kind = WITNESS_RECALL, .recall = n->kind};
    if (!is_inside(m, n, i) && candidate_testify(d, i, i + n->count, n->type, sentence_index, &w) == NERX_NONE)
        return false;
    bool family = n->count == 1 && n->type == m->person && n->kind != RECALL_GIVEN;
    return !family || help_longer(m, i, n->type, sentence_index, &w);
}

/* Where a name may stand: token i of a sentence. */
typedef struct visitor {
    memory *m;
    uint32_t i, end, sentence;
} visitor;

/* The names of one word, or of more with this second one. */
static bool visit(const visitor *v, uint32_t id, bool one) {
    memory *m = v->m;
    const token *words = m->d->tokens.items;
    uint32_t slot = one ? slot_of_one(m, id) : slot_of_two(m, words[v->i].look, id);
    uint32_t looks = 0;
    for (uint32_t k = m->slots[slot]; k && looks < MAX_LOOKS; k = m->names.items[k - 1].next, looks++) {
        const known_name *n = &m->names.items[k - 1];
        if ((n->count == 1) != one || words[n->first_token + !one].look != id || !stands_at(m->d, n, v->i, v->end))
            continue;
        if (!help(m, n, v->i, v->sentence)) return false;
    }
    return true;
}

/* A known stem of an inflected word: "Easleys" hangs on "Easley". */
static uint32_t stem_of(const document *d, uint32_t word_id, size_t cut) {
    str key = lexicon_text(&d->lexicon, word_id);
    return key.len > cut + 2 ? lexicon_find(&d->lexicon, str_slice(key, 0, key.len - cut)) : NERX_NONE;
}

/* Where the word at hand and the ones it may be an inflected form of begin names. */
static bool visit_token(const visitor *v, name_word w) {
    memory *m = v->m;
    const token *t = &m->d->tokens.items[v->i];
    bool known = has_bit(m, w.key);
    if (known && !visit(v, t->look, true)) return false;
    for (uint32_t cut = 1; cut <= NAME_LONGEST_ENDING; cut++) {
        if (!name_word_ends(w, cut) || !has_bit(m, name_word_stem(w, cut))) continue;
        uint32_t stem = stem_of(m->d, t->look, cut);
        if (stem != NERX_NONE && !visit(v, stem, true)) return false;
    }
    if (!known || v->i + 1 == v->end) return true;
    if (!visit(v, t[1].look, false)) return false;
    name_word second = name_word_at(&m->name_classes, v->i + 1);
    for (uint32_t cut = 1; cut <= NAME_LONGEST_ENDING; cut++) {
        uint32_t stem = name_word_ends(second, cut) ? stem_of(m->d, t[1].look, cut) : NERX_NONE;
        if (stem != NERX_NONE && !visit(v, stem, false)) return false;
    }
    return true;
}

static bool find_names(memory *m) {
    enum { AHEAD = 8 }; /* keys called from memory */
    const document *d = m->d;
    const token *words = d->tokens.items;
    const uint64_t *keys = memory_all_keys(d);
    visitor v = {.m = m};
    for (uint32_t k = 0; k < d->capitals.count; k++) {
        if (keys && k + AHEAD < d->capitals.count) __builtin_prefetch(&keys[words[d->capitals.items[k + AHEAD]].kind]);
        v.i = d->capitals.items[k];
        uint64_t known = keys ? keys[words[v.i].kind] : 0;
        name_word w = known ? name_word_of(known) : name_word_work_out(&m->name_classes, v.i);
        if (!has_bit(m, w.key) && !name_word_ends_at_all(w)) continue;
        while (d->sentences.items[v.sentence].end <= v.i)
            v.sentence++;
        v.end = d->sentences.items[v.sentence].end;
        if (!visit_token(&v, w)) return false;
    }
    return true;
}

static bool open(memory *m) {
    document *d = m->d;
    known_types types = memory_types(d);
    m->person = types.person;
    m->organization = types.organization;
    m->date = types.date;
    m->clubs = count_clubs(m);
    uint32_t bits = 6;
    while ((uint32_t)1 << bits < d->mentions.count * 2 && bits < 26)
        bits++;
    m->slot_shift = 32 - bits;
    m->shift = 32 - bits - 6;
    m->slots = arena_array(d->arena, uint32_t, (size_t)1 << bits);
    m->first_words = arena_array(d->arena, uint64_t, (size_t)1 << bits);
    return m->slots && m->first_words && vec_reserve(d->arena, &m->names, d->mentions.count * 2);
}

bool recall(document *d, nerx_error *error) {
    memory m = {.d = d, .name_classes = names_of(d)};
    if (!open(&m) || !capitals_find(&m.capitals, d) || !remember_all(&m, false) || !remember_all(&m, true))
        return error_memory(error);
    return !m.names.count || find_names(&m) || error_memory(error);
}
