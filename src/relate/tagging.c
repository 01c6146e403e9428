/* Which words of a sentence are verbs: in English "visit" and "talks" may be nouns, too. */
#include "model/features.h"
#include "relate/clause.h"

static uint32_t flags_at(const clauses *c, uint32_t i) {
    return c->words[i - c->first].flags;
}

static uint32_t verb_at(const clauses *c, uint32_t i) {
    return c->words[i - c->first].verb;
}

static bool opens_phrase(const clauses *c, uint32_t i) {
    if (i >= c->end) return false;
    if (clause_shape(c, i) & SHAPE_QUOTE && i + 1 < c->end && clause_shape(c, i + 1) & SHAPE_UPPER_FIRST) return true;
    return flags_at(c, i) & (WORD_DETERMINER | WORD_PRONOUN | WORD_REFLEXIVE) ||
           c->words[i - c->first].mention != NERX_NONE;
}

/* A verb and nothing else, up to the next border: then an ambiguous word before it is the noun. */
static bool sure_verb_follows(const clauses *c, uint32_t i) {
    for (uint32_t k = i; k < c->end && !clause_parts(c, k); k++) {
        if (flags_at(c, k) & (WORD_SUBJUNCTION | WORD_RELATIVE | WORD_CONJUNCTION)) return false;
        if (c->words[k - c->first].mention != NERX_NONE) continue;
        if (verb_at(c, k) & VERB_FINITE && !(flags_at(c, k) & (WORD_NOUN | WORD_ADJECTIVE))) return true;
    }
    return false;
}

static void make_noun(clause_word *w) {
    w->verb = 0;
    w->flags |= WORD_NOUN;
}

static void make_verb(clause_word *w) {
    w->flags &=
        ~(uint32_t)(WORD_NOUN | WORD_ADJECTIVE | WORD_PERSON | WORD_NAMES_PLACE | WORD_NAMES_BODY | WORD_PREPOSITION);
}

static bool is_nominal_word(const clauses *c, uint32_t i) {
    bool noun = flags_at(c, i) & WORD_NOUN && !(flags_at(c, i) & (WORD_PREPOSITION | WORD_SUBJUNCTION));
    return c->words[i - c->first].mention != NERX_NONE || (noun && !verb_at(c, i)) ||
           (clause_shape(c, i) & SHAPE_UPPER_FIRST && !verb_at(c, i) && !(flags_at(c, i) & WORD_DETERMINER));
}

/* Words before `i` without adverbs and negations. */
static uint32_t real_before(const clauses *c, uint32_t i) {
    while (i > c->first) {
        i--;
        const clause_word *w = &c->words[i - c->first];
        if (clause_is_possessive_mark(c, i) || w->flags & WORD_PREPOSITION) return i;
        bool light = w->flags & (WORD_NEGATION | WORD_EXPECTED | WORD_POSSIBLE | WORD_REPORTED) ||
                     (!(w->flags & ~(uint32_t)WORD_FUTURE) && !w->verb && w->mention == NERX_NONE &&
                      !(clause_shape(c, i) & (SHAPE_PUNCT | SHAPE_UPPER_FIRST)));
        if (!light) return i;
    }
    return NERX_NONE;
}

/* "will read and travel to …": behind "and", a verb of the form of the last one, with something behind it. */
static bool goes_on(const clauses *c, uint32_t conjunction, uint32_t i) {
    uint32_t forms = VERB_INFINITIVE | VERB_PAST | VERB_SINGULAR | VERB_GERUND;
    uint32_t n = i + 1;
    bool open = n < c->end && (opens_phrase(c, n) || flags_at(c, n) & (WORD_PREPOSITION | WORD_ZU | WORD_CONTENT));
    for (uint32_t k = conjunction; open && k-- > c->first && !clause_parts(c, k);) {
        if (!verb_at(c, k) || flags_at(c, k) & WORD_NOUN || verb_at(c, k) & (VERB_AUXILIARY | VERB_MODAL)) continue;
        return verb_at(c, k) & verb_at(c, i) & forms;
    }
    return false;
}

/* "Did Biden meet": an auxiliary or modal before its subject, and no full verb since. */
static bool waits_for_verb(const clauses *c, uint32_t i) {
    for (uint32_t k = i; k-- > c->first && i - k < 7 && !clause_parts(c, k);) {
        if (verb_at(c, k) & (VERB_AUXILIARY | VERB_MODAL) && !(verb_at(c, k) & (VERB_PASSIVE | VERB_PERFECT)))
            return k == c->first || clause_parts(c, k - 1);
        if (verb_at(c, k)) return false;
    }
    return false;
}

