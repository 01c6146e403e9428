/* Offsets of a file, in its unit, turned into bytes. */
#include "eval/offsets.h"

#include <stdlib.h>

bool offsets_open(offsets *o, str text, nerx_offsets unit) {
    *o = (offsets){.count = (uint32_t)text.len};
    if (unit == NERX_BYTES) return true;
    o->starts = malloc((text.len + 1) * sizeof *o->starts);
    if (!o->starts) return false;
    uint32_t units = 0;
    for (uint32_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((c & 0xc0) == 0x80) continue;
        o->starts[units++] = i;
        if (unit == NERX_UTF16 && c >= 0xf0) o->starts[units++] = NERX_NONE;
    }
    o->starts[units] = (uint32_t)text.len;
    o->count = units;
    return true;
}

void offsets_close(offsets *o) {
    free(o->starts);
    *o = (offsets){0};
}

uint32_t offsets_byte(const offsets *o, int64_t offset) {
    if (offset < 0 || offset > o->count) return NERX_NONE;
    return o->starts ? o->starts[offset] : (uint32_t)offset;
}
