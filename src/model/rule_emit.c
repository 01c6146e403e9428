/* From pattern trees to programs (Thompson 1968; the instructions are Pike's, as Cox describes them, 2009).
 *
 *     program:  split ─a─> rule 1 … match 1
 *                 └b─> split ─a─> rule 2 … match 2
 *                        └b─> jump to itself: the end of the chain */
#include "model/rule_emit.h"

static uint32_t put(emitter *e, opcode op, uint32_t a) {
    instruction i = {op, a, 0};
    if (!vec_push(e->r->b->arena, &e->rules, i)) {
        e->r->short_of_memory = true;
        return 0;
    }
    return e->rules.count - 1;
}

uint32_t emit_test(emitter *e, const atom *atoms, uint32_t count) {
    for (uint32_t i = 0; i < e->tests.count; i++) {
        const predicate *have = &e->tests.items[i];
        if (have->count == count && memcmp(e->atoms.items + have->first, atoms, count * sizeof(atom)) == 0) return i;
    }
    predicate new = {e->atoms.count, count};
    arena *a = e->r->b->arena;
    if (!vec_reserve(a, &e->atoms, count) || !vec_push(a, &e->tests, new)) {
        e->r->short_of_memory = true;
        return 0;
    }
    memcpy(e->atoms.items + e->atoms.count, atoms, count * sizeof(atom));
    e->atoms.count += count;
    return e->tests.count - 1;
}

static uint32_t test_of(emitter *e, const pattern *p) {
    return emit_test(e, p->atoms, p->atom_count);
}

static void emit(emitter *e, const pattern *p, uint32_t base);

/* split here, behind; the caller lets `b` point behind what it emits. */
static uint32_t put_split(emitter *e, uint32_t base) {
    uint32_t split = put(e, OP_SPLIT, 0);
    if (!e->r->short_of_memory) e->rules.items[split].a = e->rules.count - base;
    return split;
}

static void emit_repeat(emitter *e, const pattern *p, uint32_t base) {
    for (uint32_t i = 0; i < p->minimum; i++)
        emit(e, p->first, base);
    if (p->maximum == REPEAT_FOREVER) {
        uint32_t loop = put_split(e, base);
        emit(e, p->first, base);
        put(e, OP_JUMP, loop - base);
        if (!e->r->short_of_memory) e->rules.items[loop].b = e->rules.count - base;
        return;
    }
    for (uint32_t i = p->minimum; i < p->maximum; i++) {
        uint32_t split = put_split(e, base);
        emit(e, p->first, base);
        if (!e->r->short_of_memory) e->rules.items[split].b = e->rules.count - base;
    }
}

static void emit_or(emitter *e, const pattern *p, uint32_t base) {
    uint32_t split = put_split(e, base);
    emit(e, p->first, base);
    uint32_t jump = put(e, OP_JUMP, 0);
    if (e->r->short_of_memory) return;
    e->rules.items[split].b = e->rules.count - base;
    emit(e, p->second, base);
    if (!e->r->short_of_memory) e->rules.items[jump].a = e->rules.count - base;
}

static void emit_wrapped(emitter *e, const pattern *p, uint32_t base) {
    bool marks = p->kind == NODE_MENTION;
    uint32_t name = marks ? 0 : e->name_id(e->context, p->name);
    put(e, marks ? OP_MENTION : OP_OPEN, name);
    emit(e, p->first, base);
    put(e, marks ? OP_MENTION : OP_CLOSE, marks ? 1 : name);
}

static void emit(emitter *e, const pattern *p, uint32_t base) {
    if (e->r->short_of_memory) return;
    switch (p->kind) {
    case NODE_STEP: put(e, OP_STEP, test_of(e, p)); break;
    case NODE_NOT_NEXT: put(e, OP_NOT_NEXT, test_of(e, p)); break;
    case NODE_NOT_LAST: put(e, OP_NOT_LAST, test_of(e, p)); break;
    case NODE_START: put(e, OP_START, 0); break;
    case NODE_END: put(e, OP_END, 0); break;
    case NODE_OR: emit_or(e, p, base); break;
    case NODE_REPEAT: emit_repeat(e, p, base); break;
    case NODE_CONCAT:
        emit(e, p->first, base);
        emit(e, p->second, base);
        break;
    case NODE_CAPTURE:
    case NODE_MENTION: emit_wrapped(e, p, base); break;
    }
}

bool emit_rule(emitter *e, const pattern *p, rule_code *out) {
    out->first = e->rules.count;
    emit(e, p, out->first);
    out->count = e->rules.count - out->first;
    return !e->r->short_of_memory;
}

