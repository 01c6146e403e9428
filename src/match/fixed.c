/* Finding what lies at fixed places of a rule: distances through its code, from the start and from the end. */
#include "match/fixed.h"

#define UNREACHED UINT32_MAX
#define VARIES (UINT32_MAX - 1)

typedef struct surveyor {
    const instruction *code; /* of the rule */
    uint32_t first, count;   /* first: of the rule, in its program */
    uint32_t *behind;        /* by place: steps from the start to it */
    uint32_t *before;        /* steps from it to the end */
    bool *skipped;           /* is there a way around it? */
} surveyor;

static bool is_condition(const instruction *i) {
    return i->op == OP_START || i->op == OP_END || i->op == OP_NOT_NEXT || i->op == OP_NOT_LAST;
}

/* The places behind `place`; how many, none at the match. */
static uint32_t next_places(const surveyor *s, uint32_t place, uint32_t next[2]) {
    const instruction *i = &s->code[place];
    if (i->op == OP_MATCH) return 0;
    next[0] = i->op == OP_SPLIT || i->op == OP_JUMP ? i->a - s->first : place + 1;
    next[1] = i->b - s->first;
    return i->op == OP_SPLIT ? 2 : 1;
}

static bool meet(uint32_t *at, uint32_t steps) {
    if (steps == UNREACHED || *at == steps || *at == VARIES) return false;
    *at = *at == UNREACHED ? steps : VARIES;
    return true;
}

static uint32_t one_more(uint32_t steps, const instruction *i) {
    return steps < VARIES && i->op == OP_STEP ? steps + 1 : steps;
}

/* Each distance changes at most twice. */
static void measure(surveyor *s) {
    memset(s->behind, 0xff, s->count * sizeof *s->behind);
    memset(s->before, 0xff, s->count * sizeof *s->before);
    s->behind[0] = s->before[s->count - 1] = 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t k = 0; k < 2 * s->count; k++) {
            uint32_t place = k < s->count ? k : 2 * s->count - 1 - k, next[2];
            for (uint32_t n = next_places(s, place, next); n--;) {
                changed |= meet(&s->behind[next[n]], one_more(s->behind[place], &s->code[place]));
                changed |= meet(&s->before[place], one_more(s->before[next[n]], &s->code[place]));
            }
        }
    }
}

/* What stands between a branch and where it leads may be left out. */
static void mark_skipped(surveyor *s) {
    for (uint32_t place = 0; place < s->count; place++) {
        uint32_t next[2];
        for (uint32_t n = next_places(s, place, next); n--;) {
            for (uint32_t k = place + 1; k < next[n]; k++)
                s->skipped[k] = true;
        }
    }
}

/* Branches stay in the rule, which has one match. */
static bool is_sound(const surveyor *s) {
    for (uint32_t place = 0; place < s->count; place++) {
        uint32_t next[2], n = next_places(s, place, next);
        if (n == 0 && place + 1 != s->count) return false;
        while (n--) {
            if (next[n] >= s->count) return false;
        }
    }
    return true;
}

static bool place_of(const surveyor *s, uint32_t place, fixed_place *out) {
    bool from_end = s->behind[place] >= VARIES;
    *out = (fixed_place){from_end ? s->before[place] : s->behind[place], from_end};
    return out->distance < VARIES && !s->skipped[place];
}

/* What stands twice has no place of its own. */
static bool find_bound(const surveyor *s, opcode op, uint32_t a, fixed_place *out) {
    uint32_t found = UNREACHED;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->code[i].op != op || s->code[i].a != a) continue;
        if (found != UNREACHED) return false;
        found = i;
    }
    return found != UNREACHED && place_of(s, found, out);
}

static bool find_capture(const surveyor *s, uint32_t name, fixed_capture *out) {
    out->name = name;
    return find_bound(s, OP_OPEN, name, &out->start) && find_bound(s, OP_CLOSE, name, &out->end);
}

static bool find_captures(const surveyor *s, fixed_marks *out, fixed_capture *captures) {
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->code[i].op != OP_OPEN) continue;
        if (out->capture_count == MOST_FIXED_CAPTURES) return false;
        if (!find_capture(s, s->code[i].a, &captures[out->capture_count++])) return false;
    }
    return true;
}

static bool find_mention(const surveyor *s, fixed_marks *out) {
    for (uint32_t i = 0; i < s->count && !out->has_mention; i++)
        out->has_mention = s->code[i].op == OP_MENTION;
    return !out->has_mention ||
           (find_bound(s, OP_MENTION, 0, &out->mention_start) && find_bound(s, OP_MENTION, 1, &out->mention_end));
}

/* Those at the edges of the match come first. */
static bool find_conditions(const surveyor *s, fixed_marks *out, fixed_condition *conditions) {
    bool all = true;
    for (uint32_t i = 0; i < s->count; i++) {
        fixed_condition c = {.asks = &s->code[i]};
        if (!is_condition(c.asks)) continue;
        if (!place_of(s, i, &c.at)) {
            all = false;
            continue;
        }
        conditions[out->condition_count] = c;
        if (c.at.distance == 0) {
            conditions[out->condition_count] = conditions[out->outer_count];
            conditions[out->outer_count++] = c;
        }
        out->condition_count++;
    }
    return all;
}

static void take(fixed_marks *f, fixed_place p) {
    uint32_t *farthest = p.from_end ? &f->back : &f->front;
    if (p.distance > *farthest) *farthest = p.distance;
}

static void find_farthest(fixed_marks *f) {
    for (uint32_t i = 0; i < f->condition_count; i++)
        take(f, f->conditions[i].at);
    for (uint32_t i = 0; i < f->capture_count; i++) {
        take(f, f->captures[i].start);
        take(f, f->captures[i].end);
    }
    if (!f->has_mention) return;
    take(f, f->mention_start);
    take(f, f->mention_end);
}

bool fixed_find(fixed_marks *out, arena *a, const instruction *code, uint32_t first, uint32_t end) {
    uint32_t count = end - first;
    surveyor s = {.code = code + first,
                  .first = first,
                  .count = count,
                  .behind = arena_array(a, uint32_t, count),
                  .before = arena_array(a, uint32_t, count),
                  .skipped = arena_array(a, bool, count)};
    fixed_condition *conditions = arena_array(a, fixed_condition, count);
    fixed_capture *captures = arena_array(a, fixed_capture, MOST_FIXED_CAPTURES + 1);
    *out = (fixed_marks){.conditions = conditions, .captures = captures};
    if (!s.behind || !s.before || !s.skipped || !conditions || !captures) return false;
    if (!is_sound(&s)) return true;
    measure(&s);
    mark_skipped(&s);
    out->known = find_conditions(&s, out, conditions) && find_captures(&s, out, captures) && find_mention(&s, out);
    find_farthest(out);
    return true;
}
