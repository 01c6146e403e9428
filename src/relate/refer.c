/* Pronouns: an antecedent only where one is plain. */
#include "relate/refer.h"

#include "base/str.h"
#include "model/model.h"

enum { MAX_BACK = 40 };

bool refer_is(const clauses *c, uint32_t m, uint32_t type) {
    return c->d->mentions.items[m].type == type;
}

uint32_t refer_entity(const clauses *c, uint32_t m) {
    return c->d->mentions.items[m].entity;
}

static uint32_t gender_of_word(const clauses *c, uint32_t token_index, const char *class) {
    const token *t = &c->tokens[token_index];
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
uint32_t refer_gender(const clauses *c, uint32_t m) {
    const entity *e = &c->d->entities.items[refer_entity(c, m)];
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
    if (refer_is(c, p->mention, c->person)) return FEATURE_M | FEATURE_F;
    if (!c->verb_second) return FEATURE_N;
    return refer_is(c, p->mention, c->place) && !(p->flags & PHRASE_DEFINITE) ? FEATURE_N : 0;
}

bool refer_is_subject(const clauses *c, const phrase *p) {
    uint32_t subject = c->items[p->clause].subject;
    return subject != NO_PHRASE && &c->phrases[subject] == p;
}

static bool is_singular(const clauses *c, const clause *k) {
    return k->finite != NERX_NONE && clause_verb(c, k->finite, VERB_SINGULAR) &&
           !clause_verb(c, k->finite, VERB_PLURAL);
}

/* The relative pronoun's noun: the nearest phrase before it that agrees; a genitive only if its owner does not. */
static void resolve_relative(clauses *c, phrase *p) {
    uint32_t limit = p->preposition == NERX_NONE ? p->start : p->preposition;
    uint32_t best = NO_PHRASE;
    bool single = c->verb_second && refer_is_subject(c, p) && is_singular(c, &c->items[p->clause]);
    for (uint32_t i = 0; i < c->phrase_count; i++) {
        const phrase *a = &c->phrases[i];
        if (a->end > limit || a->flags & (PHRASE_TIME | PHRASE_PRONOUN | PHRASE_ASIDE) || a->end + 12 < limit) continue;
        uint32_t genders = phrase_means(c, (uint8_t)i) == NERX_NONE ? a->agreement & GENDERS : genders_of_name(c, a);
        uint32_t both = genders & p->agreement & GENDERS;
        bool known = genders && p->agreement & GENDERS;
        bool plural = !single && p->agreement & FEATURE_PL && (a->agreement & FEATURE_PL || a->next != NO_PHRASE);
        if (known && !both && !plural) continue;
        /* "Gäste des Kongresses, der … stattfindet" */
        bool many = a->mention == NERX_NONE && a->agreement & FEATURE_PL && !(a->agreement & FEATURE_SG);
        if (single && many) continue;
        if (a->flags & PHRASE_OWNER && a->owner < i && best == a->owner) continue;
        best = i;
    }
    if (best == NO_PHRASE) return;
    /* "Siemens, the firm that Bosch founded" */
    bool says_more = best && c->phrases[best].flags & PHRASE_APPOSITION && c->phrases[best].mention == NERX_NONE;
    if (says_more && c->phrases[best - 1].end + 1 == c->phrases[best].start) best--;
    p->mention = phrase_means(c, (uint8_t)best);
    p->means = (uint8_t)best;
    p->flags |= PHRASE_RESOLVED;
    if (c->phrases[best].flags & PHRASE_OWNER && c->phrases[best].end + 1 < limit) p->mention = NERX_NONE;
}

static bool same_clause(const clauses *c, const phrase *p, uint32_t m) {
    const mention *x = &c->d->mentions.items[m];
    return x->start >= c->first && x->start < c->end && c->words[x->start - c->first].clause == p->clause;
}

/* Named inside a quotation, while the phrase stands outside: "Macron is gone," he said. */
static bool is_only_quoted(const clauses *c, const phrase *p, uint32_t token_index) {
    if (token_index < c->first || token_index >= c->end) return false;
    uint8_t k = c->words[token_index - c->first].clause;
    return k < c->clause_count && c->items[k].quoted && p->clause < c->clause_count && !c->items[p->clause].quoted;
}

/* "(AP)" */
static bool is_bracketed(const clauses *c, uint32_t m) {
    const mention *x = &c->d->mentions.items[m];
    const token *t = c->tokens;
    return x->start > 0 && x->end < c->d->tokens.count && t[x->start - 1].shape & SHAPE_OPEN &&
           t[x->end].shape & SHAPE_CLOSE;
}

/* The one entity before the phrase, here or in the sentence before, that `fits`; NERX_NONE where there are more. */
uint32_t refer_only_one(const clauses *c, const phrase *p, refer_fits *fits) {
    uint32_t found = NERX_NONE;
    uint32_t first = c->before->previous_first == NERX_NONE ? c->first_mention : c->before->previous_first;
    for (uint32_t m = c->end_mention; m-- > first && c->end_mention - m < MAX_BACK;) {
        if (c->d->mentions.items[m].end > p->start || refer_entity(c, m) == NERX_NONE || !fits(c, p, m)) continue;
        if (is_only_quoted(c, p, c->d->mentions.items[m].start) || is_bracketed(c, m)) continue;
        if (found != NERX_NONE && refer_entity(c, found) != refer_entity(c, m)) return NERX_NONE;
        if (found == NERX_NONE) found = m;
    }
    return found;
}

/* The one person of the last sentence that names any, where the one before this names none. */
static uint32_t earlier_person(const clauses *c, const phrase *p, refer_fits *fits) {
    uint32_t first = c->before->previous_first == NERX_NONE ? c->first_mention : c->before->previous_first;
    uint32_t found = NERX_NONE;
    for (uint32_t m = c->first_mention; m-- > 0 && c->first_mention - m < MAX_BACK;) {
        if (!refer_is(c, m, c->person) || refer_entity(c, m) == NERX_NONE) continue;
        if (m >= first) return NERX_NONE;
        if (found != NERX_NONE && c->d->mentions.items[m].sentence != c->d->mentions.items[found].sentence) break;
        if (found != NERX_NONE && refer_entity(c, m) != refer_entity(c, found)) return NERX_NONE;
        found = m;
    }
    return found != NERX_NONE && fits(c, p, found) ? found : NERX_NONE;
}

/* In a clause that says more about the one the phrase stands in: "Named after King, he …". */
static bool in_dependent_clause(const clauses *c, const phrase *p, uint32_t m) {
    const mention *x = &c->d->mentions.items[m];
    if (x->start < c->first || x->start >= c->end) return false;
    uint8_t k = c->words[x->start - c->first].clause;
    return k < c->clause_count && c->items[k].kind == CLAUSE_INFINITIVE && c->items[k].parent == p->clause;
}

bool refer_is_person(const clauses *c, const phrase *p, uint32_t m) {
    if (!refer_is(c, m, c->person) || same_clause(c, p, m) || in_dependent_clause(c, p, m)) return false;
    uint32_t gender = refer_gender(c, m);
    return !gender || gender & p->agreement;
}

/* "Siemens said it would buy Bosch": a body, not a place or a person. */
static bool is_such_body(const clauses *c, const phrase *p, uint32_t m) {
    return refer_is(c, m, c->body) && !same_clause(c, p, m);
}

/* "Hungary needs gas, and in May it signed a deal": a place that acts. */
static bool is_such_place(const clauses *c, const phrase *p, uint32_t m) {
    return refer_is(c, m, c->place) && !same_clause(c, p, m);
}

/* The subject of a clause before, in this sentence, that `fits`. */
static uint32_t subject_before(clauses *c, const phrase *p, refer_fits *fits) {
    uint32_t found = NERX_NONE;
    for (uint8_t i = 0; i < c->clause_count; i++) {
        const clause *k = &c->items[i];
        if (i == p->clause || k->subject == NO_PHRASE || c->phrases[k->subject].end > p->start) continue;
        bool relative = c->phrases[k->subject].flags & PHRASE_RELATIVE;
        if (relative || is_only_quoted(c, p, c->phrases[k->subject].start)) continue;
        uint32_t m = phrase_means(c, k->subject);
        if (m != NERX_NONE && refer_entity(c, m) != NERX_NONE && fits(c, p, m)) found = m;
    }
    return found;
}

bool refer_names_person(const clauses *c, const phrase *p) {
    for (uint32_t m = c->first_mention; m < c->end_mention && c->d->mentions.items[m].end <= p->start; m++) {
        if (refer_is(c, m, c->person) && !is_only_quoted(c, p, c->d->mentions.items[m].start)) return true;
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

/* The subject of the sentence before, unless this one has named somebody else; NERX_NONE where it is no such person. */
static uint32_t goes_on(const clauses *c, const phrase *p, uint32_t gender) {
    if (refer_names_person(c, p)) return NERX_NONE;
    uint32_t last = discourse_subject(c->before);
    if (last == NERX_NONE || !refer_is(c, last, c->person)) return NERX_NONE;
    uint32_t known = refer_gender(c, last);
    return !known || known & gender ? last : NERX_NONE;
}

/* "Die Bahn fährt wieder. 2009 übernahm sie …" */
static uint32_t body_spoken_of(const clauses *c, const phrase *p, uint32_t gender) {
    uint32_t last = discourse_subject(c->before);
    const clause *k = &c->items[p->clause];
    bool single = k->finite != NERX_NONE && clause_verb(c, k->finite, VERB_SINGULAR);
    bool fits = last != NERX_NONE && c->before->gender & gender && single && refer_is_subject(c, p);
    for (uint32_t m = c->first_mention; fits && m < c->end_mention && c->d->mentions.items[m].end <= p->start; m++)
        fits = refer_entity(c, m) == NERX_NONE; /* nearer ones may be meant */
    return fits && refer_is(c, last, c->body) ? last : NERX_NONE;
}

/* "Wenn ein Papst das erkennt, hat er …": nobody by name. */
static bool names_anybody(clauses *c, const phrase *p) {
    for (uint8_t i = 0; i < c->clause_count; i++) {
        uint8_t s = c->items[i].subject;
        if (!c->verb_second || s == NO_PHRASE || i == p->clause || c->phrases[s].end > p->start) continue;
        const phrase *a = &c->phrases[s];
        bool person = clause_is(c, a->head, WORD_PERSON) && !(a->flags & PHRASE_PRONOUN);
        bool fits = person && a->agreement & p->agreement & GENDERS && a->agreement & FEATURE_SG;
        if (fits && phrase_means(c, s) == NERX_NONE) return true;
    }
    return false;
}

/* Whom the text is about: named before, and far more often than anybody else who may be meant. */
static uint32_t main_person(const clauses *c, uint32_t gender) {
    enum { FEW_MENTIONS = 3, MOST_ENTITIES = 1000 };
    uint32_t best = NERX_NONE, most = 0, next = 0;
    for (uint32_t i = 0; i < c->d->entities.count && i < MOST_ENTITIES; i++) {
        const entity *e = &c->d->entities.items[i];
        uint32_t m = c->d->entity_mentions.items[e->first_mention], known;
        if (e->type != c->person || ((known = refer_gender(c, m)) && !(known & gender))) continue;
        bool may = known && m < c->first_mention && e->mention_count > most;
        uint32_t less = may ? most : e->mention_count;
        if (less > next) next = less;
        if (!may) continue;
        most = e->mention_count;
        best = m;
    }
    return most >= FEW_MENTIONS && most >= 2 * next ? best : NERX_NONE;
}

/* "Scholz habe ihm das gesagt, erklärte er": the one who spoke before, not whom he speaks of. */
static uint32_t who_said(const clauses *c, const phrase *p, uint32_t gender) {
    const clause *k = &c->items[p->clause];
    bool says = k->main != NERX_NONE && clause_verb(c, k->main, VERB_REPORTING) && refer_is_subject(c, p);
    bool behind = c->verb_second && p->clause && c->items[0].subjunctive && c->items[0].kind == CLAUSE_MAIN;
    if (!says || !behind) return NERX_NONE;
    uint32_t last = discourse_subject(c->before);
    if (last == NERX_NONE || !refer_is(c, last, c->person)) return NERX_NONE;
    uint32_t known = refer_gender(c, last);
    return !known || known & gender ? last : NERX_NONE;
}

static bool last_is_person(const clauses *c) {
    uint32_t last = discourse_subject(c->before);
    return last != NERX_NONE && refer_is(c, last, c->person);
}

/* "Scholz kam. Merkel warf ihm vor …": whom the sentence before was about, where the subject is the only other one. */
static uint32_t other_than_subject(const clauses *c, const phrase *p, uint32_t gender) {
    const clause *k = &c->items[p->clause];
    if (k->subject == NO_PHRASE || refer_is_subject(c, p) || !last_is_person(c)) return NERX_NONE;
    uint32_t last = discourse_subject(c->before), subject = c->phrases[k->subject].mention;
    if (subject == NERX_NONE || refer_entity(c, subject) == refer_entity(c, last)) return NERX_NONE;
    for (uint32_t m = c->first_mention; m < c->end_mention && c->d->mentions.items[m].end <= p->start; m++) {
        if (refer_is(c, m, c->person) && refer_entity(c, m) != refer_entity(c, subject)) return NERX_NONE;
    }
    uint32_t known = refer_gender(c, last);
    return !known || known & gender ? last : NERX_NONE;
}

static void resolve_personal(clauses *c, phrase *p) {
    uint32_t gender = p->agreement & (FEATURE_M | FEATURE_F);
    bool singular = p->agreement & FEATURE_SG;
    if (!gender && singular && p->agreement & FEATURE_N && refer_is_subject(c, p)) {
        p->mention = subject_before(c, p, is_such_body);
        if (p->mention == NERX_NONE && !c->verb_second) p->mention = subject_before(c, p, is_such_place);
    }
    if (!gender || !singular || p->agreement & FEATURE_N) return;
    const clause *k = &c->items[p->clause];
    bool plural_verb = k->subject != NO_PHRASE && &c->phrases[k->subject] == p && k->finite != NERX_NONE &&
                       !(c->words[k->finite - c->first].verb & VERB_SINGULAR);
    if (p->agreement & FEATURE_PL && (plural_verb || &c->phrases[k->subject == NO_PHRASE ? 0 : k->subject] != p))
        return;
    const phrase *same = same_pronoun(c, p);
    if (same) {
        p->mention = phrase_means(c, (uint8_t)(same - c->phrases));
        return;
    }
    p->mention = who_said(c, p, gender);
    if (p->mention == NERX_NONE) p->mention = subject_before(c, p, refer_is_person);
    if (p->mention == NERX_NONE && names_anybody(c, p)) return;
    if (p->mention == NERX_NONE && !c->verb_second && refer_is_subject(c, p)) p->mention = goes_on(c, p, gender);
    /* "Er lernte Romy Schneider kennen. Er …": about whom we spoke, although the sentence before names only another */
    uint32_t last = p->mention == NERX_NONE && c->verb_second ? goes_on(c, p, gender) : NERX_NONE;
    if (last < c->before->previous_first) p->mention = last;
    /* "Der Regisseur traf Scholz. Er flog weiter": nobody whom the text has named */
    if (p->mention == NERX_NONE && c->verb_second && last == NERX_NONE && c->before->unnamed) return;
    if (p->mention == NERX_NONE) p->mention = refer_only_one(c, p, refer_is_person);
    bool alone = p->mention == NERX_NONE && !c->verb_second && refer_is_subject(c, p) && !refer_names_person(c, p);
    if (alone) p->mention = earlier_person(c, p, refer_is_person);
    /* several: the subject of the sentence before */
    if (p->mention == NERX_NONE) p->mention = goes_on(c, p, gender);
    if (p->mention == NERX_NONE) p->mention = body_spoken_of(c, p, gender);
    bool turned = c->verb_second && gender == FEATURE_F && refer_is_subject(c, p) && !refer_names_person(c, p) &&
                  last_is_person(c); /* "Er holte sie nach Ulm. 1967 heiratete sie …" */
    if (p->mention == NERX_NONE && (alone || turned)) p->mention = main_person(c, gender);
    if (p->mention == NERX_NONE) p->mention = other_than_subject(c, p, gender);
}

void phrases_act(clauses *c) {
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        phrase *p = &c->phrases[i];
        if (!c->words[p->head - c->first].acts || p->mention != NERX_NONE) continue;
        if (!(p->flags & (PHRASE_TIME | PHRASE_PRONOUN))) acting_resolve(c, p, i);
    }
}

uint32_t phrase_means(clauses *c, uint8_t index) {
    phrase *p = &c->phrases[index];
    if (p->mention != NERX_NONE || p->flags & (PHRASE_REFERRED | PHRASE_TIME) || p->clause == NO_CLAUSE)
        return p->mention;
    p->flags |= PHRASE_REFERRED;
    if (p->flags & PHRASE_RELATIVE)
        resolve_relative(c, p);
    else if (p->flags & PHRASE_PERSONAL)
        resolve_personal(c, p);
    else if (!(p->flags & PHRASE_PRONOUN))
        description_resolve(c, p, index);
    return p->mention;
}
