/* Filling the caller's nerx_error: the first failure wins, because it knows most. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/str.h"

/* Always false, so that `return error_set(…)` reads well. Keeps an earlier error; `error` may be NULL. */
bool error_set(nerx_error *error, nerx_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same with a place. `line` and `column` from 1; `excerpt` the source line (cut to fit). */
bool error_at(nerx_error *error, nerx_status status, const char *file, uint32_t line, uint32_t column, str excerpt,
              const char *format, ...) __attribute__((format(printf, 7, 8)));

bool error_memory(nerx_error *error); /* "out of memory" */

#endif
