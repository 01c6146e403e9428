/* Regular expressions on one word. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "model/regex.h"

#include <pcre2.h>
#include <stdlib.h>

enum {
    MATCH_LIMIT = 20000,
    DEPTH_LIMIT = 2000,
    LONGEST_WORD = 4096,
    WORTH_COMPILING = 12 /* words: compiling takes as long as asking about so many */
};

struct regex {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    unsigned char first[32]; /* bit by byte: a word that matches may begin with it */
    uint32_t shortest;       /* code points */
    uint32_t asked;          /* of how many words */
};

/* Most words are refused by their first byte, without starting the matcher. */
static void note_first(regex *r) {
    const uint8_t *bits = NULL;
    uint32_t type = 0, unit = 0;
    pcre2_pattern_info(r->code, PCRE2_INFO_MINLENGTH, &r->shortest);
    pcre2_pattern_info(r->code, PCRE2_INFO_FIRSTCODETYPE, &type);
    pcre2_pattern_info(r->code, PCRE2_INFO_FIRSTBITMAP, &bits);
    memset(r->first, bits || type == 1 ? 0 : 0xff, sizeof r->first);
    if (bits) memcpy(r->first, bits, sizeof r->first);
    if (type != 1 || pcre2_pattern_info(r->code, PCRE2_INFO_FIRSTCODEUNIT, &unit) != 0) return;
    /* "(?i)k" may begin with k, K and the Kelvin sign: both cases of a letter, and all that is not ASCII */
    bool letter = unit >= 0x80 || ((unit | 0x20) >= 'a' && (unit | 0x20) <= 'z');
    r->first[(unit & 0xff) / 8] |= (unsigned char)(1 << (unit % 8));
    if (letter) r->first[((unit ^ 0x20) & 0xff) / 8] |= (unsigned char)(1 << ((unit ^ 0x20) % 8));
    if (letter) memset(r->first + 16, 0xff, 16);
}

regex *regex_compile(str pattern, size_t *offset, char *message, size_t message_size) {
    int wrong = 0;
    PCRE2_SIZE at = 0;
    regex *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C;
    r->code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len, options, &wrong, &at, NULL);
    if (!r->code) {
        *offset = at;
        if (wrong != PCRE2_ERROR_HEAP_FAILED) pcre2_get_error_message(wrong, (PCRE2_UCHAR *)message, message_size);
        free(r);
        return NULL;
    }
    r->data = pcre2_match_data_create(1, NULL);
    r->context = pcre2_match_context_create(NULL);
    if (!r->data || !r->context) {
        regex_free(r);
        return NULL;
    }
    note_first(r);
    pcre2_set_match_limit(r->context, MATCH_LIMIT);
    pcre2_set_depth_limit(r->context, DEPTH_LIMIT);
    return r;
}

/* What is asked often is compiled to machine code, where the machine has a compiler. That counts its limits otherwise:
 * where it gives up, the interpreter decides. */
static int match(regex *r, str word) {
    if (++r->asked == WORTH_COMPILING) pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE);
    PCRE2_SPTR text = (PCRE2_SPTR)word.ptr;
    int found = pcre2_match(r->code, text, word.len, 0, PCRE2_NO_UTF_CHECK, r->data, r->context);
    if (found >= PCRE2_ERROR_NOMATCH) return found;
    return pcre2_match(r->code, text, word.len, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, r->data, r->context);
}

bool regex_match(regex *r, str word) {
    if (word.len > LONGEST_WORD || word.len < r->shortest) return false;
    unsigned char byte = word.len ? (unsigned char)word.ptr[0] : 0;
    if (word.len && !(r->first[byte / 8] >> (byte % 8) & 1)) return false;
    return match(r, word) >= 0;
}

str regex_fill(arena *a, regex *r, str word, str template) {
    PCRE2_SIZE room = word.len + template.len + 1;
    if (!regex_match(r, word)) return (str){NULL, 0};
    for (int again = 0; again < 2; again++) {
        PCRE2_UCHAR *out = arena_alloc(a, room);
        PCRE2_SIZE length = room;
        if (!out) break;
        int count = pcre2_substitute(r->code, (PCRE2_SPTR)word.ptr, word.len, 0, PCRE2_SUBSTITUTE_OVERFLOW_LENGTH, NULL,
                                     r->context, (PCRE2_SPTR) template.ptr, template.len, out, &length);
        if (count > 0) return (str){(const char *)out, length};
        if (count != PCRE2_ERROR_NOMEMORY) break;
        room = length;
    }
    return (str){NULL, 0};
}

void regex_free(regex *r) {
    if (!r) return;
    pcre2_match_context_free(r->context);
    pcre2_match_data_free(r->data);
    pcre2_code_free(r->code);
    free(r);
}
