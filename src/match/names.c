/* What the name of one mention says about the name of another: the same, a part, a fuller form, an acronym. */
#include "match/name_classes.h"

#include "base/error.h"
#include "text/utf8.h"

static const token *at(const names *n, uint32_t i) {
    return &n->d->tokens.items[i];
}

static bool has_class(const names *n, uint32_t i, name_class class) {
    return name_is_in(name_classes_at(n, i, LANGUAGE_NONE, false), class);
}

uint32_t name_town_of_club(const names *n, const mention *organization, uint32_t *start) {
    uint32_t last = organization->end - 1;
    bool headed = false;
    if (organization->end - organization->start < 2) return 0;
    *start = organization->start;
    if (has_class(n, last, NAME_TEAM)) return last - *start;
    if (has_class(n, last, NAME_CLUB_TAIL) && has_class(n, *start, NAME_CITY)) return last - *start;
    for (uint32_t i = organization->start; i < last; i++)
        headed |= has_class(n, i, NAME_CLUB_HEAD);
    *start = last;
    return headed && has_class(n, last, NAME_CITY);
}

static uint8_t language_of(const names *n, const mention *m) {
    return n->d->sentences.items[m->sentence].language;
}

bool name_matches(const document *d, uint32_t form, uint32_t name) {
    if (form == name) return true;
    str longer = lexicon_text(&d->lexicon, form), stem = lexicon_text(&d->lexicon, name);
    if (longer.len <= stem.len || !str_starts(longer, stem)) return false;
    str tail = str_slice(longer, stem.len, longer.len);
    uint32_t id = lexicon_find(&d->lexicon, tail);
    return id != NERX_NONE && lexicon_marks(&d->lexicon, id) & MARK_SUFFIX;
}

static bool matches_either(const names *n, uint32_t a, uint32_t b) {
    return name_matches(n->d, a, b) || name_matches(n->d, b, a);
}

uint32_t name_family(const names *n, const mention *person) {
    uint32_t first = person->start, last = person->end - 1;
    if (last - first >= 2 && has_class(n, last, NAME_SUFFIX)) last--;
    if (!has_class(n, first, NAME_SURNAME) || has_class(n, last, NAME_SURNAME)) return last;
    bool eastern = last - first == 2 && at(n, first)->end - at(n, first)->start <= 4;
    bool hyphen_last = last - first == 1 && at(n, last)->shape & SHAPE_HYPHEN;
    return eastern || hyphen_last || !has_class(n, first, NAME_GIVEN) ? first : last;
}

/* Forms of one ordinary word: "Europäischen" and "Europäische". */
static bool share_entry(const names *n, uint32_t i, uint32_t k, uint8_t language) {
    uint32_t some = (uint32_t)1 << NAME_ADJ | (uint32_t)1 << NAME_NOUN | (uint32_t)1 << NAME_NATIONALITY;
    if (!(name_classes_at(n, i, language, true) & name_classes_at(n, k, language, true) & some)) return false;
    reading ra[2 * MODEL_MAX_READINGS], rb[2 * MODEL_MAX_READINGS];
    uint32_t ca = name_readings_in_any_case(n, at(n, i), language, ra),
             cb = name_readings_in_any_case(n, at(n, k), language, rb);
    for (uint32_t x = 0; x < ca; x++) {
        uint32_t class = model_entry(n->d->model, ra[x].entry)->class;
        if (class != n->classes[NAME_ADJ] && class != n->classes[NAME_NOUN] && class != n->classes[NAME_NATIONALITY])
            continue;
        for (uint32_t y = 0; y < cb; y++) {
            if (ra[x].entry == rb[y].entry) return true;
        }
    }
    return false;
}

/* "N.Y.P.D." and "NYPD". */
static bool same_letters(const names *n, const token *a, const token *b) {
    if (!(a->shape & b->shape & SHAPE_ALL_UPPER) || !((a->shape | b->shape) & SHAPE_DOT)) return false;
    str x = lexicon_text(&n->d->lexicon, a->fold), y = lexicon_text(&n->d->lexicon, b->fold);
    size_t i = 0, k = 0;
    for (;;) {
        i += i < x.len && x.ptr[i] == '.';
        k += k < y.len && y.ptr[k] == '.';
        if (i == x.len || k == y.len) return i == x.len && k == y.len;
        if (x.ptr[i++] != y.ptr[k++]) return false;
    }
}

