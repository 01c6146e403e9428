/* Tokens to sentences. A sentence ends
 *
 *   - before a paragraph, and before a line that does not merely continue a wrapped one: headlines, captions, lists;
 *   - after . ! ? … and the closing quotes and brackets behind them, unless what follows goes on in lower case;
 *   - after an abbreviation or ordinal only where the next word can only begin a sentence. */
#include "text/sentence.h"

#include "base/error.h"
#include "text/chars.h"

typedef struct splitter {
    document *d;
    uint32_t first;            /* of the sentence being read */
    uint32_t line_first;       /* first token of the line */
    uint32_t shorter, longest; /* bytes of the paragraph's lines but the last: shortest and longest */
    language_sums told;        /* by the tokens before the sentence */
    uint8_t language;          /* of the paragraph */
    uint8_t asked;             /* the language last asked about ordinals: */
    bool ordinals;             /* it writes "13." for the thirteenth */
    bool wrapped;              /* the sentence has several lines */
} splitter;

enum { WRAP_SHORTEST = 45, WRAP_LONGEST = 160, FREQUENT = 2 };

static token *at(const splitter *s, uint32_t i) {
    return &s->d->tokens.items[i];
}

/* "Dann", "The": a frequent word that has its capital from the sentence. */
static bool is_frequent(const splitter *s, const token *t) {
    const traits *w = lexicon_traits(&s->d->lexicon, t->fold);
    return w && w->language && w->weight >= FREQUENT;
}

/* An upper-case word that is an ordinary word in lower case, and nothing as it stands: it begins a sentence. */
static bool only_begins(const splitter *s, uint32_t i) {
    const token *t = at(s, i);
    if (!(t->shape & SHAPE_UPPER_FIRST) || t->shape & SHAPE_ALL_UPPER) return false;
    if (is_frequent(s, t)) return true;
    const word_kind *k = token_kind(s->d, t);
    return !(k->form_marks & (MARK_ORDINARY | MARK_NAMED | MARK_MONTH)) && k->fold_marks & MARK_ORDINARY;
}

static bool continues(const token *t) {
    if (t->shape & SHAPE_WEB) return false;
    if (t->shape & SHAPE_LETTERS) return (t->shape & SHAPE_LOWER) != 0;
    return t->shape & SHAPE_PUNCT && !(t->shape & (SHAPE_QUOTE | SHAPE_OPEN | SHAPE_DASH | SHAPE_SYMBOL | SHAPE_END));
}

/* ":-)" */
static bool is_face(const splitter *s, const token *t) {
    const char *p = s->d->text.ptr + t->start;
    return t->shape & SHAPE_PUNCT && t->end - t->start >= 2 && strchr(":;=", p[0]) && p[1] != p[0];
}

/* "***", "-----": a line of signs, which the text's layout has put between sentences. */
static bool is_rule(const splitter *s, const token *t) {
    return t->shape & SHAPE_PUNCT && t->end - t->start >= 3 && !(t->shape & SHAPE_END) &&
           strchr("-=*_#~+", s->d->text.ptr[t->start]);
}

/* Quotes and brackets that close what ends here: joined to what stands before them. A face belongs there, too. */
static uint32_t skip_closers(const splitter *s, uint32_t i) {
    while (i < s->d->tokens.count && !(at(s, i)->place & TOKEN_LINE)) {
        const token *t = at(s, i);
        bool closes = t->shape & (SHAPE_QUOTE | SHAPE_CLOSE | SHAPE_END) && t->shape & SHAPE_PUNCT &&
                      (t->place & TOKEN_JOINED || t->shape & SHAPE_CLOSE) && s->d->text.ptr[t->start] != ':';
        if (!closes && !is_face(s, t)) break;
        i++;
    }
    return i;
}

static bool is_stop(const token *t, const document *d) {
    if (t->place & TOKEN_ENDS) return true;
    return t->shape & SHAPE_END && t->shape & SHAPE_PUNCT && d->text.ptr[t->start] != ':';
}

/* "… ist zu. dann gehen wir": a full stop behind an ordinary word ends a sentence although lower case follows; behind
 * an unknown one it may be that of an abbreviation. A question ends, unless quotes close it: "„Was?“ fragte er". */
