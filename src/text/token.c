/* Bytes to tokens: most are words between blanks, with a comma or a full stop behind them, and nothing has to be asked
 * of them but what their spelling was found to be before. */
#include "text/token.h"

#include "base/error.h"
#include "text/plain.h"
#include "text/scan.h"
#include "text/spelling.h"

enum { BATCH = 64 };

/* By what a token of the batch at hand is found. */
typedef struct wanted {
    spelling_key key;
    uint32_t slot;
    bool stop; /* a full stop follows as the next token, if it is none of an abbreviation */
} wanted;

typedef struct tokenizer {
    document *d;
    scanner scan;
    const char *safe; /* before it, keys of a short spelling and of the sign behind it can be read from the text */
    uint32_t met;     /* tokens before this one are known by their kind */
    wanted wanted[BATCH];
} tokenizer;

static str text_of(const document *d, const token *t) {
    return document_slice(d, t->start, t->end);
}

/* Finds the kinds of those tokens of the batch that were not met before. */
static bool meet_new(tokenizer *z) {
    document *d = z->d;
    token *batch = d->tokens.items + z->met;
    uint32_t new[BATCH], count = 0;
    uint64_t hashes[BATCH];
    for (uint32_t i = 0; i < d->tokens.count - z->met; i++) {
        if (batch[i].kind != NERX_NONE) continue;
        hashes[count] = vocab_hash(text_of(d, &batch[i]));
        new[count++] = i;
    }
    for (vocab_step step = VOCAB_BUCKET; step < VOCAB_STEPS; step++) {
        for (uint32_t i = 0; i < count; i++)
            lexicon_expect(&d->lexicon, text_of(d, &batch[new[i]]), hashes[i], step);
    }
    for (uint32_t i = 0; i < count; i++) {
        token *t = &batch[new[i]];
        t->kind = spelling_meet(&d->lexicon, z->wanted[new[i]].key, text_of(d, t), t->place);
        if (t->kind == NERX_NONE) return false;
    }
    return true;
}

static bool is_parted(const spelling *s, const wanted *w) {
    return spelling_is(s, w->key) && spelling_has_no_stop(s);
}

/* "Dr.": the full stop is part of the word, and no token of its own. */
static bool take_stop(tokenizer *z, token *t, wanted *w) {
    scanner at = z->scan;
    at.p = at.text + t->end;
    if (!scan_keeps_stop(&at, at.text + t->start)) return false;
    t->end++;
    w->key = spelling_key_of(text_of(z->d, t), at.end);
    w->slot = spelling_slot(&z->d->lexicon, w->key);
    t[1].end = t[1].start;
    return true;
}

/* Leaves empty tokens out of the batch. */
static void leave_out_empty(tokenizer *z) {
    token *batch = z->d->tokens.items + z->met;
    uint32_t size = z->d->tokens.count - z->met, to = 0;
    for (uint32_t from = 0; from < size; from++) {
        if (batch[from].start == batch[from].end) continue;
        batch[to] = batch[from];
        z->wanted[to++] = z->wanted[from];
    }
    z->d->tokens.count = z->met + to;
}

/* Finds the kinds of a batch of tokens: what they ask for has been on its way from memory since each was scanned. */
static bool meet(tokenizer *z) {
    const lexicon *l = &z->d->lexicon;
    token *t = z->d->tokens.items + z->met;
    bool some_new = false, some_empty = false;
    for (wanted *w = z->wanted, *end = w + (z->d->tokens.count - z->met); w < end; w++, t++) {
        if (w->stop && !is_parted(&l->spellings[w->slot], w)) some_empty |= take_stop(z, t, w);
        const spelling *s = &l->spellings[w->slot];
        t->kind = spelling_is(s, w->key) ? s->kinds[t->place & TOKEN_JOINED] - 1
                                         : spelling_seek(l, w->key, text_of(z->d, t), t->place);
        if (t->kind == NERX_NONE) {
            some_new = true;
        } else {
            __builtin_prefetch(&l->kinds.items[t->kind]);
        }
    }
    if (some_empty) leave_out_empty(z);
    return !some_new || meet_new(z);
}

