/* How fast the line is: bench NERX FILE [--jsonl]
 *
 * Prints MB/s of each stage and of the whole line, from bytes to JSON; the ratio to `LC_ALL=C.UTF-8 wc -w` on the same
 * file in the same run; peak memory of NERX on the file; and the time of NERX on the file's first 5 kB, from start to
 * end. Speeds count time on the core. With --jsonl each line of FILE is a document. Of several rounds the fastest
 * counts. */
#include "bench.h"

#include <jansson.h>
#include <nerx.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/extractor.h"

enum { MOST_BYTES = 1 << 28, MOST_STAGES = 32, ROUNDS = 3, ARTICLE = 5000, STARTS = 20, MOST_PATH = 4096 };

typedef struct stage {
    const char *name;
    double seconds, best;
} stage;

typedef struct bench {
    const char *file;
    bool jsonl;
    char **texts;
    size_t *lengths, count, bytes;
    stage stages[MOST_STAGES];
    unsigned stage_count;
    double last;
    size_t written;
    double start_to_end, whole, wc;
    long peak, small_peak;
} bench;

static void fail(const char *what, const char *why) {
    fprintf(stderr, "bench: %s: %s\n", what, why);
    exit(2);
}

static void book(bench *b, const char *name) {
    double now = seconds();
    unsigned i = 0;
    while (i < b->stage_count && strcmp(b->stages[i].name, name) != 0)
        i++;
    if (i == MOST_STAGES) fail(name, "too many stages");
    if (i == b->stage_count) b->stages[b->stage_count++] = (stage){.name = name};
    b->stages[i].seconds += now - b->last;
    b->last = seconds();
}

static void watch(void *user, const char *name) {
    book(user, name);
}

static bool count_output(void *user, const char *bytes, size_t length) {
    (void)bytes;
    ((bench *)user)->written += length;
    return true;
}

static void add_text(bench *b, const char *text, size_t length) {
    b->texts = realloc(b->texts, (b->count + 1) * sizeof *b->texts);
    b->lengths = realloc(b->lengths, (b->count + 1) * sizeof *b->lengths);
    char *copy = malloc(length + 1);
    if (!b->texts || !b->lengths || !copy) fail(b->file, "out of memory");
    memcpy(copy, text, length);
    b->texts[b->count] = copy;
    b->lengths[b->count++] = length;
}

static void read_texts(bench *b) {
    size_t length;
    char *all = read_head(b->file, MOST_BYTES, &length);
    if (!all) fail(b->file, "cannot be read");
    b->bytes = length;
    if (!b->jsonl) add_text(b, all, length);
    for (char *line = all, *end; b->jsonl && line < all + length; line = end + 1) {
        end = memchr(line, '\n', (size_t)(all + length - line));
        if (!end) end = all + length;
        json_t *json = json_loadb(line, (size_t)(end - line), 0, NULL);
        const json_t *text = json_object_get(json, "text");
        if (json_is_string(text)) add_text(b, json_string_value(text), json_string_length(text));
        json_decref(json);
    }
    free(all);
}

static program_run run(char *const *argv, const char *input) {
    program_run r;
    if (!run_program(argv, input, &r)) fail(argv[0], "did not run to its end");
    return r;
}

/* One extractor for all documents of a round, as in a batch. */
static double run_round(bench *b, const nerx_model *model, bool by_stage) {
    nerx_error error = {0};
    double start = seconds();
    nerx_extractor *x = nerx_extractor_new(model, NULL, &error);
    if (!x) fail(b->file, error.message);
    if (by_stage) extractor_watch(x, watch, b);
    for (size_t i = 0; i < b->count; i++) {
        if (by_stage) b->last = seconds();
        const nerx_document *d = nerx_extract(x, b->texts[i], b->lengths[i], NULL, &error);
        if (!d) fail(b->file, error.message);
        if (!nerx_write(d, b->jsonl ? NERX_JSONL : NERX_JSON, NULL, count_output, b, &error))
            fail(b->file, error.message);
        if (by_stage) book(b, "writing");
    }
    nerx_extractor_free(x);
    return seconds() - start;
}

