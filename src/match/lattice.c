/* Looking up gazetteer phrases. */
#include "match/lattice.h"

#include "base/error.h"
#include "model/model.h"
#include "text/chars.h"

enum { ROOT_FORM = 0, ROOT_FOLD = 1, MAX_PHRASE_TOKENS = 24 };

typedef struct walk {
    document *d;
    uint32_t layer, start, limit; /* the phrase may not reach beyond token `limit` */
} walk;

/* "NEW" as "New" in a line of capitals, even where it is a word of its own. False if memory is short. */
static bool without_capitals(const document *d, const token *t, uint32_t *id) {
    str title = chars_title(d->arena, lexicon_text(&d->lexicon, t->fold));
    if (title.ptr) *id = lexicon_find(&d->lexicon, title);
    return title.ptr;
}

/* Moves *node on by a token; NERX_NONE where nothing follows. */
static bool step(const walk *w, uint32_t root, uint32_t *node, const token *t) {
    uint32_t next = model_phrase_step(w->d->model, w->layer, *node, root == ROOT_FOLD ? t->fold : t->look), id;
    if (next == NERX_NONE && root == ROOT_FORM && t->place & TOKEN_CAPS_LINE) {
        if (!without_capitals(w->d, t, &id)) return false;
        if (id != NERX_NONE) next = model_phrase_step(w->d->model, w->layer, *node, id);
    }
    *node = next;
    return true;
}

/* Follows the trie of one layer from one token; a phrase has two tokens or more. */
static bool follow(const walk *w, uint32_t root) {
    const document *d = w->d;
    uint32_t node = root;
    for (uint32_t i = w->start; i < w->limit; i++) {
        if (!step(w, root, &node, &d->tokens.items[i])) return false;
        if (node == NERX_NONE) return true;
        if (i == w->start || model_phrase_readings(d->model, w->layer, node).count == 0) continue;
        edge found = {.start = w->start, .end = i + 1, .phrase = node, .layer = (uint8_t)w->layer};
        if (!vec_push(w->d->arena, &w->d->edges, found)) return false;
    }
    return true;
}

static bool edge_before(const edge *a, const edge *b) {
    return a->end < b->end;
}

/* Few edges begin at one token; they come from several tries and have to be put in order. */
static void sort_tail(document *d, uint32_t first) {
    for (uint32_t i = first + 1; i < d->edges.count; i++) {
        edge moving = d->edges.items[i];
        uint32_t k = i;
        for (; k > first && edge_before(&moving, &d->edges.items[k - 1]); k--)
            d->edges.items[k] = d->edges.items[k - 1];
        d->edges.items[k] = moving;
    }
}

static bool look_up_token(document *d, uint32_t start, uint32_t end) {
    const token *t = &d->tokens.items[start];
    uint32_t marks = lexicon_marks(&d->lexicon, t->look);
    if (t->place & TOKEN_CAPS_LINE) {
        uint32_t id;
        if (!without_capitals(d, t, &id)) return false;
        if (id != NERX_NONE) marks |= lexicon_marks(&d->lexicon, id);
    }
    uint32_t fold_marks = t->fold == t->look ? marks : lexicon_marks(&d->lexicon, t->fold);
    if (!(marks & MARK_PHRASE) && !(fold_marks & MARK_PHRASE_FOLD)) return true;
    uint32_t first = d->edges.count;
    walk w = {.d = d, .start = start, .limit = end - start < MAX_PHRASE_TOKENS ? end : start + MAX_PHRASE_TOKENS};
    for (w.layer = 0; w.layer < model_layer_count(d->model); w.layer++) {
        if (marks & MARK_PHRASE && !follow(&w, ROOT_FORM)) return false;
        if (fold_marks & MARK_PHRASE_FOLD && !follow(&w, ROOT_FOLD)) return false;
    }
    sort_tail(d, first);
    return true;
}

bool look_up(document *d, nerx_error *error) {
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        const sentence *in = &d->sentences.items[s];
        for (uint32_t i = in->first; i < in->end; i++) {
            if (!look_up_token(d, i, in->end)) return error_memory(error);
        }
    }
    return true;
}
