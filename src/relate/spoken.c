/* The body spoken of: named in the sentence, or what the sentence before was about, or what the text is about. */
#include "relate/spoken.h"

#include "model/model.h"
#include "relate/refer.h"
#include "relate/word_classes.h"

enum { FEW_MENTIONS = 3, MOST_ENTITIES = 1000, BEFORE_NAME = 4 };

static bool is_listed(str kinds, str kind) {
    for (size_t i = 0, from = 0; i <= kinds.len; i++) {
        if (i < kinds.len && kinds.ptr[i] != ',') continue;
        if (str_equal(str_trim(str_slice(kinds, from, i)), kind)) return true;
        from = i + 1;
    }
    return false;
}

bool body_is_of(const clauses *c, const entity *e, str kinds) {
    str kind = e->kb == NERX_NONE ? STR("") : model_entry_attribute(c->d->model, e->kb, STR("kind"));
    return e->type == c->body && is_listed(kinds, kind.len ? kind : STR("unknown"));
}

static bool is_such_body(const clauses *c, uint32_t m, str kinds) {
    uint32_t e = refer_entity(c, m);
    return e != NERX_NONE && body_is_of(c, &c->d->entities.items[e], kinds);
}

/* "In einem Gespräch mit der Bahn sagte …": behind a preposition. */
static bool is_adjunct(const clauses *c, uint32_t m) {
    uint32_t i = c->d->mentions.items[m].start, steps = 0;
    uint32_t first = c->d->sentences.items[c->d->mentions.items[m].sentence].first;
    for (; i > first && steps < BEFORE_NAME; i--, steps++) {
        const token *t = &c->tokens[i - 1];
        if (t->shape & SHAPE_PUNCT) return t->shape & SHAPE_OPEN;
        const clause_word *w = word_of_kind(c->reader, c->d, t, c->in->language);
        if (!w || w->flags & WORD_PREPOSITION) return true;
        if (w->verb & VERB_FINITE && !(w->flags & WORD_ADJECTIVE)) return false;
    }
    return false;
}

/* The only one of the mentions [first, end); *many where there are more. */
static uint32_t only_one(const clauses *c, uint32_t first, uint32_t end, uint32_t start, str kinds, bool *many) {
    uint32_t found = NERX_NONE;
    *many = false;
    for (uint32_t m = first; m < end && c->d->mentions.items[m].end <= start; m++) {
        if (!is_such_body(c, m, kinds)) continue;
        *many |= found != NERX_NONE && refer_entity(c, found) != refer_entity(c, m);
        if (found == NERX_NONE || is_adjunct(c, found)) found = m;
    }
    return found;
}

/* Who is named far more often than all others. */
static uint32_t main_body(const clauses *c, str kinds) {
    uint32_t best = NERX_NONE, most = 0, next = 0;
    for (uint32_t i = 0; i < c->d->entities.count && i < MOST_ENTITIES; i++) {
        const entity *e = &c->d->entities.items[i];
        if (!body_is_of(c, e, kinds)) continue;
        uint32_t count = e->mention_count;
        if (count > most) {
            next = most;
            most = count;
            best = c->d->entity_mentions.items[e->first_mention];
        } else if (count > next) {
            next = count;
        }
    }
    return most >= FEW_MENTIONS && most >= 2 * next ? best : NERX_NONE;
}

static bool names_person(const clauses *c, uint32_t start) {
    for (uint32_t m = c->first_mention; m < c->end_mention && c->d->mentions.items[m].end <= start; m++) {
        if (refer_is(c, m, c->person)) return true;
    }
    return false;
}

/* "Die in Ulm geborene Malerin": whom the sentence before was about, where this one has named nobody. */
static uint32_t spoken_person(const clauses *c, uint32_t start, uint32_t gender) {
    if (names_person(c, start)) return NERX_NONE;
    uint32_t last = discourse_subject(c->before);
    if (last == NERX_NONE || !refer_is(c, last, c->person)) return NERX_NONE;
    uint32_t known = refer_gender(c, last);
    return !known || known & gender ? last : NERX_NONE;
}

uint32_t spoken_of(clauses *c, uint32_t start, str kinds) {
    bool many, near = is_listed(kinds, STR("near"));
    if (str_is(kinds, "man")) return spoken_person(c, start, FEATURE_M);
    if (str_is(kinds, "woman")) return spoken_person(c, start, FEATURE_F);
    if (c->in->language >= LANGUAGES || !words_make_room(c->reader, c->d, c->in->language)) return NERX_NONE;
    if (near && names_person(c, start)) return NERX_NONE;
    uint32_t here = only_one(c, c->first_mention, c->end_mention, start, kinds, &many);
    if (many) return NERX_NONE;
    if (here != NERX_NONE) return is_adjunct(c, here) ? NERX_NONE : here;
    uint32_t first = c->before->previous_first;
    if (first != NERX_NONE && first < c->first_mention) {
        uint32_t only = only_one(c, first, c->first_mention, start, kinds, &many);
        uint32_t last = discourse_subject(c->before);
        if ((near || !many) && last != NERX_NONE && is_such_body(c, last, kinds)) return last;
        /* "Der Bus gehört der Firma X. Deren Chef …" */
        if (only != NERX_NONE && !many && (near || !is_adjunct(c, only))) return only;
    }
    return near ? NERX_NONE : main_body(c, kinds);
}
