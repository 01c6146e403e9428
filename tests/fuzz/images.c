/* A model image that somebody has tampered with, its checksum put right: the input is a list of changes to the small
 * model's image. What opens is used, and has to be harmless. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "fuzz/fuzz.h"
#include "model/image.h"

enum { CHANGE = 8 /* bytes: where (3), which bytes (1: count 1 to 4), what (4) */ };

/* Half of all changes go to the start of a section, where small sections and first items are. */
static size_t place(const unsigned char *bytes, size_t length, const uint8_t *change) {
    size_t at = change[0] | (size_t)change[1] << 8 | (size_t)change[2] << 16;
    size_t head = sizeof(image_header);
    if (!(change[3] & 0x80)) return head + at % (length - head);
    const image_section *s = (const image_section *)(const void *)(bytes + head);
    const image_section *in = &s[change[2] % SECTION_COUNT];
    size_t offset = in->length ? at % 0x10000 % (size_t)in->length : 0;
    return in->offset < length && offset < length - in->offset ? (size_t)in->offset + offset : head;
}

static void put_checksum_right(unsigned char *bytes, size_t length) {
    image_header h;
    memcpy(&h, bytes, sizeof h);
    h.checksum = hash_bytes(bytes + sizeof h, length - sizeof h);
    memcpy(bytes, &h, sizeof h);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static void *small;
    static size_t length;
    if (!small) small = small_image(&length);
    unsigned char *bytes = malloc(length);
    if (!bytes) fuzz_fail("no memory");
    memcpy(bytes, small, length);
    for (size_t i = 0; i + CHANGE <= size; i += CHANGE) {
        size_t at = place(bytes, length, data + i), count = (data[i + 3] & 3) + 1U;
        if (count > length - at) count = length - at;
        memcpy(bytes + at, data + i + 4, count);
    }
    put_checksum_right(bytes, length);
    nerx_model *model = nerx_model_from_memory(bytes, length, NULL);
    if (model) fuzz_use(model, small_text, strlen(small_text));
    nerx_model_close(model);
    free(bytes);
    return 0;
}
