/* Choosing: weighted interval scheduling, exact, sentence by sentence (Kleinberg and Tardos, Algorithm Design, 6.1).
 *
 * A sentence with n candidates takes n steps, and as many looks back as candidates overlap. */
#include "match/resolve.h"

#include "base/error.h"
#include "match/weights.h"
#include "model/model.h"

/* Where candidates end: the most that those up to there can have, and the one of them that is taken, or NERX_NONE. */
typedef struct stop {
    uint32_t end, choice;
    int64_t best;
} stop;

typedef struct chooser {
    document *d;
    VEC(uint32_t) items; /* candidates of the sentence that are worth something, by end */
    VEC(stop) stops;     /* by end, behind one at the sentence's start */
} chooser;

static int64_t worth(const candidate *c) {
    int64_t gain = c->points - WEIGHT_THRESHOLD;
    if (gain <= 0) return 0;
    return gain * 16 + (int64_t)(c->end - c->start - 1) * WEIGHT_TOKEN * 16 + 1;
}

/* A total order among equals: the longer, then the lower type. */
static bool prefer(const candidate *a, const candidate *b) {
    if (a->end - a->start != b->end - b->start) return a->end - a->start > b->end - b->start;
    return a->type < b->type;
}

static bool gather(chooser *c, const sentence *in) {
    const document *d = c->d;
    c->items.count = 0;
    for (uint32_t t = in->first; t < in->end; t++) {
        for (uint32_t k = d->candidate_heads[t]; k != NERX_NONE; k = d->candidates.items[k].next) {
            if (worth(&d->candidates.items[k]) > 0 && !vec_push(d->arena, &c->items, k)) return false;
        }
    }
    for (uint32_t i = 1; i < c->items.count; i++) { /* nearly in order already */
        uint32_t moving = c->items.items[i], at = i;
        for (; at && d->candidates.items[c->items.items[at - 1]].end > d->candidates.items[moving].end; at--)
            c->items.items[at] = c->items.items[at - 1];
        c->items.items[at] = moving;
    }
    return true;
}

/* The last stop at or before a token. */
static const stop *stop_before(const chooser *c, uint32_t token_index) {
    const stop *s = &c->stops.items[c->stops.count - 1];
    while (s > c->stops.items && s->end > token_index)
        s--;
    return s;
}

static bool choose(chooser *c, const sentence *in) {
    const document *d = c->d;
    c->stops.count = 0;
    if (!vec_push(d->arena, &c->stops, (stop){in->first, NERX_NONE, 0})) return false;
    for (uint32_t i = 0; i < c->items.count; i++) {
        const candidate *x = &d->candidates.items[c->items.items[i]];
        stop at = c->stops.items[c->stops.count - 1];
        if (at.end < x->end) {
            if (!vec_push(d->arena, &c->stops, (stop){x->end, NERX_NONE, at.best})) return false;
        }
        stop *last = &c->stops.items[c->stops.count - 1];
        int64_t total = stop_before(c, x->start)->best + worth(x);
        bool better = total > last->best;
        if (total == last->best && last->choice != NERX_NONE) better = prefer(x, &d->candidates.items[last->choice]);
        if (!better) continue;
        last->best = total;
        last->choice = c->items.items[i];
    }
    return true;
}

/* Leaves in `items` those that won, the last one first. */
static void mark(chooser *c) {
    c->items.count = 0;
    while (c->stops.count > 1) {
        uint32_t k = c->stops.items[--c->stops.count].choice;
        if (k == NERX_NONE) continue;
        candidate *won = &c->d->candidates.items[k];
        won->won = true;
        c->items.items[c->items.count++] = k;
        c->stops.count = (uint32_t)(stop_before(c, won->start) - c->stops.items) + 1;
    }
}

/* The gazetteer entry that speaks most strongly for it, or NERX_NONE. */
static uint32_t best_entry(const document *d, const candidate *c) {
    uint32_t entry_index = NERX_NONE;
    int32_t points = 0;
    for (uint32_t i = c->first_witness; i != NERX_NONE; i = d->witnesses.items[i].next) {
        const witness *w = &d->witnesses.items[i];
        if (w->kind != WITNESS_GAZETTEER || w->points <= points) continue;
        points = w->points;
        entry_index = w->source;
    }
    return entry_index;
}

static bool add_mentions(document *d, const chooser *from) {
    for (uint32_t i = from->items.count; i > 0; i--) {
        uint32_t k = from->items.items[i - 1];
        const candidate *c = &d->candidates.items[k];
        mention m = {.start = c->start,
                     .end = c->end,
                     .type = c->type,
                     .sentence = c->sentence,
                     .candidate = k,
                     .start_byte = d->tokens.items[c->start].start,
                     .end_byte = d->tokens.items[c->end - 1].end,
                     .entity = NERX_NONE,
                     .kb = best_entry(d, c),
                     .value = STR("")};
        if (!vec_push(d->arena, &d->mentions, m)) return false;
    }
    return true;
}

bool resolve(document *d, nerx_error *error) {
    chooser c = {.d = d};
    d->mentions.count = 0;
    for (uint32_t i = 0; i < d->candidates.count; i++)
        d->candidates.items[i].won = false;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        const sentence *in = &d->sentences.items[s];
        if (!gather(&c, in)) return error_memory(error);
        if (!c.items.count) continue;
        if (!choose(&c, in)) return error_memory(error);
        mark(&c);
        if (!add_mentions(d, &c)) return error_memory(error);
    }
    return true;
}
