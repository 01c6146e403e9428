/* Dates: the value of each mention, against the document's date. */
#include "norm/dates.h"

#include "base/error.h"
#include "model/model.h"
#include "model/rules.h"
#include "norm/calendar.h"
#include "norm/tense.h"
#include "norm/values.h"

enum { DATELINE_SENTENCES = 8, DATELINE_TOKENS = 12, OLDEST_DATELINE = 1900, HISTORY_DATES = 6 };

bool date_match_valid(const document *d, const rule_match *m) {
    value_call c;
    if (!value_may_be_impossible(value_function_of(d, m->rule))) return true;
    return !value_prepare(&c, d, m) || value_possible(&c);
}

/* The match of the strongest rule with a value among a mention's witnesses, or NULL. */
static const rule_match *value_match(const document *d, const mention *m) {
    const rule_match *best = NULL;
    int32_t points = 0;
    const candidate *c = &d->candidates.items[m->candidate];
    for (uint32_t i = c->first_witness; i != NERX_NONE; i = d->witnesses.items[i].next) {
        const witness *w = &d->witnesses.items[i];
        if (w->kind != WITNESS_RULE || w->points <= points) continue;
        const rule_match *match = &d->matches.items[w->source];
        if (value_function_of(d, match->rule) == VALUE_NONE) continue;
        points = w->points;
        best = match;
    }
    return best;
}

/* A mention whose rule says what its value is. */
typedef struct dated {
    uint32_t mention;
    value_call call;
} dated;

typedef struct dates {
    document *d;
    VEC(dated) all;
} dates;

static bool find_dates(dates *x) {
    const document *d = x->d;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        const rule_match *match = value_match(d, &d->mentions.items[i]);
        if (!match) continue;
        if (!vec_reserve(d->arena, &x->all, 1)) return false;
        dated *next = &x->all.items[x->all.count++];
        next->mention = i;
        value_prepare(&next->call, d, match);
    }
    return true;
}

static const mention *mention_of(const dates *x, const dated *one) {
    return &x->d->mentions.items[one->mention];
}

static bool has_weekday(const document *d, const mention *m) {
    return tense_is_weekday(d, m->start, d->sentences.items[m->sentence].language);
}

/* Does the date stand as datelines do? A few words without a verb before it, and a dash, a bracket or the line's end
 * behind it: "BERLIN, 11. September 2023 –", "Berlin (dpa, 11.9.2023)", "Published 11 September 2023"; or at the end of
 * a caption: "Russia, Monday, Sept. 11, 2023." */
static bool is_dateline(const document *d, const mention *m) {
    const sentence *in = &d->sentences.items[m->sentence];
    uint32_t before = m->start - in->first, behind = in->end - m->end;
    if (before + behind <= DATELINE_TOKENS && in->headline && !tense_has_verb(d, m->end, in->end)) return true;
    if (before > DATELINE_TOKENS || tense_has_verb(d, in->first, m->start)) return false;
    if (!behind) return true;
    uint32_t shape = d->tokens.items[m->end].shape;
    return shape & SHAPE_PUNCT && shape & (SHAPE_DASH | SHAPE_OPEN | SHAPE_CLOSE | SHAPE_END);
}

/* The document is not older than any day it names with its year. */
static bool is_latest(const dates *x, day found) {
    for (uint32_t k = 0; k < x->all.count; k++) {
        day other;
        if (value_full_day(&x->all.items[k].call, &other) && other.year > found.year) return false;
    }
    return true;
}

/* Between a weekday and its date stand at most a comma or bracket and an article: "Montag (11. September)", "Montag,
 * den 11. September". */
static bool stands_beside(const document *d, const mention *m, const mention *next) {
    if (next->start < m->end || next->start - m->end > 2 || next->sentence != m->sentence) return false;
    for (uint32_t i = m->end; i < next->start; i++) {
        uint32_t shape = d->tokens.items[i].shape;
        bool sign = shape & SHAPE_PUNCT && (shape & SHAPE_OPEN || d->text.ptr[d->tokens.items[i].start] == ',');
        if (!sign && !(shape & SHAPE_LOWER && i > m->end)) return false;
    }
    return true;
}

/* What names the weekday and the year is news, unless it is to come: "Russia, Monday, Sept. 11, 2023." below a picture,
 * "am Montag (11.9.2023)". */
static bool is_dated_weekday(const document *d, uint32_t i) {
    const mention *m = &d->mentions.items[i];
    bool named = has_weekday(d, m) || (i > 0 && has_weekday(d, m - 1) && stands_beside(d, m - 1, m));
    if (!named) return false;
    tense_view view = tense_around(d, m->start, m->end);
    return !view.sure || view.direction != DIRECTION_AHEAD;
}

/* "Am 31. Januar 2011 um 16 Uhr betrat …": in the past, in the first clause of the first sentence below the headlines.
 */
