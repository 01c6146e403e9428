/* The proleptic Gregorian calendar (ISO 8601), by day numbers. */
#ifndef NORM_CALENDAR_H
#define NORM_CALENDAR_H

#include "text/document.h"

/* Days since 1970-01-01 (Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil). */
int64_t calendar_number(day d);

day calendar_day(int64_t number);
unsigned calendar_month_length(int32_t year, unsigned month); /* month 1 to 12 */
unsigned calendar_weekday(day d);                             /* Monday is 1 */

/* Is it a day? A year of 0 stands for an unknown one, in which February has 29 days. */
bool calendar_valid(day d);

/* Reads "YYYY-MM-DD". */
bool calendar_parse(str s, day *out);

day calendar_easter(int32_t year); /* Easter Sunday (Meeus, Jones, Butcher) */

#endif