/* What stands around a word that may be verb and noun or adjective. */
typedef struct around {
    const clauses *c;
    uint32_t i, previous, next;   /* previous: without adverbs; NERX_NONE */
    uint32_t before, verb_before; /* flags of the previous word */
    bool opens;                   /* a noun phrase or an infinitive follows */
    bool governs;                 /* a noun follows */
    bool possessive;
} around;

static around look_around(const clauses *c, uint32_t i) {
    around a = {.c = c, .i = i, .previous = real_before(c, i), .next = i + 1};
    uint32_t p = a.previous, n = a.next;
    if (p != NERX_NONE) {
        a.before = flags_at(c, p);
        a.verb_before = verb_at(c, p);
        a.possessive = clause_is_possessive_mark(c, p);
    }
    if (n >= c->end) return a;
    bool infinitive = n + 1 < c->end && flags_at(c, n) & WORD_ZU && verb_at(c, n + 1) & VERB_INFINITIVE &&
                      c->words[n + 1 - c->first].mention == NERX_NONE;
    a.opens = opens_phrase(c, n) || infinitive || flags_at(c, n) & WORD_CONTENT;
    a.governs = flags_at(c, n) & WORD_NOUN && !(flags_at(c, n) & WORD_PREPOSITION);
    return a;
}

/* Behind auxiliaries, "to", pronouns: nothing but a verb. */
static bool must_be_verb(const around *a, const clause_word *w) {
    if (w->verb & VERB_INFINITIVE && (waits_for_verb(a->c, a->i) || a->before & WORD_ZU)) return true;
    if (a->verb_before & VERB_MODAL) return true;
    uint32_t forms = VERB_GERUND | VERB_PARTICIPLE;
    if (!(a->verb_before & (VERB_PERFECT | VERB_PASSIVE))) forms |= VERB_INFINITIVE;
    if (a->verb_before & VERB_AUXILIARY && w->verb & forms) return true;
    return a->before & (WORD_PERSONAL | WORD_RELATIVE) ||
           (a->before & WORD_CONJUNCTION && goes_on(a->c, a->previous, a->i));
}

/* Behind a verb, a determiner or a possessive: no verb. */
static bool must_be_noun(const around *a, const clause_word *w) {
    bool acts = w->verb & VERB_GERUND && (a->governs || a->opens);
    bool full = a->verb_before && !(a->verb_before & (VERB_AUXILIARY | VERB_MODAL));
    if (full && w->flags & WORD_NOUN && a->previous + 1 == a->i && !acts) return true;
    return a->possessive || a->before & WORD_DETERMINER;
}

/* "…, killing six people", "before leaving for Rome": an -ing behind a comma or a preposition that opens clauses, too.
 */
static bool joins_participle(const around *a, const clause_word *w) {
    if (!(w->verb & (VERB_GERUND | VERB_PAST)) || a->previous == NERX_NONE || a->next >= a->c->end) return false;
    if (a->previous + 1 != a->i || clause_parts(a->c, a->next)) return false;
    if (a->before & WORD_SUBJUNCTION)
        return w->verb & VERB_GERUND && a->before & WORD_PREPOSITION && !sure_verb_follows(a->c, a->next);
    bool comma = a->c->d->text.ptr[a->c->tokens[a->previous].start] == ',';
    return comma && !sure_verb_follows(a->c, a->next) && !clause_is(a->c, a->next, WORD_CONJUNCTION);
}

/* "had last visited": between an auxiliary and its participle. */
static bool is_adverb(const around *a, const clause_word *w) {
    const clauses *c = a->c;
    if (a->previous == NERX_NONE || !(a->verb_before & VERB_AUXILIARY) || w->verb & (VERB_PARTICIPLE | VERB_GERUND))
        return false;
    return a->next < c->end && verb_at(c, a->next) & (VERB_PARTICIPLE | VERB_GERUND) &&
           c->words[a->next - c->first].mention == NERX_NONE;
}

static void make_nominal(clause_word *w) {
    bool attributive = w->verb & (VERB_PARTICIPLE | VERB_GERUND) && !(w->flags & WORD_NOUN);
    if (!attributive) {
        make_noun(w);
        return;
    }
    w->flags |= WORD_ADJECTIVE;
    w->verb = 0;
}

static void decide_behind_preposition(const around *a, clause_word *w) {
    if (w->verb & VERB_GERUND && (a->opens || a->governs || !(w->flags & WORD_NOUN))) {
        make_verb(w);
    } else if (w->flags & WORD_NOUN) {
        make_noun(w);
    } else {
        w->verb = 0;
        w->flags |= WORD_ADJECTIVE;
    }
}

