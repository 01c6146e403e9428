/* The cues of one program. */
#include "match/cue_set.h"

#include "match/weights.h"

static uint32_t type_slot(cue_set *s, uint32_t type) {
    uint32_t i = 0;
    while (i < s->type_count && s->types[i] != type)
        i++;
    if (i == s->type_count && i < MOST_TYPES) s->types[s->type_count++] = type;
    return i;
}

static void read_points(cue_set *s, uint32_t i) {
    for (uint32_t k = 0; k < s->cues[i].points_count; k++) {
        const cue_points *p = &s->r.layer->cue_points[s->cues[i].first_points + k];
        uint32_t slot = type_slot(s, p->type);
        int32_t points = p->points > MOST_POINTS ? MOST_POINTS : p->points < -MOST_POINTS ? -MOST_POINTS : p->points;
        if (slot < MOST_TYPES) s->points[i][slot] = (int16_t)points;
    }
}

static uint32_t count_places(const cue *c) {
    uint32_t count = 0;
    for (uint32_t k = 0; k < CUE_PLACES; k++)
        count += c->tests[k] != CUE_NO_TEST;
    return count;
}

static bool is_joint(const cue *c) {
    return count_places(c) > (c->tests[CUE_EACH] == CUE_NO_TEST && c->tests[CUE_ABOUT] == CUE_NO_TEST);
}

static bool read_cue(cue_set *s, uint32_t i) {
    const cue *c = &s->cues[i];
    if (c->flags & CUE_SPANS) {
        s->spans = c;
        return true;
    }
    read_points(s, i);
    if (count_places(c)) return true;
    if (c->tests[CUE_ABOUT] == CUE_NO_TEST) return vec_push(&s->r.arena, &s->untested, i);
    return vec_push(&s->r.arena, &s->topical, i);
}

/* Puts the tests of a cue behind those that are there; `at`: by test, where its next use goes. Where that is NULL, they
 * are counted. */
static void list_uses(cue_set *s, uint32_t i, uint32_t joint_number, uint32_t *at) {
    const cue *c = &s->cues[i];
    bool joint = is_joint(c);
    for (uint32_t k = 0; k < CUE_PLACES; k++) {
        if (c->tests[k] == CUE_NO_TEST) continue;
        if (at) {
            s->uses[at[c->tests[k]]++] = (cue_use){joint ? joint_number : i, (uint8_t)k, joint};
        } else {
            s->use_starts[c->tests[k] + 1]++;
        }
    }
}

static void list_all_uses(cue_set *s, uint32_t *at) {
    for (uint32_t i = 0; i < s->count; i++) {
        if (!(s->cues[i].flags & CUE_SPANS) && !is_joint(&s->cues[i])) list_uses(s, i, 0, at);
    }
    for (uint32_t k = 0; k < s->joint.count; k++)
        list_uses(s, s->joint.items[k], k, at);
}

static bool index_uses(cue_set *s) {
    arena *a = &s->r.arena;
    uint32_t tests = s->r.labels.tests.test_count, *at = arena_array(a, uint32_t, (size_t)tests + 1);
    s->use_starts = arena_array(a, uint32_t, (size_t)tests + 1);
    if (!at || !s->use_starts) return false;
    list_all_uses(s, NULL);
    for (uint32_t i = 0; i < tests; i++)
        s->use_starts[i + 1] += s->use_starts[i];
    s->uses = arena_array(a, cue_use, (size_t)s->use_starts[tests] + 1);
    if (!s->uses) return false;
    memcpy(at, s->use_starts, ((size_t)tests + 1) * sizeof *at);
    list_all_uses(s, at);
    return true;
}

/* Lists the joint cues of a topic, or the others. */
static bool list_joint(cue_set *s, bool of_topic) {
    for (uint32_t i = 0; i < s->count; i++) {
        const cue *c = &s->cues[i];
        if (c->flags & CUE_SPANS || !is_joint(c) || (c->tests[CUE_ABOUT] != CUE_NO_TEST) != of_topic) continue;
        if (!vec_push(&s->r.arena, &s->joint, i)) return false;
    }
    return true;
}

static bool read_joint(cue_set *s) {
    if (!list_joint(s, false) || !list_joint(s, true)) return false;
    arena *a = &s->r.arena;
    s->words = (s->joint.count + 63) / 64;
    for (uint32_t kind = 0; kind < SPAN_KINDS; kind++)
        s->apt[kind] = arena_array(a, uint64_t, s->words);
    for (uint32_t k = 0; k < CUE_PLACES; k++)
        s->unasked[k] = arena_array(a, uint64_t, s->words);
    if (a->failed) return false;
    for (uint32_t i = 0; i < s->joint.count; i++) {
        for (uint32_t k = 0; k < CUE_PLACES; k++) {
            uint64_t bit = (uint64_t)1 << (i % 64);
            if (s->cues[s->joint.items[i]].tests[k] == CUE_NO_TEST) s->unasked[k][i / 64] |= bit;
        }
    }
    return true;
}

static bool read_cues(cue_set *s) {
    s->cues = s->r.layer->cues + s->r.program->first_cue;
    s->first = s->r.layer->first_cue + s->r.program->first_cue;
    s->count = s->r.program->cue_count;
    s->points = arena_array(&s->r.arena, lanes, s->count);
    if (!s->points) return false;
    for (uint32_t i = 0; i < s->count; i++) {
        if (!read_cue(s, i)) return false;
    }
    for (uint32_t t = 0; t < MOST_TYPES; t++)
        s->least[t] = t < s->type_count ? WEIGHT_CANDIDATE : INT16_MAX;
    return read_joint(s) && index_uses(s) && cue_set_find_topics(s);
}

bool cue_set_open(cue_set *s, signatures *words, const model *m, const rule_layer *l, const program *p) {
    if (!runner_open(&s->r, words, m, l, p)) return false;
    if (read_cues(s)) return true;
    cue_set_close(s);
    return false;
}

void cue_set_close(cue_set *s) {
    arena_free(&s->learned);
    runner_close(&s->r);
    *s = (cue_set){.r = s->r};
}
