/* Splitting tokens as the language of their sentence asks: clitics ("Putin's", "don't"), hyphenated compounds whose
 * last part is an ordinary word ("well-known", not "Byong-chul"), words that lost the blank between them, and tags. */
#include "text/chars.h"
#include "text/sentence.h"
#include "text/spelling.h"
#include "text/utf8.h"

enum { MAX_CUTS = 16 };

/* A token in whose place its parts stand. */
typedef struct replaced {
    uint32_t token, count; /* of parts */
} replaced;

typedef struct refiner {
    document *d;
    uint8_t language;
    bool split_hyphens;
    uint32_t cuts[MAX_CUTS]; /* byte offsets inside the text */
    uint32_t count;
    VEC(token) parts;
    VEC(replaced) replaced; /* by token */
} refiner;

static void cut(refiner *r, uint32_t offset) {
    if (r->count < MAX_CUTS) r->cuts[r->count++] = offset;
}

static uint32_t find(const refiner *r, uint32_t start, uint32_t end) {
    return spelling_known(&r->d->lexicon, document_slice(r->d, start, end), r->d->text.ptr + r->d->text.len);
}

static bool is_clitic(const refiner *r, uint32_t start, uint32_t end) {
    uint32_t id = find(r, start, end);
    if (id == NERX_NONE || !(lexicon_marks(&r->d->lexicon, id) & MARK_CLITIC)) return false;
    const traits *w = lexicon_traits(&r->d->lexicon, id);
    return w && (!w->language || w->language == r->language + 1);
}

static void cut_clitic(refiner *r, const token *t) {
    const char *text = r->d->text.ptr;
    for (uint32_t i = t->end; i-- > t->start + 1;) {
        const char *p = text + i;
        if (((unsigned char)*p & 0xc0) == 0x80 || chars_class(utf8_next(&p)) != CHAR_APOSTROPHE) continue;
        if (i > t->start + 1 && is_clitic(r, i - 1, t->end)) {
            cut(r, i - 1); /* n't */
        } else if (is_clitic(r, i, t->end)) {
            cut(r, i);
        }
        return;
    }
}

static bool is_ordinary(const refiner *r, uint32_t start, uint32_t end) {
    uint32_t id = find(r, start, end);
    uint32_t marks = id == NERX_NONE ? 0 : lexicon_marks(&r->d->lexicon, id);
    if (marks & MARK_MONTH) return true; /* "mid-January" */
    return marks & MARK_ORDINARY && !chars_upper((unsigned char)r->d->text.ptr[start]);
}

static void cut_hyphens(refiner *r, const token *t) {
    const char *text = r->d->text.ptr;
    uint32_t last = 0;
    for (uint32_t i = t->start + 1; i + 1 < t->end; i++) {
        if (text[i] == '-') last = i;
    }
    bool number = t->shape & SHAPE_HAS_DIGIT;
    if (!last || t->shape & SHAPE_WEB || (!number && !is_ordinary(r, last + 1, t->end))) return;
    for (uint32_t i = t->start + 1; i + 1 < t->end; i++) {
        if (text[i] != '-' || is_clitic(r, t->start, i + 1)) continue; /* "non-human" */
        cut(r, i);
        cut(r, i + 1);
    }
}

static bool is_known(const refiner *r, uint32_t start, uint32_t end) {
    uint32_t id = find(r, start, end);
    return id != NERX_NONE && lexicon_marks(&r->d->lexicon, id) & (MARK_ORDINARY | MARK_NAMED);
}

/* "wahrKreml": both parts are words, the whole is none. */
static void cut_glued(refiner *r, const token *t) {
    if (is_known(r, t->start, t->end)) return;
    const char *text = r->d->text.ptr, *p = text + t->start;
    bool lower = false;
    while (p < text + t->end) {
        uint32_t here = (uint32_t)(p - text);
        uint32_t c = utf8_next(&p);
        if (lower && chars_upper(c) && here - t->start >= 3 && is_known(r, t->start, here) &&
            is_known(r, here, t->end)) {
            cut(r, here);
            return;
        }
        lower = chars_lower(c);
    }
}

/* "@Angela_Merkel", "#AngelaMerkel": the sign, and the words behind it. */
static void cut_tag(refiner *r, const token *t) {
    const char *text = r->d->text.ptr;
    token rest = *t;
    cut(r, ++rest.start);
    for (uint32_t i = rest.start + 1; i + 1 < t->end; i++) {
        if (text[i] != '_') continue;
        cut(r, i);
        cut(r, i + 1);
    }
    if (r->count == 1) cut_glued(r, &rest);
}