static bool ends_before_lower(const splitter *s, uint32_t i, uint32_t next) {
    const token *t = at(s, i), *before = at(s, i - 1);
    if (next != i + 1 || i == s->first || at(s, next)->place & TOKEN_JOINED || t->end - t->start > 2) return false;
    if (!(at(s, next)->shape & SHAPE_LETTERS) || before->shape & SHAPE_PUNCT) return false;
    if (s->d->text.ptr[t->start] != '.') return s->d->text.ptr[t->start] != (char)0xe2;
    if (before->end - before->start < 2) return false;
    const word_kind *k = token_kind(s->d, before);
    return t->end - t->start == 1 && (k->form_marks | k->fold_marks) & (MARK_ORDINARY | MARK_NAMED);
}

/* "St . Georg", "Robert R . Frost": where all words are set apart, so are abbreviations from their full stop. */
static bool stop_abbreviates(const splitter *s, uint32_t i) {
    enum { LONGEST = 8 };
    const token *t = at(s, i);
    if (i == s->first || t->place & TOKEN_JOINED || t->end - t->start != 1 || s->d->text.ptr[t->start] != '.') {
        return false;
    }
    const token *before = at(s, i - 1);
    uint32_t length = before->end - before->start;
    if (length == 1) return (before->shape & SHAPE_UPPER_FIRST) != 0;
    if (length > LONGEST) return false;
    char key[LONGEST + 1];
    memcpy(key, s->d->text.ptr + before->start, length);
    key[length] = '.';
    uint32_t id = lexicon_find(&s->d->lexicon, (str){key, length + 1});
    return id != NERX_NONE &&
           (lexicon_marks(&s->d->lexicon, id) & (MARK_ABBREVIATION | MARK_BEFORE_NUMBER)) == MARK_ABBREVIATION;
}

static bool ends_after_stop(const splitter *s, uint32_t i, uint32_t *next) {
    const token *t = at(s, i);
    const document *d = s->d;
    *next = skip_closers(s, i + 1);
    if (*next >= d->tokens.count) return true;
    const token *after = at(s, *next);
    bool joined = after->place & TOKEN_JOINED && *next == i + 1;
    if (joined && !(t->place & TOKEN_JOINED)) return false;                /* "...und dann" */
    if (is_stop(after, d) && after->end - after->start == 1) return false; /* ". . ." */
    if (stop_abbreviates(s, i)) return only_begins(s, *next);
    if (joined && t->end - t->start == 1) {
        /* "Ende.Anfang": only where a word in upper case follows */
        return after->shape & SHAPE_UPPER_FIRST && d->text.ptr[t->start] == '.';
    }
    return !continues(after) || ends_before_lower(s, i, *next);
}

/* Perhaps behind an opening quotation mark: 'on Sept. 12. "We …"'. */
static bool begins_with_capital(const splitter *s, uint32_t i) {
    bool opens = at(s, i)->shape & SHAPE_QUOTE && i + 1 < s->d->tokens.count;
    return at(s, opens ? i + 1 : i)->shape & SHAPE_UPPER_FIRST;
}

/* Does the sentence end after token i? *next is then the first token of the following one. */
static bool ends_after(const splitter *s, uint32_t i, uint32_t *next) {
    const token *t = at(s, i);
    *next = i + 1;
    if (is_stop(t, s->d)) return ends_after_stop(s, i, next);
    if (is_rule(s, t) || (*next < s->d->tokens.count && is_rule(s, at(s, *next)))) return true;
    if (is_face(s, t)) return *next < s->d->tokens.count && at(s, *next)->shape & SHAPE_UPPER_FIRST;
    if (!(t->shape & SHAPE_DOT)) return false;
    *next = skip_closers(s, i + 1);
    if (*next >= s->d->tokens.count) return false;
    /* "on X. The", but "J. Dreyfen" */
    if (t->shape & SHAPE_INITIAL) {
        const token *after = at(s, *next);
        bool capitals = t->shape & after->shape & SHAPE_UPPER_FIRST;
        return capitals && i > s->first && at(s, i - 1)->shape & SHAPE_LOWER && is_frequent(s, after);
    }
    if (i == s->first && t->shape & SHAPE_NUMBER) return false; /* "4. Die …": an item of a list */
    if (t->shape & SHAPE_NUMBER && !s->ordinals) return begins_with_capital(s, *next);
    /* "U.S. Department", "Dr. Koch": what is written with a capital may be part of a name */
    if (t->shape & SHAPE_UPPER_FIRST && !is_frequent(s, at(s, *next))) return false;
    return only_begins(s, *next);
}

