/* printf into a buffered output, and columns that count code points. */
#ifndef EVAL_PRINT_H
#define EVAL_PRINT_H

#include "write/out.h"

void print(out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Without line ends and tabs, which become blanks. */
void print_line(out *o, str s);

/* Padded with blanks behind it to `width` code points. */
void print_padded(out *o, str s, uint32_t width);
uint32_t print_width(str s); /* code points */

/* With blanks before it. */
void print_right(out *o, str s, uint32_t width);

/* With a comma between thousands, blanks before it up to `width`. */
void print_count(out *o, uint32_t n, int width);

#endif
