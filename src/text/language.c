/* A language for each sentence, from the words that are known to tell one. What tells little is read as its paragraph
 * is, and that as the document is. */
#include "text/sentence.h"

enum { PRIOR = 2, LONGEST_ACRONYM = 3 };

/* How much the words tell, by language plus one; 0 takes what those tell that tell none. */
typedef struct tally {
    uint32_t of[MAX_LANGUAGES + 1];
} tally;

static void add_tokens(const document *d, uint32_t first, uint32_t end, tally *sums) {
    for (uint32_t i = first; i < end; i++) {
        const token *t = &d->tokens.items[i];
        const word_kind *k = token_kind(d, t);
        sums->of[k->language] += k->weight;
        bool acronym = t->shape & SHAPE_ALL_UPPER && t->end - t->start <= LONGEST_ACRONYM; /* "IT" is not "it" */
        if (!acronym) sums->of[k->fold_language] += k->fold_weight;
    }
}

static uint8_t best(const tally *sums) {
    uint8_t language = 0;
    for (uint8_t i = 1; i < MAX_LANGUAGES; i++) {
        if (sums->of[i + 1] > sums->of[language + 1]) language = i;
    }
    return language;
}

/* The most of what the words tell; little against `context` is not enough. */
static uint8_t decide(tally *sums, uint8_t context) {
    if (context == LANGUAGE_NONE) return best(sums);
    sums->of[context + 1] += PRIOR;
    uint8_t language = best(sums);
    return sums->of[language + 1] > sums->of[context + 1] ? language : context;
}

uint8_t language_of_tokens(const document *d, uint32_t first, uint32_t end, uint8_t context) {
    if (d->forced_language != LANGUAGE_NONE) return d->forced_language;
    tally sums = {{0}};
    add_tokens(d, first, end, &sums);
    return decide(&sums, context);
}

static uint32_t paragraph_end(const document *d, uint32_t first) {
    uint32_t end = first + 1;
    while (end < d->tokens.count && !(d->tokens.items[end].place & TOKEN_PARAGRAPH))
        end++;
    return end;
}

static bool tell_all(document *d, uint8_t **languages) {
    VEC(tally) paragraphs = {0};
    tally all = {{0}};
    for (uint32_t first = 0, end; first < d->tokens.count; first = end) {
        end = paragraph_end(d, first);
        tally sums = {{0}};
        add_tokens(d, first, end, &sums);
        for (uint32_t i = 0; i <= MAX_LANGUAGES; i++)
            all.of[i] += sums.of[i];
        if (!vec_push(d->arena, &paragraphs, sums)) return false;
    }
    d->language = decide(&all, LANGUAGE_NONE);
    *languages = arena_array(d->arena, uint8_t, paragraphs.count + 1);
    for (uint32_t i = 0; *languages && i < paragraphs.count; i++)
        (*languages)[i] = decide(&paragraphs.items[i], d->language);
    arena_drop(d->arena, paragraphs.items);
    return *languages;
}

bool decide_languages(document *d, uint8_t **paragraphs) {
    d->language = d->forced_language;
    *paragraphs = NULL;
    return d->forced_language != LANGUAGE_NONE || tell_all(d, paragraphs);
}

bool language_writes(const document *d, str clitic, uint8_t language) {
    uint32_t id = lexicon_find(&d->lexicon, clitic);
    const traits *w = id == NERX_NONE ? NULL : lexicon_traits(&d->lexicon, id);
    return w && w->marks & MARK_CLITIC && w->language == language + 1;
}
