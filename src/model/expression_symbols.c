/* Symbols: PCRE2 itself is asked which characters are in a set, so that both always agree. */
#include "model/expression_symbols.h"

#include "model/regex.h"
#include "text/utf8.h"

static bool has(const uint64_t *bits, uint32_t i) {
    return bits[i / 64] >> (i % 64) & 1;
}

static void put(uint64_t *bits, uint32_t i) {
    bits[i / 64] |= (uint64_t)1 << (i % 64);
}

/* A letter or other sign that stands for itself alone. */
static bool is_plain(str set) {
    const char *p = set.ptr;
    return utf8_next(&p) < EXPRESSION_CHARACTERS && p == set.ptr + set.len && *set.ptr != '.';
}

static bool ask(arena *a, str set, uint64_t *bits) {
    char message[128] = "", text[4];
    size_t offset;
    const char *start = set.ptr;
    if (is_plain(set)) {
        put(bits, utf8_next(&start));
        return true;
    }
    regex *r = regex_compile(set, &offset, message, sizeof message);
    if (!r && !message[0]) a->failed = true;
    if (!r) return false;
    for (uint32_t c = 0; c < EXPRESSION_CHARACTERS; c++) {
        if (regex_match(r, (str){text, utf8_put(text, c)})) put(bits, c);
    }
    regex_free(r);
    return true;
}

bool symbols_open(arena *a, symbol_table *t) {
    t->of = arena_alloc(a, EXPRESSION_CHARACTERS);
    t->count = 1;
    return t->of;
}

bool symbols_refine(arena *a, symbol_table *t, str set) {
    symbol_set in = {0}, out = {0};
    unsigned char split[EXPRESSION_SYMBOLS] = {0};
    if (!vec_reserve(a, &t->sets, 1)) return false;
    uint64_t *bits = t->sets.items[t->sets.count].bits;
    memset(bits, 0, sizeof *t->sets.items);
    if (!ask(a, set, bits)) return false;
    for (uint32_t c = 0; c < EXPRESSION_CHARACTERS; c++)
        put(has(bits, c) ? in.bits : out.bits, t->of[c]);
    uint32_t count = t->count;
    for (uint32_t i = 0; i < t->count; i++) {
        if (!has(in.bits, i) || !has(out.bits, i)) continue;
        if (count == EXPRESSION_SYMBOLS) return false;
        split[i] = (unsigned char)count++;
    }
    for (uint32_t c = 0; c < EXPRESSION_CHARACTERS; c++) {
        if (has(bits, c) && split[t->of[c]]) t->of[c] = split[t->of[c]];
    }
    t->count = count;
    t->sets.count++;
    return true;
}

symbol_set *symbols_of_sets(arena *a, const symbol_table *t) {
    symbol_set *sets = arena_array(a, symbol_set, (size_t)t->sets.count + 1);
    for (uint32_t i = 0; sets && i < t->sets.count; i++) {
        for (uint32_t c = 0; c < EXPRESSION_CHARACTERS; c++) {
            if (has(t->sets.items[i].bits, c)) put(sets[i].bits, t->of[c]);
        }
    }
    return sets;
}
