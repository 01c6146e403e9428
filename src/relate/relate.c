/* Relations, in the order of the text. */
#include "relate/relate.h"

#include "base/error.h"
#include "relate/frames.h"
#include "relate/rule_relations.h"

bool relate(document *d, word_reader *reader, nerx_error *error) {
    d->relation_heads = arena_array(d->arena, uint32_t, (size_t)d->sentences.count + 1);
    if (!d->relation_heads) return error_memory(error);
    memset(d->relation_heads, 0xff, d->sentences.count * sizeof *d->relation_heads);
    return (relate_by_rules(d) && relate_by_frames(d, reader)) || error_memory(error);
}
