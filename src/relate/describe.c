/* Descriptions: "der Kanzler", "das Unternehmen", "die 30-Jährige", for whom or what the text has named. */
#include "base/str.h"
#include "model/model.h"
#include "relate/countries.h"
#include "relate/refer.h"
#include "relate/word_classes.h"

static bool ends_alike(const clauses *c, uint32_t noun, uint32_t token_index) {
    str a = lexicon_fold_text(&c->d->lexicon, c->d->arena, noun);
    str b = lexicon_text(&c->d->lexicon, c->tokens[token_index].fold);
    return b.len >= a.len && a.len > 3 && str_ends(b, a);
}

/* "der Kanzler": who was called so before. */
static bool was_called(const clauses *c, const phrase *p, uint32_t m) {
    uint32_t noun = c->words[p->head - c->first].lore->noun[0];
    if (noun == NERX_NONE || !refer_is(c, m, c->person)) return false;
    const entity *e = &c->d->entities.items[refer_entity(c, m)];
    for (uint32_t i = 0; i < e->mention_count && i < 8; i++) {
        const mention *x = &c->d->mentions.items[c->d->entity_mentions.items[e->first_mention + i]];
        if (x->start > 0 && x->start <= p->start && ends_alike(c, noun, x->start - 1)) return true;
    }
    return false;
}

/* In the nominative: "der" is M, not F. */
static uint32_t nominative_gender(const clauses *c, const phrase *p) {
    const clause_word *w = &c->words[p->start - c->first], *head = &c->words[p->head - c->first];
    uint32_t gender = 0, own = 0;
    for (uint32_t i = 0; i < w->lore->agreements; i++) {
        if (w->lore->agreement[i] & FEATURE_NOM && w->lore->agreement[i] & FEATURE_SG)
            gender |= w->lore->agreement[i] & GENDERS;
    }
    for (uint32_t i = 0; i < head->lore->agreements; i++)
        own |= head->lore->agreement[i] & GENDERS;
    return own && own & gender ? own & gender : gender;
}

/* "Der 30-Jährige", "die Estin": who the sentence before spoke of, unless this one has named somebody. */
static uint32_t spoken_of(const clauses *c, const phrase *p) {
    const clause *k = &c->items[p->clause];
    uint32_t last = discourse_subject(c->before), gender = nominative_gender(c, p);
    bool single = k->finite != NERX_NONE && clause_verb(c, k->finite, VERB_SINGULAR);
    if (!refer_is_subject(c, p) || !single || refer_names_person(c, p)) return NERX_NONE;
    if (last == NERX_NONE || !refer_is(c, last, c->person)) return refer_only_one(c, p, refer_is_person);
    uint32_t person = refer_gender(c, last);
    return !gender || !person || person & gender ? last : NERX_NONE;
}

static bool has_prefix(str id, str kind) {
    return id.len > kind.len && str_starts(id, kind) && id.ptr[kind.len] == ':';
}

/* "die Polizei": only what the text has named "Polizei Ulm". */
static bool is_named_so(const clauses *c, const phrase *p, uint32_t m) {
    const mention *x = &c->d->mentions.items[m];
    uint32_t noun = c->words[p->head - c->first].lore->noun[0];
    for (uint32_t i = x->start; i < x->end && noun != NERX_NONE; i++) {
        if (ends_alike(c, noun, i)) return true;
    }
    return false;
}

/* "the city" is no Multnomah County. */
static bool has_other_head(const clauses *c, const phrase *p, uint32_t m) {
    const mention *x = &c->d->mentions.items[m];
    uint32_t noun = c->words[p->head - c->first].lore->noun[0];
    if (x->end - x->start < 2 || noun == NERX_NONE || c->verb_second) return false;
    const clause_word *w = word_of_kind(c->reader, c->d, &c->tokens[x->end - 1], c->in->language);
    return w && w->flags & WORD_NAMES_PLACE && !ends_alike(c, noun, x->end - 1);
}

/* "das Land": its id must be of the kind the noun says, where the noun says one. */
static bool kind_fits(const clauses *c, const phrase *p, uint32_t m) {
    const token *t = &c->tokens[p->head];
    reading readings[MODEL_MAX_READINGS];
    uint32_t count =
        model_readings(c->d->model, &c->d->lexicon, t->look, t->fold, c->in->language, readings, MODEL_MAX_READINGS);
    str id = c->d->entities.items[refer_entity(c, m)].id;
    uint32_t kb = c->d->entities.items[refer_entity(c, m)].kb;
    str own = kb == NERX_NONE ? STR("") : model_entry_attribute(c->d->model, kb, STR("kind"));
    bool stands = false;
    for (uint32_t i = 0; i < count; i++) {
        str wanted = model_entry_attribute(c->d->model, readings[i].entry, STR("kb"));
        str never = model_entry_attribute(c->d->model, readings[i].entry, STR("not"));
        str kind = model_entry_attribute(c->d->model, readings[i].entry, STR("kind"));
        if (wanted.len) return has_prefix(id, wanted);
        if (never.len) return !has_prefix(id, never) && !has_other_head(c, p, m);
        stands |= model_entry_attribute(c->d->model, readings[i].entry, STR("names")).ptr != NULL;
        if (kind.len && stands) return !own.len || str_equal(own, kind);
    }
    return stands || !c->verb_second || is_named_so(c, p, m);
}

static bool is_such_thing(const clauses *c, const phrase *p, uint32_t m) {
    uint32_t wanted = c->words[p->head - c->first].flags;
    return refer_is(c, m, wanted & WORD_NAMES_PLACE ? c->place : c->body) && kind_fits(c, p, m);
}

