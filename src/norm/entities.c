/* Entities. Full names come first, in the order of the text, then what may stand for them: single words and acronyms.
 * A mention joins, in this order,
 *
 *     the entity with its gazetteer id              Putin, Vladimir Putin, Wladimir Putins
 *     the one beside it, in brackets                Technisches Hilfswerk (THW)
 *     the one whose name it repeats or varies       Angela Dorothea Merkel; Europäischen Zentralbank
 *     the person nearest before it of whose name it is a part     Easley, Kim
 *     the organization or place whose name it shortens            Nordlicht, ACLU
 *
 * and else is a new one. Two ids never are one entity. */
#include "norm/entities.h"

#include "base/error.h"
#include "base/hash.h"
#include "norm/mention_names.h"
#include "norm/naming.h"

enum { MAX_LOOKS = 64, GENDER_OPEN = 0, GENDER_ASKED = 1 };

/* A name under one of its keys: a word at an end of it, that word without its inflection, its initials. */
typedef struct keyed {
    uint32_t key, mention, next; /* the first mention of its entity with this name */
} keyed;

/* What linking keeps of an entity. */
typedef struct linked {
    uint32_t gender; /* GENDER_…, and the features */
    uint32_t first;  /* its first full mention */
    uint32_t latest; /* the last mention so far, plus one */
    uint32_t single; /* how many of one word */
    str country;     /* of an organization, as the text says */
} linked;

typedef struct linker {
    document *d;
    names names;
    known_types types;
    linked *linked; /* by entity */
    uint32_t *best; /* by entity: the mention with the fullest name */
    VEC(keyed) index;
    uint32_t *slots; /* by hash of a key: newest in index, plus one */
    uint32_t *ids;   /* by hash of an id: entity plus one, open addressing */
    uint32_t *exact; /* by hash of type and words: last mention with them plus one, open addressing */
    uint32_t size;
    name_memory own; /* of the mention at hand, where it is not remembered */
} linker;

/* A mention that looks for its entity. */
typedef struct seeker {
    const mention *m;
    uint32_t index;
    const name_memory *name;
    str country;
} seeker;

/* Compares a name with one of an entity's: 0 is no, more is better. */
typedef uint32_t comparison(linker *l, const seeker *s, const mention *other, uint32_t entity_index);

static const mention *fullest(const linker *l, uint32_t entity_index) {
    return &l->d->mentions.items[l->best[entity_index]];
}

static bool differ(str a, str b) {
    return a.len && b.len && !str_equal(a, b);
}

/* Another country than the entry's, if both are known. */
static bool is_elsewhere(const document *d, uint32_t kb, str country) {
    return kb != NERX_NONE && country.len && differ(country, memory_entry_country(d, kb));
}

static seeker seeker_of(linker *l, uint32_t index) {
    const document *d = l->d;
    const mention *m = &d->mentions.items[index];
    seeker s = {.m = m, .index = index, .country = STR("")};
    if (m->type == l->types.organization) s.country = name_country(&l->names, m);
    bool elsewhere = is_elsewhere(d, m->kb, s.country); /* "das russische Verteidigungsministerium" */
    s.name = mention_name(&l->names, m, elsewhere ? NERX_NONE : m->kb, m->type == l->types.person, &l->own);
    return s;
}

static bool same_country(const linker *l, const seeker *s, uint32_t to) {
    return !differ(s->country, l->linked[to].country) && !is_elsewhere(l->d, l->d->entities.items[to].kb, s->country);
}

static bool may_join(const linker *l, const seeker *s, uint32_t to) {
    const entity *e = &l->d->entities.items[to];
    return e->type == s->m->type && !differ(s->name->id, e->id) && same_country(l, s, to);
}

static uint32_t id_slot(const linker *l, str id) {
    uint32_t at = (uint32_t)hash_str(id) & (l->size - 1);
    while (l->ids[at] && !str_equal(l->d->entities.items[l->ids[at] - 1].id, id))
        at = (at + 1) & (l->size - 1);
    return at;
}

