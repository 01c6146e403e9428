/* From pattern trees to programs (Thompson 1968; Pike's instruction set as Cox describes it, 2009). */
#include "model/rule_emit.h"

enum { MAX_CODE = 1 << 20 };

static uint32_t put(emitter *e, opcode op, uint32_t a, uint32_t b) {
    instruction i = {op, a, b};
    if (e->code.count >= MAX_CODE || !vec_push(e->r->b->arena, &e->code, i)) e->r->short_of_memory = true;
    return e->code.count - 1;
}

/* The predicate with these atoms, of the program being emitted; equal ones are one. */
static uint32_t predicate_of(emitter *e, const pattern *p) {
    for (uint32_t i = e->first_predicate; i < e->predicates.count; i++) {
        const predicate *have = &e->predicates.items[i];
        if (have->count == p->atom_count &&
            memcmp(e->atoms.items + have->first, p->atoms, p->atom_count * sizeof(atom)) == 0)
            return i - e->first_predicate;
    }
    predicate new = {e->atoms.count, p->atom_count};
    arena *a = e->r->b->arena;
    if (!vec_reserve(a, &e->atoms, p->atom_count) || !vec_push(a, &e->predicates, new)) {
        e->r->short_of_memory = true;
        return 0;
    }
    memcpy(e->atoms.items + e->atoms.count, p->atoms, p->atom_count * sizeof(atom));
    e->atoms.count += p->atom_count;
    return e->predicates.count - 1 - e->first_predicate;
}

static void emit(emitter *e, const pattern *p, uint32_t base);

static void emit_optional(emitter *e, const pattern *p, uint32_t base) {
    uint32_t split = put(e, OP_SPLIT, 0, 0);
    if (e->r->short_of_memory) return;
    e->code.items[split].a = e->code.count - base;
    emit(e, p, base);
    e->code.items[split].b = e->code.count - base;
}

static void emit_repeat(emitter *e, const pattern *p, uint32_t base) {
    for (uint32_t i = 0; i < p->minimum && !e->r->short_of_memory; i++)
        emit(e, p->first, base);
    if (p->maximum != REPEAT_FOREVER) {
        for (uint32_t i = p->minimum; i < p->maximum && !e->r->short_of_memory; i++)
            emit_optional(e, p->first, base);
        return;
    }
    uint32_t loop = put(e, OP_SPLIT, 0, 0);
    if (e->r->short_of_memory) return;
    e->code.items[loop].a = e->code.count - base;
    emit(e, p->first, base);
    put(e, OP_JUMP, loop - base, 0);
    e->code.items[loop].b = e->code.count - base;
}

static void emit_or(emitter *e, const pattern *p, uint32_t base) {
    uint32_t split = put(e, OP_SPLIT, 0, 0);
    if (e->r->short_of_memory) return;
    e->code.items[split].a = e->code.count - base;
    emit(e, p->first, base);
    uint32_t jump = put(e, OP_JUMP, 0, 0);
    if (e->r->short_of_memory) return;
    e->code.items[split].b = e->code.count - base;
    emit(e, p->second, base);
    e->code.items[jump].a = e->code.count - base;
}

static void emit(emitter *e, const pattern *p, uint32_t base) {
    if (e->r->short_of_memory) return;
    uint32_t name;
    switch (p->kind) {
    case NODE_EMPTY: break;
    case NODE_STEP: put(e, OP_STEP, predicate_of(e, p), 0); break;
    case NODE_NOT_NEXT: put(e, OP_NOT_NEXT, predicate_of(e, p), 0); break;
    case NODE_START: put(e, OP_START, 0, 0); break;
    case NODE_END: put(e, OP_END, 0, 0); break;
    case NODE_OR: emit_or(e, p, base); break;
    case NODE_REPEAT: emit_repeat(e, p, base); break;
    case NODE_CONCAT:
        emit(e, p->first, base);
        emit(e, p->second, base);
        break;
    case NODE_CAPTURE:
        name = e->name_id(e->context, p->name);
        put(e, OP_OPEN, name, 0);
        emit(e, p->first, base);
        put(e, OP_CLOSE, name, 0);
        break;
    case NODE_MENTION:
        put(e, OP_MENTION, 0, 0);
        emit(e, p->first, base);
        put(e, OP_MENTION, 1, 0);
        break;
    }
}

/* All rules of a language and pass, joined by splits: "split first, next; first … match; next: split …". */
static bool emit_program(emitter *e, uint32_t language, uint32_t pass, const rule *rules,
                         const pattern *const *patterns, uint32_t count) {
    build *b = e->r->b;
    program out = {
        .language = language, .pass = pass, .first_code = e->code.count, .first_predicate = e->predicates.count};
    uint32_t base = e->code.count, below = b->base ? model_rule_count(b->base) : 0;
    e->first_predicate = e->predicates.count;
    for (uint32_t i = 0; i < count && !e->r->short_of_memory; i++) {
        bool wanted = rules[i].pass == pass && (rules[i].language == language || rules[i].language == LANGUAGE_NONE);
        if (!wanted) continue;
        uint32_t split = put(e, OP_SPLIT, 0, 0);
        if (e->r->short_of_memory) return false;
        e->code.items[split].a = e->code.count - base;
        emit(e, patterns[i], base);
        put(e, OP_MATCH, below + i, 0);
        if (e->r->short_of_memory) return false;
        e->code.items[split].b = e->code.count - base;
    }
    if (e->code.count == base) return true;
    /* the last split's other branch: a jump to itself, which leads nowhere */
    put(e, OP_JUMP, e->code.count - base, 0);
    out.code_count = e->code.count - base;
    out.predicate_count = e->predicates.count - out.first_predicate;
    return !e->r->short_of_memory && vec_push(b->arena, &e->programs, out);
}

bool emit_programs(emitter *e, const rule *rules, const pattern *const *patterns, uint32_t count) {
    build *b = e->r->b;
    uint32_t languages = b->first_language + b->languages.count;
    for (uint32_t language = 0; language < languages; language++) {
        for (uint32_t pass = 0; pass < 2; pass++) {
            if (!emit_program(e, language, pass, rules, patterns, count)) return false;
        }
    }
    b->parts[SECTION_CODE] = (image_part){e->code.items, sizeof(instruction), e->code.count};
    b->parts[SECTION_PREDICATES] = (image_part){e->predicates.items, sizeof(predicate), e->predicates.count};
    b->parts[SECTION_ATOMS] = (image_part){e->atoms.items, sizeof(atom), e->atoms.count};
    b->parts[SECTION_PROGRAMS] = (image_part){e->programs.items, sizeof(program), e->programs.count};
    return true;
}
