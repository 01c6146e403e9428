/* The automaton against a naive matcher: random rules over random sentences. */
#include "match/automaton.h"
#include "match/lattice.h"
#include "model/model.h"
#include "model/rules.h"
#include "suite.h"
#include "text/sentence.h"
#include "text/token.h"

#include <stdio.h>
#include <stdlib.h>

enum { WORDS = 5, MAX_TOKENS = 12, RULES = 6, NODES = 1000 };

/* ---- Random patterns: as text for the compiler, as a tree for the naive matcher ---- */

typedef enum kind { STEP, NOT_NEXT, NOT_LAST, FIRST, LAST, SEQUENCE, CHOICE, REPEAT } kind;

typedef struct tree {
    kind kind;
    unsigned words; /* set of words that meet the test; bit WORDS: phrases, too */
    int minimum, maximum;
    struct tree *a, *b;
} tree;

static tree nodes[NODES];
static int node_count;
static uint64_t seed;

static unsigned random_below(unsigned n) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(seed >> 33) % n;
}

static tree *new_tree(kind k) {
    ck_assert_int_lt(node_count, NODES);
    tree *t = &nodes[node_count++];
    *t = (tree){.kind = k};
    return t;
}

static const struct {
    const char *text;
    unsigned words;
} samples[] = {
    {"\"alpha\"", 1},
    {"\"beta\"", 2},
    {"[x]", 1 | 2},
    {"[y]", 2 | 4},
    {"[x & !y]", 1},
    {"[any]", 31},
    {"[!x]", 4 | 8 | 16},
    {"/[ag].*/", 1 | 4},
    {"[p]", 1 << WORDS},
    {"[p | x]", 3 | 1 << WORDS},
    {"[x | \"delta\"]", 1 | 2 | 8},
    {"[!/.*a/ & y]", 0},
};

static tree *step(kind k, char *out) {
    unsigned i = random_below(sizeof samples / sizeof *samples);
    tree *t = new_tree(k);
    t->words = samples[i].words;
    sprintf(out + strlen(out), "%s%s ", k == NOT_NEXT ? "!" : k == NOT_LAST ? "!-" : "", samples[i].text);
    return t;
}

static tree *generate(int depth, char *out) {
    unsigned choice = random_below(depth > 0 ? 14 : 6);
    if (choice < 5 || strlen(out) > 300 || node_count > NODES - 20) return step(STEP, out);
    if (choice == 5) {
        unsigned what = random_below(6);
        if (what < 2) return step(what ? NOT_NEXT : NOT_LAST, out);
        if (what > 3) return step(STEP, out);
        strcat(out, what == 2 ? "^ " : "$ ");
        return new_tree(what == 2 ? FIRST : LAST);
    }
    tree *t = new_tree(choice < 9 ? SEQUENCE : choice < 12 ? CHOICE : REPEAT);
    strcat(out, "(");
    t->a = generate(depth - 1, out);
    if (t->kind != REPEAT) {
        strcat(out, t->kind == CHOICE ? "| " : "");
        t->b = generate(depth - 1, out);
        strcat(out, ") ");
        return t;
    }
    static const char *const signs[] = {"?", "*", "+", "{1,2}", "{2,}"};
    static const int bounds[][2] = {{0, 1}, {0, 99}, {1, 99}, {1, 2}, {2, 99}};
    unsigned i = random_below(5);
    t->minimum = bounds[i][0];
    t->maximum = bounds[i][1];
    sprintf(out + strlen(out), ")%s ", signs[i]);
    return t;
}

/* ---- Naive matching: from a set of places to a set of places ---- */

static const char *const words[WORDS] = {"alpha", "beta", "gamma", "delta", "other"};
static int text[MAX_TOKENS], length;
static bool phrase[MAX_TOKENS + 1][MAX_TOKENS + 1]; /* [start][end) is one of class p */

static bool meets(const tree *t, int from, int to) {
    if (to == from + 1) return t->words >> text[from] & 1;
    return t->words >> WORDS & 1 && phrase[from][to];
}

static bool around(const tree *t, int at, bool next) {
    for (int i = 0; i < length; i++) {
        if (next && i >= at && meets(t, at, i + 1)) return true;
        if (!next && i < at && meets(t, i, at)) return true;
    }
    return false;
}

static unsigned ends(const tree *t, unsigned from);

static unsigned repeat_ends(const tree *t, unsigned from) {
    unsigned all = t->minimum == 0 ? from : 0;
    for (int i = 1; i <= t->maximum && i <= MAX_TOKENS + 2 && from; i++) {
        from = ends(t->a, from);
        if (i >= t->minimum) all |= from;
    }
    return all;
}

static unsigned ends(const tree *t, unsigned from) {
    unsigned to = 0;
    switch (t->kind) {
    case SEQUENCE: return ends(t->b, ends(t->a, from));
    case CHOICE: return ends(t->a, from) | ends(t->b, from);
    case REPEAT: return repeat_ends(t, from);
    case FIRST: return from & 1;
    case LAST: return from & 1U << length;
    default: break;
    }
    for (int i = 0; i <= length; i++) {
        if (!(from >> i & 1)) continue;
        if (t->kind != STEP) {
            to |= (unsigned)!around(t, i, t->kind == NOT_NEXT) << i;
            continue;
        }
        for (int k = i + 1; k <= length; k++)
            to |= (unsigned)meets(t, i, k) << k;
    }
    return to;
}

/* ---- Both on one document ---- */

static const char *const x_list = "# class: x\n# source: test\n# licence: none\nalpha\nbeta\n";
static const char *const y_list = "# class: y\n# source: test\n# licence: none\nbeta\ngamma\n";
static const char *const p_list =
    "# class: p\n# source: test\n# licence: none\nalpha beta\nbeta gamma delta\nalpha beta gamma\n";

