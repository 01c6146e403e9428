/* What a corpus's labels mean in our types: "person=PER,location*=LOC,*deriv=,*=". */
#ifndef EVAL_LABELS_H
#define EVAL_LABELS_H

#include "base/arena.h"
#include "base/vec.h"

typedef struct label_rule {
    str label; /* at most one * stands for anything */
    str type;  /* empty: dropped */
    bool optional;
} label_rule;

/* Zero is a valid map that keeps every label. */
typedef struct label_map {
    VEC(label_rule) rules;
} label_map;

/* Adds "LABEL=TYPE,LABEL=,LABEL=TYPE?": the type, dropped, or neither for nor against. `text` is borrowed. */
bool labels_add(label_map *map, arena *a, const char *text, nerx_error *error);

/* The type of a label by the first item that fits it; empty where it is dropped, the label itself where none fits. */
str labels_type(const label_map *map, str label, bool *optional);

/* Is it the type of some item? */
bool labels_has_type(const label_map *map, str type);

#endif
