/* Inside a match: which tokens its mention and its named parts are. */
#ifndef MATCH_CAPTURES_H
#define MATCH_CAPTURES_H

#include "match/runner.h"

/* A phrase or an earlier mention, with its label. */
typedef struct span_edge {
    uint32_t start, end, label;
} span_edge;

typedef struct capture_request {
    runner *r;
    document *d;
    const sentence *in;
    const uint32_t *labels;
    const span_edge *edges; /* by start */
    uint32_t edge_count;
    uint32_t rule, start, end;
} capture_request;

/* Appends the match to d->matches and its captures to d->captures. False if memory is short. */
bool captures_work_out(const capture_request *request);

#endif
