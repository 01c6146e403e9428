/* Looking up gazetteer phrases. */
#include "match/lattice.h"

#include "base/error.h"
#include "match/listed.h"
#include "model/model.h"
#include "text/chars.h"

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

/* Follows the trie of one layer on from the node behind its first token; a phrase has two tokens or more. */
static bool follow(const walk *w, uint32_t root, uint32_t node) {
    const document *d = w->d;
    for (uint32_t i = w->start + 1; i < w->limit && node != NERX_NONE; i++) {
        if (!step(w, root, &node, &d->tokens.items[i])) return false;
        if (node == NERX_NONE || model_phrase_readings(d->model, w->layer, node).count == 0) continue;
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

/* Everything that begins with a token, in added layers and in a line of capitals, too. */
static bool look_everywhere(walk *w, bool by_form, bool by_fold) {
    const token *t = &w->d->tokens.items[w->start];
    uint32_t first = w->d->edges.count;
    for (w->layer = 0; w->layer < model_layer_count(w->d->model); w->layer++) {
        uint32_t form = ROOT_FORM, fold = ROOT_FOLD;
        if (by_form && (!step(w, ROOT_FORM, &form, t) || !follow(w, ROOT_FORM, form))) return false;
        if (by_fold && (!step(w, ROOT_FOLD, &fold, t) || !follow(w, ROOT_FOLD, fold))) return false;
    }
    sort_tail(w->d, first);
    return true;
}

static bool look_among_capitals(walk *w, const word_kind *k) {
    uint32_t id, marks = k->look_marks;
    if (!without_capitals(w->d, &w->d->tokens.items[w->start], &id)) return false;
    if (id != NERX_NONE) marks |= lexicon_marks(&w->d->lexicon, id);
    uint32_t fold_marks = k->fold == k->look ? marks : k->fold_marks;
    return look_everywhere(w, marks & MARK_PHRASE, fold_marks & MARK_PHRASE_FOLD);
}

/* A token with which phrases may begin. */
typedef struct start {
    uint32_t token, end; /* end: of its sentence */
    uint32_t form, fold; /* nodes of the first layer, or NERX_NONE */
} start;

static bool look_up_token(document *d, const start *at) {
    const token *t = &d->tokens.items[at->token];
    const word_kind *k = token_kind(d, t);
    walk w = {.d = d, .start = at->token, .limit = at->end};
    if (at->end - at->token > MAX_PHRASE_TOKENS) w.limit = at->token + MAX_PHRASE_TOKENS;
    if (t->place & TOKEN_CAPS_LINE) return look_among_capitals(&w, k);
    if (model_layer_count(d->model) > 1)
        return look_everywhere(&w, k->look_marks & MARK_PHRASE, k->fold_marks & MARK_PHRASE_FOLD);
    uint32_t first = d->edges.count;
    if (at->form != NERX_NONE && !follow(&w, ROOT_FORM, at->form)) return false;
    if (at->fold != NERX_NONE && !follow(&w, ROOT_FOLD, at->fold)) return false;
    if (d->edges.count - first > 1) sort_tail(d, first);
    return true;
}

/* The second step of what may begin is called from memory. */
static start expect(document *d, uint32_t i, uint32_t end, uint32_t bits) {
    const listed_word *w = listed_of(d, bits);
    const token *next = &d->tokens.items[i + 1];
    if (w->starts[ROOT_FORM] != NERX_NONE) model_phrase_expect(d->model, 0, w->starts[ROOT_FORM], next->look);
    if (w->starts[ROOT_FOLD] != NERX_NONE) model_phrase_expect(d->model, 0, w->starts[ROOT_FOLD], next->fold);
    return (start){i, end, w->starts[ROOT_FORM], w->starts[ROOT_FOLD]};
}

/* Starts whose second word is on its way from memory, of several sentences. */
typedef struct batch {
    start starts[32];
    uint32_t count;
} batch;

static bool look_up_batch(document *d, batch *b) {
    for (uint32_t i = 0; i < b->count; i++) {
        if (!look_up_token(d, &b->starts[i])) return false;
    }
    b->count = 0;
    return true;
}

static bool look_up_sentence(document *d, batch *b, uint32_t first, uint32_t end) {
    uint32_t *listed = d->listed.items + d->listed.count, *capital = d->capitals.items + d->capitals.count;
    unsigned before = 0, asks;
    for (uint32_t i = first; i < end; i++, before = asks) {
        asks = token_kind(d, &d->tokens.items[i])->asks;
        *listed = i;
        listed += (asks & (KIND_NAMED | KIND_OPENS)) != 0;
        *capital = i;
        capital += asks / KIND_CAPITAL;
        if (!(before & KIND_STARTS && asks & KIND_SECOND)) continue;
        uint32_t bits = listed_bits(d, &d->tokens.items[i - 1]);
        if (!bits) return false;
        b->starts[b->count++] = expect(d, i - 1, end, bits);
        if (b->count == sizeof b->starts / sizeof *b->starts && !look_up_batch(d, b)) return false;
    }
    d->listed.count = (uint32_t)(listed - d->listed.items);
    d->capitals.count = (uint32_t)(capital - d->capitals.items);
    return true;
}

bool look_up(document *d, nerx_error *error) {
    batch b;
    b.count = 0;
    if (!vec_reserve(d->arena, &d->listed, d->tokens.count + 1)) return error_memory(error);
    if (!vec_reserve(d->arena, &d->capitals, d->tokens.count + 1)) return error_memory(error);
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        const sentence *in = &d->sentences.items[s];
        if (!look_up_sentence(d, &b, in->first, in->end)) return error_memory(error);
    }
    return look_up_batch(d, &b) || error_memory(error);
}
