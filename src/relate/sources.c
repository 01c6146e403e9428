/* Who says so: reporting clauses, attributions, quotations; and what a clause inherits from the one it hangs on. */
#include "relate/clause.h"

static uint32_t main_verb(const clauses *c, const clause *k) {
    return k->main == NERX_NONE ? 0 : c->words[k->main - c->first].verb;
}

static bool reports(const clauses *c, const clause *k) {
    uint32_t verb = main_verb(c, k);
    return verb & VERB_REPORTING && !(verb & VERB_CONTROL_FACT) && !k->passive;
}

static uint32_t subject_mention(clauses *c, const clause *k) {
    return k->subject == NO_PHRASE ? NERX_NONE : phrase_means(c, k->subject);
}

static void report(clause *k, uint32_t source) {
    k->modality = MODALITY_REPORTED;
    if (k->source == NERX_NONE) k->source = source;
}

static char sign_before(const clauses *c, uint32_t i) {
    while (i > c->first && clause_shape(c, i - 1) & SHAPE_QUOTE)
        i--;
    return i > c->first ? c->d->text.ptr[c->tokens[i - 1].start] : 0;
}

/* Nominals other than the subject: "kritisierte den Westen" says all it says itself. */
static bool has_object(const clauses *c, const clause *k, uint8_t index) {
    for (uint8_t i = 0; i < c->phrase_count; i++) {
        const phrase *p = &c->phrases[i];
        if (i == k->subject || p->lead == k->subject || !phrase_is_nominal(c, p, index)) continue;
        if (k->subject != NO_PHRASE && p->start > k->main && c->verb_second && p->flags & PHRASE_PRONOUN) continue;
        return true;
    }
    return false;
}

/* Clause `i` is the one right before clause `by`, or one it is coordinated with; dependent clauses between count not.
 */
static bool is_right_before(const clauses *c, uint8_t i, uint8_t by) {
    for (uint8_t k = (uint8_t)(i + 1); k < by; k++) {
        if (c->items[k].kind == CLAUSE_MAIN && !c->items[k].coordinated) return false;
    }
    return i < by;
}

/* Behind clause `by`: the next one, and those coordinated with it. */
static bool is_right_behind(const clauses *c, uint8_t i, uint8_t by) {
    if (i <= by || c->items[by + 1].coordinated) return false;
    for (uint8_t k = (uint8_t)(by + 2); k <= i; k++) {
        if (c->items[k].kind == CLAUSE_MAIN && !c->items[k].coordinated) return false;
    }
    return true;
}

/* "S, sagte X." and "X sagte, S" and "X said S". */
static void report_neighbours(clauses *c, uint8_t by) {
    const clause *r = &c->items[by];
    bool object = has_object(c, r, by);
    uint32_t source = subject_mention(c, r);
    uint32_t subject_at = r->subject == NO_PHRASE ? 0 : c->phrases[r->subject].start;
    bool inverted = r->finite != NERX_NONE && r->finite <= r->start + 1 && subject_at > r->finite;
    for (uint8_t i = 0; i < c->clause_count; i++) {
        clause *k = &c->items[i];
        if (i == by || k->kind != CLAUSE_MAIN || k->main == NERX_NONE || reports(c, k)) continue;
        bool said = k->subjunctive || k->quoted || (k->start > c->first && sign_before(c, k->start) == ':');
        bool open = !object && (inverted || !c->verb_second);
        if (is_right_before(c, i, by) && !r->coordinated && (open || said)) report(k, source);
        if (is_right_behind(c, i, by) && (!object || said)) report(k, source);
        if (k->subjunctive && k->source == NERX_NONE) report(k, source);
    }
}

static uint8_t phrase_after(const clauses *c, uint32_t i) {
    for (uint32_t k = i + 1; k < c->end && k < i + 3; k++) {
        uint8_t p = c->words[k - c->first].phrase;
        if (p != NO_PHRASE) return p;
        if (clause_shape(c, k) & SHAPE_PUNCT && !(clause_shape(c, k) & SHAPE_QUOTE)) break;
    }
    return NO_PHRASE;
}

/* The name among a phrase and what belongs to it: "Angaben der Polizei Ulm". */
static uint32_t name_in(clauses *c, uint8_t p) {
    uint32_t found = NERX_NONE;
    for (uint32_t n = 0; n < 4 && p != NO_PHRASE && p < c->phrase_count; n++) {
        c->phrases[p].flags |= PHRASE_SOURCE;
        uint32_t m = c->phrases[p].mention;
        if (m != NERX_NONE && c->d->mentions.items[m].entity != NERX_NONE && found == NERX_NONE) found = m;
        if (c->phrases[p].flags & PHRASE_OWNER && c->phrases[p].owner == p + 1)
            p++;
        else
            break;
    }
    return found;
}

