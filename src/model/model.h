/* The model as the stages see it: words, readings, phrases, entries, rules and frames of all layers.
 *
 *     model ─┬─ layer 0: the image (mapped, constant)        ids of a layer's words, entries, readings, rules and
 *            ├─ layer 1: lists and rules added with -g, -r   names follow those of the layers before it
 *            └─ …
 *
 * Everything an accessor takes has been checked when the layer was opened, so none can fail. */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "model/features.h"
#include "text/document.h"
#include "text/lexicon.h"

/* One sense of a surface: an entry of a list, and the features of this form of it. */
typedef struct reading {
    uint32_t entry;    /* global */
    uint32_t features; /* FEATURE_… */
} reading;

enum {
    ENTRY_ORDINARY = 1 << 0, /* its class is one of ordinary words */
    ENTRY_WEAK = 1 << 1,     /* always counts its ambiguous points */
    ENTRY_SHARED = 1 << 7,   /* other lines have its id, too */
};

/* What a line of a list says, but for its lemma; lines that say the same share one. String fields are offsets for
 * model_string. */
typedef struct entry {
    uint32_t name;       /* preferred surface; 0 where it is the lemma */
    uint32_t id;         /* "country:RU" or "" */
    uint32_t attributes; /* "key=value;key;…" as in the list, or "" */
    int16_t points, ambiguous;
    uint8_t type;     /* type id plus one, 0: none */
    uint8_t class;    /* class id */
    uint8_t language; /* language index; LANGUAGE_NONE: common */
    uint8_t flags;    /* ENTRY_… */
} entry;

typedef struct range {
    uint32_t first, count;
} range;

/* The readings of a phrase, packed as they lie in the image: gazetteer_image.h. */
typedef struct reading_list {
    const struct layer *layer;
    const uint32_t *items;
    uint32_t single, count;
} reading_list;

/* Those that the layer of a word has for this very spelling of it; none where the word is new. */
reading_list model_word_readings(const model *m, uint32_t id);

/* Readings that hold for a word in this very spelling, and those of the folded word that hold in any spelling (lists
 * with `case: fold`), without repetition, those of other languages' untyped classes left out; at most `limit` go to
 * `out`, the number is returned. */
uint32_t model_readings(const model *m, const lexicon *l, uint32_t form, uint32_t fold, uint8_t language, reading *out,
                        uint32_t limit);
enum { MODEL_MAX_READINGS = 64 };

reading model_reading(const reading_list *l, uint32_t index);
const entry *model_entry(const model *m, uint32_t index);
uint32_t model_entry_lemma(const model *m, uint32_t index); /* word id; NERX_NONE where it has several words */
str model_string(const model *m, uint32_t entry_index, uint32_t offset); /* a string of the layer of this entry */
str model_entry_name(const model *m, uint32_t entry);
str model_entry_id(const model *m, uint32_t entry);

/* The value of `key` among the entry's attributes; ptr NULL where it has none, empty where the key stands bare. */
str model_entry_attribute(const model *m, uint32_t entry, str key);

/* True if a typed reading of this entry counts its ambiguous points on this word: computed by the builder from the
 * lists themselves (the surface is also an ordinary word), or weak. */
bool model_reading_ambiguous(const model *m, reading r);

/* The entry of the same id in a language, or itself where there is none. */
uint32_t model_entry_in(const model *m, uint32_t entry, uint8_t language);

/* Its preferred surface: the name as it is known in that language. */
str model_entry_name_in(const model *m, uint32_t entry, uint8_t language);

/* Some entry of this id, NERX_NONE where none or only one entry has it. Looks at all ids: to be remembered. */
uint32_t model_entry_of_id(const model *m, str id);

/* Phrases. Root 0 is for forms, root 1 for folded words; NERX_NONE where nothing follows. */
uint32_t model_phrase_step(const model *m, uint32_t layer, uint32_t node, uint32_t word);
reading_list model_phrase_readings(const model *m, uint32_t layer, uint32_t node);

/* What model_readings needs from memory, each to be found by the one before it. */
typedef enum model_step { MODEL_LINES, MODEL_ENTRIES } model_step;

/* Calls it from there, for a word with one reading, the first of several. */
void model_readings_expect(const model *m, uint32_t id, model_step step);

/* Calls from memory what a step will need. */
void model_phrase_expect(const model *m, uint32_t layer, uint32_t node, uint32_t word);

uint32_t model_layer_count(const model *m);
const vocab *model_vocab(const model *m); /* model_layer_count of them */

uint32_t model_class_count(const model *m);
str model_class_name(const model *m, uint32_t class);
uint32_t model_class_find(const model *m, str name); /* NERX_NONE where nobody defines it */

uint32_t model_type_count(const model *m);
str model_type_name(const model *m, uint32_t type);
uint32_t model_type_find(const model *m, str name);

uint32_t model_language_count(const model *m);
str model_language_name(const model *m, uint32_t language);
uint32_t model_language_find(const model *m, str name);

#endif
