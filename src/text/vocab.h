/* The known words of a model, layer by layer, as they lie in its images.
 *
 *     key ─hash─> filter ─> bucket ──> words [first, next) ──> text, readings, traits
 *
 * A key is the word as it is looked up: NFC, without soft hyphens, ’ as '. Its fold is the word case-folded (full
 * Unicode folding, ß → ss), a word of its own. The hash sees no case: a fold and its spellings lie in one bucket, the
 * fold first.
 *
 *     … │ kanzler   Kanzler   KANZLER │ putins? Putins │ …        putins? is left out: nothing is said of it but that
 *          fold ◂─1─┘        │                                    words fold to it; its id is that of a new word
 *               ◂────2───────┘ */
#ifndef TEXT_VOCAB_H
#define TEXT_VOCAB_H

#include "base/str.h"

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
    MARK_ABBREVIATION = 1 << 0,   /* ends no sentence: "z.", "Dr." */
    MARK_BEFORE_NUMBER = 1 << 1,  /* an abbreviation only where a number follows: "Nr." */
    MARK_MONTH = 1 << 2,          /* or another word before which an ordinal ends nothing */
    MARK_PHRASE = 1 << 3,         /* begins a phrase of several words (form) */
    MARK_PHRASE_FOLD = 1 << 4,    /* the same, as a folded word */
    MARK_ORDINARY = 1 << 5,       /* an ordinary word in this spelling */
    MARK_NAMED = 1 << 6,          /* has a reading with a type, or is a given name or surname */
    MARK_FOLD_READING = 1 << 7,   /* as a folded word, has readings that hold in any case */
    MARK_TYPED = 1 << 13,         /* has a reading with a type */
    MARK_PHRASE_SECOND = 1 << 10, /* stands second in a phrase (form or folded word) */
    MARK_SUFFIX = 1 << 9,         /* an inflection of names: "s", "'" */
    MARK_COMPOUND = 1 << 14,      /* never in the image: a word no list has, made of ordinary ones */
    MARK_COMMON = 1 << 15,        /* never in the image: in lower case it is an ordinary word */
    MARK_CLITIC = 1 << 8, /* split off words of its language (0: of several): "'s", "n't"; "-": hyphens split, too */
};

/* A known word. `readings` is the packed reading itself where there is only one, else the first in the layer. */
typedef struct word {
    uint32_t text; /* offset into the vocabulary's text */
    uint32_t readings;
    uint16_t traits; /* index */
    uint8_t length;  /* bytes; longer words are never known */
    uint8_t check;   /* last byte of the hash, xor the first byte of the text */
} word;

/* What many words have in common. */
typedef struct traits {
    uint32_t shape;
    uint16_t marks, reading_count;
    uint8_t language; /* index of the language it tells, plus one; 0: none */
    uint8_t weight;   /* how strongly */
    uint8_t fold;     /* how many words back its fold lies; FOLD_ELSEWHERE */
    uint8_t variant;  /* of a fold: how many words ahead its most usual cased spelling lies; 0: it has none */
} traits;

enum {
    WORD_MAX_LENGTH = 255,
    FOLD_ELSEWHERE = 255,    /* the fold has to be worked out and looked up, or is no known word */
    VARIANT_ELSEWHERE = 254, /* the most usual spelling stands in `far` */
    VARIANT_ITSELF = 255,    /* no fold, but the most usual spelling of one that is left out */
};

/* A fold and its most usual spelling, where they lie apart. */
typedef struct far_variant {
    uint32_t fold, variant;
} far_variant;

/* What an added layer says of a word that a lower one knows; readings as in `word`. */
typedef struct extra {
    uint32_t word, readings, count;
    uint32_t marks;
} extra;

/* The known words of one layer. Ids are global, that is `first` + index. */
typedef struct vocab {
    const word *words; /* by hash */
    const traits *traits;
    const char *text;
    const uint64_t *filter;  /* two bits for each word: most keys that are not there stop here (Bloom 1970) */
    const uint32_t *buckets; /* bucket_count + 1 of them: first word, local index */
    const far_variant *far;  /* by fold */
    const extra *extras;     /* by word; none in the first layer */
    uint32_t first, count, filter_count, trait_count, bucket_count, far_count, extra_count;
} vocab;

enum { VOCAB_MAX_LAYERS = 8 };

/* Blind to case, as far as case is a bit of each byte: ASCII, Latin-1, and most of Cyrillic. */
uint64_t vocab_hash(str key);

/* The bucket of a hash among `count`. */
static inline uint32_t vocab_bucket(uint64_t hash, uint32_t count) {
    return (uint32_t)((hash >> 32) * count >> 32);
}

/* Which part of the filter a hash belongs to, and its bits there. */
static inline uint32_t vocab_filter_at(uint64_t hash, uint32_t count) {
    return (uint32_t)((hash & UINT32_MAX) * count >> 32);
}

static inline uint64_t vocab_filter_bits(uint64_t hash) {
    return (uint64_t)1 << (hash >> 40 & 63) | (uint64_t)1 << (hash >> 48 & 63);
}

/* May a word of this hash be in the layer? */
static inline bool vocab_may_have(const vocab *v, uint64_t hash) {
    if (!v->filter_count) return false;
    uint64_t bits = vocab_filter_bits(hash);
    return (v->filter[vocab_filter_at(hash, v->filter_count)] & bits) == bits;
}

/* What vocab_find needs from memory, each to be found by the one before it; the filter comes with the bucket, or alone
 * where the word is likely not there. */
typedef enum vocab_step { VOCAB_FILTER, VOCAB_BUCKET, VOCAB_WORDS, VOCAB_TEXT, VOCAB_STEPS } vocab_step;

/* Calls it from there. */
void vocab_expect(const vocab *v, str key, uint64_t hash, vocab_step step);

/* The id of `key`, whose hash this is, or NERX_NONE. */
uint32_t vocab_find(const vocab *v, str key, uint64_t hash);

/* The most usual spelling of a fold that is left out, or NERX_NONE. */
uint32_t vocab_spelling(const vocab *v, str folded, uint64_t hash);

/* The most usual cased spelling of a fold, or NERX_NONE. `id` must be in the layer. */
uint32_t vocab_variant(const vocab *v, uint32_t id);

/* The extra of `id` in a layer, or NULL. */
const extra *vocab_extra(const vocab *v, uint32_t id);

static inline str vocab_text(const vocab *v, uint32_t id) {
    const word *w = &v->words[id - v->first];
    return (str){v->text + w->text, w->length};
}

static inline const traits *vocab_traits(const vocab *v, uint32_t id) {
    return &v->traits[v->words[id - v->first].traits];
}

#endif
