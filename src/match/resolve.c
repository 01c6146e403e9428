/* Choosing: weighted interval scheduling, exact (Kleinberg and Tardos, Algorithm Design, 6.1), for each stretch of
 * candidates that overlap.
 *
 * A stretch with n candidates takes n steps, and as many looks back as candidates overlap. */
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
    VEC(uint32_t) items; /* candidates of the stretch, by end; all are worth something */
    VEC(stop) stops;     /* by end, behind one at the stretch's start */
    uint32_t end;        /* of the stretch */
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

/* A bit for each token with which candidates begin that are worth something, none of which has won yet. NULL if memory
 * is short. */
static uint64_t *find_starts(const document *d) {
    uint64_t *starts = arena_array(d->arena, uint64_t, (size_t)d->tokens.count / 64 + 1);
    for (uint32_t i = 0; starts && i < d->candidates.count; i++) {
        candidate *c = &d->candidates.items[i];
        c->won = false;
        if (worth(c) > 0) starts[c->start / 64] |= (uint64_t)1 << (c->start % 64);
    }
    return starts;
}

static bool gather(chooser *c, uint32_t token_index) {
    const candidate *all = c->d->candidates.items;
    for (uint32_t k = c->d->candidate_heads[token_index]; k != NERX_NONE; k = all[k].next) {
        if (worth(&all[k]) <= 0) continue;
        if (!vec_push(c->d->arena, &c->items, k)) return false;
        uint32_t at = c->items.count - 1; /* nearly in order already */
        for (; at && all[c->items.items[at - 1]].end > all[k].end; at--)
            c->items.items[at] = c->items.items[at - 1];
        c->items.items[at] = k;
        if (all[k].end > c->end) c->end = all[k].end;
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

static bool choose(chooser *c) {
    const document *d = c->d;
    c->stops.count = 0;
    if (!vec_push(d->arena, &c->stops, (stop){0, NERX_NONE, 0})) return false;
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

/* Leaves in `items` those that win, the last one first. */
static void take_best(chooser *c) {
    c->items.count = 0;
    while (c->stops.count > 1) {
        uint32_t k = c->stops.items[--c->stops.count].choice;
        if (k == NERX_NONE) continue;
        c->items.items[c->items.count++] = k;
        c->stops.count = (uint32_t)(stop_before(c, c->d->candidates.items[k].start) - c->stops.items) + 1;
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

static bool add_mention(document *d, uint32_t index) {
    candidate *c = &d->candidates.items[index];
    c->won = true;
    mention m = {.start = c->start,
                 .end = c->end,
                 .type = c->type,
                 .sentence = c->sentence,
                 .candidate = index,
                 .start_byte = d->tokens.items[c->start].start,
                 .end_byte = d->tokens.items[c->end - 1].end,
                 .entity = NERX_NONE,
                 .kb = best_entry(d, c),
                 .value = STR("")};
    return vec_push(d->arena, &d->mentions, m);
}

/* Mentions of the candidates gathered, which overlap each other and no other. */
static bool end_stretch(chooser *c) {
    if (c->items.count > 1) {
        if (!choose(c)) return false;
        take_best(c);
    }
    for (uint32_t i = c->items.count; i > 0; i--) {
        if (!add_mention(c->d, c->items.items[i - 1])) return false;
    }
    c->items.count = 0;
    return true;
}

bool resolve(document *d, nerx_error *error) {
    chooser c = {.d = d};
    uint64_t *starts = find_starts(d);
    d->mentions.count = 0;
    if (!vec_reserve(d->arena, &d->mentions, d->tokens.count / 8)) return error_memory(error);
    for (uint32_t w = 0; starts && w <= d->tokens.count / 64; w++) {
        for (uint64_t left = starts[w]; left; left &= left - 1) {
            uint32_t i = w * 64 + (uint32_t)__builtin_ctzll(left);
            if ((i >= c.end && !end_stretch(&c)) || !gather(&c, i)) return error_memory(error);
        }
    }
    return (starts && end_stretch(&c)) || error_memory(error);
}
