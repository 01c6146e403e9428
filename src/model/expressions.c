/* Opening the regular expressions of a layer. */
#include "model/expressions.h"

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

static bool state_fits(const expression_set *s, const expression_group *g, const expression_state *state) {
    uint32_t told = bits_count(state->mask);
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
    if (g->state_count <= STATE_START || g->state_count > UINT16_MAX + 1) return false;
    if (g->first_accept >= s->accept_count) return false;
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
    if (s->group_count > UINT16_MAX) return false; /* endings.h */
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
