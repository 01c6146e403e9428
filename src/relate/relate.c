/* Relations, sentence by sentence, in the order of the text. */
#include "relate/relate.h"

#include <stdlib.h>

#include "base/error.h"
#include "model/model.h"
#include "model/rules.h"
#include "relate/frames.h"
#include "relate/rule_relations.h"
#include "relate/segment.h"

typedef struct cursor {
    document *d;
    clauses *c;
    countries known;
    uint32_t match_count, next_match, next_mention, next_edge;
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
    while (x->next_edge < d->edges.count && d->edges.items[x->next_edge].start < c->in->first)
        x->next_edge++;
    for (uint32_t i = x->next_edge; i < d->edges.count && d->edges.items[i].start < c->in->end; i++) {
        if (d->edges.items[i].end <= c->in->end) read_edge(c, &d->edges.items[i]);
    }
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

/* What the next sentence may mean by "er" and "so". */
static void remember(clauses *c) {
    c->before->previous_first = c->first_mention;
    for (uint32_t i = 0; i < c->clause_count; i++) {
        const clause *k = &c->items[i];
        if (k->kind != CLAUSE_MAIN || k->subject == NO_PHRASE) continue;
        c->before->subject = c->phrases[k->subject].mention;
        return;
    }
}

static bool relate_sentence(cursor *x, const sentence *in, discourse *before) {
    clauses *c = x->c;
    c->in = in;
    c->before = before;
    c->first_mention = x->next_mention;
    while (x->next_mention < x->d->mentions.count && x->d->mentions.items[x->next_mention].start < in->end)
        x->next_mention++;
    c->end_mention = x->next_mention;
    bool any = before->subject != NERX_NONE;
    for (uint32_t i = c->first_mention; i < c->end_mention; i++)
        any |= x->d->mentions.items[i].entity != NERX_NONE;
    if (!any || in->end - in->first > MAX_SENTENCE || in->end == in->first) {
        before->previous_first = c->first_mention;
        before->subject = NERX_NONE;
        return true;
    }
    if (!analyse(x, c) || !relate_by_frames(c)) return false;
    remember(c);
    return true;
}

static bool run(cursor *x) {
    const rule_match **matches = relating(x->d, &x->match_count);
    discourse before = {NERX_NONE, NERX_NONE, NERX_NONE};
    if (!matches) return false;
    for (uint32_t s = 0; s < x->d->sentences.count; s++) {
        const sentence *in = &x->d->sentences.items[s];
        for (; x->next_match < x->match_count && matches[x->next_match]->start < in->end; x->next_match++) {
            if (!relate_by_rule(x->d, &x->known, matches[x->next_match])) return false;
        }
        if (!relate_sentence(x, in, &before)) return false;
    }
    return true;
}

bool relate(document *d, word_reader *reader, nerx_error *error) {
    cursor x = {.d = d, .c = arena_alloc(d->arena, sizeof(clauses))};
    if (!x.c || !word_reader_begin(reader, d)) return error_memory(error);
    countries_open(&x.known, d);
    x.c->d = d;
    x.c->reader = reader;
    return run(&x) || error_memory(error);
}