/* "Putin visits China", "the leaders meet", but "the Putin visit", "peace talks failed". */
static bool is_noun_behind_noun(const around *a, const clause_word *w) {
    const clauses *c = a->c;
    const clause_word *p = &c->words[a->previous - c->first];
    bool base = w->verb & VERB_INFINITIVE && !(w->verb & (VERB_SINGULAR | VERB_PAST));
    bool many = a->before & WORD_NOUN && p->lore->agreements && p->lore->agreement[0] & FEATURE_PL;
    uint32_t k = a->previous;
    while (k > c->first && (is_nominal_word(c, k) || flags_at(c, k) & (WORD_ADJECTIVE | WORD_DETERMINER)))
        k--;
    many |= (flags_at(c, k) & WORD_CONJUNCTION) != 0;
    if (!(w->flags & WORD_NOUN)) return false;
    /* "embezzling gift cards": the object of a verb before it */
    bool object = k + 1 < a->i && verb_at(c, k) & (VERB_GERUND | VERB_WITH_ZU) && !(verb_at(c, k) & VERB_REPORTING);
    if (object && !a->opens) return true;
    if (!a->opens && (sure_verb_follows(c, a->next) || w->verb & VERB_GERUND)) return true;
    return base && (!many || (a->governs && !a->opens));
}

static bool is_inverted(const around *a, const clause_word *w) {
    bool says = w->verb & VERB_REPORTING && w->verb & VERB_FINITE;
    return says && a->next < a->c->end && is_nominal_word(a->c, a->next) && a->previous != NERX_NONE &&
           clause_parts(a->c, a->previous);
}

/* English: a word that may be verb and noun or adjective. */
static void decide(clauses *c, uint32_t i) {
    clause_word *w = clause_word_at(c, i);
    around a = look_around(c, i);
    if (w->flags & WORD_PARTICLE && a.verb_before & VERB_ANY && a.previous + 1 == i) {
        w->verb = 0;
        w->flags &= ~(uint32_t)(WORD_NOUN | WORD_ADJECTIVE);
    } else if (is_adverb(&a, w)) {
        w->verb = 0;
        w->flags &= ~(uint32_t)(WORD_NOUN | WORD_ADJECTIVE);
    } else if (must_be_verb(&a, w)) {
        make_verb(w);
    } else if (must_be_noun(&a, w)) {
        make_nominal(w);
    } else if (w->flags & WORD_PREPOSITION) {
        w->verb = 0; /* "a farm near Ulm", "people like Putin" */
        w->flags &= ~(uint32_t)(WORD_NOUN | WORD_ADJECTIVE);
    } else if (joins_participle(&a, w)) {
        make_verb(w);
    } else if (a.before & WORD_PREPOSITION) {
        decide_behind_preposition(&a, w);
    } else if (a.before & WORD_ADJECTIVE && !a.verb_before && w->flags & WORD_NOUN) {
        make_noun(w);
    } else if (a.previous != NERX_NONE && is_nominal_word(c, a.previous)) {
        if (is_noun_behind_noun(&a, w))
            make_noun(w);
        else
            make_verb(w);
    } else if (is_inverted(&a, w)) {
        make_verb(w);
    } else if (w->flags & WORD_NOUN && !(a.opens && a.previous != NERX_NONE)) {
        make_noun(w);
    } else if (w->flags & WORD_ADJECTIVE && a.next < c->end && is_nominal_word(c, a.next)) {
        w->verb = 0;
    } else {
        make_verb(w);
    }
}

/* English participles before a noun: "the elected president". */
static void decide_participle(clauses *c, uint32_t i) {
    uint32_t p = i > c->first ? i - 1 : NERX_NONE, n = i + 1;
    if (p == NERX_NONE || n >= c->end) return;
    bool opened = flags_at(c, p) & WORD_DETERMINER || clause_is_possessive_mark(c, p);
    const clause_word *next = &c->words[n - c->first];
    bool unknown = !next->flags && !next->verb && !next->plain && clause_shape(c, n) & SHAPE_LOWER;
    if (!opened || !(unknown || is_nominal_word(c, n) || flags_at(c, n) & (WORD_NOUN | WORD_ADJECTIVE))) return;
    clause_word *w = clause_word_at(c, i);
    w->verb = 0;
    w->flags |= WORD_ADJECTIVE;
}

/* English: "a firm founded by Siemens": before who does it, without an auxiliary, a participle. */
static void decide_reduced(clauses *c, uint32_t i) {
    clause_word *w = clause_word_at(c, i);
    bool both = w->verb & VERB_PARTICIPLE && w->verb & VERB_FINITE && !(w->verb & (VERB_AUXILIARY | VERB_MODAL));
    if (!both || i == c->first || i + 1 >= c->end || !(flags_at(c, i + 1) & WORD_AGENT)) return;
    uint32_t before = real_before(c, i);
    if (before == NERX_NONE || before + 1 != i || !is_nominal_word(c, before)) return;
    if (c->words[before - c->first].mention != NERX_NONE) return; /* "Scholz said by phone" */
    word_lore *lore = clause_lore(c, w);
    for (uint32_t k = 0; k < lore->senses; k++)
        lore->sense[k] &= ~(uint32_t)(VERB_FINITE | VERB_PAST);
    w->verb &= ~(uint32_t)(VERB_FINITE | VERB_PAST);
}

