/* Running rules over a sentence. */
#include "match/automaton.h"

#include <stdlib.h>

#include "base/error.h"
#include "match/attempts.h"
#include "match/captures.h"

struct tagger {
    const model *model;
    signatures *signatures;
    runner *runners;
    uint32_t count;
};

/* The rules of a state may match the tokens [start, end). */
static bool accept(runner *r, uint32_t number, uint32_t start, uint32_t end) {
    const state *at = states_at(&r->states, number);
    for (uint32_t k = 0; k < at->accept_count; k++) {
        uint32_t rule_number = r->states.accepts.items[at->first_accept + k];
        program_rule *by = &r->rules[rule_number];
        if (by->scan != r->scan) {
            by->scan = r->scan;
            by->lengths = 0;
            if (!vec_push(&r->arena, &r->found, rule_number)) return false;
        }
        by->lengths |= (uint64_t)1 << (end - start - 1);
    }
    return true;
}

/* The last token behind a match that begins at `start`. */
static uint32_t last_end(const runner *r, uint32_t start) {
    return r->sentence_end - start < MAX_MATCH ? r->sentence_end : start + MAX_MATCH;
}

/* States by token, from `base` as far as `reach`. */
typedef struct scan {
    runner *r;
    uint32_t start, limit; /* of the match */
    uint32_t base, reach;
    uint32_t states_at[MAX_MATCH + 1];
} scan;

static void arrive(scan *s, uint32_t end, uint32_t state_number) {
    if (end > s->limit || state_number == DEAD) return;
    while (s->reach < end)
        s->states_at[++s->reach - s->base] = DEAD;
    uint32_t *at = &s->states_at[end - s->base];
    *at = states_union(&s->r->states, *at, state_number);
}

static uint32_t step(scan *s, uint32_t i, uint32_t from, uint32_t label) {
    return i == s->start ? states_first(&s->r->states, label) : states_step(&s->r->states, from, label);
}

/* From where an attempt has come to, over phrases, too. */
static bool scan_edges(runner *r, const attempt *a, uint32_t limit) {
    scan s; /* most of it is never touched */
    s.r = r;
    s.start = a->start;
    s.limit = limit;
    s.base = s.reach = a->at;
    s.states_at[0] = a->state;
    for (uint32_t i = s.base; i <= s.reach; i++) {
        uint32_t from = s.states_at[i - s.base];
        if (from == DEAD && i > s.start) continue;
        if (from & ACCEPTS && !accept(r, from, s.start, i)) return false;
        if (i == limit) break;
        arrive(&s, i + 1, step(&s, i, from, window_ask(r, i)));
        for (uint32_t e = r->edge_at.items[i - r->first]; e < r->edge_at.items[i + 1 - r->first]; e++)
            arrive(&s, r->edges.items[e].end, step(&s, i, from, r->edges.items[e].label));
    }
    return !r->states.failed;
}

/* All rules that may match from one token, with the lengths of the matches: r->found. */
static bool scan_from(runner *r, attempt a) {
    uint32_t limit = last_end(r, a.start);
    r->found.count = 0;
    r->scan++;
    for (;;) {
        if (a.at < limit && window_begins_edge(r, a.at)) return scan_edges(r, &a, limit);
        if (a.state & ACCEPTS && !accept(r, a.state, a.start, a.at)) return false;
        if (a.at == limit) break;
        a.state = states_step(&r->states, a.state, window_ask(r, a.at++));
        if (a.state == DEAD) break;
    }
    return !r->states.failed;
}

/* Does it end where it has come to, and nowhere else? */
static bool is_over(runner *r, attempt a) {
    uint32_t limit = last_end(r, a.start);
    if (!(a.state & ACCEPTS)) return false;
    while (a.at < limit) {
        if (window_begins_edge(r, a.at)) return false;
        a.state = states_step(&r->states, a.state, window_ask(r, a.at++));
        if (a.state == DEAD) return true;
        if (a.state & ACCEPTS) return false;
    }
    return true;
}

/* Is it inside what this rule has found last? What lies inside a mention, or is it once more, testifies nothing. */
static bool repeated(program_rule *by, const rule_match *m, uint64_t sentence_number) {
    bool marked = m->mention_start < m->mention_end;
    uint32_t start = marked ? m->mention_start : m->start, end = marked ? m->mention_end : m->end;
    if (by->sentence == sentence_number && start >= by->last_start && end <= by->last_end) return true;
    by->sentence = sentence_number;
    by->last_start = start;
    by->last_end = end;
    return false;
}

