/* Strings, arenas, vectors, pools of lists, bits, blocks, errors. */
#include "base/bits.h"
#include "base/block.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/list_pool.h"
#include "base/vec.h"
#include "suite.h"

START_TEST(strings_are_cut_and_compared) {
    str rest = STR("a|bc|");
    ck_assert(str_is(str_cut(&rest, '|'), "a"));
    ck_assert(str_is(str_cut(&rest, '|'), "bc"));
    ck_assert_ptr_nonnull(rest.ptr);
    ck_assert(str_is(str_cut(&rest, '|'), ""));
    ck_assert_ptr_null(rest.ptr);
    ck_assert(str_is(str_trim(STR(" \tx y\r\n")), "x y"));
    ck_assert_int_lt(str_compare(STR("ab"), STR("abc")), 0);
    ck_assert_int_gt(str_compare(STR("b"), STR("abc")), 0);
    ck_assert(str_starts(STR("abc"), STR("ab")) && str_ends(STR("abc"), STR("bc")));
    ck_assert(!str_ends(STR("c"), STR("bc")));
}
END_TEST

START_TEST(arenas_give_zeroed_aligned_memory) {
    arena a = {0};
    for (size_t size = 1; size < 100000; size = size * 3 + 1) {
        unsigned char *p = arena_alloc(&a, size);
        ck_assert_ptr_nonnull(p);
        ck_assert_uint_eq((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++)
            ck_assert_uint_eq(p[i], 0);
        memset(p, 0xff, size);
    }
    arena_reset(&a);
    unsigned char *again = arena_alloc(&a, 64);
    ck_assert_uint_eq(again[0] | again[63], 0);
    ck_assert_ptr_null(arena_alloc(&a, SIZE_MAX));
    ck_assert_ptr_null(arena_alloc_array(&a, SIZE_MAX / 2, 4));
    ck_assert(str_is(arena_format(&a, "%d-%s", 7, "x"), "7-x"));
    arena_free(&a);
}
END_TEST

START_TEST(vectors_keep_what_is_pushed) {
    arena a = {0};
    VEC(uint32_t) v = {0};
    for (uint32_t i = 0; i < 10000; i++)
        ck_assert(vec_push(&a, &v, i * 7));
    for (uint32_t i = 0; i < 10000; i++)
        ck_assert_uint_eq(v.items[i], i * 7);
    arena_free(&a);
}
END_TEST

START_TEST(large_vectors_leave_no_copies) {
    arena a = {0};
    VEC(uint32_t) v = {0}, w = {0};
    bool kept = true;
    for (uint32_t i = 0; i < 2000000; i++)
        kept &= vec_push(&a, &v, i) && vec_push(&a, &w, ~i);
    ck_assert(kept);
    for (uint32_t i = 0; i < 2000000; i++)
        kept &= v.items[i] == i && w.items[i] == ~i;
    ck_assert(kept);
    ck_assert_uint_le(a.total, ((size_t)v.capacity + w.capacity) * 4 + (8 << 20));
    size_t before = a.total;
    arena_drop(&a, v.items);
    ck_assert_uint_eq(before - a.total, (size_t)v.capacity * 4);
    unsigned char *small = arena_alloc(&a, 100);
    arena_drop(&a, small);
    ck_assert_uint_eq(small[99], 0);
    arena_reset(&a);
    ck_assert_uint_le(a.total, 1 << 20);
    arena_free(&a);
}
END_TEST

static uint32_t random_below(uint32_t n) {
    static uint32_t random = 1;
    random = random * 1664525 + 1013904223;
    return (random >> 16) % n;
}

START_TEST(pools_keep_each_list_once) {
    enum { LISTS = 1000, LONGEST = 4, VALUES = 5 };
    static uint32_t kept[LISTS][LONGEST], lengths[LISTS];
    arena a = {0};
    list_pool pool = {0};
    uint32_t count = 0;
    for (int round = 0; round < 20000; round++) {
        uint32_t list[LONGEST] = {0}, length = random_below(LONGEST + 1), naive = 0;
        for (uint32_t i = 0; i < length; i++)
            list[i] = random_below(VALUES);
        while (naive < count && (lengths[naive] != length || memcmp(kept[naive], list, length * sizeof *list) != 0))
            naive++;
        ck_assert_uint_lt(naive, LISTS);
        if (naive == count) {
            memcpy(kept[count], list, sizeof list);
            lengths[count++] = length;
        }
        ck_assert_uint_eq(pool_find(&pool, &a, list, length), naive);
    }
    ck_assert_uint_eq(pool.lists.count, count);
    for (uint32_t i = 0; i < count; i++) {
        numbers list = pool_list(&pool, i);
        ck_assert_uint_eq(list.count, lengths[i]);
        ck_assert(!list.count || memcmp(list.items, kept[i], list.count * sizeof *list.items) == 0);
    }
    arena_free(&a);
}
END_TEST

START_TEST(bits_are_counted) {
    ck_assert_uint_eq(bits_count(0), 0);
    ck_assert_uint_eq(bits_count(UINT64_MAX), 64);
    for (int round = 0; round < 1000; round++) {
        uint64_t set = (uint64_t)random_below(1 << 16) << random_below(49), count = 0;
        for (uint32_t bit = 0; bit < 64; bit++)
            count += set >> bit & 1;
        ck_assert_uint_eq(bits_count(set), count);
    }
}
END_TEST

START_TEST(blocks_compare_each_byte) {
    static const unsigned char edges[] = {0, 1, 'a', 'm', 'z', 0x7f, 0x80, 0xc3, 0xfe, 0xff};
    for (int round = 0; round < 1000; round++) {
        char text[BLOCK], copy[BLOCK];
        unsigned char low = edges[random_below(sizeof edges)], high = edges[random_below(sizeof edges)];
        unsigned equal = 0, between = 0, highest = 0;
        if (low > high) low = high;
        for (unsigned i = 0; i < BLOCK; i++) {
            unsigned char c = edges[random_below(sizeof edges)];
            text[i] = (char)c;
            equal |= (unsigned)(c == high) << i;
            between |= (unsigned)(c >= low && c <= high) << i;
            highest |= (unsigned)(c >> 7) << i;
        }
        block b = block_load(text);
        ck_assert_uint_eq(block_bits(block_equal(b, high)), equal);
        ck_assert_uint_eq(block_bits(block_between(b, low, high)), between);
        ck_assert_uint_eq(block_bits(b), highest);
        block_store(copy, b);
        ck_assert(memcmp(copy, text, BLOCK) == 0);
    }
}
END_TEST

START_TEST(the_first_error_stays) {
    nerx_error error = {0};
    ck_assert(!error_at(&error, NERX_ERROR_SYNTAX, "f", 3, 4, STR("line"), "no %s", "word"));
    ck_assert(!error_set(&error, NERX_ERROR_IO, "later"));
    ck_assert_str_eq(error.message, "no word");
    ck_assert_uint_eq(error.line, 3);
    ck_assert(!error_set(NULL, NERX_ERROR_IO, "nobody asks"));
}
END_TEST

START_TEST(hashes_differ_in_every_byte) {
    char text[40] = "a text of some length to hash, 39 bytes";
    uint64_t before = hash_bytes(text, 39);
    for (size_t i = 0; i < 39; i++) {
        text[i] ^= 1;
        ck_assert_uint_ne(hash_bytes(text, 39), before);
        text[i] ^= 1;
    }
    ck_assert_uint_ne(hash_bytes(text, 38), before);
}
END_TEST

SUITE_MAIN("base", strings_are_cut_and_compared, arenas_give_zeroed_aligned_memory, vectors_keep_what_is_pushed,
           large_vectors_leave_no_copies, pools_keep_each_list_once, bits_are_counted, blocks_compare_each_byte,
           the_first_error_stays, hashes_differ_in_every_byte)
