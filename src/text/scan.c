/* What stands at one place of a text. */
#include "text/scan.h"

#include "text/chars.h"
#include "text/plain.h"
#include "text/spelling.h"
#include "text/utf8.h"

/* Behind the letters and digits of ASCII and most of Latin. */
static const char *plain_run_end(const scanner *s) {
    return s->text + plain_end(s->plain, (size_t)(s->p - s->text));
}

static uint32_t peek(const scanner *s, const char **after) {
    *after = s->p;
    return utf8_next(after);
}

static char_class class_at(const char *p, const char *end) {
    return p < end ? chars_class(utf8_next(&p)) : CHAR_SPACE;
}

static bool is_word_class(char_class c) {
    return c == CHAR_LETTER || c == CHAR_DIGIT || c == CHAR_MARK;
}

void scan_blanks(scanner *s) {
    while (s->p < s->end) {
        const char *after;
        uint32_t c = peek(s, &after);
        char_class class = chars_class(c);
        if (class != CHAR_SPACE && !(class == CHAR_OTHER && c < 0x20) && c != 0xad) break;
        s->line_ends += c == '\n' || c == 0x2028 || c == 0x85 || (c == '\r' && (after == s->end || *after != '\n'));
        if (c == 0x2029) s->line_ends = 2;
        s->place &= (uint16_t)~TOKEN_JOINED;
        s->p = after;
    }
    if (s->line_ends) s->place |= TOKEN_LINE;
    if (s->line_ends > 1) s->place |= TOKEN_PARAGRAPH;
}

static bool is_digit(const char *p, const char *end) {
    return p < end && *p >= '0' && *p <= '9';
}

/* Digits from `p`, at most `most` of them; their number. */
static size_t digits(const char *p, const char *end, size_t most) {
    size_t n = 0;
    while (n < most && is_digit(p + n, end))
        n++;
    return n;
}

/* "13-17", "1998-2003", "1998-99": a hyphen that stands for "to". "853-3242" and "2023-09-11" are one number. */
static bool is_range(const scanner *s, const char *start, const char *hyphen) {
    size_t first = (size_t)(hyphen - start), second = digits(hyphen + 1, s->end, 5);
    if (digits(start, hyphen, 5) != first) return false;
    const char *after = hyphen + 1 + second;
    if (is_word_class(class_at(after, s->end)) || (after < s->end && *after == '-')) return false;
    return (first <= 2 && second <= 2) || (first == 4 && (second == 2 || second == 4));
}

/* "paulhastings.com", "report.pdf": no full stop, since what follows is lower; but "Dr.med." is two words. */
static bool joins_host(const scanner *s, const char *start, const char *stop, uint32_t following) {
    if (!chars_lower(following) || stop - start < 2 || stop - start >= WORD_MAX_LENGTH) return false;
    return !spelling_stop_marks(s->lexicon, (str){start, (size_t)(stop - start)}, s->end);
}

/* Does one of - ' . , : & at `p` join what stands before it with what follows? Only between letters or digits; a comma
 * or colon only between digits; a full stop between digits, before what is lower, or letters one at a time ("z.B."). */
static bool joins(const scanner *s, const char *start, const char *p) {
    const char *after = p;
    uint32_t c = utf8_next(&after);
    if (after >= s->end) return false;
    const char *next = after;
    uint32_t following = utf8_next(&next);
    char_class behind = chars_class(following);
    char_class before = chars_class((unsigned char)p[-1] < 128 ? (unsigned char)p[-1] : 0xe4);
    if (behind != CHAR_LETTER && behind != CHAR_DIGIT) return false;
    switch (chars_class(c)) {
    case CHAR_APOSTROPHE: return true;
    case CHAR_DASH: return c == 0x2010 || c == 0x2011 || (c == '-' && !is_range(s, start, p));
    case CHAR_PUNCT: return (c == ',' || c == ':') && before == CHAR_DIGIT && behind == CHAR_DIGIT;
    case CHAR_END:
        if (c != '.') return false;
        if (before == CHAR_DIGIT && behind == CHAR_DIGIT) return true;
        if (joins_host(s, start, p, following)) return true;
        if (before == CHAR_DIGIT || behind == CHAR_DIGIT) return false;
        return next == s->end || !is_word_class(class_at(next, s->end));
    case CHAR_SYMBOL: return c == '&' && p - start <= 2;
    default: return false;
    }
}

/* Behind blanks, but on the same line. */
static bool number_follows(const char *p, const char *end) {
    const char *after = p;
    while (p < end && *p != '\n' && *p != '\r' && chars_class(utf8_next(&after)) == CHAR_SPACE)
        p = after;
    return is_digit(p, end);
}