static uint32_t find_by_id(const linker *l, const seeker *s, str id) {
    uint32_t found = id.len ? l->ids[id_slot(l, id)] - 1 : NERX_NONE;
    bool fits = found != NERX_NONE && l->d->entities.items[found].type == s->m->type && same_country(l, s, found);
    return fits ? found : NERX_NONE;
}

static bool exactly(const document *d, const mention *a, const mention *b) {
    if (a->type != b->type || name_words(a) != name_words(b)) return false;
    for (uint32_t i = 0; i < name_words(a); i++) {
        if (d->tokens.items[a->start + i].look != d->tokens.items[b->start + i].look) return false;
    }
    return true;
}

static uint32_t exact_slot(const linker *l, const seeker *s) {
    uint32_t at = s->name->look_hash & (l->size - 1);
    while (l->exact[at] && !exactly(l->d, s->m, &l->d->mentions.items[l->exact[at] - 1]))
        at = (at + 1) & (l->size - 1);
    return at;
}

static uint32_t key_slot(const linker *l, uint32_t key) {
    return (key ^ key >> 15) * 0x9e3779b1U >> 7 & (l->size - 1);
}

static bool put_in_index(linker *l, const seeker *s) {
    for (uint32_t k = 0; k < s->name->key_count; k++) {
        uint32_t slot = key_slot(l, s->name->keys[k]);
        keyed entry_of_key = {s->name->keys[k], s->index, l->slots[slot]};
        if (!vec_push(l->d->arena, &l->index, entry_of_key)) return false;
        l->slots[slot] = l->index.count;
    }
    return true;
}

/* Has a name before perhaps one of its keys? */
static bool may_share_key(const linker *l, const seeker *s) {
    uint32_t newest = 0;
    for (uint32_t k = 0; k < s->name->key_count; k++)
        newest |= l->slots[key_slot(l, s->name->keys[k])];
    return newest;
}

/* What came before is nearer than what comes behind. */
static bool nearer(const linker *l, uint32_t a, uint32_t b) {
    const linked *x = &l->linked[a], *y = &l->linked[b];
    return x->latest != y->latest ? x->latest > y->latest : x->first < y->first;
}

/* The entity that shares a key and compares best; among equals, the nearest. */
static uint32_t find_by(linker *l, const seeker *s, comparison *compare) {
    const document *d = l->d;
    uint32_t found = NERX_NONE, most = 0;
    for (uint32_t k = 0; k < s->name->key_count; k++) {
        uint32_t key = s->name->keys[k], at = l->slots[key_slot(l, key)];
        for (uint32_t looks = 0; at && looks < MAX_LOOKS; looks++, at = l->index.items[at - 1].next) {
            if (l->index.items[at - 1].key != key) continue;
            const mention *other = &d->mentions.items[l->index.items[at - 1].mention];
            uint32_t to = other->entity;
            if (!may_join(l, s, to)) continue;
            uint32_t score = compare(l, s, other, to);
            if (!score || score < most || (score == most && !nearer(l, to, found))) continue;
            found = to;
            most = score;
        }
    }
    return found;
}

static uint32_t compare_same(linker *l, const seeker *s, const mention *other, uint32_t entity_index) {
    (void)entity_index;
    return name_equal(&l->names, s->m, other);
}

static uint32_t compare_person(linker *l, const seeker *s, const mention *other, uint32_t entity_index) {
    const mention *full = fullest(l, entity_index);
    if (name_words(s->m) < 2 || name_words(full) < 2 || !name_of_one_person(&l->names, s->m, other)) return 0;
    return other == full || name_of_one_person(&l->names, s->m, full) ? 1 : 0;
}

static uint32_t gender_of(linker *l, uint32_t entity_index) {
    uint32_t *gender = &l->linked[entity_index].gender;
    if (*gender == GENDER_OPEN) *gender = GENDER_ASKED | name_gender(&l->names, fullest(l, entity_index));
    return *gender & ~(uint32_t)GENDER_ASKED;
}

/* Better where title and given name agree, where it is the family name, and of two who bear it for the one who has been
 * called by it alone more than once: Macron, whose wife Brigitte Macron … */
enum { OFTEN = 2 };

