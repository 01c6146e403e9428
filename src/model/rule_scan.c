/* Scanning the lines of a rule. */
#include <stdarg.h>
#include <stdio.h>

#include "model/rule_parse.h"

scanner scanner_of(reporter *reports, const rule_source *source, const source_line *lines, uint32_t count) {
    return (scanner){
        .reports = reports, .source = source, .lines = lines, .count = count, .p = count ? lines[0].text.ptr : NULL};
}

bool scan_fail(scanner *s, const char *at, str nearest, const char *format, ...) {
    char text[320];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const source_line *line = &s->lines[s->at < s->count ? s->at : s->count - 1];
    s->failed = true;
    if (nearest.ptr && nearest.len) {
        report_at(s->reports, NERX_ERROR_SYNTAX, s->source, line, at, "%s; did you mean '%.*s'?", text,
                  (int)nearest.len, nearest.ptr);
    } else {
        report_at(s->reports, NERX_ERROR_SYNTAX, s->source, line, at, "%s", text);
    }
    return false;
}

static const char *line_end(const scanner *s) {
    return s->lines[s->at].text.ptr + s->lines[s->at].text.len;
}

bool scan_next(scanner *s) {
    while (s->at < s->count) {
        while (s->p < line_end(s) && (*s->p == ' ' || *s->p == '\t'))
            s->p++;
        if (s->p < line_end(s)) return true;
        if (s->at + 1 == s->count) return false;
        s->p = s->lines[++s->at].text.ptr;
    }
    return false;
}

bool scan_peek(scanner *s, char c) {
    return scan_next(s) && *s->p == c;
}

bool scan_take(scanner *s, char c) {
    if (!scan_peek(s, c)) return false;
    s->p++;
    return true;
}

static bool name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

str scan_name(scanner *s) {
    const char *start = s->p;
    while (s->p < line_end(s) && name_character(*s->p))
        s->p++;
    return (str){start, (size_t)(s->p - start)};
}

str scan_until(scanner *s, char close) {
    const char *start = s->p, *end = line_end(s);
    while (s->p < end && *s->p != close)
        s->p += *s->p == '\\' && s->p + 1 < end ? 2 : 1;
    if (s->p >= end) {
        s->p = end;
        scan_fail(s, start - 1, STR(""), "the closing %c is missing on this line", close);
        return (str){NULL, 0};
    }
    return (str){start, (size_t)(s->p++ - start)};
}

str scan_string(scanner *s, arena *a) {
    str raw = scan_until(s, '"');
    if (!raw.ptr || !memchr(raw.ptr, '\\', raw.len)) return raw;
    char *text = arena_alloc(a, raw.len + 1);
    size_t length = 0;
    for (size_t i = 0; text && i < raw.len; i++) {
        if (raw.ptr[i] == '\\' && i + 1 < raw.len) i++;
        text[length++] = raw.ptr[i];
    }
    return (str){text, length};
}

bool scan_number(scanner *s, uint32_t *out) {
    const char *start = s->p, *end = line_end(s);
    *out = 0;
    while (s->p < end && *s->p >= '0' && *s->p <= '9' && s->p - start < 9)
        *out = *out * 10 + (uint32_t)(*s->p++ - '0');
    return s->p > start;
}
