/* Segments to clauses: what an embedded clause interrupted goes on behind it. */
#include "model/features.h"
#include "relate/segment.h"

typedef struct assembler {
    clauses *c;
    uint8_t open;                /* subordinate clause that still waits for its verb */
    uint8_t around[MAX_CLAUSES]; /* of an open clause: the one that waits, too */
    uint8_t last;                /* last clause */
    uint8_t outer;               /* last main clause */
    segment pending[8];          /* fragments before their verb */
    uint32_t pending_count;
    segment recent[4]; /* fragments since the last verb, that hang on the clause before */
    uint32_t recent_count;
} assembler;

static uint8_t add(assembler *a, clause_kind kind, const segment *s) {
    clauses *c = a->c;
    if (c->clause_count == MAX_CLAUSES) return NO_CLAUSE;
    c->items[c->clause_count] = (clause){.start = s->start,
                                         .end = s->end,
                                         .opener = s->opener,
                                         .finite = NERX_NONE,
                                         .main = NERX_NONE,
                                         .particle = NERX_NONE,
                                         .subject = NO_PHRASE,
                                         .parent = NO_CLAUSE,
                                         .source = NERX_NONE,
                                         .kind = kind,
                                         .coordinated = s->conjunction,
                                         .quoted = s->quoted};
    return (uint8_t)c->clause_count++;
}

static void attach(assembler *a, uint8_t to, const segment *s) {
    clauses *c = a->c;
    if (to == NO_CLAUSE) return;
    clause *k = &c->items[to];
    if (s->start < k->start) k->start = s->start;
    if (s->end > k->end) k->end = s->end;
    for (uint32_t i = s->start; i < s->end; i++) {
        clause_word *w = clause_word_at(c, i);
        w->clause = to;
        if (w->phrase != NO_PHRASE) c->phrases[w->phrase].clause = to;
    }
}

static void attach_pending(assembler *a, uint8_t to) {
    for (uint32_t i = 0; i < a->pending_count; i++)
        attach(a, to, &a->pending[i]);
    a->pending_count = 0;
}

/* The phrase before a comma, or the one it belongs to: "der Chef von Siemens, Roland Busch", "der Chef des Verbands
 * (VdK), Roland Busch". */
static phrase *named_before(clauses *c, uint8_t first) {
    uint8_t last = (uint8_t)(first - 1);
    bool aside = last > 0 && c->phrases[last].flags & PHRASE_ASIDE;
    if (c->phrases[last].end + (aside ? 2 : 1) != c->phrases[first].start) return NULL;
    if (aside && c->phrases[last - 1].end + 1 == c->phrases[last].start) last--;
    for (uint8_t k = last;; k--) {
        phrase *p = &c->phrases[k];
        uint32_t from = phrase_begin(c, k);
        if (p->mention == NERX_NONE && clause_is(c, p->head, WORD_PERSON)) return p;
        if (!k || first - k > 4 || c->phrases[k - 1].end != from) break;
    }
    phrase *p = &c->phrases[last];
    return p->mention == NERX_NONE ? p : NULL;
}

/* "…, ein Experte am Institut,": a fragment behind a comma says more about what came before, unless it goes on a list.
 */
static void mark_apposition(assembler *a, const segment *s) {
    clauses *c = a->c;
    if (s->border != ',' || s->start == c->first) return;
    uint8_t first = NO_PHRASE;
    for (uint32_t i = s->start; i < s->end && first == NO_PHRASE; i++)
        first = c->words[i - c->first].phrase;
    if (first == NO_PHRASE || first == 0 || c->phrases[first].preposition != NERX_NONE) return;
    if (c->phrases[first].lead != first && c->phrases[c->phrases[first].lead].end <= s->start) return;
    phrase *p = &c->phrases[first];
    if (p->flags & PHRASE_OWNER && p->owner < c->phrase_count) c->phrases[p->owner].flags |= PHRASE_APPOSITION;
    p->flags |= PHRASE_APPOSITION;
    phrase *before = named_before(c, first);
    /* "der Kanzler, Olaf Scholz, …": the name is that of the noun */
    if (before && p->mention != NERX_NONE &&
        clause_is(c, before->head, WORD_PERSON | WORD_NAMES_BODY | WORD_NAMES_PLACE))
        before->mention = p->mention;
}

