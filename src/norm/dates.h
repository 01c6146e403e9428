/* Dates: from what a rule captured to an ISO 8601 value, against the document's date. */
#ifndef NORM_DATES_H
#define NORM_DATES_H

#include "text/document.h"

/* Fills the value of every mention whose rule has a `value` call, and d->date from the text where no option gave it.
 * The functions are described in rules/README.md, "Values". False if memory is short. */
bool normalize_dates(document *d, nerx_error *error);

/* False for matches whose value no calendar has: "31. Februar". True for rules without a value. */
bool date_match_valid(const document *d, const rule_match *m);

#endif
