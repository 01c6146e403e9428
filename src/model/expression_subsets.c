/* Subset construction: a state is the set of instructions that may come next. */
#include "model/expression_subsets.h"

#include <stdlib.h>

#include "base/hash.h"

enum { MOST_STEPS = 50000000 };

static bool has(const symbol_set *set, uint32_t symbol) {
    return set->bits[symbol / 64] >> (symbol % 64) & 1;
}

static bool follow(subsets *s, uint32_t from) {
    uint32_t depth = 0;
    s->stack[depth++] = from;
    while (depth) {
        uint32_t at = s->stack[--depth];
        s->steps++;
        if (s->seen[at] == s->round) continue;
        s->seen[at] = s->round;
        if (s->code[at].op != BRANCH) {
            if (!vec_push(s->arena, &s->next, at)) return false;
            continue;
        }
        s->stack[depth++] = s->code[at].b;
        s->stack[depth++] = s->code[at].a;
    }
    return true;
}

static int ascending(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* The state of the instructions in s->next; false where there are too many states. */
static bool intern(subsets *s, uint16_t *state) {
    uint32_t n = s->next.count, mask = SUBSET_SLOTS - 1;
    if (n > 1) qsort(s->next.items, n, sizeof *s->next.items, ascending);
    size_t bytes = n * sizeof *s->next.items;
    uint32_t at = (uint32_t)hash_bytes(s->next.items, bytes) & mask;
    for (; s->slots[at]; at = (at + 1) & mask) {
        const subset *have = &s->states.items[s->slots[at] - 1];
        *state = (uint16_t)(s->slots[at] - 1);
        if (have->count == n && (!n || memcmp(s->pool.items + have->first, s->next.items, bytes) == 0)) return true;
    }
    subset new = {s->pool.count, n};
    if (s->states.count == MOST_STATES || !vec_reserve(s->arena, &s->pool, n) || !vec_push(s->arena, &s->states, new))
        return false;
    if (n) memcpy(s->pool.items + s->pool.count, s->next.items, bytes);
    s->pool.count += n;
    s->slots[at] = s->states.count;
    *state = (uint16_t)(s->states.count - 1);
    return true;
}

static bool step(subsets *s, const subset *from, uint32_t symbol, uint16_t *state) {
    s->next.count = 0;
    s->round++;
    s->steps += from->count;
    for (uint32_t i = 0; i < from->count; i++) {
        uint32_t at = s->pool.items[from->first + i];
        if (s->code[at].op != READ_CHARACTER || !has(&s->sets[s->code[at].a], symbol)) continue;
        if (!follow(s, at + 1)) return false;
    }
    return intern(s, state);
}

/* Symbols that these expressions do not tell apart are one class. */
static bool refine_classes(subsets *s, const symbol_set *set) {
    unsigned char split[EXPRESSION_CLASSES] = {0};
    bool in[EXPRESSION_CLASSES] = {0}, out[EXPRESSION_CLASSES] = {0};
    for (uint32_t i = 0; i < s->symbol_count; i++)
        *(has(set, i) ? &in[s->classes[i]] : &out[s->classes[i]]) = true;
    uint32_t count = s->class_count;
    for (uint32_t k = 0; k < s->class_count; k++) {
        if (!in[k] || !out[k]) continue;
        if (count == EXPRESSION_CLASSES) return false;
        split[k] = (unsigned char)count++;
    }
    for (uint32_t i = 0; i < s->symbol_count; i++) {
        if (has(set, i) && split[s->classes[i]]) s->classes[i] = split[s->classes[i]];
    }
    s->class_count = count;
    return true;
}

static bool find_classes(subsets *s, const uint32_t *starts, uint32_t count) {
    memset(s->classes, 0, sizeof s->classes);
    s->class_count = 1;
    unsigned char *done = arena_alloc(s->arena, s->set_count + 1);
    if (!done) return false;
    for (uint32_t i = 0; i < count; i++) {
        for (const expression_code *c = s->code + starts[i]; c->op != WORD_MATCHES; c++) {
            if (c->op != READ_CHARACTER || done[c->a]) continue;
            done[c->a] = 1;
            if (!refine_classes(s, &s->sets[c->a])) return false;
        }
    }
    for (uint32_t i = 0; i < s->symbol_count; i++)
        s->symbol_of[s->classes[i]] = (unsigned char)i;
    return true;
}

static bool find_starts(subsets *s, const uint32_t *starts, uint32_t count) {
    uint16_t state;
    s->next.count = 0;
    if (!intern(s, &state)) return false; /* the dead one */
    s->round++;
    for (uint32_t i = 0; i < count; i++) {
        if (!follow(s, starts[i])) return false;
    }
    return intern(s, &state);
}

bool subsets_open(subsets *s) {
    s->seen = arena_array(s->arena, uint32_t, (size_t)s->code_count + 1);
    s->stack = arena_array(s->arena, uint32_t, (size_t)s->code_count * 2 + 2);
    return s->seen && s->stack;
}

uint32_t subsets_first(subsets *s, uint32_t start, const unsigned char *symbols, uint32_t count) {
    uint32_t found = 0;
    s->next.count = 0;
    s->round++;
    if (!follow(s, start)) return 0;
    for (uint32_t k = 0; k < count; k++) {
        bool read = false;
        for (uint32_t i = 0; i < s->next.count && !read; i++) {
            const expression_code *c = &s->code[s->next.items[i]];
            read = c->op == READ_CHARACTER && has(&s->sets[c->a], symbols[k]);
        }
        found += read;
    }
    return found;
}

bool subsets_build(subsets *s, const uint32_t *starts, uint32_t count) {
    s->states.count = s->pool.count = s->rows.count = 0;
    s->steps = 0;
    memset(s->slots, 0, sizeof s->slots);
    if (!find_classes(s, starts, count) || !find_starts(s, starts, count)) return false;
    for (uint32_t i = 0; i < s->states.count; i++) {
        if (!vec_reserve(s->arena, &s->rows, s->class_count)) return false;
        for (uint32_t k = 0; k < s->class_count; k++) {
            subset from = s->states.items[i];
            if (!step(s, &from, s->symbol_of[k], &s->rows.items[s->rows.count])) return false;
            s->rows.count++;
        }
        if (s->steps > MOST_STEPS) return false;
    }
    return true;
}

/* The matches among a state's instructions, as a hash. */
static uint64_t accept_hash(const subsets *s, uint32_t state) {
    const subset *of = &s->states.items[state];
    uint64_t hash = state == STATE_START;
    for (uint32_t i = 0; i < of->count; i++) {
        const expression_code *c = &s->code[s->pool.items[of->first + i]];
        if (c->op == WORD_MATCHES) hash = hash_mix(hash * 0x9e3779b97f4a7c15U + c->a + 1U);
    }
    return hash;
}

static uint64_t row_hash(const subsets *s, const uint16_t *blocks, uint32_t state) {
    const uint16_t *row = s->rows.items + (size_t)state * s->class_count;
    uint64_t hash = hash_mix(blocks[state] + 1U);
    for (uint32_t k = 0; k < s->class_count; k++)
        hash = hash_mix(hash * 0x9e3779b97f4a7c15U + blocks[row[k]]);
    return hash;
}

/* States with one hash are one block: among a few thousand, 64 bits are never the same by chance. */
static void number_blocks(subsets *s, const uint64_t *hashes) {
    memset(s->slots, 0, sizeof s->slots);
    s->block_count = 0;
    for (uint32_t i = 0; i < s->states.count; i++) {
        uint32_t at = (uint32_t)hashes[i] & (SUBSET_SLOTS - 1);
        while (s->slots[at] && hashes[s->slots[at] - 1] != hashes[i])
            at = (at + 1) & (SUBSET_SLOTS - 1);
        if (!s->slots[at]) {
            s->slots[at] = i + 1;
            s->kept[s->block_count] = (uint16_t)i;
            s->blocks[i] = (uint16_t)s->block_count++;
        }
        s->blocks[i] = s->blocks[s->slots[at] - 1];
    }
}

void subsets_minimize(subsets *s) {
    uint64_t hashes[MOST_STATES];
    uint16_t blocks[MOST_STATES];
    uint32_t before = 0;
    for (uint32_t i = 0; i < s->states.count; i++)
        hashes[i] = accept_hash(s, i);
    for (number_blocks(s, hashes); s->block_count != before; number_blocks(s, hashes)) {
        before = s->block_count;
        memcpy(blocks, s->blocks, sizeof blocks);
        for (uint32_t i = 0; i < s->states.count; i++)
            hashes[i] = row_hash(s, blocks, i);
    }
}