/* "Russland: Putin könnte …": what stands before a colon without a verb is a clause of its own. */
static void close_heading(assembler *a) {
    uint8_t k = add(a, CLAUSE_MAIN, &a->pending[0]);
    if (k != NO_CLAUSE) attach_pending(a, k);
    a->pending_count = 0;
}

static void take_fragment(assembler *a, const segment *s) {
    if (a->open != NO_CLAUSE) {
        attach(a, a->open, s);
        mark_apposition(a, s);
        return;
    }
    mark_apposition(a, s);
    bool fresh =
        a->outer == NO_CLAUSE || (s->border != ',' && s->border != '(' && s->border != ')' && s->border != '"');
    if ((fresh || a->pending_count) && a->pending_count < 8) {
        a->pending[a->pending_count++] = *s;
        return;
    }
    attach(a, a->c->verb_second || a->last == NO_CLAUSE ? a->outer : a->last, s);
    if (a->recent_count < 4) a->recent[a->recent_count++] = *s;
}

/* "Scholz habe, so der Sprecher, Macron getroffen": the rest of a bracket that is still open. */
static bool waits_for_main(const assembler *a) {
    const clauses *c = a->c;
    if (a->outer == NO_CLAUSE) return false;
    const clause *k = &c->items[a->outer];
    bool helper = false, full = false;
    for (uint32_t i = set_next(c, SET_VERBS, k->start, k->end); i < k->end; i = set_next(c, SET_VERBS, i + 1, k->end)) {
        const clause_word *w = &c->words[i - c->first];
        if (w->clause != a->outer || w->phrase != NO_PHRASE || !(w->verb & VERB_ANY)) continue;
        if (w->verb & (VERB_AUXILIARY | VERB_MODAL))
            helper = true;
        else
            full = true;
    }
    return helper && !full;
}

static void take_subordinate(assembler *a, const segment *s) {
    clause_kind kind = s->kind == SEGMENT_RELATIVE ? CLAUSE_RELATIVE : CLAUSE_SUBORDINATE;
    uint8_t k = add(a, kind, s);
    if (k == NO_CLAUSE) return;
    a->c->items[k].parent = a->last != NO_CLAUSE ? a->last : a->outer;
    /* what is pending is the main clause's, which comes later */
    if (a->pending_count) a->c->items[k].parent = NO_CLAUSE;
    attach(a, k, s);
    a->around[k] = a->open;
    /* "dass Scholz, der in Rom war, Macron traf": behind the finite one the outer one goes on */
    if (!s->finite) a->open = k;
    a->last = k;
}

static void take_nonfinite(assembler *a, const segment *s) {
    if (a->open != NO_CLAUSE) {
        attach(a, a->open, s);
        return;
    }
    if (!s->conjunction && waits_for_main(a) && !a->pending_count) {
        attach(a, a->outer, s);
        return;
    }
    uint8_t k = add(a, CLAUSE_INFINITIVE, s);
    if (k == NO_CLAUSE) return;
    a->c->items[k].parent = a->pending_count ? NO_CLAUSE : a->last;
    attach(a, k, s);
    a->last = k;
}

static uint8_t first_phrase(const clauses *c, const segment *s) {
    for (uint32_t i = s->start; i < s->end; i++) {
        if (c->words[i - c->first].phrase != NO_PHRASE) return c->words[i - c->first].phrase;
    }
    return NO_PHRASE;
}

