/* Candidates: spans that may be mentions, with what testifies for them. */
#include "match/candidates.h"

#include "base/error.h"
#include "match/lattice.h"
#include "match/listed.h"
#include "match/weights.h"
#include "model/model.h"
#include "model/rules.h"
#include "norm/dates.h"

uint32_t candidate_find(const document *d, uint32_t start, uint32_t end, uint32_t type) {
    for (uint32_t i = d->candidate_heads[start]; i != NERX_NONE; i = d->candidates.items[i].next) {
        const candidate *c = &d->candidates.items[i];
        if (c->end == end && c->type == type) return i;
    }
    return NERX_NONE;
}

/* One rule counts once for one span, and of the readings of one list the strongest. */
static bool same_source(const document *d, const witness *a, const witness *b) {
    if (a->kind != b->kind) return false;
    if (a->kind == WITNESS_RULE) return d->matches.items[a->source].rule == d->matches.items[b->source].rule;
    if (a->kind == WITNESS_CUE) return a->source == b->source;
    return true;
}

static bool replaces(document *d, candidate *c, const witness *w) {
    for (uint32_t i = c->first_witness; i != NERX_NONE; i = d->witnesses.items[i].next) {
        witness *have = &d->witnesses.items[i];
        if (!same_source(d, have, w)) continue;
        if (w->points > have->points) {
            c->points += w->points - have->points;
            have->points = w->points;
            have->source = w->source;
            have->recall = w->recall;
        }
        return true;
    }
    return false;
}

uint32_t candidate_testify(document *d, uint32_t start, uint32_t end, uint32_t type, uint32_t sentence_index,
                           const witness *w) {
    uint32_t index = candidate_find(d, start, end, type);
    if (index == NERX_NONE) {
        index = candidate_add(d, start, end, type, sentence_index);
        if (index == NERX_NONE) return NERX_NONE;
    } else if (replaces(d, &d->candidates.items[index], w)) {
        return index;
    }
    return candidate_append(d, index, *w) ? index : NERX_NONE;
}

/* Listed names of several words that are hardly anything else. */
typedef struct cover {
    uint32_t start, end;
} cover;

typedef struct collector {
    document *d;
    VEC(cover) covers; /* by start */
    uint32_t cover;    /* those before it end before what was asked last */
    uint32_t next_listed, next_edge;
} collector;

static bool is_certain(const document *d, const edge *e) {
    reading_list all = model_phrase_readings(d->model, e->layer, e->phrase);
    for (uint32_t i = 0; i < all.count; i++) {
        reading r = model_reading(&all, i);
        const entry *named = model_entry(d->model, r.entry);
        if (named->type && named->points > WEIGHT_THRESHOLD && !(r.features & FEATURE_ADJ) &&
            !model_reading_ambiguous(d->model, r))
            return true;
    }
    return false;
}

static bool find_covers(collector *c) {
    for (uint32_t k = 0; k < c->d->edges.count; k++) {
        const edge *e = &c->d->edges.items[k];
        cover found = {e->start, e->end};
        if (is_certain(c->d, e) && !vec_push(c->d->arena, &c->covers, found)) return false;
    }
    return true;
}

/* "Indianapolis" and "Colts" inside "Indianapolis Colts": parts of a listed name are hardly names of their own. Is the
 * longest that the first word stands in longer? */
static bool is_part(collector *c, uint32_t start, uint32_t end) {
    const cover *all = c->covers.items, none = {start, start}, *longest = &none;
    uint32_t at = c->cover;
    while (at > 0 && all[at - 1].start + MAX_PHRASE_TOKENS > start)
        at--;
    while (at < c->covers.count && all[at].start + MAX_PHRASE_TOKENS <= start)
        at++;
    c->cover = at;
    for (; at < c->covers.count && all[at].start <= start; at++) {
        if (all[at].end > start && all[at].end - all[at].start > longest->end - longest->start) longest = &all[at];
    }
    return longest->end >= end && longest->end - longest->start > end - start;
}

/* At the start of a sentence and in a line of capitals a capital letter is no sign of a name ("apple" is an English
 * word, but no German one). */
static bool capital_says_nothing(const document *d, const token *t, listed_word *w, uint8_t language) {
    return t->place & (TOKEN_FIRST | TOKEN_CAPS_LINE) && t->fold != t->form && listed_is_ordinary(d, w, t, language);
}

