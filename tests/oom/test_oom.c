/* The n-th allocation fails, for every n until nothing fails any more: each failure is an ordinary error, leaks
 * nothing, and leaves nothing half done behind; without one the output is what it was.
 *
 * The linker puts these functions before malloc, calloc, PCRE2's and the arena's (--wrap). Failing the arena's own
 * allocations finds far more places than failing the few blocks behind them. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "eval/compare.h"
#include "eval/json.h"
#include "eval/report.h"
#include "support/small.h"

typedef enum layer { BLOCKS, PIECES } layer; /* what is counted: malloc and its like, or what arenas hand out */

static layer counted;
static long count, fails_at; /* 1: the first; 0: none */
static long live;            /* blocks not yet freed */

void *__real_malloc(size_t size);
void *__real_realloc(void *memory, size_t size);
void *__real_calloc(size_t items, size_t size);
void __real_free(void *memory);
void *__real_arena_alloc(arena *a, size_t size);
void *__real_arena_grow(arena *a, void *old, size_t old_size, size_t size);
void *__real_arena_alloc_array(arena *a, size_t items, size_t size);
void *__real_arena_alloc_space(arena *a, size_t items, size_t size);
str __real_arena_str(arena *a, str s);
void *__real_pcre2_compile_8(const void *p, size_t n, uint32_t options, int *code, size_t *at, void *context);
void *__real_pcre2_match_data_create_8(uint32_t pairs, void *context);
void *__real_pcre2_match_context_create_8(void *context);

static bool fails(layer in) {
    return in == counted && ++count == fails_at;
}

void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__wrap_calloc(size_t items, size_t size);
void __wrap_free(void *memory);
void *__wrap_arena_alloc(arena *a, size_t size);
void *__wrap_arena_grow(arena *a, void *old, size_t old_size, size_t size);
void *__wrap_arena_alloc_array(arena *a, size_t items, size_t size);
void *__wrap_arena_alloc_space(arena *a, size_t items, size_t size);
str __wrap_arena_str(arena *a, str s);
str __wrap_arena_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
void *__wrap_pcre2_compile_8(const void *p, size_t n, uint32_t options, int *code, size_t *at, void *context);
void *__wrap_pcre2_match_data_create_8(uint32_t pairs, void *context);
void *__wrap_pcre2_match_context_create_8(void *context);

static void *alive(void *memory) {
    live += memory != NULL;
    return memory;
}

void *__wrap_malloc(size_t size) {
    return fails(BLOCKS) ? NULL : alive(__real_malloc(size));
}

void *__wrap_realloc(void *memory, size_t size) {
    if (fails(BLOCKS)) return NULL;
    void *moved = __real_realloc(memory, size);
    live += moved && !memory;
    return moved;
}

void *__wrap_calloc(size_t items, size_t size) {
    return fails(BLOCKS) ? NULL : alive(__real_calloc(items, size));
}

void __wrap_free(void *memory) {
    live -= memory != NULL;
    __real_free(memory);
}

static bool piece_fails(arena *a) {
    if (!fails(PIECES)) return false;
    a->failed = true;
    return true;
}

void *__wrap_arena_alloc(arena *a, size_t size) {
    return piece_fails(a) ? NULL : __real_arena_alloc(a, size);
}

void *__wrap_arena_grow(arena *a, void *old, size_t old_size, size_t size) {
    return piece_fails(a) ? NULL : __real_arena_grow(a, old, old_size, size);
}

void *__wrap_arena_alloc_array(arena *a, size_t items, size_t size) {
    return piece_fails(a) ? NULL : __real_arena_alloc_array(a, items, size);
}

void *__wrap_arena_alloc_space(arena *a, size_t items, size_t size) {
    return piece_fails(a) ? NULL : __real_arena_alloc_space(a, items, size);
}

str __wrap_arena_str(arena *a, str s) {
    return piece_fails(a) ? (str){NULL, 0} : __real_arena_str(a, s);
}

str __wrap_arena_format(arena *a, const char *format, ...) {
    char text[4096];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof text || piece_fails(a)) return (str){NULL, 0};
    return __real_arena_str(a, (str){text, (size_t)length});
}