/* One program while its rules are joined. */
typedef struct joiner {
    emitter *e;
    program out;
    uint32_t *local; /* number of a test in this program, plus one */
} joiner;

static bool put_joined(joiner *j, instruction i) {
    return vec_push(j->e->r->b->arena, &j->e->code, i);
}

static bool join_test(joiner *j, uint32_t *test) {
    emitter *e = j->e;
    if (!j->local[*test]) {
        if (!vec_push(e->r->b->arena, &e->predicates, e->tests.items[*test])) return false;
        j->local[*test] = e->predicates.count - j->out.first_predicate;
    }
    *test = j->local[*test] - 1;
    return true;
}

static bool join_rule(joiner *j, const rule_code *code, uint32_t id) {
    emitter *e = j->e;
    uint32_t base = j->out.first_code, split = e->code.count - base;
    if (!put_joined(j, (instruction){OP_SPLIT, split + 1, split + code->count + 2})) return false;
    for (uint32_t i = 0; i < code->count; i++) {
        instruction next = e->rules.items[code->first + i];
        bool tests = next.op == OP_STEP || next.op == OP_NOT_NEXT || next.op == OP_NOT_LAST;
        if (tests && !join_test(j, &next.a)) return false;
        if (next.op == OP_SPLIT || next.op == OP_JUMP) next.a += split + 1;
        if (next.op == OP_SPLIT) next.b += split + 1;
        if (!put_joined(j, next)) return false;
    }
    return put_joined(j, (instruction){OP_MATCH, id, 0});
}

static bool join_cue(joiner *j, const cue_source *from) {
    cue c = from->c;
    for (uint32_t k = 0; k < CUE_TESTS; k++) {
        if (c.tests[k] != CUE_NO_TEST && !join_test(j, &c.tests[k])) return false;
    }
    return vec_push(j->e->r->b->arena, &j->e->cues, c);
}

static bool join_cues(joiner *j) {
    emitter *e = j->e;
    for (uint32_t i = 0; i < e->cue_sources.count; i++) {
        const cue_source *from = &e->cue_sources.items[i];
        bool wanted = from->language == j->out.language || from->language == LANGUAGE_NONE;
        if (wanted && !join_cue(j, from)) return false;
    }
    j->out.cue_count = e->cues.count - j->out.first_cue;
    return true;
}

static bool join_program(emitter *e, uint32_t language, uint32_t pass, const rule *rules, const rule_code *codes,
                         uint32_t count) {
    build *b = e->r->b;
    uint32_t below = b->base ? model_rule_count(b->base) : 0;
    joiner j = {.e = e,
                .out = {.language = language,
                        .pass = pass,
                        .first_code = e->code.count,
                        .first_predicate = e->predicates.count,
                        .first_cue = e->cues.count},
                .local = arena_array(b->arena, uint32_t, e->tests.count + 1)};
    if (!j.local) return false;
    for (uint32_t i = 0; i < count; i++) {
        bool wanted = rules[i].pass == pass && (rules[i].language == language || rules[i].language == LANGUAGE_NONE);
        if (wanted && !join_rule(&j, &codes[i], below + i)) return false;
    }
    if (pass == CUE_PASS && !join_cues(&j)) return false;
    if (e->code.count == j.out.first_code && !j.out.cue_count) return true;
    if (!put_joined(&j, (instruction){OP_JUMP, e->code.count - j.out.first_code, 0})) return false;
    j.out.code_count = e->code.count - j.out.first_code;
    j.out.predicate_count = e->predicates.count - j.out.first_predicate;
    return vec_push(b->arena, &e->programs, j.out);
}

bool emit_programs(emitter *e, const rule *rules, const rule_code *codes, uint32_t count) {
    build *b = e->r->b;
    uint32_t languages = b->first_language + b->languages.count;
    for (uint32_t language = 0; language < languages; language++) {
        for (uint32_t pass = 0; pass < PASS_COUNT; pass++) {
            if (!join_program(e, language, pass, rules, codes, count)) return false;
        }
    }
    b->parts[SECTION_CODE] = (image_part){e->code.items, sizeof(instruction), e->code.count};
    b->parts[SECTION_PREDICATES] = (image_part){e->predicates.items, sizeof(predicate), e->predicates.count};
    b->parts[SECTION_ATOMS] = (image_part){e->atoms.items, sizeof(atom), e->atoms.count};
    b->parts[SECTION_CUES] = (image_part){e->cues.items, sizeof(cue), e->cues.count};
    b->parts[SECTION_CUE_POINTS] = (image_part){e->cue_points.items, sizeof(cue_points), e->cue_points.count};
    b->parts[SECTION_PROGRAMS] = (image_part){e->programs.items, sizeof(program), e->programs.count};
    return true;
}
