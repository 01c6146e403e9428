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

/* Where a token stands. */
enum {
    TOKEN_JOINED = 1 << 0,    /* no space between it and the token before */
    TOKEN_FIRST = 1 << 1,     /* first word of its sentence (punctuation before it does not count) */
    TOKEN_LINE = 1 << 2,      /* begins a line */
    TOKEN_PARAGRAPH = 1 << 3, /* begins a paragraph: an empty line before it */
    TOKEN_CAPS_LINE = 1 << 4, /* stands in a run of words all in capitals, so that its capitals tell nothing */
    TOKEN_ENDS = 1 << 5,      /* an ordinal that ends its sentence, until its full stop is a token of its own */
};

/* A word as texts spell it, and what is known of it: spelling.h. */
typedef struct spelling {
    uint64_t bytes[2]; /* its key, all 0 where the place is free; of a longer one the lower half is where it stands,
                          plus one */
    uint32_t kinds[2]; /* plus one, of tokens that stand apart, and joined; 0: not met */
    uint32_t known;    /* the id it has in the layers plus one; NERX_NONE: none; 0: not asked */
    uint16_t stop;     /* SPELLING_STOP_ASKED, and the marks it has with a full stop behind it */
} spelling;

enum { SPELLING_STOP_ASKED = 1 << 15 };

/* All that is to be said of a token without looking around it, but for the sentence's language. Stages remember what
 * they learn by kind. Two lie in a cache line. */
typedef struct word_kind {
    uint32_t form, fold; /* word ids */
    uint32_t shape;
    uint32_t look;                               /* word id */
    uint8_t place;                               /* TOKEN_… */
    uint8_t asks;                                /* KIND_… */
    uint16_t form_marks, look_marks, fold_marks; /* MARK_… */
    uint8_t language, weight; /* that form and fold tell together, or the form alone; 0 where it has no letters */
    uint8_t fold_language, fold_weight; /* what the fold tells, where that is another language */
    uint32_t listed;                    /* LISTED_…, and number in `listed`; 0: not asked yet */
} word_kind;

/* What is to be done with a token of a kind. */
enum {
    KIND_ADDS = 1 << 0,    /* form or fold is a new word, to be stamped, or the fold tells another language */
    KIND_ENDS = 1 << 1,    /* may end a sentence */
    KIND_CUT = 1 << 2,     /* may be cut in parts */
    KIND_STARTS = 1 << 3,  /* phrases may begin with it */
    KIND_SECOND = 1 << 4,  /* phrases may go on with it behind their first word */
    KIND_NAMED = 1 << 5,   /* lists may have it as a name */
    KIND_OPENS = 1 << 6,   /* an opening bracket */
    KIND_CAPITAL = 1 << 7, /* it has a capital: names may begin with it; the topmost bit */
    KIND_RARE = KIND_ADDS | KIND_ENDS | KIND_CUT
};

enum { LISTED_ASKED = 1 << 28, LISTED_STARTS = 1 << 29, LISTED_NAMES = 1 << 30, LISTED_NUMBER = (1 << 28) - 1 };

/* What match/listed.c finds of a kind: nodes of the first layer's phrases, by root, or NERX_NONE; names; in which
 * languages its fold is an ordinary word. */
typedef struct listed_word {
    uint32_t starts[2];
    uint32_t first, count;    /* into `names` */
    uint32_t asked, ordinary; /* bits, by language */
} listed_word;

typedef struct listed_name {
    uint32_t entry;
    int16_t points, part; /* of a word by itself; where it is doubtful, as a part of another name is */
    uint8_t type;
} listed_name;

enum { MAX_LANGUAGES = 16 /* that words can tell */ };

/* How much words tell of languages, by language plus one; 0 takes what those tell that tell none. */
typedef struct language_sums {
    uint32_t of[MAX_LANGUAGES + 1];
} language_sums;

static inline void language_add(language_sums *sums, const word_kind *k) {
    sums->of[k->language] += k->weight;
    sums->of[k->fold_language] += k->fold_weight;
}

/* All words of a document, and the new words of earlier ones, which keep their ids so that what is learned of them
 * need not be learned again; only those of the document at hand are found.
 *
 *     spelling ──────────────────────────────> kind ──> form, look, fold, shape, marks
 *         └─> key ──slots of the layers, then own slots──> id ──> word or new word */
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
    uint8_t languages; /* the last one that kinds tell, plus one */
    VEC(listed_word) listed;
    VEC(listed_name) names;
    uint32_t *kind_slots; /* kinds plus one, by hash */
    uint32_t kind_slot_count;
    spelling *spellings;   /* by hash */
    void *spelling_memory; /* what they lie in */
    VEC(char) long_spellings;
    uint32_t spelling_shift, spelling_count;
} lexicon;

void lexicon_open(lexicon *l, arena *a, const vocab *layers, uint32_t layer_count);

/* Another document: the words of the last one are no longer found. Where new words take much memory they are forgotten.
 * The arena must be the lexicon's own. */
void lexicon_begin(lexicon *l);

/* Forgets all new words, and resets the arena; also where memory was short, so that none is left half made. */
void lexicon_forget(lexicon *l);

/* The id of `key` among the known words and those of the document, or NERX_NONE. */
uint32_t lexicon_find(const lexicon *l, str key);

uint32_t lexicon_find_known(const lexicon *l, str key);

/* May a layer have a key with this vocab_hash, or a spelling of it that differs in case? Soon said of most that none
 * has. */
bool lexicon_may_know(const lexicon *l, uint64_t hash);

/* Calls from memory what lexicon_intern will need of `key`, whose vocab_hash is given, step by step, so that those of
 * many words overlap. */
void lexicon_expect(const lexicon *l, str key, uint64_t hash, vocab_step step);

/* The id of `key`, new if need be (its shape and fold are worked out). NERX_NONE if memory is short. */
uint32_t lexicon_intern(lexicon *l, str key);

/* The kind of a word in this place, new if need be; NERX_NONE if memory is short. */
uint32_t lexicon_kind_of(lexicon *l, uint32_t form, uint32_t fold, uint16_t place);

/* The kind of the same word as that of `kind`, but looked up under `look` and in another place. NERX_NONE if memory is
 * short. */
uint32_t lexicon_kind_as(lexicon *l, uint32_t kind, uint32_t look, uint16_t place);

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

/* The word stands in this document. */
static inline void lexicon_stamp(lexicon *l, uint32_t id) {
    if (id >= l->known) l->words.items[id - l->known].document = l->document;
}

static inline void lexicon_stamp_kind(lexicon *l, const word_kind *k) {
    lexicon_stamp(l, k->form);
    lexicon_stamp(l, k->fold);
}

#endif