static const int phrases[3][3] = {{0, 1, -1}, {1, 2, 3}, {0, 1, 2}};

static void random_text(char *out) {
    length = 1 + (int)random_below(MAX_TOKENS);
    memset(phrase, 0, sizeof phrase);
    out[0] = '\0';
    for (int i = 0; i < length; i++) {
        text[i] = (int)random_below(WORDS);
        strcat(strcat(out, words[text[i]]), " ");
    }
    for (int i = 0; i < length; i++) {
        for (int p = 0; p < 3; p++) {
            int n = phrases[p][2] < 0 ? 2 : 3, k = 0;
            while (k < n && i + k < length && text[i + k] == phrases[p][k])
                k++;
            if (k == n) phrase[i][i + n] = true;
        }
    }
}

static void fill(document *d, arena *a, const nerx_model *m, const char *from) {
    *d = (document){.arena = a, .model = m, .text = str_of(from), .forced_language = 0};
    nerx_error error = {0};
    lexicon_open(&d->lexicon, a, model_vocab(m), model_layer_count(m));
    ck_assert(tokenize(d, &error) && split_sentences(d, &error) && look_up(d, &error));
    ck_assert_uint_eq(d->sentences.count, 1);
    ck_assert_uint_eq(d->tokens.count, (unsigned)length);
}

static void expect(const document *d, uint32_t *at, const tree *t, uint32_t start, int from[2], const char *source) {
    unsigned to = ends(t, 1U << start) & ~(1U << start);
    if (!to) return;
    uint32_t end = 0;
    for (uint32_t i = 0; i <= (uint32_t)length; i++)
        end = to >> i & 1 ? i : end;
    if (from[0] >= 0 && (int)start >= from[0] && (int)end <= from[1]) return;
    from[0] = (int)start;
    from[1] = (int)end;
    ck_assert_msg(*at < d->matches.count, "a match is missing: %u %u\n%s\n%s", start, end, source, d->text.ptr);
    const rule_match *m = &d->matches.items[(*at)++];
    ck_assert_msg(m->mention_start == start && m->mention_end == end, "%u %u instead of %u %u\n%s\n%s",
                  m->mention_start, m->mention_end, start, end, source, d->text.ptr);
}

static uint32_t documents;

static void compare(tagger *tags, signatures *kinds, arena *a, const nerx_model *m, tree *const *trees,
                    const char *source) {
    char from[MAX_TOKENS * 8];
    document d;
    nerx_error error = {0};
    random_text(from);
    fill(&d, a, m, from);
    signatures_begin(kinds, ++documents);
    tagger_begin(tags);
    ck_assert_msg(tagger_run(tags, &d, 0, &error), "%s", error.message);
    uint32_t at = 0;
    int last[RULES][2];
    memset(last, 0xff, sizeof last);
    for (uint32_t start = 0; start < d.tokens.count; start++) {
        for (int r = 0; r < RULES; r++)
            expect(&d, &at, trees[r], start, last[r], source);
    }
    ck_assert_msg(at == d.matches.count, "a match too many, of rule %u: %u %u\n%s\n%s", d.matches.items[at].rule,
                  d.matches.items[at].mention_start, d.matches.items[at].mention_end, source, from);
    arena_reset(a);
}

static void report(void *user, const nerx_error *error) {
    (void)user;
    ck_assert_msg(error->status == NERX_WARNING, "%s\n%s", error->message, error->excerpt);
}

static bool can_be_empty(const tree *t) {
    switch (t->kind) {
    case STEP: return false;
    case SEQUENCE: return can_be_empty(t->a) && can_be_empty(t->b);
    case CHOICE: return can_be_empty(t->a) || can_be_empty(t->b);
    case REPEAT: return t->minimum == 0 || can_be_empty(t->a);
    default: return true;
    }
}

static void one_model(void) {
    static char source[8192];
    tree *trees[RULES];
    node_count = 0;
    source[0] = '\0';
    for (int r = 0; r < RULES;) {
        char pattern[1024] = "";
        int before = node_count;
        trees[r] = generate(3, pattern);
        if (can_be_empty(trees[r])) {
            node_count = before;
            continue;
        }
        sprintf(source + strlen(source), "rule r%d : PER +10\n  < %s >\n  + x\n  - x\n", r, pattern);
        r++;
    }
    nerx_source sources[] = {{"x.tsv", "de", x_list, strlen(x_list)},
                             {"y.tsv", "de", y_list, strlen(y_list)},
                             {"p.tsv", "de", p_list, strlen(p_list)},
                             {"r.rules", "de", source, strlen(source)}};
    void *image;
    size_t size;
    nerx_error error = {0};
    ck_assert_msg(nerx_model_build(sources, 4, report, NULL, &image, &size, &error), "%s\n%s", error.message, source);
    nerx_model *m = nerx_model_from_memory(image, size, &error);
    ck_assert_msg(m, "%s", error.message);
    signatures *kinds = signatures_new(m, &error);
    tagger *tags = kinds ? tagger_new(m, kinds, &error) : NULL;
    ck_assert(tags);
    arena a = {0};
    for (int i = 0; i < 40; i++)
        compare(tags, kinds, &a, m, trees, source);
    arena_free(&a);
    tagger_free(tags);
    signatures_free(kinds);
    nerx_model_close(m);
    nerx_free(image);
}

START_TEST(finds_what_the_naive_matcher_finds) {
    for (seed = 1; seed < 100000000U; seed += 333333U) {
        uint64_t kept = seed;
        one_model();
        seed = kept;
    }
}
END_TEST

SUITE_MAIN("automaton", finds_what_the_naive_matcher_finds)
