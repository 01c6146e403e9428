/* What the public header promises of every result, checked on whatever the fuzzer made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

_Noreturn void fuzz_fail(const char *what) {
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

static void need(bool holds, const char *what) {
    if (!holds) fuzz_fail(what);
}

static void check_span(const nerx_document *d, nerx_span s, bool may_be_empty) {
    nerx_str text = nerx_document_text(d);
    need(s.start < s.end || (may_be_empty && s.start == s.end), "an empty span");
    need(s.end <= text.len, "a span outside the text");
    need(s.start == text.len || ((unsigned char)text.ptr[s.start] & 0xc0) != 0x80, "a span begins inside a character");
    need(s.end == text.len || ((unsigned char)text.ptr[s.end] & 0xc0) != 0x80, "a span ends inside a character");
}

static void check_tokens(const nerx_document *d) {
    uint32_t tokens, sentences, end = 0;
    const nerx_token *t = nerx_document_tokens(d, &tokens);
    const nerx_sentence *s = nerx_document_sentences(d, &sentences);
    for (uint32_t i = 0; i < tokens; i++) {
        check_span(d, t[i].span, false);
        need(t[i].span.start >= end, "tokens overlap");
        need(t[i].sentence < sentences, "a token of no sentence");
        end = t[i].span.end;
    }
    uint32_t next = 0;
    for (uint32_t i = 0; i < sentences; i++) {
        check_span(d, s[i].span, false);
        need(s[i].first_token == next && s[i].token_count > 0, "sentences leave tokens out");
        next += s[i].token_count;
    }
    need(next == tokens, "tokens behind the last sentence");
}

static void check_mentions(const nerx_document *d) {
    uint32_t mentions, entities, tokens, end = 0;
    const nerx_mention *m = nerx_document_mentions(d, &mentions);
    const nerx_entity *e = nerx_document_entities(d, &entities);
    nerx_document_tokens(d, &tokens);
    for (uint32_t i = 0; i < mentions; i++) {
        check_span(d, m[i].span, false);
        need(m[i].span.start >= end, "mentions overlap");
        need(m[i].token_count && m[i].first_token < tokens && m[i].token_count <= tokens - m[i].first_token,
             "a mention of no tokens");
        need(m[i].entity == NERX_NONE || m[i].entity < entities, "a mention of no entity");
        end = m[i].span.end;
    }
    for (uint32_t i = 0; i < entities; i++) {
        need(e[i].mention_count > 0, "an entity without mentions");
        for (uint32_t k = 0; k < e[i].mention_count; k++)
            need(e[i].mentions[k] < mentions && m[e[i].mentions[k]].entity == i, "a mention of another entity");
    }
}

static void check_relations(const nerx_document *d) {
    uint32_t relations, roles, entities, mentions;
    const nerx_relation *r = nerx_document_relations(d, &relations);
    const nerx_role *role = nerx_document_roles(d, &roles);
    nerx_document_entities(d, &entities);
    nerx_document_mentions(d, &mentions);
    for (uint32_t i = 0; i < relations; i++) {
        check_span(d, r[i].evidence, true);
        need(r[i].source == NERX_NONE || r[i].source < entities, "a source that is no entity");
        need(r[i].first_role <= roles && r[i].role_count <= roles - r[i].first_role, "roles of no relation");
    }
    for (uint32_t i = 0; i < roles; i++) {
        check_span(d, role[i].span, true);
        need(role[i].entity == NERX_NONE || role[i].entity < entities, "a role of no entity");
        need(role[i].mention == NERX_NONE || role[i].mention < mentions, "a role of no mention");
    }
}

static bool swallow(void *user, const char *bytes, size_t length) {
    size_t *sum = user;
    for (size_t i = 0; i < length; i++)
        *sum = *sum * 31 + (unsigned char)bytes[i];
    return true;
}

static size_t write_all(const nerx_document *d) {
    size_t sum = 0;
    for (int format = NERX_JSON; format <= NERX_HTML; format++) {
        nerx_write_options options = {.offsets = (nerx_offsets)(format % 3), .evidence = true, .id = "an \"id\""};
        nerx_error error = {0};
        if (!nerx_write(d, (nerx_format)format, &options, swallow, &sum, &error)) fuzz_fail(error.message);
    }
    return sum;
}

void fuzz_extract(const nerx_model *model, const char *text, size_t length) {
    nerx_error error = {0};
    nerx_extractor *x = nerx_extractor_new(model, &(nerx_options){.keep_losers = true}, &error);
    if (!x) fuzz_fail(error.message);
    size_t sums[2] = {0};
    for (int i = 0; i < 2; i++) { /* what an extractor has learned changes nothing */
        const nerx_document *d = nerx_extract(x, text, length, i ? "2023-09-11" : NULL, &error);
        if (!d && error.status == NERX_ERROR_ENCODING) break;
        if (!d) fuzz_fail(error.message);
        check_tokens(d);
        check_mentions(d);
        check_relations(d);
        sums[0] = write_all(d);
    }
    const nerx_document *again = nerx_extract(x, text, length, "2023-09-11", &error);
    if (again) sums[1] = write_all(again);
    need(sums[0] == sums[1], "the same text gives other bytes");
    nerx_extractor_free(x);
}

void fuzz_use(const nerx_model *model, const char *text, size_t length) {
    nerx_extractor *x = nerx_extractor_new(model, &(nerx_options){.keep_losers = true}, NULL);
    const nerx_document *d = x ? nerx_extract(x, text, length, "2023-09-11", NULL) : NULL;
    if (d) write_all(d);
    nerx_extractor_free(x);
}
