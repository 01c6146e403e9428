/* From the lists as read to the sections of the image: what its parts share. */
#ifndef MODEL_GAZETTEER_WRITE_H
#define MODEL_GAZETTEER_WRITE_H

#include "model/build.h"
#include "model/frame.h"
#include "model/rule_image.h"

typedef struct writer {
    build *b;
    word *words;
    VEC(uint32_t) readings, features; /* packed; sets of them */
} writer;

/* Visits every word id in the parts of rules and frames, which lie ready. */
typedef void id_visitor(void *user, uint32_t *id);
void references_visit(const build *b, id_visitor *visit, void *user);

/* Writes the readings of a list, oldest first: *readings and *count as in `word`. False if memory is short. */
bool write_readings(writer *out, uint32_t head, uint32_t *readings, uint32_t *count);

void write_part(build *b, section_id id, const void *items, size_t size, uint32_t count);

/* Orders and writes the words, and numbers them anew: b->numbers. False if memory is short. */
bool words_write(writer *out);

/* Lines, entries, phrases and readings, under the new numbers; then those of rules and frames (gazetteer_sections.c).
 */
bool sections_write(writer *out);

#endif
