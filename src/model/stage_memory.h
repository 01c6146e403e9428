/* What stages remember from document to document: bits by kind of token and language, and what is asked of entries. */
#ifndef MODEL_STAGE_MEMORY_H
#define MODEL_STAGE_MEMORY_H

#include "model/model.h"

/* Who remembers what; each column is its owner's. */
typedef enum memory_column {
    COLUMN_NAMES,       /* match/names.c: classes of the word as it stands */
    COLUMN_NAMES_LOOSE, /* … or in lower case */
    COLUMN_VERBS,       /* norm/tense.c */
    COLUMN_GENITIVES,   /* relate/phrases.c */
    COLUMN_NUMBERS,     /* norm/value_call.c */
    COLUMN_ENDS,        /* norm/naming.c */
    MEMORY_COLUMNS
} memory_column;

enum { MEMORY_LANGUAGES = MAX_LANGUAGES + 1 /* the last for LANGUAGE_NONE */ };

/* What is often asked of an entry; ptr NULL where it has not been. */
typedef struct entry_memory {
    uint32_t entry; /* plus one; 0: free */
    str id, name, country;
} entry_memory;

/* What the entry of the same id in a language is called. */
typedef struct language_memory {
    uint32_t entry; /* plus one; 0: free */
    uint32_t language;
    str name;
} language_memory;

enum { NAME_MEMORY_WORDS = 4, NAME_MEMORY_KEYS = 12 };

/* What norm/mention_names.c finds in the words of a mention; of longer ones it remembers nothing. */
typedef struct name_memory {
    uint32_t kinds[NAME_MEMORY_WORDS];
    uint32_t words, type, kb; /* words 0: free */
    uint32_t meant;           /* the entry that is meant, or NERX_NONE */
    str meant_id, id;         /* the same, but empty where that is a guess */
    uint32_t look_hash;       /* of its type and words */
    uint32_t key_count, keys[NAME_MEMORY_KEYS];
} name_memory;

/* The types that stages ask for by name, or NERX_NONE. */
typedef struct known_types {
    uint32_t person, place, organization, date;
    bool found;
} known_types;

/* The classes that norm/tense.c asks for by name. */
typedef struct tense_classes {
    uint32_t marker, time_word, weekday;
    bool found;
} tense_classes;

/* Is it an ending of names? match/name_keys.c */
typedef struct ending_memory {
    uint8_t bytes[2], length; /* length 0: free */
    bool ends;
} ending_memory;

enum {
    ENTRY_MEMORY = 1 << 12,
    LANGUAGE_MEMORY = 1 << 13,
    NAME_MEMORY_BITS = 12,
    ENDING_MEMORY = 1 << 10,
    MEMORY_NAMES = 16
};

struct stage_memory {
    arena arena;
    uint32_t generation; /* of the lexicon whose kinds they are */
    VEC(uint32_t) columns[MEMORY_COLUMNS][MEMORY_LANGUAGES];
    VEC(uint64_t) keys;                 /* by kind; match/name_keys.c */
    uint8_t *rules;                     /* by rule; norm/value_call.c */
    entry_memory entries[ENTRY_MEMORY]; /* by hash */
    language_memory in_languages[LANGUAGE_MEMORY];
    name_memory names[1 << NAME_MEMORY_BITS];
    str type_names[MEMORY_NAMES], language_names[MEMORY_LANGUAGES]; /* ptr NULL: not asked */
    known_types types;
    tense_classes tenses;
    ending_memory endings[ENDING_MEMORY];
    struct {
        uint32_t classes[32];
        bool found;
    } name_classes; /* match/names.c */
};

stage_memory *stage_memory_new(nerx_error *error);
void stage_memory_free(stage_memory *m); /* NULL is allowed */

/* Another document, with this lexicon. */
void stage_memory_begin(stage_memory *m, const lexicon *l);

/* Makes room for the document's kinds; NULL where nothing is remembered or memory is short. */
uint32_t *stage_memory_grow(const document *d, memory_column column, uint32_t language);

/* Where the bits of a kind are, 0 as long as nobody has set them; NULL where nothing is remembered. Valid until other
 * bits are asked for. */
static inline uint32_t *memory_bits(const document *d, memory_column column, uint32_t kind, uint8_t language) {
    stage_memory *m = d->memory;
    uint32_t at = language == LANGUAGE_NONE ? MAX_LANGUAGES : language;
    if (!m || at >= MEMORY_LANGUAGES) return NULL;
    uint32_t *items =
        kind < m->columns[column][at].count ? m->columns[column][at].items : stage_memory_grow(d, column, at);
    return items ? &items[kind] : NULL;
}

/* The bits of a kind, 0 where nothing is remembered of it. */
static inline uint32_t memory_bit_set(const document *d, memory_column column, uint32_t kind, uint8_t language) {
    const stage_memory *m = d->memory;
    uint32_t at = language < MAX_LANGUAGES ? language : MAX_LANGUAGES;
    return m && kind < m->columns[column][at].count ? m->columns[column][at].items[kind] : 0;
}

uint64_t *stage_memory_grow_keys(const document *d);

/* The keys of all kinds that there are, or NULL. */
static inline const uint64_t *memory_all_keys(const document *d) {
    stage_memory *m = d->memory;
    if (!m) return NULL;
    return m->keys.count == d->lexicon.kinds.count ? m->keys.items : stage_memory_grow_keys(d);
}

/* Where the key of a kind is, as memory_bits. */
static inline uint64_t *memory_key(const document *d, uint32_t kind) {
    stage_memory *m = d->memory;
    if (!m) return NULL;
    uint64_t *items = kind < m->keys.count ? m->keys.items : stage_memory_grow_keys(d);
    return items ? &items[kind] : NULL;
}

uint8_t *stage_memory_make_rules(const document *d);

/* Where the note of a rule is, 0 as long as nobody has made one; NULL where nothing is remembered. */
static inline uint8_t *memory_of_rule(const document *d, uint32_t rule_index) {
    stage_memory *m = d->memory;
    if (!m) return NULL;
    uint8_t *items = m->rules ? m->rules : stage_memory_make_rules(d);
    return items ? &items[rule_index] : NULL;
}

known_types memory_types(const document *d);

/* The same as model_type_name and model_language_name. */
str memory_type_name(const document *d, uint32_t type);
str memory_language_name(const document *d, uint32_t language);

/* The same as model_entry_id, model_entry_name, the attribute "country", and model_entry_name_in. */
str memory_entry_id(const document *d, uint32_t entry_index);
str memory_entry_name(const document *d, uint32_t entry_index);
str memory_entry_country(const document *d, uint32_t entry_index);
str memory_entry_name_in(const document *d, uint32_t entry_index, uint8_t language);

#endif
