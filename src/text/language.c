/* A language for each sentence, from the words that are known to tell one. What tells little is read as its paragraph
 * is, and that as the document is. */
#include "text/sentence.h"

enum { MAX_LANGUAGES = 16, PRIOR = 2, LONGEST_ACRONYM = 3 };

static void count(const document *d, uint32_t id, uint32_t *scores) {
    const traits *w = lexicon_traits(&d->lexicon, id);
    if (w && w->language && w->language <= MAX_LANGUAGES) scores[w->language - 1] += w->weight;
}

static void score(const document *d, uint32_t first, uint32_t end, uint32_t *scores) {
    for (uint32_t i = first; i < end; i++) {
        const token *t = &d->tokens.items[i];
        if (!(t->shape & SHAPE_LETTERS)) continue;
        count(d, t->form, scores);
        bool acronym = t->shape & SHAPE_ALL_UPPER && t->end - t->start <= LONGEST_ACRONYM; /* "IT" is not "it" */
        if (t->fold != t->form && !acronym) count(d, t->fold, scores);
    }
}

static uint8_t best(const uint32_t *scores) {
    uint8_t language = 0;
    for (uint8_t i = 1; i < MAX_LANGUAGES; i++) {
        if (scores[i] > scores[language]) language = i;
    }
    return language;
}

/* The most of what the words tell; little against `context` is not enough. */
static uint8_t decide(uint32_t *scores, uint8_t context) {
    if (context != LANGUAGE_NONE) scores[context] += PRIOR;
    uint8_t language = best(scores);
    return context == LANGUAGE_NONE || scores[language] > scores[context] ? language : context;
}

uint8_t guess_language(const document *d, uint32_t first, uint32_t end, uint8_t context) {
    if (d->forced_language != LANGUAGE_NONE) return d->forced_language;
    uint32_t scores[MAX_LANGUAGES] = {0};
    score(d, first, end, scores);
    return decide(scores, context);
}

static uint32_t paragraph_end(const document *d, uint32_t first) {
    uint32_t end = first + 1;
    while (end < d->sentences.count && !(d->tokens.items[d->sentences.items[end].first].place & TOKEN_PARAGRAPH))
        end++;
    return end;
}

/* The language of sentences [first, end), where `context` is that of what stands around them, if anything. */
static uint8_t language_of(const document *d, uint32_t first, uint32_t end, uint8_t context) {
    uint32_t scores[MAX_LANGUAGES] = {0};
    for (uint32_t i = first; i < end; i++)
        score(d, d->sentences.items[i].first, d->sentences.items[i].end, scores);
    return decide(scores, context);
}

bool decide_languages(document *d) {
    d->language = d->forced_language;
    if (d->language == LANGUAGE_NONE) d->language = language_of(d, 0, d->sentences.count, LANGUAGE_NONE);
    for (uint32_t first = 0, end; first < d->sentences.count; first = end) {
        end = paragraph_end(d, first);
        bool forced = d->forced_language != LANGUAGE_NONE;
        uint8_t paragraph = forced ? d->language : language_of(d, first, end, d->language);
        for (uint32_t i = first; i < end; i++)
            d->sentences.items[i].language = forced ? d->language : language_of(d, i, i + 1, paragraph);
    }
    return true;
}
