/* Choosing: weighted interval scheduling, exact, sentence by sentence (Kleinberg and Tardos, Algorithm Design, 6.1).
 *
 *     best[i] = the most that candidates ending at or before token i can have together */
#include "match/resolve.h"

#include "base/error.h"
#include "match/weights.h"
#include "model/model.h"

typedef struct chooser {
    document *d;
    uint32_t first, count; /* tokens of the sentence */
    int64_t *best;         /* count + 1 */
    uint32_t *choice;      /* candidate that ends here, or NERX_NONE */
    uint32_t *ends;        /* by token: list of candidates that end there */
    uint32_t *next;        /* by candidate */
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

static void choose(chooser *c) {
    const document *d = c->d;
    for (uint32_t i = 1; i <= c->count; i++) {
        c->best[i] = c->best[i - 1];
        c->choice[i] = NERX_NONE;
        for (uint32_t k = c->ends[i]; k != NERX_NONE; k = c->next[k]) {
            const candidate *x = &d->candidates.items[k];
            int64_t gain = worth(x);
            if (gain == 0) continue;
            int64_t total = c->best[x->start - c->first] + gain;
            bool better = total > c->best[i];
            if (total == c->best[i] && c->choice[i] != NERX_NONE)
                better = prefer(x, &d->candidates.items[c->choice[i]]);
            if (!better) continue;
            c->best[i] = total;
            c->choice[i] = k;
        }
    }
}

static void mark(chooser *c) {
    for (uint32_t i = c->count; i > 0;) {
        uint32_t k = c->choice[i];
        if (k == NERX_NONE) {
            i--;
            continue;
        }
        c->d->candidates.items[k].won = true;
        i = c->d->candidates.items[k].start - c->first;
    }
}

static void gather(chooser *c, const sentence *in) {
    const document *d = c->d;
    for (uint32_t i = 0; i <= c->count; i++)
        c->ends[i] = NERX_NONE;
    c->best[0] = 0;
    for (uint32_t t = in->first; t < in->end; t++) {
        for (uint32_t k = d->candidate_heads[t]; k != NERX_NONE; k = d->candidates.items[k].next) {
            uint32_t end = d->candidates.items[k].end - c->first;
            c->next[k] = c->ends[end];
            c->ends[end] = k;
        }
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

static bool add_mentions(document *d, const sentence *in) {
    for (uint32_t t = in->first; t < in->end; t++) {
        for (uint32_t k = d->candidate_heads[t]; k != NERX_NONE; k = d->candidates.items[k].next) {
            const candidate *c = &d->candidates.items[k];
            if (!c->won) continue;
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
    }
    return true;
}

static uint32_t longest_sentence(const document *d) {
    uint32_t longest = 0;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        uint32_t count = d->sentences.items[s].end - d->sentences.items[s].first;
        if (count > longest) longest = count;
    }
    return longest;
}

bool resolve(document *d, nerx_error *error) {
    uint32_t longest = longest_sentence(d) + 1;
    chooser c = {.d = d,
                 .best = arena_array(d->arena, int64_t, longest),
                 .choice = arena_array(d->arena, uint32_t, longest),
                 .ends = arena_array(d->arena, uint32_t, longest),
                 .next = arena_array(d->arena, uint32_t, d->candidates.count + 1)};
    if (!c.best || !c.choice || !c.ends || !c.next) return error_memory(error);
    d->mentions.count = 0;
    for (uint32_t i = 0; i < d->candidates.count; i++)
        d->candidates.items[i].won = false;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        const sentence *in = &d->sentences.items[s];
        c.first = in->first;
        c.count = in->end - in->first;
        gather(&c, in);
        choose(&c);
        mark(&c);
        if (!add_mentions(d, in)) return error_memory(error);
    }
    return true;
}
