/* Clauses of a sentence. */
#include "relate/clause.h"

#include "model/model.h"
#include "relate/rule_relations.h"
#include "relate/words.h"

const clause_word *clause_word_at(const clauses *c, uint32_t i) {
    return &c->words[i - c->in->first];
}

static bool is(const clauses *c, uint32_t i, uint32_t flags) {
    return (clause_word_at(c, i)->flags & flags) != 0;
}

static bool parts(const clauses *c, uint32_t i) {
    uint32_t shape = c->d->tokens.items[i].shape;
    if (!(shape & SHAPE_PUNCT)) return false;
    char sign = c->d->text.ptr[c->d->tokens.items[i].start];
    return sign == ',' || sign == ';' || sign == ':' || shape & (SHAPE_DASH | SHAPE_OPEN | SHAPE_CLOSE) ||
           (shape & SHAPE_QUOTE && sign != '\'');
}

static bool has_verb(const clauses *c, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; i++) {
        if (mention_at(c->d, i) != NERX_NONE) continue;
        if (is(c, i, WORD_FINITE)) return true;
        if (is(c, i, WORD_INFINITIVE) && i > start && !is(c, i - 1, WORD_ARTICLE)) return true;
    }
    return false;
}

static bool add(clauses *c, uint32_t start, uint32_t end) {
    if (start >= end || c->count == MAX_CLAUSES) return true;
    c->items[c->count++] = (clause){.start = start,
                                    .end = end,
                                    .finite = NERX_NONE,
                                    .main = NERX_NONE,
                                    .lemma = NERX_NONE,
                                    .subject = NERX_NONE,
                                    .source = NERX_NONE};
    return true;
}

/* Words in quotation marks or brackets that have no verb of their own part nothing. */
static bool encloses(const clauses *c, uint32_t i) {
    if (!(c->d->tokens.items[i].shape & (SHAPE_QUOTE | SHAPE_OPEN | SHAPE_CLOSE | SHAPE_DASH))) return false;
    uint32_t end = i + 1;
    while (end < c->in->end && !parts(c, end))
        end++;
    bool finite = false;
    for (uint32_t k = i + 1; k < end; k++)
        finite |= is(c, k, WORD_FINITE) && !is(c, k, WORD_INFINITIVE) && mention_at(c->d, k) == NERX_NONE;
    return !finite;
}

/* A stretch without a verb is an apposition or a list: it joins what follows, or at the end what came before. */
static void split(clauses *c) {
    uint32_t start = c->in->first;
    for (uint32_t i = c->in->first; i < c->in->end; i++) {
        bool border = parts(c, i) && !encloses(c, i);
        bool coordinated = is(c, i, WORD_CONJUNCTION) && has_verb(c, start, i) && has_verb(c, i + 1, c->in->end);
        if (!border && !coordinated) continue;
        bool heading = c->d->text.ptr[c->d->tokens.items[i].start] == ':';
        bool verb = has_verb(c, start, i);
        if (verb) add(c, start, i);
        if (verb || heading) start = i + 1;
    }
    if (c->count && !has_verb(c, start, c->in->end)) {
        c->items[c->count - 1].end = c->in->end;
    } else {
        add(c, start, c->in->end);
    }
}

/* The finite verb: an auxiliary or modal before any other. */
static void find_finite(const clauses *c, clause *k) {
    for (uint32_t i = k->start; i < k->end; i++) {
        if (!is(c, i, WORD_FINITE) || mention_at(c->d, i) != NERX_NONE) continue;
        if (is(c, i, WORD_AUXILIARY | WORD_MODAL)) {
            k->finite = i;
            return;
        }
        if (k->finite == NERX_NONE) k->finite = i;
    }
}

static bool nonfinite(const clauses *c, uint32_t i) {
    return is(c, i, WORD_INFINITIVE | WORD_PARTICIPLE) && mention_at(c->d, i) == NERX_NONE && !is(c, i, WORD_MODAL);
}