/* "laut Yonhap", "dem Kreml zufolge", "so Lee weiter". */
static void attribute(clauses *c, uint32_t i) {
    const clause_word *w = clause_word_at(c, i);
    uint8_t p = NO_PHRASE;
    if (w->flags & WORD_ATTRIBUTION_AFTER) {
        if (i > c->first) p = c->words[i - 1 - c->first].phrase;
    } else {
        p = phrase_after(c, i);
    }
    bool quote = w->flags & WORD_ATTRIBUTION_QUOTE;
    if (p == NO_PHRASE || (quote && (c->phrases[p].start != i + 1 || !(i > c->first && clause_parts(c, i - 1)))))
        return;
    uint32_t source = name_in(c, p);
    uint8_t home = w->clause;
    for (uint8_t k = 0; k < c->clause_count; k++) {
        bool whole = quote && c->items[k].kind == CLAUSE_MAIN;
        if (k == home || whole) report(&c->items[k], source);
    }
    /* "… shelled Ulm, killing six people, according to Siemens": all of it */
    while (home < c->clause_count && c->items[home].kind == CLAUSE_INFINITIVE && !c->items[home].coordinated &&
           c->items[home].parent < home) {
        home = c->items[home].parent;
        report(&c->items[home], source);
    }
    if (source != NERX_NONE) c->before->source = source;
}

static void inherit_infinitive(const clauses *c, clause *k, const clause *up) {
    uint32_t verb = main_verb(c, up);
    bool purpose = k->opener != NERX_NONE && clause_is(c, k->opener, WORD_PURPOSE);
    bool helper = verb & VERB_AUXILIARY;
    bool without = k->opener != NERX_NONE && clause_is(c, k->opener, WORD_NEGATION);
    k->source = up->source;
    if (without) {
        /* "ohne Macron zu treffen", "statt nach Rom zu reisen" */
        k->negative = !k->negative;
        k->tense = up->tense;
        if (k->modality == MODALITY_FACT) k->modality = up->modality;
        return;
    }
    if (up->modality == MODALITY_REPORTED) k->modality = MODALITY_REPORTED;
    if (k->tense == TENSE_PRESENT) k->tense = up->tense;
    if (purpose) {
        if (k->modality == MODALITY_FACT) k->modality = MODALITY_PLANNED;
        return;
    }
    /* "before leaving for Rome": as much as the clause it stands in */
    if (k->gerund && k->opener != NERX_NONE && clause_is(c, k->opener, WORD_SUBJUNCTION)) {
        k->modality = up->modality;
        return;
    }
    bool negative = up->negative != ((verb & VERB_CONTROL_NEGATIVE) != 0);
    if (!k->gerund || verb & (VERB_CONTROL_NEGATIVE | VERB_CONTROL_FACT)) k->negative = k->negative != negative;
    if (k->modality == MODALITY_REPORTED) return;
    if (verb & VERB_CONTROL_FACT ||
        (k->gerund && !(verb & (VERB_CONTROL_PLANNED | VERB_CONTROL_POSSIBLE | VERB_CONTROL_REPORTED))))
        k->modality = up->modality;
    else if (verb & VERB_CONTROL_REPORTED && !(verb & VERB_CONTROL_PLANNED))
        k->modality = MODALITY_REPORTED;
    else if (verb & VERB_CONTROL_POSSIBLE || up->modality == MODALITY_POSSIBLE)
        k->modality = MODALITY_POSSIBLE;
    else if (verb & VERB_CONTROL_NEGATIVE)
        k->modality = up->modality;
    else if (k->passive && k->finite == NERX_NONE && !(main_verb(c, k) & VERB_INFINITIVE))
        k->modality = up->modality;
    else
        k->modality = helper ? MODALITY_POSSIBLE : MODALITY_PLANNED;
    if (k->modality == MODALITY_PLANNED) k->tense = TENSE_FUTURE;
}

static void inherit_subordinate(clauses *c, clause *k, const clause *up) {
    if (k->opener == NERX_NONE) return;
    uint32_t opener = c->words[k->opener - c->first].flags, verb = main_verb(c, up);
    if (opener & WORD_CONTENT) {
        if (verb & VERB_CONTROL_FACT && !(verb & VERB_REPORTING) && !k->subjunctive) return;
        if (verb & VERB_CONTROL_NEGATIVE && !up->negative) k->negative = !k->negative;
        if (verb & VERB_CONTROL_POSSIBLE && !(verb & VERB_REPORTING)) {
            if (k->modality == MODALITY_FACT || k->modality == MODALITY_PLANNED) k->modality = MODALITY_POSSIBLE;
            return;
        }
        if (up->doubted && !reports(c, up)) {
            if (k->modality == MODALITY_FACT || k->modality == MODALITY_PLANNED) k->modality = MODALITY_POSSIBLE;
            return;
        }
        report(k, reports(c, up) ? subject_mention(c, up) : up->source);
        return;
    }
    if (up->modality == MODALITY_REPORTED && k->modality == MODALITY_FACT) report(k, up->source);
    if (k->modality == MODALITY_REPORTED && k->source == NERX_NONE) k->source = up->source;
    if (k->modality != MODALITY_FACT) return;
    if (opener & WORD_POSSIBLE) k->modality = MODALITY_POSSIBLE;
    /* "before he founded Siemens": it has happened */
    if (opener & WORD_FUTURE && (k->tense != TENSE_PAST || c->verb_second)) k->modality = MODALITY_PLANNED;
}

