/* Rule files cut into blocks, and the reports about them. */
#include "model/rule_source.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"

/* A comment begins with # at the start of a line or behind a blank, outside "…" and /…/. */
static size_t comment_start(str line) {
    char quote = 0;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (quote && c == '\\') {
            i++;
        } else if (quote) {
            if (c == quote) quote = 0;
        } else if (c == '"' || (c == '/' && i && strchr(" :[|(", line.ptr[i - 1]))) {
            quote = c;
        } else if (c == '#' && (i == 0 || line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '\t')) {
            return i;
        }
    }
    return line.len;
}

static bool is_example(str text) {
    return text.len > 1 && (text.ptr[0] == '+' || text.ptr[0] == '-') && text.ptr[1] == ' ';
}

static source_line read_line(str raw, uint32_t number) {
    source_line line = {.number = number, .raw = raw};
    while (line.indent < raw.len && (raw.ptr[line.indent] == ' ' || raw.ptr[line.indent] == '\t'))
        line.indent++;
    line.text = str_slice(raw, line.indent, raw.len);
    if (!is_example(line.text)) line.text.len = comment_start(line.text);
    while (line.text.len && strchr(" \t\r", line.text.ptr[line.text.len - 1]))
        line.text.len--;
    return line;
}

str rule_source_name(const rule_source *source) {
    str name = str_of(source->path);
    while (str_starts(name, STR("../")))
        name = str_slice(name, 3, name.len);
    return name;
}

bool rule_source_read(arena *a, const char *path, str text, rule_source *out) {
    *out = (rule_source){.path = path};
    uint32_t number = 0;
    if (str_starts(text, STR("\xef\xbb\xbf"))) text = str_slice(text, 3, text.len);
    for (str rest = text; rest.ptr;) {
        source_line line = read_line(str_cut(&rest, '\n'), ++number);
        if (line.text.len == 0) continue;
        if (line.indent == 0 || out->blocks.count == 0) {
            str head = line.text;
            source_block block = {.keyword = str_cut(&head, ' '), .first = out->lines.count};
            if (!vec_push(a, &out->blocks, block)) return false;
        }
        if (!vec_push(a, &out->lines, line)) return false;
        out->blocks.items[out->blocks.count - 1].count++;
    }
    return true;
}

void report_at(reporter *r, nerx_status status, const rule_source *source, const source_line *line, const char *at,
               const char *format, ...) {
    nerx_error error = {0};
    uint32_t column = 0;
    if (line) {
        column = 1;
        for (const char *p = line->raw.ptr; at && p < at; p++)
            column += ((unsigned char)*p & 0xc0) != 0x80;
    }
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    error_at(&error, status, source->path, line ? line->number : 0, column, line ? line->raw : STR(""), "%s", text);
    if (status != NERX_WARNING) r->errors++;
    if (r->report) r->report(r->user, &error);
}

enum { LONGEST_NAME = 63 };

/* Levenshtein (1965), two rows. */
static size_t distance(str a, str b) {
    size_t row[LONGEST_NAME + 1];
    for (size_t k = 0; k <= b.len; k++)
        row[k] = k;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b.len; k++) {
            size_t change = diagonal + (a.ptr[i - 1] != b.ptr[k - 1]);
            diagonal = row[k];
            size_t shorter = row[k - 1] < row[k] ? row[k - 1] : row[k];
            row[k] = change < shorter + 1 ? change : shorter + 1;
        }
    }
    return row[b.len];
}

str nearest_name(str wrong, const str *names, size_t count) {
    str nearest = {NULL, 0};
    size_t best = wrong.len / 3 + 1;
    if (wrong.len > LONGEST_NAME) return nearest;
    for (size_t i = 0; i < count; i++) {
        if (names[i].len > LONGEST_NAME) continue;
        size_t d = distance(wrong, names[i]);
        if (d > best || (d == best && nearest.ptr)) continue;
        best = d;
        nearest = names[i];
    }
    return nearest;
}

bool role_is_free(str name) {
    static const char *const taken[] = {"id",     "type",     "polarity", "modality", "tense",
                                        "source", "evidence", "rule",     "text"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (str_is(name, taken[i])) return false;
    }
    return true;
}