/* "S, Joseph Kenny, the chief, told reporters": the verb's subject stands in the fragments before it. */
static void take_subject_back(assembler *a, uint8_t to, const segment *s) {
    clauses *c = a->c;
    if (c->verb_second || s->conjunction || !a->recent_count || !clause_verb(c, s->start, VERB_FINITE)) return;
    uint32_t first = 0, verb = c->words[s->start - c->first].verb;
    uint8_t p = s->start + 1 < s->end ? c->words[s->start + 1 - c->first].phrase : NO_PHRASE;
    /* "…, said Macron" */
    if (p != NO_PHRASE && verb & VERB_REPORTING && !(verb & VERB_CONTROL_POSSIBLE)) return;
    for (; first < a->recent_count; first++) {
        p = first_phrase(c, &a->recent[first]);
        /* "in May, the minister, Joseph Kenny, told" */
        if (p != NO_PHRASE && c->phrases[p].flags & PHRASE_OWNER && c->phrases[p].owner != NO_PHRASE)
            p = c->phrases[p].owner;
        if (p != NO_PHRASE && c->phrases[p].preposition == NERX_NONE && !(c->phrases[p].flags & PHRASE_TIME)) break;
    }
    if (first == a->recent_count || c->phrases[p].mention == NERX_NONE) return;
    c->phrases[p].flags &= ~(uint32_t)PHRASE_APPOSITION;
    for (uint32_t i = first; i < a->recent_count; i++)
        attach(a, to, &a->recent[i]);
}

static void take_main(assembler *a, const segment *s) {
    if (a->open != NO_CLAUSE) {
        attach(a, a->open, s);
        a->open = a->around[a->open];
        return;
    }
    const clauses *c = a->c;
    bool verb_first = c->verb_second && clause_verb(c, s->start, VERB_FINITE);
    bool follows = s->conjunction && a->last != NO_CLAUSE && !a->pending_count && a->last != a->outer && !verb_first;
    /* "dass er kam und sie ging": coordinated with the clause before, of whatever kind */
    clause_kind kind = follows ? c->items[a->last].kind : CLAUSE_MAIN;
    if (kind == CLAUSE_INFINITIVE) kind = CLAUSE_MAIN;
    /* "“Not now,” Scholz said": what is quoted is not said of the one who says it */
    if (a->pending_count && a->pending[0].quoted && !s->quoted) close_heading(a);
    uint8_t k = add(a, kind, s);
    if (k == NO_CLAUSE) return;
    if (kind != CLAUSE_MAIN) {
        a->c->items[k].parent = c->items[a->last].parent;
        a->c->items[k].opener = c->items[a->last].opener;
    }
    attach_pending(a, k);
    take_subject_back(a, k, s);
    attach(a, k, s);
    if (kind == CLAUSE_MAIN) a->outer = k;
    a->last = k;
}

/* Clauses that came before their main clause hang on it. */
static void find_parents(clauses *c) {
    for (uint32_t i = 0; i < c->clause_count; i++) {
        clause *k = &c->items[i];
        if (k->kind == CLAUSE_MAIN || k->parent != NO_CLAUSE) continue;
        for (uint32_t n = 0; n < c->clause_count && k->parent == NO_CLAUSE; n++) {
            if (n != i && c->items[n].kind == CLAUSE_MAIN && c->items[n].end > k->start) k->parent = (uint8_t)n;
        }
        if (k->parent == NO_CLAUSE && i) k->parent = (uint8_t)(i - 1);
    }
}

