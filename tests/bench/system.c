/* Time, files, and running programs. */
#define _DEFAULT_SOURCE
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

char *read_head(const char *path, size_t most, size_t *length) {
    FILE *f = fopen(path, "rb");
    char *bytes = malloc(most + 1);
    *length = f && bytes ? fread(bytes, 1, most, f) : 0;
    bool read = f && bytes && !ferror(f);
    if (f) fclose(f);
    if (read) return bytes;
    free(bytes);
    return NULL;
}

bool write_temporary(char *path, size_t room, const char *bytes, size_t length) {
    const char *folder = getenv("TMPDIR");
    int needed = snprintf(path, room, "%s/nerx-bench-XXXXXX", folder && *folder ? folder : P_tmpdir);
    if (needed < 0 || (size_t)needed >= room) return false;
    int fd = mkstemp(path);
    if (fd < 0) return false;
    bool written = write(fd, bytes, length) == (ssize_t)length;
    return close(fd) == 0 && written;
}

static void become(char *const *argv, const char *input) {
    int in = open(input, O_RDONLY), out = open("/dev/null", O_WRONLY);
    if (in < 0 || out < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0) _exit(127);
    setenv("LC_ALL", "C.UTF-8", 1);
    execvp(argv[0], argv);
    _exit(127);
}

static double in_seconds(struct timeval t) {
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double clock_seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double seconds(void) {
    return clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
}

bool run_program(char *const *argv, const char *input, program_run *out) {
    double start = clock_seconds(CLOCK_MONOTONIC);
    pid_t child = fork();
    if (child == 0) become(argv, input);
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) != child) return false;
    out->wall = clock_seconds(CLOCK_MONOTONIC) - start;
    out->core = in_seconds(usage.ru_utime) + in_seconds(usage.ru_stime);
    out->peak = usage.ru_maxrss;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
