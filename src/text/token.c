/* Bytes to tokens: most are words between blanks, with a comma or a full stop behind them, and nothing has to be asked
 * of them but what their spelling was found to be before. */
#include "text/token.h"

#include "base/error.h"
#include "text/plain.h"
#include "text/scan.h"
#include "text/spelling.h"

enum { BATCH = 64 };

typedef struct tokenizer {
    document *d;
    scanner scan;
    const char *safe; /* before it, keys of a short spelling and of the sign behind it can be read from the text */
    uint32_t met;     /* tokens before this one are known by their kind */
} tokenizer;

static str text_of(const document *d, const token *t) {
    return document_slice(d, t->start, t->end);
}

/* Finds the kinds of those tokens of a batch that were not met before. What they need is called from memory for all at
 * once. */
static bool meet_new(tokenizer *z) {
    document *d = z->d;
    uint32_t new[BATCH], count = 0;
    for (uint32_t i = z->met; i < d->tokens.count; i++) {
        if (d->tokens.items[i].kind == NERX_NONE) new[count++] = i;
    }
    for (vocab_step step = VOCAB_BUCKET; step < VOCAB_STEPS; step++) {
        for (uint32_t i = 0; i < count; i++)
            lexicon_expect(&d->lexicon, text_of(d, &d->tokens.items[new[i]]), step);
    }
    for (uint32_t i = 0; i < count; i++) {
        token *t = &d->tokens.items[new[i]];
        str text = text_of(d, t);
        spelling_key key = spelling_key_of(text, z->scan.end);
        t->kind = spelling_meet(&d->lexicon, key, text, t->place);
        if (t->kind == NERX_NONE) return false;
    }
    return true;
}

/* Makes the tokens of a batch what their kinds are, and room for the next one. */
static bool finish_batch(tokenizer *z) {
    document *d = z->d;
    if (!meet_new(z) || !vec_reserve(d->arena, &d->landmarks, BATCH)) return false;
    language_sums told = d->told;
    landmark *mark = d->landmarks.items + d->landmarks.count;
    for (uint32_t i = z->met; i < d->tokens.count; i++) {
        token *t = &d->tokens.items[i];
        const word_kind *k = &d->lexicon.kinds.items[t->kind];
        token_take_kind(d, t, t->kind);
        if (k->asks & (KIND_ENDS | KIND_CUT) || t->place & TOKEN_LINE) *mark++ = (landmark){i, told};
        language_add(&told, k);
    }
    d->landmarks.count = (uint32_t)(mark - d->landmarks.items);
    d->told = told;
    z->met = d->tokens.count;
    return vec_reserve(d->arena, &d->tokens, BATCH);
}

/* The first token that there is no room for in the batch at hand. */
static token *batch_end(const tokenizer *z) {
    return z->d->tokens.items + z->met + BATCH;
}

static inline void put(token *t, uint32_t start, uint32_t end, uint16_t place, uint32_t kind) {
    t->start = start;
    t->end = end;
    t->place = place;
    t->kind = kind;
}

/* A token of any kind. */
static void scan_one(tokenizer *z) {
    scanner *s = &z->scan;
    document *d = z->d;
    const char *start = s->p;
    scan_token(s);
    str text = {start, (size_t)(s->p - start)};
    spelling_key key = spelling_key_of(text, s->end);
    uint32_t kind = spelling_met(&d->lexicon, key, text, s->place), at = (uint32_t)(start - s->text);
    token *t = &d->tokens.items[d->tokens.count++];
    put(t, at, at + (uint32_t)text.len, s->place, kind);
    s->place = TOKEN_JOINED;
    s->line_ends = 0;
}

/* What may stand behind a plain word so that it is seen at once where it ends. */
typedef enum ending {
    NOT_PLAIN,
    BLANK,
    SIGN,              /* a token of its own */
    SIGN_BEFORE_BLANK, /* the same where a blank follows */
    STOP               /* the same where it belongs to no abbreviation */
} ending;

static const uint8_t endings[256] = {
    [' '] = BLANK,
    ['\n'] = BLANK,
    [','] = SIGN_BEFORE_BLANK,
    [')'] = SIGN,
    ['"'] = SIGN,
    ['!'] = SIGN_BEFORE_BLANK,
    ['?'] = SIGN_BEFORE_BLANK,
    [':'] = SIGN_BEFORE_BLANK,
    [';'] = SIGN_BEFORE_BLANK,
    ['.'] = STOP,
};

