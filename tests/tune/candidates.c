/* Lists all candidates of documents with their evidence, for tuning: candidates MODEL < documents.jsonl
 *
 *     F 12 cue before [title | office]     a source of evidence, the first time it is seen
 *     D 7                                  a document: its number in the input, from 0
 *     S 0 57                               a sentence: code points
 *     C PER 10 23 +80 12:20 4:60           a candidate: type, span, points, its evidence as source:points */
#include <jansson.h>
#include <nerx.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCES = 1 << 14 };

typedef struct sources {
    nerx_str kinds[SOURCES], names[SOURCES];
    unsigned count;
} sources;

static bool same(nerx_str a, nerx_str b) {
    return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

static unsigned source_number(sources *s, const nerx_witness *w) {
    static unsigned slots[2 * SOURCES];
    uint64_t hash = w->kind.len;
    for (size_t i = 0; i < w->name.len; i++)
        hash = (hash ^ (unsigned char)w->name.ptr[i]) * 0x100000001b3U;
    unsigned at = (unsigned)(hash % (2 * SOURCES));
    for (; slots[at]; at = (at + 1) % (2 * SOURCES)) {
        if (same(s->names[slots[at] - 1], w->name) && same(s->kinds[slots[at] - 1], w->kind)) return slots[at] - 1;
    }
    if (s->count == SOURCES) exit(2);
    s->kinds[s->count] = w->kind;
    s->names[s->count] = w->name;
    printf("F %u %.*s %.*s\n", s->count, (int)w->kind.len, w->kind.ptr, (int)w->name.len, w->name.ptr);
    slots[at] = ++s->count;
    return s->count - 1;
}

/* Code points before each byte. */
static uint32_t *count_points(nerx_str text) {
    uint32_t *points = calloc(text.len + 1, sizeof *points);
    for (size_t i = 0; points && i < text.len; i++)
        points[i + 1] = points[i] + ((text.ptr[i + 1 < text.len ? i + 1 : i] & 0xc0) != 0x80 || i + 1 == text.len);
    return points;
}

static void print_candidates(sources *s, const nerx_document *d, const nerx_mention *items, uint32_t count,
                             const uint32_t *points) {
    uint32_t witness_count;
    const nerx_witness *witnesses = nerx_document_witnesses(d, &witness_count);
    for (uint32_t i = 0; i < count; i++) {
        const nerx_mention *m = &items[i];
        unsigned numbers[256];
        uint32_t n = m->witness_count < 256 ? m->witness_count : 256;
        for (uint32_t k = 0; k < n; k++)
            numbers[k] = source_number(s, &witnesses[m->first_witness + k]);
        printf("C %.*s %u %u %d", (int)m->type.len, m->type.ptr, points[m->span.start], points[m->span.end], m->points);
        for (uint32_t k = 0; k < n; k++)
            printf(" %u:%d", numbers[k], witnesses[m->first_witness + k].points);
        putchar('\n');
    }
}

static void print_document(sources *s, const nerx_document *d, unsigned number) {
    uint32_t *points = count_points(nerx_document_text(d)), count;
    if (!points) exit(2);
    printf("D %u\n", number);
    const nerx_sentence *sentences = nerx_document_sentences(d, &count);
    for (uint32_t i = 0; i < count; i++)
        printf("S %u %u\n", points[sentences[i].span.start], points[sentences[i].span.end]);
    const nerx_mention *mentions = nerx_document_mentions(d, &count);
    print_candidates(s, d, mentions, count, points);
    const nerx_mention *losers = nerx_document_losers(d, &count);
    print_candidates(s, d, losers, count, points);
    free(points);
}

int main(int argc, char **argv) {
    static char line[1 << 20];
    nerx_error error = {0};
    nerx_options options = {.keep_losers = true, .no_relations = true, .language = argc > 2 ? argv[2] : NULL};
    nerx_model *m = argc > 1 ? nerx_model_open(argv[1], &error) : NULL;
    nerx_extractor *x = m ? nerx_extractor_new(m, &options, &error) : NULL;
    sources *s = calloc(1, sizeof *s);
    if (!x || !s) {
        fprintf(stderr, "candidates: %s; usage: candidates MODEL [LANGUAGE] < documents.jsonl\n", error.message);
        return 2;
    }
    for (unsigned number = 0; fgets(line, sizeof line, stdin); number++) {
        json_t *json = json_loads(line, 0, NULL);
        const char *text = json_string_value(json_object_get(json, "text"));
        const nerx_document *d = text ? nerx_extract(x, text, strlen(text), NULL, &error) : NULL;
        if (!d) {
            fprintf(stderr, "candidates: line %u: %s\n", number + 1, text ? error.message : "no text");
            return 2;
        }
        print_document(s, d, number);
        json_decref(json);
    }
    nerx_extractor_free(x);
    nerx_model_close(m);
    free(s);
    return 0;
}
