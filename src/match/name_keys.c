/* Keys of names: hashes that lose their last letters easily, as inflected names do (polynomials over the bytes; Karp,
 * Rabin 1987). What a single word contributes is remembered by kind. */
#include "match/name_classes.h"

#include "text/utf8.h"

#define BASE 0x01000193U
#define INVERSE 0x359c449bU /* BASE * INVERSE is 1 */

static uint32_t append(uint32_t key, str text) {
    for (size_t i = 0; i < text.len; i++)
        key = key * BASE + (unsigned char)text.ptr[i];
    return key;
}

enum { LAST_BYTE = 8, INITIAL = 24 };

static bool look_up_ending(const document *d, str tail) {
    uint32_t id = lexicon_find_known(&d->lexicon, tail);
    return id != NERX_NONE && lexicon_marks(&d->lexicon, id) & MARK_SUFFIX;
}

/* One or two bytes. */
static bool is_ending(const document *d, str tail) {
    if (!d->memory) return look_up_ending(d, tail);
    ending_memory e = {{(uint8_t)tail.ptr[0], tail.len > 1 ? (uint8_t)tail.ptr[1] : 0}, (uint8_t)tail.len, false};
    ending_memory *known = &d->memory->endings[(e.bytes[0] * 33U + e.bytes[1]) % ENDING_MEMORY];
    if (known->length != e.length || known->bytes[0] != e.bytes[0] || known->bytes[1] != e.bytes[1]) {
        e.ends = look_up_ending(d, tail);
        *known = e;
    }
    return known->ends;
}

static name_word work_out(const document *d, const token *t) {
    str text = lexicon_text(&d->lexicon, t->fold), look = lexicon_text(&d->lexicon, t->look);
    name_word w = {append(0, text), TAIL_KNOWN};
    for (size_t cut = 1; cut <= NAME_LONGEST_ENDING && text.len > cut + 2; cut++) {
        w.tail |= (uint32_t)(unsigned char)text.ptr[text.len - cut] << (LAST_BYTE * cut);
        bool ends = is_ending(d, str_slice(text, text.len - cut, text.len));
        if (!ends && look.len > cut && look.ptr[look.len - cut] != text.ptr[text.len - cut])
            ends = is_ending(d, str_slice(look, look.len - cut, look.len));
        if (ends) w.tail |= (uint32_t)TAIL_ENDING << (cut - 1);
    }
    bool single = text.len && (unsigned char)text.ptr[0] < 0x80 && !memchr(text.ptr, '-', text.len);
    if (single) w.tail |= (uint32_t)text.ptr[0] << INITIAL;
    return w;
}

name_word name_word_work_out(const names *n, uint32_t i) {
    const token *t = &n->d->tokens.items[i];
    uint64_t *known = memory_key(n->d, t->kind);
    name_word w = work_out(n->d, t);
    if (known) *known = (uint64_t)w.key << 32 | w.tail;
    return w;
}

uint32_t name_word_stem(name_word w, uint32_t cut) {
    uint32_t stem = w.key;
    for (uint32_t i = 1; i <= cut; i++)
        stem = (stem - (w.tail >> (LAST_BYTE * i) & 0xff)) * INVERSE;
    return stem;
}

/* "easleys" and "easley". */
static uint32_t add_ends(name_word w, uint32_t *keys, uint32_t count) {
    keys[count++] = w.key;
    for (uint32_t cut = 1; cut <= NAME_LONGEST_ENDING; cut++) {
        if (name_word_ends(w, cut)) keys[count++] = name_word_stem(w, cut);
    }
    return count;
}

/* "N.Y.P.D." as "NYPD". */
static uint32_t add_plain_letters(const names *n, const token *t, uint32_t *keys, uint32_t count) {
    if (!(t->shape & SHAPE_DOT) || !(t->shape & SHAPE_ALL_UPPER)) return count;
    str key = lexicon_text(&n->d->lexicon, t->fold);
    uint32_t plain = 0;
    for (size_t i = 0; i < key.len; i++) {
        if (key.ptr[i] != '.') plain = append(plain, str_slice(key, i, i + 1));
    }
    keys[count++] = plain;
    return count;
}

/* The key of what name_initials says; 0 where it is a single letter. */
static uint32_t key_of_initials(const names *n, const mention *m, uint32_t end, bool capitals) {
    uint32_t key = 0;
    size_t length = 0;
    for (uint32_t i = m->start; i < end; i++) {
        uint32_t shape = n->d->tokens.items[i].shape;
        if (!(shape & SHAPE_LETTERS) || (capitals && !(shape & SHAPE_UPPER_FIRST))) continue;
        char initial = (char)(name_word_at(n, i).tail >> INITIAL);
        if (!initial) {
            char initials[NAME_MAX_INITIALS];
            length = name_initials(n, m, capitals, initials);
            return length > 1 ? append(0, (str){initials, length}) : 0;
        }
        key = append(key, (str){&initial, 1});
        length++;
    }
    return length > 1 ? key : 0;
}

static uint32_t add_acronyms(const names *n, const mention *m, uint32_t *keys, uint32_t count) {
    uint32_t end = name_end_without_form(n, m);
    uint32_t all = key_of_initials(n, m, end, false), capitals = key_of_initials(n, m, end, true);
    if (all) keys[count++] = all;
    if (capitals && capitals != all) keys[count++] = capitals;
    return count;
}

uint32_t name_keys(const names *n, const mention *m, bool person, uint32_t *keys) {
    uint32_t last = person ? name_family(n, m) : m->end - 1;
    if (last == m->start) last = m->end - 1;
    uint32_t count = add_ends(name_word_at(n, last), keys, 0);
    if (name_words(m) > 1) count = add_ends(name_word_at(n, m->start), keys, count);
    if (person) return count;
    uint32_t calling = name_calling(n, m);
    if (calling != NERX_NONE) keys[count++] = name_word_at(n, calling).key;
    return add_acronyms(n, m, keys, add_plain_letters(n, &n->d->tokens.items[m->start], keys, count));
}
