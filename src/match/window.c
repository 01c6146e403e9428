/* Labels and edges of a stretch of the text. */
#include "match/runner.h"

range window_sentences(const document *d, uint32_t first) {
    range r = {first, 0};
    if (first == d->sentences.count) return r;
    const sentence *in = d->sentences.items + first;
    while (first + r.count < d->sentences.count && in[r.count].language == in->language &&
           (r.count == 0 || in[r.count].end - in->first <= WINDOW))
        r.count++;
    return r;
}

uint32_t window_first_mention(const document *d, uint32_t i) {
    uint32_t low = 0, high = d->mentions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->mentions.items[middle].start < i) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The first edge of the window, found from that of the window before. */
static uint32_t next_edge(runner *r) {
    const document *d = r->d;
    uint32_t e = r->next_edge;
    if (e && (e > d->edges.count || d->edges.items[e - 1].start >= r->first)) e = document_first_edge(d, r->first);
    while (e < d->edges.count && d->edges.items[e].start < r->first)
        e++;
    return r->next_edge = e;
}

static bool add_edge(runner *r, uint32_t start, uint32_t end, const edge *edges, uint32_t count, uint32_t type) {
    span_edge e = {start, end, labels_span(&r->labels, r->d, start, edges, count, type)};
    return e.label == LABEL_NONE || vec_push(&r->arena, &r->edges, e);
}

/* Phrases of one span together, and the mention of that span; mentions without a phrase on their own. */
static bool gather_edges(runner *r) {
    const document *d = r->d;
    uint32_t e = next_edge(r), m = r->asks_mentions ? r->next_mention : d->mentions.count;
    r->edges.count = 0;
    for (;;) {
        while (m < d->mentions.count && d->mentions.items[m].start < r->end &&
               d->mentions.items[m].end - d->mentions.items[m].start < 2)
            m++;
        const edge *phrase = e < d->edges.count && d->edges.items[e].start < r->end ? &d->edges.items[e] : NULL;
        const mention *known =
            m < d->mentions.count && d->mentions.items[m].start < r->end ? &d->mentions.items[m] : NULL;
        if (!phrase && !known) return true;
        bool mention_first =
            !phrase ||
            (known && (known->start < phrase->start || (known->start == phrase->start && known->end < phrase->end)));
        uint32_t start = mention_first ? known->start : phrase->start;
        uint32_t end = mention_first ? known->end : phrase->end, count = 0, type = 0;
        for (; !mention_first && e < d->edges.count && d->edges.items[e].start == start && d->edges.items[e].end == end;
             e++)
            count++;
        if (known && known->start == start && known->end == end) {
            type = known->type + 1;
            m++;
        }
        if (end > r->sentence_end) continue;
        if (!add_edge(r, start, end, phrase, count, type)) return false;
    }
}

/* Calls from memory what will be asked of the kinds without a label among the next tokens; the end of these. */
static const token *expect(const runner *r, const token *t, const token *end) {
    enum { AHEAD = 64 };
    const uint32_t *known = r->labels.by_kind.items;
    if (end - t > AHEAD) end = t + AHEAD;
    for (model_step step = MODEL_LINES; step <= MODEL_ENTRIES; step++) {
        for (const token *i = t; i < end; i++) {
            if (i->kind < r->labels.by_kind.count && known[i->kind]) continue;
            model_readings_expect(r->model, i->look, step);
            if (i->fold != i->look) model_readings_expect(r->model, i->fold, step);
        }
    }
    return end;
}

static void label_tokens(runner *r) {
    const token *t = r->d->tokens.items + r->first;
    const uint32_t *known = r->labels.by_kind.items;
    const token *expected = t;
    uint32_t kinds = r->labels.by_kind.count;
    for (uint32_t *out = r->token_labels.items, *end = out + (r->end - r->first); out < end; out++, t++) {
        uint32_t label = t->kind < kinds ? known[t->kind] : 0;
        *out = label - 1;
        if (label) continue;
        if (t >= expected) expected = expect(r, t, r->d->tokens.items + r->end);
        *out = labels_work_out(&r->labels, r->d, (uint32_t)(t - r->d->tokens.items), 0);
        known = r->labels.by_kind.items;
        kinds = r->labels.by_kind.count;
    }
}

