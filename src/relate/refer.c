/* Pronouns and descriptions: an antecedent only where one is plain. */
#include "base/str.h"
#include "model/model.h"
#include "relate/clause.h"
#include "relate/countries.h"

enum { GENDERS = FEATURE_M | FEATURE_F | FEATURE_N, MAX_BACK = 40 };

static bool type_is(const clauses *c, uint32_t m, const char *name) {
    return str_is(model_type_name(c->d->model, c->d->mentions.items[m].type), name);
}

static uint32_t entity_of(const clauses *c, uint32_t m) {
    return c->d->mentions.items[m].entity;
}

static uint32_t gender_of_word(const clauses *c, uint32_t token_index, const char *class) {
    const token *t = &c->d->tokens.items[token_index];
    reading readings[MODEL_MAX_READINGS];
    uint32_t gender = 0;
    uint32_t count =
        model_readings(c->d->model, &c->d->lexicon, t->look, t->fold, c->in->language, readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = model_entry(c->d->model, readings[i].entry);
        str name = model_class_name(c->d->model, e->class);
        bool person = str_is(name, "office") || str_is(name, "title") || str_is(name, "profession");
        if (class ? str_is(name, class) : person) gender |= readings[i].features & GENDERS;
    }
    return gender;
}

/* From given names and offices beside any of the person's mentions; both or none where unknown. */
static uint32_t person_gender(const clauses *c, uint32_t m) {
    const entity *e = &c->d->entities.items[entity_of(c, m)];
    for (uint32_t i = 0; i < e->mention_count && i < 8; i++) {
        const mention *x = &c->d->mentions.items[c->d->entity_mentions.items[e->first_mention + i]];
        uint32_t gender = x->end - x->start > 1 ? gender_of_word(c, x->start, "given") : 0;
        if (gender == FEATURE_M || gender == FEATURE_F) return gender;
        if (x->start > 0) gender = gender_of_word(c, x->start - 1, NULL);
        if (gender == FEATURE_M || gender == FEATURE_F) return gender;
    }
    return 0;
}

/* "Ulm, das …", "Putin, who …": places without an article are neuter, persons never. */
static uint32_t genders_of_name(const clauses *c, const phrase *p) {
    if (type_is(c, p->mention, "PER")) return FEATURE_M | FEATURE_F;
    if (!c->verb_second) return FEATURE_N;
    return type_is(c, p->mention, "LOC") && !(p->flags & PHRASE_DEFINITE) ? FEATURE_N : 0;
}

/* The relative pronoun's noun: the nearest phrase before it that agrees; a genitive only if its owner does not. */
static void resolve_relative(clauses *c, phrase *p) {
    uint32_t limit = p->preposition == NERX_NONE ? p->start : p->preposition;
    uint32_t best = NO_PHRASE;
    for (uint32_t i = 0; i < c->phrase_count; i++) {
        const phrase *a = &c->phrases[i];
        if (a->end > limit || a->flags & (PHRASE_TIME | PHRASE_PRONOUN | PHRASE_ASIDE) || a->end + 12 < limit) continue;
        uint32_t genders = a->mention == NERX_NONE ? a->agreement & GENDERS : genders_of_name(c, a);
        uint32_t both = genders & p->agreement & GENDERS;
        bool known = genders && p->agreement & GENDERS;
        bool plural = p->agreement & FEATURE_PL && (a->agreement & FEATURE_PL || a->next != NO_PHRASE);
        if (known && !both && !plural) continue;
        if (a->flags & PHRASE_OWNER && a->owner < i && best == a->owner) continue;
        best = i;
    }
    if (best == NO_PHRASE) return;
    /* "Siemens, the firm that Bosch founded" */
    bool says_more = best && c->phrases[best].flags & PHRASE_APPOSITION && c->phrases[best].mention == NERX_NONE;
    if (says_more && c->phrases[best - 1].end + 1 == c->phrases[best].start) best--;
    p->mention = c->phrases[best].mention;
    p->means = (uint8_t)best;
    p->flags |= PHRASE_RESOLVED;
    if (c->phrases[best].flags & PHRASE_OWNER && c->phrases[best].end + 1 < limit) p->mention = NERX_NONE;
}

static bool same_clause(const clauses *c, const phrase *p, uint32_t m) {
    const mention *x = &c->d->mentions.items[m];
    return x->start >= c->in->first && x->start < c->in->end && c->words[x->start - c->in->first].clause == p->clause;
}

