/* Classes of the words of names, remembered by kind of token. */
#include "match/name_classes.h"

static void find_classes(const model *m, uint32_t *classes) {
    static const char *const spelt[NAME_CLASSES] = {
        [NAME_GIVEN] = "given",
        [NAME_SURNAME] = "surname",
        [NAME_SUFFIX] = "suffix",
        [NAME_ORG_HEAD] = "org-head",
        [NAME_LEGAL_FORM] = "legal-form",
        [NAME_ENDING] = "name-suffix",
        [NAME_NOUN] = "noun",
        [NAME_ADJ] = "adj",
        [NAME_NATIONALITY] = "nationality",
        [NAME_COUNTRY] = "country",
        [NAME_NATURE] = "nature",
        [NAME_ARTICLE] = "article",
        [NAME_CLUB_HEAD] = "club-head",
        [NAME_TEAM] = "team-name",
        [NAME_CLUB_TAIL] = "club-tail",
        [NAME_CITY] = "city",
        [NAME_INHABITANT] = "inhabitant",
        [NAME_TITLE] = "title",
        [NAME_OFFICE] = "office",
        [NAME_PROFESSION] = "profession",
        [NAME_KIN] = "kin",
    };
    for (uint32_t i = 0; i < NAME_CLASSES; i++)
        classes[i] = model_class_find(m, str_of(spelt[i]));
}

names names_of(const document *d) {
    names n = {.d = d};
    if (!d->memory) {
        find_classes(d->model, n.classes);
        return n;
    }
    if (!d->memory->name_classes.found) find_classes(d->model, d->memory->name_classes.classes);
    d->memory->name_classes.found = true;
    memcpy(n.classes, d->memory->name_classes.classes, sizeof n.classes);
    return n;
}

static const token *at(const names *n, uint32_t i) {
    return &n->d->tokens.items[i];
}

static uint32_t readings_of(const names *n, uint32_t form, uint32_t fold, uint8_t language, reading *out) {
    return model_readings(n->d->model, &n->d->lexicon, form, fold, language, out, MODEL_MAX_READINGS);
}

uint32_t name_readings_in_any_case(const names *n, const token *t, uint8_t language, reading *out) {
    uint32_t count = readings_of(n, t->look, t->fold, language, out);
    if (t->fold == t->look) return count;
    return count + model_readings(n->d->model, &n->d->lexicon, t->fold, t->fold, language, out + count,
                                  2 * MODEL_MAX_READINGS - count);
}

/* Bits behind those of the classes. */
enum { INFLECTS_AS_ADJ = NAME_CLASSES, HEADS_COMPANY, WORKED_OUT };

static uint32_t work_out(const names *n, uint32_t i, uint8_t language, bool loose) {
    reading readings[2 * MODEL_MAX_READINGS];
    const token *t = at(n, i);
    uint32_t count = loose ? name_readings_in_any_case(n, t, language, readings)
                           : readings_of(n, t->look, t->fold, language, readings);
    uint32_t bits = (uint32_t)1 << WORKED_OUT;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t class = model_entry(n->d->model, readings[k].entry)->class;
        for (uint32_t c = 0; c < NAME_CLASSES; c++)
            bits |= (uint32_t)(n->classes[c] == class) << c;
        if (readings[k].features & FEATURE_ADJ) bits |= (uint32_t)1 << INFLECTS_AS_ADJ;
        if (class != n->classes[NAME_ORG_HEAD]) continue;
        str kind = model_entry_attribute(n->d->model, readings[k].entry, STR("kind"));
        if (str_is(kind, "company")) bits |= (uint32_t)1 << HEADS_COMPANY;
    }
    return bits;
}

uint32_t name_classes_at(const names *n, uint32_t i, uint8_t language, bool loose) {
    memory_column column = loose ? COLUMN_NAMES_LOOSE : COLUMN_NAMES;
    uint32_t kind = at(n, i)->kind, bits = memory_bit_set(n->d, column, kind, language);
    if (bits) return bits;
    uint32_t *known = memory_bits(n->d, column, kind, language);
    bits = work_out(n, i, language, loose);
    if (known) *known = bits;
    return bits;
}

bool name_in_class(const names *n, uint32_t i, uint8_t language, name_class class, uint32_t *all, uint32_t *some) {
    if (!name_is_in(name_classes_at(n, i, language, false), class)) return false;
    if (!all && !some) return true;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = readings_of(n, at(n, i)->look, at(n, i)->fold, language, readings);
    bool found = false;
    for (uint32_t k = 0; k < count; k++) {
        if (model_entry(n->d->model, readings[k].entry)->class != n->classes[class]) continue;
        if (all) *all = found ? *all & readings[k].features : readings[k].features;
        if (some) *some = found ? *some | readings[k].features : readings[k].features;
        found = true;
    }
    return found;
}

bool name_in_classes(const names *n, uint32_t i, uint8_t language, name_class first, name_class last) {
    uint32_t some = ((uint32_t)2 << last) - ((uint32_t)1 << first);
    return name_classes_at(n, i, language, false) & some;
}

bool name_is_org_head(const names *n, uint32_t i, uint8_t language) {
    return name_is_in(name_classes_at(n, i, language, false), NAME_ORG_HEAD);
}

bool name_is_company_head(const names *n, uint32_t i, uint8_t language) {
    return name_classes_at(n, i, language, false) >> HEADS_COMPANY & 1;
}

bool name_is_given(const names *n, uint32_t i) {
    return name_is_in(name_classes_at(n, i, LANGUAGE_NONE, false), NAME_GIVEN);
}

bool name_is_adjective(const names *n, uint32_t i, uint8_t language) {
    uint32_t some = (uint32_t)1 << NAME_ADJ | (uint32_t)1 << NAME_NATIONALITY | (uint32_t)1 << INFLECTS_AS_ADJ;
    return name_classes_at(n, i, language, true) & some;
}
