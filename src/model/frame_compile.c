/* Frames of rule files to sections. A line of a frame is
 *
 *     de  treffen | sich treffen mit | zusammen|kommen mit | noun Treffen, Gipfeltreffen
 *     subject  PER ORG        subj
 *     place    LOC ?          pp(in, bei, auf)
 *     symmetric                                                                           */
#include <stdlib.h>

#include "model/build.h"
#include "model/frame.h"

typedef struct compiler {
    build *b;
    const rule_source *source;
    VEC(frame) frames;
    VEC(trigger) triggers;
    VEC(frame_role) roles;
    VEC(frame_place) places;
    VEC(char) strings;
    bool short_of_memory;
} compiler;

static void wrong(compiler *c, const source_line *line, const char *at, const char *format, str what) {
    report_at(c->b->reports, NERX_ERROR_SYNTAX, c->source, line, at, format, (int)what.len, what.ptr ? what.ptr : "");
}

static uint32_t string(compiler *c, str s) {
    uint32_t at = c->strings.count;
    if (!vec_reserve(c->b->arena, &c->strings, s.len + 1)) {
        c->short_of_memory = true;
        return 0;
    }
    if (s.len) memcpy(c->strings.items + at, s.ptr, s.len);
    c->strings.items[at + s.len] = '\0';
    c->strings.count += (uint32_t)s.len + 1;
    return at;
}

static uint32_t word_id(compiler *c, str s) {
    uint32_t id = build_word_id(c->b, s);
    if (id == NERX_NONE) c->short_of_memory = true;
    return id;
}

/* Up to " | "; a bar without blanks belongs to a separable verb. */
static str cut_alternative(str *rest) {
    for (size_t i = 0; i + 2 < rest->len; i++) {
        if (memcmp(rest->ptr + i, " | ", 3) != 0) continue;
        str head = str_slice(*rest, 0, i);
        *rest = str_slice(*rest, i + 3, rest->len);
        return str_trim(head);
    }
    str all = str_trim(*rest);
    *rest = (str){NULL, 0};
    return all;
}

static void add_trigger(compiler *c, trigger t, str lemma) {
    char joined[128];
    size_t n = 0;
    for (size_t i = 0; i < lemma.len && n < sizeof joined; i++) {
        if (lemma.ptr[i] != '|') joined[n++] = lemma.ptr[i];
    }
    t.lemma = word_id(c, (str){joined, n});
    if (!vec_push(c->b->arena, &c->triggers, t)) c->short_of_memory = true;
}

static bool is_reflexive(const compiler *c, str w) {
    for (size_t i = 0; i < c->b->lines.count; i++) {
        const build_line *l = &c->b->lines.items[i];
        if (!str_equal(w, build_line_name(c->b, l))) continue;
        if (str_equal(str_of(c->b->strings.items + l->entry.attributes), STR("kind=reflexive"))) return true;
    }
    const model *below = c->b->base;
    uint32_t id = below ? lexicon_find(&c->b->lexicon, w) : NERX_NONE;
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = 0;
    for (uint32_t l = 0; id != NERX_NONE && !count && l < model_language_count(below); l++)
        count = model_readings(below, &c->b->lexicon, id, id, (uint8_t)l, readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count; i++) {
        if (str_is(model_entry_attribute(below, readings[i].entry, STR("kind")), "reflexive")) return true;
    }
    return false;
}

/* "sich treffen mit", 'führen "Gespräch" mit': perhaps a reflexive, the lemma, perhaps a noun, perhaps a preposition.
 */
static void read_verb(compiler *c, const source_line *line, trigger t, str text) {
    str words[5];
    size_t count = 0, at = 0;
    str rest = text;
    while (rest.ptr && rest.len && count < 5)
        words[count++] = str_trim(str_cut(&rest, ' '));
    bool more = rest.ptr && rest.len;
    if (count > 1 && is_reflexive(c, words[0])) {
        t.flags |= TRIGGER_REFLEXIVE;
        at = 1;
    }
    str lemma = at < count ? words[at++] : STR("");
    if (at < count && words[at].len > 2 && str_starts(words[at], STR("\"")) && str_ends(words[at], STR("\""))) {
        t.noun = word_id(c, str_slice(words[at], 1, words[at].len - 1));
        at++;
    }
    if (at < count) t.preposition = word_id(c, words[at++]);
    if (!lemma.len || at < count || more) {
        wrong(c, line, text.ptr, "'%.*s' is no trigger: [reflexive] verb [\"noun\"] [preposition]", text);
        return;
    }
    add_trigger(c, t, lemma);
}

