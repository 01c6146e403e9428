/* Annotated samples from files; those in JSON here, through jansson. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cli/eval.h"
#include "eval/offsets.h"

/* A document on its way from JSON. */
typedef struct reader {
    eval_set *set;
    const eval_set *texts;
    eval_document *document;
    const json_t *mentions;
    offsets offsets;
    const char *file;
    uint32_t line;
    nerx_error *error;
} reader;

static bool fail(const reader *r, const char *message) {
    return error_at(r->error, NERX_ERROR_ARGUMENT, r->file, r->line, 0, STR(""), "%s", message);
}

/* A string of the set, empty where the member is missing or none. */
static str member(const reader *r, const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value)) return STR("");
    return arena_str(&r->set->arena, (str){json_string_value(value), json_string_length(value)});
}

/* Places of the span's ends; what is no place of the text becomes a span that set_add_gold refuses. */
static nerx_span span_of(const reader *r, const json_t *start, const json_t *end) {
    if (!json_is_integer(start) || !json_is_integer(end)) return (nerx_span){0, 0};
    return (nerx_span){offsets_byte(&r->offsets, json_integer_value(start)),
                       offsets_byte(&r->offsets, json_integer_value(end))};
}

static bool bad_item(const reader *r, const char *message, const json_t *json) {
    char *text = json_dumps(json, JSON_COMPACT | JSON_ENSURE_ASCII);
    error_at(r->error, NERX_ERROR_ARGUMENT, r->file, r->line, 0, STR(""), "%s: %s", message, text ? text : "");
    free(text);
    return false;
}

static bool bad_span(const reader *r, const json_t *mention) {
    return bad_item(r, "no mention of the text", mention);
}

static bool add(reader *r, const json_t *json, str label, eval_mention m) {
    uint32_t length = (uint32_t)r->document->text.len;
    if (!label.len || m.span.start >= m.span.end || m.span.end > length) return bad_span(r, json);
    m.line = r->line;
    return set_add_gold(r->set, r->document, label, m, r->error);
}

/* [start, end, label] or [start, end, label, value] */
static bool read_entity(reader *r, const json_t *json) {
    const json_t *label = json_array_get(json, 2), *value = json_array_get(json, 3);
    if (!json_is_string(label)) return bad_span(r, json);
    eval_mention m = {.span = span_of(r, json_array_get(json, 0), json_array_get(json, 1))};
    if (json_is_string(value)) m.value = arena_str(&r->set->arena, str_of(json_string_value(value)));
    return add(r, json, arena_str(&r->set->arena, str_of(json_string_value(label))), m);
}

/* {"type": …, "start": …, "end": …} and perhaps text, id, entity, value, optional */
static bool read_mention(reader *r, const json_t *json) {
    eval_mention m = {.span = span_of(r, json_object_get(json, "start"), json_object_get(json, "end")),
                      .optional = json_is_true(json_object_get(json, "optional")),
                      .value = member(r, json, "value")};
    if (!add(r, json, member(r, json, "type"), m)) return false;
    str said = member(r, json, "text");
    if (!said.len || str_equal(said, str_slice(r->document->text, m.span.start, m.span.end))) return true;
    return error_at(r->error, NERX_ERROR_ARGUMENT, r->file, r->line, 0, STR(""),
                    "the text at %" JSON_INTEGER_FORMAT " is not '%.*s'",
                    json_integer_value(json_object_get(json, "start")), (int)said.len, said.ptr);
}

static bool read_list(reader *r, const json_t *object, const char *key, bool (*read)(reader *, const json_t *)) {
    const json_t *list = json_object_get(object, key), *item;
    if (list && !json_is_array(list))
        return error_at(r->error, NERX_ERROR_ARGUMENT, r->file, r->line, 0, STR(""), "\"%s\" is no list", key);
    for (size_t i = 0; (item = json_array_get(list, i)); i++) {
        if (!read(r, item)) return false;
    }
    return true;
}

/* ---- Relations ---- */

/* Does a mention bear this id, or belong to the entity of this name? */
static bool is_called(const json_t *mention, const char *name) {
    const char *id = json_string_value(json_object_get(mention, "id"));
    const char *entity = json_string_value(json_object_get(mention, "entity"));
    return (id && strcmp(id, name) == 0) || (entity && strcmp(entity, name) == 0);
}