static bool same_word(const names *n, uint32_t i, uint32_t k, uint8_t language, bool last) {
    const token *a = at(n, i), *b = at(n, k);
    if (a->fold == b->fold || same_letters(n, a, b) || (last && matches_either(n, a->fold, b->fold))) return true;
    return a->shape & b->shape & SHAPE_LETTERS && share_entry(n, i, k, language);
}

/* The first `count` words of both from `i` and `k` on. */
static bool same_words(const names *n, uint32_t i, uint32_t k, uint32_t count, uint8_t language) {
    for (uint32_t w = 0; w < count; w++) {
        if (!same_word(n, i + w, k + w, language, w + 1 == count)) return false;
    }
    return true;
}

bool name_equal(const names *n, const mention *a, const mention *b) {
    return name_words(a) == name_words(b) && same_words(n, a->start, b->start, name_words(a), language_of(n, a));
}

/* "W." and "Walker", or the same word. */
static bool person_word(const names *n, uint32_t i, uint32_t k) {
    const token *a = at(n, i), *b = at(n, k);
    if (matches_either(n, a->fold, b->fold)) return true;
    if (!((a->shape | b->shape) & SHAPE_INITIAL)) return false;
    str x = lexicon_text(&n->d->lexicon, a->fold), y = lexicon_text(&n->d->lexicon, b->fold);
    const char *p = x.ptr, *q = y.ptr;
    return utf8_next(&p) == utf8_next(&q);
}

/* The end without "Jr."; `suffix` is its key without a full stop, or empty. */
static uint32_t end_without_suffix(const names *n, const mention *m, str *suffix) {
    *suffix = STR("");
    if (name_words(m) < 3 || !has_class(n, m->end - 1, NAME_SUFFIX)) return m->end;
    *suffix = lexicon_text(&n->d->lexicon, at(n, m->end - 1)->fold);
    if (suffix->ptr[suffix->len - 1] == '.') suffix->len--;
    return m->end - 1;
}

/* The words of `a` in their order among those of `b`; `whole`: the first ones, and no initials. */
static bool among_words(const names *n, const mention *a, uint32_t end_a, const mention *b, uint32_t end_b,
                        bool whole) {
    uint32_t i = a->start;
    for (uint32_t k = b->start; k < end_b && i < end_a; k++) {
        if (whole ? at(n, i)->fold == at(n, k)->fold : person_word(n, i, k)) {
            i++;
        } else if (whole) {
            return false;
        }
    }
    return i == end_a;
}

bool name_of_one_person(const names *n, const mention *a, const mention *b) {
    if (name_words(a) > name_words(b)) {
        const mention *longer = a;
        a = b;
        b = longer;
    }
    str suffix_a, suffix_b;
    uint32_t end_a = end_without_suffix(n, a, &suffix_a), end_b = end_without_suffix(n, b, &suffix_b);
    if (suffix_a.len && suffix_b.len && !str_equal(suffix_a, suffix_b)) return false;
    if (person_word(n, end_a - 1, end_b - 1)) return among_words(n, a, end_a, b, end_b, false);
    return end_a - a->start > 1 && among_words(n, a, end_a, b, end_b, true);
}

name_part name_part_of(const names *n, const mention *part, const mention *full) {
    if (name_words(part) != 1 || name_words(full) < 2) return PART_NONE;
    uint32_t id = at(n, part->start)->look, family = name_family(n, full);
    if (name_matches(n->d, id, at(n, family)->look) || at(n, part->start)->fold == at(n, family)->fold)
        return PART_FAMILY;
    uint32_t other = family == full->start ? full->end - 1 : full->start;
    return name_matches(n->d, id, at(n, other)->look) ? PART_GIVEN : PART_NONE;
}

uint32_t name_end_without_form(const names *n, const mention *m) {
    uint32_t end = m->end;
    while (end - m->start > 1 && (at(n, end - 1)->shape & SHAPE_PUNCT || has_class(n, end - 1, NAME_LEGAL_FORM)))
        end--;
    return end;
}

