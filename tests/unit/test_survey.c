/* What is known of a program before it runs: where marks are fixed, how far before a mention matches begin, which steps
 * follow which; all are compared with walks through the code. And what its rules can tell apart. */
#include "base/list_pool.h"
#include "match/fixed.h"
#include "match/mention_reach.h"
#include "match/positions.h"
#include "match/signature.h"
#include "model/layer.h"
#include "suite.h"
#include "text/sentence.h"
#include "text/token.h"

#include <stdio.h>

typedef struct compiled {
    void *image;
    nerx_model *model;
    const rule_layer *layer;
    const program *program;
    const instruction *code;
    arena arena;
} compiled;

static void report(void *user, const nerx_error *error) {
    (void)user;
    ck_assert_msg(error->status == NERX_WARNING, "%s\n%s", error->message, error->excerpt);
}

static compiled compile(const char *pattern) {
    static const char list[] = "# class: x\n# source: test\n# licence: none\nalpha\nbeta\n";
    static char rules[1024];
    int length = snprintf(rules, sizeof rules, "rule r : PER +10\n  %s\n  + x\n  - x\n", pattern);
    nerx_source sources[] = {{"x.tsv", "de", list, strlen(list)}, {"r.rules", "de", rules, (size_t)length}};
    compiled c = {0};
    size_t size;
    nerx_error error = {0};
    ck_assert_msg(nerx_model_build(sources, 2, report, NULL, &c.image, &size, &error), "%s", error.message);
    c.model = nerx_model_from_memory(c.image, size, &error);
    ck_assert_msg(c.model, "%s", error.message);
    c.layer = &c.model->layers[0].rules;
    ck_assert_uint_eq(c.layer->program_count, 1);
    c.program = &c.layer->programs[0];
    c.code = c.layer->code + c.program->first_code;
    return c;
}

static void discard(compiled *c) {
    arena_free(&c->arena);
    nerx_model_close(c->model);
    nerx_free(c->image);
}

/* ---- Fixed places ---- */

enum { MOST_STEPS = 5, MOST_SEEN = 64 };

/* A way through a rule: the marks and conditions it comes by, and after how many steps. */
typedef struct seen {
    uint32_t place, steps;
} seen;

typedef struct way {
    const compiled *c;
    const fixed_marks *marks;
    uint32_t end; /* of the rule's code */
    seen seen[MOST_SEEN];
    uint32_t count, ways;
} way;

static void expect_at(const way *w, opcode op, uint32_t a, fixed_place at, uint32_t steps) {
    for (uint32_t i = 0; i < w->count; i++) {
        const instruction *met = &w->c->code[w->seen[i].place];
        if (met->op == op && met->a == a) ck_assert_uint_eq(w->seen[i].steps, fixed_token(at, 0, steps));
    }
}

/* All that is said to be fixed is there on this way. */
static void judge(way *w, uint32_t steps) {
    const fixed_marks *f = w->marks;
    w->ways++;
    for (uint32_t i = 0; i < f->condition_count; i++) {
        uint32_t place = (uint32_t)(f->conditions[i].asks - w->c->code), met = 0;
        for (uint32_t k = 0; k < w->count; k++) {
            if (w->seen[k].place != place) continue;
            met++;
            ck_assert_uint_eq(w->seen[k].steps, fixed_token(f->conditions[i].at, 0, steps));
        }
        ck_assert_uint_ge(met, 1);
        ck_assert(i < f->outer_count ? f->conditions[i].at.distance == 0 : f->conditions[i].at.distance > 0);
    }
    if (!f->known) return;
    if (f->has_mention) {
        expect_at(w, OP_MENTION, 0, f->mention_start, steps);
        expect_at(w, OP_MENTION, 1, f->mention_end, steps);
    }
    for (uint32_t i = 0; i < f->capture_count; i++) {
        expect_at(w, OP_OPEN, f->captures[i].name, f->captures[i].start, steps);
        expect_at(w, OP_CLOSE, f->captures[i].name, f->captures[i].end, steps);
    }
}

static void go(way *w, uint32_t place, uint32_t steps) {
    const instruction *i = &w->c->code[place];
    if (steps > MOST_STEPS || w->count == MOST_SEEN) return;
    uint32_t count = w->count;
    w->seen[w->count++] = (seen){place, steps};
    switch (i->op) {
    case OP_MATCH: judge(w, steps); break;
    case OP_STEP: go(w, place + 1, steps + 1); break;
    case OP_SPLIT:
        go(w, i->a, steps);
        go(w, i->b, steps);
        break;
    case OP_JUMP: go(w, i->a, steps); break;
    default: go(w, place + 1, steps);
    }
    w->count = count;
}

