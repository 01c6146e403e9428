/* Compounds with a hyphen as roles. */
#include "relate/compounds.h"

#include "model/frame.h"

/* So many entities are looked at for one compound. */
enum { MOST_ENTITIES = 1000 };

bool is_compound(const document *d, uint32_t i) {
    return d->tokens.items[i].shape & SHAPE_HYPHEN;
}

static bool is_string(const char *z, str s) {
    return s.len && *z == *s.ptr && strncmp(z, s.ptr, s.len) == 0 && z[s.len] == '\0';
}

/* What frames of this name say of a role: its types, or that it is words. */
static bool find_role(const model *m, str type, str name, uint32_t *types, bool *words) {
    bool found = false;
    for (uint32_t i = 0; i < model_layer_count(m); i++) {
        const frame_layer *l = model_frames(m, i);
        for (uint32_t f = 0; f < l->frame_count; f++) {
            if (!is_string(l->strings + l->frames[f].name, type)) continue;
            for (uint32_t k = 0; k < l->frames[f].role_count; k++) {
                const frame_role *r = &l->roles[l->frames[f].first_role + k];
                if (!is_string(l->strings + r->name, name)) continue;
                *types |= r->types;
                *words |= (r->flags & ROLE_TEXT) != 0;
                found = true;
            }
        }
    }
    return found;
}

/* The list's entry that the part names, of one of the types. */
static uint32_t find_entry(const document *d, str part, uint32_t types) {
    reading readings[MODEL_MAX_READINGS];
    uint32_t id = lexicon_find(&d->lexicon, part), best = NERX_NONE;
    if (id == NERX_NONE) return NERX_NONE;
    uint32_t count = model_readings(d->model, &d->lexicon, id, id, LANGUAGE_NONE, readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = model_entry(d->model, readings[i].entry);
        if (!e->type || e->type > 32 || !(types >> (e->type - 1U) & 1)) continue;
        if (best == NERX_NONE || e->points > model_entry(d->model, best)->points) best = readings[i].entry;
    }
    return best;
}

static bool is_entity(const document *d, const entity *e, uint32_t kb, str part, uint32_t types) {
    if (e->type >= 32 || !(types >> e->type & 1)) return false;
    if (str_equal(e->name, part)) return true;
    str id = kb == NERX_NONE ? STR("") : model_entry_id(d->model, kb);
    return id.len && str_equal(e->id, id);
}

/* "Union-Trainer" beside "1. FC Union Berlin": the part is a word of the entity's name. */
static bool has_word(str name, str part) {
    for (size_t i = 0; i + part.len <= name.len; i++) {
        bool begins = i == 0 || name.ptr[i - 1] == ' ',
             ends = i + part.len == name.len || name.ptr[i + part.len] == ' ';
        if (begins && ends && memcmp(name.ptr + i, part.ptr, part.len) == 0) return true;
    }
    return false;
}

static bool find_named(const document *d, str part, uint32_t kb, uint32_t types, bool whole, role *out) {
    for (uint32_t i = 0; i < d->entities.count && i < MOST_ENTITIES; i++) {
        const entity *e = &d->entities.items[i];
        bool typed = e->type < 32 && types >> e->type & 1;
        if (whole ? !is_entity(d, e, kb, part, types) : !typed || !has_word(e->name, part)) continue;
        out->entity = i;
        out->text = e->name;
        return true;
    }
    return false;
}

static bool fill_first(const document *d, str part, uint32_t types, role *out) {
    uint32_t kb = find_entry(d, part, types);
    if (find_named(d, part, kb, types, true, out) || find_named(d, part, kb, types, false, out)) return true;
    if (kb == NERX_NONE) return false;
    out->text = model_entry_name_in(d->model, kb, d->language);
    return true;
}

bool compound_fill(const document *d, str type, uint32_t i, role *out) {
    const token *t = &d->tokens.items[i];
    uint32_t types = 0;
    bool words = false;
    size_t last = 0;
    str text = str_slice(d->text, t->start, t->end);
    for (size_t k = 1; k + 1 < text.len; k++) {
        if (text.ptr[k] == '-') last = k;
    }
    if (!last || !find_role(d->model, type, out->name, &types, &words)) return false;
    if (!words) return fill_first(d, str_slice(text, 0, last), types, out);
    out->text = str_slice(text, last + 1, text.len);
    return true;
}
