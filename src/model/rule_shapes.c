/* The names rules give to shapes, places and marks of a token. */
#include "model/rule_shapes.h"

static const struct {
    const char *name;
    atom test;
} shapes[] = {
    {"any", {ATOM_ANY, 0, 0, 0}},
    {"cap", {ATOM_SHAPE, SHAPE_UPPER_FIRST, 0, 0}},
    {"allcaps", {ATOM_SHAPE, SHAPE_ALL_UPPER, 0, 0}},
    {"lower", {ATOM_SHAPE, SHAPE_LOWER, 0, 0}},
    {"mixed", {ATOM_SHAPE, SHAPE_INNER_UPPER, 0, 0}},
    {"digit", {ATOM_SHAPE, SHAPE_HAS_DIGIT, 0, 0}},
    {"number", {ATOM_SHAPE, SHAPE_NUMBER, 0, 0}},
    {"ordinal", {ATOM_SHAPE, SHAPE_ORDINAL, 0, 0}},
    {"punct", {ATOM_SHAPE, SHAPE_PUNCT, 0, 0}},
    {"quote", {ATOM_SHAPE, SHAPE_QUOTE, 0, 0}},
    {"dash", {ATOM_SHAPE, SHAPE_DASH, 0, 0}},
    {"hyphen", {ATOM_SHAPE, SHAPE_HYPHEN, 0, 0}},
    {"apostrophe", {ATOM_SHAPE, SHAPE_APOSTROPHE, 0, 0}},
    {"initial", {ATOM_SHAPE, SHAPE_INITIAL, 0, 0}},
    {"dot", {ATOM_SHAPE, SHAPE_DOT, 0, 0}},
    {"letters", {ATOM_SHAPE, SHAPE_LETTERS, 0, 0}},
    {"web", {ATOM_SHAPE, SHAPE_WEB, 0, 0}},
    {"roman", {ATOM_SHAPE, SHAPE_ROMAN, 0, 0}},
    {"one", {ATOM_SHAPE, SHAPE_ONE, 0, 0}},
    {"open", {ATOM_SHAPE, SHAPE_OPEN, 0, 0}},
    {"close", {ATOM_SHAPE, SHAPE_CLOSE, 0, 0}},
    {"end", {ATOM_SHAPE, SHAPE_END, 0, 0}},
    {"symbol", {ATOM_SHAPE, SHAPE_SYMBOL, 0, 0}},
    {"first", {ATOM_PLACE, TOKEN_FIRST, 0, 0}},
    {"joined", {ATOM_PLACE, TOKEN_JOINED, 0, 0}},
    {"line", {ATOM_PLACE, TOKEN_LINE, 0, 0}},
    {"paragraph", {ATOM_PLACE, TOKEN_PARAGRAPH, 0, 0}},
    {"capsline", {ATOM_PLACE, TOKEN_CAPS_LINE, 0, 0}},
    {"ordinary", {ATOM_MARK, MARK_ORDINARY, 0, 0}},
    {"common", {ATOM_MARK, MARK_COMMON, 0, 0}},
    {"compound", {ATOM_MARK, MARK_COMPOUND, 0, 0}},
    {"named", {ATOM_MARK, MARK_NAMED, 0, 0}},
    {"known", {ATOM_KNOWN, 0, 0, 0}},
};

enum { SHAPE_NAMES = sizeof shapes / sizeof *shapes };

bool shape_find(str name, atom *out) {
    for (size_t i = 0; i < SHAPE_NAMES; i++) {
        if (!str_is(name, shapes[i].name)) continue;
        *out = shapes[i].test;
        return true;
    }
    return false;
}

uint32_t shape_name_count(void) {
    return SHAPE_NAMES;
}

str shape_name(uint32_t index) {
    return str_of(shapes[index].name);
}
