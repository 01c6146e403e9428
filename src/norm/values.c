/* Values: what a rule's `value` call makes of its captures. */
#include "norm/values.h"

#include <stdlib.h>

#include "model/model.h"
#include "model/rules.h"
#include "norm/calendar.h"
#include "norm/iso.h"

enum { ABSENT = VALUE_ABSENT, LARGEST_YEAR = 9999, CLEARLY_NEAR = 90 };

/* "’23" is 2023, "89" is 1989: the century that brings it nearest to the anchor, or 1970 to 2069. */
static int32_t full_year(const value_call *c, int32_t year) {
    if (year == ABSENT || year >= 100) return year;
    int32_t middle = c->anchor.year ? c->anchor.year : 2020;
    int32_t near = middle - middle % 100 + year;
    if (near > middle + 20) near -= 100;
    return near;
}

/* Days from the anchor to that day in `year`. */
static int64_t distance(const value_call *c, int32_t year, int32_t month, int32_t number) {
    day there = {year, (uint8_t)month, (uint8_t)number};
    return calendar_number(there) - calendar_number(c->anchor);
}

/* The year of a day or month without one: the year being told of, else that which brings it nearest to the anchor. Far
 * from it, the sentence's tense decides: "traf am 2. Februar" in October is the last one. */
static int32_t missing_year(const value_call *c, int32_t month, int32_t number) {
    if (c->told && !(c->sure && c->direction == DIRECTION_AHEAD)) return c->told;
    if (!c->anchor.year) return 0;
    int32_t best = c->anchor.year, directed = 0;
    int64_t nearest = INT64_MAX;
    for (int32_t year = c->anchor.year - 1; year <= c->anchor.year + 1; year++) {
        if (!calendar_valid((day){year, (uint8_t)month, (uint8_t)number})) continue;
        int64_t away = distance(c, year, month, number);
        bool back = c->sure && c->direction == DIRECTION_BACK && away <= 0;
        bool ahead = c->sure && c->direction == DIRECTION_AHEAD && away >= 0 && !directed;
        if (back || ahead) directed = year;
        if (llabs(away) >= nearest) continue;
        nearest = llabs(away);
        best = year;
    }
    return directed && nearest > CLEARLY_NEAR ? directed : best;
}

static bool make_day(const value_call *c, uint32_t first, day *out) {
    int32_t year = full_year(c, c->numbers[first]), month = c->numbers[first + 1], number = c->numbers[first + 2];
    if (year > LARGEST_YEAR || month < 1 || month > 12 || number < 1 || number > 31) return false;
    if (year == ABSENT) year = missing_year(c, month, number);
    *out = (day){year, (uint8_t)month, (uint8_t)number};
    /* without a year, 29 February is a day */
    return calendar_valid(year ? *out : (day){4, (uint8_t)month, (uint8_t)number});
}

static str write_day(arena *a, day d) {
    iso t = iso_of_day(d);
    return iso_keep(a, &t);
}

static str write_month(arena *a, int32_t year, int32_t month) {
    iso t = iso_of_month(year, month);
    return iso_keep(a, &t);
}

/* A number, perhaps before our time, with text behind it. */
static str write_signed(arena *a, bool before, int32_t n, uint32_t width, str after) {
    iso t = {.length = 0};
    iso_add(&t, before ? STR("-") : STR(""));
    iso_add_number(&t, n, width);
    iso_add(&t, after);
    return iso_keep(a, &t);
}

static str write_weekday(arena *a, int32_t number) {
    iso t = {.length = 0};
    iso_add(&t, STR("XXXX-WXX-"));
    iso_add_number(&t, number, 1);
    return iso_keep(a, &t);
}

static str write_range(arena *a, iso from, iso to) {
    iso t = iso_of_range(&from, &to);
    return iso_keep(a, &t);
}

static const str nothing = {NULL, 0};

static str value_date(arena *a, const value_call *c) {
    day d;
    return make_day(c, 0, &d) ? write_day(a, d) : nothing;
}

