/* What a benchmark asks of the system: time, files, and running programs. */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>

/* Of this process on a core: what else runs on the machine does not count. */
double seconds(void);

/* At most `most` bytes of a file, malloc'ed; NULL where it cannot be read. */
char *read_head(const char *path, size_t most, size_t *length);

/* Writes a new file in the folder for such, and its path into `path`, which has `room` bytes. */
bool write_temporary(char *path, size_t room, const char *bytes, size_t length);

/* Runs argv with `input` as its standard input and LC_ALL=C.UTF-8, its output thrown away; false
 * where it does not end well. */
typedef struct program_run {
    double wall, core; /* seconds from start to end, and on a core */
    long peak;         /* its largest memory in kB */
} program_run;

bool run_program(char *const *argv, const char *input, program_run *out);

#endif
