/* Lines of regular expressions, an empty line, and lines of words: the automata must find what PCRE2 finds. */
#include "support/expressions.h"

#include "fuzz/fuzz.h"
#include "text/utf8.h"

enum { MOST = 64 /* expressions, words */, LONGEST = 60 /* bytes */ };

static bool is_valid(str s) {
    size_t bad, n;
    for (size_t at = 0; at < s.len; at += n) {
        n = utf8_sequence(s.ptr + at, s.len - at, &bad);
        if (!n || !s.ptr[at]) return false;
    }
    return true;
}

static uint32_t read_lines(str *rest, str *lines) {
    uint32_t count = 0;
    while (rest->ptr) {
        str line = str_cut(rest, '\n');
        if (!line.len) break;
        if (count < MOST && line.len <= LONGEST && is_valid(line)) lines[count++] = line;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    str texts[MOST], words[MOST], rest = {(const char *)data, size};
    uint32_t text_count = read_lines(&rest, texts), word_count = read_lines(&rest, words);
    const char *difference = expressions_built_differ(texts, text_count, words, word_count);
    if (difference) fuzz_fail(difference);
    return 0;
}
