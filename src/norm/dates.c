/* Dates: from what a rule captured to an ISO 8601 value. */
#include "norm/dates.h"

#include <stdlib.h>

#include "base/error.h"
#include "model/model.h"
#include "model/rules.h"
#include "norm/calendar.h"

enum { MAX_ARGUMENTS = 8, ABSENT = INT32_MIN, DATELINE_SENTENCES = 8, LARGEST_NUMBER = 100000, LARGEST_YEAR = 9999 };

/* The arguments of a value call as numbers; ABSENT where a capture matched nothing. */
typedef struct call {
    const document *d;
    str function;
    int32_t numbers[MAX_ARGUMENTS];
    str texts[MAX_ARGUMENTS];
    uint32_t count;
    day anchor; /* year 0: none */
} call;

/* The digits in a token: "13." is 13, "1990er" is 1990, "'90s" is 90. */
static bool digits_in(str text, int32_t *out) {
    size_t i = 0;
    while (i < text.len && (text.ptr[i] < '0' || text.ptr[i] > '9'))
        i++;
    if (i == text.len) return false;
    int64_t n = 0;
    for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9' && n < 100000; i++)
        n = n * 10 + (text.ptr[i] - '0');
    *out = (int32_t)n;
    return true;
}

/* A number word's, month's or weekday's `num`. */
static bool number_of_reading(const document *d, uint32_t i, int32_t *out) {
    const token *t = &d->tokens.items[i];
    reading readings[MODEL_MAX_READINGS];
    uint8_t language = d->sentences.items[document_sentence_at(d, i)].language;
    uint32_t count = model_readings(d->model, &d->lexicon, t->look, t->fold, language, readings, MODEL_MAX_READINGS);
    for (uint32_t k = 0; k < count; k++) {
        str num = model_entry_attribute(d->model, readings[k].entry, STR("num"));
        if (!num.ptr || !num.len) continue;
        long n = strtol(num.ptr, NULL, 10);
        *out = (int32_t)(n < -LARGEST_NUMBER ? -LARGEST_NUMBER : n > LARGEST_NUMBER ? LARGEST_NUMBER : n);
        return true;
    }
    return false;
}

static int32_t number_in(const document *d, const capture *c) {
    int32_t n;
    for (uint32_t i = c->start; i < c->end; i++) {
        if (digits_in(token_key(d, i), &n) || number_of_reading(d, i, &n)) return n;
    }
    return ABSENT;
}

static bool prepare(call *c, const document *d, const rule_match *m) {
    const rule *r = model_rule(d->model, m->rule);
    if (r->value == NERX_NONE) return false;
    const rule_call *v = model_rule_call(d->model, r, r->value);
    *c = (call){.d = d, .function = model_rule_string(d->model, r, v->function), .anchor = d->date};
    c->count = v->argument_count < MAX_ARGUMENTS ? v->argument_count : MAX_ARGUMENTS;
    for (uint32_t i = 0; i < MAX_ARGUMENTS; i++)
        c->numbers[i] = ABSENT;
    for (uint32_t i = 0; i < c->count; i++) {
        const rule_argument *a = model_rule_argument(d->model, r, v->first_argument + i);
        if (a->kind == ARGUMENT_NUMBER && a->value) c->numbers[i] = (int32_t)a->value; /* 0: absent */
        if (a->kind == ARGUMENT_STRING) c->texts[i] = model_rule_string(d->model, r, a->value);
        const capture *part = a->kind == ARGUMENT_CAPTURE ? match_capture(d, m, a->value) : NULL;
        if (part) c->numbers[i] = number_in(d, part);
        if (part) c->texts[i] = document_tokens_text(d, part->start, part->end);
    }
    return true;
}

/* "’23" is 2023, "89" is 1989: the century that brings it nearest to the anchor, or 1970 to 2069. */
static int32_t full_year(const call *c, int32_t year) {
    if (year == ABSENT || year >= 100) return year;
    int32_t middle = c->anchor.year ? c->anchor.year : 2020;
    int32_t near = middle - middle % 100 + year;
    if (near > middle + 20) near -= 100;
    return near;
}

