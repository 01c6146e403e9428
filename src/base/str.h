/* Borrowed text: a pointer and a length, not NUL-terminated. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "nerx.h"

typedef nerx_str str;

#define STR(literal) ((str){(literal), sizeof(literal) - 1})

static inline str str_of(const char *z) {
    return (str){z, z ? strlen(z) : 0};
}

static inline bool str_equal(str a, str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool str_is(str a, const char *z) {
    return str_equal(a, str_of(z));
}

static inline bool str_starts(str a, str prefix) {
    return a.len >= prefix.len && memcmp(a.ptr, prefix.ptr, prefix.len) == 0;
}

static inline bool str_ends(str a, str suffix) {
    return a.len >= suffix.len && memcmp(a.ptr + a.len - suffix.len, suffix.ptr, suffix.len) == 0;
}

static inline str str_slice(str a, size_t start, size_t end) {
    return (str){a.ptr + start, end - start};
}

/* Byte order; a total order. */
static inline int str_compare(str a, str b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order) return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

/* Cuts what stands before the first `separator` off *rest and returns it; all of it where there is none. *rest.ptr is
 * NULL when nothing is left to cut. */
static inline str str_cut(str *rest, char separator) {
    const char *at = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (!at) {
        str all = *rest;
        *rest = (str){NULL, 0};
        return all;
    }
    str head = {rest->ptr, (size_t)(at - rest->ptr)};
    *rest = (str){at + 1, rest->len - head.len - 1};
    return head;
}

/* Without blanks, tabs and line ends at both ends. */
static inline str str_trim(str a) {
    while (a.len && strchr(" \t\r\n", a.ptr[0]) && a.ptr[0])
        a.ptr++, a.len--;
    while (a.len && strchr(" \t\r\n", a.ptr[a.len - 1]) && a.ptr[a.len - 1])
        a.len--;
    return a;
}

#endif
