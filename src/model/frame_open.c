/* Frames of an opened image: checking and finding them. */
#include "base/error.h"
#include "model/frame.h"

static bool sizes_fit(const image *i) {
    return image_item_size_is(i, SECTION_FRAMES, sizeof(frame)) &&
           image_item_size_is(i, SECTION_TRIGGERS, sizeof(trigger)) &&
           image_item_size_is(i, SECTION_FRAME_ROLES, sizeof(frame_role)) &&
           image_item_size_is(i, SECTION_REALIZATIONS, sizeof(frame_place)) &&
           image_item_size_is(i, SECTION_FRAME_STRINGS, 1);
}

static bool inside(uint32_t first, uint32_t count, uint32_t size) {
    return first <= size && count <= size - first;
}

static bool fits(const frame_layer *l, uint32_t word_count) {
    if (l->frame_count && (!l->string_count || l->strings[l->string_count - 1] != '\0')) return false;
    for (uint32_t i = 0; i < l->frame_count; i++) {
        const frame *f = &l->frames[i];
        if (f->name >= l->string_count || !inside(f->first_role, f->role_count, l->role_count)) return false;
    }
    for (uint32_t i = 0; i < l->trigger_count; i++) {
        if (l->triggers[i].frame >= l->frame_count || l->triggers[i].lemma >= word_count) return false;
        if (i && l->triggers[i - 1].lemma > l->triggers[i].lemma) return false;
    }
    for (uint32_t i = 0; i < l->role_count; i++) {
        const frame_role *r = &l->roles[i];
        if (r->name >= l->string_count || (r->kinds != NERX_NONE && r->kinds >= l->string_count)) return false;
        if (!inside(r->first_place, r->place_count, l->place_count)) return false;
    }
    for (uint32_t i = 0; i < l->place_count; i++) {
        if (l->places[i].kind >= PLACE_KINDS || l->places[i].tail >= l->string_count) return false;
    }
    return true;
}

bool frames_open(frame_layer *out, const image *i, const model *m, bool trusted, const char *path, nerx_error *error) {
    const vocab *words = &model_vocab(m)[model_layer_count(m) - 1];
    *out = (frame_layer){0};
    if (sizes_fit(i)) {
        out->frames = image_items(i, SECTION_FRAMES, &out->frame_count);
        out->triggers = image_items(i, SECTION_TRIGGERS, &out->trigger_count);
        out->roles = image_items(i, SECTION_FRAME_ROLES, &out->role_count);
        out->places = image_items(i, SECTION_REALIZATIONS, &out->place_count);
        out->strings = image_items(i, SECTION_FRAME_STRINGS, &out->string_count);
        if (trusted || fits(out, words->first + words->count)) return true;
    }
    return error_at(error, NERX_ERROR_IMAGE, path, 0, 0, STR(""), "not a usable model: its frames are damaged");
}

const trigger *frame_triggers(const frame_layer *l, uint32_t lemma, uint32_t *count) {
    uint32_t low = 0, high = l->trigger_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (l->triggers[middle].lemma < lemma) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *count = 0;
    while (low + *count < l->trigger_count && l->triggers[low + *count].lemma == lemma)
        ++*count;
    return *count ? &l->triggers[low] : NULL;
}
