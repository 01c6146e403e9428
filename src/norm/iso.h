/* Days, months and years as ISO 8601 spells them. */
#ifndef NORM_ISO_H
#define NORM_ISO_H

#include "text/document.h"

/* A spelling in the making; there is room for two days and what joins them. */
typedef struct iso {
    char text[64];
    uint32_t length;
} iso;

iso iso_of_day(day d);                            /* "2023-09-13"; "XXXX-09-13" without a year */
iso iso_of_month(int32_t year, int32_t month);    /* "2023-09", "XXXX-09" */
iso iso_of_number(int32_t n, uint32_t width);     /* with zeros before it up to the width: "0476" */
iso iso_of_range(const iso *from, const iso *to); /* "2022/2023" */

void iso_add(iso *t, str text);
void iso_add_number(iso *t, int32_t n, uint32_t width);

/* The spelling in the arena; ptr NULL if memory is short. */
str iso_keep(arena *a, const iso *t);

#endif
