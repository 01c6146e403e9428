/* Words in capitals, and the names whose initials they are. */
#include "match/capitals.h"

enum { MOST_CAPITALS = 32, MAX_LENGTH = 5 };

static bool is_among(const capitals *all, const document *d, uint32_t look) {
    for (uint32_t i = 0; i < all->tokens.count; i++) {
        if (d->tokens.items[all->tokens.items[i]].look == look) return true;
    }
    return false;
}

static bool is_in_capitals(const token *t) {
    return t->shape & SHAPE_ALL_UPPER && t->end - t->start <= MAX_LENGTH && !(t->place & TOKEN_CAPS_LINE) &&
           !(t->shape & (SHAPE_DOT | SHAPE_HYPHEN | SHAPE_HAS_DIGIT));
}

bool capitals_find(capitals *out, document *d) {
    uint32_t next = 0;
    for (uint32_t k = 0; k < d->capitals.count && out->tokens.count < MOST_CAPITALS; k++) {
        uint32_t i = d->capitals.items[k];
        if (!is_in_capitals(&d->tokens.items[i])) continue;
        while (next < d->mentions.count && d->mentions.items[next].end <= i)
            next++;
        bool covered = next < d->mentions.count && d->mentions.items[next].start <= i;
        if (covered || is_among(out, d, d->tokens.items[i].look)) continue;
        if (!vec_push(d->arena, &out->tokens, i)) return false;
    }
    return true;
}

uint32_t capitals_named(const capitals *all, const names *n, const mention *name) {
    char initials[NAME_MAX_INITIALS];
    if (!all->tokens.count || name->end - name->start < 2) return NERX_NONE;
    size_t length = name_initials(n, name, true, initials);
    for (uint32_t i = 0; length > 1 && i < all->tokens.count; i++) {
        uint32_t t = all->tokens.items[i];
        str text = lexicon_text(&n->d->lexicon, n->d->tokens.items[t].fold);
        if (str_equal(text, (str){initials, length})) return t;
    }
    return NERX_NONE;
}
