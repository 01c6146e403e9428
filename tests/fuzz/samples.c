/* Any bytes as annotated samples: behind a first byte '!' brat's annotations of the small text, else IOB2 columns. What
 * is read is scored against a damaged copy of itself, and reported in every way; the bytes are a label map and a gate,
 * too. */
#include <stdlib.h>
#include <string.h>

#include "eval/compare.h"
#include "eval/gate.h"
#include "eval/json.h"
#include "eval/report.h"
#include "fuzz/fuzz.h"

static bool discard(void *user, const char *bytes, size_t length) {
    (void)user;
    (void)bytes;
    (void)length;
    return true;
}

static bool any_type(const void *user, str type) {
    (void)user;
    (void)type;
    return true;
}

/* Every third mention is missed, others have another type, or end a character earlier, or stand there twice. */
static void find(eval_set *s, eval_document *d) {
    for (uint32_t i = 0; i < d->gold.mentions.count; i++) {
        eval_mention m = d->gold.mentions.items[i];
        if (i % 3 == 1) continue;
        if (i % 5 == 1) m.type = d->gold.mentions.items[0].type;
        if (i % 4 == 2 && m.span.end - m.span.start > 1) m.span.end--;
        while ((d->text.ptr[m.span.end] & 0xc0) == 0x80 && m.span.end - m.span.start > 1)
            m.span.end--;
        for (uint32_t k = 0; k < (i % 7 == 3 ? 2 : 1); k++) {
            if (!vec_push(&s->arena, &d->found.mentions, m)) abort();
        }
    }
    d->found.relations.items = d->gold.relations.items;
    d->found.roles.items = d->gold.roles.items;
    d->found.spans.items = d->gold.spans.items;
    d->found.relations.count = d->gold.relations.count;
    d->found.roles.count = d->gold.roles.count;
    d->found.spans.count = d->gold.spans.count;
}

static void need(bool done, const nerx_error *error) {
    if (!done) fuzz_fail(error->message);
}

static void report(eval_result *r, const char *text) {
    nerx_error error = {0};
    out o;
    mistake_filter filter;
    baseline old = {.name = "old"};
    bool holds;
    double value;
    if (!out_open(&o, discard, NULL, STR(""), NERX_BYTES)) abort();
    need(mistake_filter_parse(&filter, &r->set, NULL, &error), &error);
    report_table(&o, &r->set, &r->figures);
    report_values(&o, &r->values);
    report_relations(&o, &r->relations);
    need(report_confusion(&o, &r->set, &r->figures, &error), &error);
    report_mistakes(&o, &r->set, &filter);
    report_relation_mistakes(&o, &r->set, &filter);
    need(json_results(&o, r, &error), &error);
    need(records_collect(r, &r->set.arena, &old.records, &error), &error);
    (void)report_changes(&o, r, &old, &error);
    (void)gate_check(r, text, &holds, &value, &error);
    (void)mistake_filter_parse(&filter, &r->set, text, &error);
    if (!out_close(&o)) abort();
}

static void score(eval_result *r, const char *text) {
    nerx_error error = {0};
    eval_counts counts[EVAL_MAX_TYPES] = {0};
    eval_set *s = &r->set;
    need(set_settle(s, any_type, NULL, &error), &error);
    for (uint32_t i = 0; i < s->documents.count; i++) {
        eval_document *d = &s->documents.items[i];
        find(s, d);
        need(set_split_lines(s, d, &error), &error);
        if (!align(d, counts, &error) || !relations_align(d, &error)) return; /* too many overlap */
    }
    need(result_count(r, counts, &error), &error);
    report(r, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    if (!text) abort();
    memcpy(text, data, size);
    text[size] = '\0';
    nerx_error error = {0};
    label_map labels = {0};
    eval_result r = {0};
    if (labels_add(&labels, &r.set.arena, text, &error)) r.set.labels = &labels;
    bool brat = size && text[0] == '!';
    bool read = brat ? brat_read(&r.set, "x", (str){text + 1, size - 1}, "y", str_of(small_text), &error)
                     : bio_read(&r.set, "x", (str){text, size}, &error);
    if (read) score(&r, text);
    set_free(&r.set);
    free(text);
    return 0;
}