static void sort(uint32_t *items, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        uint32_t moving = items[i], k = i;
        for (; k && items[k - 1] > moving; k--)
            items[k] = items[k - 1];
        items[k] = moving;
    }
}

static bool add_match(runner *r, document *d, program_rule *by, uint32_t start, uint32_t end, bool *matched) {
    uint32_t captures = d->captures.count;
    rule_match m;
    if (!captures_work_out(r, d, by, start, end, &m, matched)) return false;
    if (*matched && !repeated(by, &m, r->sentence)) return vec_push(d->arena, &d->matches, m);
    d->captures.count = captures;
    return true;
}

/* The longest match of a rule whose conditions hold. */
static bool add_longest(runner *r, document *d, program_rule *by, uint32_t start) {
    bool matched = false;
    for (uint64_t left = by->lengths; left && !matched;) {
        uint32_t longest = 63 - (uint32_t)__builtin_clzll(left);
        left ^= (uint64_t)1 << longest;
        if (!add_match(r, d, by, start, start + longest + 1, &matched)) return false;
    }
    return true;
}

static bool add_found(runner *r, document *d, uint32_t start) {
    sort(r->found.items, r->found.count);
    for (uint32_t k = 0; k < r->found.count; k++) {
        if (!add_longest(r, d, &r->rules[r->found.items[k]], start)) return false;
    }
    return true;
}

/* The rules of the state to which an attempt has come. */
static bool add_accepted(runner *r, document *d, attempt a) {
    const state *at = states_at(&r->states, a.state);
    for (uint32_t k = 0; k < at->accept_count; k++) {
        bool matched;
        program_rule *by = &r->rules[r->states.accepts.items[at->first_accept + k]];
        if (!add_match(r, d, by, a.start, a.at, &matched)) return false;
    }
    return true;
}

static bool follow_attempts(runner *r, document *d) {
    for (uint32_t k = 0; k < r->attempts.count; k++) {
        attempt a = r->attempts.items[k];
        if (is_over(r, a)) {
            if (!add_accepted(r, d, a)) return false;
        } else if (!scan_from(r, a) || !add_found(r, d, a.start)) {
            return false;
        }
    }
    return !r->states.failed;
}

/* All matches that begin at one of the tokens [first, end) of a sentence, behind which no label is seen. */
static bool scan_tokens(runner *r, document *d, uint32_t first, uint32_t end) {
    uint32_t *behind = r->sentence_end <= r->end ? &r->token_labels.items[r->sentence_end - r->first] : NULL;
    uint32_t label = behind ? *behind : LABEL_NONE;
    if (behind) *behind = LABEL_NONE;
    bool done = attempts_begin(r, first, end) && follow_attempts(r, d);
    if (behind) *behind = label;
    states_forget_if_large(&r->states);
    return done && !r->states.failed && !r->labels.failed;
}

/* Forgets what is too much, or was half learned when memory was short. */
static bool tidy_up(runner *r) {
    states_forget_if_large(&r->states);
    if (labels_forget_if_large(&r->labels)) states_forget(&r->states);
    return !r->labels.failed && !r->states.failed;
}

static bool look_at(runner *r, uint32_t first, uint32_t end) {
    return tidy_up(r) && window_fill(r, first, end);
}

static void enter_sentence(runner *r, const sentence *in) {
    r->sentence_first = in->first;
    r->sentence_end = in->end;
    r->sentence++;
}

/* A sentence longer than a window, which reaches as far as a match can, and one token back. */
static bool run_long(runner *r, document *d, const sentence *in) {
    enter_sentence(r, in);
    for (uint32_t i = in->first; i < in->end; i += WINDOW) {
        uint32_t end = in->end - i < WINDOW ? in->end : i + WINDOW;
        uint32_t back = i - in->first < MAX_MATCH ? i - in->first : MAX_MATCH;
        uint32_t ahead = in->end - end < MAX_MATCH + 1 ? in->end - end : MAX_MATCH + 1;
        r->next_mention = window_first_mention(d, i - back);
        if (!look_at(r, i - back, end + ahead) || !scan_tokens(r, d, i, end)) return false;
    }
    return true;
}

