/* The proleptic Gregorian calendar. */
#include "norm/calendar.h"

enum { DAYS_PER_ERA = 146097, EPOCH = 719468, YEARS_PER_ERA = 400 };

int64_t calendar_number(day d) {
    int64_t y = d.year - (d.month <= 2);
    int64_t era = (y >= 0 ? y : y - (YEARS_PER_ERA - 1)) / YEARS_PER_ERA;
    int64_t year_of_era = y - era * YEARS_PER_ERA;
    int64_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - EPOCH;
}

day calendar_day(int64_t number) {
    int64_t z = number + EPOCH;
    int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int64_t doe = z - era * DAYS_PER_ERA;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    day d = {.day = (uint8_t)(doy - (153 * mp + 2) / 5 + 1), .month = (uint8_t)(mp < 10 ? mp + 3 : mp - 9)};
    d.year = (int32_t)(yoe + era * YEARS_PER_ERA + (d.month <= 2));
    return d;
}

static bool is_leap(int32_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

unsigned calendar_month_length(int32_t year, unsigned month) {
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

unsigned calendar_weekday(day d) {
    return (unsigned)(((calendar_number(d) + 3) % 7 + 7) % 7) + 1;
}

bool calendar_valid(day d) {
    if (d.month < 1 || d.month > 12 || d.day < 1) return false;
    return d.day <= calendar_month_length(d.year, d.month);
}

static bool read_digits(str s, size_t from, size_t count, int32_t *out) {
    *out = 0;
    for (size_t i = from; i < from + count; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
        *out = *out * 10 + (s.ptr[i] - '0');
    }
    return true;
}

bool calendar_parse(str s, day *out) {
    int32_t year, month, number;
    if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-') return false;
    if (!read_digits(s, 0, 4, &year) || !read_digits(s, 5, 2, &month) || !read_digits(s, 8, 2, &number)) return false;
    *out = (day){year, (uint8_t)month, (uint8_t)number};
    return year > 0 && calendar_valid(*out);
}

day calendar_easter(int32_t year) {
    int32_t a = year % 19, b = year / 100, c = year % 100;
    int32_t g = (8 * b + 13) / 25, h = (19 * a + b - b / 4 - g + 15) % 30;
    int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    return (day){year, (uint8_t)(n / 31), (uint8_t)(n % 31 + 1)};
}
