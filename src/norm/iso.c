/* Days, months and years as ISO 8601 spells them. */
#include "norm/iso.h"

void iso_add(iso *t, str text) {
    size_t room = sizeof t->text - t->length, count = text.len < room ? text.len : room;
    memcpy(t->text + t->length, text.ptr, count);
    t->length += (uint32_t)count;
}

void iso_add_number(iso *t, int32_t n, uint32_t width) {
    char digits[16], *p = digits + sizeof digits;
    uint32_t rest = n < 0 ? 0U - (uint32_t)n : (uint32_t)n;
    uint32_t fewest = n < 0 && width ? width - 1 : width; /* a sign counts */
    for (uint32_t count = 0; rest || count == 0 || count < fewest; count++, rest /= 10)
        *--p = (char)('0' + rest % 10);
    if (n < 0) *--p = '-';
    iso_add(t, (str){p, (size_t)(digits + sizeof digits - p)});
}

iso iso_of_number(int32_t n, uint32_t width) {
    iso t = {.length = 0};
    iso_add_number(&t, n, width);
    return t;
}

iso iso_of_month(int32_t year, int32_t month) {
    iso t = {.length = 0};
    if (year) {
        iso_add_number(&t, year, 4);
    } else {
        iso_add(&t, STR("XXXX"));
    }
    iso_add(&t, STR("-"));
    iso_add_number(&t, month, 2);
    return t;
}

iso iso_of_day(day d) {
    iso t = iso_of_month(d.year, d.month);
    iso_add(&t, STR("-"));
    iso_add_number(&t, d.day, 2);
    return t;
}

iso iso_of_range(const iso *from, const iso *to) {
    iso t = *from;
    iso_add(&t, STR("/"));
    iso_add(&t, (str){to->text, to->length});
    return t;
}

str iso_keep(arena *a, const iso *t) {
    return arena_str(a, (str){t->text, t->length});
}