/* Makes the tokens of a batch what their kinds are, and room for the next one. */
static bool finish_batch(tokenizer *z) {
    document *d = z->d;
    if (!meet(z) || !vec_reserve(d->arena, &d->landmarks, BATCH)) return false;
    language_sums told = d->told;
    landmark *mark = d->landmarks.items + d->landmarks.count;
    for (uint32_t i = z->met; i < d->tokens.count; i++) {
        token *t = &d->tokens.items[i];
        const word_kind *k = &d->lexicon.kinds.items[t->kind];
        token_take_kind(t, k);
        if (k->asks & KIND_RARE || t->place & TOKEN_LINE) {
            if (k->asks & KIND_ADDS) lexicon_stamp_kind(&d->lexicon, k);
            if (k->asks & (KIND_ENDS | KIND_CUT) || t->place & TOKEN_LINE) *mark++ = (landmark){i, told};
            told.of[k->fold_language] += k->fold_weight;
        }
        told.of[k->language] += k->weight;
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

/* Where scanning has come to in the batch. */
typedef struct place_in_batch {
    token *token;
    wanted *wanted;
} place_in_batch;

static place_in_batch next_in_batch(tokenizer *z) {
    uint32_t count = z->d->tokens.count;
    return (place_in_batch){z->d->tokens.items + count, z->wanted + (count - z->met)};
}

/* Adds a token, and calls from memory what is known of its spelling. */
static inline void put(const lexicon *l, place_in_batch *to, uint32_t start, str text, spelling_key key,
                       uint16_t place) {
    uint32_t slot = spelling_slot(l, key);
    __builtin_prefetch(&l->spellings[slot]);
    *to->wanted++ = (wanted){key, slot, false};
    to->token->start = start;
    to->token->end = start + (uint32_t)text.len;
    to->token->place = place;
    to->token++;
}

/* A token of any kind. */
static void scan_one(tokenizer *z) {
    scanner *s = &z->scan;
    const char *start = s->p;
    scan_token(s);
    str text = {start, (size_t)(s->p - start)};
    place_in_batch to = next_in_batch(z);
    put(&z->d->lexicon, &to, (uint32_t)(start - s->text), text, spelling_key_of(text, s->end), s->place);
    z->d->tokens.count++;
    s->place = TOKEN_JOINED;
    s->line_ends = 0;
}

/* What may stand behind a plain word so that it is seen at once where it ends. */
typedef enum ending {
    NOT_PLAIN,
    BLANK,
    LINE_END,
    SIGN,              /* a token of its own */
    SIGN_BEFORE_BLANK, /* the same where a blank or a line end follows */
    STOP               /* the same where it belongs to no abbreviation */
} ending;

static const uint8_t endings[256] = {
    [' '] = BLANK,
    ['\n'] = LINE_END,
    [')'] = SIGN,
    ['"'] = SIGN,
    [','] = SIGN_BEFORE_BLANK,
    ['!'] = SIGN_BEFORE_BLANK,
    ['?'] = SIGN_BEFORE_BLANK,
    [':'] = SIGN_BEFORE_BLANK,
    [';'] = SIGN_BEFORE_BLANK,
    ['.'] = STOP,
};

static ending ending_of(char c) {
    return endings[(unsigned char)c];
}

/* Can the word be taken, with this behind it? "Haus.": neither an initial nor a number. */
static bool is_plain(str text, const char *behind) {
    ending e = ending_of(*behind), next = ending_of(behind[1]);
    if (e >= SIGN_BEFORE_BLANK && next != BLANK && next != LINE_END) return false;
    return e == STOP ? text.len > 2 && (unsigned char)(*text.ptr - '0') >= 10 : e != NOT_PLAIN;
}

/* Where a run of plain words has come to. */
typedef struct run {
    const char *p;
    place_in_batch to;
    uint16_t place; /* of the next */
    bool quoted;    /* the last one is a quotation mark */
} run;

/* Takes the sign that stands behind a word. */
static void take_sign(const tokenizer *z, run *r) {
    str sign = {r->p, 1};
    r->to.wanted[-1].stop = *r->p == '.';
    put(&z->d->lexicon, &r->to, (uint32_t)(r->p - z->scan.text), sign, spelling_key_here(r->p, 1), TOKEN_JOINED);
    r->quoted = *r->p++ == '"';
}

/* Takes the plain word at r->p, and the sign behind it; false where it is none. */
static inline bool take_word(const tokenizer *z, run *r) {
    size_t start = (size_t)(r->p - z->scan.text);
    str text = {r->p, plain_end(z->scan.plain, start) - start};
    const char *behind = text.ptr + text.len;
    if (behind >= z->safe) return false;
    ending e = ending_of(*behind);
    if (e != BLANK && !is_plain(text, behind)) return false;
    spelling_key key =
        text.len <= SPELLING_SHORT ? spelling_key_here(text.ptr, text.len) : spelling_key_of(text, z->scan.end);
    put(&z->d->lexicon, &r->to, (uint32_t)start, text, key, r->place);
    r->p = behind;
    if (e > LINE_END) take_sign(z, r);
    return true;
}

/* Takes words from here on, single blanks between them, as far as they are plain and the batch has room. */
static void take_words(tokenizer *z) {
    scanner *s = &z->scan;
    const token *full = batch_end(z) - 1;
    run r = {.p = s->p, .to = next_in_batch(z), .place = s->place};
    while (r.to.token < full && take_word(z, &r)) {
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
    z->d->tokens.count = (uint32_t)(r.to.token - z->d->tokens.items);
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
    if (!plain || !spellings_open(&d->lexicon) || !vec_reserve(d->arena, &d->tokens, likely) ||
        !vec_reserve(d->arena, &d->landmarks, likely / 10 + BATCH))
        return error_memory(error);
    plain_mark(d->text, plain);
    const char *text = d->text.ptr, *end = text + d->text.len;
    tokenizer z;
    z.d = d;
    z.safe = d->text.len > SPELLING_ROOM ? end - SPELLING_ROOM : text;
    z.met = 0;
    z.scan = (scanner){.lexicon = &d->lexicon,
                       .text = text,
                       .p = text,
                       .end = end,
                       .plain = plain,
                       .place = TOKEN_LINE | TOKEN_PARAGRAPH};
    if (!take_all(&z)) return error_memory(error);
    arena_drop(d->arena, plain);
    return true;
}
