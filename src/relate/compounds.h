/* Compounds with a hyphen as roles: in "SPD-Chef" the SPD is the object, "Chef" the office. */
#ifndef RELATE_COMPOUNDS_H
#define RELATE_COMPOUNDS_H

#include "text/document.h"

/* If token `i` is such a compound and no mention: fills `out` with the part that suits the role `out->name` of a frame
 * called `type`: the first part where the role wants mentions, the last where it wants words. False where neither does.
 */
bool compound_fill(const document *d, str type, uint32_t i, role *out);

/* Is the token a compound with a hyphen? */
bool is_compound(const document *d, uint32_t i);

#endif
