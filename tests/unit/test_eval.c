/* Scoring: readers, label maps, pairing against brute force, figures, gates. */
#include <string.h>

#include "base/hash.h"
#include "eval/assign.h"
#include "eval/gate.h"
#include "eval/labels.h"
#include "eval/offsets.h"
#include "suite.h"

/* ---- Assignment ---- */

static int64_t brute_force(const int64_t *weights, uint32_t rows, uint32_t columns, uint32_t row, unsigned used) {
    if (row == rows) return 0;
    int64_t best = brute_force(weights, rows, columns, row + 1, used);
    for (uint32_t k = 0; k < columns; k++) {
        int64_t weight = weights[row * columns + k];
        if (!weight || used & 1U << k) continue;
        int64_t sum = weight + brute_force(weights, rows, columns, row + 1, used | 1U << k);
        if (sum > best) best = sum;
    }
    return best;
}

START_TEST(assignment_is_optimal) {
    for (uint64_t seed = 1; seed < 2000; seed++) {
        uint64_t r = hash_mix(seed);
        uint32_t rows = (uint32_t)(1 + r % 5), columns = (uint32_t)(1 + r / 5 % 5), match[5];
        int64_t weights[25], sum = 0;
        for (uint32_t i = 0; i < rows * columns; i++) {
            uint64_t w = hash_mix(seed * 100 + i);
            weights[i] = w % 3 ? (int64_t)(w / 3 % 7) : (int64_t)(w / 3 % 2) << 40;
        }
        ck_assert(assign(weights, rows, columns, match));
        unsigned used = 0;
        for (uint32_t i = 0; i < rows; i++) {
            if (match[i] == NERX_NONE) continue;
            ck_assert_uint_lt(match[i], columns);
            ck_assert(!(used & 1U << match[i]));
            used |= 1U << match[i];
            ck_assert_int_gt(weights[i * columns + match[i]], 0);
            sum += weights[i * columns + match[i]];
        }
        ck_assert_int_eq(sum, brute_force(weights, rows, columns, 0, 0));
    }
}
END_TEST

/* ---- Labels ---- */

static void check_label(const label_map *map, const char *label, const char *type, bool optional) {
    bool got;
    ck_assert(str_is(labels_type(map, str_of(label), &got), type));
    ck_assert_int_eq(got, optional);
}

START_TEST(labels_map) {
    arena a = {0};
    label_map map = {0};
    nerx_error error = {0};
    check_label(&map, "PER", "PER", false);
    ck_assert(labels_add(&map, &a, "person=PER, location-*=LOC,*deriv=,a*z=ORG?,", &error));
    check_label(&map, "person", "PER", false);
    check_label(&map, "location-", "LOC", false);
    check_label(&map, "location-city", "LOC", false);
    check_label(&map, "LOCderiv", "", false);
    check_label(&map, "abcz", "ORG", true);
    check_label(&map, "a", "a", false);
    ck_assert(labels_add(&map, &a, "*=", &error));
    check_label(&map, "a", "", false);
    ck_assert(labels_has_type(&map, STR("LOC")) && !labels_has_type(&map, STR("person")));
    ck_assert(!labels_add(&map, &a, "x", &error));
    ck_assert_str_eq(error.message, "'x' is not LABEL=TYPE");
    arena_free(&a);
}
END_TEST

START_TEST(offsets_of_all_units) {
    static const nerx_offsets units[] = {NERX_CODEPOINTS, NERX_BYTES, NERX_UTF16};
    static const uint32_t ends[] = {3, 7, 4}, second[] = {2, 1, NERX_NONE}; /* "ä😀b": units, byte of offset 1 … */
    str text = STR("\xc3\xa4\xf0\x9f\x98\x80"
                   "b");
    for (unsigned i = 0; i < 3; i++) {
        offsets o;
        ck_assert(offsets_open(&o, text, units[i]));
        ck_assert_uint_eq(offsets_byte(&o, 0), 0);
        ck_assert_uint_eq(offsets_byte(&o, i == 2 ? 2 : 1), second[i]);
        ck_assert_uint_eq(offsets_byte(&o, ends[i]), 7);
        ck_assert_uint_eq(offsets_byte(&o, ends[i] + 1), NERX_NONE);
        ck_assert_uint_eq(offsets_byte(&o, -1), NERX_NONE);
        offsets_close(&o);
    }
}
END_TEST

/* ---- Readers ---- */

static bool any_type(const void *user, str type) {
    (void)user;
    (void)type;
    return true;
}

static void check_mention(const eval_set *s, const eval_document *d, uint32_t index, const char *type, const char *text,
                          uint32_t line) {
    ck_assert_uint_lt(index, d->gold.mentions.count);
    const eval_mention *m = &d->gold.mentions.items[index];
    ck_assert(str_is(s->types.items[m->type], type));
    ck_assert(str_is(str_slice(d->text, m->span.start, m->span.end), text));
    ck_assert_uint_eq(m->line, line);
}

