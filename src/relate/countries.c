/* The countries that nationalities name. */
#include "relate/countries.h"

#include "model/model.h"

/* "RU" to a number; NERX_NONE for other codes. */
static uint32_t number_of(str code) {
    if (code.len != 2) return NERX_NONE;
    uint32_t a = (uint32_t)(code.ptr[0] - 'A'), b = (uint32_t)(code.ptr[1] - 'A');
    return a < 26 && b < 26 ? a * 26 + b : NERX_NONE;
}

/* Finds the document's countries among its entities. */
static void open_countries(countries *c, const document *d) {
    c->open = true;
    memset(c->entity, 0xff, sizeof c->entity);
    memset(c->asked, 0, sizeof c->asked);
    for (uint32_t i = 0; i < d->entities.count; i++) {
        str id = d->entities.items[i].id;
        if (!id.len || !str_starts(id, STR("country:"))) continue;
        uint32_t number = number_of(str_slice(id, 8, id.len));
        if (number != NERX_NONE && c->entity[number] == NERX_NONE) c->entity[number] = i;
    }
}

static str code_in(const document *d, uint32_t entry_index) {
    bool is = str_is(model_class_name(d->model, model_entry(d->model, entry_index)->class), "nationality");
    return is ? model_entry_attribute(d->model, entry_index, STR("country")) : STR("");
}

/* "North Korean": of a phrase that is one. */
static str code_of_phrase(const document *d, uint32_t start, uint32_t end) {
    for (uint32_t i = document_first_edge(d, start); i < d->edges.count && d->edges.items[i].start == start; i++) {
        const edge *e = &d->edges.items[i];
        reading_list r = model_phrase_readings(d->model, e->layer, e->phrase);
        for (uint32_t k = 0; e->end == end && k < r.count; k++) {
            str code = code_in(d, model_reading(&r, k).entry);
            if (code.len) return code;
        }
    }
    return STR("");
}

static str code_of(const document *d, uint32_t i) {
    const token *t = &d->tokens.items[i];
    reading readings[MODEL_MAX_READINGS];
    uint8_t language = d->sentences.items[document_sentence_at(d, i)].language;
    uint32_t count = model_readings(d->model, &d->lexicon, t->look, t->fold, language, readings, MODEL_MAX_READINGS);
    for (uint32_t k = 0; k < count; k++) {
        str code = code_in(d, readings[k].entry);
        if (code.len) return code;
    }
    return STR("");
}

bool countries_fill(countries *c, const document *d, uint32_t start, uint32_t end, role *out) {
    str code = end == start + 1 ? code_of(d, start) : code_of_phrase(d, start, end);
    uint32_t number = number_of(code);
    if (number == NERX_NONE) return false;
    if (!c->open) open_countries(c, d);
    out->entity = c->entity[number];
    if (out->entity != NERX_NONE) {
        out->text = d->entities.items[out->entity].name;
        return true;
    }
    if (!c->asked[number]) {
        char id[] = "country:??";
        memcpy(id + 8, code.ptr, 2);
        c->entry[number] = model_entry_of_id(d->model, str_of(id));
        c->asked[number] = true;
    }
    if (c->entry[number] == NERX_NONE) return false;
    out->text = model_entry_name_in(d->model, c->entry[number], d->language);
    return true;
}

uint32_t countries_mention(const document *d, uint32_t i) {
    str code = code_of(d, i);
    for (uint32_t k = 0; code.len && k < d->entities.count; k++) {
        const entity *e = &d->entities.items[k];
        if (str_starts(e->id, STR("country:")) && str_equal(str_slice(e->id, 8, e->id.len), code))
            return d->entity_mentions.items[e->first_mention];
    }
    return NERX_NONE;
}
