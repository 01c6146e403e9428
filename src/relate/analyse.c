/* A sentence taken apart, pass by pass, up to the subjects of its clauses. */
#include "relate/segment.h"

/* "Secretary of State": all of it is one noun for a person. */
static void name_office(clauses *c, const edge *e) {
    for (uint32_t i = e->start; i < e->end; i++) {
        if (clause_word_at(c, i)->mention != NERX_NONE) return;
    }
    for (uint32_t i = e->start; i < e->end; i++) {
        clause_word *w = clause_word_at(c, i);
        w->flags = WORD_NOUN | WORD_PERSON;
        w->tells = word_tells(w);
        w->verb = 0;
        clause_lore(c, w)->senses = 0;
    }
}

/* What several words together are: "nach Angaben". Their last word says it, the others nothing. */
static void read_edge(clauses *c, const edge *e) {
    uint32_t flags = words_of_edge(c->reader, e, c->in->language);
    if (flags & WORD_PERSON) name_office(c, e);
    uint32_t wanted = WORD_ATTRIBUTION | WORD_FUTURE | WORD_POSSIBLE | WORD_PREPOSITION | WORD_REFLEXIVE | WORD_ASIDE;
    if (!(flags & wanted)) return;
    for (uint32_t i = e->start; i < e->end; i++) {
        clause_word *w = clause_word_at(c, i);
        if (w->mention != NERX_NONE) return;
        bool keep = flags & WORD_FUTURE && !(flags & WORD_PREPOSITION);
        if (!keep)
            *w = (clause_word){.lore = &no_lore, .preposition = NERX_NONE, .mention = NERX_NONE, .phrase = NO_PHRASE};
    }
    clause_word *last = clause_word_at(c, e->end - 1);
    last->flags |= flags;
    last->tells = word_tells(last);
    for (set_kind set = SET_LINKS; set <= SET_ATTRIBUTIONS; set++)
        bits_add(c, &c->sets[set], e->end - 1);
}

static bool read_words(clauses *c) {
    document *d = c->d;
    if (!words_read(c->reader, d, c->in, c->words, c->own, c->sets)) return false;
    for (uint32_t m = c->first_mention; m < c->end_mention; m++) {
        const mention *of = &d->mentions.items[m];
        for (uint32_t i = of->start; i < of->end && i < c->end; i++) {
            clause_word_at(c, i)->mention = m;
            clause_word_at(c, i)->flags &= ~(uint32_t)(WORD_RELATIVE | WORD_DETERMINER | WORD_SUBJUNCTION);
        }
    }
    for (uint32_t i = c->first_edge; i < c->end_edge; i++) {
        if (d->edges.items[i].end <= c->end) read_edge(c, &d->edges.items[i]);
    }
    borders_mark(c);
    return true;
}

static bool ends_in_question(const clauses *c) {
    for (uint32_t i = c->end; i-- > c->first && i + 3 > c->end;) {
        if (c->d->text.ptr[c->tokens[i].start] == '?') return true;
    }
    return false;
}

bool clauses_analyse(clauses *c) {
    c->phrase_count = c->clause_count = 0;
    c->verb_second = words_verb_second(c->reader, c->in->language);
    c->question = ends_in_question(c);
    if (!read_words(c)) return false;
    relatives_mark(c);
    verbs_disambiguate(c);
    phrases_find(c);
    clauses_assemble(c);
    for (uint8_t i = 0; i < c->clause_count; i++)
        verbs_judge(c, &c->items[i], i);
    c->earlier_source = c->before->source;
    attributions_find(c);
    subjects_find(c);
    phrases_act(c);
    c->sourced = false;
    return true;
}
