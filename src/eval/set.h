/* Annotated samples: texts, what ought to be found in them, and what was found.
 *
 *   set ─┬─ types: PER, LOC …      what labels mean after `labels` has mapped them
 *        ├─ corpora: a file each   which types its annotators looked for
 *        └─ documents              text, gold mentions and relations, found ones; `align` joins the two
 *
 * All of it lies in the set's arena. Offsets are bytes, half-open. */
#ifndef EVAL_SET_H
#define EVAL_SET_H

#include "base/vec.h"
#include "eval/labels.h"

enum { EVAL_MAX_TYPES = 256 };

typedef struct eval_mention {
    nerx_span span;
    uint32_t type;  /* of the set; NERX_NONE: not scored */
    uint32_t line;  /* of the gold's file; 0: unknown */
    uint32_t match; /* its partner on the other side, or NERX_NONE */
    int32_t points; /* found */
    bool optional;  /* gold: counts neither for nor against */
    bool ignored;   /* found: only an optional mention stands there */
    str value;      /* of a date; may be empty */
    str witnesses;  /* found: who testified, readable */
    str leader;     /* found: who testified most */
} eval_mention;

/* What fills a role: an entity or date by the spans of its mentions, or words alone. */
typedef struct eval_role {
    str name; /* "subject", "object", "place" … */
    str text;
    uint32_t first_span, span_count; /* into spans */
} eval_role;

typedef struct eval_relation {
    str type, modality, polarity; /* the last two may be empty in the gold: any will do */
    str rule;                     /* found */
    nerx_span near;               /* the stretch of text that says it; empty: anywhere */
    uint32_t first_role, role_count;
    uint32_t match; /* its partner on the other side, or NERX_NONE */
    uint32_t line;
    bool optional;
    bool symmetric; /* found: subject and object may change places */
    bool repeats;   /* found: says again what the gold has elsewhere */
} eval_relation;

/* Mentions and relations of one side. */
typedef struct eval_side {
    VEC(eval_mention) mentions;
    VEC(eval_relation) relations;
    VEC(eval_role) roles;
    VEC(nerx_span) spans;
    bool relates; /* gold: relations have been marked, perhaps none */
} eval_side;

/* A sentence as the gold has it. */
typedef struct eval_sentence {
    nerx_span span;
    uint32_t line; /* of its first token, one token a line; 0: it has none */
} eval_sentence;

typedef struct eval_document {
    str id, text;
    str file;         /* the gold's, for messages */
    str shown;        /* the file in which a person looks the text up */
    const char *date; /* "YYYY-MM-DD" or NULL */
    uint32_t corpus, line;
    VEC(eval_sentence) sentences;
    eval_side gold, found;
    VEC(eval_mention) losers; /* candidates that lost, where they are wanted */
} eval_document;

typedef struct eval_corpus {
    str file;
    bool scored[EVAL_MAX_TYPES];
} eval_corpus;

/* A label that is not scored, and how often it stands in the gold. */
typedef struct eval_dropped {
    str label;
    uint32_t count;
} eval_dropped;

typedef struct eval_set {
    arena arena;
    const label_map *labels;
    VEC(str) types;
    VEC(eval_corpus) corpora;
    VEC(eval_document) documents;
    VEC(eval_dropped) dropped;
    bool found;        /* read from a system's output: labels that are types of the map stay what they are */
    uint32_t articles; /* corpus of all files that are one article each, plus one; 0: none yet */
} eval_set;

void set_free(eval_set *s);

/* The type's number, added where it is new; NERX_NONE if memory or numbers are short. */
uint32_t set_type(eval_set *s, str name, nerx_error *error);
uint32_t set_type_find(const eval_set *s, str name); /* NERX_NONE where it is unknown */

/* A new corpus; files that are single articles share one. */
bool set_begin_corpus(eval_set *s, const char *file, nerx_error *error);
bool set_begin_article(eval_set *s, nerx_error *error);

/* A new document of the newest corpus; NULL if memory is short. Valid until the next. */
eval_document *set_add_document(eval_set *s, const char *file, uint32_t line, nerx_error *error);

/* A gold mention with the label of its file: mapped, dropped or taken as it is. Fails at `line` of the document's file
 * where the span is none of the text. */
bool set_add_gold(eval_set *s, eval_document *d, str label, eval_mention m, nerx_error *error);

/* What `known` says: is the type one that can be found? */
typedef bool set_known(const void *user, str type);

/* A role of the side's newest relation, and a span of that role. */
bool side_add_role(arena *a, eval_side *side, str name, str text);
bool side_add_span(arena *a, eval_side *side, nerx_span span);

/* Once all gold is read: decides which types each corpus scores, those its gold has and `known` knows, and drops the
 * rest. */
bool set_settle(eval_set *s, set_known *known, const void *user, nerx_error *error);

/* Is the type scored in some corpus? */
bool set_is_scored(const eval_set *s, uint32_t type);

/* Gives a document without sentences its lines as such. */
bool set_split_lines(eval_set *s, eval_document *d, nerx_error *error);

/* Makes what `from` holds as gold the found side of the set's documents, which have to be the same. `from` must outlive
 * the set. */
bool set_take_found(eval_set *s, eval_set *from, nerx_error *error);

/* The last sentence that starts at or before an offset; 0 where none does. */
uint32_t set_sentence_index(const eval_document *d, uint32_t offset);

/* Is it paired with the same span and type on the other side? */
bool mention_right(const eval_mention *m, const eval_side *other);

/* The line of `shown` where an offset of the text stands. */
uint32_t set_line(const eval_document *d, uint32_t offset);

/* Readers. `text` must outlive the set; it is checked to be UTF-8. */
bool bio_read(eval_set *s, const char *file, str text, nerx_error *error);
bool brat_read(eval_set *s, const char *file, str annotations, const char *text_file, str text, nerx_error *error);

/* False and the line of the first bad byte where the text is not UTF-8. */
bool set_check_utf8(const char *file, str text, nerx_error *error);

/* The next line without its end, false at the end of the text; *number counts from 1. */
bool set_next_line(str *rest, str *line, uint32_t *number);

#endif