/* The verb that says what happens: the last infinitive or participle behind an auxiliary, else the finite verb. */
static void find_main(const clauses *c, clause *k) {
    bool helper = k->finite != NERX_NONE && is(c, k->finite, WORD_AUXILIARY | WORD_MODAL);
    k->main = k->finite;
    if (k->finite != NERX_NONE && !helper) return;
    for (uint32_t i = k->start; i < k->end; i++) {
        if (i == k->finite || !nonfinite(c, i)) continue;
        if (is(c, i, WORD_AUXILIARY) && k->main != k->finite) continue;
        k->main = i;
    }
}

/* "kommt … zusammen": the particle at the clause's end makes another lemma. */
static uint32_t joined_lemma(const clauses *c, const clause *k) {
    uint32_t lemma = clause_word_at(c, k->main)->lemma, last = k->end;
    while (last > k->main + 1 && c->d->tokens.items[last - 1].shape & SHAPE_PUNCT)
        last--;
    if (last <= k->main + 1 || !is(c, last - 1, WORD_PARTICLE)) return lemma;
    str particle = lexicon_text(&c->d->lexicon, c->d->tokens.items[last - 1].fold);
    str verb = lexicon_text(&c->d->lexicon, lemma);
    str joined = arena_format(c->d->arena, "%.*s%.*s", (int)particle.len, particle.ptr, (int)verb.len, verb.ptr);
    uint32_t id = joined.ptr ? lexicon_find(&c->d->lexicon, joined) : NERX_NONE;
    return id == NERX_NONE ? lemma : id;
}

static void judge(const clauses *c, clause *k) {
    uint32_t finite = k->finite == NERX_NONE ? 0 : clause_word_at(c, k->finite)->flags;
    uint32_t main_flags = k->main == NERX_NONE ? 0 : clause_word_at(c, k->main)->flags;
    bool participle = k->main != k->finite && main_flags & WORD_PARTICIPLE && !(main_flags & WORD_INFINITIVE);
    bool helped = k->main != k->finite;
    for (uint32_t i = k->start; i < k->end; i++) {
        k->negative |= is(c, i, WORD_NEGATION);
        k->reflexive |= is(c, i, WORD_REFLEXIVE);
        k->that |= is(c, i, WORD_THAT) && i <= k->start + 1;
        if (is(c, i, WORD_POSSIBLE) && !is(c, i, WORD_MODAL | WORD_FINITE)) k->modality = MODALITY_POSSIBLE;
        if (is(c, i, WORD_REPORTED)) k->modality = MODALITY_REPORTED;
        if (helped && is(c, i, WORD_PASSIVE) && participle) k->passive = true;
    }
    if (finite & WORD_PAST && !(finite & WORD_SUBJ2)) k->tense = TENSE_PAST;
    if (finite & WORD_PERFECT && participle) k->tense = TENSE_PAST;
    if (finite & WORD_SUBJ1 && !(finite & WORD_MODAL)) k->modality = MODALITY_REPORTED;
    if (finite & WORD_SUBJ2 && helped) k->modality = MODALITY_POSSIBLE;
    if (helped && finite & WORD_MODAL && k->modality == MODALITY_FACT)
        k->modality = finite & WORD_POSSIBLE ? MODALITY_POSSIBLE : MODALITY_PLANNED;
    if (helped && finite & WORD_FUTURE && main_flags & WORD_INFINITIVE && !participle) {
        k->tense = TENSE_FUTURE;
        if (k->modality == MODALITY_FACT) k->modality = MODALITY_PLANNED;
    }
    if (k->modality == MODALITY_PLANNED && k->tense == TENSE_PRESENT) k->tense = TENSE_FUTURE;
}