/* The numbers of a day in one text, put in the order year, month, day from `first` on; `order` is "dmy" or "mdy". */
static void read_numeric(value_call *day_call, str text, str order, uint32_t first) {
    int32_t parts[3] = {ABSENT, ABSENT, ABSENT};
    for (size_t i = 0, part = 0; part < 3 && i < text.len; part++) {
        while (i < text.len && (text.ptr[i] < '0' || text.ptr[i] > '9'))
            i++;
        if (i < text.len) value_digits((str){text.ptr + i, text.len - i}, &parts[part]);
        while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
            i++;
    }
    bool year_first = parts[0] > 31;                                          /* "2023-09-13" */
    bool month_first = str_is(order, "mdy") ? parts[0] <= 12 : parts[1] > 12; /* "9/11/2001", "13/9/2001" */
    day_call->numbers[first] = year_first ? parts[0] : parts[2];
    day_call->numbers[first + 1] = year_first || !month_first ? parts[1] : parts[0];
    day_call->numbers[first + 2] = year_first ? parts[2] : month_first ? parts[1] : parts[0];
}

static value_call numeric(const value_call *c) {
    value_call day_call = *c;
    read_numeric(&day_call, c->texts[0], c->texts[1], 0);
    return day_call;
}

/* "18.–21.12.", "18.07.–19.07.2017": two days in digits; the first may lack month and year. */
static value_call numeric_range(const value_call *c) {
    value_call both = *c;
    read_numeric(&both, c->texts[0], c->texts[2], 0);
    read_numeric(&both, c->texts[1], c->texts[2], 3);
    if (both.numbers[2] == ABSENT) both.numbers[2] = c->numbers[0];
    return both;
}

static str value_numeric(arena *a, const value_call *c) {
    value_call day_call = numeric(c);
    return value_date(a, &day_call);
}

static str value_month(arena *a, const value_call *c) {
    int32_t year = full_year(c, c->numbers[0]), month = c->numbers[1];
    if (month < 1 || month > 12) return nothing;
    value_call directed = *c;
    if (c->numbers[2] != ABSENT) {
        directed.direction = c->numbers[2] < 0 ? DIRECTION_BACK : DIRECTION_AHEAD;
        directed.sure = true;
    }
    return write_month(a, year == ABSENT ? missing_year(&directed, month, 15) : year, month);
}

/* Two months, the first borrowing the year of the second. */
static str value_months(arena *a, const value_call *c) {
    int32_t second = full_year(c, c->numbers[2]), first = full_year(c, c->numbers[0]);
    int32_t from = c->numbers[1], to = c->numbers[3];
    if (from < 1 || from > 12 || to < 1 || to > 12) return nothing;
    if (second == ABSENT) second = missing_year(c, to, 15);
    if (first == ABSENT) first = second && from > to ? second - 1 : second;
    return write_range(a, iso_of_month(first, from), iso_of_month(second, to));
}

static str value_year(arena *a, const value_call *c) {
    if (c->numbers[1] != ABSENT) return write_signed(a, c->numbers[1] < 0, c->numbers[0], 4, STR(""));
    int32_t year = full_year(c, c->numbers[0]);
    return year > 0 && year < 10000 ? write_signed(a, false, year, 4, STR("")) : nothing;
}

static str value_decade(arena *a, const value_call *c) {
    int32_t year = full_year(c, c->numbers[0]);
    return year >= 10 && year < 10000 ? write_signed(a, false, year / 10, 3, STR("X")) : nothing;
}

static str value_century(arena *a, const value_call *c) {
    int32_t n = c->numbers[0];
    if (n <= 0 || n >= 100) return nothing;
    return write_signed(a, c->numbers[1] == -1, n - 1, 2, STR("XX"));
}

/* Two days, the first borrowing from the second what it does not say, and the second from the first. */
static bool make_days(const value_call *c, day *from, day *to) {
    value_call both = *c;
    if (both.numbers[4] == ABSENT) both.numbers[4] = both.numbers[1];
    if (both.numbers[1] == ABSENT) both.numbers[1] = both.numbers[4];
    if (both.numbers[0] == ABSENT) both.numbers[0] = both.numbers[3];
    if (both.numbers[3] == ABSENT) both.numbers[3] = both.numbers[0];
    if (!make_day(&both, 3, to)) return false;
    if (both.numbers[0] == ABSENT) both.numbers[0] = to->year ? to->year - (both.numbers[1] > to->month) : ABSENT;
    return make_day(&both, 0, from);
}

