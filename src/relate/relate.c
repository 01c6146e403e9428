/* Relations, in the order of the text. */
#include "relate/relate.h"

#include "base/error.h"
#include "relate/frames.h"
#include "relate/rule_relations.h"

bool relate(document *d, nerx_error *error) {
    return (relate_by_rules(d) && relate_by_frames(d)) || error_memory(error);
}