void *__wrap_pcre2_compile_8(const void *p, size_t n, uint32_t options, int *code, size_t *at, void *context) {
    enum { HEAP_FAILED = 121 };
    if (!fails(BLOCKS)) return __real_pcre2_compile_8(p, n, options, code, at, context);
    *code = HEAP_FAILED;
    *at = 0;
    return NULL;
}

void *__wrap_pcre2_match_data_create_8(uint32_t pairs, void *context) {
    return fails(BLOCKS) ? NULL : __real_pcre2_match_data_create_8(pairs, context);
}

void *__wrap_pcre2_match_context_create_8(void *context) {
    return fails(BLOCKS) ? NULL : __real_pcre2_match_context_create_8(context);
}

/* ---- What is tried ---- */

typedef struct output {
    char bytes[1 << 18];
    size_t length;
} output;

static small_sources sources;
static const void *small;
static size_t small_length;

static const char more_list[] =
    "# class: city\n# type: LOC\n# points: 60\n# inflect: name\n# source: test\n# licence: none\n"
    "Dreyfenau am See\tcity:dreyfenau\nBerlin\tcity:other-berlin\n";
static const char more_rules[] = "rule ship : SHIP +90\n    \"Fähre\" < [cap & /[A-Z].*/]{1,2} >\n"
                                 "  + Die Fähre <Bismarckia> sank.\n  - Die Fähre sank.\n";

static bool collect(void *user, const char *bytes, size_t length) {
    output *o = user;
    if (length > sizeof o->bytes - o->length) return false;
    memcpy(o->bytes + o->length, bytes, length);
    o->length += length;
    return true;
}

static bool write_all(const nerx_document *d, output *o, nerx_error *error) {
    for (int format = NERX_JSON; format <= NERX_HTML; format++) {
        for (int offsets = NERX_CODEPOINTS; offsets <= NERX_UTF16; offsets++) {
            nerx_write_options options = {.offsets = (nerx_offsets)offsets, .evidence = true, .types = "PER,LOC,DATE"};
            if (!nerx_write(d, (nerx_format)format, &options, collect, o, error)) return false;
        }
    }
    return true;
}

/* The same extractor twice: a document after one that failed is as good as any. */
static bool extract(const nerx_model *m, output *o, nerx_error *error) {
    nerx_extractor *x = nerx_extractor_new(m, &(nerx_options){.keep_losers = true}, error);
    const nerx_document *d = x ? nerx_extract(x, small_text, strlen(small_text), "2021-09-14", error) : NULL;
    bool done = d && write_all(d, o, error);
    if (x && !done) {
        nerx_error again = {0};
        output *second = calloc(1, sizeof *second);
        d = nerx_extract(x, small_text, strlen(small_text), "2021-09-14", &again);
        if (!second || !d || !write_all(d, second, &again)) {
            fprintf(stderr, "allocation %ld: the extractor is of no more use: %s\n", fails_at, again.message);
            exit(EXIT_FAILURE);
        }
        free(second);
    }
    nerx_extractor_free(x);
    return done;
}

static bool try_extract(output *o, nerx_error *error) {
    nerx_model *m = nerx_model_from_memory(small, small_length, error);
    bool done = m && extract(m, o, error);
    nerx_model_close(m);
    return done;
}

static bool try_build(output *o, nerx_error *error) {
    void *image = NULL;
    size_t length = 0;
    if (!nerx_model_build(sources.items, sources.count, NULL, NULL, &image, &length, error)) return false;
    bool done = collect(o, image, length);
    nerx_free(image);
    return done;
}

static bool try_extend(output *o, nerx_error *error) {
    nerx_source added[] = {{"more.tsv", "de", more_list, strlen(more_list)},
                           {"more.rules", "de", more_rules, strlen(more_rules)}};
    nerx_model *m = nerx_model_from_memory(small, small_length, error);
    bool done = m && nerx_model_extend(m, added, 2, NULL, NULL, error) && extract(m, o, error);
    nerx_model_close(m);
    return done;
}

static bool try_check(output *o, nerx_error *error) {
    size_t passed = 0, failed = 0;
    nerx_model *m = nerx_model_from_memory(small, small_length, error);
    bool done = m && nerx_model_check(m, sources.items, sources.count, NULL, NULL, &passed, &failed, error);
    nerx_model_close(m);
    if (done) o->length = (size_t)snprintf(o->bytes, sizeof o->bytes, "%zu %zu", passed, failed);
    return done;
}