static str value_range(arena *a, const value_call *c) {
    day from, to;
    if (!make_days(c, &from, &to)) return nothing;
    return write_range(a, iso_of_day(from), iso_of_day(to));
}

/* Two years; where the third argument is there, the second is the year after the first: "2022/23", not "2005/2010". */
static bool make_years(const value_call *c, int32_t *first, int32_t *second) {
    *first = full_year(c, c->numbers[0]);
    *second = c->numbers[1];
    if (*second >= 0 && *second < 100 && *first >= 100)
        *second += *first - *first % 100 + (*second < *first % 100 ? 100 : 0);
    if (*first <= 0 || *second <= *first || *second >= 10000) return false;
    return c->numbers[2] == ABSENT || *second == *first + 1;
}

static str value_numeric_range(arena *a, const value_call *c) {
    value_call both = numeric_range(c);
    return value_range(a, &both);
}

static str value_years(arena *a, const value_call *c) {
    int32_t first, second;
    return make_years(c, &first, &second) ? write_range(a, iso_of_number(first, 4), iso_of_number(second, 4)) : nothing;
}

static str value_relative_month(arena *a, const value_call *c) {
    int32_t offset = c->numbers[0] == ABSENT ? 0 : c->numbers[0], month = c->numbers[1];
    if (month < 1 || month > 12) return nothing;
    return write_month(a, c->anchor.year ? c->anchor.year + offset : 0, month);
}

/* Ahead or back of the anchor as the second argument says (1, -1: not the anchor itself), else as the sentence looks:
 * "traf am Montag" is the last one, "wird am Montag" the next, each perhaps the anchor. */
static str value_weekday(arena *a, const value_call *c) {
    int32_t wanted = c->numbers[0], side = c->numbers[1];
    if (wanted < 1 || wanted > 7) return nothing;
    if (!c->anchor.year) return write_weekday(a, wanted);
    int32_t ahead = (wanted - (int32_t)calendar_weekday(c->anchor) + 7) % 7, back = (7 - ahead) % 7;
    int32_t days = c->direction == DIRECTION_AHEAD || (c->loose && ahead <= 3) ? ahead : -back;
    if (side == 1) days = ahead ? ahead : 7;
    if (side == -1) days = back ? -back : -7;
    return write_day(a, calendar_day(calendar_number(c->anchor) + days));
}

/* A day of the week that is so many from the anchor's: "am Mittwoch kommender Woche". */
static str value_week(arena *a, const value_call *c) {
    int32_t wanted = c->numbers[0], weeks = c->numbers[1] == ABSENT ? 0 : c->numbers[1];
    if (wanted < 1 || wanted > 7) return nothing;
    if (!c->anchor.year) return write_weekday(a, wanted);
    int64_t monday = calendar_number(c->anchor) - calendar_weekday(c->anchor) + 1;
    return write_day(a, calendar_day(monday + weeks * 7 + wanted - 1));
}

static str value_relative_day(arena *a, const value_call *c) {
    if (!c->anchor.year || c->numbers[0] == ABSENT) return nothing;
    return write_day(a, calendar_day(calendar_number(c->anchor) + c->numbers[0]));
}

static str value_season(arena *a, const value_call *c) {
    static const char *const names[] = {"-SP", "-SU", "-FA", "-WI"};
    int32_t n = c->numbers[1], year = full_year(c, c->numbers[0]);
    if (n < 1 || n > 4) return nothing;
    if (year == ABSENT) year = c->anchor.year;
    iso t = {.length = 0};
    if (year) iso_add_number(&t, year, 4);
    if (!year) iso_add(&t, STR("XXXX"));
    iso_add(&t, str_of(names[n - 1]));
    return iso_keep(a, &t);
}

