/* Surfaces of entries, cut into words the way the tokenizer will cut the text. */
#include "base/hash.h"
#include "model/gazetteer.h"
#include "text/chars.h"
#include "text/token.h"

enum { MAX_WORDS = 24 };

typedef struct words {
    uint32_t ids[MAX_WORDS];
    uint32_t count;
} words;

static bool add_word(build *b, words *w, str raw) {
    str key = chars_key(b->arena, raw);
    if (!key.ptr) return false;
    if (w->count == MAX_WORDS || key.len == 0 || key.len > WORD_MAX_LENGTH) {
        w->count = MAX_WORDS + 1; /* too long ever to match: dropped by the caller */
        return true;
    }
    uint32_t id = build_word_id(b, key);
    if (id == NERX_NONE) return false;
    w->ids[w->count++] = id;
    return true;
}

static bool is_letters(str chunk) {
    for (size_t i = 0; i < chunk.len; i++) {
        unsigned char c = (unsigned char)chunk.ptr[i];
        bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc3 && c != 0xe2) || (c >= 0x80 && c < 0xc0);
        if (!letter) return false;
    }
    return chunk.len > 0;
}

/* "Dr.", "U.S.": a listed word keeps its full stop; "13." does, too. */
static bool keeps_stop(str chunk) {
    return chunk.len > 1 && chunk.ptr[chunk.len - 1] == '.' &&
           !(chunk.len > 3 && chunk.ptr[0] >= '0' && chunk.ptr[0] <= '9');
}

static void mark(build *b, uint32_t id, uint32_t marks) {
    if (id >= b->first_word) b->words.items[id - b->first_word].marks |= marks;
}

/* Cuts one blank-separated chunk with the tokenizer itself. */
static bool cut_chunk(build *b, words *w, str chunk) {
    arena scratch = {0};
    document d = {.arena = &scratch, .text = chunk};
    lexicon_open(&d.lexicon, &scratch, NULL, 0);
    bool done = tokenize(&d, NULL);
    for (uint32_t i = 0; done && i < d.tokens.count && w->count <= MAX_WORDS; i++)
        done = add_word(b, w, document_slice(&d, d.tokens.items[i].start, d.tokens.items[i].end));
    arena_free(&scratch);
    return done;
}

static bool cut(build *b, const list *l, str surface, words *w) {
    /* "'ll": split off its word */
    bool short_form = surface.len && surface.ptr[0] == '\'' && str_is(l->class_name, "verb-short");
    if (short_form || str_is(l->class_name, "clitic")) return add_word(b, w, surface);
    for (str rest = surface; rest.ptr && w->count <= MAX_WORDS;) {
        str chunk = str_cut(&rest, ' ');
        if (chunk.len == 0) continue;
        if (is_letters(chunk) || keeps_stop(chunk)) {
            if (!add_word(b, w, chunk)) return false;
            if (keeps_stop(chunk) && w->count && w->count <= MAX_WORDS)
                mark(b, w->ids[w->count - 1], MARK_ABBREVIATION);
        } else if (!cut_chunk(b, w, chunk)) {
            return false;
        }
    }
    return true;
}

static uint32_t node_slot(const build *b, uint32_t parent, uint32_t id) {
    uint32_t mask = b->node_table.size - 1, i = (uint32_t)hash_pair(parent, id) & mask;
    while (b->node_table.slots[i]) {
        const build_node *n = &b->nodes.items[b->node_table.slots[i] - 1];
        if (n->parent == parent && n->word == id) break;
        i = (i + 1) & mask;
    }
    return i;
}

static bool grow_nodes(build *b) {
    b->node_table.size = b->node_table.size ? b->node_table.size * 2 : 1 << 12;
    b->node_table.slots = arena_array(b->arena, uint32_t, b->node_table.size);
    if (!b->node_table.slots) return false;
    for (uint32_t i = 2; i < b->nodes.count; i++)
        b->node_table.slots[node_slot(b, b->nodes.items[i].parent, b->nodes.items[i].word)] = i + 1;
    return true;
}