static void settle(clauses *c, uint8_t index, uint32_t depth) {
    clause *k = &c->items[index];
    if (k->settled || k->parent == NO_CLAUSE || k->parent == index || depth > MAX_CLAUSES) return;
    k->settled = true;
    settle(c, k->parent, depth + 1);
    const clause *up = &c->items[k->parent];
    if (k->kind == CLAUSE_INFINITIVE) inherit_infinitive(c, k, up);
    if (k->kind == CLAUSE_SUBORDINATE) inherit_subordinate(c, k, up);
    if (k->kind == CLAUSE_RELATIVE && k->modality == MODALITY_REPORTED && k->source == NERX_NONE)
        k->source = up->source;
}

/* "Kreml: Kim kommt": a heading names who says so. */
static void heading(clauses *c) {
    if (c->phrase_count < 2) return;
    const phrase *p = &c->phrases[0];
    if (p->start != c->first || p->end >= c->end || p->preposition != NERX_NONE) return;
    if (!c->in->headline || c->d->text.ptr[c->tokens[p->end].start] != ':') return;
    if (phrase_means(c, 0) == NERX_NONE) return;
    const mention *m = &c->d->mentions.items[p->mention];
    if (m->entity == NERX_NONE) return;
    if (c->d->entities.items[m->entity].id.len && str_starts(c->d->entities.items[m->entity].id, STR("country:")))
        return;
    c->phrases[0].flags |= PHRASE_SOURCE;
    for (uint8_t k = 0; k < c->clause_count; k++)
        report(&c->items[k], p->mention);
}

static bool has_reporting(const clauses *c) {
    for (uint8_t i = 0; i < c->clause_count; i++) {
        if (reports(c, &c->items[i])) return true;
    }
    return false;
}

void attributions_find(clauses *c) {
    uint32_t end = c->end;
    for (uint32_t i = set_next(c, SET_ATTRIBUTIONS, c->first, end); i < end;
         i = set_next(c, SET_ATTRIBUTIONS, i + 1, end)) {
        if (clause_is(c, i, WORD_ATTRIBUTION)) attribute(c, i);
    }
}

/* Indirect speech that has ended has no source any more. */
static void forget_source(const clauses *c) {
    discourse *b = c->before;
    bool same = b->source == c->earlier_source;
    /* said by somebody named before: perhaps the same as before */
    if (c->earlier_source == UNKNOWN_MENTION && !same && b->source < c->first_mention) {
        discourse_settle(b);
        same = b->source == c->earlier_source;
    }
    if (same) b->source = NERX_NONE;
}

void sources_find(clauses *c) {
    heading(c);
    for (uint8_t i = 0; i < c->clause_count; i++) {
        const clause *k = &c->items[i];
        if (!reports(c, k)) continue;
        bool quoting = k->opener != NERX_NONE && k->kind == CLAUSE_SUBORDINATE && clause_is(c, k->opener, WORD_QUOTING);
        if (quoting && k->parent != NO_CLAUSE) report(&c->items[k->parent], subject_mention(c, k));
        if (k->kind == CLAUSE_MAIN) report_neighbours(c, i);
        if (subject_mention(c, k) != NERX_NONE) c->before->source = subject_mention(c, k);
    }
    bool own = has_reporting(c), used = false;
    for (uint8_t i = 0; i < c->clause_count; i++)
        settle(c, i, 0);
    for (uint8_t i = 0; i < c->clause_count; i++) {
        clause *k = &c->items[i];
        if (k->quoted && !reports(c, k)) k->modality = MODALITY_REPORTED;
        bool inverted = !c->verb_second && k->finite != NERX_NONE && k->finite == k->start &&
                        i + 1U < c->clause_count &&
                        c->words[k->finite - c->first].verb & (VERB_AUXILIARY | VERB_MODAL) && k->main != k->finite;
        if (k->modality == MODALITY_FACT && (c->question || inverted) && k->kind == CLAUSE_MAIN)
            k->modality = MODALITY_POSSIBLE;
        /* indirect speech goes on: "Er werde …" */
        if (k->subjunctive && k->source == NERX_NONE && !own) {
            k->source = discourse_source(c->before);
            used = true;
        }
    }
    if (!used) forget_source(c);
}