static void read_triggers(compiler *c, const source_line *line, uint32_t language, str rest) {
    static const struct {
        const char *word;
        uint32_t flag;
    } kinds[] = {{"noun ", TRIGGER_NOUN}, {"attribution ", TRIGGER_ATTRIBUTION}};
    trigger t = {.frame = c->frames.count - 1, .preposition = NERX_NONE, .noun = NERX_NONE, .language = language};
    while (rest.ptr) {
        str text = cut_alternative(&rest);
        str words = STR("");
        trigger listed = t;
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            str kind = str_of(kinds[i].word);
            if (!str_starts(text, kind)) continue;
            words = str_slice(text, kind.len, text.len);
            listed.flags = kinds[i].flag;
        }
        bool passive = str_starts(text, STR("passive "));
        if (passive || str_starts(text, STR("alone "))) {
            listed.flags = passive ? TRIGGER_PASSIVE : TRIGGER_ALONE;
            read_verb(c, line, listed, str_trim(str_slice(text, passive ? 8 : 6, text.len)));
            continue;
        }
        if (!words.len) read_verb(c, line, t, text);
        while (words.ptr && words.len)
            add_trigger(c, listed, str_trim(str_cut(&words, ',')));
    }
}

static void add_place(compiler *c, frame_role *r, frame_place p) {
    if (!vec_push(c->b->arena, &c->places, p)) c->short_of_memory = true;
    r->place_count++;
}

static const struct {
    const char *name;
    place_kind kind;
    bool words; /* has prepositions in brackets */
} place_names[] = {{"subj", PLACE_SUBJECT, false},        {"obj", PLACE_OBJECT, false},
                   {"dat", PLACE_DATIVE, false},          {"gen", PLACE_GENITIVE, false},
                   {"bare", PLACE_BARE, false},           {"self", PLACE_SELF, false},
                   {"predicate", PLACE_PREDICATE, false}, {"pp", PLACE_PP, true},
                   {"between", PLACE_BETWEEN, true},      {"host", PLACE_HOST, true},
                   {"circum", PLACE_CIRCUM, true}};

/* "pp(in, bei)": one place for each; "circum(mit, an Bord)": one with both. */
static void read_place_words(compiler *c, frame_role *r, frame_place p, str words) {
    if (p.kind == PLACE_CIRCUM) {
        p.preposition = word_id(c, str_trim(str_cut(&words, ',')));
        p.tail = string(c, words.ptr ? str_trim(words) : STR(""));
        add_place(c, r, p);
        return;
    }
    while (words.ptr) {
        str one = str_trim(str_cut(&words, ','));
        p.preposition = p.kind == PLACE_HOST && str_is(one, "obj") ? NERX_NONE : word_id(c, one);
        add_place(c, r, p);
    }
}

static void read_place(compiler *c, const source_line *line, frame_role *r, str text) {
    str whole = text;
    frame_place p = {.preposition = NERX_NONE};
    if (str_starts(text, STR("noun "))) p.flags = PLACE_OF_NOUN;
    if (str_starts(text, STR("verb "))) p.flags = PLACE_OF_VERB;
    if (p.flags) text = str_trim(str_slice(text, 5, text.len));
    for (size_t i = 0; i < sizeof place_names / sizeof *place_names; i++) {
        str name = str_of(place_names[i].name);
        if (!str_starts(text, name)) continue;
        str rest = str_slice(text, name.len, text.len);
        bool bracket = str_starts(rest, STR("(")) && str_ends(rest, STR(")"));
        if (bracket != place_names[i].words || (!bracket && rest.len)) continue;
        p.kind = place_names[i].kind;
        if (bracket)
            read_place_words(c, r, p, str_slice(rest, 1, rest.len - 1));
        else
            add_place(c, r, p);
        return;
    }
    wrong(c, line, whole.ptr,
          "'%.*s' is no place: subj, obj, dat, gen, bare, self, predicate, pp(…), between(…), host(…) or circum(…)",
          whole);
}

static bool is_type(str w) {
    return w.len > 1 && w.ptr[0] >= 'A' && w.ptr[0] <= 'Z';
}

static void check_role_name(compiler *c, const source_line *line, str name) {
    if (!role_is_free(name)) wrong(c, line, name.ptr, "every relation has its '%.*s' already", name);
    for (uint32_t i = c->frames.items[c->frames.count - 1].first_role; i < c->roles.count; i++) {
        if (str_is(name, c->strings.items + c->roles.items[i].name))
            wrong(c, line, name.ptr, "the role '%.*s' stands twice", name);
    }
}

/* "ORG=club,team", "TEXT=person". */
static void read_kinds(compiler *c, const source_line *line, frame_role *r, str type, str kinds) {
    str all = {type.ptr, (size_t)(kinds.ptr + kinds.len - type.ptr)};
    bool known = (str_is(type, "ORG") && kinds.len) || (str_is(type, "TEXT") && str_is(kinds, "person"));
    if (!known) wrong(c, line, type.ptr, "expected: ORG=kind,kind or TEXT=person, not '%.*s'", all);
    if (r->kinds != NERX_NONE) wrong(c, line, type.ptr, "'%.*s': a role has kinds of one type only", all);
    r->kinds = string(c, kinds);
}