/* "der amerikanische Konzern": the country of the adjective, or empty. */
static str country_of_adjective(const clauses *c, uint32_t i) {
    const token *t = &c->tokens[i];
    reading readings[MODEL_MAX_READINGS];
    uint32_t count =
        model_readings(c->d->model, &c->d->lexicon, t->look, t->fold, c->in->language, readings, MODEL_MAX_READINGS);
    for (uint32_t k = 0; k < count; k++) {
        str country = model_entry_attribute(c->d->model, readings[k].entry, STR("country"));
        if (country.len) return country;
    }
    return STR("");
}

/* One adjective before the noun must not speak of another country. */
static bool adjective_fits(const clauses *c, const phrase *p, uint32_t m) {
    str country = country_of_adjective(c, p->start + 1);
    uint32_t kb = c->d->entities.items[refer_entity(c, m)].kb;
    str own = kb == NERX_NONE ? STR("") : model_entry_attribute(c->d->model, kb, STR("country"));
    return !country.len || str_equal(country, own);
}

/* The subject of the sentence before, if it is such a thing, else the only one there is. */
static uint32_t thing_spoken_of(const clauses *c, const phrase *p) {
    uint32_t last = discourse_subject(c->before);
    bool fits = last != NERX_NONE && refer_entity(c, last) != NERX_NONE && is_such_thing(c, p, last);
    bool bare = p->end - p->start == 2;
    if (!bare) return fits && adjective_fits(c, p, last) ? last : NERX_NONE;
    for (uint32_t m = c->first_mention; fits && m < c->end_mention && c->d->mentions.items[m].end <= p->start; m++)
        fits =
            refer_entity(c, m) == NERX_NONE || refer_entity(c, m) == refer_entity(c, last) || !is_such_thing(c, p, m);
    return fits ? last : refer_only_one(c, p, is_such_thing);
}

/* "Die gelernte Schreinerin", "der 34 Jahre alte Jurist": what is said to tell more of whom we spoke of. */
static bool introduces(const clauses *c, const phrase *p) {
    for (uint32_t i = p->start + 1; i < p->head; i++) {
        if (c->words[i - c->first].stands || clause_is(c, i, WORD_TIME)) return true;
        if (clause_shape(c, i) & SHAPE_HAS_DIGIT && clause_shape(c, i) & SHAPE_HYPHEN) return true;
    }
    return false;
}

bool description_may(const clauses *c, const phrase *p) {
    const clause_word *head = &c->words[p->head - c->first];
    uint32_t names = head->compound ? WORD_PERSON : WORD_PERSON | WORD_NAMES_PLACE | WORD_NAMES_BODY;
    return head->flags & names && c->words[p->start - c->first].definite &&
           !(p->flags & (PHRASE_TIME | PHRASE_PRONOUN));
}

void description_resolve(clauses *c, phrase *p, uint8_t index) {
    uint32_t flags = c->words[p->head - c->first].flags;
    if (!description_may(c, p)) return;
    bool person = flags & WORD_PERSON && p->flags & PHRASE_DEFINITE;
    if (person && (p->flags & PHRASE_PAST || introduces(c, p))) p->mention = spoken_of(c, p);
    bool adjective = p->end - p->start == 3 && !(flags & WORD_PERSON) && clause_is(c, p->start + 1, WORD_ADJECTIVE);
    bool bare = (p->end - p->start == 2 || adjective) && p->flags & PHRASE_DEFINITE &&
                !(p->agreement & FEATURE_PL && !(p->agreement & FEATURE_SG));
    for (uint32_t i = 0; i < c->phrase_count; i++)
        bare &= c->phrases[i].owner != index;
    if (!bare) return;
    if (p->end < c->end && c->words[p->end - c->first].flags & (WORD_PREPOSITION | WORD_RELATIVE) &&
        p->end + 1 < c->end && c->words[p->end + 1 - c->first].phrase == index + 1 && !c->verb_second &&
        clause_is(c, p->end, WORD_PREPOSITION) && !(c->phrases[index + 1].flags & (PHRASE_TIME | PHRASE_POSSESSIVE)))
        return; /* "the firm in Ulm", but "founded the firm in 1987", "with his wife" */
    if (flags & WORD_PERSON) {
        p->mention = refer_only_one(c, p, was_called);
        if (p->mention == NERX_NONE && c->words[p->head - c->first].stands) p->mention = spoken_of(c, p);
    } else if (flags & (WORD_NAMES_PLACE | WORD_NAMES_BODY)) {
        p->mention = thing_spoken_of(c, p);
    }
    if (p->mention != NERX_NONE) p->flags |= PHRASE_RESOLVED;
}

/* "die Truppen Russlands", "a resolution of the Security Council": what they do, their owner does. The noun acts. */
void acting_resolve(const clauses *c, phrase *p, uint8_t index) {
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        const phrase *o = &c->phrases[i];
        bool of =
            o->preposition != NERX_NONE && o->preposition == p->end && c->words[o->preposition - c->first].genitive;
        bool owns = (o->flags & PHRASE_OWNER && o->owner == index) || of;
        if (!owns || o->mention == NERX_NONE || refer_entity(c, o->mention) == NERX_NONE ||
            refer_is(c, o->mention, c->person))
            continue;
        p->mention = o->mention;
        p->flags |= PHRASE_RESOLVED;
        return;
    }
    /* "Russian forces": of a country that the text names, too */
    bool says = p->clause != NO_CLAUSE && c->items[p->clause].main != NERX_NONE &&
                clause_verb(c, c->items[p->clause].main, VERB_REPORTING);
    for (uint32_t i = p->start; i < p->head && !says && p->mention == NERX_NONE; i++)
        p->mention = countries_mention(c->d, i);
    if (p->mention != NERX_NONE) p->flags |= PHRASE_RESOLVED;
}
