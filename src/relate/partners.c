/* How phrases belong together: owners, names behind nouns, lists, and asides. */
#include "model/model.h"
#include "relate/clause.h"

static bool is_date(const clauses *c, uint32_t m) {
    return c->d->mentions.items[m].entity == NERX_NONE;
}

static bool type_is(const clauses *c, uint32_t m, uint32_t type) {
    return c->d->mentions.items[m].type == type;
}

static bool only_joints(const clauses *c, uint32_t start, uint32_t end, bool *conjunction, bool *comma) {
    *conjunction = *comma = false;
    for (uint32_t i = start; i < end; i++) {
        char sign = c->d->text.ptr[c->tokens[i].start];
        if (clause_is(c, i, WORD_CONJUNCTION))
            *conjunction = true;
        else if (sign == ',')
            *comma = true;
        else if (!(clause_shape(c, i) & SHAPE_QUOTE && clause_shape(c, i) & SHAPE_PUNCT) &&
                 !clause_is(c, i, WORD_PREPOSITION | WORD_ASIDE))
            return false;
    }
    return true;
}

static bool alike(const clauses *c, const phrase *a, const phrase *b) {
    bool repeats = b->preposition == NERX_NONE ||
                   (a->preposition != NERX_NONE && c->tokens[a->preposition].fold == c->tokens[b->preposition].fold);
    return repeats && !((a->flags | b->flags) & (PHRASE_TIME | PHRASE_OWNER | PHRASE_APPOSITION | PHRASE_ASIDE)) &&
           !(b->flags & PHRASE_PERSONAL);
}

/* The phrase that the one before index `i` belongs to a list with: right before it, or behind its own owner. */
static uint8_t partner_before(const clauses *c, uint8_t i) {
    for (uint8_t k = i; k-- > 0 && i - k < 4;) {
        const phrase *p = &c->phrases[k];
        if (p->owner == NO_PHRASE && !(p->flags & PHRASE_OWNER)) return k;
    }
    return NO_PHRASE;
}

static bool has_finite(const clauses *c, uint32_t first, uint32_t end) {
    for (uint32_t i = set_next(c, SET_VERBS, first, end); i < end; i = set_next(c, SET_VERBS, i + 1, end)) {
        if (clause_verb(c, i, VERB_FINITE)) return true;
    }
    return false;
}

/* "… to Kherson, and Norway will …", "…, und Norwegen wird …": a comma before "and" parts two clauses, but for the last
 * of three in an English list. */
static bool begins_clause(const clauses *c, uint8_t a, const phrase *b) {
    bool conjunction, comma = false;
    if (c->verb_second) return true;
    if (b->end >= c->end || !clause_verb(c, b->end, VERB_FINITE)) return false;
    const phrase *first = &c->phrases[a];
    bool third = a > 0 && only_joints(c, c->phrases[a - 1].end, first->start, &conjunction, &comma) && comma;
    return !third && has_finite(c, c->first, first->start);
}

/* Lists run backwards: "und" joins two, a comma another one before them. */
static void coordinate(clauses *c) {
    for (uint8_t i = (uint8_t)c->phrase_count; i-- > 1;) {
        phrase *b = &c->phrases[i], *a = &c->phrases[i - 1];
        bool conjunction, comma;
        if (!only_joints(c, a->end, b->start, &conjunction, &comma) || (!conjunction && !comma)) continue;
        uint8_t k = (uint8_t)(i - 1);
        if (!alike(c, a, b)) k = partner_before(c, i);
        if (k == NO_PHRASE || !alike(c, &c->phrases[k], b)) continue;
        if (conjunction && comma && begins_clause(c, (uint8_t)(i - 1), b)) continue;
        bool listed = conjunction || (b->next != NO_PHRASE && (a->mention != NERX_NONE) == (b->mention != NERX_NONE));
        if (listed) c->phrases[k].next = i;
    }
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        const phrase *p = &c->phrases[i];
        if (p->next == NO_PHRASE) continue;
        phrase *next = &c->phrases[p->next];
        next->lead = p->lead;
        if (next->preposition == NERX_NONE) next->preposition = p->preposition;
        if (next->owner == NO_PHRASE) next->owner = p->owner;
        next->flags |= p->flags & (PHRASE_SOURCE);
    }
}

