/* Relations, sentence by sentence, in the order of the text. */
#include "relate/relate.h"

#include <stdlib.h>

#include "base/error.h"
#include "model/features.h"
#include "model/model.h"
#include "model/rules.h"
#include "relate/frames.h"
#include "relate/gate.h"
#include "relate/rule_relations.h"
#include "relate/segment.h"

typedef struct cursor {
    document *d;
    clauses *c;
    countries known;
    uint32_t match_count, next_match;
    uint32_t first_edge, end_edge; /* of the sentence */
    discourse state;               /* what stands before sentence `known_at` */
    uint32_t known_at;
} cursor;

static int by_start(const void *a, const void *b) {
    const rule_match *x = *(const rule_match *const *)a, *y = *(const rule_match *const *)b;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* Pointers to the matches of rules that relate, in the order of the text. */
static const rule_match **relating(document *d, uint32_t *count) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->matches.count; i++)
        n += model_rule(d->model, d->matches.items[i].rule)->relate_count > 0;
    const rule_match **out = arena_array(d->arena, const rule_match *, n ? n : 1);
    *count = 0;
    for (uint32_t i = 0; out && i < d->matches.count; i++) {
        if (model_rule(d->model, d->matches.items[i].rule)->relate_count) out[(*count)++] = &d->matches.items[i];
    }
    if (out && *count > 1) qsort(out, *count, sizeof *out, by_start);
    return out;
}

/* "Secretary of State": all of it is one noun for a person. */
static void name_office(clauses *c, const edge *e) {
    for (uint32_t i = e->start; i < e->end; i++) {
        if (clause_word_at(c, i)->mention != NERX_NONE) return;
    }
    for (uint32_t i = e->start; i < e->end; i++) {
        clause_word *w = clause_word_at(c, i);
        w->flags = WORD_NOUN | WORD_PERSON;
        w->verb = w->senses = 0;
    }
}

/* What several words together are: "nach Angaben". Their last word says it, the others nothing. */
static void read_edge(clauses *c, const edge *e) {
    uint32_t flags = words_of_edge(c->reader, c->d, e, c->in->language);
    if (flags & WORD_PERSON) name_office(c, e);
    uint32_t wanted = WORD_ATTRIBUTION | WORD_FUTURE | WORD_POSSIBLE | WORD_PREPOSITION | WORD_REFLEXIVE | WORD_ASIDE;
    if (!(flags & wanted)) return;
    for (uint32_t i = e->start; i < e->end; i++) {
        clause_word *w = clause_word_at(c, i);
        if (w->mention != NERX_NONE) return;
        bool keep = flags & WORD_FUTURE && !(flags & WORD_PREPOSITION);
        if (!keep)
            *w = (clause_word){.noun = {NERX_NONE, NERX_NONE},
                               .tail = NERX_NONE,
                               .preposition = NERX_NONE,
                               .mention = NERX_NONE,
                               .phrase = NO_PHRASE};
    }
    clause_word *last = clause_word_at(c, e->end - 1);
    last->flags |= flags;
}

static bool read_words(cursor *x, clauses *c) {
    document *d = x->d;
    if (!words_read(c->reader, d, c->in->first, c->in->end, c->in->language, c->words)) return false;
    for (uint32_t m = c->first_mention; m < c->end_mention; m++) {
        const mention *of = &d->mentions.items[m];
        for (uint32_t i = of->start; i < of->end && i < c->in->end; i++)
            clause_word_at(c, i)->mention = m;
    }
    for (uint32_t i = x->first_edge; i < x->end_edge; i++) {
        if (d->edges.items[i].end <= c->in->end) read_edge(c, &d->edges.items[i]);
    }
    borders_mark(c);
    return true;
}

static bool ends_in_question(const clauses *c) {
    for (uint32_t i = c->in->end; i-- > c->in->first && i + 3 > c->in->end;) {
        if (c->d->text.ptr[c->d->tokens.items[i].start] == '?') return true;
    }
    return false;
}

static bool analyse(cursor *x, clauses *c) {
    c->phrase_count = c->clause_count = 0;
    c->verb_second = words_verb_second(c->reader, c->in->language);
    c->question = ends_in_question(c);
    if (!read_words(x, c)) return false;
    relatives_mark(c);
    verbs_disambiguate(c);
    phrases_find(c);
    clauses_assemble(c);
    for (uint8_t i = 0; i < c->clause_count; i++)
        verbs_judge(c, &c->items[i], i);
    c->earlier_source = c->before->source;
    attributions_find(c);
    subjects_find(c);
    phrases_refer(c);
    sources_find(c);
    return true;
}

/* What the next sentence may mean by "er" and "so": the subject of the first main clause, but of a quotation only if
 * nobody is said to say it. */
static void remember(clauses *c) {
    bool found = false;
    c->before->previous_first = c->first_mention;
    for (uint32_t i = 0; i < c->clause_count; i++) {
        const clause *k = &c->items[i];
        if (k->kind != CLAUSE_MAIN || k->subject == NO_PHRASE) continue;
        const phrase *p = &c->phrases[k->subject];
        uint32_t subject = p->mention;
        /* "Sie zog um", "Es ist sein erster Besuch": most likely still about whom we spoke of */
        if (p->flags & PHRASE_PRONOUN && subject == NERX_NONE) continue;
        if (found && subject == NERX_NONE) continue;
        c->before->subject = subject;
        c->before->gender = p->flags & PHRASE_DEFINITE ? p->agreement & (FEATURE_M | FEATURE_F | FEATURE_N) : 0;
        found = true;
        if (!k->quoted) return;
    }
}