bool scan_keeps_stop(const scanner *s, const char *start) {
    str stem = {start, (size_t)(s->p - start)};
    if (stem.len >= WORD_MAX_LENGTH || s->p >= s->end || *s->p != '.') return false;
    if (s->p + 1 < s->end && s->p[1] == '.' && (s->p + 2 == s->end || s->p[2] == '.')) return false; /* "usw..." */
    const char *after = start;
    uint32_t first = utf8_next(&after);
    if (after == s->p && chars_upper(first)) return true;                                  /* "J." */
    if (stem.len > 2 && s->p[-2] == '.' && chars_class(first) == CHAR_LETTER) return true; /* "U.S." */
    uint32_t marks = spelling_stop_marks(s->lexicon, stem, s->end);
    return marks & MARK_ABBREVIATION || (marks & MARK_BEFORE_NUMBER && number_follows(s->p + 1, s->end));
}

/* "13." or "13.9." before a blank and a small distance: an ordinal or the end of a sentence; the splitter decides, so
 * the stop stays with the number only where more text follows on the line. */
static bool keeps_ordinal(const scanner *s, const char *start) {
    if (s->p >= s->end || *s->p != '.') return false;
    size_t first = digits(start, s->p, 4), second = 0;
    if (first < 3 && start + first < s->p && start[first] == '.') second = 1 + digits(start + first + 1, s->p, 3);
    if (first > 3 || second > 3 || start + first + second != s->p) return false;
    if (second == 3 && memcmp(start + first, ".12", 3) > 0) return false; /* "10.74" */
    const char *q = s->p + 1;
    if (q >= s->end || class_at(q, s->end) != CHAR_SPACE) return q < s->end && class_at(q, s->end) != CHAR_END;
    while (q < s->end && (*q == ' ' || (unsigned char)*q == 0xc2 || (unsigned char)*q == 0xa0))
        q++;
    return q < s->end && *q != '\n' && *q != '\r';
}

/* "9/11/2001" */
static bool scan_slashes(scanner *s) {
    const char *p = s->p;
    for (int part = 0; part < 3; part++) {
        size_t n = digits(p, s->end, 5);
        if (n == 0 || (part < 2 ? n > 2 : n != 2 && n != 4)) return false;
        p += n;
        if (part < 2 && (p >= s->end || *p++ != '/')) return false;
    }
    if (is_word_class(class_at(p, s->end))) return false;
    s->p = p;
    return true;
}

static void scan_word(scanner *s) {
    const char *start = s->p;
    while (s->p < s->end) {
        s->p = plain_run_end(s);
        if (s->p == s->end || *s->p == ' ') break;
        const char *after;
        uint32_t c = peek(s, &after);
        char_class class = chars_class(c);
        if (!is_word_class(class) && !(class == CHAR_PUNCT && c == '_') && !(s->p > start && joins(s, start, s->p)))
            break;
        s->p = after;
    }
    if (scan_keeps_stop(s, start) || keeps_ordinal(s, start)) s->p++;
}

/* A genitive's apostrophe: "Hans' Hut"; not a closing quotation mark, which follows a space-opened one. */
static void take_final_apostrophe(scanner *s, const char *start) {
    if (s->p >= s->end || s->p == start || *s->p == ' ') return;
    const char *after;
    uint32_t c = peek(s, &after);
    if (chars_class(c) != CHAR_APOSTROPHE || is_word_class(class_at(after, s->end))) return;
    if (after < s->end && *after == *s->p) return; /* '' is a quotation mark */
    bool opened = s->behind_quote && s->place & TOKEN_JOINED;
    if (!opened) s->p = after;
}

static bool web_character(unsigned char c) {
    return c > 0x20 && !strchr("<>\"{}|\\^`", c);
}

/* Ends an address before punctuation that belongs to the sentence. */
static void scan_web(scanner *s) {
    while (s->p < s->end && web_character((unsigned char)*s->p) && (unsigned char)*s->p < 0x80)
        s->p++;
    while (strchr(".,;:!?)]'", s->p[-1]))
        s->p--;
}

static bool begins_address(str text) {
    static const str heads[] = {{"http://", 7}, {"https://", 8}, {"ftp://", 6}, {"www.", 4}};
    if (text.ptr[0] != 'h' && text.ptr[0] != 'f' && text.ptr[0] != 'w') return false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (text.len > heads[i].len && str_starts(text, heads[i])) return true;
    }
    return false;
}

