/* Asking cues of the sentences of a document. */
#include "match/cues.h"

#include <stdlib.h>

#include "base/error.h"
#include "match/cue_set.h"

enum { CHUNK = 1024 /* tokens of a long sentence asked together */ };

struct cue_reader {
    const model *model;
    signatures *signatures;
    cue_set *sets;
    uint32_t count;
    uint32_t asked; /* the document's first candidates: those there were when cues were asked of its spans */
};

static bool ask_stretch(cue_set *s, document *d, const sentence *in, const cue_question *q) {
    uint32_t back = q->first - in->first < MARGIN ? q->first - in->first : MARGIN;
    uint32_t ahead = in->end - q->end < MAX_MATCH ? in->end - q->end : MAX_MATCH;
    return cue_set_enter(s, d, q->first - back, q->end + ahead) && cue_set_ask(s, d, q);
}

/* A long sentence is asked in parts. */
static bool ask_sentence(cue_set *s, document *d, uint32_t sentence_index, bool late, bool explain) {
    const sentence *in = &d->sentences.items[sentence_index];
    cue_question q = {.sentence = sentence_index, .late = late, .explain = explain};
    uint32_t step = in->end - in->first > WINDOW ? CHUNK : WINDOW;
    for (q.first = in->first; q.first < in->end; q.first = q.end) {
        q.end = in->end - q.first < step ? in->end : q.first + step;
        if (!ask_stretch(s, d, in, &q)) return false;
    }
    return true;
}

static bool ask_programs(cue_reader *c, document *d, uint32_t sentence_index, bool late, bool explain) {
    for (uint32_t k = 0; k < c->count; k++) {
        cue_set *s = &c->sets[k];
        const program *p = s->r.program;
        if (p->language != d->sentences.items[sentence_index].language) continue;
        if (!s->r.open && !cue_set_open(s, c->signatures, c->model, s->r.layer, p)) return false;
        if (!s->is_read && !cue_set_read(s, d)) return false;
        if (!ask_sentence(s, d, sentence_index, late, explain)) return false;
    }
    return true;
}

bool cues_testify(cue_reader *c, document *d, bool explain, nerx_error *error) {
    for (uint32_t k = 0; k < c->count; k++) {
        c->sets[k].is_read = false;
        c->sets[k].edge = 0;
    }
    for (uint32_t i = 0; i < d->sentences.count; i++) {
        if (!ask_programs(c, d, i, false, explain)) return error_memory(error);
    }
    c->asked = d->candidates.count;
    return true;
}

/* A bit for each sentence that has candidates which have not been asked; NULL if memory is short. */
static uint64_t *find_late(const cue_reader *c, const document *d) {
    uint64_t *late = arena_array(d->arena, uint64_t, d->sentences.count / 64 + 1);
    for (uint32_t i = c->asked; late && i < d->candidates.count; i++) {
        uint32_t sentence_index = d->candidates.items[i].sentence;
        if (!d->candidates.items[i].cued) late[sentence_index / 64] |= (uint64_t)1 << (sentence_index % 64);
    }
    return late;
}

bool cues_testify_late(cue_reader *c, document *d, bool explain, nerx_error *error) {
    if (c->asked == d->candidates.count) return true;
    uint64_t *late = find_late(c, d);
    if (!late) return error_memory(error);
    for (uint32_t k = 0; k < c->count; k++)
        c->sets[k].edge = 0;
    for (uint32_t w = 0; w <= d->sentences.count / 64; w++) {
        for (uint64_t left = late[w]; left; left &= left - 1) {
            uint32_t i = w * 64 + (uint32_t)__builtin_ctzll(left);
            if (!ask_programs(c, d, i, true, explain)) return error_memory(error);
        }
    }
    return true;
}

cue_reader *cues_new(const model *m, signatures *s, nerx_error *error) {
    cue_reader *c = calloc(1, sizeof *c);
    uint32_t count = 0;
    for (uint32_t k = 0; k < m->layer_count; k++) {
        for (uint32_t i = 0; i < m->layers[k].rules.program_count; i++)
            count += m->layers[k].rules.programs[i].pass == CUE_PASS;
    }
    if (c) c->sets = calloc((size_t)count + 1, sizeof *c->sets);
    if (!c || !c->sets) {
        free(c);
        error_memory(error);
        return NULL;
    }
    c->model = m;
    c->signatures = s;
    for (uint32_t k = 0; k < m->layer_count; k++) {
        const rule_layer *l = &m->layers[k].rules;
        for (uint32_t i = 0; i < l->program_count; i++) {
            if (l->programs[i].pass == CUE_PASS)
                c->sets[c->count++].r = (runner){.model = m, .layer = l, .program = &l->programs[i]};
        }
    }
    return c;
}

void cues_begin(cue_reader *c) {
    for (uint32_t i = 0; i < c->count; i++)
        cue_set_begin(&c->sets[i]);
}

void cues_free(cue_reader *c) {
    if (!c) return;
    for (uint32_t i = 0; i < c->count; i++)
        cue_set_close(&c->sets[i]);
    free(c->sets);
    free(c);
}