/* The node behind `parent` for a word; nodes 0 and 1 are the roots for forms and folded words. */
static uint32_t step(build *b, uint32_t parent, uint32_t id) {
    if (b->nodes.count * 2 >= b->node_table.size && !grow_nodes(b)) return NERX_NONE;
    uint32_t slot = node_slot(b, parent, id);
    if (b->node_table.slots[slot]) return b->node_table.slots[slot] - 1;
    build_node n = {.head = NERX_NONE, .parent = parent, .word = id};
    if (!vec_push(b->arena, &b->nodes, n)) return NERX_NONE;
    b->node_table.slots[slot] = b->nodes.count;
    return b->nodes.count - 1;
}

static bool hang(build *b, uint32_t *head, reading r) {
    for (uint32_t i = *head; i != NERX_NONE; i = b->readings.items[i].next) {
        reading *have = &b->readings.items[i].reading;
        if (have->entry != r.entry) continue;
        if ((have->features & r.features) == r.features) return true;
    }
    pending p = {.reading = r, .next = *head};
    if (!vec_push(b->arena, &b->readings, p)) return false;
    *head = b->readings.count - 1;
    return true;
}

/* A name that lower layers know as an ordinary word needs a witness beside it, as if the list were one of theirs. */
static bool is_ambiguous_below(const build *b, uint32_t id, const reading *r) {
    if (!(lexicon_marks(&b->lexicon, id) & MARK_ORDINARY)) return false;
    const entry *e = &b->lines.items[r->entry - b->first_line].entry;
    str class_name = build_class_name(b, e->class);
    return e->type || str_is(class_name, "given") || str_is(class_name, "surname");
}

/* Words of lower layers have no place here: a shadow node of the trie with one word carries their readings. */
static bool hang_on_word(build *b, uint32_t id, reading r) {
    if (id >= b->first_word) return hang(b, &b->words.items[id - b->first_word].head, r);
    uint32_t node = step(b, NERX_NONE - 1, id);
    if (node == NERX_NONE) return false;
    if (is_ambiguous_below(b, id, &r)) r.features |= FEATURE_AMBIGUOUS;
    return hang(b, &b->nodes.items[node].head, r);
}

static bool add_phrase(build *b, const words *w, bool fold, reading r) {
    uint32_t node = fold;
    for (uint32_t i = 0; i < w->count; i++) {
        uint32_t id = w->ids[i];
        if (fold) id = build_fold_id(b, id);
        if (id == NERX_NONE) return false;
        if (i < 2) {
            mark(b, id, i == 1 ? MARK_PHRASE_SECOND : fold ? MARK_PHRASE_FOLD : MARK_PHRASE);
            if (id < b->first_word && step(b, NERX_NONE - 1, id) == NERX_NONE) return false;
        }
        node = step(b, node, id);
        if (node == NERX_NONE) return false;
    }
    return hang(b, &b->nodes.items[node].head, r);
}

/* "McDonald's": where a language splits clitics off, the phrase has one word more. */
static bool add_split(build *b, const list *l, str surface, bool fold, reading r) {
    size_t at = surface.len;
    while (at > 1 && surface.ptr[at - 1] != '\'' && surface.ptr[at - 1] != ' ')
        at--;
    if (at < 2 || surface.ptr[at - 1] != '\'' || surface.len - at > 2 || at == surface.len) return true;
    words w = {0};
    if (!cut(b, l, str_slice(surface, 0, at - 1), &w) || !add_word(b, &w, str_slice(surface, at - 1, surface.len)))
        return false;
    return w.count < 2 || w.count > MAX_WORDS || add_phrase(b, &w, fold, r);
}

bool gazetteer_add_surface(build *b, const list *l, str surface, uint32_t entry_index, uint32_t features) {
    reading r = {.entry = entry_index, .features = features | (l->fold ? FEATURE_FOLD : 0)};
    words w = {0};
    if (!cut(b, l, surface, &w)) return false;
    if (w.count == 0 || w.count > MAX_WORDS) return true;
    if (!add_split(b, l, surface, l->fold, r)) return false;
    if (w.count > 1) return add_phrase(b, &w, l->fold, r);
    uint32_t id = w.ids[0];
    if (l->fold) id = build_fold_id(b, id);
    return id != NERX_NONE && hang_on_word(b, id, r);
}