static bool is_lead(const document *d, const mention *m) {
    for (uint32_t i = 0; i < m->sentence; i++) {
        if (!d->sentences.items[i].headline) return false;
    }
    for (uint32_t i = d->sentences.items[m->sentence].first; i < m->start; i++) {
        if (d->tokens.items[i].shape & SHAPE_PUNCT) return false;
    }
    tense_view view = tense_around(d, m->start, m->end);
    return view.sure && view.direction == DIRECTION_BACK;
}

static void set_date(document *d, day found) {
    if (!found.year) return;
    d->date = found;
    d->date_source = "text";
}

/* The first dateline near the beginning, else the first day that has its weekday beside it, else that of the
 * lead. */
static bool find_dateline(const dates *x) {
    document *d = x->d;
    day lead = {0}, latest = {0};
    for (uint32_t k = 0; k < x->all.count; k++) {
        const dated *one = &x->all.items[k];
        const mention *m = mention_of(x, one);
        day found;
        if (!value_full_day(&one->call, &found) || found.year < OLDEST_DATELINE) continue;
        bool weekday = is_dated_weekday(d, one->mention);
        if (!latest.year && weekday && is_latest(x, found)) latest = found;
        if (m->sentence >= DATELINE_SENTENCES || weekday) continue;
        if (is_dateline(d, m)) {
            set_date(d, found);
            return true;
        }
        if (!lead.year && is_lead(d, m) && is_latest(x, found)) lead = found;
    }
    set_date(d, latest.year ? latest : lead);
    return false;
}

static void join_weekdays(const dates *x) {
    for (uint32_t k = 0; k + 1 < x->all.count; k++) {
        const dated *one = &x->all.items[k];
        mention *m = &x->d->mentions.items[one->mention];
        const mention *next = mention_of(x, one + 1);
        if (one->call.function != VALUE_WEEKDAY || next != m + 1 || next->value.len != 10) continue;
        if (stands_beside(x->d, m, next)) m->value = next->value;
    }
}

/* What is told keeps its year through a paragraph: "Im Juni 1944 … Am 25. August". The document's own year is no such
 * story, nor is what happens around it. */
typedef struct story {
    int32_t year, month; /* the last named; 0: none */
    bool history;        /* a text without a date of its own that names many: its years last, and bare ones count */
} story;

static void tell(story *s, const document *d, const value_call *c) {
    int32_t year = value_year_named(c), own = d->date.year;
    if (!year || (c->function == VALUE_YEAR && !s->history)) return;
    s->year = own && year >= own - 1 && year <= own + 1 ? 0 : year;
    bool plain = c->function == VALUE_MONTH || c->function == VALUE_DATE;
    s->month = plain && c->numbers[1] > 0 ? c->numbers[1] : 0;
}

enum { RECENT_YEARS = 8 };

/* "Festgenommen im August 2020. Im Juni wurde er verurteilt": a month before the last one is not that year's. */
static int32_t told_year(const story *s, const document *d, const value_call *c) {
    bool plain = c->function == VALUE_MONTH || c->function == VALUE_DATE;
    bool earlier = plain && c->numbers[1] > 0 && c->numbers[1] < s->month && !s->history;
    return earlier && d->date.year && s->year > d->date.year - RECENT_YEARS ? 0 : s->year;
}

static bool is_history(const dates *x) {
    uint32_t named = 0;
    for (uint32_t k = 0; k < x->all.count && !x->d->date.year; k++) {
        const value_call *c = &x->all.items[k].call;
        named += c->function != VALUE_YEAR && value_year_named(c);
    }
    return named >= HISTORY_DATES;
}

static void give_values(dates *x, bool loose) {
    document *d = x->d;
    story told = {.history = is_history(x)};
    uint32_t sentence_index = 0;
    for (uint32_t k = 0; k < x->all.count; k++) {
        value_call *c = &x->all.items[k].call;
        mention *m = &d->mentions.items[x->all.items[k].mention];
        for (; sentence_index < m->sentence; sentence_index++) {
            uint32_t next = d->sentences.items[sentence_index + 1].first;
            if (d->tokens.items[next].place & TOKEN_PARAGRAPH && !told.history) told.year = 0;
        }
        tense_view view = tense_around(d, m->start, m->end);
        c->anchor = d->date;
        c->told = view.recent && d->date.year ? 0 : told_year(&told, d, c);
        c->direction = view.direction;
        c->sure = view.sure;
        c->loose = loose;
        str value = value_of(d->arena, c);
        if (value.ptr) m->value = value;
        if (!view.since) tell(&told, d, c);
    }
}

bool normalize_dates(document *d, nerx_error *error) {
    dates x = {.d = d};
    if (!find_dates(&x)) return error_memory(error);
    bool loose = !d->date.year && !find_dateline(&x);
    give_values(&x, loose);
    join_weekdays(&x);
    return true;
}
