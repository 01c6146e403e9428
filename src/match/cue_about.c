/* What a document is about: what every sixth of its sentences has a word for. */
#include "match/cue_set.h"

enum { SENTENCES_FOR_TOPIC = 6 /* one in so many speaks of it */ };

static uint32_t topic_of(const cue_set *s, uint32_t test) {
    uint32_t i = 0;
    while (i < s->topics.count && s->topics.items[i] != test)
        i++;
    return i;
}

bool cue_set_find_topics(cue_set *s) {
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t test = s->cues[i].tests[CUE_ABOUT];
        if (test == CUE_NO_TEST || topic_of(s, test) < s->topics.count || s->topics.count == MOST_TOPICS) continue;
        if (!vec_push(&s->r.arena, &s->topics, test)) return false;
    }
    return true;
}

uint64_t cue_set_topics(const cue_set *s, uint32_t label) {
    uint64_t found = 0;
    for (uint32_t i = 0; i < s->topics.count; i++)
        found |= (uint64_t)label_holds(&s->r.labels, label, s->topics.items[i]) << i;
    return found;
}

/* Adds one to the count of each topic of a sentence. */
static bool count_sentence(cue_set *s, document *d, const sentence *in, uint32_t *counts) {
    if (!cue_set_make_room(s, d)) return false;
    const uint32_t *known = s->by_kind.items;
    uint64_t found = 0;
    for (uint32_t i = in->first; i < in->end; i++) {
        uint32_t sight = known[d->tokens.items[i].kind];
        if (!sight && !(sight = cue_set_look(s, d, i))) return false;
        if (sight & SPEAKS) found |= cue_set_topics(s, cue_set_label(s, d, i));
    }
    for (; found; found &= found - 1)
        counts[__builtin_ctzll(found)]++;
    return !s->r.labels.failed;
}

/* The topics that enough sentences speak of, as bits. */
static bool find_topics(cue_set *s, document *d, uint64_t *found) {
    uint32_t counts[MOST_TOPICS] = {0}, sentences = 0;
    for (uint32_t i = 0; i < d->sentences.count && s->topics.count; i++) {
        const sentence *in = &d->sentences.items[i];
        if (in->language != s->r.program->language) continue;
        if (!count_sentence(s, d, in, counts)) return false;
        sentences++;
    }
    *found = 0;
    for (uint32_t i = 0; i < s->topics.count; i++)
        *found |= (uint64_t)(counts[i] && (uint64_t)counts[i] * SENTENCES_FOR_TOPIC >= sentences) << i;
    return true;
}

bool cue_set_allows(const cue_set *s, const cue *c, uint64_t topics) {
    uint32_t topic = c->tests[CUE_ABOUT] == CUE_NO_TEST ? MOST_TOPICS : topic_of(s, c->tests[CUE_ABOUT]);
    return topic == MOST_TOPICS || topics >> topic & 1;
}

static bool is_for(const cue *c, uint32_t kind) {
    return !(c->flags & (kind == KIND_SINGLE ? CUE_MULTI : CUE_SINGLE));
}

static void work_out(cue_set *s, uint32_t kind) {
    s->always[kind] = (lanes){0};
    for (uint32_t i = 0; i < s->topical.count; i++) {
        const cue *c = &s->cues[s->topical.items[i]];
        if (!is_for(c, kind) || !cue_set_allows(s, c, s->about)) continue;
        s->always[kind] = cue_set_add(s->always[kind], s->points[s->topical.items[i]]);
    }
    s->apt_words[kind] = 0;
    for (uint32_t i = 0; i < s->joint.count; i++) {
        const cue *c = &s->cues[s->joint.items[i]];
        if (i % 64 == 0) s->apt[kind][i / 64] = 0;
        if (!is_for(c, kind) || !cue_set_allows(s, c, s->about)) continue;
        s->apt[kind][i / 64] |= (uint64_t)1 << (i % 64);
        s->apt_words[kind] = i / 64 + 1;
    }
}

bool cue_set_read(cue_set *s, document *d) {
    uint64_t about;
    if (!find_topics(s, d, &about)) return false;
    bool as_before = s->is_worked_out && about == s->about;
    s->about = about;
    for (uint32_t kind = 0; kind < SPAN_KINDS && !as_before; kind++)
        work_out(s, kind);
    s->is_worked_out = s->is_read = true;
    return true;
}