static bool read_role(reader *r, const json_t *mentions, const char *key, const char *name) {
    arena *a = &r->set->arena;
    const json_t *mention;
    bool added = side_add_role(a, &r->document->gold, arena_str(a, str_of(key)), arena_str(a, str_of(name)));
    for (size_t i = 0; added && (mention = json_array_get(mentions, i)); i++) {
        if (!is_called(mention, name)) continue;
        nerx_span span = span_of(r, json_object_get(mention, "start"), json_object_get(mention, "end"));
        added = side_add_span(a, &r->document->gold, span);
    }
    return added || error_memory(r->error);
}

/* Every other member with a string is a role. */
static bool is_role(const char *key) {
    static const char *const others[] = {"id", "type", "polarity", "modality", "tense", "rule", "text"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(key, others[i]) == 0) return false;
    }
    return true;
}

/* "near": [start, end], or nerx's own "evidence": {"start": …, "end": …} */
static nerx_span near_of(const reader *r, const json_t *json) {
    const json_t *near = json_object_get(json, "near"), *evidence = json_object_get(json, "evidence");
    if (near) return span_of(r, json_array_get(near, 0), json_array_get(near, 1));
    return span_of(r, json_object_get(evidence, "start"), json_object_get(evidence, "end"));
}

static bool read_relation(reader *r, const json_t *json) {
    eval_side *gold = &r->document->gold;
    eval_relation relation = {.type = member(r, json, "type"),
                              .modality = member(r, json, "modality"),
                              .polarity = member(r, json, "polarity"),
                              .rule = member(r, json, "rule"),
                              .near = near_of(r, json),
                              .first_role = gold->roles.count,
                              .optional = json_is_true(json_object_get(json, "optional")),
                              .line = r->line};
    if (!relation.type.len || !json_is_string(json_object_get(json, "subject")))
        return bad_item(r, "no relation, it needs a \"type\" and a \"subject\"", json);
    if (!vec_push(&r->set->arena, &gold->relations, relation)) return error_memory(r->error);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)json, key, value) {
        if (!json_is_string(value) || !is_role(key)) continue;
        if (!read_role(r, r->mentions, key, json_string_value(value))) return false;
    }
    return true;
}

/* ---- Documents ---- */

static nerx_offsets unit_of(const json_t *head) {
    const char *name = json_string_value(json_object_get(head, "offsets"));
    if (name && strcmp(name, "bytes") == 0) return NERX_BYTES;
    return name && strcmp(name, "utf16") == 0 ? NERX_UTF16 : NERX_CODEPOINTS;
}

static bool is_day(str s) {
    static const char form[] = "0000-00-00";
    if (s.len < sizeof form - 1) return false;
    for (size_t i = 0; i < sizeof form - 1; i++) {
        bool digit = s.ptr[i] >= '0' && s.ptr[i] <= '9';
        if (form[i] == '-' ? s.ptr[i] != '-' : !digit) return false;
    }
    return true;
}

/* "2016-04-12T13:47:17Z" is a day, too; what else corpora have there is none. */
static const char *day_of(const reader *r, const json_t *object) {
    static const char *const keys[] = {"date", "dct"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        str date = member(r, object, keys[i]);
        if (is_day(date)) return arena_str(&r->set->arena, str_slice(date, 0, 10)).ptr;
    }
    return NULL;
}

/* The text of the document with the same number, where the gold is at hand. */
static bool set_text(reader *r, const json_t *object) {
    uint32_t index = r->set->documents.count - 1;
    bool own = json_is_string(json_object_get(object, "text"));
    bool other = !own && r->texts && index < r->texts->documents.count;
    if (!own && !other) return fail(r, "\"text\" is missing");
    r->document->text = own ? member(r, object, "text") : r->texts->documents.items[index].text;
    return r->document->text.ptr || error_memory(r->error);
}

/* `text` where the file has it apart. */
static bool read_document(reader *r, const json_t *object, str text) {
    const json_t *head = json_object_get(object, "document");
    eval_document *d = r->document;
    if (!json_is_object(object)) return fail(r, "not a JSON object");
    d->text = text;
    if (!text.ptr && !set_text(r, object)) return false;
    str id = member(r, object, "id");
    if (id.len) d->id = id;
    d->date = day_of(r, head ? head : object);
    if (!offsets_open(&r->offsets, d->text, unit_of(head))) return error_memory(r->error);
    r->mentions = json_object_get(object, "mentions");
    d->gold.relates = json_is_array(json_object_get(object, "relations"));
    bool read = read_list(r, object, "ents", read_entity) && read_list(r, object, "mentions", read_mention) &&
                read_list(r, object, "relations", read_relation);
    offsets_close(&r->offsets);
    return read;
}

