/* Asking all regular expressions of a layer of one word. */
#include "model/expressions.h"

#include "text/utf8.h"

bool expressions_view(expression_set *s, const image *i) {
    if (!image_item_size_is(i, SECTION_EXPRESSIONS, sizeof(expression)) ||
        !image_item_size_is(i, SECTION_EXPRESSION_GROUPS, sizeof(expression_group)) ||
        !image_item_size_is(i, SECTION_EXPRESSION_STATES, sizeof(expression_state)) ||
        !image_item_size_is(i, SECTION_EXPRESSION_TARGETS, sizeof(uint16_t)) ||
        !image_item_size_is(i, SECTION_EXPRESSION_ACCEPTS, sizeof(uint16_t)) ||
        !image_item_size_is(i, SECTION_EXPRESSION_SYMBOLS, 1))
        return false;
    s->items = image_items(i, SECTION_EXPRESSIONS, &s->count);
    s->groups = image_items(i, SECTION_EXPRESSION_GROUPS, &s->group_count);
    s->states = image_items(i, SECTION_EXPRESSION_STATES, &s->state_count);
    s->targets = image_items(i, SECTION_EXPRESSION_TARGETS, &s->target_count);
    s->accepts = image_items(i, SECTION_EXPRESSION_ACCEPTS, &s->accept_count);
    s->symbols = image_items(i, SECTION_EXPRESSION_SYMBOLS, &s->symbol_count);
    return true;
}

/* How many bits are set; the compiler's own is a call where the machine may lack the instruction. */
static inline uint32_t bits_in(uint64_t mask) {
    mask -= mask >> 1 & 0x5555555555555555U;
    mask = (mask & 0x3333333333333333U) + (mask >> 2 & 0x3333333333333333U);
    mask = (mask + (mask >> 4)) & 0x0f0f0f0f0f0f0f0fU;
    return (uint32_t)(mask * 0x0101010101010101U >> 56);
}

static bool state_fits(const expression_set *s, const expression_group *g, const expression_state *state) {
    uint32_t told = bits_in(state->mask);
    if (state->other >= g->state_count || state->accept >= s->accept_count - g->first_accept) return false;
    if (told > s->target_count || state->first_target > s->target_count - told) return false;
    for (uint32_t i = 0; i < told; i++) {
        if (s->targets[state->first_target + i] >= g->state_count) return false;
    }
    uint32_t list = g->first_accept + state->accept, count = s->accepts[list];
    if (count >= s->accept_count - list) return false;
    for (uint32_t i = 1; i <= count; i++) {
        if (s->accepts[list + i] >= s->count) return false;
    }
    return true;
}

/* *longest: of the lists of its states. */
static bool group_fits(const expression_set *s, const expression_group *g, uint32_t *longest) {
    if (g->first_state > s->state_count || g->state_count > s->state_count - g->first_state) return false;
    if (g->state_count <= STATE_START || g->first_accept >= s->accept_count) return false;
    for (uint32_t i = 0; i < EXPRESSION_SYMBOLS; i++) {
        if (g->classes[i] >= EXPRESSION_CLASSES) return false;
    }
    for (uint32_t i = 0; i < g->state_count; i++) {
        const expression_state *state = &s->states[g->first_state + i];
        if (!state_fits(s, g, state)) return false;
        uint32_t length = s->accepts[g->first_accept + state->accept];
        if (length > *longest) *longest = length;
    }
    return true;
}

bool expressions_fit(const expression_set *s, uint32_t string_count) {
    if (s->group_count && s->symbol_count != EXPRESSION_CHARACTERS) return false;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->items[i].text >= string_count) return false;
    }
    uint32_t most = 0; /* that can match one word */
    for (uint32_t i = 0; i < s->group_count; i++) {
        uint32_t longest = 0;
        if (!group_fits(s, &s->groups[i], &longest)) return false;
        most += longest;
        if (most > s->count || most >= EXPRESSIONS_UNTOLD) return false;
    }
    return true;
}

/* The word's symbols; their number, or EXPRESSION_LONGEST + 1 where a character has none. */
static uint32_t read_symbols(const expression_set *s, str word, unsigned char *out) {
    uint32_t count = 0;
    const char *end = word.ptr + word.len;
    for (const char *p = word.ptr; p < end; count++) {
        uint32_t c = utf8_next(&p);
        if (c >= EXPRESSION_CHARACTERS) return EXPRESSION_LONGEST + 1;
        out[count] = s->symbols[c];
    }
    return count;
}

static uint32_t run(const expression_set *s, const expression_group *g, const unsigned char *symbols, uint32_t count) {
    const expression_state *states = s->states + g->first_state;
    uint32_t at = STATE_START;
    while (count && at != STATE_DEAD) {
        const expression_state *state = &states[at];
        uint64_t bit = (uint64_t)1 << g->classes[symbols[--count]];
        at = state->other;
        if (state->mask & bit) at = s->targets[state->first_target + bits_in(state->mask & (bit - 1))];
    }
    return g->first_accept + states[at].accept;
}

void expressions_match(const expression_set *s, str word, uint16_t *matched) {
    unsigned char symbols[EXPRESSION_LONGEST];
    matched[0] = 0;
    if (word.len > EXPRESSION_LONGEST || !s->group_count) return;
    uint32_t length = read_symbols(s, word, symbols), count = 0;
    for (uint32_t i = 0; i < s->group_count && length <= EXPRESSION_LONGEST; i++) {
        const uint16_t *list = s->accepts + run(s, &s->groups[i], symbols, length);
        for (uint32_t k = 1; k <= list[0]; k++)
            matched[++count] = list[k];
    }
    matched[0] = length <= EXPRESSION_LONGEST ? (uint16_t)count : EXPRESSIONS_UNTOLD;
}
