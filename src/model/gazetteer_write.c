/* What the readings of words say of them; then the sections of the image. */
#include <stdlib.h>

#include "model/gazetteer.h"
#include "model/gazetteer_write.h"

static const entry *entry_of(const build *b, reading r) {
    if (r.entry < b->first_line) return model_entry(b->base, r.entry);
    return &b->lines.items[r.entry - b->first_line].entry;
}

static bool class_is(const build *b, const entry *e, const char *name) {
    return str_is(build_class_name(b, e->class), name);
}

static long attribute_number(const build *b, const entry *e, const char *key, long otherwise) {
    str rest = str_of(b->strings.items + e->attributes);
    while (rest.ptr) {
        str value = str_cut(&rest, ';');
        if (str_is(str_cut(&value, '='), key) && value.ptr) return strtol(value.ptr, NULL, 10);
    }
    return otherwise;
}

static bool has_attribute(const build *b, const entry *e, const char *key) {
    str rest = str_of(b->strings.items + e->attributes);
    while (rest.ptr) {
        str value = str_cut(&rest, ';');
        if (str_is(str_cut(&value, '='), key)) return true;
    }
    return false;
}

/* What a word's readings say of it: marks, and the language it tells. */
static void mark_word(build *b, build_word *w) {
    uint32_t ordinary = 0;
    bool numbers = false;
    for (uint32_t i = w->head; i != NERX_NONE; i = b->readings.items[i].next) {
        const entry *e = entry_of(b, b->readings.items[i].reading);
        if (e->flags & ENTRY_ORDINARY) {
            w->marks |= MARK_ORDINARY;
            ordinary |= e->language < 31 ? 1U << e->language : 1U << 31;
        }
        if (e->type) w->marks |= MARK_TYPED;
        if (e->type || class_is(b, e, "given") || class_is(b, e, "surname")) w->marks |= MARK_NAMED;
        if (class_is(b, e, "abbreviation")) w->marks |= MARK_ABBREVIATION;
        if (class_is(b, e, "abbreviation") && has_attribute(b, e, "before")) numbers = true;
        if (class_is(b, e, "month")) w->marks |= MARK_MONTH;
        if (class_is(b, e, "name-suffix")) w->marks |= MARK_SUFFIX;
        if (b->readings.items[i].reading.features & FEATURE_FOLD) w->marks |= MARK_FOLD_READING;
        if (class_is(b, e, "clitic")) {
            bool other = w->marks & MARK_CLITIC && w->language != e->language + 1;
            w->marks |= MARK_CLITIC;
            w->language = other ? 0 : (uint8_t)(e->language + 1);
            w->weight = 1;
        }
        if (class_is(b, e, "language-word")) {
            w->language = (uint8_t)(e->language + 1);
            w->weight = (uint8_t)attribute_number(b, e, "weight", 2);
        }
    }
    if (numbers) w->marks = (w->marks & ~(uint32_t)MARK_ABBREVIATION) | MARK_BEFORE_NUMBER;
    w->languages = ordinary;
}

/* An ordinary word of one language only tells it, weakly. */
static void tell_language(build_word *w) {
    if (w->language || !w->languages || w->languages & (w->languages - 1)) return;
    for (uint8_t i = 0; i < 31; i++) {
        if (w->languages == 1U << i) w->language = (uint8_t)(i + 1);
    }
    w->weight = 1;
}

static bool is_named(const build *b, const entry *e) {
    return e->type || class_is(b, e, "given") || class_is(b, e, "surname");
}

/* A name that is spelt like an ordinary word of any language needs a witness beside it. */
static void find_ambiguity(build *b, build_word *w) {
    if (!(w->marks & MARK_ORDINARY) || !(w->marks & MARK_NAMED)) return;
    for (uint32_t i = w->head; i != NERX_NONE; i = b->readings.items[i].next) {
        reading *r = &b->readings.items[i].reading;
        if (is_named(b, entry_of(b, *r))) r->features |= FEATURE_AMBIGUOUS;
    }
}

/* "Andreas" is a name of its own, not only the genitive of "Andrea": then no reading of the class says genitive. */
static void drop_doubtful_genitives(build *b, build_word *w) {
    for (uint32_t i = w->head; i != NERX_NONE; i = b->readings.items[i].next) {
        reading *r = &b->readings.items[i].reading;
        const entry *e = entry_of(b, *r);
        if (!(r->features & FEATURE_GEN) || e->type || !is_named(b, e)) continue;
        for (uint32_t k = w->head; k != NERX_NONE; k = b->readings.items[k].next) {
            const reading *other = &b->readings.items[k].reading;
            if (!(other->features & FEATURE_GEN) && entry_of(b, *other)->class == e->class)
                r->features &= ~(uint32_t)FEATURE_GEN;
        }
    }
}

bool gazetteers_write(build *b) {
    writer out = {.b = b};
    for (uint32_t i = 0; i < b->words.count; i++)
        mark_word(b, &b->words.items[i]);
    for (uint32_t i = 0; i < b->words.count; i++) {
        tell_language(&b->words.items[i]);
        find_ambiguity(b, &b->words.items[i]);
        drop_doubtful_genitives(b, &b->words.items[i]);
    }
    return words_write(&out) && sections_write(&out);
}