static void fill(uint32_t *items, uint32_t first, uint32_t end, uint32_t value) {
    for (uint32_t i = first; i < end; i++)
        items[i] = value;
}

/* Tokens that are mentions are labelled as such, the others when they are asked. */
static void label_mentions(runner *r) {
    document *d = r->d;
    memset(r->token_labels.items, LABEL_UNASKED & 0xff, (r->end - r->first) * sizeof *r->token_labels.items);
    for (uint32_t m = r->next_mention; m < d->mentions.count && d->mentions.items[m].start < r->end; m++) {
        const mention *at = &d->mentions.items[m];
        if (at->end != at->start + 1) continue;
        r->token_labels.items[at->start - r->first] = labels_work_out(&r->labels, d, at->start, at->type + 1);
    }
}

static uint32_t longest_edge(const runner *r) {
    uint32_t longest = 1;
    for (uint32_t e = 0; e < r->edges.count; e++) {
        uint32_t length = r->edges.items[e].end - r->edges.items[e].start;
        if (length > longest) longest = length;
    }
    return longest;
}

/* Where the edges of each token are. */
static void join_edges(runner *r) {
    uint32_t filled = 0;
    if (!r->edges.count) {
        memset(r->edge_at.items, 0, (r->end - r->first + 1) * sizeof *r->edge_at.items);
        return;
    }
    for (uint32_t e = 0; e < r->edges.count; e++) {
        uint32_t start = r->edges.items[e].start - r->first;
        r->token_labels.items[start] |= LABEL_EDGES;
        fill(r->edge_at.items, filled, start + 1, e);
        if (filled <= start) filled = start + 1;
    }
    fill(r->edge_at.items, filled, r->end - r->first + 1, r->edges.count);
}

bool window_fill(runner *r, uint32_t first, uint32_t end) {
    r->first = first;
    r->end = end;
    uint32_t room = end - first + 1;
    r->token_labels.count = r->edge_at.count = 0;
    if (!vec_reserve(&r->arena, &r->token_labels, room) || !vec_reserve(&r->arena, &r->edge_at, room)) return false;
    if (r->asks_mentions) {
        label_mentions(r);
    } else {
        label_tokens(r);
    }
    r->token_labels.items[end - first] = LABEL_NONE;
    if (r->labels.failed || !gather_edges(r)) return false;
    join_edges(r);
    r->longest_edge = longest_edge(r);
    return !r->labels.failed;
}

void window_learn(runner *r, uint32_t i) {
    uint32_t kind = r->d->tokens.items[i].kind;
    uint32_t known = kind < r->labels.by_kind.count ? r->labels.by_kind.items[kind] : 0;
    uint32_t label = known ? known - 1 : labels_work_out(&r->labels, r->d, i, 0);
    r->token_labels.items[i - r->first] = label | (r->token_labels.items[i - r->first] & LABEL_EDGES);
}

static bool next_holds(runner *r, uint32_t i, uint32_t test) {
    if (i == r->sentence_end) return false;
    if (label_holds(&r->labels, window_ask(r, i), test)) return true;
    for (uint32_t e = r->edge_at.items[i - r->first]; e < r->edge_at.items[i + 1 - r->first]; e++) {
        if (label_holds(&r->labels, r->edges.items[e].label, test)) return true;
    }
    return false;
}

static bool last_holds(runner *r, uint32_t i, uint32_t test) {
    if (i == r->sentence_first) return false;
    if (label_holds(&r->labels, window_ask(r, i - 1), test)) return true;
    uint32_t from = i - r->first > MAX_MATCH ? i - MAX_MATCH : r->first;
    for (uint32_t e = r->edge_at.items[from - r->first]; e < r->edges.count && r->edges.items[e].start < i; e++) {
        if (r->edges.items[e].end == i && label_holds(&r->labels, r->edges.items[e].label, test)) return true;
    }
    return false;
}

bool window_holds(runner *r, const instruction *condition, uint32_t i) {
    switch (condition->op) {
    case OP_START: return i == r->sentence_first;
    case OP_END: return i == r->sentence_end;
    case OP_NOT_NEXT: return !next_holds(r, i, condition->a);
    case OP_NOT_LAST: return !last_holds(r, i, condition->a);
    default: return false;
    }
}