static const struct {
    const char *pattern;
    bool known;
    uint32_t mention[2], conditions, outer; /* mention: distances */
    bool from_end[2];
} fixed_examples[] = {
    {"<[x]>", true, {0, 1}, 0, 0, {false, false}},
    {"[x] <[x] [x]> [x]", true, {1, 3}, 0, 0, {false, false}},
    {"[x] <[x]{1,2}> \"b\"", true, {1, 1}, 0, 0, {false, true}},
    {"[x]{0,3} <\"a\" [x]>", true, {2, 0}, 0, 0, {true, true}},
    {"[x]? <\"a\"> [x]?", false, {0, 0}, 0, 0, {false, false}},
    {"<[x]+> (\"a\" \"b\" | \"c\" \"d\")", true, {0, 2}, 0, 0, {false, true}},
    {"<[x]+> (\"a\" \"b\" | \"c\")", false, {0, 0}, 0, 0, {false, false}},
    {"<[x]> | \"a\" <[x]>", false, {0, 0}, 0, 0, {false, false}},
    {"^ <[x]> ![x]", true, {0, 1}, 2, 1, {false, false}},
    {"\"a\" ![x] <[lower]+> $", true, {1, 0}, 2, 1, {false, true}},
    {"\"a\" (![x] \"b\" | \"c\") <[lower]>", false, {0, 0}, 0, 0, {false, false}},
    {"n:\"a\" <m:[x]+> !-\"b\"", true, {1, 0}, 1, 1, {false, true}},
    {"(n:\"a\")? <[x]>", false, {0, 0}, 0, 0, {false, false}},
    {"(n:\"a\" | n:\"b\") <[x]>", false, {0, 0}, 0, 0, {false, false}},
};

START_TEST(fixed_places_are_the_same_on_every_way) {
    compiled c = compile(fixed_examples[_i].pattern);
    const char *pattern = fixed_examples[_i].pattern;
    ck_assert(c.code[0].op == OP_SPLIT);
    fixed_marks f;
    uint32_t end = c.code[0].b;
    ck_assert(fixed_find(&f, &c.arena, c.code, 1, end));
    ck_assert_msg(f.known == fixed_examples[_i].known, "%s", pattern);
    if (f.known) {
        const fixed_place *marks[] = {&f.mention_start, &f.mention_end};
        ck_assert(f.has_mention);
        for (int k = 0; k < 2; k++) {
            ck_assert_msg(marks[k]->distance == fixed_examples[_i].mention[k], "%s: %u", pattern, marks[k]->distance);
            ck_assert_msg(marks[k]->from_end == fixed_examples[_i].from_end[k], "%s", pattern);
        }
        ck_assert_msg(f.condition_count == fixed_examples[_i].conditions, "%s: %u", pattern, f.condition_count);
        ck_assert_msg(f.outer_count == fixed_examples[_i].outer, "%s: %u", pattern, f.outer_count);
    }
    way w = {.c = &c, .marks = &f, .end = end};
    go(&w, 1, 0);
    ck_assert_uint_ge(w.ways, 1);
    discard(&c);
}
END_TEST

/* ---- Reach before mentions ---- */

static const struct {
    const char *pattern;
    int most; /* steps before the mention, of 9; -1: none is needed */
} reach_examples[] = {
    {"<@PER>", 0},
    {"[x] <@PER>", 1},
    {"[x] \"a\"{0,3} <@PER> [x]", 4},
    {"[x]* <@PER>", 9},
    {"[x] @PER? <[x]>", -1},
    {"<[x]> ![@PER]", -1},
    {"<[x]> [x | @PER]", -1},
    {"<[x]> [!@PER]", -1},
    {"<[x]> [x & @PER]", 1},
    {"<[x]> [!(x | !@PER)]", 1},
    {"<[x]> ([x] [x] @PER | @PER)", 3},
    {"<[x]> ([x] [x] @PER | \"a\")", -1},
};

START_TEST(reach_is_the_longest_way_to_a_mention) {
    compiled c = compile(reach_examples[_i].pattern);
    const uint8_t *steps;
    ck_assert(mention_reach(&steps, &c.arena, c.layer, c.program, 9));
    if (reach_examples[_i].most < 0) {
        ck_assert_msg(!steps, "%s", reach_examples[_i].pattern);
    } else {
        ck_assert_msg(steps && steps[0] == reach_examples[_i].most, "%s: %d", reach_examples[_i].pattern,
                      steps ? steps[0] : -1);
    }
    discard(&c);
}
END_TEST

/* ---- Positions ---- */