/* Named inside a quotation, while the phrase stands outside: "Macron is gone," he said. */
static bool is_only_quoted(const clauses *c, const phrase *p, uint32_t token_index) {
    if (token_index < c->in->first || token_index >= c->in->end) return false;
    uint8_t k = c->words[token_index - c->in->first].clause;
    return k < c->clause_count && c->items[k].quoted && p->clause < c->clause_count && !c->items[p->clause].quoted;
}

typedef bool accepts(const clauses *c, const phrase *p, uint32_t m);

/* The one entity before the phrase, here or in the sentence before, that `fits`; NERX_NONE where there are more. */
static uint32_t only_one(const clauses *c, const phrase *p, accepts *fits) {
    uint32_t found = NERX_NONE;
    uint32_t first = c->before->previous_first == NERX_NONE ? c->first_mention : c->before->previous_first;
    for (uint32_t m = c->end_mention; m-- > first && c->end_mention - m < MAX_BACK;) {
        if (c->d->mentions.items[m].end > p->start || entity_of(c, m) == NERX_NONE || !fits(c, p, m)) continue;
        if (is_only_quoted(c, p, c->d->mentions.items[m].start)) continue;
        if (found != NERX_NONE && entity_of(c, found) != entity_of(c, m)) return NERX_NONE;
        if (found == NERX_NONE) found = m;
    }
    return found;
}

/* The one person of the last sentence that names any, where the one before this names none. */
static uint32_t earlier_person(const clauses *c, const phrase *p, accepts *fits) {
    uint32_t first = c->before->previous_first == NERX_NONE ? c->first_mention : c->before->previous_first;
    uint32_t found = NERX_NONE;
    for (uint32_t m = c->first_mention; m-- > 0 && c->first_mention - m < MAX_BACK;) {
        if (!type_is(c, m, "PER") || entity_of(c, m) == NERX_NONE) continue;
        if (m >= first) return NERX_NONE;
        if (found != NERX_NONE && c->d->mentions.items[m].sentence != c->d->mentions.items[found].sentence) break;
        if (found != NERX_NONE && entity_of(c, m) != entity_of(c, found)) return NERX_NONE;
        found = m;
    }
    return found != NERX_NONE && fits(c, p, found) ? found : NERX_NONE;
}

/* In a clause that says more about the one the phrase stands in: "Named after King, he …". */
static bool in_dependent_clause(const clauses *c, const phrase *p, uint32_t m) {
    const mention *x = &c->d->mentions.items[m];
    if (x->start < c->in->first || x->start >= c->in->end) return false;
    uint8_t k = c->words[x->start - c->in->first].clause;
    return k < c->clause_count && c->items[k].kind == CLAUSE_INFINITIVE && c->items[k].parent == p->clause;
}

static bool is_such_person(const clauses *c, const phrase *p, uint32_t m) {
    if (!type_is(c, m, "PER") || same_clause(c, p, m) || in_dependent_clause(c, p, m)) return false;
    uint32_t gender = person_gender(c, m);
    return !gender || gender & p->agreement;
}

/* "Siemens said it would buy Bosch": a body, not a place or a person. */
static bool is_such_body(const clauses *c, const phrase *p, uint32_t m) {
    return type_is(c, m, "ORG") && !same_clause(c, p, m);
}

/* "Hungary needs gas, and in May it signed a deal": a place that acts. */
static bool is_such_place(const clauses *c, const phrase *p, uint32_t m) {
    return type_is(c, m, "LOC") && !same_clause(c, p, m);
}

/* The subject of a clause before, in this sentence, that `fits`. */
static uint32_t subject_before(const clauses *c, const phrase *p, accepts *fits) {
    uint32_t found = NERX_NONE;
    for (uint8_t i = 0; i < c->clause_count; i++) {
        const clause *k = &c->items[i];
        if (i == p->clause || k->subject == NO_PHRASE || c->phrases[k->subject].end > p->start) continue;
        uint32_t m = c->phrases[k->subject].mention;
        if (is_only_quoted(c, p, c->phrases[k->subject].start)) continue;
        if (m != NERX_NONE && entity_of(c, m) != NERX_NONE && fits(c, p, m)) found = m;
    }
    return found;
}