static uint32_t compare_part(linker *l, const seeker *s, const mention *other, uint32_t entity_index) {
    name_part part = name_part_of(&l->names, s->m, fullest(l, entity_index));
    if (part == PART_NONE && !name_equal(&l->names, s->m, other)) return 0;
    uint32_t own = name_gender(&l->names, s->m), theirs = own ? gender_of(l, entity_index) : 0;
    bool called =
        l->linked[entity_index].single >= OFTEN && name_words(other) == 1 && name_equal(&l->names, s->m, other);
    return 2 * (1U + (part != PART_GIVEN) + (own && theirs && own != theirs ? 0 : 2)) + called;
}

static uint32_t compare_short(linker *l, const seeker *s, const mention *other, uint32_t entity_index) {
    (void)other;
    const mention *full = fullest(l, entity_index);
    bool begins = s->m->type == l->types.place, known = l->d->entities.items[entity_index].id.len;
    if (name_equal_but_form(&l->names, s->m, full)) return 2;
    if (name_shortens(&l->names, s->m, full, begins)) return known || !s->name->id.len ? 1 : 0;
    if (name_shortens(&l->names, full, s->m, begins)) return !known || s->name->id.len ? 1 : 0;
    return name_abbreviates(&l->names, s->m, full) || name_abbreviates(&l->names, full, s->m) ? 1 : 0;
}

/* Stands `inner` in brackets right behind `outer`, and is one of them the other's short name? */
static bool explains(const linker *l, uint32_t outer, uint32_t inner) {
    const document *d = l->d;
    const mention *a = &d->mentions.items[outer], *b = &d->mentions.items[inner];
    if (a->type != b->type || a->end + 1 != b->start || b->end >= d->tokens.count) return false;
    if (!(d->tokens.items[a->end].shape & SHAPE_OPEN) || !(d->tokens.items[b->end].shape & SHAPE_CLOSE)) return false;
    return name_contracts(&l->names, b, a) || name_contracts(&l->names, a, b);
}

static uint32_t find_beside(const linker *l, const seeker *s) {
    const document *d = l->d;
    if (s->m->type == l->types.person) return NERX_NONE;
    uint32_t beside = NERX_NONE;
    if (s->index > 0 && explains(l, s->index - 1, s->index)) beside = s->index - 1;
    if (s->index + 1 < d->mentions.count && explains(l, s->index, s->index + 1)) beside = s->index + 1;
    return beside == NERX_NONE ? NERX_NONE : d->mentions.items[beside].entity;
}

static uint32_t find(linker *l, const seeker *s) {
    bool person = s->m->type == l->types.person, shared = may_share_key(l, s);
    uint32_t found = find_beside(l, s);
    if (found == NERX_NONE) found = find_by_id(l, s, s->name->id);
    if (found == NERX_NONE && shared)
        found = find_by(l, s, person && name_words(s->m) == 1 ? compare_part : compare_same);
    if (found == NERX_NONE && shared) found = find_by(l, s, person ? compare_person : compare_short);
    return found == NERX_NONE && !s->name->id.len ? find_by_id(l, s, s->name->meant_id) : found;
}

static bool add(linker *l, const seeker *s) {
    document *d = l->d;
    entity e = {.type = s->m->type, .kb = s->name->meant, .id = s->name->meant_id};
    if (e.id.len) l->ids[id_slot(l, e.id)] = d->entities.count + 1;
    l->best[d->entities.count] = s->index;
    l->linked[d->entities.count] = (linked){.first = s->index, .country = STR("")};
    return vec_push(d->arena, &d->entities, e);
}

/* In capitals that tell nothing, or in another language than the document. */
static bool is_strange(const document *d, const mention *m) {
    return d->tokens.items[m->start].place & TOKEN_CAPS_LINE || d->sentences.items[m->sentence].language != d->language;
}

/* A fuller name: more words, or the same without an inflection, or the long form of an acronym. */
static bool fuller(const linker *l, const mention *a, const mention *b) {
    const document *d = l->d;
    if (name_words(a) != name_words(b)) return name_words(a) > name_words(b);
    if (is_strange(d, a) != is_strange(d, b)) return is_strange(d, b);
    uint32_t length_a = a->end_byte - a->start_byte, length_b = b->end_byte - b->start_byte;
    return name_equal(&l->names, a, b) ? length_a < length_b : length_a > length_b;
}

