/* The automata of a layer's expressions, worked out and laid out. */
#include <stdlib.h>

#include "model/expression_subsets.h"

enum { MOST_TOGETHER = 20 /* expressions, so that what states accept fits into 16 bits */, FIRST_TRY = 16 };

typedef struct builder {
    arena *arena;  /* of the results */
    arena scratch; /* of what only building needs */
    expression *items;
    const char *strings;
    expression_codes code;
    character_sets sets;
    symbol_table symbols;
    VEC(uint32_t) starts; /* of expressions that are read, into `code` */
    subsets automaton;
    VEC(expression_group) groups;
    VEC(expression_state) states;
    VEC(uint16_t) targets, accepts;
} builder;

/* What only PCRE2 understands is left to it. False if memory is short. */
static bool read_one(builder *b, uint32_t number) {
    str text = str_of(b->strings + b->items[number].text);
    uint32_t start = b->code.count;
    if (!expression_parse(&b->scratch, text, number, &b->code, &b->sets)) return !b->scratch.failed;
    while (b->symbols.sets.count < b->sets.count) {
        if (symbols_refine(&b->scratch, &b->symbols, b->sets.items[b->symbols.sets.count])) continue;
        b->code.count = start;
        b->sets.count = b->symbols.sets.count;
        return !b->scratch.failed;
    }
    return vec_push(&b->scratch, &b->starts, start);
}

static bool open_automaton(builder *b) {
    b->automaton = (subsets){.arena = &b->scratch,
                             .code = b->code.items,
                             .code_count = b->code.count,
                             .sets = symbols_of_sets(&b->scratch, &b->symbols),
                             .set_count = b->symbols.sets.count,
                             .symbol_count = b->symbols.count};
    return b->automaton.sets && subsets_open(&b->automaton);
}

static const expression_code *match_of(const builder *b, uint32_t start) {
    const expression_code *c = b->code.items + start;
    while (c->op != WORD_MATCHES)
        c++;
    return c;
}

/* Expressions of a kind share automata: what may end in almost any letter, so that not every automaton has to read the
 * whole word; what does not mind capitals, and tells fewer characters apart. */
static int kind_of(builder *b, uint32_t start) {
    enum { LETTERS = 26, MOST = LETTERS / 2 };
    if (subsets_first(&b->automaton, start, &b->symbols.of['a'], LETTERS) > MOST) return 2;
    str text = str_of(b->strings + b->items[match_of(b, start)->a].text);
    return str_starts(text, STR("(?i)"));
}

static bool sort_starts(builder *b) {
    uint32_t *sorted = arena_array(&b->scratch, uint32_t, b->starts.count), count = 0;
    for (int kind = 0; kind <= 2 && sorted; kind++) {
        for (uint32_t i = 0; i < b->starts.count; i++) {
            if (kind_of(b, b->starts.items[i]) == kind) sorted[count++] = b->starts.items[i];
        }
    }
    if (!sorted || b->scratch.failed) return false;
    memcpy(b->starts.items, sorted, count * sizeof *sorted);
    return true;
}

/* The list of expressions that match where a word begins in a state, behind the group's others or among them. */
static bool put_accept(builder *b, const expression_group *g, const subset *state, uint16_t *accept) {
    uint16_t list[MOST_TOGETHER + 1] = {0};
    for (uint32_t i = 0; i < state->count; i++) {
        const expression_code *c = &b->code.items[b->automaton.pool.items[state->first + i]];
        if (c->op == WORD_MATCHES) list[++list[0]] = (uint16_t)c->a;
    }
    uint32_t at = g->first_accept, length = list[0] + 1U;
    for (; at < b->accepts.count; at += b->accepts.items[at] + 1U) {
        if (memcmp(&b->accepts.items[at], list, (b->accepts.items[at] + 1U) * sizeof *list) == 0) break;
    }
    *accept = (uint16_t)(at - g->first_accept);
    if (at < b->accepts.count) return true;
    if (!vec_reserve(b->arena, &b->accepts, length)) return false;
    memcpy(b->accepts.items + at, list, length * sizeof *list);
    b->accepts.count += length;
    return true;
}

static uint16_t most_common(const uint16_t *row, uint32_t count) {
    uint32_t best = 0;
    uint16_t common = STATE_DEAD;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t times = 0;
        for (uint32_t k = 0; k < count; k++)
            times += row[k] == row[i];
        if (times > best) common = row[i];
        if (times > best) best = times;
    }
    return common;
}