static json_t *load(const reader *r, str text) {
    json_error_t wrong;
    json_t *object = json_loadb(text.ptr, text.len, JSON_ALLOW_NUL, &wrong);
    if (!object)
        error_at(r->error, NERX_ERROR_ARGUMENT, r->file, r->line ? r->line : (uint32_t)wrong.line, 0, STR(""),
                 "not JSON: %s", wrong.text);
    return object;
}

static bool read_jsonl(eval_set *s, const char *path, str text, const eval_set *texts, nerx_error *error) {
    reader r = {.set = s, .texts = texts, .file = path, .error = error};
    str line;
    bool read = set_begin_corpus(s, path, error);
    while (read && set_next_line(&text, &line, &r.line)) {
        if (!str_trim(line).len) continue;
        json_t *object = load(&r, line);
        r.document = object ? set_add_document(s, path, r.line, error) : NULL;
        read = r.document && read_document(&r, object, (str){0});
        json_decref(object);
    }
    return read;
}

/* ---- Articles: annotations beside their text ---- */

/* The whole file, in the set's arena. */
static bool read_into(eval_set *s, const char *path, str *text, nerx_error *error) {
    buffer b;
    if (!read_file(path, &b, error)) return false;
    *text = arena_str(&s->arena, (str){b.bytes, b.length});
    free(b.bytes);
    return text->ptr || error_memory(error);
}

static bool has_ending(const char *path, const char *ending) {
    return str_ends(str_of(path), str_of(ending)) && strlen(path) > strlen(ending);
}

/* article.gold.json, article.json and article.ann annotate article.txt. */
static const char *text_path(eval_set *s, const char *path) {
    static const char *const endings[] = {".gold.json", ".json", ".ann"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        int stem = (int)(strlen(path) - strlen(endings[i]));
        if (has_ending(path, endings[i])) return arena_format(&s->arena, "%.*s.txt", stem, path).ptr;
    }
    return NULL;
}

static bool read_article(eval_set *s, const char *path, const char **beside, str *text, nerx_error *error) {
    *beside = text_path(s, path);
    if (!*beside) return error_memory(error);
    return read_into(s, *beside, text, error) && set_check_utf8(*beside, *text, error);
}

static bool read_brat(eval_set *s, const char *path, str annotations, const eval_set *texts, nerx_error *error) {
    (void)texts;
    const char *beside;
    str text;
    return read_article(s, path, &beside, &text, error) && brat_read(s, path, annotations, beside, text, error);
}

static bool read_json(eval_set *s, const char *path, str text, const eval_set *texts, nerx_error *error) {
    reader r = {.set = s, .texts = texts, .file = path, .error = error};
    json_t *object = load(&r, text);
    if (!object) return false;
    str article = {0};
    const char *beside = NULL;
    bool read = set_begin_article(s, error);
    if (read && !texts && !json_is_string(json_object_get(object, "text")))
        read = read_article(s, path, &beside, &article, error);
    r.document = read ? set_add_document(s, path, 0, error) : NULL;
    if (r.document && beside) r.document->shown = str_of(beside);
    read = r.document && read_document(&r, object, article);
    json_decref(object);
    return read;
}

static bool read_bio(eval_set *s, const char *path, str text, const eval_set *texts, nerx_error *error) {
    (void)texts;
    return bio_read(s, path, text, error);
}

bool gold_read(eval_set *s, const char *path, const eval_set *texts, nerx_error *error) {
    static const struct {
        const char *ending;
        bool (*read)(eval_set *, const char *, str, const eval_set *, nerx_error *);
    } formats[] = {
        {".bio", read_bio}, {".conll", read_bio}, {".jsonl", read_jsonl}, {".json", read_json}, {".ann", read_brat}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (!has_ending(path, formats[i].ending)) continue;
        str text;
        return read_into(s, path, &text, error) && formats[i].read(s, path, text, texts, error);
    }
    return error_at(error, NERX_ERROR_ARGUMENT, path, 0, 0, STR(""),
                    "not a gold file: its name ends in none of .bio, .conll, .jsonl, .json, .ann");
}
