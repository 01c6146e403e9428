/* A language for each sentence, from the words that are known to tell one. */
#include "text/sentence.h"

enum { MAX_LANGUAGES = 16, PRIOR = 2 };

static void count(const document *d, uint32_t id, uint32_t *scores) {
    const word *w = lexicon_known(&d->lexicon, id);
    if (w && w->language && w->language <= MAX_LANGUAGES) scores[w->language - 1] += w->weight;
}

static void score(const document *d, const sentence *in, uint32_t *scores) {
    for (uint32_t i = in->first; i < in->end; i++) {
        const token *t = &d->tokens.items[i];
        if (!(t->shape & SHAPE_LETTERS)) continue;
        count(d, t->form, scores);
        if (t->fold != t->form) count(d, t->fold, scores);
    }
}

static uint8_t best(const uint32_t *scores) {
    uint8_t language = 0;
    for (uint8_t i = 1; i < MAX_LANGUAGES; i++) {
        if (scores[i] > scores[language]) language = i;
    }
    return language;
}

bool decide_languages(document *d) {
    uint32_t all[MAX_LANGUAGES] = {0};
    for (uint32_t i = 0; i < d->sentences.count; i++)
        score(d, &d->sentences.items[i], all);
    d->language = d->forced_language != LANGUAGE_NONE ? d->forced_language : best(all);
    for (uint32_t i = 0; i < d->sentences.count; i++) {
        uint32_t own[MAX_LANGUAGES] = {0};
        sentence *in = &d->sentences.items[i];
        in->language = d->language;
        if (d->forced_language != LANGUAGE_NONE) continue;
        score(d, in, own);
        if (d->language < MAX_LANGUAGES) own[d->language] += PRIOR;
        uint8_t language = best(own);
        if (own[language] > own[d->language]) in->language = language;
    }
    return true;
}
