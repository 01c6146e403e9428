/* Subjects: by case, number and position. */
#include "model/features.h"
#include "relate/clause.h"

bool phrase_may_be(const phrase *p, uint32_t feature_case) {
    uint32_t cases = FEATURE_NOM | FEATURE_GEN | FEATURE_DAT | FEATURE_ACC;
    return !(p->agreement & cases) || p->agreement & feature_case;
}

bool phrase_is_nominal(const clauses *c, const phrase *p, uint8_t index) {
    uint32_t never = PHRASE_OWNER | PHRASE_TIME | PHRASE_ASIDE | PHRASE_APPOSITION | PHRASE_SOURCE;
    (void)c;
    return p->clause == index && p->preposition == NERX_NONE && !(p->flags & never);
}

/* A plural verb wants a plural or a list, a singular one neither. */
static bool agrees(const clauses *c, const clause *k, const phrase *p) {
    uint32_t numbers = VERB_SINGULAR | VERB_PLURAL;
    if (k->finite == NERX_NONE || !c->verb_second) return true;
    uint32_t verb = c->words[k->finite - c->first].verb & numbers;
    if (verb == numbers || !verb) return true;
    bool listed = p->next != NO_PHRASE;
    if (verb == VERB_PLURAL) return listed || p->agreement & FEATURE_PL || p->mention != NERX_NONE;
    return !listed && (!(p->agreement & (FEATURE_SG | FEATURE_PL)) || p->agreement & FEATURE_SG);
}

static bool may_be_subject(const clauses *c, const clause *k, uint8_t index, uint8_t i) {
    const phrase *p = &c->phrases[i];
    return phrase_is_nominal(c, p, index) && p->lead == i && phrase_may_be(p, FEATURE_NOM) && agrees(c, k, p);
}

/* "das", "dies": a pronoun that may be an object, too, and is no person. */
static bool is_what(const phrase *p) {
    return p->flags & PHRASE_PRONOUN && !(p->flags & (PHRASE_PERSONAL | PHRASE_RELATIVE)) &&
           phrase_may_be(p, FEATURE_ACC);
}

/* German: the first that can be one; a relative pronoun before others only if its case says so. */
static uint8_t german_subject(const clauses *c, const clause *k, uint8_t index) {
    uint8_t found = NO_PHRASE, sure = NO_PHRASE, relative = NO_PHRASE;
    bool reports = k->main != NERX_NONE && clause_verb(c, k->main, VERB_REPORTING);
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        const phrase *p = &c->phrases[i];
        if (!may_be_subject(c, k, index, i)) continue;
        bool only = !phrase_may_be(p, FEATURE_ACC) && !phrase_may_be(p, FEATURE_DAT);
        if (p->flags & PHRASE_RELATIVE) {
            relative = i;
            if (only) return i;
            continue;
        }
        if (only && sure == NO_PHRASE) sure = i;
        /* "Das sagte Merkel": what is said stands first */
        bool said = reports && found != NO_PHRASE && p->mention != NERX_NONE && is_what(&c->phrases[found]);
        if (found == NO_PHRASE || said) found = i;
    }
    bool copula = k->main != NERX_NONE && c->words[k->main - c->first].verb & VERB_COPULA;
    if (sure != NO_PHRASE && !copula) return sure;
    return relative != NO_PHRASE ? relative : found;
}

/* English: the last one before the verb; behind it where the verb comes first and reports. */
static uint8_t english_subject(const clauses *c, const clause *k, uint8_t index) {
    uint8_t before = NO_PHRASE, after = NO_PHRASE, relative = NO_PHRASE;
    uint32_t verb = k->finite != NERX_NONE ? k->finite : k->main;
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        const phrase *p = &c->phrases[i];
        if (!phrase_is_nominal(c, p, index) || p->lead != i) continue;
        if (p->flags & PHRASE_RELATIVE)
            relative = i;
        else if (p->start < verb)
            before = i;
        else if (after == NO_PHRASE)
            after = i;
    }
    if (before != NO_PHRASE) return before;
    if (relative != NO_PHRASE) return relative;
    bool inverted = after != NO_PHRASE && k->finite != NERX_NONE &&
                    (c->words[verb - c->first].verb & (VERB_REPORTING | VERB_AUXILIARY | VERB_MODAL));
    return inverted && c->phrases[after].start <= verb + 1 ? after : NO_PHRASE;
}

