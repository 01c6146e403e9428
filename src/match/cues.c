/* Asking cues of spans. */
#include "match/cues.h"

#include <stdlib.h>

#include "base/error.h"
#include "match/candidates.h"
#include "match/cue_set.h"
#include "match/weights.h"

enum { LONGEST_SPAN = 8, CHUNK = 1024 };

struct cue_reader {
    const model *model;
    signatures *signatures;
    cue_set *sets;
    uint32_t count;
};

static bool has_points(const cue_set *s, uint32_t i, uint32_t type) {
    const cue *c = &s->cues[i];
    for (uint32_t k = 0; k < c->points_count; k++) {
        if (s->r.layer->cue_points[c->first_points + k].type == type) return true;
    }
    return false;
}

/* One witness for all cues, or each its own. */
static bool testify(cue_set *s, document *d, uint32_t start, uint32_t end, uint32_t slot, int32_t total,
                    uint32_t sentence_index, bool explain) {
    witness w = {.kind = WITNESS_CUE, .source = NERX_NONE, .points = total};
    uint32_t type = s->types[slot], at;
    if (!explain) {
        at = candidate_testify(d, start, end, type, sentence_index, &w);
        if (at != NERX_NONE) d->candidates.items[at].cued = true;
        return at != NERX_NONE;
    }
    for (uint32_t i = 0; i < s->count; i++) {
        if (!has_points(s, i, type) || !cue_set_holds(s, i, start, end)) continue;
        w.source = s->first + i;
        w.points = s->points[i * MOST_TYPES + slot];
        at = candidate_testify(d, start, end, type, sentence_index, &w);
        if (at == NERX_NONE) return false;
        d->candidates.items[at].cued = true;
    }
    return true;
}

static bool is_candidate(const document *d, uint32_t start, uint32_t end) {
    uint32_t k = d->candidate_heads[start];
    while (k != NERX_NONE && d->candidates.items[k].end != end)
        k = d->candidates.items[k].next;
    return k != NERX_NONE;
}

static bool ask_span(cue_set *s, document *d, const uint64_t *each, uint32_t start, uint32_t end,
                     uint32_t sentence_index, bool explain) {
    int32_t totals[MOST_TYPES];
    bool alone = !explain && !is_candidate(d, start, end);
    if (!cue_set_sum(s, each, start, end, alone ? WEIGHT_CANDIDATE : INT16_MIN, totals)) return true;
    for (uint32_t k = 0; k < s->type_count; k++) {
        if (alone && totals[k] < WEIGHT_CANDIDATE) continue;
        uint32_t at = candidate_find(d, start, end, s->types[k]);
        bool settled = at == NERX_NONE ? totals[k] < WEIGHT_CANDIDATE && !explain : d->candidates.items[at].cued;
        if (settled) continue;
        if (!testify(s, d, start, end, k, totals[k], sentence_index, explain)) return false;
    }
    return true;
}

static bool may(const cue_set *s, cue_place place, uint32_t token_index) {
    uint32_t test = s->spans->tests[place];
    return test == CUE_NO_TEST || label_holds(&s->r.labels, window_label(&s->r, token_index), test);
}

/* The joint cues, before any token of a span is asked. */
static uint64_t *all_joint(cue_set *s) {
    if (s->words) memset(s->each, 0xff, s->words * sizeof *s->each);
    return s->each;
}

static bool ask_from(cue_set *s, document *d, uint32_t start, uint32_t sentence_index, bool explain) {
    uint64_t *each = all_joint(s);
    for (uint32_t i = start; i < s->r.sentence_end && i - start < LONGEST_SPAN; i++) {
        if (!may(s, CUE_EACH, i)) return true;
        cue_set_narrow(s, each, i);
        if (may(s, CUE_LAST, i) && !ask_span(s, d, each, start, i + 1, sentence_index, explain)) return false;
    }
    return true;
}

static bool ask_candidate(cue_set *s, document *d, const candidate *c, bool explain) {
    uint64_t *each = all_joint(s);
    for (uint32_t i = c->start; i < c->end; i++)
        cue_set_narrow(s, each, i);
    return ask_span(s, d, each, c->start, c->end, c->sentence, explain);
}

static bool ask_candidates(cue_set *s, document *d, uint32_t token_index, bool explain) {
    for (uint32_t k = d->candidate_heads[token_index]; k != NERX_NONE; k = d->candidates.items[k].next) {
        candidate c = d->candidates.items[k];
        if (c.cued || c.end > s->r.end) continue;
        if (!ask_candidate(s, d, &c, explain)) return false;
        d->candidates.items[k].cued = true;
    }
    return true;
}