static bool names_person_before(const clauses *c, const phrase *p) {
    for (uint32_t m = c->first_mention; m < c->end_mention && c->d->mentions.items[m].end <= p->start; m++) {
        if (type_is(c, m, "PER") && !is_only_quoted(c, p, c->d->mentions.items[m].start)) return true;
    }
    return false;
}

/* "He came and then he left": the same pronoun before, in this sentence, means the same person. */
static const phrase *same_pronoun(const clauses *c, const phrase *p) {
    for (uint32_t i = 0; i < c->phrase_count; i++) {
        const phrase *q = &c->phrases[i];
        bool nominative = q->flags & PHRASE_PERSONAL && q->agreement & FEATURE_NOM && p->agreement & FEATURE_NOM;
        if (q->start < p->start && nominative && (q->agreement & p->agreement & (FEATURE_M | FEATURE_F))) return q;
    }
    return NULL;
}

static bool is_subject(const clauses *c, const phrase *p) {
    uint32_t subject = c->items[p->clause].subject;
    return subject != NO_PHRASE && &c->phrases[subject] == p;
}

/* The subject of the sentence before, unless this one has named somebody else; NERX_NONE where it is no such person. */
static uint32_t goes_on(const clauses *c, const phrase *p, uint32_t gender) {
    if (names_person_before(c, p)) return NERX_NONE;
    uint32_t last = discourse_subject(c->before);
    if (last == NERX_NONE || !type_is(c, last, "PER")) return NERX_NONE;
    uint32_t known = person_gender(c, last);
    return !known || known & gender ? last : NERX_NONE;
}

/* "Die Bahn fährt wieder. 2009 übernahm sie …" */
static uint32_t body_spoken_of(const clauses *c, const phrase *p, uint32_t gender) {
    uint32_t last = discourse_subject(c->before);
    const clause *k = &c->items[p->clause];
    bool single = k->finite != NERX_NONE && clause_verb(c, k->finite, VERB_SINGULAR);
    bool fits = last != NERX_NONE && c->before->gender & gender && single && is_subject(c, p);
    return fits && type_is(c, last, "ORG") ? last : NERX_NONE;
}

static void resolve_personal(clauses *c, phrase *p) {
    uint32_t gender = p->agreement & (FEATURE_M | FEATURE_F);
    bool singular = p->agreement & FEATURE_SG;
    if (!gender && singular && p->agreement & FEATURE_N && is_subject(c, p)) {
        p->mention = subject_before(c, p, is_such_body);
        if (p->mention == NERX_NONE && !c->verb_second) p->mention = subject_before(c, p, is_such_place);
    }
    if (!gender || !singular || p->agreement & FEATURE_N) return;
    const clause *k = &c->items[p->clause];
    bool plural_verb = k->subject != NO_PHRASE && &c->phrases[k->subject] == p && k->finite != NERX_NONE &&
                       !(c->words[k->finite - c->in->first].verb & VERB_SINGULAR);
    if (p->agreement & FEATURE_PL && (plural_verb || &c->phrases[k->subject == NO_PHRASE ? 0 : k->subject] != p))
        return;
    const phrase *same = same_pronoun(c, p);
    if (same) {
        p->mention = same->mention;
        return;
    }
    p->mention = subject_before(c, p, is_such_person);
    if (p->mention == NERX_NONE && !c->verb_second && is_subject(c, p)) p->mention = goes_on(c, p, gender);
    /* "Er lernte Romy Schneider kennen. Er …": about whom we spoke, although the sentence before names only another */
    uint32_t last = p->mention == NERX_NONE && c->verb_second ? goes_on(c, p, gender) : NERX_NONE;
    if (last < c->before->previous_first) p->mention = last;
    if (p->mention == NERX_NONE) p->mention = only_one(c, p, is_such_person);
    bool alone = p->mention == NERX_NONE && !c->verb_second && is_subject(c, p) && !names_person_before(c, p);
    if (alone) p->mention = earlier_person(c, p, is_such_person);
    /* several: the subject of the sentence before */
    if (p->mention == NERX_NONE) p->mention = goes_on(c, p, gender);
    if (p->mention == NERX_NONE) p->mention = body_spoken_of(c, p, gender);
}

static bool ends_alike(const clauses *c, uint32_t noun, uint32_t token_index) {
    str a = lexicon_fold_text(&c->d->lexicon, c->d->arena, noun);
    str b = lexicon_text(&c->d->lexicon, c->d->tokens.items[token_index].fold);
    return b.len >= a.len && a.len > 3 && str_ends(b, a);
}

