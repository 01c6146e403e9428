/* One model, many threads: each has its own extractor, and all get the same bytes. */
#include <pthread.h>
#include <string.h>

#include "nerx.h"
#include "suite.h"

enum { THREADS = 6, ROUNDS = 20 };

static const char *const texts[] = {
    "Bundeskanzlerin Angela Merkel reiste am 13. September 2021 nach Paris und traf Emmanuel Macron.",
    "The president of Siemens met Angela Merkel in Berlin on Monday.",
    "Nach Angaben der Deutschen Bahn (DB) kam Olaf Scholz nicht nach Bad Tölz. Scholz sagte ab.",
};
enum { TEXTS = sizeof texts / sizeof *texts };

typedef struct worker {
    const nerx_model *model;
    uint64_t sums[TEXTS];
    bool failed;
} worker;

static bool add(void *user, const char *bytes, size_t length) {
    uint64_t *sum = user;
    for (size_t i = 0; i < length; i++)
        *sum = *sum * 31 + (unsigned char)bytes[i];
    return true;
}

static void *work(void *user) {
    worker *w = user;
    nerx_extractor *x = nerx_extractor_new(w->model, &(nerx_options){.keep_losers = true}, NULL);
    w->failed = !x;
    for (int i = 0; !w->failed && i < ROUNDS * TEXTS; i++) {
        uint64_t sum = 0;
        const nerx_document *d = nerx_extract(x, texts[i % TEXTS], strlen(texts[i % TEXTS]), NULL, NULL);
        w->failed = !d || !nerx_write(d, NERX_JSON, &(nerx_write_options){.evidence = true}, add, &sum, NULL);
        w->failed |= i >= TEXTS && w->sums[i % TEXTS] != sum;
        w->sums[i % TEXTS] = sum;
    }
    nerx_extractor_free(x);
    return NULL;
}

START_TEST(threads_share_a_model) {
    nerx_model *model = nerx_model_default(NULL);
    ck_assert_ptr_nonnull(model);
    pthread_t threads[THREADS];
    worker workers[THREADS] = {0};
    for (int i = 0; i < THREADS; i++) {
        workers[i].model = model;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert(!workers[i].failed);
        ck_assert_mem_eq(workers[i].sums, workers[0].sums, sizeof workers[0].sums);
    }
    nerx_model_close(model);
}
END_TEST

SUITE_MAIN("threads", threads_share_a_model)
