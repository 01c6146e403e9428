/* Verbs: which words are some, which of them is the clause's, and what its form says. */
#include "model/features.h"
#include "model/frame.h"
#include "relate/clause.h"

static uint32_t verb_at(const clauses *c, uint32_t i) {
    return c->words[i - c->first].verb;
}

static bool owns(const clauses *c, uint8_t index, uint32_t i) {
    const clause_word *w = &c->words[i - c->first];
    return w->clause == index && w->phrase == NO_PHRASE;
}

/* From token `i` on in the clause's stretch, or its end. */
static uint32_t next_verb(const clauses *c, const clause *k, uint32_t i) {
    return set_next(c, SET_VERBS, i, k->end);
}

/* An auxiliary or modal before any other; in a verb-last clause the last. */
static void find_finite(const clauses *c, clause *k, uint8_t index) {
    if (k->kind == CLAUSE_INFINITIVE) return;
    for (uint32_t i = next_verb(c, k, k->start); i < k->end; i = next_verb(c, k, i + 1)) {
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
    for (uint32_t i = next_verb(c, k, k->start); i < k->end; i = next_verb(c, k, i + 1)) {
        if (i == k->finite || !owns(c, index, i) || !is_nonfinite(c, i, false)) continue;
        if (!c->verb_second && helper && i < k->finite) continue;
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
    str a = lexicon_text(&c->d->lexicon, c->tokens[particle].fold), b = lexicon_text(&c->d->lexicon, lemma);
    char text[WORD_MAX_LENGTH];
    if (a.len + b.len > sizeof text) return NERX_NONE;
    str first = c->verb_second ? a : b, second = c->verb_second ? b : a;
    memcpy(text, first.ptr, first.len);
    memcpy(text + first.len, second.ptr, second.len);
    return lexicon_find(&c->d->lexicon, (str){text, a.len + b.len});
}

static bool states_relation(const clauses *c, uint32_t lemma) {
    for (uint32_t layer = 0; layer < model_layer_count(c->d->model); layer++) {
        uint32_t count;
        const trigger *t = frame_triggers(model_frames(c->d->model, layer), lemma, &count);
        for (uint32_t i = 0; i < count; i++) {
            if (!(t[i].flags & TRIGGER_NOUN) && t[i].language == c->in->language) return true;
        }
    }
    return false;
}

static bool is_joined(const clauses *c, uint32_t particle, uint32_t verb) {
    const clause_word *w = &c->words[verb - c->first];
    for (uint32_t i = 0; i < w->lore->senses; i++) {
        uint32_t lemma = w->lore->lemma[i] == NERX_NONE ? NERX_NONE : joined(c, particle, w->lore->lemma[i]);
        if (lemma != NERX_NONE && states_relation(c, lemma)) return true;
    }
    return false;
}

static bool makes_verb(const clauses *c, uint32_t particle, uint32_t verb) {
    const clause_word *w = &c->words[verb - c->first];
    for (uint32_t i = 0; i < w->lore->senses; i++) {
        if (w->lore->lemma[i] != NERX_NONE && joined(c, particle, w->lore->lemma[i]) != NERX_NONE) return true;
    }
    return false;
}

static bool has_finite(const clauses *c, uint32_t start, uint32_t end) {
    for (uint32_t i = set_next(c, SET_VERBS, start, end); i < end; i = set_next(c, SET_VERBS, i + 1, end)) {
        const clause_word *w = &c->words[i - c->first];
        if (w->phrase == NO_PHRASE && w->verb & VERB_FINITE) return true;
    }
    return false;
}

/* "schlug den Obmann, Tom Meier, als Nachfolger vor": behind more than an apposition. */
static uint32_t far_particle(const clauses *c, const clause *k) {
    for (uint32_t i = set_next(c, SET_PARTICLES, k->end, c->end); i < c->end;
         i = set_next(c, SET_PARTICLES, i + 1, c->end)) {
        const clause_word *w = &c->words[i - c->first];
        if (has_finite(c, k->end, i + 1)) return NERX_NONE;
        bool last = i + 1 == c->end || clause_shape(c, i + 1) & SHAPE_PUNCT;
        if (last && w->phrase == NO_PHRASE && w->flags & WORD_PARTICLE && makes_verb(c, i, k->main)) return i;
    }
    return NERX_NONE;
}

static void find_particle(const clauses *c, clause *k, uint8_t index) {
    if (k->main == NERX_NONE || (c->verb_second && k->main != k->finite)) return;
    for (uint32_t i = set_next(c, SET_PARTICLES, k->main + 1, k->end); i < k->end;
         i = set_next(c, SET_PARTICLES, i + 1, k->end)) {
        const clause_word *w = &c->words[i - c->first];
        if (w->clause != index) continue;
        bool alone = w->phrase == NO_PHRASE && w->flags & WORD_PARTICLE;
        bool last = i + 1 == k->end || clause_parts(c, i + 1) || clause_shape(c, i + 1) & SHAPE_PUNCT ||
                    c->words[i + 1 - c->first].clause != index || clause_is(c, i + 1, WORD_CONJUNCTION);
        if (!alone || !(c->verb_second ? last : i == k->main + 1)) continue;
        if (!c->verb_second && !is_joined(c, i, k->main)) continue;
        k->particle = i;
    }
    if (c->verb_second && k->particle == NERX_NONE && k->kind == CLAUSE_MAIN) k->particle = far_particle(c, k);
}

static void join_particle(clauses *c, const clause *k) {
    if (k->particle == NERX_NONE) return;
    /* "took over Nokia": the particle is no preposition */
    for (uint32_t i = 0; i < c->phrase_count; i++) {
        if (c->phrases[i].preposition == k->particle) c->phrases[i].preposition = NERX_NONE;
    }
    clause_word *w = clause_word_at(c, k->main);
    word_lore *lore = clause_lore(c, w);
    uint32_t lists = ~(uint32_t)(VERB_REPORTING - 1) & ~(uint32_t)VERB_ANY;
    uint32_t verb = 0; /* "gehört … an" is of angehören and of anhören */
    for (uint32_t i = 0; i < lore->senses; i++) {
        uint32_t lemma = lore->lemma[i] == NERX_NONE ? NERX_NONE : joined(c, k->particle, lore->lemma[i]);
        if (lemma == NERX_NONE) continue;
        lore->lemma[i] = lemma;
        lore->sense[i] = (lore->sense[i] & ~lists) | words_of_lemma(c->reader, c->d, lemma, c->in->language);
        verb |= lore->sense[i];
    }
    if (verb) w->verb = verb;
}

/* "„Nicht mit mir“, sagte Scholz": a quotation mark stands between the word and the verb of saying. */
static bool is_other_voice(const clauses *c, const clause *k, uint32_t i) {
    if (k->main == NERX_NONE || !(verb_at(c, k->main) & VERB_REPORTING)) return false;
    uint32_t from = i < k->main ? i : k->main, to = i < k->main ? k->main : i;
    for (uint32_t q = from; q < to; q++) {
        if (clause_shape(c, q) & SHAPE_QUOTE && clause_shape(c, q) & SHAPE_PUNCT) return true;
    }
    return false;
}

static void judge_adverbs(const clauses *c, clause *k, uint8_t index, bool *expected, bool *future) {
    for (uint32_t i = set_next(c, SET_SHADES, k->start, k->end); i < k->end;
         i = set_next(c, SET_SHADES, i + 1, k->end)) {
        const clause_word *w = &c->words[i - c->first];
        if (w->clause != index || i == k->opener || i == k->particle || w->mention != NERX_NONE) continue;
        bool free = w->phrase == NO_PHRASE;
        if (w->flags & WORD_NEGATION && is_other_voice(c, k, i)) continue;
        bool negated_argument = !free && w->flags & WORD_NEGATION && c->phrases[w->phrase].preposition == NERX_NONE;
        k->negative |= (free && w->flags & WORD_NEGATION && !(w->flags & WORD_PREPOSITION)) || negated_argument;
        /* "without meeting" */
        bool without = i == k->start && free && w->flags & WORD_NEGATION && w->flags & WORD_PREPOSITION;
        k->negative |= without && k->kind == CLAUSE_INFINITIVE;
        k->doubted |= free && w->flags & WORD_DOUBTFUL;
        k->reflexive |= (w->flags & WORD_REFLEXIVE) != 0;
        if (free && w->flags & WORD_POSSIBLE && !w->verb) k->modality = MODALITY_POSSIBLE;
        if (free && w->flags & WORD_REPORTED) k->modality = MODALITY_REPORTED;
        if (free && w->flags & WORD_EXPECTED) *expected = true;
        if (w->flags & WORD_FUTURE && !(w->flags & WORD_PREPOSITION)) *future = true;
    }
}

static bool helped_by(const clauses *c, const clause *k, uint8_t index, uint32_t verb) {
    for (uint32_t i = next_verb(c, k, k->start); i < k->end; i = next_verb(c, k, i + 1)) {
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
    if (bare && form & VERB_PARTICIPLE && !(form & (VERB_INFINITIVE | VERB_GERUND))) {
        k->passive = true;
        k->tense = TENSE_PAST;
    }
    if (finite & VERB_PAST && !(finite & (VERB_SUBJ1 | VERB_SUBJ2))) k->tense = TENSE_PAST;
    if (participle && helped_by(c, k, index, VERB_PERFECT) && !(finite & VERB_MODAL)) k->tense = TENSE_PAST;
    k->subjunctive = (finite & VERB_SUBJ1) != 0;
    k->unreal = (finite & VERB_SUBJ2) && helped;
    if (k->subjunctive) k->modality = MODALITY_REPORTED;
    if (k->unreal && k->modality == MODALITY_FACT) k->modality = MODALITY_POSSIBLE;
    if (finite & VERB_MODAL && participle && helped_by(c, k, index, VERB_PERFECT)) k->tense = TENSE_PAST;
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
        /* "konnte sich durchsetzen": and did */
        bool did = c->verb_second && k->tense == TENSE_PAST && !(finite & (VERB_SUBJ1 | VERB_SUBJ2));
        k->modality = did ? MODALITY_FACT : MODALITY_POSSIBLE;
    } else if (finite & VERB_MODAL || future || (form & VERB_WITH_ZU && finite & VERB_AUXILIARY)) {
        /* "wollte besuchen", but "konnte besuchen" */
        bool open = k->tense == TENSE_PAST && !c->verb_second;
        k->modality = open ? MODALITY_POSSIBLE : MODALITY_PLANNED;
        /* "musste landen": and did */
        bool did = k->tense == TENSE_PAST && c->verb_second && finite & VERB_MODAL && !(finite & VERB_PLANNED);
        if (did) k->modality = MODALITY_FACT;
    }
}

void verbs_judge(clauses *c, clause *k, uint8_t index) {
    bool expected = false, future = false;
    find_finite(c, k, index);
    find_main(c, k, index);
    find_particle(c, k, index);
    judge_adverbs(c, k, index, &expected, &future);
    if (k->main == NERX_NONE) return;
    join_particle(c, k);
    k->gerund = k->finite == NERX_NONE && !(verb_at(c, k->main) & (VERB_INFINITIVE | VERB_PARTICIPLE));
    judge_form(c, k, index);
    if (k->modality == MODALITY_FACT && k->tense == TENSE_PRESENT && future) k->modality = MODALITY_PLANNED;
    if (expected && k->modality == MODALITY_FACT) k->modality = MODALITY_POSSIBLE;
    if (k->modality == MODALITY_PLANNED && k->tense == TENSE_PRESENT) k->tense = TENSE_FUTURE;
}