bool name_is_country(const names *n, uint32_t i) {
    return has_class(n, i, NAME_COUNTRY);
}

/* Is a name whole that ends before word `end` of a longer one? "German Army" is no short "German Army Group", nor "ROK"
 * a short "ROK Army"; but "Brooklyn Institute" one of "Brooklyn Institute of Arts". */
static bool is_whole(const names *n, const mention *full, uint32_t end, uint8_t language) {
    if (end >= name_end_without_form(n, full) || at(n, end)->shape & SHAPE_LOWER) return false;
    return name_is_org_head(n, end - 1, language) ||
           (end - full->start == 1 && at(n, end - 1)->shape & SHAPE_ALL_UPPER);
}

uint32_t name_calling(const names *n, const mention *m) {
    bool club = name_words(m) > 2 && at(n, m->start)->shape & (SHAPE_HAS_DIGIT | SHAPE_ALL_UPPER);
    uint32_t shape = club ? at(n, m->end - 2)->shape : 0;
    return shape & SHAPE_UPPER_FIRST && !(shape & SHAPE_ALL_UPPER) ? m->end - 2 : NERX_NONE;
}

bool name_shortens(const names *n, const mention *part, const mention *full, bool begins) {
    uint32_t count = name_end_without_form(n, part) - part->start;
    uint8_t language = language_of(n, part);
    if (count > name_words(full) || (count == name_words(full) && count == name_words(part))) return false;
    uint32_t calling = count == 1 && !begins ? name_calling(n, full) : NERX_NONE;
    if (calling != NERX_NONE && same_words(n, part->start, calling, count, language)) return true;
    if (count == 1 && name_is_org_head(n, part->start, language)) return false;
    /* "Germans" are no short "German Navy" */
    if (count == 1 && name_words(part) == 1 &&
        name_is_in(name_classes_at(n, part->start, language, false), NAME_INHABITANT))
        return false;
    if (same_words(n, part->start, full->start, count, language)) {
        if (!begins) return !is_whole(n, full, full->start + count, language);
        return count < name_words(full) && at(n, full->start + count)->shape & SHAPE_LOWER;
    }
    return !begins && count == name_words(part) && same_words(n, part->start, full->end - count, count, language);
}

bool name_equal_but_form(const names *n, const mention *a, const mention *b) {
    uint32_t count = name_end_without_form(n, a) - a->start;
    return count == name_end_without_form(n, b) - b->start &&
           same_words(n, a->start, b->start, count, language_of(n, a));
}

/* Appends the first letters of a word's parts: of "Fußball-Bund" F and B. */
static size_t add_initials(const names *n, const token *t, char *to, size_t length) {
    str key = lexicon_text(&n->d->lexicon, t->fold);
    bool begins = true;
    for (const char *p = key.ptr, *end = key.ptr + key.len; p < end;) {
        uint32_t c = utf8_next(&p);
        if (begins && length + 4 <= NAME_MAX_INITIALS) length += utf8_put(to + length, c);
        begins = c == '-';
    }
    return length;
}

size_t name_initials(const names *n, const mention *m, bool capitals, char *to) {
    size_t length = 0;
    for (uint32_t i = m->start; i < name_end_without_form(n, m); i++) {
        const token *t = at(n, i);
        if (t->shape & SHAPE_LETTERS && (!capitals || t->shape & SHAPE_UPPER_FIRST))
            length = add_initials(n, t, to, length);
    }
    return length;
}

bool name_abbreviates(const names *n, const mention *acronym, const mention *full) {
    if (name_words(acronym) != 1 || !(at(n, acronym->start)->shape & SHAPE_ALL_UPPER)) return false;
    str key = lexicon_text(&n->d->lexicon, at(n, acronym->start)->fold);
    for (int capitals = 0; capitals < 2; capitals++) {
        char initials[NAME_MAX_INITIALS];
        size_t length = name_initials(n, full, capitals, initials);
        if (str_equal(key, (str){initials, length})) return true;
    }
    return false;
}