/* "bat Macron zu kommen", "accused Putin of lying": the object of the clause above does what the infinitive says. */
static uint8_t controlled(const clauses *c, uint8_t parent) {
    const clause *up = &c->items[parent];
    uint32_t verb = up->main == NERX_NONE ? 0 : c->words[up->main - c->first].verb;
    if (!(verb & (VERB_CONTROL_POSSIBLE | VERB_CONTROL_REPORTED)) || up->passive) return up->subject;
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        const phrase *p = &c->phrases[i];
        if (i == up->subject || p->lead != i || !phrase_is_nominal(c, p, parent)) continue;
        if (c->verb_second || p->start > up->main) return i;
    }
    return up->subject;
}

/* "…, an Australian born in Zagreb": the noun before the participle, or the name that it says more about. */
static uint8_t described(const clauses *c, const clause *k) {
    uint8_t p = c->words[k->start - c->first].phrase;
    if (p == NO_PHRASE || c->phrases[p].end != k->main || c->phrases[p].preposition != NERX_NONE) return NO_PHRASE;
    bool more = p && c->phrases[p].mention == NERX_NONE && c->phrases[p - 1].mention != NERX_NONE &&
                c->phrases[p - 1].end + 1 == c->phrases[p].start;
    return more ? (uint8_t)(p - 1) : p;
}

/* "a resolution sanctioning Iran", "a firm founded by …", "Siemens, founded by …": the noun right before a participle.
 */
static uint8_t modified(const clauses *c, const clause *k) {
    bool participle = k->gerund || k->passive;
    if (c->verb_second || !participle || k->finite != NERX_NONE || k->start == c->first) return NO_PHRASE;
    if (k->main != k->start) return described(c, k);
    uint32_t before = k->start - 1;
    if (before > c->first && c->d->text.ptr[c->tokens[before].start] == ',' && k->passive) before--;
    uint8_t p = c->words[before - c->first].phrase;
    if (p == NO_PHRASE || c->phrases[p].flags & PHRASE_TIME) return NO_PHRASE;
    /* "plays in Europe supporting Siemens": not Europe does */
    return k->gerund && c->phrases[p].preposition != NERX_NONE && c->phrases[p].mention != NERX_NONE ? NO_PHRASE : p;
}

static uint8_t borrowed(const clauses *c, const clause *k, uint8_t index) {
    uint8_t noun = modified(c, k);
    if (noun != NO_PHRASE) return noun;
    /* "told reporters before leaving" */
    bool aside = k->opener != NERX_NONE && clause_is(c, k->opener, WORD_SUBJUNCTION) && k->parent != NO_CLAUSE;
    if (aside && k->finite == NERX_NONE && !c->verb_second) return c->items[k->parent].subject;
    if (k->coordinated && index) return c->items[index - 1].subject;
    if (k->finite == NERX_NONE && k->parent != NO_CLAUSE) return controlled(c, k->parent);
    return NO_PHRASE;
}

/* "will den Betrieb besuchen und sich mit X treffen": at the end, behind an infinitive, what looks finite is one, too.
 */
static bool goes_on_infinitive(const clauses *c, const clause *k, const clause *before) {
    if (!c->verb_second || k->kind != CLAUSE_MAIN || k->finite != k->main || before->finite == NERX_NONE) return false;
    if (before->main == before->finite || !clause_verb(c, before->main, VERB_INFINITIVE)) return false;
    uint32_t end = k->end;
    while (end > k->main + 1 && clause_shape(c, end - 1) & SHAPE_PUNCT)
        end--;
    return k->main + 1 == end && clause_verb(c, k->main, VERB_INFINITIVE) && !clause_verb(c, k->main, VERB_SINGULAR) &&
           clause_verb(c, before->finite, VERB_MODAL | VERB_FUTURE);
}

