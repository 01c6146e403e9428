/* Gazetteer files: header, entries and tables of forms. */
#ifndef MODEL_GAZETTEER_H
#define MODEL_GAZETTEER_H

#include "model/inflect.h"

/* One list while it is read. */
typedef struct list {
    build *b;
    const rule_source *at;
    const inflection_list *inflections;
    str class_name, type_name, inflect, source, licence;
    str columns[64];
    uint32_t column_count;
    uint32_t class, type; /* type: id plus one */
    int points, ambiguous;
    uint8_t language;
    bool fold, ordinary;
} list;

/* Reads one list into the build; reports what is wrong and goes on. False only if memory is short. */
bool gazetteer_read(build *b, const nerx_source *source, uint8_t language, const inflection_list *inflections);

/* Adds one surface of an entry: single words and phrases, and its tokens as words (gazetteer_surface.c). */
bool gazetteer_add_surface(build *b, const list *l, str surface, uint32_t entry_index, uint32_t features);

/* Ambiguity, variants, languages, then the sections (gazetteer_write.c). */
bool gazetteers_write(build *b);

#endif