static bool is_blank(char c) {
    return endings[(unsigned char)c] == BLANK;
}

/* "Haus.": neither an initial nor a number, nor an abbreviation as far as was asked before. */
static bool stop_parts(const spelling *s, spelling_key key, const char *p, size_t length) {
    return spelling_is(s, key) && spelling_has_no_stop(s) && length > 2 && (unsigned char)(*p - '0') >= 10;
}

/* Where a run of plain words has come to. */
typedef struct run {
    const char *p;
    token *next;
    uint16_t place; /* of the next */
    bool quoted;    /* the last one is a quotation mark */
} run;

static uint32_t met_long(const tokenizer *z, str text, uint16_t place) {
    spelling_key key = spelling_key_of(text, z->scan.end);
    return spelling_seek(&z->d->lexicon, key, text, place);
}

/* Takes the plain word at r->p, and the sign behind it; false where it is none. */
static inline bool take_word(const tokenizer *z, run *r) {
    const lexicon *l = &z->d->lexicon;
    size_t start = (size_t)(r->p - z->scan.text);
    str text = {r->p, plain_end(z->scan.plain, start) - start};
    const char *behind = text.ptr + text.len;
    if (behind >= z->safe) return false;
    ending e = endings[(unsigned char)*behind];
    if (e == NOT_PLAIN || (e >= SIGN_BEFORE_BLANK && !is_blank(behind[1]))) return false;
    uint32_t kind, end = (uint32_t)(start + text.len);
    if (text.len <= SPELLING_SHORT) {
        spelling_key key = spelling_key_here(text.ptr, text.len);
        if (e == STOP && !stop_parts(spelling_first(l, key), key, text.ptr, text.len)) return false;
        kind = spelling_met(l, key, text, r->place);
    } else {
        if (e == STOP) return false;
        kind = met_long(z, text, r->place);
    }
    put(r->next++, (uint32_t)start, end, r->place, kind);
    r->p = behind;
    if (e == BLANK) return true;
    spelling_key sign = spelling_key_here(behind, 1);
    put(r->next++, end, end + 1, TOKEN_JOINED, spelling_met(l, sign, (str){behind, 1}, TOKEN_JOINED));
    r->quoted = *behind == '"';
    r->p++;
    return true;
}

/* Takes words from here on, single blanks between them, as far as they are plain and the batch has room. */
static void take_words(tokenizer *z) {
    scanner *s = &z->scan;
    document *d = z->d;
    const token *full = batch_end(z) - 1;
    run r = {.p = s->p, .next = d->tokens.items + d->tokens.count, .place = s->place};
    while (r.next < full && take_word(z, &r)) {
        r.place = TOKEN_JOINED;
        if (*r.p != ' ' || !plain_at(s->plain, (size_t)(r.p + 1 - s->text))) break;
        r.p++;
        r.place = 0;
        r.quoted = false;
    }
    if (r.p == s->p) return;
    s->p = r.p;
    s->place = r.place;
    s->line_ends = 0;
    s->behind_quote = r.quoted;
    d->tokens.count = (uint32_t)(r.next - d->tokens.items);
}

static bool take_all(tokenizer *z) {
    scanner *s = &z->scan;
    for (scan_blanks(s); s->p < s->end; scan_blanks(s)) {
        const char *start = s->p;
        if (plain_at(s->plain, (size_t)(start - s->text))) take_words(z);
        if (s->p == start) scan_one(z);
        if (z->d->tokens.items + z->d->tokens.count + 1 >= batch_end(z) && !finish_batch(z)) return false;
    }
    return finish_batch(z);
}

bool tokenize(document *d, nerx_error *error) {
    uint64_t *plain = arena_array(d->arena, uint64_t, plain_words(d->text.len));
    size_t likely = d->text.len / 5 + BATCH;
    if (!plain || !spellings_open(&d->lexicon) || !vec_reserve(d->arena, &d->tokens, likely))
        return error_memory(error);
    plain_mark(d->text, plain);
    const char *text = d->text.ptr, *end = text + d->text.len;
    tokenizer z = {.d = d,
                   .safe = d->text.len > SPELLING_ROOM ? end - SPELLING_ROOM : text,
                   .scan = {.lexicon = &d->lexicon,
                            .text = text,
                            .p = text,
                            .end = end,
                            .plain = plain,
                            .place = TOKEN_LINE | TOKEN_PARAGRAPH}};
    return take_all(&z) || error_memory(error);
}