/* "wird reisen und Macron treffen": the second infinitive has the first one's auxiliary. */
static void share_auxiliary(clauses *c, clause *k, uint8_t index) {
    if (k->coordinated && index && goes_on_infinitive(c, k, &c->items[index - 1])) k->finite = NERX_NONE;
    if (!k->coordinated || !index || k->finite != NERX_NONE) return;
    const clause *before = &c->items[index - 1];
    bool marked = c->words[k->main - c->first].verb & VERB_WITH_ZU;
    if (marked && before->kind == CLAUSE_INFINITIVE) k->parent = before->parent;
    if (before->finite == NERX_NONE || marked) return;
    k->modality = before->modality;
    k->tense = before->tense;
    k->passive = before->passive && c->words[k->main - c->first].verb & VERB_PARTICIPLE;
    k->negative |= before->negative;
    k->kind = before->kind;
    k->parent = before->parent;
    k->unreal = before->unreal;
    k->settled = true;
}

/* English: "drove home, killed him": a verb behind a comma, and what it acts on. */
static bool goes_on(const clauses *c, const clause *k) {
    uint32_t next = k->finite + 1;
    if (c->verb_second || k->kind != CLAUSE_MAIN || next >= c->end || k->finite < c->first + 2) return false;
    if (c->words[k->finite - c->first].verb & (VERB_REPORTING | VERB_AUXILIARY | VERB_MODAL)) return false;
    const clause_word *w = &c->words[next - c->first];
    bool comma = c->d->text.ptr[c->tokens[k->finite - 1].start] == ',';
    if (comma && w->flags & WORD_ZU) return true; /* "helped to liberate" */
    return comma && w->phrase != NO_PHRASE && !(c->phrases[w->phrase].flags & PHRASE_TIME);
}

/* The subject of the main clause before, where the verb comes first behind "und"; else NO_PHRASE. */
static uint8_t shares_subject(const clauses *c, const clause *k, uint8_t index) {
    if (!index || k->finite == NERX_NONE || !(k->coordinated || goes_on(c, k))) return NO_PHRASE;
    uint32_t i = k->start;
    while (i < k->finite && (clause_shape(c, i) & SHAPE_PUNCT || clause_is(c, i, WORD_CONJUNCTION)))
        i++;
    uint8_t before = (uint8_t)(index - 1);
    while (before > 0 && c->items[before].kind != (c->verb_second ? CLAUSE_MAIN : k->kind))
        before--;
    return i == k->finite ? c->items[before].subject : NO_PHRASE;
}

void subjects_find(clauses *c) {
    for (uint8_t i = 0; i < c->clause_count; i++) {
        clause *k = &c->items[i];
        if (k->main == NERX_NONE) continue;
        share_auxiliary(c, k, i);
        /* "… und will Kim treffen": the verb first, so the subject is the one before */
        uint8_t earlier = shares_subject(c, k, i);
        if (earlier != NO_PHRASE)
            k->subject = earlier;
        else if (k->finite != NERX_NONE)
            k->subject = c->verb_second ? german_subject(c, k, i) : english_subject(c, k, i);
    }
    for (uint8_t i = 0; i < c->clause_count; i++) {
        clause *k = &c->items[i];
        if (k->main != NERX_NONE && k->subject == NO_PHRASE && (k->finite == NERX_NONE || k->coordinated))
            k->subject = borrowed(c, k, i);
    }
    /* an infinitive before its clause */
    for (uint8_t i = 0; i < c->clause_count; i++) {
        clause *k = &c->items[i];
        if (k->main != NERX_NONE && k->subject == NO_PHRASE && k->finite == NERX_NONE) k->subject = borrowed(c, k, i);
    }
}