/* A day without a year: the nearest to the anchor. */
static int32_t nearest_year(const call *c, int32_t month, int32_t number) {
    if (!c->anchor.year) return 0;
    int32_t best = c->anchor.year;
    int64_t distance = INT64_MAX, anchor = calendar_number(c->anchor);
    for (int32_t year = c->anchor.year - 1; year <= c->anchor.year + 1; year++) {
        day candidate_day = {year, (uint8_t)month, (uint8_t)number};
        if (!calendar_valid(candidate_day)) continue;
        int64_t away = llabs(calendar_number(candidate_day) - anchor);
        if (away >= distance) continue;
        distance = away;
        best = year;
    }
    return best;
}

static bool make_day(const call *c, uint32_t first, day *out) {
    int32_t year = full_year(c, c->numbers[first]), month = c->numbers[first + 1], number = c->numbers[first + 2];
    if (year > LARGEST_YEAR || month < 1 || month > 12 || number < 1 || number > 31) return false;
    if (year == ABSENT) year = nearest_year(c, month, number);
    *out = (day){year, (uint8_t)month, (uint8_t)number};
    /* without a year, 29 February is a day */
    return calendar_valid(year ? *out : (day){4, (uint8_t)month, (uint8_t)number});
}

static str write_day(arena *a, day d) {
    if (d.year == 0) return arena_format(a, "XXXX-%02u-%02u", d.month, d.day);
    return arena_format(a, "%04d-%02u-%02u", d.year, d.month, d.day);
}

static const str nothing = {NULL, 0};

static str value_date(arena *a, const call *c) {
    day d;
    return make_day(c, 0, &d) ? write_day(a, d) : nothing;
}

static str value_month(arena *a, const call *c) {
    int32_t year = full_year(c, c->numbers[0]), month = c->numbers[1];
    if (month < 1 || month > 12) return nothing;
    if (year == ABSENT) year = nearest_year(c, month, 15);
    return year ? arena_format(a, "%04d-%02d", year, month) : arena_format(a, "XXXX-%02d", month);
}

static str value_year(arena *a, const call *c) {
    int32_t year = full_year(c, c->numbers[0]);
    if (c->numbers[1] == -1) return arena_format(a, "-%04d", year);
    return year > 0 && year < 10000 ? arena_format(a, "%04d", year) : nothing;
}

static str value_decade(arena *a, const call *c) {
    int32_t year = full_year(c, c->numbers[0]);
    return year >= 10 && year < 10000 ? arena_format(a, "%03dX", year / 10) : nothing;
}

static str value_century(arena *a, const call *c) {
    int32_t n = c->numbers[0];
    return n > 0 && n < 100 ? arena_format(a, "%02dXX", n - 1) : nothing;
}

/* Two days, the first borrowing from the second what it does not say. */
static bool make_days(const call *c, day *from, day *to) {
    call both = *c;
    if (both.numbers[4] == ABSENT) both.numbers[4] = both.numbers[1];
    if (both.numbers[1] == ABSENT) both.numbers[1] = both.numbers[4];
    if (both.numbers[0] == ABSENT) both.numbers[0] = both.numbers[3];
    if (both.numbers[3] == ABSENT) both.numbers[3] = both.numbers[0];
    return make_day(&both, 0, from) && make_day(&both, 3, to);
}

static str value_range(arena *a, const call *c) {
    day from, to;
    if (!make_days(c, &from, &to)) return nothing;
    str first = write_day(a, from), second = write_day(a, to);
    return arena_format(a, "%.*s/%.*s", (int)first.len, first.ptr, (int)second.len, second.ptr);
}

static str value_years(arena *a, const call *c) {
    int32_t first = full_year(c, c->numbers[0]), second = c->numbers[1];
    if (second >= 0 && second < 100 && first >= 100) second += first - first % 100;
    return first > 0 && second > first && second < 10000 ? arena_format(a, "%04d/%04d", first, second) : nothing;
}

