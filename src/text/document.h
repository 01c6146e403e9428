/* One document on its way through the line: what each stage adds, and nothing of how.
 *
 *   text ─ tokens ─ sentences ─ edges ─ matches ─ candidates ─ mentions ─ entities ─ relations
 *
 * All arrays live in the document's arena; indices, not pointers, join them. Spans of tokens are half-open indices into
 * `tokens`; byte offsets point into `text`. */
#ifndef TEXT_DOCUMENT_H
#define TEXT_DOCUMENT_H

#include "text/lexicon.h"

typedef struct nerx_model model;          /* model/model.h; the text layer does not look inside */
typedef struct stage_memory stage_memory; /* model/stage_memory.h; nor there */

enum { LANGUAGE_NONE = 255 };

typedef struct token {
    uint32_t start, end; /* bytes */
    uint32_t form, fold; /* word ids */
    uint32_t shape;      /* SHAPE_… of the form */
    uint32_t look;  /* word id under which gazetteers are asked: form, or its cased variant in a line of capitals */
    uint16_t place; /* TOKEN_… */
    uint32_t kind;  /* lexicon.h; of form and fold alone until sentences are split */
} token;

/* A token that begins a line, may end a sentence, or may be cut. */
typedef struct landmark {
    uint32_t token;
    language_sums told; /* by the tokens before it */
} landmark;

typedef struct sentence {
    uint32_t first, end; /* tokens */
    uint32_t start_byte, end_byte;
    uint8_t language; /* index into the model's languages */
    bool headline;    /* ends without a full stop: headline, caption, list item */
    bool wrapped;     /* has several lines */
} sentence;

/* A gazetteer phrase of two tokens or more. Single words need no edge: their readings hang on the word. */
typedef struct edge {
    uint32_t start, end; /* tokens */
    uint32_t phrase;     /* node of the layer's phrase trie */
    uint8_t layer;
} edge;

/* What a rule found: its mention (start == end where the rule has none) and its named parts. */
typedef struct rule_match {
    uint32_t rule;                         /* index into the model's rules, all layers */
    uint32_t start, end;                   /* tokens, context included */
    uint32_t mention_start, mention_end;   /* tokens */
    uint32_t first_capture, capture_count; /* into captures */
} rule_match;

typedef struct capture {
    uint32_t name; /* the model's name id */
    uint32_t start, end;
} capture;

typedef enum witness_kind { WITNESS_GAZETTEER, WITNESS_RULE, WITNESS_RECALL, WITNESS_CUE } witness_kind;

typedef struct witness {
    uint32_t next;   /* further witness of the same candidate, or NERX_NONE */
    uint32_t source; /* gazetteer: entry; rule: match; recall: candidate or mention that helps;
                      * cue: its number, or NERX_NONE for all cues together */
    int32_t points;
    uint8_t kind;   /* witness_kind */
    uint8_t recall; /* which kind of recall */
} witness;

/* A span that may be a mention of one type; its points are the sum of its witnesses'. */
typedef struct candidate {
    uint32_t start, end; /* tokens */
    int32_t points;
    uint32_t first_witness, last_witness;
    uint32_t sentence;
    uint32_t next; /* further candidate that starts at the same token, or NERX_NONE */
    uint16_t type; /* the model's type id */
    bool won;
    bool cued; /* cues have been asked */
} candidate;

typedef struct mention {
    uint32_t start, end; /* tokens */
    uint32_t start_byte, end_byte;
    uint32_t type, sentence, candidate;
    uint32_t entity; /* NERX_NONE for dates */
    uint32_t kb;     /* gazetteer entry it most likely is, or NERX_NONE */
    str value;       /* of a date */
} mention;

typedef struct entity {
    uint32_t type;
    uint32_t kb; /* gazetteer entry, or NERX_NONE */
    str name, id;
    uint32_t first_mention, mention_count; /* into entity_mentions */
} entity;

/* Calendar days; year 0 where unknown. */
typedef struct day {
    int32_t year;
    uint8_t month, day;
} day;

typedef struct role {
    str name;
    uint32_t entity, mention; /* NERX_NONE where it is not one */
    uint32_t start_byte, end_byte;
    str text;
} role;

typedef struct relation {
    str type, polarity, modality, tense, rule, text;
    uint32_t source;                 /* entity, or NERX_NONE */
    uint32_t start_byte, end_byte;   /* evidence */
    uint32_t first_role, role_count; /* into roles */
} relation;

typedef struct document {
    arena *arena;
    const model *model;
    stage_memory *memory; /* of documents before; NULL: nothing is remembered */
    str text;
    lexicon lexicon;
    uint8_t forced_language; /* LANGUAGE_NONE: decide */
    uint8_t language;        /* of most of the text */
    day date;                /* year 0: unknown */
    const char *date_source; /* "option", "text" or NULL */
    VEC(token) tokens;
    VEC(landmark) landmarks; /* of the tokens as they are before they are cut; until sentences are split */
    language_sums told;      /* by all words; of languages */
    VEC(sentence) sentences;
    VEC(edge) edges;        /* by start, then end */
    VEC(uint32_t) listed;   /* tokens that may be names of a list, or are opening brackets */
    VEC(uint32_t) capitals; /* tokens with a capital */
    VEC(rule_match) matches;
    VEC(capture) captures;
    VEC(candidate) candidates;
    /* by token: first candidate that starts there, or NERX_NONE; until all have been chosen */
    uint32_t *candidate_heads;
    VEC(witness) witnesses;
    VEC(mention) mentions; /* by start */
    VEC(entity) entities;
    VEC(uint32_t) entity_mentions;
    VEC(relation) relations;
    VEC(role) roles;
} document;

static inline str document_slice(const document *d, uint32_t start, uint32_t end) {
    return str_slice(d->text, start, end);
}

/* The sentence that holds token i. */
static inline uint32_t document_sentence_at(const document *d, uint32_t i) {
    uint32_t low = 0, high = d->sentences.count;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->sentences.items[middle].first <= i) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The first edge that starts at or behind token i. */
static inline uint32_t document_first_edge(const document *d, uint32_t i) {
    uint32_t low = 0, high = d->edges.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->edges.items[middle].start < i) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The text from token `first` up to token `end`, exclusive. */
static inline str document_tokens_text(const document *d, uint32_t first, uint32_t end) {
    return first < end ? str_slice(d->text, d->tokens.items[first].start, d->tokens.items[end - 1].end) : STR("");
}

/* What is to be said of a token without looking around it. */
static inline const word_kind *token_kind(const document *d, const token *t) {
    return &d->lexicon.kinds.items[t->kind];
}

/* What the kind of a token says, as far as its place does not matter. */
static inline void token_take_kind(token *t, const word_kind *k) {
    t->form = k->form;
    t->fold = k->fold;
    t->shape = k->shape;
    t->look = k->look;
}

static inline str token_key(const document *d, uint32_t index) {
    return lexicon_text(&d->lexicon, d->tokens.items[index].form);
}

#endif