static bool is_asked(const document *d, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        for (uint32_t k = d->candidate_heads[i]; k != NERX_NONE; k = d->candidates.items[k].next) {
            if (!d->candidates.items[k].cued) return false;
        }
    }
    return true;
}

static bool ask_tokens(cue_set *s, document *d, uint32_t sentence_index, range tokens, bool late, bool explain) {
    for (uint32_t i = tokens.first; i < tokens.first + tokens.count; i++) {
        if (!late && s->spans && may(s, CUE_FIRST, i) && !ask_from(s, d, i, sentence_index, explain)) return false;
        if (d->candidate_heads[i] != NERX_NONE && !ask_candidates(s, d, i, explain)) return false;
    }
    return true;
}

static bool look_at(cue_set *s, uint32_t first, uint32_t end) {
    if (labels_forget_if_large(&s->r.labels) || cue_set_is_large(s)) cue_set_forget(s);
    return window_fill(&s->r, 0, first, end);
}

static void enter_sentence(cue_set *s, const sentence *in) {
    s->r.sentence_first = in->first;
    s->r.sentence_end = in->end;
}

static bool ask_long(cue_set *s, document *d, uint32_t sentence_index, bool late, bool explain) {
    const sentence *in = &d->sentences.items[sentence_index];
    enter_sentence(s, in);
    for (uint32_t i = in->first; i < in->end; i += CHUNK) {
        uint32_t end = in->end - i < CHUNK ? in->end : i + CHUNK;
        uint32_t back = i - in->first < 2 ? i - in->first : 2;
        uint32_t ahead = in->end - end < MAX_MATCH ? in->end - end : MAX_MATCH;
        range tokens = {i, end - i};
        if (late && is_asked(d, i, end)) continue;
        if (!look_at(s, i - back, end + ahead) || !cue_set_enter(s, i - back, end + ahead) ||
            !ask_tokens(s, d, sentence_index, tokens, late, explain))
            return false;
    }
    return true;
}

static bool ask_sentences(cue_set *s, document *d, range sentences, bool late, bool explain) {
    const sentence *in = d->sentences.items + sentences.first;
    uint32_t end = in[sentences.count - 1].end;
    s->r.d = d;
    if (sentences.count == 1 && end - in->first > WINDOW) return ask_long(s, d, sentences.first, late, explain);
    if (late && is_asked(d, in->first, end)) return true;
    s->r.sentence_end = end;
    if (!look_at(s, in->first, end)) return false;
    for (uint32_t i = 0; i < sentences.count; i++) {
        range tokens = {in[i].first, in[i].end - in[i].first};
        if (late && is_asked(d, in[i].first, in[i].end)) continue;
        enter_sentence(s, &in[i]);
        if (!cue_set_enter(s, in[i].first, in[i].end) || !ask_tokens(s, d, sentences.first + i, tokens, late, explain))
            return false;
    }
    return true;
}

static bool ask_programs(cue_reader *c, document *d, range sentences, bool late, bool explain) {
    for (uint32_t k = 0; k < c->count; k++) {
        cue_set *s = &c->sets[k];
        const program *p = s->r.program;
        if (p->language != d->sentences.items[sentences.first].language) continue;
        if (!s->r.open && !cue_set_open(s, c->signatures, c->model, s->r.layer, p)) return false;
        if (!s->is_read && !cue_set_read(s, d)) return false;
        if (!ask_sentences(s, d, sentences, late, explain)) return false;
    }
    return true;
}

static bool ask_all(cue_reader *c, document *d, bool late, bool explain, nerx_error *error) {
    for (uint32_t k = 0; k < c->count && !late; k++)
        c->sets[k].is_read = false;
    for (range at = {0, 0}; (at = window_sentences(d, at.first + at.count)).count;) {
        if (!ask_programs(c, d, at, late, explain)) return error_memory(error);
    }
    return true;
}

bool cues_testify(cue_reader *c, document *d, bool explain, nerx_error *error) {
    return ask_all(c, d, false, explain, error);
}

bool cues_testify_late(cue_reader *c, document *d, bool explain, nerx_error *error) {
    return ask_all(c, d, true, explain, error);
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
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->sets[i].r.open) labels_begin(&c->sets[i].r.labels);
    }
}

void cues_free(cue_reader *c) {
    if (!c) return;
    for (uint32_t i = 0; i < c->count; i++) {
        arena_free(&c->sets[i].learned);
        runner_close(&c->sets[i].r);
    }
    free(c->sets);
    free(c);
}
