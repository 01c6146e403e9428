/* Relations, sentence by sentence, in the order of the text. */
#include "relate/relate.h"

#include <stdlib.h>

#include "base/error.h"
#include "model/features.h"
#include "model/model.h"
#include "model/rules.h"
#include "relate/frames.h"
#include "relate/gate.h"
#include "relate/refer.h"
#include "relate/rule_relations.h"

typedef struct cursor {
    document *d;
    clauses *c, *kept, *spare; /* of the sentence at hand; of the last one taken apart; of those before */
    countries *known;
    VEC(const rule_match *) matches; /* of rules that relate */
    uint32_t next_match;
    uint32_t at, kept_at;  /* sentences: at hand; in `kept`, or NERX_NONE */
    discourse before_kept; /* what stood before it */
    discourse state;       /* what stands before sentence `known_at` */
    uint32_t known_at;
    bool failed; /* memory was short */
} cursor;

static int by_start(const void *a, const void *b) {
    const rule_match *x = *(const rule_match *const *)a, *y = *(const rule_match *const *)b;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* Finds the matches of rules that relate, in the order of the text. False if memory is short. */
static bool find_relating(cursor *x) {
    document *d = x->d;
    const bool *relating = word_reader_facts(x->c->reader)->relating;
    for (uint32_t i = 0; i < d->matches.count; i++) {
        const rule_match *m = &d->matches.items[i];
        if (relating[m->rule] && !vec_push(d->arena, &x->matches, m)) return false;
    }
    if (x->matches.count > 1) qsort(x->matches.items, x->matches.count, sizeof *x->matches.items, by_start);
    return true;
}

/* Who says what: once, for it changes what stands before. */
static void find_sources(clauses *c) {
    if (!c->sourced) sources_find(c);
    c->sourced = true;
}

/* "Der Chef der Gewerkschaft „Handel, Banken“ (HBV), Emil Dreyfen, ist tot": the person named before the verb. */
static uint32_t named_behind(const clauses *c, const clause *k, const phrase *p) {
    bool may = c->verb_second && k->finite != NERX_NONE && p->end < k->finite && clause_is(c, p->head, WORD_PERSON);
    for (uint32_t m = c->first_mention; may && m < c->end_mention; m++) {
        const mention *x = &c->d->mentions.items[m];
        bool apart =
            x->start > p->end && x->end < k->finite && clause_parts(c, x->start - 1) && clause_parts(c, x->end);
        if (apart && refer_is(c, m, c->person)) return m;
    }
    return NERX_NONE;
}

/* What the next sentence may mean by "er" and "so": the subject of the first main clause, but of a quotation only if
 * nobody is said to say it. */
static void remember(clauses *c) {
    discourse next = {.subject = NERX_NONE};
    bool found = false;
    find_sources(c);
    for (uint32_t i = 0; i < c->clause_count; i++) {
        const clause *k = &c->items[i];
        if (k->kind != CLAUSE_MAIN || k->subject == NO_PHRASE) continue;
        const phrase *p = &c->phrases[k->subject];
        uint32_t subject = phrase_means(c, k->subject);
        if (subject == NERX_NONE) subject = named_behind(c, k, p);
        /* "Sie zog um", "Es ist sein erster Besuch": most likely still about whom we spoke of */
        if (p->flags & PHRASE_PRONOUN && subject == NERX_NONE) continue;
        if (found && subject == NERX_NONE) continue;
        next.subject = subject;
        next.unnamed = subject == NERX_NONE && clause_is(c, p->head, WORD_PERSON);
        next.gender = p->flags & PHRASE_DEFINITE ? p->agreement & (FEATURE_M | FEATURE_F | FEATURE_N) : 0;
        found = true;
        if (!k->quoted) break;
    }
    c->before->previous_first = c->first_mention;
    if (!found) return;
    c->before->subject = next.subject;
    c->before->unnamed = next.unnamed;
    c->before->gender = next.gender;
}

/* Moves to sentence `s`, from wherever it stands. */
static void move_to(clauses *c, uint32_t s) {
    const document *d = c->d;
    c->in = &d->sentences.items[s];
    c->first = c->in->first;
    c->end = c->in->end;
    uint32_t m = c->first_mention, e = c->first_edge;
    while (m > 0 && d->mentions.items[m - 1].start >= c->first)
        m--;
    while (m < d->mentions.count && d->mentions.items[m].start < c->first)
        m++;
    c->first_mention = c->end_mention = m;
    while (c->end_mention < d->mentions.count && d->mentions.items[c->end_mention].start < c->end)
        c->end_mention++;
    while (e > 0 && d->edges.items[e - 1].start >= c->first)
        e--;
    while (e < d->edges.count && d->edges.items[e].start < c->first)
        e++;
    c->first_edge = c->end_edge = e;
    while (c->end_edge < d->edges.count && d->edges.items[c->end_edge].start < c->end)
        c->end_edge++;
}

/* What stands before sentence `s`, as far as it is known. */
static discourse before(const cursor *x, const clauses *c, uint32_t s) {
    const document *d = x->d;
    if (s == x->known_at) return x->state;
    uint32_t m = c->first_mention, from = d->sentences.items[s - 1].first;
    while (m > 0 && d->mentions.items[m - 1].start >= from)
        m--;
    return (discourse){.subject = UNKNOWN_MENTION, .source = UNKNOWN_MENTION, .previous_first = m};
}

static bool is_known(const discourse *b) {
    return !b->asked && b->subject != UNKNOWN_MENTION && b->source != UNKNOWN_MENTION;
}

static bool fits(const clauses *c) {
    return c->end - c->first <= MAX_SENTENCE && c->end > c->first;
}

/* Does somebody stand in the sentence, or may be meant whatever stands before? */
static bool has_somebody(const clauses *c) {
    for (uint32_t i = c->first_mention; i < c->end_mention; i++) {
        if (c->d->mentions.items[i].entity != NERX_NONE) return true;
    }
    return !words_verb_second(c->reader, c->in->language) && c->first_mention > 0;
}

/* Is the sentence to be taken apart? Only if somebody stands in it or may be meant. */
static bool is_taken(clauses *c, discourse *before) {
    if (!fits(c)) return false;
    bool near = before->previous_first < c->first_mention; /* the sentence before names somebody */
    return near || has_somebody(c) || discourse_subject(before) != NERX_NONE;
}

/* What stands behind a sentence that is not taken apart. */
static void pass_over(const clauses *c, discourse *before) {
    before->previous_first = c->first_mention;
    before->subject = NERX_NONE;
}

/* Leaves in `before` what the next sentence needs, or says there that it has to know what it does not. */
static bool go_past(clauses *c, discourse *before) {
    c->before = before;
    bool taken = is_taken(c, before);
    if (before->asked) return true;
    if (!taken) {
        pass_over(c, before);
        return true;
    }
    if (!clauses_analyse(c)) return false;
    remember(c);
    return true;
}

/* What stands behind the sentence that is kept, as far as that does not hang on more than is known. */
static discourse behind_kept(cursor *x) {
    x->kept_at = NERX_NONE;
    remember(x->kept);
    return x->before_kept;
}

/* Makes x->state what stands before sentence `s`: back to where that no longer hangs on earlier ones, then forth. */
static bool settle(cursor *x, uint32_t s) {
    clauses *c = x->spare;
    uint32_t k = s;
    while (k > x->known_at) {
        discourse b;
        move_to(c, --k);
        if (k == x->kept_at) {
            b = behind_kept(x);
        } else {
            b = before(x, c, k);
            if (!go_past(c, &b)) return false;
        }
        if (!is_known(&b)) continue;
        x->state = b;
        x->known_at = ++k;
    }
    for (; k < s; k++) {
        move_to(c, k);
        if (!go_past(c, &x->state)) return false;
    }
    x->known_at = s;
    return true;
}

void discourse_settle(discourse *b) {
    cursor *x = b->settler;
    b->settler = NULL;
    b->asked = !x;
    if (!x) return;
    if (!settle(x, x->at)) {
        x->failed = true;
        return;
    }
    if (b->subject == UNKNOWN_MENTION) {
        b->subject = x->state.subject;
        b->gender = x->state.gender;
        b->unnamed = x->state.unnamed;
    }
    if (b->source == UNKNOWN_MENTION) b->source = x->state.source;
    if (x->c->earlier_source == UNKNOWN_MENTION) x->c->earlier_source = x->state.source;
}

/* Adds what the sentence's frames state. */
static bool state(cursor *x) {
    bool any;
    if (!triggers_find(x->c, &any)) return false;
    if (!any) return true;
    find_sources(x->c);
    return relate_by_frames(x->c) && !x->failed;
}

/* Nobody stands in it: whether there was a subject before is asked only if the sentence states something. */
static bool relate_doubtful(cursor *x, discourse *b) {
    document *d = x->d;
    uint32_t relations = d->relations.count, roles = d->roles.count;
    x->c->before = b;
    if (!clauses_analyse(x->c) || !state(x)) return false;
    bool near = b->previous_first < x->c->first_mention; /* the sentence before names somebody */
    if (d->relations.count == relations || near || discourse_subject(b) != NERX_NONE) return !x->failed;
    d->relations.count = relations;
    d->roles.count = roles;
    return !x->failed;
}

/* For the next one that asks. */
static void keep(cursor *x, const discourse *b) {
    clauses *c = x->c;
    x->c = x->kept;
    x->kept = c;
    x->kept_at = x->at;
    x->before_kept = *b;
    x->before_kept.settler = NULL;
    c->before = &x->before_kept;
}

static bool relate_sentence(cursor *x) {
    discourse b = before(x, x->c, x->at);
    b.settler = x;
    if (b.subject == UNKNOWN_MENTION && fits(x->c) && !has_somebody(x->c)) return relate_doubtful(x, &b);
    x->c->before = &b;
    if (!is_taken(x->c, &b)) {
        pass_over(x->c, &b);
        if (x->failed || !is_known(&b)) return !x->failed;
        b.settler = NULL;
        x->state = b;
        x->known_at = x->at + 1;
        return true;
    }
    if (x->failed || !clauses_analyse(x->c) || !state(x)) return false;
    keep(x, &b);
    return true;
}

/* Most sentences state nothing, and nothing hangs on them. */
static bool is_worth(cursor *x, gate_sentence *g, bool *failed) {
    const clauses *c = x->c;
    g->in = c->in;
    g->earlier = g->own;
    g->before |= g->own.types;
    g->own = gate_names_of(x->d, c->first_mention, c->end_mention);
    g->first_edge = c->first_edge;
    g->end_edge = c->end_edge;
    return gate_opens(c->reader, x->d, g, failed);
}

/* Rules come first; they may ask what was spoken of. */
static bool relate_by_rules(cursor *x) {
    uint32_t end = x->c->end;
    if (x->next_match == x->matches.count || x->matches.items[x->next_match]->start >= end) return true;
    discourse b = before(x, x->c, x->at);
    b.settler = x;
    x->c->before = &b;
    for (; x->next_match < x->matches.count && x->matches.items[x->next_match]->start < end; x->next_match++) {
        if (!relate_by_rule(x->c, x->known, x->matches.items[x->next_match])) return false;
    }
    return !x->failed;
}

/* About as much as documents full of relations need: what stays unused is not touched. */
static bool make_room(document *d) {
    uint32_t mentions = d->mentions.count;
    return vec_reserve(d->arena, &d->relations, mentions / 3) &&
           vec_reserve(d->arena, &d->roles, mentions - mentions / 4);
}

static bool run(cursor *x) {
    gate_sentence gate = {0};
    bool failed = false;
    if (!make_room(x->d) || !find_relating(x)) return false;
    for (uint32_t s = 0; s < x->d->sentences.count && !failed; s++) {
        x->at = s;
        move_to(x->c, s);
        if (!relate_by_rules(x)) return false;
        if (is_worth(x, &gate, &failed) && !relate_sentence(x)) return false;
    }
    return !failed;
}

static void begin(clauses *c, document *d, word_reader *reader) {
    c->d = d;
    c->tokens = d->tokens.items;
    c->reader = reader;
    c->first_mention = c->first_edge = 0;
    c->found.items = NULL;
    c->found.count = c->found.capacity = 0;
    c->person = word_reader_facts(reader)->person;
    c->place = word_reader_facts(reader)->place;
    c->body = word_reader_facts(reader)->body;
}

bool relate(document *d, word_reader *reader, nerx_error *error) {
    countries known;
    cursor x = {.d = d,
                .known = &known,
                .state = {.subject = NERX_NONE, .source = NERX_NONE, .previous_first = NERX_NONE},
                .kept_at = NERX_NONE};
    x.c = word_reader_room(reader, 3 * sizeof *x.c);
    if (!x.c || !word_reader_begin(reader, d)) return error_memory(error);
    x.kept = x.c + 1;
    x.spare = x.c + 2;
    for (uint32_t i = 0; i < 3; i++)
        begin(x.c + i, d, reader);
    known.open = false;
    return run(&x) || error_memory(error);
}
