/* Laying out the words of a layer: which are left out, their order, and what each says (text/vocab.h draws it). */
#include <stdlib.h>

#include "base/hash.h"
#include "model/gazetteer_write.h"

enum { FEWEST_BUCKETS = 1, WORDS_IN_BUCKET = 8, WORDS_IN_FILTER = 16, MOST_TRAITS = 1 << 16 };

typedef struct placed {
    uint64_t hash;
    uint32_t fold, index; /* words of the build */
    bool cased;
    str key;
} placed;

typedef struct planner {
    writer *out;
    build *b;
    uint32_t count;     /* words of the build */
    uint32_t *variants; /* by word: of a fold, its most usual spelling, or NERX_NONE */
    bool *used, *folded_to, *left_out;
    placed *order;
    uint32_t kept;
    VEC(traits) traits;
    uint32_t *trait_slots;
    VEC(far_variant) far;
    VEC(char) text;
} planner;

static uint32_t local(const build *b, uint32_t id) {
    return id - b->first_word; /* not below the count of words: of another layer, or NERX_NONE */
}

static uint32_t count_readings(const build *b, uint32_t head) {
    uint32_t count = 0;
    for (uint32_t i = head; i != NERX_NONE; i = b->readings.items[i].next)
        count++;
    return count < UINT16_MAX ? count : UINT16_MAX;
}

/* The cased spelling with the most readings stands for words in lines of capitals. */
static bool find_variants(planner *p) {
    const build *b = p->b;
    uint32_t *counts = arena_array(b->arena, uint32_t, (size_t)p->count + 1);
    if (!counts) return false;
    for (uint32_t i = 0; i < p->count; i++) {
        p->variants[i] = NERX_NONE;
        counts[i] = count_readings(b, b->words.items[i].head);
    }
    for (uint32_t i = 0; i < p->count; i++) {
        uint32_t fold = local(b, b->words.items[i].fold);
        if (fold >= p->count || fold == i) continue;
        p->folded_to[fold] = true;
        if (!counts[i] || b->words.items[i].shape & SHAPE_ALL_UPPER) continue;
        if (p->variants[fold] == NERX_NONE || counts[i] > counts[p->variants[fold]]) p->variants[fold] = i;
    }
    return true;
}

static void use(void *user, uint32_t *id) {
    planner *p = user;
    if (local(p->b, *id) < p->count) p->used[local(p->b, *id)] = true;
}

/* Rules, frames, phrases and lemmas name words by their ids. */
static void find_used(planner *p) {
    const build *b = p->b;
    references_visit(b, use, p);
    for (uint32_t i = 0; i < b->lines.count; i++)
        use(p, &b->lines.items[i].lemma);
    for (uint32_t i = PHRASE_ROOTS; i < b->nodes.count; i++)
        use(p, &b->nodes.items[i].word);
}

/* The same bytes but for the case bit: they lie in one bucket, and one can be found by the other. */
static bool alike(str a, str b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if ((a.ptr[i] ^ b.ptr[i]) & 0xdf) return false;
    }
    return true;
}

/* A word of which nothing is said but that others fold to it. */
static bool says_nothing(const planner *p, uint32_t i) {
    const build_word *w = &p->b->words.items[i];
    if (!p->folded_to[i] || p->used[i] || w->head != NERX_NONE || w->marks || w->language) return false;
    return p->variants[i] == NERX_NONE || alike(p->b->words.items[p->variants[i]].key, w->key);
}

/* By hash, a fold before its spellings, which follow as they were read. */
static int by_place(const void *a, const void *b) {
    const placed *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    if (x->fold != y->fold) return x->fold < y->fold ? -1 : 1;
    if (x->cased != y->cased) return x->cased ? 1 : -1;
    return x->index < y->index ? -1 : 1;
}

static void put_in_order(planner *p) {
    build *b = p->b;
    for (uint32_t i = 0; i < p->count; i++) {
        const build_word *w = &b->words.items[i];
        p->left_out[i] = says_nothing(p, i);
        if (p->left_out[i]) continue;
        p->order[p->kept++] = (placed){vocab_hash(w->key), w->fold, i, local(b, w->fold) != i, w->key};
    }
    if (p->kept) qsort(p->order, p->kept, sizeof *p->order, by_place);
    memset(b->numbers, 0xff, p->count * sizeof *b->numbers);
    for (uint32_t i = 0; i < p->kept; i++)
        b->numbers[p->order[i].index] = i;
}

static uint8_t fold_back(const planner *p, const placed *at, uint32_t number) {
    uint32_t fold = local(p->b, at->fold);
    if (fold >= p->count || p->left_out[fold]) return FOLD_ELSEWHERE;
    uint32_t back = number - p->b->numbers[fold];
    return back < FOLD_ELSEWHERE ? (uint8_t)back : FOLD_ELSEWHERE;
}

static bool find_variant(planner *p, const placed *at, uint32_t number, uint8_t *out) {
    uint32_t fold = local(p->b, at->fold);
    *out = 0;
    if (fold < p->count && p->left_out[fold]) {
        if (p->variants[fold] == at->index) *out = VARIANT_ITSELF;
        return true;
    }
    if (p->variants[at->index] == NERX_NONE) return true;
    uint32_t variant = p->b->numbers[p->variants[at->index]], ahead = variant - number;
    *out = ahead < VARIANT_ELSEWHERE ? (uint8_t)ahead : VARIANT_ELSEWHERE;
    far_variant far = {p->b->first_word + number, p->b->first_word + variant};
    return *out != VARIANT_ELSEWHERE || vec_push(p->b->arena, &p->far, far);
}

