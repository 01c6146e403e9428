/* A model being built: words, entries, phrases and the sections of rules and frames, before they are laid out. */
#ifndef MODEL_BUILD_H
#define MODEL_BUILD_H

#include "model/gazetteer_image.h"
#include "model/image.h"
#include "model/rule_source.h"

typedef struct build_word {
    str key;
    uint32_t fold, shape, marks, head; /* head: first pending reading, or NERX_NONE */
    uint8_t language, weight;
    uint32_t languages; /* bit set of languages whose lists of ordinary words hold it */
} build_word;

/* A reading waiting for its word or phrase; linked, newest first. */
typedef struct pending {
    reading reading;
    uint32_t next;
} pending;

typedef struct build_node {
    uint32_t head; /* first pending reading */
    uint32_t parent, word;
} build_node;

/* A line of a list. */
typedef struct build_line {
    entry entry;
    uint32_t lemma; /* word id, or NERX_NONE */
} build_line;

typedef struct hash_table {
    uint32_t *slots; /* index plus one */
    uint32_t size;
} hash_table;

typedef struct build {
    arena *arena;
    const model *base; /* the layers below, or NULL */
    lexicon lexicon;   /* the words of the layers below */
    reporter *reports;
    const nerx_source *sources;
    size_t source_count;
    uint32_t first_word, first_line, first_class, first_type, first_language;
    VEC(build_word) words;
    hash_table word_table;
    VEC(char) strings;
    hash_table string_table; /* offsets plus one */
    VEC(build_line) lines;
    VEC(pending) readings;
    VEC(build_node) nodes;
    hash_table node_table;
    VEC(named) classes, types, languages;
    image_part parts[SECTION_COUNT];
    uint32_t *numbers; /* by word: its number in the image, NERX_NONE where it is left out */
    const char *limit; /* of an image, that the lists exceed */
} build;

/* The id of a word, new if need be; its fold is interned, too. NERX_NONE if memory is short. */
uint32_t build_word_id(build *b, str key);

/* The id of its fold. NERX_NONE if memory is short. */
uint32_t build_fold_id(build *b, uint32_t id);

str build_line_name(const build *b, const build_line *l);

/* The offset of a string in SECTION_STRINGS; equal strings share one. NERX_NONE if memory is short. */
uint32_t build_string(build *b, str s);

/* Ids by name, in lower layers too; NERX_NONE where there is none. `add` makes it. */
uint32_t build_class(build *b, str name, bool add);
uint32_t build_type(build *b, str name, bool add);
uint32_t build_language(build *b, str name, bool add); /* LANGUAGE_NONE for "common" */
str build_class_name(const build *b, uint32_t class);
uint32_t build_class_count(const build *b);

/* The stages of a build; each reports what is wrong and goes on. False only if memory is short. */
bool gazetteers_compile(build *b);
bool rules_compile(build *b);
bool frames_compile(build *b);

#endif
