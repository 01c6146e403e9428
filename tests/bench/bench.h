/* What a benchmark asks of the system: time, files, and running programs. */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>

double seconds(void);

/* At most `most` bytes of a file, malloc'ed; NULL where it cannot be read. */
char *read_head(const char *path, size_t most, size_t *length);

/* Fills the Xs at the end of `path` and writes the file. */
bool write_temporary(char *path, const char *bytes, size_t length);

/* Runs argv with `input` as its standard input and LC_ALL=C.UTF-8, its output thrown away. The seconds it took, or -1;
 * *peak (may be NULL): its largest memory in kB. */
double run_program(char *const *argv, const char *input, long *peak);

#endif
