/* Entities. A mention joins, in this order,
 *
 *     the entity with its gazetteer id           Putin, Vladimir Putin, Wladimir Putins
 *     the one whose name it repeats, perhaps inflected
 *     a person named in full of whom it is a part  Easley, Kim
 *     the organization whose acronym it is
 *
 * and else is a new one. Two ids never are one entity. */
#include "norm/entities.h"

#include "base/error.h"
#include "base/hash.h"
#include "match/recall.h"
#include "model/model.h"

enum { MAX_KEYS = 6, MAX_LOOKS = 256 };

/* A mention under one of its keys: a word at an end of its name, or that word without its inflection. */
typedef struct keyed {
    uint32_t mention, next;
} keyed;

typedef struct linker {
    document *d;
    uint32_t person, date;
    uint32_t *best; /* by entity: the mention with the fullest name */
    VEC(keyed) index;
    uint32_t *slots; /* by hash of a key: newest in index, plus one */
    uint32_t *ids;   /* by hash of an id: entity plus one, open addressing */
    uint32_t size;
} linker;

static str id_of(const document *d, const mention *m) {
    return m->kb == NERX_NONE ? STR("") : model_entry_id(d->model, m->kb);
}

static uint32_t words(const mention *m) {
    return m->end - m->start;
}

static bool equal_words(const document *d, const mention *a, const mention *b) {
    if (words(a) != words(b)) return false;
    uint32_t last = words(a) - 1;
    for (uint32_t i = 0; i < last; i++) {
        if (d->tokens.items[a->start + i].fold != d->tokens.items[b->start + i].fold) return false;
    }
    uint32_t x = d->tokens.items[a->start + last].fold, y = d->tokens.items[b->start + last].fold;
    return name_matches(d, x, y) || name_matches(d, y, x);
}

/* Is `part` a word at the beginning or end of the full name? */
static bool is_part(const document *d, const mention *part, const mention *full) {
    if (words(part) != 1 || words(full) < 2) return false;
    uint32_t id = d->tokens.items[part->start].look;
    return name_matches(d, id, d->tokens.items[full->end - 1].look) ||
           name_matches(d, id, d->tokens.items[full->start].look);
}

/* "Dr. Merkel" and "Angela Dorothea Merkel": the same last word, and no other first name. */
static bool same_person(const document *d, const mention *a, const mention *b) {
    return is_part(d, a, b) || is_part(d, b, a);
}

/* The acronym a recall witness hung on the mention. */
static uint32_t recalled(const document *d, const mention *m) {
    const candidate *c = &d->candidates.items[m->candidate];
    for (uint32_t i = c->first_witness; i != NERX_NONE; i = d->witnesses.items[i].next) {
        if (d->witnesses.items[i].kind == WITNESS_RECALL) return d->witnesses.items[i].source;
    }
    return NERX_NONE;
}

static bool may_join(const linker *l, const mention *m, const entity *e) {
    if (e->type != m->type) return false;
    str own = id_of(l->d, m);
    return !own.len || !e->id.len || str_equal(own, e->id);
}

static uint32_t id_slot(const linker *l, str id) {
    uint32_t at = (uint32_t)hash_str(id) & (l->size - 1);
    while (l->ids[at] && !str_equal(l->d->entities.items[l->ids[at] - 1].id, id))
        at = (at + 1) & (l->size - 1);
    return at;
}

static uint32_t find_by_id(const linker *l, const mention *m) {
    str own = id_of(l->d, m);
    return own.len ? l->ids[id_slot(l, own)] - 1 : NERX_NONE;
}

/* The word ids a mention can be found under. */
static uint32_t keys_of(const document *d, const mention *m, uint32_t *keys) {
    uint32_t ends[] = {m->start, m->end - 1}, count = 0;
    for (uint32_t k = 0; k < (words(m) > 1 ? 2U : 1U); k++) {
        uint32_t form = d->tokens.items[ends[k]].fold;
        str key = lexicon_text(&d->lexicon, form);
        keys[count++] = form;
        for (size_t cut = 1; cut <= 2 && key.len > cut + 2; cut++) {
            uint32_t stem = lexicon_find(&d->lexicon, str_slice(key, 0, key.len - cut));
            if (stem != NERX_NONE && name_matches(d, form, stem)) keys[count++] = stem;
        }
    }
    return count;
}

typedef bool comparison(const document *d, const mention *a, const mention *b);

/* The entity of the latest earlier mention that shares a key and compares. */
static uint32_t find_by(const linker *l, const mention *m, comparison *compares) {
    const document *d = l->d;
    uint32_t keys[MAX_KEYS], count = keys_of(d, m, keys), latest = NERX_NONE;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t at = l->slots[(uint32_t)hash_mix(keys[k]) & (l->size - 1)];
        for (uint32_t looks = 0; at && looks < MAX_LOOKS; looks++, at = l->index.items[at - 1].next) {
            uint32_t index = l->index.items[at - 1].mention;
            const mention *other = &d->mentions.items[index];
            if (latest != NERX_NONE && index <= latest) break;
            if (!may_join(l, m, &d->entities.items[other->entity]) || !compares(d, m, other)) continue;
            latest = index;
            break;
        }
    }
    return latest == NERX_NONE ? NERX_NONE : d->mentions.items[latest].entity;
}