static bool collect_word(collector *c, uint32_t i, uint32_t sentence_index, uint32_t bits) {
    document *d = c->d;
    const token *t = &d->tokens.items[i];
    listed_word *w = listed_of(d, bits);
    bool part = is_part(c, i, i + 1);
    uint8_t language = d->sentences.items[sentence_index].language;
    int first_word = capital_says_nothing(d, t, w, language) ? WEIGHT_FIRST_WORD : 0;
    for (uint32_t n = 0; n < w->count; n++) {
        const listed_name *name = &d->lexicon.names.items[w->first + n];
        int points = (part ? name->part : name->points) + first_word;
        if (points <= 0) continue;
        witness by = {.source = name->entry, .points = points, .kind = WITNESS_GAZETTEER};
        if (candidate_testify(d, i, i + 1, name->type, sentence_index, &by) == NERX_NONE) return false;
    }
    return true;
}

static bool collect_words(collector *c, uint32_t sentence_index) {
    document *d = c->d;
    uint32_t end = d->sentences.items[sentence_index].end;
    for (; c->next_listed < d->listed.count && d->listed.items[c->next_listed] < end; c->next_listed++) {
        uint32_t i = d->listed.items[c->next_listed];
        word_kind *k = &d->lexicon.kinds.items[d->tokens.items[i].kind];
        if (!(k->asks & KIND_NAMED)) continue;
        uint32_t bits = listed_bits(d, &d->tokens.items[i]);
        if (!bits || (bits & LISTED_NAMES && !collect_word(c, i, sentence_index, bits))) return false;
        if (!(bits & LISTED_NAMES)) k->asks &= (uint8_t)~KIND_NAMED; /* it will not be asked again */
    }
    return true;
}

static bool add_phrase_reading(collector *c, const edge *in, uint32_t sentence_index, reading r) {
    document *d = c->d;
    const entry *e = model_entry(d->model, r.entry);
    if (!e->type || r.features & FEATURE_ADJ) return true;
    bool doubtful = model_reading_ambiguous(d->model, r) || is_part(c, in->start, in->end);
    int points = doubtful && e->ambiguous < e->points ? e->ambiguous : e->points;
    if (!doubtful && points > WEIGHT_THRESHOLD) points += WEIGHT_PHRASE;
    if (points <= 0) return true;
    witness w = {.source = r.entry, .points = points, .kind = WITNESS_GAZETTEER};
    return candidate_testify(d, in->start, in->end, e->type - 1U, sentence_index, &w) != NERX_NONE;
}

static bool collect_phrase(collector *c, const edge *e, uint32_t sentence_index) {
    reading_list all = model_phrase_readings(c->d->model, e->layer, e->phrase);
    for (uint32_t i = 0; i < all.count; i++) {
        if (!add_phrase_reading(c, e, sentence_index, model_reading(&all, i))) return false;
    }
    return true;
}

static bool collect_phrases(collector *c, uint32_t sentence_index) {
    const document *d = c->d;
    uint32_t end = d->sentences.items[sentence_index].end;
    for (; c->next_edge < d->edges.count && d->edges.items[c->next_edge].start < end; c->next_edge++) {
        if (!collect_phrase(c, &d->edges.items[c->next_edge], sentence_index)) return false;
    }
    return true;
}

/* Matches stand mostly in the sentence of the last one, or near it. */
static uint32_t sentence_of(const document *d, uint32_t last, uint32_t token_index) {
    const sentence *in = &d->sentences.items[last];
    if (token_index >= in->first && token_index < in->end) return last;
    return document_sentence_at(d, token_index);
}

bool collect_matches(document *d, uint32_t first, nerx_error *error) {
    uint32_t sentence_index = 0;
    for (uint32_t i = first; i < d->matches.count; i++) {
        const rule_match *m = &d->matches.items[i];
        const rule *r = model_rule(d->model, m->rule);
        if (!r->type || m->mention_start >= m->mention_end) continue;
        if (r->value != NERX_NONE && !date_match_valid(d, m)) continue;
        sentence_index = sentence_of(d, sentence_index, m->start);
        witness w = {.source = i, .points = r->points, .kind = WITNESS_RULE};
        if (candidate_testify(d, m->mention_start, m->mention_end, r->type - 1U, sentence_index, &w) == NERX_NONE)
            return error_memory(error);
    }
    return true;
}

bool collect_candidates(document *d, nerx_error *error) {
    collector c = {.d = d};
    uint32_t tokens = d->tokens.count;
    d->candidate_heads = arena_space(d->arena, uint32_t, tokens + 1);
    if (!d->candidate_heads || !vec_reserve(d->arena, &d->candidates, tokens / 2) ||
        !vec_reserve(d->arena, &d->witnesses, tokens) || !find_covers(&c))
        return error_memory(error);
    memset(d->candidate_heads, 0xff, (tokens + 1) * sizeof *d->candidate_heads);
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        if (!collect_words(&c, s) || !collect_phrases(&c, s)) return error_memory(error);
    }
    return collect_matches(d, 0, error);
}
