/* The model image: laying it out and opening it. */
#include "model/image.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"

static const char magic[8] = "nerximg\n";
enum { BYTE_ORDER_MARK = 0x01020304, ALIGNMENT = 16 };

static size_t aligned(size_t n) {
    return (n + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static const image_section *sections(const image *i) {
    return (const image_section *)(const void *)(i->bytes + sizeof(image_header));
}

const void *image_items(const image *i, section_id section, uint32_t *count) {
    const image_section *s = &sections(i)[section];
    *count = s->item_size ? (uint32_t)(s->length / s->item_size) : 0;
    return *count ? i->bytes + s->offset : NULL;
}

bool image_item_size_is(const image *i, section_id section, size_t size) {
    const image_section *s = &sections(i)[section];
    return s->length == 0 || s->item_size == size;
}

static bool damaged(const char *path, nerx_error *error, const char *what) {
    return error_at(error, NERX_ERROR_IMAGE, path, 0, 0, STR(""), "not a usable model: %s", what);
}

static bool check_sections(const image *i, const char *path, nerx_error *error) {
    const image_section *s = sections(i);
    for (size_t k = 0; k < SECTION_COUNT; k++) {
        if (s[k].length == 0) continue;
        if (s[k].offset % ALIGNMENT || s[k].offset > i->length || s[k].length > i->length - s[k].offset)
            return damaged(path, error, "a section lies outside the file");
        if (s[k].item_size == 0 || s[k].length % s[k].item_size || s[k].length / s[k].item_size > UINT32_MAX / 2)
            return damaged(path, error, "a section has no whole number of items");
    }
    return true;
}

bool image_open(image *i, const void *bytes, size_t length, bool trusted, const char *path, nerx_error *error) {
    const image_header *h = bytes;
    size_t head = sizeof *h + SECTION_COUNT * sizeof(image_section);
    *i = (image){bytes, length};
    if (length < head) return damaged(path, error, "too short");
    if (memcmp(h->magic, magic, sizeof magic) != 0) return damaged(path, error, "it is no model image");
    if (h->byte_order != BYTE_ORDER_MARK) return damaged(path, error, "made for another byte order");
    if (h->version != IMAGE_VERSION || h->section_count != SECTION_COUNT)
        return damaged(path, error, "made by another version of nerx; build it again");
    if (h->length != length || h->spare) return damaged(path, error, "its length is not what it says");
    if (!trusted && hash_bytes(i->bytes + sizeof *h, length - sizeof *h) != h->checksum)
        return damaged(path, error, "its checksum is wrong");
    return check_sections(i, path, error);
}

bool image_write(const image_part parts[SECTION_COUNT], void **bytes, size_t *length, nerx_error *error) {
    size_t total = aligned(sizeof(image_header) + SECTION_COUNT * sizeof(image_section));
    image_section table[SECTION_COUNT] = {0};
    for (size_t k = 0; k < SECTION_COUNT; k++) {
        size_t size = (size_t)parts[k].item_size * parts[k].count;
        table[k] = (image_section){.offset = total, .length = size, .item_size = parts[k].item_size};
        total += aligned(size);
    }
    unsigned char *out = calloc(1, total);
    if (!out) return error_memory(error);
    memcpy(out + sizeof(image_header), table, sizeof table);
    for (size_t k = 0; k < SECTION_COUNT; k++) {
        if (table[k].length) memcpy(out + table[k].offset, parts[k].items, table[k].length);
    }
    image_header *h = (image_header *)(void *)out;
    memcpy(h->magic, magic, sizeof magic);
    h->byte_order = BYTE_ORDER_MARK;
    h->version = IMAGE_VERSION;
    h->length = total;
    h->section_count = SECTION_COUNT;
    h->checksum = hash_bytes(out + sizeof *h, total - sizeof *h);
    *bytes = out;
    *length = total;
    return true;
}