/* Moves to sentence `s`, from wherever the cursor stands. */
static void move_to(cursor *x, uint32_t s) {
    const document *d = x->d;
    clauses *c = x->c;
    c->in = &d->sentences.items[s];
    uint32_t m = c->first_mention, e = x->first_edge;
    while (m > 0 && d->mentions.items[m - 1].start >= c->in->first)
        m--;
    while (m < d->mentions.count && d->mentions.items[m].start < c->in->first)
        m++;
    c->first_mention = c->end_mention = m;
    while (c->end_mention < d->mentions.count && d->mentions.items[c->end_mention].start < c->in->end)
        c->end_mention++;
    while (e > 0 && d->edges.items[e - 1].start >= c->in->first)
        e--;
    while (e < d->edges.count && d->edges.items[e].start < c->in->first)
        e++;
    x->first_edge = x->end_edge = e;
    while (x->end_edge < d->edges.count && d->edges.items[x->end_edge].start < c->in->end)
        x->end_edge++;
}

/* What may be meant by "er" in the sentence, where nothing else is known of those before. */
static discourse unknown_before(const cursor *x) {
    const document *d = x->d;
    uint32_t first = x->c->in->first, m = x->c->first_mention;
    discourse out = {.subject = UNKNOWN_MENTION, .source = UNKNOWN_MENTION, .previous_first = NERX_NONE};
    if (!first) return out;
    uint32_t from = d->sentences.items[document_sentence_at(d, first - 1)].first;
    while (m > 0 && d->mentions.items[m - 1].start >= from)
        m--;
    out.previous_first = m;
    return out;
}

static bool is_known(const discourse *b) {
    return !b->asked && b->subject != UNKNOWN_MENTION && b->source != UNKNOWN_MENTION;
}

/* Takes the sentence apart if somebody stands in it or may be meant; *taken says so. Leaves in `before` what the next
 * one needs, or says there that it has to know what it does not. */
static bool take_apart(cursor *x, discourse *before, bool *taken) {
    clauses *c = x->c;
    bool any = false;
    c->before = before;
    for (uint32_t i = c->first_mention; i < c->end_mention; i++)
        any |= x->d->mentions.items[i].entity != NERX_NONE;
    *taken = c->in->end - c->in->first <= MAX_SENTENCE && c->in->end > c->in->first;
    bool before_any = !words_verb_second(c->reader, c->in->language) && c->first_mention > 0;
    if (*taken && !any) *taken = before_any || discourse_subject(before) != NERX_NONE;
    if (before->asked) return true;
    if (!*taken) {
        before->previous_first = c->first_mention;
        before->subject = NERX_NONE;
        return true;
    }
    if (!analyse(x, c)) return false;
    remember(c);
    return true;
}

/* Makes x->state what stands before sentence `s`: back to where that no longer hangs on earlier ones, then forth. */
static bool settle(cursor *x, uint32_t s) {
    bool taken;
    uint32_t k = s;
    while (k > x->known_at) {
        k--;
        move_to(x, k);
        discourse b = k == x->known_at ? x->state : unknown_before(x);
        if (!take_apart(x, &b, &taken)) return false;
        if (!is_known(&b)) continue;
        x->state = b;
        x->known_at = ++k;
    }
    for (; k < s; k++) {
        move_to(x, k);
        if (!take_apart(x, &x->state, &taken)) return false;
    }
    x->known_at = s;
    move_to(x, s);
    return true;
}

static bool relate_sentence(cursor *x, uint32_t s) {
    bool taken;
    discourse b = x->known_at == s ? x->state : unknown_before(x);
    if (!take_apart(x, &b, &taken)) return false;
    if (b.asked) {
        if (!settle(x, s)) return false;
        b = x->state;
        if (!take_apart(x, &b, &taken)) return false;
    }
    if (is_known(&b)) {
        x->state = b;
        x->known_at = s + 1;
    }
    return !taken || relate_by_frames(x->c);
}

/* Most sentences state nothing, and nothing hangs on them. */
static bool is_worth(cursor *x, gate_sentence *g, bool *failed) {
    const clauses *c = x->c;
    g->in = c->in;
    g->earlier = g->own;
    g->before |= g->own.types;
    g->own = gate_names_of(x->d, c->first_mention, c->end_mention);
    g->first_edge = x->first_edge;
    g->end_edge = x->end_edge;
    return gate_opens(c->reader, x->d, g, failed);
}

static bool run(cursor *x) {
    const rule_match **matches = relating(x->d, &x->match_count);
    gate_sentence gate = {0};
    bool failed = false;
    if (!matches) return false;
    for (uint32_t s = 0; s < x->d->sentences.count && !failed; s++) {
        const sentence *in = &x->d->sentences.items[s];
        for (; x->next_match < x->match_count && matches[x->next_match]->start < in->end; x->next_match++) {
            if (!relate_by_rule(x->d, &x->known, matches[x->next_match])) return false;
        }
        move_to(x, s);
        if (is_worth(x, &gate, &failed) && !relate_sentence(x, s)) return false;
    }
    return !failed;
}

bool relate(document *d, word_reader *reader, nerx_error *error) {
    cursor x = {.d = d, .state = {.subject = NERX_NONE, .source = NERX_NONE, .previous_first = NERX_NONE}};
    x.c = word_reader_room(reader, sizeof *x.c);
    if (!x.c || !word_reader_begin(reader, d)) return error_memory(error);
    countries_open(&x.known, d);
    x.c->d = d;
    x.c->reader = reader;
    x.c->first_mention = 0;
    return run(&x) || error_memory(error);
}
