/* What an entity is called: the name that the lists prefer in the document's language or, where the document gives it a
 * fuller one of theirs or they have none, that one without its genitive ending. */
#include "norm/naming.h"

#include "model/stage_memory.h"

static const token *token_at(const names *n, uint32_t i) {
    return &n->d->tokens.items[i];
}

/* Without its last `count` characters. A key's letters are not the text's bytes: "Grass’" has the key "Grass'". */
static str without_last(str s, size_t count) {
    for (; count; count--) {
        while (s.len && ((unsigned char)s.ptr[s.len - 1] & 0xc0) == 0x80)
            s.len--;
        if (s.len) s.len--;
    }
    return s;
}

static bool is_suffix(const names *n, str tail, uint8_t language) {
    uint32_t id = lexicon_find_known(&n->d->lexicon, tail);
    if (id == NERX_NONE || !(lexicon_marks(&n->d->lexicon, id) & MARK_SUFFIX)) return false;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(n->d->model, &n->d->lexicon, id, id, language, readings, MODEL_MAX_READINGS);
    for (uint32_t k = 0; k < count; k++) {
        if (model_entry(n->d->model, readings[k].entry)->class == n->classes[NAME_ENDING]) return true;
    }
    return false;
}

/* "des Ifo-Instituts", "Zwicklers Anwalt": a genitive by what stands around it. */
static bool in_genitive(const names *n, const mention *m) {
    const sentence *in = &n->d->sentences.items[m->sentence];
    uint32_t features = 0;
    if (m->start > in->first && name_in_class(n, m->start - 1, in->language, NAME_ARTICLE, &features, NULL) &&
        features & FEATURE_GEN)
        return true;
    return m->end < in->end && token_at(n, m->end)->shape & SHAPE_UPPER_FIRST &&
           name_in_class(n, m->end, in->language, NAME_NOUN, NULL, NULL);
}

/* "Hans", "Paris", "Peters": a name as it stands, and not only the genitive of one. */
static bool is_name(const names *n, uint32_t i) {
    if (!(lexicon_marks(&n->d->lexicon, token_at(n, i)->look) & MARK_NAMED)) return false;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(n->d->model, &n->d->lexicon, token_at(n, i)->look, token_at(n, i)->fold,
                                    LANGUAGE_NONE, readings, MODEL_MAX_READINGS);
    for (uint32_t k = 0; k < count; k++) {
        const entry *e = model_entry(n->d->model, readings[k].entry);
        bool names_something = e->type || e->class == n->classes[NAME_GIVEN] || e->class == n->classes[NAME_SURNAME];
        if (names_something && !(readings[k].features & FEATURE_GEN)) return true;
    }
    return false;
}

enum { MAX_SUFFIX = 2, MIN_STEM = 3 };

/* How a word ends; remembered by kind. */
enum {
    ENDS_WHOLE = 1 << 0,  /* it is a name as it stands */
    ENDS_IN_ONE = 1 << 1, /* its last letter is a suffix */
    ENDS_IN_TWO = 1 << 2, /* its last two are */
    ENDS_WORKED_OUT = 1 << 3
};

static uint32_t work_out_ends(const names *n, uint32_t i, uint8_t language) {
    str key = lexicon_text(&n->d->lexicon, token_at(n, i)->look);
    uint32_t bits = ENDS_WORKED_OUT | (is_name(n, i) ? ENDS_WHOLE : 0);
    for (size_t cut = 1; cut <= MAX_SUFFIX && key.len >= cut + MIN_STEM; cut++) {
        if (is_suffix(n, str_slice(key, key.len - cut, key.len), language)) bits |= (uint32_t)ENDS_IN_ONE << (cut - 1);
    }
    return bits;
}

static uint32_t ends_at(const names *n, uint32_t i, uint8_t language) {
    uint32_t *known = memory_bits(n->d, COLUMN_ENDS, token_at(n, i)->kind, language);
    if (!known) return work_out_ends(n, i, language);
    if (!*known) *known = work_out_ends(n, i, language);
    return *known;
}

/* "Anwalt Geert-Jan Dreyfens sagte": behind what one is stands the name as it is. */
static bool is_called_before(const names *n, const mention *m) {
    const sentence *in = &n->d->sentences.items[m->sentence];
    if (m->end - m->start < 2 || m->start == in->first) return false;
    return name_in_classes(n, m->start - 1, in->language, NAME_TITLE, NAME_KIN);
}

static str bare(const names *n, const mention *m) {
    str all = str_slice(n->d->text, m->start_byte, m->end_byte);
    uint32_t ends = ends_at(n, m->end - 1, n->d->sentences.items[m->sentence].language);
    if (ends == ENDS_WORKED_OUT || ends & ENDS_WHOLE || (is_called_before(n, m) && !in_genitive(n, m))) return all;
    str key = lexicon_text(&n->d->lexicon, token_at(n, m->end - 1)->look);
    for (size_t cut = 1; cut <= MAX_SUFFIX; cut++) {
        if (!(ends & (uint32_t)ENDS_IN_ONE << (cut - 1))) continue;
        uint32_t stem = lexicon_find(&n->d->lexicon, str_slice(key, 0, key.len - cut));
        if (stem != NERX_NONE || in_genitive(n, m)) return without_last(all, cut);
    }
    return all;
}