static bool put_in_index(linker *l, uint32_t index) {
    uint32_t keys[MAX_KEYS], count = keys_of(l->d, &l->d->mentions.items[index], keys);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t slot = (uint32_t)hash_mix(keys[k]) & (l->size - 1);
        keyed entry_of_key = {index, l->slots[slot]};
        if (!vec_push(l->d->arena, &l->index, entry_of_key)) return false;
        l->slots[slot] = l->index.count;
    }
    return true;
}

/* The helper's entity: the mention of its candidate stands earlier, under the same start. */
static uint32_t find_by_recall(const linker *l, uint32_t index) {
    const document *d = l->d;
    const mention *m = &d->mentions.items[index];
    uint32_t helper = recalled(d, m);
    if (helper == NERX_NONE) return NERX_NONE;
    uint32_t start = d->candidates.items[helper].start, low = 0, high = index;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->mentions.items[middle].start < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low >= index || d->mentions.items[low].candidate != helper) return NERX_NONE;
    uint32_t to = d->mentions.items[low].entity;
    return to != NERX_NONE && may_join(l, m, &d->entities.items[to]) ? to : NERX_NONE;
}

static uint32_t find(const linker *l, uint32_t index) {
    const mention *m = &l->d->mentions.items[index];
    uint32_t found = find_by_id(l, m);
    if (found == NERX_NONE) found = find_by(l, m, equal_words);
    if (found == NERX_NONE) found = find_by_recall(l, index);
    return found == NERX_NONE && m->type == l->person ? find_by(l, m, same_person) : found;
}

static bool add(linker *l, uint32_t index) {
    document *d = l->d;
    const mention *m = &d->mentions.items[index];
    entity e = {.type = m->type, .kb = m->kb, .id = id_of(d, m)};
    l->best[d->entities.count] = index;
    return vec_push(d->arena, &d->entities, e);
}

/* A fuller name: more words, or the same without an inflection behind it. */
static bool fuller(const document *d, const mention *a, const mention *b) {
    if (words(a) != words(b)) return words(a) > words(b);
    return a->end_byte - a->start_byte < b->end_byte - b->start_byte && d->tokens.items[a->start].fold == a->start;
}

static void join(linker *l, uint32_t index, uint32_t to) {
    document *d = l->d;
    mention *m = &d->mentions.items[index];
    entity *e = &d->entities.items[to];
    m->entity = to;
    if (id_of(d, m).len) {
        e->id = id_of(d, m);
        e->kb = e->kb == NERX_NONE ? m->kb : e->kb;
        l->ids[id_slot(l, e->id)] = to + 1;
    }
    if (fuller(d, m, &d->mentions.items[l->best[to]])) l->best[to] = index;
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

/* Without the suffix that its last word wears, where the text or the model knows the word without it. */
static str bare_name(const document *d, const mention *m) {
    uint32_t last = m->end - 1, form = d->tokens.items[last].look;
    str key = lexicon_text(&d->lexicon, form);
    str all = str_slice(d->text, m->start_byte, m->end_byte);
    for (size_t cut = 1; cut <= 2 && key.len > cut + 2; cut++) {
        uint32_t stem = lexicon_find(&d->lexicon, str_slice(key, 0, key.len - cut));
        if (stem == NERX_NONE || !name_matches(d, form, stem) || lexicon_marks(&d->lexicon, form) & MARK_NAMED)
            continue;
        return without_last(all, cut);
    }
    return all;
}

static bool name_entities(linker *l) {
    document *d = l->d;
    for (uint32_t i = 0; i < d->entities.count; i++) {
        entity *e = &d->entities.items[i];
        e->name = e->kb != NERX_NONE ? model_entry_name_in(d->model, e->kb, d->language)
                                     : bare_name(d, &d->mentions.items[l->best[i]]);
    }
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

bool link_entities(document *d, nerx_error *error) {
    linker l = {
        .d = d, .person = model_type_find(d->model, STR("PER")), .date = model_type_find(d->model, STR("DATE"))};
    for (l.size = 64; l.size < d->mentions.count * 4;)
        l.size *= 2;
    l.best = arena_array(d->arena, uint32_t, d->mentions.count + 1);
    l.slots = arena_array(d->arena, uint32_t, l.size);
    l.ids = arena_array(d->arena, uint32_t, l.size);
    if (!l.best || !l.slots || !l.ids) return error_memory(error);
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        if (d->mentions.items[i].type == l.date) continue;
        uint32_t to = find(&l, i);
        if (to == NERX_NONE) {
            if (!add(&l, i)) return error_memory(error);
            to = d->entities.count - 1;
        }
        join(&l, i, to);
        if (!put_in_index(&l, i)) return error_memory(error);
    }
    return (name_entities(&l) && list_mentions(d)) || error_memory(error);
}