static bool run_sentence(runner *r, document *d, const sentence *in) {
    if (in->end - in->first > WINDOW) return run_long(r, d, in);
    r->sentence_end = in->end;
    if (!look_at(r, in->first, in->end)) return false;
    enter_sentence(r, in);
    return scan_tokens(r, d, in->first, in->end);
}

/* Only sentences with mentions, if these can matter. */
static bool run_near_mentions(runner *r, document *d, range sentences) {
    uint32_t first = d->sentences.items[sentences.first].first, behind = sentences.first + sentences.count;
    if (!tidy_up(r)) return false;
    for (uint32_t m = window_first_mention(d, first); m < d->mentions.count;) {
        uint32_t index = d->mentions.items[m].sentence;
        bool wanted = false;
        if (index >= behind) return true;
        r->next_mention = m;
        for (; m < d->mentions.count && d->mentions.items[m].sentence == index; m++)
            wanted = wanted || attempts_may_begin(r, &d->mentions.items[m]);
        if (r->labels.failed || r->states.failed) return false;
        if (wanted && !run_sentence(r, d, &d->sentences.items[index])) return false;
    }
    return true;
}

static bool run(runner *r, document *d, range sentences) {
    const sentence *in = d->sentences.items + sentences.first;
    r->d = d;
    r->next_edge = 0;
    if (r->asks_mentions && r->steps_before) return run_near_mentions(r, d, sentences);
    if (sentences.count == 1 && in->end - in->first > WINDOW) return run_long(r, d, in);
    r->sentence_end = in[sentences.count - 1].end;
    r->next_mention = window_first_mention(d, in->first);
    if (!look_at(r, in->first, r->sentence_end)) return false;
    for (uint32_t i = 0; i < sentences.count; i++) {
        enter_sentence(r, &in[i]);
        if (!scan_tokens(r, d, in[i].first, in[i].end)) return false;
    }
    return true;
}

/* Programs are opened when a sentence of their language comes. */
tagger *tagger_new(const model *m, signatures *s, nerx_error *error) {
    tagger *t = calloc(1, sizeof *t);
    for (uint32_t k = 0; t && k < m->layer_count; k++)
        t->count += m->layers[k].rules.program_count;
    if (t) t->runners = calloc((size_t)t->count + 1, sizeof *t->runners);
    if (!t || !t->runners) {
        free(t);
        error_memory(error);
        return NULL;
    }
    t->model = m;
    t->signatures = s;
    uint32_t count = 0;
    for (uint32_t k = 0; k < m->layer_count; k++) {
        const rule_layer *l = &m->layers[k].rules;
        for (uint32_t i = 0; i < l->program_count; i++)
            t->runners[count++] = (runner){.model = m, .layer = l, .program = &l->programs[i]};
    }
    return t;
}

/* Kinds are others. */
static void forget_begins(runner *r) {
    for (uint32_t type = 0; r->begins && type <= model_type_count(r->model); type++)
        r->begins[type].by_kind.count = 0;
}

void tagger_begin(tagger *t) {
    for (uint32_t i = 0; i < t->count; i++) {
        runner *r = &t->runners[i];
        if (!r->open) continue;
        labels_begin(&r->labels);
        if (!r->labels.by_kind.count) forget_begins(r);
    }
}

static bool run_programs(tagger *t, document *d, range sentences, unsigned pass) {
    uint32_t language = d->sentences.items[sentences.first].language;
    for (uint32_t i = 0; i < t->count; i++) {
        runner *r = &t->runners[i];
        if (r->program->language != language || r->program->pass != pass) continue;
        if (!r->open && !runner_open(r, t->signatures, t->model, r->layer, r->program)) return false;
        if (!run(r, d, sentences)) return false;
    }
    return true;
}

bool tagger_run(tagger *t, document *d, unsigned pass, nerx_error *error) {
    for (range at = {0, 0}; (at = window_sentences(d, at.first + at.count)).count;) {
        if (!run_programs(t, d, at, pass)) return error_memory(error);
    }
    return true;
}

void tagger_free(tagger *t) {
    if (!t) return;
    for (uint32_t i = 0; i < t->count; i++)
        runner_close(&t->runners[i]);
    free(t->runners);
    free(t);
}
