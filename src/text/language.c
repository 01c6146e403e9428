/* A language for each sentence, from the words that are known to tell one. What tells little is read as its paragraph
 * is, and that as the document is. */
#include "text/sentence.h"

enum { PRIOR = 2 };

/* Of the first `count` languages. */
static uint8_t best(const language_sums *sums, uint8_t count) {
    uint8_t language = 0;
    for (uint8_t i = 1; i < count; i++) {
        if (sums->of[i + 1] > sums->of[language + 1]) language = i;
    }
    return language;
}

/* The most of what the words tell; little against `context` is not enough. */
static uint8_t decide(language_sums *sums, uint8_t count, uint8_t context) {
    if (context == LANGUAGE_NONE) return best(sums, count);
    sums->of[context + 1] += PRIOR;
    uint8_t language = best(sums, count);
    return sums->of[language + 1] > sums->of[context + 1] ? language : context;
}

uint8_t language_told(const document *d, const language_sums *before, const language_sums *after, uint8_t context) {
    if (d->forced_language != LANGUAGE_NONE) return d->forced_language;
    language_sums sums;
    uint8_t count = d->lexicon.languages ? d->lexicon.languages : 1;
    for (uint32_t i = 0; i <= count; i++)
        sums.of[i] = after->of[i] - before->of[i];
    return decide(&sums, count, context);
}

bool language_writes(const document *d, str clitic, uint8_t language) {
    uint32_t id = lexicon_find(&d->lexicon, clitic);
    const traits *w = id == NERX_NONE ? NULL : lexicon_traits(&d->lexicon, id);
    return w && w->marks & MARK_CLITIC && w->language == language + 1;
}
