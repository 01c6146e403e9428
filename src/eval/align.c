/* Pairs what was found with the gold, one to one and optimally, and counts what is right in each sense. */
#include "eval/align.h"

#include <stdlib.h>

#include "base/error.h"
#include "eval/assign.h"

enum { MAX_CELLS = 1 << 22 };

/* Mentions whose spans hang together by overlaps; mentions of different groups never pair. */
typedef struct group {
    eval_mention *gold, *found;
    uint32_t gold_count, found_count;
} group;

typedef int64_t weigh(const eval_mention *gold, const eval_mention *found);

static uint32_t overlap(const eval_mention *a, const eval_mention *b) {
    uint32_t start = a->span.start > b->span.start ? a->span.start : b->span.start;
    uint32_t end = a->span.end < b->span.end ? a->span.end : b->span.end;
    return start < end ? end - start : 0;
}

static bool same_span(const eval_mention *a, const eval_mention *b) {
    return a->span.start == b->span.start && a->span.end == b->span.end;
}

/* Each level outweighs all pairs a group may have of the levels below it. */
static int64_t weigh_for_reader(const eval_mention *gold, const eval_mention *found) {
    static const int64_t levels[2][4] = {{1 << 11, 1 << 23, 1 << 24, (int64_t)1 << 48},
                                         {1, 2, 3, (int64_t)1 << 36}}; /* optional */
    uint32_t common = overlap(gold, found);
    if (!common) return 0;
    unsigned level = (same_span(gold, found) ? 1U : 0U) | (gold->type == found->type ? 2U : 0U);
    uint32_t longer = gold->span.end - gold->span.start + found->span.end - found->span.start - common;
    int64_t likeness = gold->optional ? 0 : (int64_t)common * 1024 / longer;
    return levels[gold->optional][level] + likeness;
}

static int64_t weigh_strict(const eval_mention *gold, const eval_mention *found) {
    return same_span(gold, found) && gold->type == found->type;
}

/* Among equally good pairings that with more of the same type. */
static int64_t weigh_partial(const eval_mention *gold, const eval_mention *found) {
    if (!overlap(gold, found)) return 0;
    return ((same_span(gold, found) ? 2 : 1) << 24) + (gold->type == found->type);
}

static int64_t weigh_type(const eval_mention *gold, const eval_mention *found) {
    return gold->type == found->type && overlap(gold, found);
}

static int64_t weigh_span(const eval_mention *gold, const eval_mention *found) {
    return same_span(gold, found) ? (1 << 24) + (gold->type == found->type) : 0;
}

static int by_place(const void *left, const void *right) {
    const eval_mention *a = left, *b = right;
    if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
    if (a->span.end != b->span.end) return a->span.end < b->span.end ? -1 : 1;
    if (a->type != b->type) return a->type < b->type ? -1 : 1;
    return (int)a->optional - (int)b->optional;
}

static bool pair(const group *g, weigh *weight, uint32_t *match, nerx_error *error) {
    for (uint32_t i = 0; i < g->gold_count; i++)
        match[i] = NERX_NONE;
    if (!g->gold_count || !g->found_count) return true;
    if ((uint64_t)g->gold_count * g->found_count > MAX_CELLS)
        return error_set(error, NERX_ERROR_LIMIT, "too many mentions overlap: %u and %u", g->gold_count,
                         g->found_count);
    int64_t one, *weights = &one;
    size_t cells = (size_t)g->gold_count * g->found_count;
    if (cells > 1) weights = malloc(cells * sizeof *weights);
    if (!weights) return error_memory(error);
    for (size_t i = 0; i < cells; i++)
        weights[i] = weight(&g->gold[i / g->found_count], &g->found[i % g->found_count]);
    bool paired = assign(weights, g->gold_count, g->found_count, match);
    if (weights != &one) free(weights);
    return paired || error_memory(error);
}

static bool explained(const eval_mention *found, const group *g) {
    for (uint32_t i = 0; i < g->gold_count; i++) {
        if (g->gold[i].optional && overlap(&g->gold[i], found)) return true;
    }
    return false;
}