/* The nearest such day up to the anchor (news tells what was), or behind it where the second argument is 1. */
static str value_weekday(arena *a, const call *c) {
    int32_t wanted = c->numbers[0];
    if (wanted < 1 || wanted > 7) return nothing;
    if (!c->anchor.year) return arena_format(a, "XXXX-WXX-%d", wanted);
    int32_t away = (int32_t)calendar_weekday(c->anchor) - wanted;
    if (away < 0) away += 7;
    if (c->numbers[1] == 1) away -= 7;
    return write_day(a, calendar_day(calendar_number(c->anchor) - away));
}

static str value_relative_day(arena *a, const call *c) {
    if (!c->anchor.year || c->numbers[0] == ABSENT) return nothing;
    return write_day(a, calendar_day(calendar_number(c->anchor) + c->numbers[0]));
}

static str value_season(arena *a, const call *c) {
    static const char *const names[] = {"SP", "SU", "FA", "WI"};
    int32_t n = c->numbers[1], year = full_year(c, c->numbers[0]);
    if (n < 1 || n > 4) return nothing;
    if (year == ABSENT) year = c->anchor.year;
    return year ? arena_format(a, "%04d-%s", year, names[n - 1]) : arena_format(a, "XXXX-%s", names[n - 1]);
}

static const struct {
    const char *name;
    str (*make)(arena *a, const call *c);
} functions[] = {
    {"date", value_date},     {"month", value_month},     {"year", value_year},
    {"decade", value_decade}, {"century", value_century}, {"range", value_range},
    {"years", value_years},   {"weekday", value_weekday}, {"relative-day", value_relative_day},
    {"season", value_season},
};

static str evaluate(arena *a, const call *c) {
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (str_is(c->function, functions[i].name)) return functions[i].make(a, c);
    }
    return nothing;
}

bool date_match_valid(const document *d, const rule_match *m) {
    call c;
    if (!prepare(&c, d, m)) return true;
    day from, to;
    if (str_is(c.function, "date")) return make_day(&c, 0, &from);
    return !str_is(c.function, "range") || make_days(&c, &from, &to);
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
        if (model_rule(d->model, match->rule)->value == NERX_NONE) continue;
        points = w->points;
        best = match;
    }
    return best;
}

/* A full date near the beginning is the document's: a dateline. */
static void find_dateline(document *d) {
    for (uint32_t i = 0; i < d->mentions.count && !d->date.year; i++) {
        const mention *m = &d->mentions.items[i];
        if (m->sentence >= DATELINE_SENTENCES) return;
        const rule_match *match = value_match(d, m);
        call c;
        if (!match || !prepare(&c, d, match) || !str_is(c.function, "date") || c.numbers[0] < 1000) continue;
        day found;
        if (!make_day(&c, 0, &found)) continue;
        d->date = found;
        d->date_source = "text";
    }
}

/* "am Montag (11. September)": the weekday is that day. */
static void join_bracketed(document *d) {
    for (uint32_t i = 0; i + 1 < d->mentions.count; i++) {
        mention *m = &d->mentions.items[i];
        const mention *next = &d->mentions.items[i + 1];
        const rule_match *match = m->value.len || m->type == next->type ? value_match(d, m) : NULL;
        call c;
        if (!match || next->start != m->end + 1 || next->value.len != 10) continue;
        if (!prepare(&c, d, match) || !str_is(c.function, "weekday")) continue;
        if (d->tokens.items[m->end].shape & SHAPE_OPEN) m->value = next->value;
    }
}

bool normalize_dates(document *d, nerx_error *error) {
    if (!d->date.year) find_dateline(d);
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        mention *m = &d->mentions.items[i];
        const rule_match *match = value_match(d, m);
        call c;
        if (!match || !prepare(&c, d, match)) continue;
        str value = evaluate(d->arena, &c);
        if (value.ptr) m->value = value;
    }
    join_bracketed(d);
    (void)error;
    return true;
}
