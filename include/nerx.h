/* nerx: who, where, which organization, when, and what they did to each other, from German and English text.
 *
 * A model (gazetteers and rules, compiled) is immutable and may be shared by threads. An extractor holds what one
 * thread needs to use it. A document is the result for one text; it belongs to its extractor, and to that one's
 * thread, and is valid until the extractor's next document. All offsets are bytes into the text exactly as it was
 * given, half-open.
 *
 * The library never prints, never exits, and reads no clock and no locale. Every function that can fail returns false
 * or NULL and fills a nerx_error, which the caller owns; a NULL error pointer is allowed. */
#ifndef NERX_H
#define NERX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define NERX_API __attribute__((visibility("default")))
#else
#define NERX_API
#endif

#define NERX_VERSION "0.1.0"
#define NERX_NONE UINT32_MAX /* "no such index" */

/* ---- Errors ---- */

typedef enum nerx_status {
    NERX_OK,
    NERX_ERROR_MEMORY,   /* an allocation failed */
    NERX_ERROR_IO,       /* reading or writing failed */
    NERX_ERROR_ENCODING, /* the text is not UTF-8; offset says where */
    NERX_ERROR_LIMIT,    /* the input is larger than a limit of this header */
    NERX_ERROR_ARGUMENT, /* a call or an option is wrong */
    NERX_ERROR_IMAGE,    /* the model image is damaged, or of another version */
    NERX_ERROR_SYNTAX,   /* a rule or gazetteer file does not compile */
    NERX_ERROR_EXAMPLE,  /* a rule's example fails */
    NERX_WARNING         /* only in reports: doubtful, but it works */
} nerx_status;

/* One thing that went wrong, and where. `line` and `column` count from 1 and are 0 where unknown; columns are code
 * points. `excerpt` is the source line the error is about, or empty. */
typedef struct nerx_error {
    nerx_status status;
    uint32_t line, column;
    uint64_t offset;
    char file[256];
    char message[512];
    char excerpt[256];
} nerx_error;

/* Called for each error or warning of a build or check. `error` is valid during the call. */
typedef void nerx_report(void *user, const nerx_error *error);

/* ---- Models ---- */

typedef struct nerx_model nerx_model;

/* The model inside the library. Free with nerx_model_close. */
NERX_API nerx_model *nerx_model_default(nerx_error *error);

/* Opens an image that nerx_model_build made: mapped, checked whole (size, version, checksum, every reference). */
NERX_API nerx_model *nerx_model_open(const char *path, nerx_error *error);

/* The same for `length` bytes in memory, which must stay there until the model is closed; 8-byte aligned. */
NERX_API nerx_model *nerx_model_from_memory(const void *image, size_t length, nerx_error *error);

/* A file for nerx_model_build or nerx_model_extend: a gazetteer (.tsv), an inflection table (inflection.tsv) or rules
 * (.rules). `language` is "de", "en", … or "common". `text` is borrowed during the call. */
typedef struct nerx_source {
    const char *path; /* for messages */
    const char *language;
    const char *text;
    size_t length;
} nerx_source;

/* Compiles sources into an image: *image is malloc'ed (free with nerx_free), *length its size in bytes. Reports every
 * error and warning, not only the first; false if there was an error. The result depends only on the sources' contents
 * and order. */
NERX_API bool nerx_model_build(const nerx_source *sources, size_t count, nerx_report *report, void *user, void **image,
                               size_t *length, nerx_error *error);

/* Adds sources to an open model, before any extractor uses it. Earlier lists and rules stay. */
NERX_API bool nerx_model_extend(nerx_model *model, const nerx_source *sources, size_t count, nerx_report *report,
                                void *user, nerx_error *error);

NERX_API void nerx_model_close(nerx_model *model); /* NULL is allowed */
NERX_API void nerx_free(void *memory);

/* Runs every example of the rules in `sources` against `model` and reports those that fail, and every doubtful rule and
 * entry as a warning. *passed and *failed count examples. False only where the check could not run. */
NERX_API bool nerx_model_check(const nerx_model *model, const nerx_source *sources, size_t count, nerx_report *report,
                               void *user, size_t *passed, size_t *failed, nerx_error *error);

/* ---- Extracting ---- */

typedef struct nerx_extractor nerx_extractor;
typedef struct nerx_document nerx_document;

typedef struct nerx_options {
    const char *language; /* "de", "en", …; NULL: decided for each sentence */
    bool keep_losers;     /* keep candidates that lost, for nerx_document_losers */
    bool no_relations;    /* stop after the entities */
} nerx_options;

#define NERX_MAX_TEXT ((size_t)1 << 26) /* bytes in one document: 64 MiB */

/* `model` must outlive the extractor. NULL options are all defaults. */
NERX_API nerx_extractor *nerx_extractor_new(const nerx_model *model, const nerx_options *options, nerx_error *error);

/* Extracts from `length` bytes of UTF-8 at `text`, which is borrowed until the document is no longer used. `date` is
 * the document's date, "YYYY-MM-DD", or NULL. The result belongs to the extractor, until its next call. */
NERX_API const nerx_document *nerx_extract(nerx_extractor *extractor, const char *text, size_t length, const char *date,
                                           nerx_error *error);

NERX_API void nerx_extractor_free(nerx_extractor *extractor);

