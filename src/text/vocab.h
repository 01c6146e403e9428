/* Words and their ids: equal words share one. Known words come from the model's layers, new ones from the document.
 *
 *     id:  0 ........ n0 | n0 ........ n1 | n1 .........
 *          model image   | added lists    | this document
 *
 * A key is the word as it is looked up: NFC, without soft hyphens, ’ as '. Its fold is the word case-folded (full
 * Unicode folding, ß → ss), which is a word of its own with an id in the same space. */
#ifndef TEXT_VOCAB_H
#define TEXT_VOCAB_H

#include "base/arena.h"
#include "base/vec.h"

/* What a word's letters show, whatever stands around it. */
enum {
    SHAPE_UPPER_FIRST = 1 << 0, /* first letter is upper or title case: "Putin", "USA" */
    SHAPE_ALL_UPPER = 1 << 1,   /* two letters or more, all upper: "USA", "U.S." */
    SHAPE_LOWER = 1 << 2,       /* has letters, none is upper */
    SHAPE_INNER_UPPER = 1 << 3, /* upper after lower: "McDonald", "eBay" */
    SHAPE_HAS_DIGIT = 1 << 4,
    SHAPE_NUMBER = 1 << 5,  /* only digits and separators: "12", "3,5", "1.000" */
    SHAPE_ORDINAL = 1 << 6, /* "13.",  */
    SHAPE_PUNCT = 1 << 7,   /* has no letter and no digit */
    SHAPE_QUOTE = 1 << 8,   /* any quotation mark */
    SHAPE_DASH = 1 << 9,    /* hyphen or dash standing alone */
    SHAPE_HYPHEN = 1 << 10, /* has letters and an inner hyphen: "Byong-chul" */
    SHAPE_APOSTROPHE = 1 << 11,
    SHAPE_INITIAL = 1 << 12, /* one letter and a full stop: "J." */
    SHAPE_DOT = 1 << 13,     /* ends in a full stop that belongs to it: "Dr.", "13." */
    SHAPE_LETTERS = 1 << 14, /* has a letter */
    SHAPE_WEB = 1 << 15,     /* URL, e-mail address, @name, #tag */
    SHAPE_ROMAN = 1 << 16,   /* a Roman numeral in capitals, with or without a full stop: "II.", "XVI" */
    SHAPE_ONE = 1 << 17,     /* a single letter */
    SHAPE_OPEN = 1 << 18,    /* opening bracket */
    SHAPE_CLOSE = 1 << 19,   /* closing bracket */
    SHAPE_END = 1 << 20,     /* . ! ? … : may end a sentence */
    SHAPE_SYMBOL = 1 << 21,  /* currency, emoji and other symbols */
};

/* What the model says of a word, for those stages that know no gazetteers. */
enum {
    MARK_ABBREVIATION = 1 << 0,  /* ends no sentence: "z.", "Dr." */
    MARK_BEFORE_NUMBER = 1 << 1, /* an abbreviation only where a number follows: "Nr." */
    MARK_MONTH = 1 << 2,         /* or another word before which an ordinal ends nothing */
    MARK_PHRASE = 1 << 3,        /* begins a phrase of several words (form) */
    MARK_PHRASE_FOLD = 1 << 4,   /* the same, as a folded word */
    MARK_ORDINARY = 1 << 5,      /* an ordinary word in this spelling */
    MARK_NAMED = 1 << 6,         /* has a reading with a type, or is a given name or surname */
    MARK_FOLD_READING = 1 << 7,  /* as a folded word, has readings that hold in any case */
    MARK_SUFFIX = 1 << 9,        /* an inflection of names: "s", "'" */
    MARK_COMPOUND = 1 << 14,     /* never in the image: a word no list has, made of ordinary ones */
    MARK_COMMON = 1 << 15,       /* never in the image: in lower case it is an ordinary word */
    MARK_CLITIC = 1 << 8, /* split off words of its language (0: of several): "'s", "n't"; "-": hyphens split, too */
};

/* A known word, as it lies in the image. */
typedef struct word {
    uint32_t text;     /* offset into the vocabulary's text */
    uint32_t fold;     /* id of the folded word */
    uint32_t variant;  /* of a folded word: its most usual cased spelling that has readings; else NERX_NONE */
    uint32_t readings; /* first of reading_count readings in the layer */
    uint32_t shape;
    uint16_t reading_count;
    uint16_t marks;
    uint8_t length;   /* bytes; longer words are never known */
    uint8_t language; /* index of the language it tells, plus one; 0: none */
    uint8_t weight;   /* how strongly */
    uint8_t spare;
} word;

enum { WORD_MAX_LENGTH = 255 };

/* What an added layer says of a word that a lower one knows. */
typedef struct extra {
    uint32_t word, first, count; /* readings */
    uint32_t marks;
} extra;

/* The known words of one layer. `slots` is an open-addressing table of ids plus one (0: free), its size a power of two,
 * probed linearly from hash_str(key); ids in it and in `fold`/`variant` are global, that is `first` + index. */
typedef struct vocab {
    const word *words;
    const char *text;
    const uint32_t *slots;
    uint32_t first, count, slot_count;
    const extra *extras; /* by word; none in the first layer */
    uint32_t extra_count;
} vocab;

/* The extra of `id` in a layer, or NULL. */
const extra *vocab_extra(const vocab *v, uint32_t id);

enum { VOCAB_MAX_LAYERS = 8 };

/* A word that no layer knows. */
typedef struct new_word {
    str text; /* the key */
    uint32_t fold, shape;
    uint32_t document; /* the last one it was met in */
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

/* The id of `key`, new if need be (its shape and fold are worked out). NERX_NONE if memory is short. */
uint32_t lexicon_intern(lexicon *l, str key);

/* The word that the text spells so; the bytes up to `end` may be read. Its id is NERX_NONE if memory is short. */
seen_word lexicon_meet(lexicon *l, str spelling, const char *end);

/* The known word `id`, or NULL where it is new. */
static inline const word *lexicon_known(const lexicon *l, uint32_t id) {
    for (uint32_t i = 0; i < l->layer_count; i++) {
        const vocab *v = &l->layers[i];
        if (id - v->first < v->count) return &v->words[id - v->first];
    }
    return NULL;
}

/* The number of a kind, new if need be; NERX_NONE if memory is short. */
uint32_t lexicon_kind(lexicon *l, word_kind k);

str lexicon_text(const lexicon *l, uint32_t id);
uint32_t lexicon_fold(const lexicon *l, uint32_t id);
uint32_t lexicon_shape(const lexicon *l, uint32_t id);

static inline uint32_t lexicon_marks(const lexicon *l, uint32_t id) {
    const word *w = lexicon_known(l, id);
    uint32_t marks = w ? w->marks : 0;
    for (uint32_t i = 1; i < l->layer_count; i++) {
        const extra *e = vocab_extra(&l->layers[i], id);
        if (e) marks |= e->marks;
    }
    return marks;
}

#endif
