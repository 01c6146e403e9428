/* Candidates: spans that may be mentions, with what testifies for them. */
#include "match/candidates.h"

#include "base/error.h"
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

uint32_t candidate_add(document *d, uint32_t start, uint32_t end, uint32_t type, uint32_t sentence_index) {
    candidate c = {.start = start,
                   .end = end,
                   .type = type,
                   .sentence = sentence_index,
                   .first_witness = NERX_NONE,
                   .last_witness = NERX_NONE,
                   .next = d->candidate_heads[start]};
    if (!vec_push(d->arena, &d->candidates, c)) return NERX_NONE;
    return d->candidate_heads[start] = d->candidates.count - 1;
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

bool candidate_append(document *d, uint32_t index, const witness *w) {
    candidate *c = &d->candidates.items[index];
    uint32_t at = d->witnesses.count;
    if (!vec_push(d->arena, &d->witnesses, *w)) return false;
    d->witnesses.items[at].next = NERX_NONE;
    if (c->first_witness == NERX_NONE) {
        c->first_witness = at;
    } else {
        d->witnesses.items[c->last_witness].next = at;
    }
    c->last_witness = at;
    c->points += w->points;
    return true;
}

uint32_t candidate_testify(document *d, uint32_t start, uint32_t end, uint32_t type, uint32_t sentence_index,
                           const witness *w) {
    uint32_t index = candidate_find(d, start, end, type);
    if (index == NERX_NONE) index = candidate_add(d, start, end, type, sentence_index);
    if (index == NERX_NONE) return NERX_NONE;
    candidate *c = &d->candidates.items[index];
    if (replaces(d, c, w)) return index;
    return candidate_append(d, index, w) ? index : NERX_NONE;
}

/* The longest listed name a token stands in; start == end where there is none. */
typedef struct cover {
    uint32_t start, end;
} cover;

typedef struct collector {
    document *d;
    const cover *covers; /* by token */
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

static const cover *find_covers(const document *d) {
    cover *covers = arena_array(d->arena, cover, d->tokens.count + 1);
    for (uint32_t k = 0; covers && k < d->edges.count; k++) {
        const edge *e = &d->edges.items[k];
        if (!is_certain(d, e)) continue;
        for (uint32_t i = e->start; i < e->end; i++) {
            if (e->end - e->start > covers[i].end - covers[i].start) covers[i] = (cover){e->start, e->end};
        }
    }
    return covers;
}

/* "Indianapolis" and "Colts" inside "Indianapolis Colts": parts of a listed name are hardly names of their own. */
static bool is_part(const collector *c, uint32_t start, uint32_t end) {
    const cover *in = &c->covers[start];
    return in->start <= start && in->end >= end && in->end - in->start > end - start;
}

/* At the start of a sentence and in a line of capitals a capital letter is no sign of a name ("apple" is an English
 * word, but no German one). */
static bool capital_says_nothing(const document *d, const token *t, listed_word *w, uint8_t language) {
    return t->place & (TOKEN_FIRST | TOKEN_CAPS_LINE) && t->fold != t->form && listed_is_ordinary(d, w, t, language);
}

static bool collect_word(const collector *c, uint32_t i, uint32_t sentence_index, uint32_t bits) {
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

static bool collect_words(const collector *c, uint32_t sentence_index) {
    const sentence *in = &c->d->sentences.items[sentence_index];
    for (uint32_t i = in->first; i < in->end; i++) {
        uint32_t bits = listed_bits(c->d, &c->d->tokens.items[i]);
        if (!bits || (bits & LISTED_NAMES && !collect_word(c, i, sentence_index, bits))) return false;
    }
    return true;
}

static bool add_phrase_reading(const collector *c, const edge *in, uint32_t sentence_index, reading r) {
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

static bool collect_phrase(const collector *c, const edge *e, uint32_t sentence_index) {
    reading_list all = model_phrase_readings(c->d->model, e->layer, e->phrase);
    for (uint32_t i = 0; i < all.count; i++) {
        if (!add_phrase_reading(c, e, sentence_index, model_reading(&all, i))) return false;
    }
    return true;
}

bool collect_matches(document *d, uint32_t first, nerx_error *error) {
    for (uint32_t i = first; i < d->matches.count; i++) {
        const rule_match *m = &d->matches.items[i];
        const rule *r = model_rule(d->model, m->rule);
        if (!r->type || m->mention_start >= m->mention_end) continue;
        if (!date_match_valid(d, m)) continue;
        witness w = {.source = i, .points = r->points, .kind = WITNESS_RULE};
        if (candidate_testify(d, m->mention_start, m->mention_end, r->type - 1U, document_sentence_at(d, m->start),
                              &w) == NERX_NONE)
            return error_memory(error);
    }
    return true;
}

bool collect_candidates(document *d, nerx_error *error) {
    d->candidate_heads = arena_array(d->arena, uint32_t, d->tokens.count + 1);
    if (!d->candidate_heads) return error_memory(error);
    memset(d->candidate_heads, 0xff, (d->tokens.count + 1) * sizeof *d->candidate_heads);
    collector c = {d, find_covers(d)};
    if (!c.covers) return error_memory(error);
    uint32_t next_edge = 0;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        const sentence *in = &d->sentences.items[s];
        if (!collect_words(&c, s)) return error_memory(error);
        for (; next_edge < d->edges.count && d->edges.items[next_edge].start < in->end; next_edge++) {
            if (!collect_phrase(&c, &d->edges.items[next_edge], s)) return error_memory(error);
        }
    }
    return collect_matches(d, 0, error);
}
