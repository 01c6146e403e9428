/* All words of a document and their ids: equal words share one. Known words come from the model's layers, new ones from
 * the text.
 *
 *     id:  0 ........ n0 | n0 ........ n1 | n1 .........
 *          model image   | added lists    | new words */
#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H

#include "base/arena.h"
#include "base/vec.h"
#include "text/vocab.h"

/* What match/unknown.c finds in a word that no layer knows; worked out when it is first asked. */
typedef struct unknown_parts {
    uint32_t ending;                   /* word id, or NERX_NONE */
    uint32_t compound_asked, compound; /* bits, by language */
    bool ending_asked;
} unknown_parts;

/* A word that no layer knows. */
typedef struct new_word {
    str text; /* the key */
    uint32_t fold, shape;
    uint32_t document; /* the last one it was met in */
    unknown_parts parts;
} new_word;

/* A short word as the text spells it, and what it is. */
typedef struct seen_word {
    uint64_t bytes[2]; /* the spelling, zeros behind it */
    uint32_t id, fold, shape, length;
} seen_word;

/* All that is to be said of a token without looking around it. Stages remember what they learn by kind. */
typedef struct word_kind {
    uint32_t form, look, place; /* word ids; TOKEN_… */
} word_kind;

/* All words of a document, and the new words of earlier ones, which keep their ids so that what is learned of them
 * need not be learned again; only those of the document at hand are found.
 *
 *     spelling ──seen──> id, fold, shape                          short words that were met lately
 *     key ──slots of the layers, then own slots──> id ──> word or new word */
typedef struct lexicon {
    arena *arena;
    const vocab *layers;
    uint32_t layer_count, known; /* known: ids below it belong to layers */
    uint32_t document;           /* serial number of the one at hand */
    uint32_t generation;         /* changes when the ids of new words and of kinds do */
    VEC(new_word) words;
    uint32_t *slots; /* ids plus one of new words */
    uint32_t slot_count;
    VEC(word_kind) kinds;
    uint32_t *kind_slots; /* kinds plus one, by hash */
    uint32_t kind_slot_count;
    seen_word *seen; /* sets of two, the newer first; NULL where no document has begun */
} lexicon;

void lexicon_open(lexicon *l, arena *a, const vocab *layers, uint32_t layer_count);

/* Another document: the words of the last one are no longer found. Where new words take much memory they are forgotten.
 * The arena must be the lexicon's own. False if memory is short. */
bool lexicon_begin(lexicon *l);

/* Forgets all new words, and resets the arena; also where memory was short, so that none is left half made. */
void lexicon_forget(lexicon *l);

/* The id of `key` among the known words and those of the document, or NERX_NONE. */
uint32_t lexicon_find(const lexicon *l, str key);

uint32_t lexicon_find_known(const lexicon *l, str key);

/* The id of `key`, new if need be (its shape and fold are worked out). NERX_NONE if memory is short. */
uint32_t lexicon_intern(lexicon *l, str key);

/* The word that the text spells so; the bytes up to `end` may be read. Its id is NERX_NONE if memory is short. */
seen_word lexicon_meet(lexicon *l, str spelling, const char *end);

/* The layer that knows the word `id`, or NULL where it is new. */
static inline const vocab *lexicon_layer(const lexicon *l, uint32_t id) {
    for (uint32_t i = 0; i < l->layer_count; i++) {
        if (id - l->layers[i].first < l->layers[i].count) return &l->layers[i];
    }
    return NULL;
}

/* NULL where the word is new. */
static inline const traits *lexicon_traits(const lexicon *l, uint32_t id) {
    const vocab *v = lexicon_layer(l, id);
    return v ? vocab_traits(v, id) : NULL;
}

/* The number of a kind, new if need be; NERX_NONE if memory is short. */
uint32_t lexicon_kind(lexicon *l, word_kind k);

str lexicon_text(const lexicon *l, uint32_t id);
uint32_t lexicon_shape(const lexicon *l, uint32_t id);

/* The id of the folded word, new if need be; NERX_NONE if memory is short. */
uint32_t lexicon_fold(lexicon *l, uint32_t id);

/* The same as far as it is known or of this document; else `id` itself. */
uint32_t lexicon_folded(const lexicon *l, uint32_t id);

/* The text of the folded word, perhaps in the arena; ptr NULL if memory is short. */
str lexicon_fold_text(const lexicon *l, arena *a, uint32_t id);

/* The most usual cased spelling that the lists have of a folded word, or NERX_NONE. */
uint32_t lexicon_variant(const lexicon *l, uint32_t fold);

/* The same by the fold itself, which need not be known. */
uint32_t lexicon_spelling(const lexicon *l, str folded);

/* Do the lists have the word, or a cased spelling of it? */
bool lexicon_lists(const lexicon *l, uint32_t id);

static inline uint32_t lexicon_marks(const lexicon *l, uint32_t id) {
    const traits *t = lexicon_traits(l, id);
    uint32_t marks = t ? t->marks : 0;
    for (uint32_t i = 1; i < l->layer_count; i++) {
        const extra *e = vocab_extra(&l->layers[i], id);
        if (e) marks |= e->marks;
    }
    return marks;
}

#endif