/* "https://", "www.", or word characters, "@" and a letter. */
static bool is_web(scanner *s) {
    str text = {s->p, (size_t)(s->end - s->p)};
    if (begins_address(text)) return true;
    if (!s->at_sign || s->at_sign < s->p) {
        s->at_sign = memchr(s->p, '@', text.len);
        if (!s->at_sign) s->at_sign = s->end;
    }
    size_t n = (size_t)(s->at_sign - s->p);
    if (n == 0 || n > 64 || n + 1 >= text.len) return false;
    for (size_t i = 0; i < n; i++) {
        char c = text.ptr[i];
        if (!plain_letter_or_digit((unsigned char)c) && (!c || !strchr("._+-", c))) return false;
    }
    return class_at(s->at_sign + 1, s->end) == CHAR_LETTER;
}

/* "@name", "#tag": the sign and the word behind it. */
static bool is_tag(const scanner *s) {
    return (*s->p == '@' || *s->p == '#') && s->p + 1 < s->end && class_at(s->p + 1, s->end) == CHAR_LETTER;
}

/* "'s", "'90s": an apostrophe and a word of its language that begins with one, or two digits. */
static bool scan_clitic(scanner *s) {
    const char *p = s->p;
    utf8_next(&p);
    size_t year = digits(p, s->end, 3);
    const char *q = p + year;
    while (q < s->end && q - p < 4 && class_at(q, s->end) == CHAR_LETTER)
        utf8_next(&q);
    char_class after = class_at(q, s->end);
    if (q == p || is_word_class(after) || after == CHAR_APOSTROPHE || (after == CHAR_DASH && !year)) return false;
    if (year && (year != 2 || q - p > 3)) return false;
    uint32_t id = year ? NERX_NONE : spelling_known(s->lexicon, (str){s->p, (size_t)(q - s->p)}, s->end);
    if (!year && (id == NERX_NONE || !(lexicon_marks(s->lexicon, id) & MARK_CLITIC))) return false;
    s->p = q;
    return true;
}

/* ":-)", ";)", "=D" */
static bool scan_face(scanner *s) {
    const char *p = s->p;
    if (!strchr(":;=", *p++) || p >= s->end) return false;
    bool nose = *p == '-' && p + 1 < s->end;
    if (!nose && s->place & TOKEN_JOINED) return false;
    p += nose;
    if (!*p || !strchr(")(DPp", *p)) return false;
    if (*p++ >= 'A' && is_word_class(class_at(p, s->end))) return false;
    s->p = p;
    return true;
}

/* Does `c` go on with a run of signs that began with `first`? */
static bool same_run(uint32_t first, char_class class, uint32_t c) {
    if (c >= 128 || first >= 128) return c == first && (class == CHAR_END || class == CHAR_DASH);
    if (class == CHAR_END) return c == '.' || c == '!' || c == '?';
    if (first == '-' || first == '=') return c == '-' || c == '=';
    return c == first && (class == CHAR_SYMBOL || (c && strchr("`_/\\", (int)c)));
}

static void scan_sign(scanner *s) {
    const char *after, *start = s->p;
    uint32_t first = peek(s, &after);
    char_class class = chars_class(first);
    s->p = after;
    while (s->p < s->end) {
        uint32_t c = peek(s, &after);
        bool quote = class == CHAR_APOSTROPHE && c == first && s->p - start == 1; /* '' */
        bool belongs = class == CHAR_SYMBOL && chars_class(c) == CHAR_MARK;
        if (!quote && !belongs && !same_run(first, class, c)) break;
        s->p = after;
        /* a joiner takes the next emoji with it */
        if (c == 0x200d && s->p < s->end && class_at(s->p, s->end) == CHAR_SYMBOL) peek(s, &s->p);
    }
}

void scan_token(scanner *s) {
    const char *start = s->p;
    const char *after;
    char_class class = chars_class(peek(s, &after));
    bool quote = false;
    if ((class == CHAR_LETTER || class == CHAR_DIGIT) && is_web(s)) {
        scan_web(s);
    } else if (class == CHAR_DIGIT && scan_slashes(s)) {
        s->behind_quote = false;
        return;
    } else if (is_word_class(class)) {
        scan_word(s);
        take_final_apostrophe(s, start);
    } else if (is_tag(s)) {
        s->p++;
        scan_word(s);
    } else if (!(class == CHAR_APOSTROPHE && scan_clitic(s)) && !scan_face(s)) {
        scan_sign(s);
        quote = class == CHAR_QUOTE || class == CHAR_APOSTROPHE;
    }
    s->behind_quote = quote;
}