/* "der Kanzler": who was called so before. */
static bool was_called(const clauses *c, const phrase *p, uint32_t m) {
    uint32_t noun = c->words[p->head - c->in->first].noun[0];
    if (noun == NERX_NONE || !type_is(c, m, "PER")) return false;
    const entity *e = &c->d->entities.items[entity_of(c, m)];
    for (uint32_t i = 0; i < e->mention_count && i < 8; i++) {
        const mention *x = &c->d->mentions.items[c->d->entity_mentions.items[e->first_mention + i]];
        if (x->start > 0 && x->start <= p->start && ends_alike(c, noun, x->start - 1)) return true;
    }
    return false;
}

/* In the nominative: "der" is M, not F. */
static uint32_t nominative_gender(const clauses *c, const phrase *p) {
    const clause_word *w = &c->words[p->start - c->in->first], *head = &c->words[p->head - c->in->first];
    uint32_t gender = 0, own = 0;
    for (uint32_t i = 0; i < w->agreements; i++) {
        if (w->agreement[i] & FEATURE_NOM && w->agreement[i] & FEATURE_SG) gender |= w->agreement[i] & GENDERS;
    }
    for (uint32_t i = 0; i < head->agreements; i++)
        own |= head->agreement[i] & GENDERS;
    return own && own & gender ? own & gender : gender;
}

/* "Der 30-Jährige", "die Estin": who the sentence before spoke of, unless this one has named somebody. */
static uint32_t spoken_of(const clauses *c, const phrase *p) {
    const clause *k = &c->items[p->clause];
    uint32_t last = discourse_subject(c->before), gender = nominative_gender(c, p);
    bool single = k->finite != NERX_NONE && clause_verb(c, k->finite, VERB_SINGULAR);
    if (!is_subject(c, p) || !single || names_person_before(c, p)) return NERX_NONE;
    if (last == NERX_NONE || !type_is(c, last, "PER")) return only_one(c, p, is_such_person);
    uint32_t person = person_gender(c, last);
    return !gender || !person || person & gender ? last : NERX_NONE;
}

static bool has_prefix(str id, str kind) {
    return id.len > kind.len && str_starts(id, kind) && id.ptr[kind.len] == ':';
}

/* "das Land": its id must be of the kind the noun says, where the noun says one. */
static bool kind_fits(const clauses *c, const phrase *p, uint32_t m) {
    const token *t = &c->d->tokens.items[p->head];
    reading readings[MODEL_MAX_READINGS];
    uint32_t count =
        model_readings(c->d->model, &c->d->lexicon, t->look, t->fold, c->in->language, readings, MODEL_MAX_READINGS);
    str id = c->d->entities.items[entity_of(c, m)].id;
    uint32_t kb = c->d->entities.items[entity_of(c, m)].kb;
    str own = kb == NERX_NONE ? STR("") : model_entry_attribute(c->d->model, kb, STR("kind"));
    for (uint32_t i = 0; i < count; i++) {
        str wanted = model_entry_attribute(c->d->model, readings[i].entry, STR("kb"));
        str never = model_entry_attribute(c->d->model, readings[i].entry, STR("not"));
        str kind = model_entry_attribute(c->d->model, readings[i].entry, STR("kind"));
        if (wanted.len) return has_prefix(id, wanted);
        if (never.len) return !has_prefix(id, never);
        if (kind.len) return !own.len || str_equal(own, kind);
    }
    return true;
}

static bool is_such_thing(const clauses *c, const phrase *p, uint32_t m) {
    uint32_t wanted = c->words[p->head - c->in->first].flags;
    return type_is(c, m, wanted & WORD_NAMES_PLACE ? "LOC" : "ORG") && kind_fits(c, p, m);
}

/* "der amerikanische Konzern": the country of the adjective, or empty. */
static str country_of_adjective(const clauses *c, uint32_t i) {
    const token *t = &c->d->tokens.items[i];
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
    uint32_t kb = c->d->entities.items[entity_of(c, m)].kb;
    str own = kb == NERX_NONE ? STR("") : model_entry_attribute(c->d->model, kb, STR("country"));
    return !country.len || str_equal(country, own);
}