/* A line of a wrapped paragraph is about as long as the others, and the text goes on. */
static bool wraps(const splitter *s, uint32_t next) {
    const token *before = at(s, next - 1), *after = at(s, next);
    uint32_t length = before->end - at(s, s->line_first)->start;
    if (is_stop(before, s->d)) return false;
    if (length < WRAP_SHORTEST / 2 || length > WRAP_LONGEST) return false;
    if (after->shape & SHAPE_LOWER) return true;
    if (after->shape & (SHAPE_DASH | SHAPE_SYMBOL)) return false;
    return s->longest >= WRAP_SHORTEST && length + 20 >= s->longest && s->shorter + 30 >= s->longest;
}

/* Looks ahead over the lines of the paragraph that begins at a landmark: how long are they? Paragraphs of a single line
 * break never wrap by length. Returns what is told before the next one. */
static const language_sums *measure_lines(splitter *s, const landmark *from) {
    const document *d = s->d;
    const landmark *end = d->landmarks.items + d->landmarks.count;
    uint32_t start = from->token, lines = 0;
    s->shorter = UINT32_MAX;
    s->longest = 0;
    const landmark *m = from + 1;
    for (; m < end && !(at(s, m->token)->place & TOKEN_PARAGRAPH); m++) {
        if (!(at(s, m->token)->place & TOKEN_LINE)) continue;
        uint32_t length = at(s, m->token - 1)->end - at(s, start)->start;
        if (length < s->shorter) s->shorter = length;
        if (length > s->longest) s->longest = length;
        start = m->token;
        lines++;
    }
    if (lines < 2) s->longest = 0;
    return m < end ? &m->told : &d->told;
}

static void begin_paragraph(splitter *s, const landmark *from) {
    s->language = language_told(s->d, &from->told, measure_lines(s, from), s->d->language);
    if (s->language != s->asked) s->ordinals = !language_writes(s->d, STR("1."), s->language);
    s->asked = s->language;
}

/* Ends the sentence before token `end`; `told` is what the tokens before that tell. */
static bool finish(splitter *s, uint32_t end, const language_sums *told) {
    document *d = s->d;
    if (end == s->first) return true;
    sentence out = {.first = s->first, .end = end, .wrapped = s->wrapped};
    out.language = language_told(d, &s->told, told, s->language);
    uint32_t last = end - 1;
    while (last > s->first && at(s, last)->shape & (SHAPE_QUOTE | SHAPE_CLOSE))
        last--;
    out.headline = !is_stop(at(s, last), d);
    s->first = end;
    s->told = *told;
    s->wrapped = false;
    return vec_push(d->arena, &d->sentences, out);
}

/* The same behind a landmark and the signs that close the sentence, which tell nothing. */
static bool finish_behind(splitter *s, const landmark *m, uint32_t end) {
    language_sums told = m->told;
    language_add(&told, token_kind(s->d, at(s, m->token)));
    return finish(s, end, &told);
}

/* Is the token followed by a new paragraph, or by nothing? */
static bool is_last(const splitter *s, uint32_t i) {
    return i + 1 == s->d->tokens.count || at(s, i + 1)->place & TOKEN_PARAGRAPH;
}

/* Before the first token of a line. */
static bool begin_line(splitter *s, const landmark *m) {
    uint32_t i = m->token;
    if (i > 0 && (at(s, i)->place & TOKEN_PARAGRAPH || !wraps(s, i))) {
        if (!finish(s, i, &m->told)) return false;
    } else {
        s->wrapped = i > s->first;
    }
    if (at(s, i)->place & TOKEN_PARAGRAPH) begin_paragraph(s, m);
    s->line_first = i;
    return true;
}

/* A line of signs ends what stands before it, unless a full stop has decided that. */
static bool begins_rule(const splitter *s, uint32_t i) {
    return i > s->first && is_rule(s, at(s, i)) && !is_stop(at(s, i - 1), s->d);
}

static bool split_all(splitter *s) {
    document *d = s->d;
    uint32_t done = 0;
    for (const landmark *m = d->landmarks.items, *end = m + d->landmarks.count; m < end; m++) {
        uint32_t i = m->token, next;
        token *t = at(s, i);
        if (i < done) continue;
        if (begins_rule(s, i) && !finish(s, i, &m->told)) return false;
        if (t->place & TOKEN_LINE && !begin_line(s, m)) return false;
        if (!(t->shape & (SHAPE_PUNCT | SHAPE_DOT))) continue;
        if (is_last(s, i) && t->shape & SHAPE_ORDINAL) t->place |= TOKEN_ENDS;
        if (!ends_after(s, i, &next)) continue;
        if (t->shape & SHAPE_ORDINAL) t->place |= TOKEN_ENDS;
        if (!finish_behind(s, m, next)) return false;
        done = next;
    }
    return finish(s, d->tokens.count, &d->told);
}