/* The start of the phrase a mention heads: back over articles, adjectives, offices and genitive places. */
static uint32_t phrase_start(const clauses *c, uint32_t from, uint32_t mention_index) {
    uint32_t start = c->d->mentions.items[mention_index].start;
    while (start > from) {
        uint32_t before = mention_at(c->d, start - 1);
        const token *t = &c->d->tokens.items[start - 1];
        if (before != NERX_NONE && clause_is_attribute(c, before)) {
            start = c->d->mentions.items[before].start;
        } else if (is(c, start - 1, WORD_ARTICLE | WORD_MODIFIER | WORD_NOUN) && !(t->shape & SHAPE_PUNCT) &&
                   !is(c, start - 1, WORD_PREPOSITION) && !(is(c, start - 1, WORD_FINITE) && t->shape & SHAPE_LOWER)) {
            start--;
        } else if (t->shape & SHAPE_QUOTE && t->shape & SHAPE_PUNCT) {
            start--;
        } else {
            break;
        }
    }
    return start;
}

uint32_t clause_preposition(const clauses *c, const clause *of, uint32_t mention_index) {
    uint32_t start = phrase_start(c, of->start, mention_index);
    if (start == of->start) return NERX_NONE;
    return is(c, start - 1, WORD_PREPOSITION | WORD_ATTRIBUTION) ? start - 1 : NERX_NONE;
}

static bool is_genitive(const document *d, const mention *m) {
    const token *t = &d->tokens.items[m->end - 1];
    reading readings[MODEL_MAX_READINGS];
    uint32_t count =
        model_readings(d->model, &d->lexicon, t->look, t->fold, LANGUAGE_NONE, readings, MODEL_MAX_READINGS);
    bool genitive = false;
    for (uint32_t i = 0; i < count; i++) {
        if (!model_entry(d->model, readings[i].entry)->type && m->end - m->start == 1) continue;
        if (!(readings[i].features & FEATURE_GEN)) return false;
        genitive = true;
    }
    return genitive;
}

bool clause_is_attribute(const clauses *c, uint32_t mention_index) {
    const document *d = c->d;
    const mention *m = &d->mentions.items[mention_index];
    uint32_t next = m->end;
    /* "Putin's army" */
    if (next < c->in->end && d->tokens.items[next].place & TOKEN_JOINED &&
        d->tokens.items[next].shape & SHAPE_APOSTROPHE)
        return true;
    if (!is_genitive(d, m)) return false;
    bool noun_follows =
        next < c->in->end && (is(c, next, WORD_NOUN | WORD_MODIFIER) || mention_at(d, next) != NERX_NONE ||
                              d->tokens.items[next].shape & SHAPE_UPPER_FIRST);
    bool noun_before = m->start > c->in->first && d->tokens.items[m->start - 1].shape & SHAPE_UPPER_FIRST;
    return noun_follows || noun_before;
}

/* "zu liefern" is no "sie liefern". */
static void mark_infinitives(clauses *c) {
    for (uint32_t i = c->in->first + 1; i < c->in->end; i++) {
        clause_word *w = &c->words[i - c->in->first];
        if (!(w->flags & WORD_INFINITIVE) || !(w[-1].flags & WORD_ZU)) continue;
        w->flags &= ~(uint32_t)(WORD_FINITE | WORD_PAST);
    }
}

bool clauses_find(clauses *c, word_reader *reader, document *d, const sentence *in, uint32_t first_mention) {
    c->d = d;
    c->in = in;
    c->count = 0;
    c->first_mention = c->end_mention = first_mention;
    c->words = arena_array(d->arena, clause_word, in->end - in->first);
    if (!c->words) return false;
    if (!words_read(reader, d, in->first, in->end, in->language, c->words)) return false;
    mark_infinitives(c);
    while (c->end_mention < d->mentions.count && d->mentions.items[c->end_mention].start < in->end)
        c->end_mention++;
    split(c);
    for (uint32_t i = 0; i < c->count; i++) {
        clause *k = &c->items[i];
        find_finite(c, k);
        find_main(c, k);
        if (k->main == NERX_NONE) continue;
        k->lemma = joined_lemma(c, k);
        judge(c, k);
    }
    return true;
}