static str part_of_year(arena *a, const value_call *c, str letter, int32_t parts) {
    int32_t year = full_year(c, c->numbers[0]), n = c->numbers[1];
    if (year == ABSENT || n < 1 || n > parts) return nothing;
    iso t = iso_of_number(year, 4);
    iso_add(&t, letter);
    iso_add_number(&t, n, 1);
    return iso_keep(a, &t);
}

static str value_quarter(arena *a, const value_call *c) {
    return part_of_year(a, c, STR("-Q"), 4);
}

static str value_half(arena *a, const value_call *c) {
    return part_of_year(a, c, STR("-H"), 2);
}

/* A holiday of a year: its day as 100 * month + day, or as days from Easter Sunday. */
static str value_holiday(arena *a, const value_call *c) {
    int32_t year = full_year(c, c->numbers[0]), fixed = c->numbers[1], easter = c->numbers[2];
    if (year == ABSENT) return nothing;
    if (fixed != ABSENT) return write_day(a, (day){year, (uint8_t)(fixed / 100), (uint8_t)(fixed % 100)});
    if (easter == ABSENT) return nothing;
    return write_day(a, calendar_day(calendar_number(calendar_easter(year)) + easter));
}

static str (*const functions[VALUE_FUNCTIONS])(arena *a, const value_call *c) = {
    [VALUE_DATE] = value_date,
    [VALUE_NUMERIC] = value_numeric,
    [VALUE_MONTH] = value_month,
    [VALUE_MONTHS] = value_months,
    [VALUE_YEAR] = value_year,
    [VALUE_DECADE] = value_decade,
    [VALUE_CENTURY] = value_century,
    [VALUE_RANGE] = value_range,
    [VALUE_YEARS] = value_years,
    [VALUE_WEEKDAY] = value_weekday,
    [VALUE_RELATIVE_DAY] = value_relative_day,
    [VALUE_RELATIVE_MONTH] = value_relative_month,
    [VALUE_NUMERIC_RANGE] = value_numeric_range,
    [VALUE_WEEK] = value_week,
    [VALUE_SEASON] = value_season,
    [VALUE_QUARTER] = value_quarter,
    [VALUE_HALF] = value_half,
    [VALUE_HOLIDAY] = value_holiday,
};

str value_of(arena *a, const value_call *c) {
    return functions[c->function] ? functions[c->function](a, c) : nothing;
}

bool value_possible(const value_call *c) {
    day from, to;
    int32_t first, second;
    if (c->function == VALUE_DATE) return make_day(c, 0, &from);
    if (c->function == VALUE_YEARS) return make_years(c, &first, &second);
    if (c->function == VALUE_RANGE) return make_days(c, &from, &to);
    if (c->function != VALUE_NUMERIC && c->function != VALUE_NUMERIC_RANGE) return true;
    value_call day_call = c->function == VALUE_NUMERIC ? numeric(c) : numeric_range(c);
    return c->function == VALUE_NUMERIC ? make_day(&day_call, 0, &from) : make_days(&day_call, &from, &to);
}

bool value_full_day(const value_call *c, day *out) {
    value_call day_call = *c;
    if (c->function == VALUE_NUMERIC) day_call = numeric(c);
    bool of_day = c->function == VALUE_NUMERIC || c->function == VALUE_DATE;
    return of_day && day_call.numbers[0] != ABSENT && make_day(&day_call, 0, out);
}

int32_t value_year_named(const value_call *c) {
    if (c->function == VALUE_RANGE) return c->numbers[3] != ABSENT ? full_year(c, c->numbers[3]) : 0;
    value_call day_call = *c;
    if (c->function == VALUE_NUMERIC) day_call = numeric(c);
    if (c->function == VALUE_YEAR && c->numbers[1] == ABSENT) return full_year(c, c->numbers[0]);
    bool known = c->function == VALUE_NUMERIC || c->function == VALUE_DATE || c->function == VALUE_MONTH ||
                 c->function == VALUE_SEASON;
    return known && day_call.numbers[0] != ABSENT ? full_year(c, day_call.numbers[0]) : 0;
}