static double smaller(double a, double b) {
    return a == 0 || b < a ? b : a;
}

static void run_rounds(bench *b) {
    char *count_words[] = {"wc", "-w", NULL};
    nerx_error error = {0};
    nerx_model *model = nerx_model_default(&error);
    if (!model) fail("model", error.message);
    for (unsigned round = 0; round < ROUNDS; round++) {
        b->wc = smaller(b->wc, run(count_words, b->file).core);
        b->whole = smaller(b->whole, run_round(b, model, false));
        run_round(b, model, true);
        for (unsigned i = 0; i < b->stage_count; i++) {
            b->stages[i].best = smaller(b->stages[i].best, b->stages[i].seconds);
            b->stages[i].seconds = 0;
        }
    }
    nerx_model_close(model);
}

static void print(const bench *b) {
    double megabytes = (double)b->bytes / 1e6, all = 0;
    for (unsigned i = 0; i < b->stage_count; i++)
        all += b->stages[i].best;
    for (unsigned i = 0; i < b->stage_count; i++)
        printf("%-14s %9.1f MB/s %5.1f %%\n", b->stages[i].name, megabytes / b->stages[i].best,
               b->stages[i].best / all * 100);
    printf("%-14s %9.1f MB/s, %.1f MB in %zu documents\n", "whole line", megabytes / b->whole, megabytes, b->count);
    printf("%-14s %9.1f MB/s, ratio %.3f\n", "wc -w", megabytes / b->wc, b->wc / b->whole);
    printf("%-14s %9.1f MB on the file, %.1f MB on 5 kB\n", "peak memory", (double)b->peak / 1e3,
           (double)b->small_peak / 1e3);
    printf("%-14s %9.1f ms from start to end\n", "5 kB", b->start_to_end * 1e3);
}

/* The first 5 kB, cut at a line's end where there is one. */
static void write_article(const bench *b, char *path, size_t room) {
    size_t length;
    char *head = read_head(b->file, b->jsonl ? 1 << 20 : ARTICLE, &length);
    const char *text = head, *line_end = head ? memchr(head, '\n', length) : NULL;
    json_t *json = head && b->jsonl ? json_loadb(head, line_end ? (size_t)(line_end - head) : length, 0, NULL) : NULL;
    if (json) text = json_string_value(json_object_get(json, "text"));
    if (json && text) length = strlen(text);
    if (length > ARTICLE) length = ARTICLE;
    while (text && length > ARTICLE / 2 && text[length - 1] != '\n')
        length--;
    if (!text || !write_temporary(path, room, text, length)) fail(b->file, "gives no article");
    json_decref(json);
    free(head);
}

/* Before anything large is read: a child's peak counts what its parent held when it was born. */
static void measure_program(bench *b, char *program) {
    char *whole_file[] = {program, b->jsonl ? "--jsonl" : NULL, NULL}, *article[] = {program, NULL};
    char path[MOST_PATH];
    write_article(b, path, sizeof path);
    for (unsigned i = 0; i < STARTS; i++) {
        program_run r = run(article, path);
        b->start_to_end = smaller(b->start_to_end, r.wall);
        b->small_peak = r.peak;
    }
    remove(path);
    b->peak = run(whole_file, b->file).peak;
}

int main(int argc, char **argv) {
    bench b = {.file = argc > 2 ? argv[2] : NULL};
    b.jsonl = argc == 4 && strcmp(argv[3], "--jsonl") == 0;
    if (argc < 3 || argc > 4 || (argc == 4 && !b.jsonl)) fail("usage", "bench NERX FILE [--jsonl]");
    measure_program(&b, argv[1]);
    read_texts(&b);
    run_rounds(&b);
    print(&b);
    return 0;
}
