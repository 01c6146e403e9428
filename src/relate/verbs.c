/* Verbs: which words are some, which of them is the clause's, and what its form says. */
#include "model/features.h"
#include "relate/clause.h"

static uint32_t flags_at(const clauses *c, uint32_t i) {
    return c->words[i - c->in->first].flags;
}

static uint32_t verb_at(const clauses *c, uint32_t i) {
    return c->words[i - c->in->first].verb;
}

static bool opens_phrase(const clauses *c, uint32_t i) {
    if (i >= c->in->end) return false;
    if (clause_shape(c, i) & SHAPE_QUOTE && i + 1 < c->in->end && clause_shape(c, i + 1) & SHAPE_UPPER_FIRST)
        return true;
    return flags_at(c, i) & (WORD_DETERMINER | WORD_PRONOUN | WORD_REFLEXIVE) ||
           c->words[i - c->in->first].mention != NERX_NONE;
}

/* A verb and nothing else, up to the next border: then an ambiguous word before it is the noun. */
static bool sure_verb_follows(const clauses *c, uint32_t i) {
    for (uint32_t k = i; k < c->in->end && !clause_parts(c, k); k++) {
        if (flags_at(c, k) & (WORD_SUBJUNCTION | WORD_RELATIVE | WORD_CONJUNCTION)) return false;
        if (c->words[k - c->in->first].mention != NERX_NONE) continue;
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
    return c->words[i - c->in->first].mention != NERX_NONE || (flags_at(c, i) & WORD_NOUN && !verb_at(c, i)) ||
           (clause_shape(c, i) & SHAPE_UPPER_FIRST && !verb_at(c, i) && !(flags_at(c, i) & WORD_DETERMINER));
}

/* Words before `i` without adverbs and negations. */
static uint32_t real_before(const clauses *c, uint32_t i) {
    while (i > c->in->first) {
        i--;
        const clause_word *w = &c->words[i - c->in->first];
        if (clause_shape(c, i) & SHAPE_APOSTROPHE) return i;
        bool light = w->flags & (WORD_NEGATION | WORD_EXPECTED | WORD_POSSIBLE | WORD_REPORTED) ||
                     (!(w->flags & ~(uint32_t)WORD_FUTURE) && !w->verb && w->mention == NERX_NONE &&
                      !(clause_shape(c, i) & (SHAPE_PUNCT | SHAPE_UPPER_FIRST)));
        if (!light) return i;
    }
    return NERX_NONE;
}

/* English: a word that may be verb and noun or adjective. */
static void decide(clauses *c, uint32_t i) {
    clause_word *w = clause_word_at(c, i);
    uint32_t p = real_before(c, i), n = i + 1;
    uint32_t before = p == NERX_NONE ? 0 : flags_at(c, p), verb_before = p == NERX_NONE ? 0 : verb_at(c, p);
    if (w->flags & WORD_PARTICLE && verb_before & VERB_ANY && p + 1 == i) {
        w->verb = 0;
        w->flags &= ~(uint32_t)(WORD_NOUN | WORD_ADJECTIVE);
        return;
    }
    bool infinitive = n + 1 < c->in->end && flags_at(c, n) & WORD_ZU && verb_at(c, n + 1) & VERB_INFINITIVE &&
                      c->words[n + 1 - c->in->first].mention == NERX_NONE;
    bool next_opens = opens_phrase(c, n) || infinitive || (n < c->in->end && flags_at(c, n) & WORD_CONTENT);
    bool possessive =
        p != NERX_NONE && clause_shape(c, p) & SHAPE_APOSTROPHE && c->d->tokens.items[p].place & TOKEN_JOINED;
    if (before & WORD_ZU && w->verb & VERB_INFINITIVE && !(before & WORD_DETERMINER)) {
        make_verb(w);
        return;
    }
    if (verb_before & VERB_MODAL) {
        make_verb(w);
        return;
    }
    if (verb_before & VERB_AUXILIARY && w->verb & (VERB_GERUND | VERB_PARTICIPLE | VERB_INFINITIVE)) {
        make_verb(w);
        return;
    }
    if (verb_before && !(verb_before & (VERB_AUXILIARY | VERB_MODAL)) && w->flags & WORD_NOUN && p + 1 == i) {
        make_noun(w);
        return;
    }
    if (possessive || before & WORD_DETERMINER) {
        bool attributive = w->verb & (VERB_PARTICIPLE | VERB_GERUND) && !(w->flags & WORD_NOUN);
        if (attributive) w->flags |= WORD_ADJECTIVE;
        if (attributive)
            w->verb = 0;
        else
            make_noun(w);
        return;
    }
    if (before & WORD_PREPOSITION) {
        if (w->verb & VERB_GERUND && (next_opens || !(w->flags & WORD_NOUN)))
            make_verb(w);
        else if (w->flags & WORD_NOUN)
            make_noun(w);
        else
            w->verb = 0, w->flags |= WORD_ADJECTIVE;
        return;
    }
    if (before & WORD_PRONOUN && before & WORD_PERSONAL) {
        make_verb(w);
        return;
    }
    if (before & WORD_RELATIVE) {
        make_verb(w);
        return;
    }
    if (p != NERX_NONE && before & WORD_ADJECTIVE && !(verb_before)) {
        if (w->flags & WORD_NOUN) {
            make_noun(w);
            return;
        }
    }
    if (p != NERX_NONE && is_nominal_word(c, p)) {
        bool base = w->verb & VERB_INFINITIVE && !(w->verb & (VERB_SINGULAR | VERB_PAST));
        bool many = before & WORD_NOUN && c->words[p - c->in->first].agreements &&
                    c->words[p - c->in->first].agreement[0] & FEATURE_PL;
        for (uint32_t k = p; k-- > c->in->first && k + 6 > p;)
            many |= (flags_at(c, k) & WORD_CONJUNCTION) != 0;
        bool compound = n < c->in->end && flags_at(c, n) & WORD_NOUN && !next_opens;
        bool noun = (!next_opens && sure_verb_follows(c, n)) || (base && (!many || compound));
        if (w->verb & VERB_GERUND && !next_opens && w->flags & WORD_NOUN) noun = true;
        if (noun && w->flags & WORD_NOUN)
            make_noun(w);
        else
            make_verb(w);
        return;
    }
    bool inverted = w->verb & VERB_REPORTING && w->verb & VERB_FINITE && n < c->in->end && is_nominal_word(c, n) &&
                    p != NERX_NONE && clause_parts(c, p);
    if (inverted)
        make_verb(w);
    else if (w->flags & WORD_NOUN && !(next_opens && p != NERX_NONE))
        make_noun(w);
    else if (w->flags & WORD_ADJECTIVE && n < c->in->end && is_nominal_word(c, n))
        w->verb = 0;
    else
        make_verb(w);
}

/* English participles before a noun: "the elected president". */
static void decide_participle(clauses *c, uint32_t i) {
    uint32_t p = i > c->in->first ? i - 1 : NERX_NONE, n = i + 1;
    if (p == NERX_NONE || n >= c->in->end) return;
    bool opened = flags_at(c, p) & WORD_DETERMINER ||
                  (clause_shape(c, p) & SHAPE_APOSTROPHE && c->d->tokens.items[p].place & TOKEN_JOINED);
    if (!opened || !(is_nominal_word(c, n) || flags_at(c, n) & (WORD_NOUN | WORD_ADJECTIVE))) return;
    clause_word *w = clause_word_at(c, i);
    w->verb = 0;
    w->flags |= WORD_ADJECTIVE;
}

/* Between "to" and its verb: adverbs. */
static bool is_light(const clauses *c, uint32_t i) {
    const clause_word *w = &c->words[i - c->in->first];
    return !(w->flags & ~(uint32_t)WORD_FUTURE) && !w->verb && w->mention == NERX_NONE &&
           !(clause_shape(c, i) & SHAPE_PUNCT);
}

/* "zu liefern" is no "sie liefern". */
static void mark_infinitives(clauses *c) {
    uint32_t other = VERB_FINITE | VERB_PAST | VERB_PARTICIPLE | VERB_PLURAL | VERB_SINGULAR;
    for (uint32_t i = c->in->first + 1; i < c->in->end; i++) {
        clause_word *w = clause_word_at(c, i);
        uint32_t p = i - 1;
        if (!(w->verb & VERB_INFINITIVE)) continue;
        while (!c->verb_second && p > c->in->first && is_light(c, p) && i - p < 3)
            p--;
        if (!clause_is(c, p, WORD_ZU)) continue;
        for (uint32_t k = 0; k < w->senses; k++)
            w->sense[k] &= ~other;
        w->verb = (w->verb & ~other) | VERB_WITH_ZU;
        clause_word_at(c, p)->flags &= ~(uint32_t)(WORD_PREPOSITION | WORD_PARTICLE);
    }
}

void verbs_disambiguate(clauses *c) {
    for (uint32_t i = c->in->first; i < c->in->end; i++) {
        clause_word *w = clause_word_at(c, i);
        uint32_t closed = WORD_PREPOSITION | WORD_DETERMINER | WORD_CONJUNCTION | WORD_SUBJUNCTION | WORD_PRONOUN;
        if (w->mention != NERX_NONE) w->verb = 0;
        if (!c->verb_second && w->flags & closed && !w->verb) w->flags &= ~(uint32_t)(WORD_NOUN | WORD_ADJECTIVE);
        if (!w->verb) continue;
        /* "Treffen", "Besuch": in German a capital inside a sentence is a noun's */
        if (c->verb_second) {
            bool noun = w->flags & WORD_NOUN && clause_shape(c, i) & SHAPE_UPPER_FIRST;
            if (noun && !(i + 1 < c->in->end && opens_phrase(c, i + 1))) w->verb = 0;
            continue;
        }
        /* "Harry Kane": no imperative */
        if (c->d->tokens.items[i].place & TOKEN_FIRST && w->verb & VERB_INFINITIVE &&
            !(w->verb & (VERB_AUXILIARY | VERB_PAST))) {
            w->verb = 0;
            continue;
        }
        if (w->verb & (VERB_AUXILIARY | VERB_MODAL)) {
            w->flags &= ~(uint32_t)WORD_NOUN;
            continue;
        }
        if (w->flags & (WORD_NOUN | WORD_ADJECTIVE | WORD_PREPOSITION))
            decide(c, i);
        else if (w->verb & (VERB_PARTICIPLE | VERB_GERUND))
            decide_participle(c, i);
    }
    mark_infinitives(c);
}

static bool owns(const clauses *c, uint8_t index, uint32_t i) {
    const clause_word *w = &c->words[i - c->in->first];
    return w->clause == index && w->phrase == NO_PHRASE;
}

/* An auxiliary or modal before any other; in a verb-last clause the last. */
static void find_finite(const clauses *c, clause *k, uint8_t index) {
    for (uint32_t i = k->start; i < k->end; i++) {
        if (!owns(c, index, i) || !clause_verb(c, i, VERB_FINITE)) continue;
        bool helper = clause_verb(c, i, VERB_AUXILIARY | VERB_MODAL);
        bool later = k->finite != NERX_NONE && !clause_verb(c, k->finite, VERB_AUXILIARY | VERB_MODAL) &&
                     c->verb_second && k->kind != CLAUSE_MAIN;
        if (k->finite == NERX_NONE || later || (helper && !clause_verb(c, k->finite, VERB_AUXILIARY | VERB_MODAL)))
            k->finite = i;
        if (helper && !(c->verb_second && k->kind != CLAUSE_MAIN)) return;
    }
}

static bool is_nonfinite(const clauses *c, uint32_t i, bool helped) {
    uint32_t wanted = VERB_INFINITIVE | VERB_PARTICIPLE | (c->verb_second ? 0U : (uint32_t)VERB_GERUND);
    return clause_verb(c, i, wanted) && (helped || !clause_verb(c, i, VERB_MODAL));
}

/* The verb that says what happens: the last infinitive or participle beside an auxiliary, else the finite verb. */
static void find_main(const clauses *c, clause *k, uint8_t index) {
    bool helper = k->finite != NERX_NONE && clause_verb(c, k->finite, VERB_AUXILIARY | VERB_MODAL);
    bool full = false;
    k->main = k->finite;
    if (k->finite != NERX_NONE && !helper) return;
    for (uint32_t i = k->start; i < k->end; i++) {
        if (i == k->finite || !owns(c, index, i) || !is_nonfinite(c, i, false)) continue;
        bool auxiliary = clause_verb(c, i, VERB_AUXILIARY);
        /* "getroffen werden können": the full verb counts */
        if (auxiliary && (full || k->main != k->finite)) continue;
        /* English: the first full verb; what follows is another's */
        if (full && !c->verb_second) break;
        k->main = i;
        full = !auxiliary;
    }
}

/* "kommt … zusammen", "takes over": another lemma; NERX_NONE where no word is so. */
static uint32_t joined(const clauses *c, uint32_t particle, uint32_t lemma) {
    str a = lexicon_text(&c->d->lexicon, c->d->tokens.items[particle].fold), b = lexicon_text(&c->d->lexicon, lemma);
    char text[WORD_MAX_LENGTH];
    if (a.len + b.len > sizeof text) return NERX_NONE;
    str first = c->verb_second ? a : b, second = c->verb_second ? b : a;
    memcpy(text, first.ptr, first.len);
    memcpy(text + first.len, second.ptr, second.len);
    return lexicon_find(&c->d->lexicon, (str){text, a.len + b.len});
}

static bool is_joined(const clauses *c, uint32_t particle, uint32_t verb) {
    const clause_word *w = &c->words[verb - c->in->first];
    for (uint32_t i = 0; i < w->senses; i++) {
        if (w->lemma[i] != NERX_NONE && joined(c, particle, w->lemma[i]) != NERX_NONE) return true;
    }
    return false;
}

static void find_particle(const clauses *c, clause *k, uint8_t index) {
    if (k->main == NERX_NONE || (c->verb_second && k->main != k->finite)) return;
    for (uint32_t i = k->main + 1; i < k->end; i++) {
        const clause_word *w = &c->words[i - c->in->first];
        if (w->clause != index) continue;
        bool alone = w->phrase == NO_PHRASE && w->flags & WORD_PARTICLE;
        bool last = i + 1 == k->end || clause_parts(c, i + 1) || clause_shape(c, i + 1) & SHAPE_PUNCT ||
                    c->words[i + 1 - c->in->first].clause != index || clause_is(c, i + 1, WORD_CONJUNCTION);
        if (!alone || !(c->verb_second ? last : i == k->main + 1)) continue;
        if (!c->verb_second && !is_joined(c, i, k->main)) continue;
        k->particle = i;
    }
}

static void join_particle(clauses *c, const clause *k) {
    if (k->particle == NERX_NONE) return;
    /* "took over Nokia": the particle is no preposition */
    for (uint32_t i = 0; i < c->phrase_count; i++) {
        if (c->phrases[i].preposition == k->particle) c->phrases[i].preposition = NERX_NONE;
    }
    clause_word *w = clause_word_at(c, k->main);
    uint32_t lists = ~(uint32_t)(VERB_REPORTING - 1) & ~(uint32_t)VERB_ANY;
    for (uint32_t i = 0; i < w->senses; i++) {
        uint32_t lemma = w->lemma[i] == NERX_NONE ? NERX_NONE : joined(c, k->particle, w->lemma[i]);
        if (lemma == NERX_NONE) continue;
        w->lemma[i] = lemma;
        w->sense[i] = (w->sense[i] & ~lists) | words_of_lemma(c->reader, c->d, lemma, c->in->language);
        w->verb = w->sense[i];
    }
}

static void judge_adverbs(const clauses *c, clause *k, uint8_t index, bool *expected, bool *future) {
    for (uint32_t i = k->start; i < k->end; i++) {
        const clause_word *w = &c->words[i - c->in->first];
        if (w->clause != index || i == k->opener) continue;
        bool free = w->phrase == NO_PHRASE;
        bool negated_argument = !free && w->flags & WORD_NEGATION && c->phrases[w->phrase].preposition == NERX_NONE;
        k->negative |= (free && w->flags & WORD_NEGATION && !(w->flags & WORD_PREPOSITION)) || negated_argument;
        k->reflexive |= (w->flags & WORD_REFLEXIVE) != 0;
        if (free && w->flags & WORD_POSSIBLE && !w->verb) k->modality = MODALITY_POSSIBLE;
        if (free && w->flags & WORD_REPORTED) k->modality = MODALITY_REPORTED;
        if (free && w->flags & WORD_EXPECTED) *expected = true;
        if (w->flags & WORD_FUTURE && !(w->flags & WORD_PREPOSITION)) *future = true;
    }
}

static bool helped_by(const clauses *c, const clause *k, uint8_t index, uint32_t verb) {
    for (uint32_t i = k->start; i < k->end; i++) {
        if (i != k->main && owns(c, index, i) && clause_verb(c, i, verb)) return true;
    }
    return false;
}

static bool has_agent(const clauses *c, uint8_t index) {
    for (uint32_t i = 0; i < c->phrase_count; i++) {
        const phrase *p = &c->phrases[i];
        if (p->clause == index && p->preposition != NERX_NONE && clause_is(c, p->preposition, WORD_AGENT)) return true;
    }
    return false;
}

/* "wird empfangen" may be future and passive: an agent tells. */
static bool is_infinitive(const clauses *c, uint8_t index, uint32_t finite, uint32_t form) {
    if (!(form & VERB_INFINITIVE) || !(finite & (VERB_MODAL | VERB_FUTURE)) || finite & VERB_PAST) return false;
    return finite & VERB_MODAL || !(form & VERB_PARTICIPLE) || !has_agent(c, index);
}

static void judge_form(const clauses *c, clause *k, uint8_t index) {
    uint32_t finite = k->finite == NERX_NONE ? 0 : verb_at(c, k->finite);
    uint32_t form = verb_at(c, k->main);
    bool helped = k->main != k->finite;
    bool participle = helped && form & VERB_PARTICIPLE && !is_infinitive(c, index, finite, form);
    k->passive = participle && helped_by(c, k, index, VERB_PASSIVE);
    bool bare = k->finite == NERX_NONE && !helped_by(c, k, index, VERB_AUXILIARY);
    if (bare && form & VERB_PARTICIPLE && !(form & (VERB_INFINITIVE | VERB_GERUND))) k->passive = true;
    if (finite & VERB_PAST && !(finite & (VERB_SUBJ1 | VERB_SUBJ2))) k->tense = TENSE_PAST;
    if (participle && helped_by(c, k, index, VERB_PERFECT) && !(finite & VERB_MODAL)) k->tense = TENSE_PAST;
    k->subjunctive = (finite & VERB_SUBJ1) != 0;
    k->unreal = (finite & VERB_SUBJ2) && helped;
    if (k->subjunctive) k->modality = MODALITY_REPORTED;
    if (k->unreal && k->modality == MODALITY_FACT) k->modality = MODALITY_POSSIBLE;
    if (!helped || k->modality != MODALITY_FACT) {
        if (helped && finite & VERB_FUTURE && form & VERB_INFINITIVE && !participle) k->tense = TENSE_FUTURE;
        return;
    }
    bool future = finite & VERB_FUTURE && form & VERB_INFINITIVE && !participle;
    bool perfect = form & VERB_PARTICIPLE && finite & VERB_MODAL && helped_by(c, k, index, VERB_PERFECT);
    if (perfect && finite & VERB_PLANNED && c->verb_second) {
        /* "soll getroffen haben" is what people say */
        k->modality = MODALITY_REPORTED;
        k->tense = TENSE_PAST;
    } else if (finite & VERB_POSSIBLE) {
        k->modality = MODALITY_POSSIBLE;
    } else if (finite & VERB_MODAL || future || (form & VERB_WITH_ZU && finite & VERB_AUXILIARY)) {
        k->modality = k->tense == TENSE_PAST ? MODALITY_POSSIBLE : MODALITY_PLANNED;
    }
}

void verbs_judge(clauses *c, clause *k, uint8_t index) {
    bool expected = false, future = false;
    find_finite(c, k, index);
    find_main(c, k, index);
    judge_adverbs(c, k, index, &expected, &future);
    if (k->main == NERX_NONE) return;
    find_particle(c, k, index);
    join_particle(c, k);
    k->gerund = k->finite == NERX_NONE && !(verb_at(c, k->main) & (VERB_INFINITIVE | VERB_PARTICIPLE));
    judge_form(c, k, index);
    if (k->modality == MODALITY_FACT && k->tense == TENSE_PRESENT && future) k->modality = MODALITY_PLANNED;
    if (expected && k->modality == MODALITY_FACT) k->modality = MODALITY_POSSIBLE;
    if (k->modality == MODALITY_PLANNED && k->tense == TENSE_PRESENT) k->tense = TENSE_FUTURE;
}