static void join(linker *l, const seeker *s, uint32_t to) {
    document *d = l->d;
    entity *e = &d->entities.items[to];
    d->mentions.items[s->index].entity = to;
    linked *of = &l->linked[to];
    of->latest = s->index + 1;
    of->single += name_words(s->m) == 1;
    if (!of->country.len) of->country = s->country;
    if (s->name->id.len && !e->id.len && !is_elsewhere(d, s->name->meant, of->country)) {
        e->id = s->name->id;
        e->kb = s->name->meant;
        l->ids[id_slot(l, e->id)] = to + 1;
    }
    if (s->index != l->best[to] && fuller(l, s->m, fullest(l, to))) {
        l->best[to] = s->index;
        of->gender = GENDER_OPEN;
    }
}

/* The entity of the last mention with the same words, unless other persons may bear the name. Two Clevelands in one
 * text are one, whichever the lists take them for. */
static uint32_t find_exact(const linker *l, const seeker *s, uint32_t slot) {
    if (!l->exact[slot] || (s->m->type == l->types.person && name_words(s->m) == 1)) return NERX_NONE;
    uint32_t to = l->d->mentions.items[l->exact[slot] - 1].entity;
    return same_country(l, s, to) ? to : NERX_NONE;
}

static bool link_one(linker *l, const seeker *s) {
    document *d = l->d;
    uint32_t slot = exact_slot(l, s), to = find_exact(l, s, slot);
    if (to == NERX_NONE) to = find(l, s);
    if (to == NERX_NONE) {
        if (!add(l, s)) return false;
        to = d->entities.count - 1;
    }
    join(l, s, to);
    bool again = l->exact[slot] && d->mentions.items[l->exact[slot] - 1].entity == to;
    l->exact[slot] = s->index + 1;
    return again || put_in_index(l, s);
}

/* Single words without an id may be short for what is named in full further down. */
static bool is_full_name(linker *l, uint32_t index, seeker *s) {
    const mention *m = &l->d->mentions.items[index];
    if (m->type == l->types.date || (name_words(m) == 1 && m->kb == NERX_NONE)) return false;
    *s = seeker_of(l, index);
    return name_words(m) > 1 || s->name->id.len || s->country.len;
}

/* What is remembered of the names of mentions a little further on is called from memory. */
static void expect(const linker *l, uint32_t index) {
    enum { AHEAD = 4 };
    if (index + AHEAD < l->d->mentions.count) mention_name_expect(&l->names, &l->d->mentions.items[index + AHEAD]);
}

static bool link_all(linker *l) {
    const document *d = l->d;
    seeker s;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        expect(l, i);
        if (is_full_name(l, i, &s) && !link_one(l, &s)) return false;
    }
    for (uint32_t e = 0; e < d->entities.count; e++)
        l->linked[e].latest = 0;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        const mention *m = &d->mentions.items[i];
        if (m->entity != NERX_NONE) {
            l->linked[m->entity].latest = i + 1;
        } else if (m->type != l->types.date) {
            s = seeker_of(l, i);
            if (!link_one(l, &s)) return false;
        }
    }
    return true;
}

static bool open(linker *l) {
    document *d = l->d;
    for (l->size = 64; l->size < d->mentions.count * 4;)
        l->size *= 2;
    l->linked = arena_space(d->arena, linked, d->mentions.count + 1);
    l->best = arena_space(d->arena, uint32_t, d->mentions.count + 1);
    l->slots = arena_array(d->arena, uint32_t, (size_t)l->size * 3);
    bool room = vec_reserve(d->arena, &l->index, d->mentions.count * 4) &&
                vec_reserve(d->arena, &d->entities, d->mentions.count);
    if (!room || !l->linked || !l->best || !l->slots) return false;
    l->ids = l->slots + l->size;
    l->exact = l->ids + l->size;
    return true;
}

bool link_entities(document *d, nerx_error *error) {
    linker l = {.d = d, .names = names_of(d), .types = memory_types(d)};
    return (open(&l) && link_all(&l) && name_entities(d, &l.names, l.best)) || error_memory(error);
}