/* A phrase of the entry as the list has it: not "Deutschen Bank", and "Deutsche Fußball-Bund" neither. */
static bool is_listed(const names *n, const mention *m) {
    const document *d = n->d;
    for (uint32_t k = document_first_edge(d, m->start); k < d->edges.count && d->edges.items[k].start == m->start;
         k++) {
        const edge *e = &d->edges.items[k];
        reading_list all = e->end == m->end ? model_phrase_readings(d->model, e->layer, e->phrase) : (reading_list){0};
        for (uint32_t i = 0; i < all.count; i++) {
            reading r = model_reading(&all, i);
            if (r.entry == m->kb && !(r.features & (FEATURE_NOM | FEATURE_GEN | FEATURE_DAT | FEATURE_ACC)))
                return true;
        }
    }
    return false;
}

/* "Weiße Haus" is a form of "Weißes Haus": as many words, and the same last one. */
static bool is_form_of(const names *n, const mention *m, str name) {
    size_t last = 0, words = 1;
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] != ' ') continue;
        last = i + 1;
        words++;
    }
    const token *t = token_at(n, m->end - 1);
    return words == name_words(m) && str_equal(str_slice(name, last, name.len), document_slice(n->d, t->start, t->end));
}

/* Is it one word, in the document's language, and what its entry is called first of all? */
static bool is_own_name(const names *n, const mention *m, uint32_t kb) {
    const document *d = n->d;
    if (name_words(m) != 1 || d->sentences.items[m->sentence].language != d->language) return false;
    str name = memory_entry_name(d, kb), text = document_slice(d, m->start_byte, m->end_byte);
    for (size_t i = 0; i < name.len && name.len == text.len; i++) {
        char x = name.ptr[i], y = text.ptr[i], low = (char)(x | 0x20);
        if (x != y && ((y | 0x20) != low || low < 'a' || low > 'z')) return false;
    }
    return name.len == text.len;
}

static str entity_name(const names *n, const mention *fullest, uint32_t kb) {
    const document *d = n->d;
    if (kb == NERX_NONE) return bare(n, fullest);
    bool own = name_words(fullest) > 1 && d->sentences.items[fullest->sentence].language == d->language &&
               !(token_at(n, fullest->start)->place & TOKEN_CAPS_LINE);
    if (own && fullest->kb == NERX_NONE) return bare(n, fullest);
    str preferred = memory_entry_name_in(d, kb, d->language);
    if (is_own_name(n, fullest, kb)) return memory_entry_name(d, kb); /* "Nato": no "Nordatlantische Allianz" */
    if (!own || is_form_of(n, fullest, preferred) || !is_listed(n, fullest)) return preferred;
    return str_slice(d->text, fullest->start_byte, fullest->end_byte);
}

/* Names them, and puts them in the order of their first mentions. */
static bool put_in_order(document *d, const names *n, const uint32_t *best) {
    uint32_t *place = arena_array(d->arena, uint32_t, d->entities.count + 1), count = 0;
    entity *sorted = arena_space(d->arena, entity, d->entities.count + 1);
    if (!place || !sorted) return false;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        uint32_t old = d->mentions.items[i].entity;
        if (old == NERX_NONE) continue;
        if (!place[old]) {
            entity *e = &d->entities.items[old];
            e->name = entity_name(n, &d->mentions.items[best[old]], e->kb);
            sorted[count] = *e;
            place[old] = ++count;
        }
        d->mentions.items[i].entity = place[old] - 1;
    }
    d->entities.items = sorted;
    d->entities.count = d->entities.capacity = count;
    return true;
}

/* Counting sort of the mentions by entity. */
static bool list_mentions(document *d) {
    if (!vec_reserve(d->arena, &d->entity_mentions, d->mentions.count)) return false;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        if (d->mentions.items[i].entity != NERX_NONE) d->entities.items[d->mentions.items[i].entity].mention_count++;
    }
    for (uint32_t e = 0, next = 0; e < d->entities.count; e++) {
        d->entities.items[e].first_mention = next;
        next += d->entities.items[e].mention_count;
        d->entities.items[e].mention_count = 0;
        d->entity_mentions.count = next;
    }
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        if (d->mentions.items[i].entity == NERX_NONE) continue;
        entity *e = &d->entities.items[d->mentions.items[i].entity];
        d->entity_mentions.items[e->first_mention + e->mention_count++] = i;
    }
    return true;
}

bool name_entities(document *d, const names *n, const uint32_t *best) {
    return put_in_order(d, n, best) && list_mentions(d);
}