/* "object  PER ORG ?  obj | pp(mit)". */
static void read_role(compiler *c, const source_line *line, str name, str rest) {
    check_role_name(c, line, name);
    frame_role r = {.name = string(c, name), .kinds = NERX_NONE, .first_place = c->places.count};
    rest = str_trim(rest);
    if (str_is(name, "subject")) r.flags |= ROLE_SUBJECT;
    if (str_is(name, "object")) r.flags |= ROLE_OBJECT;
    for (;;) {
        str look = rest, w = str_cut(&look, ' ');
        if (!is_type(w) && !str_is(w, "?")) break;
        str kinds = w;
        w = str_cut(&kinds, '=');
        if (kinds.ptr) read_kinds(c, line, &r, w, kinds);
        if (str_is(w, "?")) {
            r.flags |= ROLE_OPTIONAL;
        } else if (str_is(w, "TEXT")) {
            r.flags |= ROLE_TEXT;
        } else {
            uint32_t type = build_type(c->b, w, false);
            if (type >= 32) wrong(c, line, w.ptr, "no list and no rule gives the type '%.*s'", w);
            if (type < 32) r.types |= 1U << type;
        }
        rest = look.ptr ? str_trim(look) : STR("");
    }
    while (rest.ptr)
        read_place(c, line, &r, cut_alternative(&rest));
    if (!vec_push(c->b->arena, &c->roles, r)) c->short_of_memory = true;
    c->frames.items[c->frames.count - 1].role_count++;
}

static uint32_t flag_of(str key) {
    static const struct {
        const char *name;
        uint32_t flag;
    } flags[] = {{"symmetric", FRAME_SYMMETRIC}, {"some", FRAME_SOME}, {"finite", FRAME_FINITE}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (str_is(key, flags[i].name)) return flags[i].flag;
    }
    return 0;
}

static void read_frame(compiler *c, const source_block *block) {
    const source_line *line = &c->source->lines.items[block->first];
    str name = str_trim(str_slice(line->text, 5, line->text.len));
    frame f = {.name = string(c, name), .first_role = c->roles.count};
    if (!vec_push(c->b->arena, &c->frames, f)) c->short_of_memory = true;
    for (uint32_t i = 1; i < block->count && !c->short_of_memory; i++) {
        line = &c->source->lines.items[block->first + i];
        str rest = line->text, key = str_cut(&rest, ' ');
        if (str_is(key, "+") || str_is(key, "-")) continue;
        uint32_t flag = flag_of(key);
        if (flag) {
            c->frames.items[c->frames.count - 1].flags |= flag;
            continue;
        }
        if (!rest.ptr) {
            wrong(c, line, key.ptr, "'%.*s' says nothing", key);
            continue;
        }
        uint32_t language = build_language(c->b, key, false);
        if (language != NERX_NONE && language != LANGUAGE_NONE) {
            read_triggers(c, line, language, str_trim(rest));
        } else {
            read_role(c, line, key, rest);
        }
    }
}

static int by_lemma(const void *a, const void *b) {
    const trigger *x = a, *y = b;
    if (x->lemma != y->lemma) return x->lemma < y->lemma ? -1 : 1;
    if (x->frame != y->frame) return x->frame < y->frame ? -1 : 1;
    return x->preposition < y->preposition ? -1 : x->preposition > y->preposition;
}

static void part(build *b, section_id id, const void *items, size_t size, uint32_t count) {
    b->parts[id] = (image_part){items, (uint32_t)size, count};
}

bool frames_compile(build *b) {
    compiler c = {.b = b};
    string(&c, STR(""));
    for (size_t i = 0; i < b->source_count && !c.short_of_memory; i++) {
        rule_source file;
        const nerx_source *s = &b->sources[i];
        if (!str_ends(str_of(s->path), STR(".rules"))) continue;
        if (!rule_source_read(b->arena, s->path, (str){s->text, s->length}, &file)) return false;
        c.source = &file;
        for (uint32_t k = 0; k < file.blocks.count; k++) {
            if (str_is(file.blocks.items[k].keyword, "frame")) read_frame(&c, &file.blocks.items[k]);
        }
    }
    if (c.triggers.count) qsort(c.triggers.items, c.triggers.count, sizeof *c.triggers.items, by_lemma);
    part(b, SECTION_FRAMES, c.frames.items, sizeof(frame), c.frames.count);
    part(b, SECTION_TRIGGERS, c.triggers.items, sizeof(trigger), c.triggers.count);
    part(b, SECTION_FRAME_ROLES, c.roles.items, sizeof(frame_role), c.roles.count);
    part(b, SECTION_REALIZATIONS, c.places.items, sizeof(frame_place), c.places.count);
    part(b, SECTION_FRAME_STRINGS, c.strings.items, 1, c.strings.count);
    return !c.short_of_memory;
}