START_TEST(bio_is_read) {
    eval_set s = {0};
    nerx_error error = {0};
    str text = STR("\xef\xbb\xbf"
                   "A\tB-X\r\nB\tI-X\r\n\r\nC\tI-X\nD\tB-X\nE\tI-Y\n"
                   "\n# doc one\n\n#\tO\nF\tB-X\n\n\n# a remark\nG\tx\tB-X");
    ck_assert_msg(bio_read(&s, "f.bio", text, &error), "%s", error.message);
    ck_assert_uint_eq(s.documents.count, 3);
    const eval_document *d = s.documents.items;
    ck_assert(str_is(d[0].text, "A B") && str_is(d[1].text, "C D E") && str_is(d[2].text, "# F\nG"));
    ck_assert(str_is(d[2].id, "f.bio:10"));
    check_mention(&s, &d[0], 0, "X", "A B", 1);
    check_mention(&s, &d[1], 0, "X", "C", 4);
    check_mention(&s, &d[1], 1, "X", "D", 5);
    check_mention(&s, &d[1], 2, "Y", "E", 6);
    check_mention(&s, &d[2], 1, "X", "G", 15);
    ck_assert_uint_eq(set_line(&d[2], 2), 11);
    ck_assert_uint_eq(d[2].sentences.count, 2);
    set_free(&s);
}
END_TEST

START_TEST(brat_is_read) {
    eval_set s = {0};
    nerx_error error = {0};
    str notes = STR("A1\tOptional T2\n#1\tAnnotatorNotes T3\t2020-01-02\n"
                    "T1\tPER 0 5\tÄnne \nT2\tPER 6 9;10 12\tAnn am\nT3\tDATE 13 14\t2\n"
                    "*\tEquiv T1 T2\nR1\tmeets Arg1:T2 Arg2:T3\nA2\tModality R1 planned\nE1\tx:T1\n");
    ck_assert_msg(brat_read(&s, "a.ann", notes, "a.txt", STR("Änne\nAnn? am 2."), &error), "%s", error.message);
    const eval_document *d = s.documents.items;
    check_mention(&s, d, 0, "PER", "Änne\n", 3);
    check_mention(&s, d, 1, "PER", "nn? am", 4);
    ck_assert(!d->gold.mentions.items[0].optional && d->gold.mentions.items[1].optional);
    ck_assert(str_is(d->gold.mentions.items[2].value, "2020-01-02"));
    const eval_relation *r = d->gold.relations.items;
    ck_assert_uint_eq(d->gold.relations.count, 1);
    ck_assert(str_is(r->type, "meets") && str_is(r->modality, "planned"));
    ck_assert(str_is(d->gold.roles.items[0].name, "subject"));
    ck_assert_uint_eq(d->gold.roles.items[0].span_count, 2);
    set_free(&s);
}
END_TEST

