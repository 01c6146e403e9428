/* printf into a buffered output, and columns that count code points. */
#include "eval/print.h"

#include <stdarg.h>
#include <stdio.h>

void print(out *o, const char *format, ...) {
    char text[512];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0) {
        o->failed = true;
        return;
    }
    out_str(o, (str){text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1});
}

void print_line(out *o, str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        out_str(o, c == '\n' || c == '\r' || c == '\t' ? STR(" ") : (str){&s.ptr[i], 1});
    }
}

uint32_t print_width(str s) {
    uint32_t width = 0;
    for (size_t i = 0; i < s.len; i++)
        width += ((unsigned char)s.ptr[i] & 0xc0) != 0x80;
    return width;
}

void print_padded(out *o, str s, uint32_t width) {
    print_line(o, s);
    for (uint32_t used = print_width(s); used < width; used++)
        out_literal(o, " ");
}

void print_right(out *o, str s, uint32_t width) {
    for (uint32_t used = print_width(s); used < width; used++)
        out_literal(o, " ");
    print_line(o, s);
}

void print_count(out *o, uint32_t n, int width) {
    char text[16];
    if (n < 1000) {
        snprintf(text, sizeof text, "%u", n);
    } else if (n < 1000000) {
        snprintf(text, sizeof text, "%u,%03u", n / 1000, n % 1000);
    } else {
        snprintf(text, sizeof text, "%u,%03u,%03u", n / 1000000, n / 1000 % 1000, n % 1000);
    }
    print(o, "%*s", width, text);
}