/* "das Treffen der Präsidenten", "the president of France", "Putins Besuch". */
static void find_owners(clauses *c) {
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        phrase *p = &c->phrases[i];
        if (p->flags & PHRASE_OWNER) {
            if (i + 1U < c->phrase_count && c->phrases[i + 1].start <= p->end + 1) {
                p->owner = (uint8_t)(i + 1);
                c->phrases[i + 1].flags |= PHRASE_OWNED;
                /* "mit Russlands Präsident": the preposition is the whole's */
                if (c->phrases[i + 1].preposition == NERX_NONE) c->phrases[i + 1].preposition = p->preposition;
                p->preposition = NERX_NONE;
            }
            continue;
        }
        if (!i || p->preposition != NERX_NONE || !c->verb_second || p->flags & (PHRASE_PRONOUN | PHRASE_TIME)) continue;
        const phrase *before = &c->phrases[i - 1];
        if (before->end != p->start || before->flags & (PHRASE_PRONOUN | PHRASE_TIME | PHRASE_OWNER)) continue;
        bool genitive = p->flags & PHRASE_DEFINITE ? (p->agreement & FEATURE_GEN) != 0
                        : p->mention != NERX_NONE  ? phrase_is_genitive(c, p->mention) && before->mention == NERX_NONE
                                                   : false;
        if (!genitive) continue;
        p->owner = (uint8_t)(i - 1);
        p->flags |= PHRASE_OWNER;
    }
}

/* "the CEO of Rosneft oil company Igor Sechin", "der Präsident der Ukraine Wolodymyr Selenskyj": the name behind a
 * noun for a person and what belongs to it is that person's. */
static void name_persons(clauses *c) {
    for (uint8_t i = 1; i < c->phrase_count; i++) {
        phrase *p = &c->phrases[i];
        if (p->mention == NERX_NONE || is_date(c, p->mention) || !type_is(c, p->mention, c->person)) continue;
        if (p->preposition != NERX_NONE || p->flags & PHRASE_DEFINITE) continue;
        uint8_t k = i;
        while (k > 0 && i - k < 4) {
            const phrase *before = &c->phrases[k - 1];
            uint32_t from = phrase_begin(c, k);
            if (before->end != from || before->flags & (PHRASE_TIME | PHRASE_PRONOUN)) break;
            k--;
            if (before->mention == NERX_NONE && clause_is(c, before->head, WORD_PERSON)) break;
        }
        phrase *person = &c->phrases[k];
        if (k + 1 >= i || person->mention != NERX_NONE || !clause_is(c, person->head, WORD_PERSON)) continue;
        person->mention = p->mention;
        p->flags |= PHRASE_APPOSITION;
    }
}

/* "the city of Vladivostok" is Vladivostok. */
static void name_places(clauses *c) {
    for (uint8_t i = 1; i < c->phrase_count; i++) {
        const phrase *p = &c->phrases[i];
        phrase *before = &c->phrases[i - 1];
        if (c->verb_second || p->preposition == NERX_NONE || p->preposition != before->end) continue;
        if (p->mention == NERX_NONE || is_date(c, p->mention) || !type_is(c, p->mention, c->place)) continue;
        bool genitive = c->words[p->preposition - c->first].genitive;
        if (genitive && before->mention == NERX_NONE && clause_is(c, before->head, WORD_NAMES_PLACE))
            before->mention = p->mention;
    }
}

/* English: "Rupert Haldane KC said": letters behind a name are no phrase of their own. */
static void mark_letters(clauses *c) {
    for (uint8_t i = 1; i < c->phrase_count && !c->verb_second; i++) {
        phrase *p = &c->phrases[i];
        const phrase *before = &c->phrases[i - 1];
        bool letters = p->end == p->start + 1 && clause_shape(c, p->start) & SHAPE_ALL_UPPER;
        if (!letters || p->mention != NERX_NONE || before->end != p->start || before->mention == NERX_NONE) continue;
        if (!is_date(c, before->mention) && type_is(c, before->mention, c->person)) p->flags |= PHRASE_APPOSITION;
    }
}

/* What stands in brackets is no argument. */
static void mark_asides(clauses *c) {
    uint32_t depth = 0, end = c->end;
    uint8_t next = 0;
    for (uint32_t i = set_next(c, SET_BRACKETS, c->first, end); i < end;) {
        if (clause_shape(c, i) & SHAPE_OPEN) depth++;
        if (clause_shape(c, i) & SHAPE_CLOSE && depth) depth--;
        uint32_t until = set_next(c, SET_BRACKETS, i + 1, end);
        while (next < c->phrase_count && c->phrases[next].end <= i)
            next++;
        for (uint8_t k = next; depth && k < c->phrase_count && c->phrases[k].start < until; k++)
            c->phrases[k].flags |= PHRASE_ASIDE;
        i = until;
    }
}

void phrases_join(clauses *c) {
    mark_asides(c);
    find_owners(c);
    name_persons(c);
    name_places(c);
    mark_letters(c);
    coordinate(c);
}