/* A relative pronoun is a phrase, too. */
static void add_relatives(clauses *c) {
    for (uint32_t i = 0; i < c->clause_count; i++) {
        clause *k = &c->items[i];
        if (k->kind != CLAUSE_RELATIVE || k->opener == NERX_NONE || c->phrase_count == MAX_PHRASES) continue;
        clause_word *w = clause_word_at(c, k->opener);
        if (w->phrase != NO_PHRASE) continue;
        uint8_t index = (uint8_t)c->phrase_count++;
        phrase *p = &c->phrases[index];
        *p = (phrase){.start = k->opener,
                      .end = k->opener + 1,
                      .head = k->opener,
                      .preposition = NERX_NONE,
                      .mention = NERX_NONE,
                      .owner = NO_PHRASE,
                      .next = NO_PHRASE,
                      .lead = index,
                      .means = NO_PHRASE,
                      .clause = (uint8_t)i,
                      .flags = PHRASE_PRONOUN | PHRASE_RELATIVE};
        for (uint32_t n = 0; n < w->lore->agreements; n++)
            p->agreement |= w->lore->agreement[n];
        if (p->agreement & FEATURE_GEN && !(p->agreement & (FEATURE_NOM | FEATURE_DAT | FEATURE_ACC)))
            p->flags |= PHRASE_OWNER;
        if (!p->agreement) p->agreement = c->verb_second ? FEATURE_GEN : 0;
        if (k->opener > c->first && clause_is(c, k->opener - 1, WORD_PREPOSITION) && k->opener > k->start)
            p->preposition = k->opener - 1;
        w->phrase = index;
    }
}

/* "Siemens, the firm whose chief left, died in May": the main clause has no other verb. */
static bool is_main_after_all(const assembler *a, const segments *found, uint32_t i) {
    bool may = found->items[i].reduced || (found->items[i].kind == SEGMENT_MAIN && a->open != NO_CLAUSE);
    if (!may || a->c->verb_second || !a->pending_count) return false;
    for (uint32_t k = i + 1; k < found->count; k++) {
        if (found->items[k].kind == SEGMENT_MAIN && !found->items[k].conjunction) return false;
    }
    return true;
}

void clauses_assemble(clauses *c) {
    segments found;
    assembler a = {.c = c, .open = NO_CLAUSE, .last = NO_CLAUSE, .outer = NO_CLAUSE};
    segments_find(c, &found);
    for (uint32_t i = 0; i < found.count; i++) {
        segment *s = &found.items[i];
        if (is_main_after_all(&a, &found, i)) {
            s->kind = SEGMENT_MAIN;
            s->finite = true;
            a.open = NO_CLAUSE;
        }
        bool dateline = s->border == '-' && !clause_verb(c, s->start, VERB_FINITE);
        if ((s->border == ':' || dateline) && a.pending_count) close_heading(&a);
        switch (s->kind) {
        case SEGMENT_FRAGMENT: take_fragment(&a, s); continue;
        case SEGMENT_MAIN: take_main(&a, s); break;
        case SEGMENT_NONFINITE: take_nonfinite(&a, s); break;
        default: take_subordinate(&a, s); break;
        }
        /* "X, who leads Y, told Z": what stands before a relative clause may be what comes behind it */
        if (s->kind == SEGMENT_MAIN || (s->kind == SEGMENT_NONFINITE && !s->reduced)) a.recent_count = 0;
    }
    if (a.pending_count) {
        /* a heading without a verb is a clause, too: "Treffen von X und Y in Z" */
        uint8_t k = add(&a, CLAUSE_MAIN, &a.pending[0]);
        attach_pending(&a, k);
    }
    find_parents(c);
    add_relatives(c);
    for (uint32_t i = 0; i < c->phrase_count; i++) {
        phrase *p = &c->phrases[i];
        /* "seit Russland … hat": no preposition here */
        bool opener = p->clause != NO_CLAUSE && c->items[p->clause].kind != CLAUSE_RELATIVE;
        if (opener && p->preposition != NERX_NONE && p->preposition == c->items[p->clause].opener)
            p->preposition = NERX_NONE;
        if (p->next != NO_PHRASE && c->phrases[p->next].clause != p->clause) {
            c->phrases[p->next].lead = p->next;
            p->next = NO_PHRASE;
        }
    }
}