static bool number_of_traits(planner *p, const traits *t, uint16_t *number) {
    uint32_t mask = 2 * MOST_TRAITS - 1, at = (uint32_t)hash_bytes(t, sizeof *t) & mask;
    for (; p->trait_slots[at]; at = (at + 1) & mask) {
        *number = (uint16_t)(p->trait_slots[at] - 1);
        if (memcmp(&p->traits.items[*number], t, sizeof *t) == 0) return true;
    }
    if (p->traits.count == MOST_TRAITS) {
        p->b->limit = "the words of the lists are of more kinds than an image can hold";
        return true;
    }
    if (!vec_push(p->b->arena, &p->traits, *t)) return false;
    p->trait_slots[at] = p->traits.count;
    *number = (uint16_t)(p->traits.count - 1);
    return true;
}

static bool write_word(planner *p, uint32_t number) {
    const placed *at = &p->order[number];
    const build_word *from = &p->b->words.items[at->index];
    word *to = &p->out->words[number];
    traits t = {.shape = from->shape,
                .marks = (uint16_t)from->marks,
                .language = from->language,
                .weight = from->weight,
                .fold = fold_back(p, at, number)};
    uint32_t count;
    to->length = (uint8_t)from->key.len;
    to->check = (uint8_t)(at->hash ^ (from->key.len ? (unsigned char)from->key.ptr[0] : 0U));
    if (!write_readings(p->out, from->head, &to->readings, &count)) return false;
    t.reading_count = (uint16_t)count;
    return find_variant(p, at, number, &t.variant) && number_of_traits(p, &t, &to->traits);
}

static int by_text(const void *a, const void *b) {
    return str_compare((*(placed *const *)a)->key, (*(placed *const *)b)->key);
}

/* "Ulm" is written as the beginning of "Ulms". */
static bool write_text(planner *p) {
    arena *a = p->b->arena;
    placed **sorted = arena_array(a, placed *, (size_t)p->kept + 1);
    if (!sorted) return false;
    for (uint32_t i = 0; i < p->kept; i++)
        sorted[i] = &p->order[i];
    if (p->kept) qsort(sorted, p->kept, sizeof *sorted, by_text);
    for (uint32_t i = p->kept; i-- > 0;) {
        str key = sorted[i]->key;
        word *to = &p->out->words[sorted[i] - p->order];
        if (i + 1 < p->kept && str_starts(sorted[i + 1]->key, key)) {
            to->text = p->out->words[sorted[i + 1] - p->order].text;
            continue;
        }
        to->text = p->text.count;
        if (!vec_reserve(a, &p->text, key.len)) return false;
        if (key.len) memcpy(p->text.items + p->text.count, key.ptr, key.len);
        p->text.count += (uint32_t)key.len;
    }
    return true;
}

static bool write_buckets(planner *p) {
    uint32_t count = p->kept / WORDS_IN_BUCKET + FEWEST_BUCKETS, next = 0;
    uint32_t *starts = arena_array(p->b->arena, uint32_t, (size_t)count + 1);
    if (!starts) return false;
    for (uint32_t i = 0; i < count; i++) {
        starts[i] = next;
        while (next < p->kept && vocab_bucket(p->order[next].hash, count) == i)
            next++;
    }
    starts[count] = next;
    write_part(p->b, SECTION_WORD_BUCKETS, starts, sizeof *starts, count + 1);
    return true;
}

static bool write_filter(planner *p) {
    uint32_t count = p->kept / WORDS_IN_FILTER + 1;
    uint64_t *filter = arena_array(p->b->arena, uint64_t, count);
    if (!filter) return false;
    for (uint32_t i = 0; i < p->kept; i++)
        filter[vocab_filter_at(p->order[i].hash, count)] |= vocab_filter_bits(p->order[i].hash);
    write_part(p->b, SECTION_WORD_FILTER, filter, sizeof *filter, count);
    return true;
}

bool words_write(writer *out) {
    build *b = out->b;
    planner p = {.out = out, .b = b, .count = b->words.count};
    size_t room = (size_t)p.count + 1;
    p.variants = arena_array(b->arena, uint32_t, room);
    p.used = arena_array(b->arena, bool, room);
    p.folded_to = arena_array(b->arena, bool, room);
    p.left_out = arena_array(b->arena, bool, room);
    p.order = arena_array(b->arena, placed, room);
    p.trait_slots = arena_array(b->arena, uint32_t, 2 * MOST_TRAITS);
    b->numbers = arena_array(b->arena, uint32_t, room);
    out->words = arena_array(b->arena, word, room);
    if (b->arena->failed || !find_variants(&p)) return false;
    find_used(&p);
    put_in_order(&p);
    for (uint32_t i = 0; i < p.kept; i++) {
        if (!write_word(&p, i)) return false;
    }
    if (!write_text(&p) || !write_buckets(&p) || !write_filter(&p)) return false;
    write_part(b, SECTION_WORDS, out->words, sizeof(word), p.kept);
    write_part(b, SECTION_WORD_TRAITS, p.traits.items, sizeof(traits), p.traits.count);
    write_part(b, SECTION_WORD_TEXT, p.text.items, 1, p.text.count);
    write_part(b, SECTION_WORD_FAR, p.far.items, sizeof(far_variant), p.far.count);
    return true;
}