static bool mark_capital(document *d, token *t) {
    if (!(t->shape & SHAPE_ALL_UPPER)) return true;
    t->place |= TOKEN_CAPS_LINE;
    const traits *known = lexicon_traits(&d->lexicon, t->form);
    if (known && known->reading_count) return true;
    uint32_t usual = lexicon_variant(&d->lexicon, t->fold);
    if (usual == NERX_NONE) {
        str title = chars_title(d->arena, lexicon_text(&d->lexicon, t->fold));
        if (!title.ptr) return false;
        usual = lexicon_find(&d->lexicon, title); /* as it stands elsewhere in the text */
    }
    if (usual != NERX_NONE) t->look = usual;
    return true;
}

static bool mark_run(document *d, uint32_t first, uint32_t end, bool *marked) {
    *marked = true;
    for (uint32_t i = first; i < end; i++) {
        if (!mark_capital(d, &d->tokens.items[i])) return false;
    }
    return true;
}

/* In a run of three words or more that are all in capitals, the capitals tell nothing. */
static bool mark_capitals(document *d, const sentence *in, bool *marked) {
    uint32_t words = 0, capitals = 0, others = 0, most = (in->end - in->first) / 5;
    for (uint32_t i = in->first; i < in->end && others <= most; i++) {
        uint32_t shape = d->tokens.items[i].shape;
        words += (shape & SHAPE_LETTERS) != 0;
        capitals += (shape & SHAPE_ALL_UPPER) != 0;
        others = words - capitals;
    }
    return words < 2 || capitals * 10 < words * 8 || mark_run(d, in->first, in->end, marked);
}

/* "LONDON (AP) —", "NAIROBI/PORT SUDAN, 3 December –": the capitals a paragraph begins with, before a stop. */
static bool mark_dateline(document *d, const sentence *in, bool *marked) {
    enum { MIN_LETTERS = 4 };
    uint32_t end = in->first;
    bool words = false;
    for (; end < in->end; end++) {
        const token *t = &d->tokens.items[end];
        if (!(t->shape & SHAPE_ALL_UPPER) && !(words && t->shape & SHAPE_PUNCT && t->place & TOKEN_JOINED)) break;
        words |= t->shape & SHAPE_ALL_UPPER && t->end - t->start >= MIN_LETTERS;
    }
    bool stops = words && (end == in->end || d->tokens.items[end - 1].shape & SHAPE_PUNCT ||
                           d->tokens.items[end].shape & SHAPE_PUNCT);
    return !stops || !(d->tokens.items[in->first].place & TOKEN_PARAGRAPH) || mark_run(d, in->first, end, marked);
}

/* The kinds of tokens, now that their places are known. */
static bool set_kinds(document *d, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        token *t = &d->tokens.items[i];
        if (!(t->place & ~TOKEN_JOINED)) continue;
        t->kind = lexicon_kind_as(&d->lexicon, t->kind, t->look, t->place);
        if (t->kind == NERX_NONE) return false;
    }
    return true;
}

/* Lines begin at the first token, unless the sentence is wrapped. */
static bool mark_sentence(document *d, sentence *in) {
    in->start_byte = d->tokens.items[in->first].start;
    in->end_byte = d->tokens.items[in->end - 1].end;
    uint32_t i = in->first;
    while (i + 1 < in->end && d->tokens.items[i].shape & SHAPE_PUNCT)
        i++;
    d->tokens.items[i].place |= TOKEN_FIRST;
    bool capitals = false;
    if (!mark_capitals(d, in, &capitals) || !mark_dateline(d, in, &capitals)) return false;
    return set_kinds(d, in->first, in->wrapped || capitals ? in->end : i + 1);
}

bool split_sentences(document *d, nerx_error *error) {
    splitter s = {.d = d, .asked = LANGUAGE_NONE};
    d->language = s.language = language_told(d, &s.told, &d->told, LANGUAGE_NONE);
    if (!split_all(&s) || !refine_tokens(d)) return error_memory(error);
    for (uint32_t i = 0; i < d->sentences.count; i++) {
        if (!mark_sentence(d, &d->sentences.items[i])) return error_memory(error);
    }
    return true;
}
