/* Cues: one line each.
 *
 *     cue before [title | office] first [given] : PER +30 LOC -10
 *     spans first [cap] each [cap | particle] last [cap] */
#include "model/rule_compile.h"

enum { MOST_POINTS = 1000 };

static const struct {
    const char *name;
    cue_place place;
} places[] = {{"before2", CUE_BEFORE2}, {"before", CUE_BEFORE}, {"first", CUE_FIRST},
              {"each", CUE_EACH},       {"last", CUE_LAST},     {"after", CUE_AFTER},
              {"after2", CUE_AFTER2},   {"whole", CUE_WHOLE},   {"about", CUE_ABOUT}};

/* Remembers a test of what a document is about; false if there are too many. */
static bool add_topic(rule_compiler *c, scanner *s, const char *start, uint32_t test) {
    for (uint32_t i = 0; i < c->e.topics.count; i++) {
        if (c->e.topics.items[i] == test) return true;
    }
    if (c->e.topics.count == MOST_TOPICS)
        return scan_fail(s, start, STR(""), "more than %d different tests ask what a document is about", MOST_TOPICS);
    if (!vec_push(c->r.b->arena, &c->e.topics, test)) c->r.short_of_memory = true;
    return !c->r.short_of_memory;
}

static bool read_test(rule_compiler *c, scanner *s, cue *out, cue_place place) {
    const char *start = s->p;
    bool asks = false;
    c->r.atoms.count = 0;
    if (!scan_take(s, '[')) return scan_fail(s, s->p, STR(""), "a test in brackets is expected");
    if (!test_read(&c->r, s, &asks)) return false;
    if (asks) return scan_fail(s, start, STR(""), "a cue cannot ask for earlier mentions");
    if (out->tests[place] != CUE_NO_TEST) return scan_fail(s, start, STR(""), "this place has a test already");
    out->tests[place] = emit_test(&c->e, c->r.atoms.items, c->r.atoms.count);
    return place != CUE_ABOUT || add_topic(c, s, start, out->tests[place]);
}

/* "before [title]", "single". */
static bool read_place(rule_compiler *c, scanner *s, cue *out) {
    const char *start = s->p;
    str name = scan_name(s);
    if (str_is(name, "single") || str_is(name, "multi")) {
        out->flags |= str_is(name, "single") ? CUE_SINGLE : CUE_MULTI;
        return true;
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (str_is(name, places[i].name)) return read_test(c, s, out, places[i].place);
    }
    return scan_fail(s, start, STR(""),
                     "expected: before2, before, first, each, last, after, after2, whole or about "
                     "with a [test], or single, or multi");
}

/* "PER +30". */
static bool read_points(rule_compiler *c, scanner *s, cue *out) {
    const char *start = s->p;
    str type = scan_name(s);
    if (!type.len || type.ptr[0] < 'A' || type.ptr[0] > 'Z')
        return scan_fail(s, start, STR(""), "a type is expected, in capitals");
    scan_next(s);
    start = s->p;
    uint32_t number;
    bool negative = scan_peek(s, '-');
    if ((!scan_take(s, '+') && !scan_take(s, '-')) || !scan_number(s, &number) || number > MOST_POINTS)
        return scan_fail(s, start, STR(""), "points are expected, from -1000 to +1000, with their sign");
    cue_points p = {build_type(c->r.b, type, true), negative ? -(int32_t)number : (int32_t)number};
    if (p.type == NERX_NONE || !vec_push(c->r.b->arena, &c->e.cue_points, p)) c->r.short_of_memory = true;
    out->points_count++;
    return !c->r.short_of_memory;
}

static bool read_all(rule_compiler *c, scanner *s, cue *out) {
    const char *start = s->p;
    while (scan_next(s) && !scan_peek(s, ':')) {
        if (!read_place(c, s, out)) return false;
    }
    size_t length = (size_t)(s->p - start);
    out->text = rule_string(&c->r, str_trim((str){start, length}));
    if (out->flags & CUE_SPANS) return true;
    if (!scan_take(s, ':')) return scan_fail(s, s->p, STR(""), "':' and points are expected");
    if (!scan_next(s)) return scan_fail(s, s->p, STR(""), "points are expected: PER +30");
    while (scan_next(s)) {
        if (!read_points(c, s, out)) return false;
    }
    return true;
}

bool cue_read(rule_compiler *c, const source_block *block, uint8_t language) {
    scanner s = scanner_of(c->r.b->reports, c->source, c->source->lines.items + block->first, block->count);
    cue_source out = {.language = language, .c = {.line = s.lines->number, .first_points = c->e.cue_points.count}};
    for (uint32_t i = 0; i < CUE_TESTS; i++)
        out.c.tests[i] = CUE_NO_TEST;
    if (str_is(block->keyword, "spans")) out.c.flags |= CUE_SPANS;
    out.c.file = rule_string(&c->r, rule_source_name(c->source));
    s.p += block->keyword.len;
    scan_next(&s);
    if (!read_all(c, &s, &out.c)) return !c->r.short_of_memory;
    return !c->r.short_of_memory && vec_push(c->r.b->arena, &c->e.cue_sources, out);
}
