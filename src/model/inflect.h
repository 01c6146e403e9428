/* Inflection tables: paradigms that make further forms of a surface. */
#ifndef MODEL_INFLECT_H
#define MODEL_INFLECT_H

#include "model/build.h"
#include "model/regex.h"

typedef struct inflection {
    str paradigm, cut, add;
    str template; /* of the whole surface, "$1en $2"; else ptr NULL */
    regex *condition;
    uint32_t features;
    uint8_t language;
} inflection;

typedef struct inflection_list {
    VEC(inflection) items;
} inflection_list;

/* Reads one inflection.tsv; reports what is wrong. False only if memory is short. */
bool inflections_read(build *b, const nerx_source *source, uint8_t language, inflection_list *out);

/* The form `i` makes of `surface`, in the arena; ptr NULL where its condition does not hold. */
str inflect(arena *a, const inflection *i, str surface);

void inflections_free(inflection_list *all);

#endif
