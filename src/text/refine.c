/* Splitting tokens as the language of their sentence asks: clitics ("Putin's", "don't"), hyphenated compounds whose
 * last part is an ordinary word ("well-known", not "Byong-chul"), words that lost the blank between them, and tags. */
#include "text/chars.h"
#include "text/sentence.h"
#include "text/spelling.h"
#include "text/utf8.h"

enum { MAX_CUTS = 16, MAY_BE_CUT = SHAPE_APOSTROPHE | SHAPE_HYPHEN | SHAPE_INNER_UPPER | SHAPE_WEB };

typedef struct refiner {
    document *d;
    uint8_t language;
    bool split_hyphens;
    uint32_t cuts[MAX_CUTS]; /* byte offsets inside the text */
    uint32_t count;
    VEC(token) out;
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
    uint32_t kind = spelling_meet(&d->lexicon, &key, text, place);
    part->start = start;
    part->end = end;
    part->place = place;
    if (kind == NERX_NONE) return false;
    token_take_kind(d, part, kind);
    return true;
}

/* Pushes the parts of one token to r->out. */
static bool push_parts(refiner *r, const token *t) {
    uint32_t start = t->start;
    for (uint32_t k = 0; k <= r->count; k++) {
        token part = *t;
        uint32_t end = k < r->count ? r->cuts[k] : t->end;
        if (!take_part(r->d, &part, start, end, k ? TOKEN_JOINED : t->place)) return false;
        if (!vec_push(r->d->arena, &r->out, part)) return false;
        start = end;
    }
    return true;
}

static bool refine(refiner *r, const token *t) {
    r->count = 0;
    char first = r->d->text.ptr[t->start];
    if (t->shape & SHAPE_WEB && (first == '@' || first == '#')) {
        cut_tag(r, t);
    } else if (t->shape & MAY_BE_CUT) {
        find_cuts(r, t);
    }
    return r->count ? push_parts(r, t) : vec_push(r->d->arena, &r->out, *t);
}

/* "… waren es 13." – the stop of an ordinal that ends its sentence is a token of its own. */
static bool part_stop(refiner *r, const token *t) {
    token number = *t, stop = *t;
    number.ends = stop.ends = 0;
    return take_part(r->d, &number, t->start, t->end - 1, t->place) &&
           take_part(r->d, &stop, t->end - 1, t->end, TOKEN_JOINED) && refine(r, &number) && refine(r, &stop);
}

static void set_language(refiner *r, uint8_t language) {
    if (r->language == language) return;
    r->language = language;
    r->split_hyphens = language_writes(r->d, STR("-"), language);
}

/* Takes tokens [first, end), which are not cut. */
static bool take_run(refiner *r, uint32_t first, uint32_t end) {
    if (first == end) return true;
    if (!vec_reserve(r->d->arena, &r->out, end - first)) return false;
    memcpy(r->out.items + r->out.count, r->d->tokens.items + first, (end - first) * sizeof(token));
    r->out.count += end - first;
    return true;
}

static bool refine_sentence(refiner *r, const sentence *in) {
    uint32_t done = in->first;
    for (uint32_t i = in->first; i < in->end; i++) {
        const token *t = &r->d->tokens.items[i];
        if (!t->ends && !(t->shape & MAY_BE_CUT)) continue;
        if (!take_run(r, done, i) || !(t->ends ? part_stop(r, t) : refine(r, t))) return false;
        done = i + 1;
    }
    return take_run(r, done, in->end);
}

bool refine_tokens(document *d) {
    refiner r = {.d = d, .language = LANGUAGE_NONE};
    if (!vec_reserve(d->arena, &r.out, d->tokens.count + d->tokens.count / 16 + 16)) return false;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        sentence *in = &d->sentences.items[s];
        uint32_t first = r.out.count;
        set_language(&r, in->language);
        if (!refine_sentence(&r, in)) return false;
        in->first = first;
        in->end = r.out.count;
    }
    arena_drop(d->arena, d->tokens.items);
    d->tokens.items = r.out.items;
    d->tokens.count = r.out.count;
    d->tokens.capacity = r.out.capacity;
    return true;
}