/* The pairing people see. What no required mention explains, but an optional one does, is ignored. */
static bool join(eval_document *d, const group *g, uint32_t *match, nerx_error *error) {
    if (!pair(g, weigh_for_reader, match, error)) return false;
    for (uint32_t i = 0; i < g->gold_count; i++) {
        if (match[i] == NERX_NONE) continue;
        eval_mention *found = &g->found[match[i]];
        g->gold[i].match = (uint32_t)(found - d->found.mentions.items);
        found->match = (uint32_t)(&g->gold[i] - d->gold.mentions.items);
        found->ignored = g->gold[i].optional;
    }
    for (uint32_t i = 0; i < g->found_count; i++) {
        eval_mention *found = &g->found[i];
        if (found->match == NERX_NONE) found->ignored = explained(found, g);
    }
    return true;
}

/* Without what counts neither for nor against; copies, so that the pairing people see stays. */
static group required(const group *g, eval_mention *copies) {
    group out = {copies, copies, 0, 0};
    for (uint32_t i = 0; i < g->gold_count; i++) {
        if (!g->gold[i].optional) out.gold[out.gold_count++] = g->gold[i];
    }
    out.found = copies + out.gold_count;
    for (uint32_t i = 0; i < g->found_count; i++) {
        if (!g->found[i].ignored) out.found[out.found_count++] = g->found[i];
    }
    return out;
}

static bool count(const group *g, eval_counts *counts, uint32_t *match, nerx_error *error) {
    static weigh *const weights[MEASURES] = {weigh_strict, weigh_partial, weigh_type, weigh_span};
    for (uint32_t i = 0; i < g->gold_count; i++)
        counts[g->gold[i].type].gold++;
    for (uint32_t i = 0; i < g->found_count; i++)
        counts[g->found[i].type].found++;
    for (unsigned m = 0; m < MEASURES; m++) {
        if (!pair(g, weights[m], match, error)) return false;
        for (uint32_t i = 0; i < g->gold_count; i++) {
            if (match[i] == NERX_NONE) continue;
            const eval_mention *found = &g->found[match[i]];
            uint32_t halves = m == MEASURE_PARTIAL && !same_span(&g->gold[i], found) ? 1 : 2;
            counts[g->gold[i].type].hits[m].of_gold += halves;
            counts[found->type].hits[m].of_found += halves;
        }
    }
    return true;
}

static group next_group(const eval_document *d, uint32_t *gold, uint32_t *found) {
    group g = {d->gold.mentions.items + *gold, d->found.mentions.items + *found, 0, 0};
    uint32_t end = 0;
    for (;;) {
        const eval_mention *a = *gold < d->gold.mentions.count ? &d->gold.mentions.items[*gold] : NULL;
        const eval_mention *b = *found < d->found.mentions.count ? &d->found.mentions.items[*found] : NULL;
        bool take_gold = a && (!b || a->span.start <= b->span.start);
        const eval_mention *next = take_gold ? a : b;
        bool first = !g.gold_count && !g.found_count;
        if (!next || (!first && next->span.start >= end)) return g;
        if (next->span.end > end) end = next->span.end;
        if (take_gold) {
            ++*gold, g.gold_count++;
        } else {
            ++*found, g.found_count++;
        }
    }
}

static void sort(eval_side *side) {
    for (uint32_t i = 0; i < side->mentions.count; i++) {
        side->mentions.items[i].match = NERX_NONE;
        side->mentions.items[i].ignored = false;
    }
    if (side->mentions.count > 1)
        qsort(side->mentions.items, side->mentions.count, sizeof *side->mentions.items, by_place);
}

bool align(eval_document *d, eval_counts *counts, nerx_error *error) {
    sort(&d->gold);
    sort(&d->found);
    uint32_t total = d->gold.mentions.count + d->found.mentions.count;
    uint32_t *match = malloc((total + 1) * sizeof *match);
    eval_mention *copies = malloc((total + 1) * sizeof *copies);
    bool aligned = (match && copies) || error_memory(error);
    for (uint32_t gold = 0, found = 0; aligned && gold + found < total;) {
        group g = next_group(d, &gold, &found);
        aligned = join(d, &g, match, error);
        group counted = required(&g, copies);
        aligned = aligned && count(&counted, counts, match, error);
    }
    free(match);
    free(copies);
    return aligned;
}
