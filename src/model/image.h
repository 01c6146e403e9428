/* The model image: a header, a table of sections, and the sections, flat and 8-byte aligned, used as they lie.
 *
 *     ┌────────┬───────────────┬─────────┬─────────┬───
 *     │ header │ section table │ STRINGS │ WORDS   │ …
 *     └────────┴───────────────┴─────────┴─────────┴───
 *
 * Little-endian; a machine of the other order refuses the file. Ids in a layer's image are global: they count on from
 * the layers below, whose sizes the image remembers and the loader compares. */
#ifndef MODEL_IMAGE_H
#define MODEL_IMAGE_H

#include "base/str.h"

enum { IMAGE_VERSION = 10 };

typedef enum section_id {
    /* gazetteers: model/gazetteer_image.h */
    SECTION_STRINGS,
    SECTION_WORDS,
    SECTION_WORD_TRAITS,
    SECTION_WORD_TEXT,
    SECTION_WORD_BUCKETS,
    SECTION_WORD_FILTER,
    SECTION_WORD_FAR,
    SECTION_READINGS,
    SECTION_FEATURES,
    SECTION_LINES,
    SECTION_ENTRIES,
    SECTION_PHRASE_NODES,
    SECTION_PHRASE_SLOTS,
    SECTION_EXTRA,   /* layers above the first: readings and marks for words of lower layers */
    SECTION_SAME_ID, /* lines sorted by hash of id, and id */
    SECTION_CLASSES,
    SECTION_TYPES,
    SECTION_LANGUAGES,
    /* rules: model/rules.h */
    SECTION_RULES,
    SECTION_NAMES,
    SECTION_CALLS,
    SECTION_ARGUMENTS,
    SECTION_PROGRAMS,
    SECTION_CODE,
    SECTION_PREDICATES,
    SECTION_ATOMS,
    SECTION_MACROS,
    SECTION_RULE_STRINGS,
    SECTION_CUES,
    SECTION_CUE_POINTS,
    SECTION_EXPRESSIONS, /* model/expressions.h */
    SECTION_EXPRESSION_GROUPS,
    SECTION_EXPRESSION_STATES,
    SECTION_EXPRESSION_TARGETS,
    SECTION_EXPRESSION_ACCEPTS,
    SECTION_EXPRESSION_SYMBOLS,
    /* frames: model/frames.h */
    SECTION_FRAMES,
    SECTION_TRIGGERS,
    SECTION_FRAME_ROLES,
    SECTION_REALIZATIONS,
    SECTION_FRAME_STRINGS,
    SECTION_COUNT
} section_id;

typedef struct image_section {
    uint64_t offset, length; /* bytes from the start of the image */
    uint32_t item_size, spare;
} image_section;

typedef struct image_header {
    char magic[8]; /* "nerximg\n" */
    uint32_t byte_order, version;
    uint64_t length, checksum; /* of everything behind the header */
    uint32_t section_count, spare;
} image_header;

typedef struct image {
    const unsigned char *bytes;
    size_t length;
} image;

/* The items of a section, NULL where it is empty; *count is their number. Only for an image that was opened. */
const void *image_items(const image *i, section_id section, uint32_t *count);

/* An empty section, or one whose items have this size. */
bool image_item_size_is(const image *i, section_id section, size_t size);

/* Checks header, section table and (unless `trusted`) the checksum; the sections' owners check what is in them. */
bool image_open(image *i, const void *bytes, size_t length, bool trusted, const char *path, nerx_error *error);

/* Writing: sections are handed in, then laid out in one malloc'ed block. */
typedef struct image_part {
    const void *items;
    uint32_t item_size, count;
} image_part;

bool image_write(const image_part parts[SECTION_COUNT], void **bytes, size_t *length, nerx_error *error);

#endif