static bool try_repair(output *o, nerx_error *error) {
    size_t length;
    char *text = nerx_utf8_repair("Ulm \xff", 5, &length, error);
    bool done = text && collect(o, text, length);
    nerx_free(text);
    return done;
}

static bool any_type(const void *user, str type) {
    (void)user;
    return type.len;
}

/* Gold columns against others, in every report. */
static bool score_samples(eval_result *r, eval_set *found, output *o, nerx_error *error) {
    static const char gold[] = "Kohl\tB-PER\nin\tO\nUlm\tB-LOC\n\nHelmut\tB-PER\nKohl\tI-PER\n";
    static const char other[] = "Kohl\tB-LOC\nin\tO\nUlm\tB-LOC\n\nHelmut\tO\nKohl\tB-PER\n";
    eval_counts counts[EVAL_MAX_TYPES] = {0};
    baseline old = {.name = "old"};
    mistake_filter filter;
    eval_set *s = &r->set;
    bool done = bio_read(s, "a", str_of(gold), error) && bio_read(found, "b", str_of(other), error) &&
                set_settle(s, any_type, NULL, error) && set_take_found(s, found, error) &&
                mistake_filter_parse(&filter, s, NULL, error);
    for (uint32_t i = 0; done && i < s->documents.count; i++)
        done = align(&s->documents.items[i], counts, error);
    out p;
    if (!done || !result_count(r, counts, error)) return false;
    if (!out_open(&p, collect, o, STR(""), NERX_BYTES)) return error_memory(error);
    report_table(&p, s, &r->figures);
    report_mistakes(&p, s, &filter);
    done = report_confusion(&p, s, &r->figures, error) && json_results(&p, r, error) &&
           records_collect(r, &s->arena, &old.records, error) && report_changes(&p, r, &old, error);
    return out_close(&p) && done;
}

static bool try_eval(output *o, nerx_error *error) {
    eval_result r = {0};
    eval_set found = {0};
    bool done = score_samples(&r, &found, o, error);
    set_free(&r.set);
    set_free(&found);
    return done;
}

static const struct {
    const char *name;
    bool (*run)(output *o, nerx_error *error);
} tries[] = {{"extract", try_extract}, {"extend", try_extend}, {"check", try_check},
             {"build", try_build},     {"repair", try_repair}, {"eval", try_eval}};

static output expected, got;

static void complain(const char *name, const char *what) {
    fprintf(stderr, "%s, allocation %ld of kind %d: %s\n", name, fails_at, (int)counted, what);
    exit(EXIT_FAILURE);
}

/* One run; true if an allocation failed in it. */
static bool run(size_t which, long n, output *o) {
    nerx_error error = {0};
    count = 0;
    fails_at = n;
    o->length = 0;
    long before = live;
    bool done = tries[which].run(o, &error);
    const char *name = tries[which].name;
    bool failed = n && count >= n;
    if (live != before) complain(name, "something leaks");
    if (failed && done) complain(name, "nobody notices that it failed");
    if (failed && error.status != NERX_ERROR_MEMORY)
        complain(name, error.message[0] ? error.message : "no error is set");
    if (!failed && !done) complain(name, error.message);
    return failed;
}

/* All allocations of a kind; where there are very many, evenly spread ones. */
static long run_all(size_t which, layer in, long most) {
    counted = in;
    run(which, 0, &expected);
    long total = count, step = total / most + 1, tried = 0;
    for (long n = 1; run(which, n, &got); n += step)
        tried++;
    if (got.length != expected.length || memcmp(got.bytes, expected.bytes, got.length) != 0)
        complain(tries[which].name, "the output is another one");
    return tried;
}

int main(int argc, char **argv) {
    long most = argc > 1 ? atol(argv[1]) : 3000;
    sources = small_read();
    small = small_image(&small_length);
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        long blocks = run_all(i, BLOCKS, most), pieces = run_all(i, PIECES, most);
        printf("%s: %ld blocks, %ld pieces\n", tries[i].name, blocks, pieces);
    }
    small_free(&sources);
    free((void *)small);
    return EXIT_SUCCESS;
}