/* Are the letters of `key` among those of the words, in their order? */
static bool has_letters(const names *n, const mention *full, str key) {
    size_t used = 0;
    for (uint32_t i = full->start; i < full->end; i++) {
        str folded = lexicon_text(&n->d->lexicon, at(n, i)->fold);
        for (size_t k = 0; k < folded.len && used < key.len; k++)
            used += folded.ptr[k] == key.ptr[used];
    }
    return used == key.len;
}

bool name_contracts(const names *n, const mention *contraction, const mention *full) {
    enum { MAX_CONTRACTION = 12 };
    str key = lexicon_text(&n->d->lexicon, at(n, contraction->start)->fold);
    if (name_words(contraction) != 1 || key.len > MAX_CONTRACTION) return false;
    char initials[NAME_MAX_INITIALS];
    size_t count = name_initials(n, full, false, initials);
    return count && memchr(initials, key.ptr[0], count) && has_letters(n, full, key);
}

bool name_contracts_from(const names *n, const mention *contraction, const mention *full) {
    str key = lexicon_text(&n->d->lexicon, at(n, contraction->start)->fold);
    str word_key = lexicon_text(&n->d->lexicon, at(n, full->start)->fold);
    return key.len && word_key.len && key.ptr[0] == word_key.ptr[0] && has_letters(n, full, key);
}

/* The country a word speaks of: "russische"; with `genitive` also "Russlands". */
static str country_of(const names *n, uint32_t i, uint8_t language, bool genitive) {
    const size_t prefix = sizeof "country:" - 1;
    uint32_t some = (uint32_t)1 << NAME_NATIONALITY | (uint32_t)1 << NAME_COUNTRY;
    if (!(name_classes_at(n, i, language, true) & some)) return STR("");
    reading readings[2 * MODEL_MAX_READINGS];
    uint32_t count = name_readings_in_any_case(n, at(n, i), language, readings);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t class = model_entry(n->d->model, readings[k].entry)->class;
        if (class == n->classes[NAME_NATIONALITY])
            return model_entry_attribute(n->d->model, readings[k].entry, STR("country"));
        str id = class == n->classes[NAME_COUNTRY] ? model_entry_id(n->d->model, readings[k].entry) : STR("");
        if (id.len > prefix && (genitive || readings[k].features & FEATURE_GEN)) return str_slice(id, prefix, id.len);
    }
    return STR("");
}

str name_country(const names *n, const mention *m) {
    uint32_t first = n->d->sentences.items[m->sentence].first, before = m->start;
    uint8_t language = language_of(n, m);
    str country = name_words(m) > 1 ? country_of(n, m->start, language, false) : STR("");
    if (country.len || before == first) return country;
    bool clitic = at(n, before - 1)->shape & SHAPE_APOSTROPHE && at(n, before - 1)->place & TOKEN_JOINED;
    if (clitic) before--;
    return before == first ? STR("") : country_of(n, before - 1, language, clitic);
}

static uint32_t one_gender(uint32_t features) {
    features &= FEATURE_M | FEATURE_F;
    return features == (FEATURE_M | FEATURE_F) ? 0 : features;
}

static uint32_t gender_before(const names *n, const mention *m) {
    enum { MAX_BEFORE = 3 };
    static const name_class before[] = {NAME_TITLE, NAME_OFFICE, NAME_PROFESSION, NAME_KIN};
    uint32_t first = n->d->sentences.items[m->sentence].first;
    for (uint32_t i = m->start; i > first && m->start - i < MAX_BEFORE; i--) {
        bool known = false;
        for (size_t k = 0; k < sizeof before / sizeof *before; k++) {
            uint32_t features = 0;
            bool found = name_in_class(n, i - 1, language_of(n, m), before[k], NULL, &features);
            if (found && one_gender(features)) return one_gender(features);
            known |= found;
        }
        if (!known) return 0;
    }
    return 0;
}

uint32_t name_gender(const names *n, const mention *person) {
    uint32_t gender = gender_before(n, person), features = 0;
    if (gender || name_words(person) < 2 || name_family(n, person) == person->start) return gender;
    bool given = name_in_class(n, person->start, LANGUAGE_NONE, NAME_GIVEN, NULL, &features);
    return given ? one_gender(features) : 0;
}
