/* What a document is about: what every sixth of its sentences has a word for. */
#include "match/cue_set.h"
#include "match/weights.h"

enum { SENTENCES_FOR_TOPIC = 6 /* one in so many speaks of it */ };

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

static bool allows(const cue_set *s, const cue *c, uint64_t topics) {
    uint32_t topic = c->tests[CUE_ABOUT] == CUE_NO_TEST ? MOST_TOPICS : topic_of(s, c->tests[CUE_ABOUT]);
    return topic == MOST_TOPICS || topics >> topic & 1;
}

/* Adds what an allowed cue can say to what is asked of others for a span of a kind. */
static void allow(cue_set *s, uint32_t i, uint32_t kind) {
    const cue *c = &s->cues[s->joint.items[i]];
    const int16_t *points = s->points + (size_t)s->joint.items[i] * MOST_TYPES;
    bool asks_more = false;
    for (uint32_t k = 0; k < CUE_PLACES; k++)
        asks_more |= c->tests[k] != CUE_NO_TEST;
    for (uint32_t t = 0; t < s->type_count; t++) {
        int32_t always = s->always[kind][t] + (asks_more ? 0 : points[t]);
        int32_t least = s->least[kind][t] - (asks_more && points[t] > 0 ? points[t] : 0);
        s->always[kind][t] = (int16_t)(always > MOST_POINTS    ? MOST_POINTS
                                       : always < -MOST_POINTS ? -MOST_POINTS
                                                               : always);
        s->least[kind][t] = (int16_t)(least < -MOST_POINTS ? -MOST_POINTS : least);
    }
    s->apt[kind][i / 64] |= (uint64_t)asks_more << (i % 64);
}

static void allow_none(cue_set *s) {
    if (s->words) memset(s->allowed, 0, s->words * sizeof *s->allowed);
    for (uint32_t kind = 0; kind < SPAN_KINDS; kind++) {
        s->always[kind] = (lanes){0};
        for (uint32_t t = 0; t < MOST_TYPES; t++)
            s->least[kind][t] = t < s->type_count ? WEIGHT_CANDIDATE : INT16_MAX;
        if (s->words) memset(s->apt[kind], 0, s->words * sizeof *s->apt[kind]);
    }
}

static void work_out(cue_set *s, uint64_t topics) {
    allow_none(s);
    for (uint32_t i = 0; i < s->joint.count; i++) {
        const cue *c = &s->cues[s->joint.items[i]];
        if (!allows(s, c, topics)) continue;
        s->allowed[i / 64] |= (uint64_t)1 << (i % 64);
        if (!(c->flags & CUE_MULTI)) allow(s, i, KIND_SINGLE);
        if (!(c->flags & CUE_SINGLE)) allow(s, i, KIND_MULTI);
    }
    for (uint32_t kind = 0; kind < SPAN_KINDS; kind++) {
        s->apt_words[kind] = s->words;
        while (s->apt_words[kind] && !s->apt[kind][s->apt_words[kind] - 1])
            s->apt_words[kind]--;
    }
    s->allowed_topics = topics;
    s->is_worked_out = true;
}

bool cue_set_read(cue_set *s, document *d) {
    uint64_t topics;
    if (!find_topics(s, d, &topics)) return false;
    if (!s->is_worked_out || topics != s->allowed_topics) work_out(s, topics);
    s->is_read = true;
    return true;
}
