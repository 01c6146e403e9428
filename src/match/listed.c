/* What the lists say of a kind of token. */
#include "match/listed.h"

#include "model/model.h"

/* Of the readings of a word those that may be mentions: `points` where it stands alone, `part` where it is doubtful. */
static bool add_names(document *d, const token *t, listed_word *to) {
    lexicon *l = &d->lexicon;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(d->model, l, t->look, t->fold, LANGUAGE_NONE, readings, MODEL_MAX_READINGS);
    to->first = l->names.count;
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = model_entry(d->model, readings[i].entry);
        if (!e->type || readings[i].features & FEATURE_ADJ) continue;
        int16_t least = e->ambiguous < e->points ? e->ambiguous : e->points;
        listed_name name = {.entry = readings[i].entry,
                            .points = model_reading_ambiguous(d->model, readings[i]) ? least : e->points,
                            .part = least,
                            .type = (uint8_t)(e->type - 1)};
        if (!vec_push(l->arena, &l->names, name)) return false;
        to->count++;
    }
    return true;
}

uint32_t listed_ask(document *d, const token *t) {
    lexicon *l = &d->lexicon;
    word_kind *k = &l->kinds.items[t->kind];
    bool form = k->look_marks & MARK_PHRASE, fold = k->fold_marks & MARK_PHRASE_FOLD;
    listed_word w = {.starts = {NERX_NONE, NERX_NONE}};
    if (form) w.starts[ROOT_FORM] = model_phrase_step(d->model, 0, ROOT_FORM, k->look);
    if (fold) w.starts[ROOT_FOLD] = model_phrase_step(d->model, 0, ROOT_FOLD, k->fold);
    if ((k->look_marks & MARK_TYPED || k->fold_marks & MARK_FOLD_READING) && !add_names(d, t, &w)) return 0;
    uint32_t bits = LISTED_ASKED | l->listed.count;
    if (form || fold || k->place & TOKEN_CAPS_LINE) bits |= LISTED_STARTS;
    if (w.count) bits |= LISTED_NAMES;
    if (bits & (LISTED_STARTS | LISTED_NAMES) && !vec_push(l->arena, &l->listed, w)) return 0;
    return k->listed = bits;
}

static bool is_ordinary(const document *d, uint32_t id, uint8_t language) {
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(d->model, &d->lexicon, id, id, language, readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count; i++) {
        if (model_entry(d->model, readings[i].entry)->flags & ENTRY_ORDINARY) return true;
    }
    return false;
}

bool listed_is_ordinary(const document *d, listed_word *w, const token *t, uint8_t language) {
    if (!(token_kind(d, t)->fold_marks & MARK_ORDINARY)) return false;
    if (language >= 32) return is_ordinary(d, t->fold, language);
    uint32_t bit = 1U << language;
    if (!(w->asked & bit) && is_ordinary(d, t->fold, language)) w->ordinary |= bit;
    w->asked |= bit;
    return w->ordinary & bit;
}