/* Checks UTF-8: true if valid, else false and *offset is that of the first bad byte. */
NERX_API bool nerx_utf8_valid(const char *text, size_t length, size_t *offset);

/* A malloc'ed copy with U+FFFD for each bad sequence (Unicode 15, "substitution of maximal subparts"). */
NERX_API char *nerx_utf8_repair(const char *text, size_t length, size_t *repaired_length, nerx_error *error);

/* ---- Results ---- */

typedef struct nerx_str {
    const char *ptr; /* UTF-8, not NUL-terminated */
    size_t len;
} nerx_str;

typedef struct nerx_span {
    uint32_t start, end;
} nerx_span;

typedef struct nerx_token {
    nerx_span span;
    uint32_t sentence;
} nerx_token;

typedef struct nerx_sentence {
    nerx_span span;
    uint32_t first_token, token_count;
    nerx_str language;
} nerx_sentence;

typedef struct nerx_witness {
    nerx_str kind;   /* "gazetteer", "rule", "recall" */
    nerx_str name;   /* the list's class, the rule's name, the kind of recall */
    nerx_str detail; /* the entry's name, the rule's file and line, the mention that helps */
    int32_t points;
} nerx_witness;

typedef struct nerx_mention {
    nerx_str type; /* "PER", "LOC", "ORG", "DATE", or a rule's own */
    nerx_span span;
    uint32_t sentence, first_token, token_count;
    uint32_t entity; /* NERX_NONE for dates */
    nerx_str value;  /* of a date: ISO 8601 (TIMEX3 values where ISO has none); else empty */
    int32_t points;
    uint32_t first_witness, witness_count;
} nerx_mention;

typedef struct nerx_entity {
    nerx_str type, name;
    nerx_str id; /* the gazetteers' id, or empty */
    const uint32_t *mentions;
    uint32_t mention_count;
} nerx_entity;

/* What fills a role of a relation: an entity, a mention (dates), or a stretch of the text. */
typedef struct nerx_role {
    nerx_str name; /* "subject", "object", "place", "date", "office", "thing", "to" … */
    uint32_t entity, mention;
    nerx_span span; /* where the text says it */
    nerx_str text;  /* readable: the entity's name, the date's value, the words */
} nerx_role;

typedef struct nerx_relation {
    nerx_str type;
    nerx_str polarity; /* "positive", "negative" */
    nerx_str modality; /* "fact", "planned", "possible", "reported" */
    nerx_str tense;    /* "past", "present", "future" */
    uint32_t source;   /* entity that says so, or NERX_NONE */
    nerx_span evidence;
    nerx_str rule;
    nerx_str text; /* one readable sentence */
    uint32_t first_role, role_count;
} nerx_relation;

NERX_API nerx_str nerx_document_text(const nerx_document *document);
NERX_API nerx_str nerx_document_language(const nerx_document *document);
NERX_API nerx_str nerx_document_date(const nerx_document *document);        /* "YYYY-MM-DD" or empty */
NERX_API nerx_str nerx_document_date_source(const nerx_document *document); /* "option", "text", or empty */
NERX_API const nerx_token *nerx_document_tokens(const nerx_document *document, uint32_t *count);
NERX_API const nerx_sentence *nerx_document_sentences(const nerx_document *document, uint32_t *count);
NERX_API const nerx_mention *nerx_document_mentions(const nerx_document *document, uint32_t *count);
NERX_API const nerx_mention *nerx_document_losers(const nerx_document *document, uint32_t *count);
NERX_API const nerx_witness *nerx_document_witnesses(const nerx_document *document, uint32_t *count);
NERX_API const nerx_entity *nerx_document_entities(const nerx_document *document, uint32_t *count);
NERX_API const nerx_relation *nerx_document_relations(const nerx_document *document, uint32_t *count);
NERX_API const nerx_role *nerx_document_roles(const nerx_document *document, uint32_t *count);

/* ---- Writing ---- */

typedef enum nerx_format {
    NERX_JSON,    /* one object, indented */
    NERX_JSONL,   /* one object on one line */
    NERX_TRIPLES, /* one readable line for each relation */
    NERX_CONLL,   /* token, tab, IOB2 tag; an empty line after a sentence */
    NERX_BRAT,    /* brat standoff: T, R and A lines */
    NERX_HTML     /* the text with its mentions marked, for people */
} nerx_format;

typedef enum nerx_offsets { NERX_CODEPOINTS, NERX_BYTES, NERX_UTF16 } nerx_offsets;

typedef struct nerx_write_options {
    nerx_offsets offsets; /* brat always counts code points, as its format asks */
    bool evidence;        /* witnesses of each mention, and the candidates that lost */
    const char *types;    /* "PER,LOC": only mentions of these types and what joins them; NULL: all */
    const char *id;       /* the document's id, or NULL */
} nerx_write_options;

/* Takes the output in pieces; false stops the writing. */
typedef bool nerx_sink(void *user, const char *bytes, size_t length);

/* NULL options are all defaults. False if memory is short or the sink refused (then the error is NERX_ERROR_IO). */
NERX_API bool nerx_write(const nerx_document *document, nerx_format format, const nerx_write_options *options,
                         nerx_sink *sink, void *user, nerx_error *error);

/* The format of a name ("json", "jsonl" …); false if there is none. */
NERX_API bool nerx_format_find(const char *name, nerx_format *format);

#ifdef __cplusplus
}
#endif
#endif