START_TEST(brat_mistakes) {
    static const struct {
        const char *line, *message;
    } mistakes[] = {
        {"T1 PER", "'T1 PER' is no annotation"},
        {"T1\tPER 0 99\tx", "'PER 0 99' is no label with a span of the text"},
        {"T1\tPER 0 x\tx", "'PER 0 x' is no label with a span of the text"},
        {"T1\tPER 0 3\tUlk", "the text there is not 'Ulk'"},
        {"R1\tmeets", "'meets' is no relation between two"},
        {"R1\tmeets Arg1:T1 Arg2:T2", "nothing is called 'T1'"},
        {"A1\tOptional T1", "nothing is called 'T1'"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        eval_set s = {0};
        nerx_error error = {0};
        ck_assert(!brat_read(&s, "a.ann", str_of(mistakes[i].line), "a.txt", STR("Ulm"), &error));
        ck_assert_str_eq(error.message, mistakes[i].message);
        ck_assert_uint_eq(error.line, 1);
        set_free(&s);
    }
}
END_TEST

/* ---- Pairing ---- */

typedef struct span {
    uint32_t start, end;
    const char *type;
    bool optional;
} span;

/* A result of one text of 20 letters; lists end with a span without a type. */
static void score(eval_result *r, const span *gold, const span *found) {
    nerx_error error = {0};
    eval_counts counts[EVAL_MAX_TYPES] = {0};
    eval_set *s = &r->set;
    ck_assert(set_begin_corpus(s, "x", &error));
    eval_document *d = set_add_document(s, "x", 1, &error);
    d->text = STR("abcdefghijklmnopqrst");
    for (; gold->type; gold++) {
        eval_mention m = {.span = {gold->start, gold->end}, .optional = gold->optional};
        ck_assert(set_add_gold(s, d, str_of(gold->type), m, &error));
    }
    ck_assert(set_settle(s, any_type, NULL, &error));
    for (; found->type; found++) {
        eval_mention m = {.span = {found->start, found->end}, .type = set_type_find(s, str_of(found->type))};
        ck_assert(vec_push(&s->arena, &d->found.mentions, m));
    }
    ck_assert(align(d, counts, &error) && result_count(r, counts, &error));
}

static void check_hits(const eval_result *r, const char *type, measure m, uint32_t of_gold, uint32_t of_found) {
    const figure_row *row = figures_find(&r->figures, str_of(type));
    ck_assert_uint_eq(row->counts.hits[m].of_gold, of_gold);
    ck_assert_uint_eq(row->counts.hits[m].of_found, of_found);
}

START_TEST(pairs_are_optimal) {
    /* Greedy pairing from the left would give the first gold the wide mention, and the second none. */
    eval_result r = {0};
    score(&r, (span[]){{0, 3, "P", false}, {4, 6, "P", false}, {0}},
          (span[]){{0, 1, "P", false}, {2, 6, "P", false}, {0}});
    check_hits(&r, "P", MEASURE_STRICT, 0, 0);
    check_hits(&r, "P", MEASURE_TYPE, 4, 4);
    check_hits(&r, "P", MEASURE_PARTIAL, 2, 2);
    set_free(&r.set);
}
END_TEST

START_TEST(measures_differ) {
    eval_result r = {0};
    score(&r, (span[]){{0, 3, "P", false}, {5, 8, "L", false}, {10, 12, "L", false}, {0}},
          (span[]){{0, 3, "L", false}, {5, 7, "L", false}, {10, 12, "L", false}, {14, 15, "P", false}, {0}});
    check_hits(&r, "all", MEASURE_STRICT, 2, 2);
    check_hits(&r, "all", MEASURE_SPAN, 4, 4);
    check_hits(&r, "all", MEASURE_TYPE, 4, 4);
    check_hits(&r, "all", MEASURE_PARTIAL, 5, 5);
    check_hits(&r, "P", MEASURE_SPAN, 2, 0);
    check_hits(&r, "L", MEASURE_SPAN, 2, 4);
    set_free(&r.set);
}
END_TEST

START_TEST(optional_counts_neither_way) {
    eval_result r = {0};
    score(&r, (span[]){{0, 3, "P", true}, {5, 8, "P", true}, {10, 12, "P", true}, {10, 14, "P", false}, {0}},
          (span[]){{0, 3, "P", false}, {6, 7, "P", false}, {7, 8, "P", false}, {10, 12, "P", false}, {0}});
    const figure_row *row = figures_find(&r.figures, STR("P"));
    ck_assert_uint_eq(row->counts.gold, 1);
    ck_assert_uint_eq(row->counts.found, 0);
    set_free(&r.set);
}
END_TEST

/* ---- Gates ---- */

START_TEST(gates) {
    static const struct {
        const char *gate;
        int holds; /* -1: none */
    } cases[] = {
        {"P.f1>=0.5", 1},
        {"P.f1>0.5", 0},
        {"P.f1<=0.5", 1},
        {"P.f1<0.5", 0},
        {"all.precision>=50%", 1},
        {" P.partial.recall > 70% ", 1},
        {"P.f1>=P.f1", 1},
        {"P.f1>P.type.f1", 0},
        {"P.f1 >= P.type.f1 - 0.5", 1},
        {"P.span.f1>0", 1},
        {"Q.f1>0", -1},
        {"P>0", -1},
        {"P.f1", -1},
        {"P.f1>", -1},
        {"P.f1=>1", -1},
        {">0.5", -1},
        {"P.f2>0", -1},
        {"P.f1>0.5x", -1},
        {"P.f1>P.f1+", -1},
        {"relations.f1>0", -1},
        {"values.accuracy>=0", 1},
    };
    eval_result r = {0};
    score(&r, (span[]){{0, 3, "P", false}, {4, 6, "P", false}, {0}},
          (span[]){{0, 3, "P", false}, {4, 5, "P", false}, {0}});
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nerx_error error = {0};
        bool holds = false;
        double value = 0;
        bool known = gate_check(&r, cases[i].gate, &holds, &value, &error);
        ck_assert_msg(known == (cases[i].holds >= 0), "%s: %s", cases[i].gate, error.message);
        if (known) ck_assert_msg(holds == cases[i].holds, "%s", cases[i].gate);
    }
    set_free(&r.set);
}
END_TEST

SUITE_MAIN("eval", assignment_is_optimal, labels_map, offsets_of_all_units, bio_is_read, brat_is_read, brat_mistakes,
           pairs_are_optimal, measures_differ, optional_counts_neither_way, gates)
