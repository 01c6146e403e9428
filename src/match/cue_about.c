/* What a document is about: what every sixth of its sentences has a word for. */
#include "match/cue_set.h"

enum { SENTENCES_FOR_TOPIC = 6 /* one in so many speaks of it */ };

static const uint64_t known_label = (uint64_t)1 << MOST_TOPICS;

static uint32_t topic_of(const cue_set *s, uint32_t test) {
    uint32_t i = 0;
    while (i < s->topics.count && s->topics.items[i] != test)
        i++;
    return i;
}

bool cue_set_find_topics(cue_set *s) {
    for (uint32_t i = 0; i < s->joint.count; i++) {
        uint32_t test = s->cues[s->joint.items[i]].tests[CUE_ABOUT];
        if (test == CUE_NO_TEST || topic_of(s, test) < s->topics.count || s->topics.count == MOST_TOPICS) continue;
        if (!vec_push(&s->r.arena, &s->topics, test)) return false;
    }
    return true;
}

/* The topics of a label as bits; without `known_label` if memory is short. */
static uint64_t topics_of_label(cue_set *s, uint32_t label) {
    while (s->speaks_of.count <= label) {
        if (!vec_push(&s->learned, &s->speaks_of, 0)) return 0;
    }
    uint64_t *known = &s->speaks_of.items[label];
    if (*known) return *known;
    *known = known_label;
    for (uint32_t i = 0; i < s->topics.count; i++) {
        if (label_holds(&s->r.labels, label, s->topics.items[i])) *known |= (uint64_t)1 << i;
    }
    return *known;
}

static uint32_t label_of(labels *l, document *d, uint32_t i) {
    uint32_t kind = d->tokens.items[i].kind;
    uint32_t known = kind < l->by_kind.count ? l->by_kind.items[kind] : 0;
    return known ? known - 1 : labels_work_out(l, d, i, 0);
}

/* Counts the topics of a sentence. */
static bool count_sentence(cue_set *s, document *d, const sentence *in, uint32_t *counts) {
    uint64_t found = 0;
    if (labels_forget_if_large(&s->r.labels)) cue_set_forget(s);
    for (uint32_t i = in->first; i < in->end; i++) {
        uint64_t topics = topics_of_label(s, label_of(&s->r.labels, d, i));
        if (!topics) return false;
        found |= topics;
    }
    for (found &= known_label - 1; found; found &= found - 1)
        counts[__builtin_ctzll(found)]++;
    return !s->r.labels.failed;
}

static bool allows(const cue_set *s, const cue *c, const uint32_t *counts, uint32_t sentences) {
    uint32_t topic = c->tests[CUE_ABOUT] == CUE_NO_TEST ? MOST_TOPICS : topic_of(s, c->tests[CUE_ABOUT]);
    if (topic == MOST_TOPICS) return true;
    return counts[topic] && (uint64_t)counts[topic] * SENTENCES_FOR_TOPIC >= sentences;
}

/* The most that a joint cue can add, by the spans it is asked of. */
static void add_bonus(cue_set *s, const cue *c, const int16_t *points) {
    for (uint32_t t = 0; t < s->type_count; t++) {
        int32_t more = points[t] > 0 ? points[t] : 0;
        for (uint32_t kind = 0; kind < SPAN_KINDS; kind++) {
            int16_t *bonus = &s->bonus[kind][t];
            if (c->flags & (kind == KIND_SINGLE ? CUE_MULTI : CUE_SINGLE)) continue;
            *bonus = (int16_t)(*bonus + more > MOST_POINTS ? MOST_POINTS : *bonus + more);
        }
    }
}

bool cue_set_read(cue_set *s, document *d) {
    uint32_t counts[MOST_TOPICS] = {0}, sentences = 0;
    for (uint32_t i = 0; i < d->sentences.count && s->topics.count; i++) {
        const sentence *in = &d->sentences.items[i];
        if (in->language != s->r.program->language) continue;
        if (!count_sentence(s, d, in, counts)) return false;
        sentences++;
    }
    memset(s->bonus, 0, sizeof s->bonus);
    for (uint32_t kind = 0; kind < SPAN_KINDS && s->words; kind++)
        memset(s->apt[kind], 0, s->words * sizeof *s->apt[kind]);
    for (uint32_t i = 0; i < s->joint.count; i++) {
        const cue *c = &s->cues[s->joint.items[i]];
        if (!allows(s, c, counts, sentences)) continue;
        add_bonus(s, c, s->points + (size_t)s->joint.items[i] * MOST_TYPES);
        for (uint32_t kind = 0; kind < SPAN_KINDS; kind++) {
            bool apt = !(c->flags & (kind == KIND_SINGLE ? CUE_MULTI : CUE_SINGLE));
            s->apt[kind][i / 64] |= (uint64_t)apt << (i % 64);
        }
    }
    s->is_read = true;
    return true;
}