static bool put_state(builder *b, const expression_group *g, uint32_t number) {
    const subsets *s = &b->automaton;
    uint16_t row[EXPRESSION_CLASSES];
    for (uint32_t k = 0; k < s->class_count; k++)
        row[k] = s->blocks[s->rows.items[(size_t)number * s->class_count + k]];
    expression_state state = {.first_target = b->targets.count, .other = most_common(row, s->class_count)};
    for (uint32_t k = 0; k < s->class_count; k++) {
        if (row[k] == state.other) continue;
        state.mask |= (uint64_t)1 << k;
        if (!vec_push(b->arena, &b->targets, row[k])) return false;
    }
    return put_accept(b, g, &s->states.items[number], &state.accept) && vec_push(b->arena, &b->states, state);
}

static bool put_group(builder *b, uint32_t first, uint32_t count) {
    subsets_minimize(&b->automaton);
    expression_group g = {b->states.count, b->automaton.block_count, b->accepts.count, {0}};
    memcpy(g.classes, b->automaton.classes, sizeof g.classes);
    if (!vec_push(b->arena, &b->accepts, 0)) return false;
    for (uint32_t i = 0; i < g.state_count; i++) {
        if (!put_state(b, &g, b->automaton.kept[i])) return false;
    }
    for (uint32_t i = 0; i < count; i++)
        b->items[match_of(b, b->starts.items[first + i])->a].covered = 1;
    return vec_push(b->arena, &b->groups, g);
}

static bool try(builder *b, uint32_t first, uint32_t count) {
    return subsets_build(&b->automaton, b->starts.items + first, count);
}

/* The more expressions share an automaton, the better, as long as it stays small. */
static bool put_groups(builder *b) {
    uint32_t end = b->starts.count;
    for (uint32_t first = 0, fits; first < end; first += fits + !fits) {
        fits = 0;
        bool last = false; /* was it the largest that fits which was tried last? */
        for (uint32_t more = FIRST_TRY; more; more /= 2) {
            uint32_t count = fits + more;
            if (count > MOST_TOGETHER || count > end - first) continue;
            last = try(b, first, count);
            if (b->scratch.failed) return false;
            if (last) fits = count;
        }
        if (fits && ((!last && !try(b, first, fits)) || !put_group(b, first, fits))) return false;
    }
    return true;
}

static void put_part(image_part parts[SECTION_COUNT], section_id id, const void *items, size_t size, uint32_t count) {
    parts[id] = (image_part){items, (uint32_t)size, count};
}

static bool put_parts(builder *b, uint32_t count, image_part parts[SECTION_COUNT]) {
    uint32_t characters = b->groups.count ? EXPRESSION_CHARACTERS : 0;
    unsigned char *symbols = arena_alloc(b->arena, EXPRESSION_CHARACTERS);
    if (!symbols) return false;
    if (characters) memcpy(symbols, b->symbols.of, characters);
    put_part(parts, SECTION_EXPRESSIONS, b->items, sizeof(expression), count);
    put_part(parts, SECTION_EXPRESSION_GROUPS, b->groups.items, sizeof(expression_group), b->groups.count);
    put_part(parts, SECTION_EXPRESSION_STATES, b->states.items, sizeof(expression_state), b->states.count);
    put_part(parts, SECTION_EXPRESSION_TARGETS, b->targets.items, sizeof(uint16_t), b->targets.count);
    put_part(parts, SECTION_EXPRESSION_ACCEPTS, b->accepts.items, sizeof(uint16_t), b->accepts.count);
    put_part(parts, SECTION_EXPRESSION_SYMBOLS, symbols, 1, characters);
    return true;
}

static bool build_all(builder *b, uint32_t count) {
    if (!symbols_open(&b->scratch, &b->symbols)) return false;
    for (uint32_t i = 0; i < count && i < EXPRESSIONS_UNTOLD; i++) {
        if (!read_one(b, i)) return false;
    }
    return !b->starts.count || (open_automaton(b) && sort_starts(b) && put_groups(b));
}

bool expressions_build(arena *a, expression *items, uint32_t count, const char *strings,
                       image_part parts[SECTION_COUNT]) {
    builder b = {.arena = a, .items = items, .strings = strings};
    bool built = build_all(&b, count) && put_parts(&b, count, parts);
    arena_free(&b.scratch);
    return built;
}