/* The subject of the sentence before, if it is such a thing, else the only one there is. */
static uint32_t thing_spoken_of(const clauses *c, const phrase *p) {
    uint32_t last = discourse_subject(c->before);
    bool fits = last != NERX_NONE && entity_of(c, last) != NERX_NONE && is_such_thing(c, p, last);
    bool bare = p->end - p->start == 2;
    if (!bare) return fits && adjective_fits(c, p, last) ? last : NERX_NONE;
    for (uint32_t m = c->first_mention; fits && m < c->end_mention && c->d->mentions.items[m].end <= p->start; m++)
        fits = entity_of(c, m) == NERX_NONE || entity_of(c, m) == entity_of(c, last) || !is_such_thing(c, p, m);
    return fits ? last : only_one(c, p, is_such_thing);
}

/* "Die gelernte Schreinerin", "der 34 Jahre alte Jurist": what is said to tell more of whom we spoke of. */
static bool introduces(const clauses *c, const phrase *p) {
    for (uint32_t i = p->start + 1; i < p->head; i++) {
        if (c->words[i - c->in->first].stands || clause_is(c, i, WORD_TIME)) return true;
        if (clause_shape(c, i) & SHAPE_HAS_DIGIT && clause_shape(c, i) & SHAPE_HYPHEN) return true;
    }
    return false;
}

static void resolve_description(clauses *c, phrase *p, uint8_t index) {
    uint32_t flags = c->words[p->head - c->in->first].flags;
    bool compound = c->words[p->head - c->in->first].compound && !(flags & WORD_PERSON);
    if (compound || !c->words[p->start - c->in->first].definite) return;
    bool person = flags & WORD_PERSON && p->flags & PHRASE_DEFINITE;
    if (person && (p->flags & PHRASE_PAST || introduces(c, p))) p->mention = spoken_of(c, p);
    bool adjective = p->end - p->start == 3 && !(flags & WORD_PERSON) && clause_is(c, p->start + 1, WORD_ADJECTIVE);
    bool bare = (p->end - p->start == 2 || adjective) && p->flags & PHRASE_DEFINITE &&
                !(p->agreement & FEATURE_PL && !(p->agreement & FEATURE_SG));
    for (uint32_t i = 0; i < c->phrase_count; i++)
        bare &= c->phrases[i].owner != index;
    if (!bare) return;
    if (p->end < c->in->end && c->words[p->end - c->in->first].flags & (WORD_PREPOSITION | WORD_RELATIVE) &&
        p->end + 1 < c->in->end && c->words[p->end + 1 - c->in->first].phrase == index + 1 && !c->verb_second &&
        clause_is(c, p->end, WORD_PREPOSITION))
        return;
    if (flags & WORD_PERSON) {
        p->mention = only_one(c, p, was_called);
        if (p->mention == NERX_NONE && c->words[p->head - c->in->first].stands) p->mention = spoken_of(c, p);
    } else if (flags & (WORD_NAMES_PLACE | WORD_NAMES_BODY)) {
        p->mention = thing_spoken_of(c, p);
    }
    if (p->mention != NERX_NONE) p->flags |= PHRASE_RESOLVED;
}

/* "die Truppen Russlands", "a resolution of the Security Council": what they do, their owner does. */
static void resolve_acting(const clauses *c, phrase *p, uint8_t index) {
    if (!c->words[p->head - c->in->first].acts) return;
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        const phrase *o = &c->phrases[i];
        bool of =
            o->preposition != NERX_NONE && o->preposition == p->end && c->words[o->preposition - c->in->first].genitive;
        bool owns = (o->flags & PHRASE_OWNER && o->owner == index) || of;
        if (!owns || o->mention == NERX_NONE || entity_of(c, o->mention) == NERX_NONE || type_is(c, o->mention, "PER"))
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

void phrases_refer(clauses *c) {
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        phrase *p = &c->phrases[i];
        if (p->mention == NERX_NONE && !(p->flags & (PHRASE_TIME | PHRASE_PRONOUN))) resolve_acting(c, p, i);
    }
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        phrase *p = &c->phrases[i];
        if (p->mention != NERX_NONE || p->clause == NO_CLAUSE || p->flags & PHRASE_TIME) continue;
        if (p->flags & PHRASE_RELATIVE)
            resolve_relative(c, p);
        else if (p->flags & PHRASE_PERSONAL)
            resolve_personal(c, p);
        else if (!(p->flags & PHRASE_PRONOUN))
            resolve_description(c, p, i);
    }
}