static void find_cuts(refiner *r, const token *t) {
    r->count = 0;
    if (t->shape & SHAPE_WEB) return;
    if (t->shape & SHAPE_APOSTROPHE) cut_clitic(r, t);
    if (r->count == 0 && t->shape & SHAPE_HYPHEN && r->split_hyphens) cut_hyphens(r, t);
    if (t->shape & SHAPE_INNER_UPPER && !(t->shape & (SHAPE_HYPHEN | SHAPE_APOSTROPHE))) cut_glued(r, t);
}

/* The part [start, end) of a token. */
static bool take_part(document *d, token *part, uint32_t start, uint32_t end, uint16_t place) {
    const char *text_end = d->text.ptr + d->text.len;
    str text = document_slice(d, start, end);
    spelling_key key = spelling_key_of(text, text_end);
    uint32_t kind = spelling_meet(&d->lexicon, key, text, place);
    part->start = start;
    part->end = end;
    part->place = place;
    if (kind == NERX_NONE) return false;
    const word_kind *k = &d->lexicon.kinds.items[kind];
    part->kind = kind;
    token_take_kind(part, k);
    lexicon_stamp_kind(&d->lexicon, k);
    return true;
}

/* Pushes the parts of one token. */
static bool push_parts(refiner *r, const token *t) {
    uint32_t start = t->start;
    for (uint32_t k = 0; k <= r->count; k++) {
        token part = *t;
        uint32_t end = k < r->count ? r->cuts[k] : t->end;
        if (!take_part(r->d, &part, start, end, k ? TOKEN_JOINED : t->place)) return false;
        if (!vec_push(r->d->arena, &r->parts, part)) return false;
        start = end;
    }
    return true;
}

/* Finds where a token is to be cut. */
static void look_for_cuts(refiner *r, const token *t) {
    char first = r->d->text.ptr[t->start];
    r->count = 0;
    if (t->shape & SHAPE_WEB && (first == '@' || first == '#')) {
        cut_tag(r, t);
    } else {
        find_cuts(r, t);
    }
}

/* "… waren es 13." – the stop of an ordinal that ends its sentence is a token of its own. */
static bool part_stop(refiner *r, const token *t) {
    token number = *t, stop = *t;
    if (!take_part(r->d, &number, t->start, t->end - 1, t->place & (uint16_t)~TOKEN_ENDS)) return false;
    look_for_cuts(r, &number);
    if (!push_parts(r, &number)) return false;
    return take_part(r->d, &stop, t->end - 1, t->end, TOKEN_JOINED) && vec_push(r->d->arena, &r->parts, stop);
}

static void set_language(refiner *r, uint8_t language) {
    if (r->language == language) return;
    r->language = language;
    r->split_hyphens = language_writes(r->d, STR("-"), language);
}

static bool refine(refiner *r, uint32_t i) {
    const token *t = &r->d->tokens.items[i];
    uint32_t before = r->parts.count;
    if (t->place & TOKEN_ENDS) {
        if (!part_stop(r, t)) return false;
    } else {
        look_for_cuts(r, t);
        if (r->count && !push_parts(r, t)) return false;
    }
    uint32_t count = r->parts.count - before;
    return !count || vec_push(r->d->arena, &r->replaced, (replaced){i, count});
}

/* Puts the parts in the places of their tokens, the last first. */
static bool put_parts(const refiner *r) {
    document *d = r->d;
    uint32_t more = r->parts.count - r->replaced.count, end = d->tokens.count, parts = r->parts.count;
    if (!vec_reserve(d->arena, &d->tokens, more)) return false;
    token *items = d->tokens.items;
    for (uint32_t k = r->replaced.count; k > 0; k--) {
        const replaced *at = &r->replaced.items[k - 1];
        memmove(items + at->token + 1 + more, items + at->token + 1, (end - at->token - 1) * sizeof(token));
        more -= at->count - 1;
        parts -= at->count;
        memcpy(items + at->token + more, r->parts.items + parts, at->count * sizeof(token));
        end = at->token;
    }
    d->tokens.count += r->parts.count - r->replaced.count;
    return true;
}

static uint32_t added(const refiner *r) {
    return r->parts.count - r->replaced.count;
}

bool refine_tokens(document *d) {
    refiner r = {.d = d, .language = LANGUAGE_NONE};
    uint32_t m = 0;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        sentence *in = &d->sentences.items[s];
        uint32_t end = in->end;
        in->first += added(&r);
        set_language(&r, in->language);
        for (; m < d->landmarks.count && d->landmarks.items[m].token < end; m++) {
            const token *t = &d->tokens.items[d->landmarks.items[m].token];
            bool asks = token_kind(d, t)->asks & KIND_CUT || t->place & TOKEN_ENDS;
            if (asks && !refine(&r, d->landmarks.items[m].token)) return false;
        }
        in->end += added(&r);
    }
    return r.replaced.count == 0 || put_parts(&r);
}