/* Marks the steps and matches that can be reached from a place without a step. */
static void reach(const compiled *c, uint32_t place, bool *visited, bool *found) {
    const instruction *i = &c->code[place];
    if (visited[place]) return;
    visited[place] = true;
    found[place] = i->op == OP_STEP || i->op == OP_MATCH;
    if (found[place]) return;
    if (i->op == OP_SPLIT) reach(c, i->b, visited, found);
    reach(c, i->op == OP_SPLIT || i->op == OP_JUMP ? i->a : place + 1, visited, found);
}

static void expect_positions(const compiled *c, const positions *p, numbers set, uint32_t from) {
    bool visited[256] = {false}, found[256] = {false};
    reach(c, from, visited, found);
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->program->code_count; i++)
        count += found[i];
    ck_assert_uint_eq(set.count, count);
    for (uint32_t i = 0; i < set.count; i++)
        ck_assert(found[p->places[set.items[i]]]);
}

START_TEST(positions_follow_each_other_as_the_code_says) {
    compiled c = compile(fixed_examples[_i].pattern);
    positions p;
    ck_assert_uint_le(c.program->code_count, 256);
    ck_assert(positions_open(&p, &c.arena, c.program, c.code, c.program->predicate_count));
    for (int again = 0; again < 2; again++) {
        numbers set;
        ck_assert(positions_first(&p, &set));
        expect_positions(&c, &p, set, 0);
        for (uint32_t i = 0; i < p.step_count; i++) {
            ck_assert(c.code[p.places[i]].op == OP_STEP && p.numbers[p.places[i]] == i);
            ck_assert(i == 0 || positions_test(&p, i) >= positions_test(&p, i - 1));
            ck_assert(positions_behind(&p, i, &set));
            expect_positions(&c, &p, set, p.places[i] + 1);
        }
    }
    discard(&c);
}
END_TEST

/* ---- Signatures ---- */

static void read_text(document *d, compiled *c, const char *text) {
    nerx_error error = {0};
    *d = (document){.arena = &c->arena, .model = c->model, .text = str_of(text), .forced_language = 0};
    lexicon_open(&d->lexicon, &c->arena, model_vocab(c->model), model_layer_count(c->model));
    ck_assert(tokenize(d, &error) && split_sentences(d, &error));
}

START_TEST(words_share_a_signature_unless_rules_tell_them_apart) {
    enum { ALPHA, BETA, GAMMA, DELTA, NAMED, MATCHED, UPPER, WORDS };
    compiled c = compile("<[x]> \"named\" /ma.*/ [cap]");
    document d;
    nerx_error error = {0};
    uint32_t number[WORDS];
    read_text(&d, &c, "alpha beta gamma delta named matched Upper");
    ck_assert_uint_eq(d.tokens.count, WORDS);
    signatures *s = signatures_new(c.model, &error);
    ck_assert(s);
    for (uint32_t generation = 1; generation < 4; generation++) {
        signatures_begin(s, generation);
        for (uint32_t i = 0; i < WORDS; i++) {
            uint32_t have = signatures_ask(s, &d, d.tokens.items[i].kind, 0);
            ck_assert(have != NERX_NONE && (generation == 1 || have == number[i]));
            number[i] = have;
        }
    }
    ck_assert_uint_eq(signatures_count(s), 5);
    ck_assert(number[ALPHA] == number[BETA] && number[GAMMA] == number[DELTA]);
    signature alpha = signatures_read(s, number[ALPHA], 0), told = signatures_read(s, number[NAMED], 0);
    ck_assert(alpha.known && alpha.senses.count == 1 && alpha.words.count == 0 && alpha.matching.count == 0);
    ck_assert(!told.known && told.senses.count == 0 && told.words.count == 2 && told.words.items[0] == ATOM_WORD);
    ck_assert_uint_eq(signatures_read(s, number[MATCHED], 0).matching.count, 1);
    ck_assert(signatures_read(s, number[UPPER], 0).shape & SHAPE_UPPER_FIRST && !alpha.shape);
    signatures_free(s);
    discard(&c);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("survey");
    TCase *all = tcase_create("survey");
    int fixed_count = sizeof fixed_examples / sizeof *fixed_examples;
    tcase_add_loop_test(all, fixed_places_are_the_same_on_every_way, 0, fixed_count);
    tcase_add_loop_test(all, reach_is_the_longest_way_to_a_mention, 0, sizeof reach_examples / sizeof *reach_examples);
    tcase_add_loop_test(all, positions_follow_each_other_as_the_code_says, 0, fixed_count);
    tcase_add_test(all, words_share_a_signature_unless_rules_tell_them_apart);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