/* Between "to" and its verb: adverbs. */
static bool is_light(const clauses *c, uint32_t i) {
    const clause_word *w = &c->words[i - c->first];
    return !(w->flags & ~(uint32_t)WORD_FUTURE) && !w->verb && w->mention == NERX_NONE &&
           !(clause_shape(c, i) & SHAPE_PUNCT);
}

/* "zu liefern" is no "sie liefern". */
static void mark_infinitives(clauses *c) {
    uint32_t other = VERB_FINITE | VERB_PAST | VERB_PARTICIPLE | VERB_PLURAL | VERB_SINGULAR;
    uint32_t end = c->end;
    for (uint32_t i = set_next(c, SET_VERBS, c->first + 1, end); i < end; i = set_next(c, SET_VERBS, i + 1, end)) {
        clause_word *w = clause_word_at(c, i);
        uint32_t p = i - 1;
        if (!(w->verb & VERB_INFINITIVE)) continue;
        while (!c->verb_second && p > c->first && is_light(c, p) && i - p < 3)
            p--;
        if (!clause_is(c, p, WORD_ZU)) continue;
        word_lore *lore = clause_lore(c, w);
        for (uint32_t k = 0; k < lore->senses; k++)
            lore->sense[k] &= ~other;
        w->verb = (w->verb & ~other) | VERB_WITH_ZU;
        clause_word_at(c, p)->flags &= ~(uint32_t)(WORD_PREPOSITION | WORD_PARTICLE);
    }
}

/* "Scholz's", but not "he's". */
static bool is_owning(const clauses *c, uint32_t i) {
    const token *t = &c->tokens[i];
    bool short_form = t->shape & SHAPE_APOSTROPHE && t->place & TOKEN_JOINED && i > c->first;
    bool singular = short_form && verb_at(c, i) & VERB_SINGULAR && !(verb_at(c, i) & VERB_MODAL);
    return singular && !clause_is(c, i - 1, WORD_PRONOUN | WORD_PERSONAL | WORD_RELATIVE);
}

static void disambiguate(clauses *c, uint32_t i) {
    clause_word *w = clause_word_at(c, i);
    uint32_t closed = WORD_PREPOSITION | WORD_DETERMINER | WORD_CONJUNCTION | WORD_SUBJUNCTION | WORD_PRONOUN;
    if (w->mention != NERX_NONE) w->verb = 0;
    if (!c->verb_second && is_owning(c, i)) w->verb = 0;
    if (w->adverb && !c->verb_second && w->mention == NERX_NONE) {
        w->verb = 0;
        w->flags &= ~(uint32_t)(WORD_NOUN | WORD_ADJECTIVE);
    }
    if (!c->verb_second && w->flags & closed && !w->verb) w->flags &= ~(uint32_t)(WORD_NOUN | WORD_ADJECTIVE);
    if (!w->verb) return;
    /* "Treffen", "Besuch": in German a capital inside a sentence is a noun's */
    if (c->verb_second) {
        bool noun = w->flags & WORD_NOUN && clause_shape(c, i) & SHAPE_UPPER_FIRST;
        if (noun && !(i + 1 < c->end && opens_phrase(c, i + 1))) w->verb = 0;
        return;
    }
    /* "self-declared" */
    if (i > c->first && clause_shape(c, i - 1) & SHAPE_DASH && c->tokens[i].place & TOKEN_JOINED) {
        w->verb = 0;
        w->flags |= WORD_ADJECTIVE;
        return;
    }
    /* "Harry Kane": no imperative */
    if (c->tokens[i].place & TOKEN_FIRST && w->verb & VERB_INFINITIVE && !(w->verb & (VERB_AUXILIARY | VERB_PAST))) {
        w->verb = 0;
        return;
    }
    if (w->verb & (VERB_AUXILIARY | VERB_MODAL)) {
        w->flags &= ~(uint32_t)WORD_NOUN;
        return;
    }
    if (w->flags & (WORD_NOUN | WORD_ADJECTIVE | WORD_PREPOSITION))
        decide(c, i);
    else if (w->verb & (VERB_PARTICIPLE | VERB_GERUND))
        decide_participle(c, i);
    decide_reduced(c, i);
}

void verbs_disambiguate(clauses *c) {
    uint32_t end = c->end;
    for (uint32_t i = set_next(c, SET_AMBIGUOUS, c->first, end); i < end; i = set_next(c, SET_AMBIGUOUS, i + 1, end))
        disambiguate(c, i);
    mark_infinitives(c);
}
