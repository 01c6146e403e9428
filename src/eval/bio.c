/* IOB2 columns: a token, a tab, a tag a line; an empty line after a sentence; "# doc" before a document. */
#include "base/error.h"
#include "eval/set.h"

typedef struct reader {
    eval_set *set;
    const char *file;
    uint32_t line;
    char *text; /* of all documents, one after another */
    size_t used;
    size_t document_start;
    eval_document *document; /* NULL: none is open */
    bool grouped;            /* a "# doc" has come: sentences belong together */
    bool in_sentence;
    str label; /* of the open mention; empty: none */
    eval_mention mention;
    nerx_error *error;
} reader;

static bool fail(const reader *r, const char *message, str word) {
    return error_at(r->error, NERX_ERROR_ARGUMENT, r->file, r->line, 0, STR(""), message, (int)word.len, word.ptr);
}

static void cut_text(reader *r) {
    r->document->text = (str){r->text + r->document_start, r->used - r->document_start};
}

static bool end_mention(reader *r) {
    if (!r->label.len) return true;
    str label = r->label;
    r->label = (str){0};
    cut_text(r);
    return set_add_gold(r->set, r->document, label, r->mention, r->error);
}

static bool end_sentence(reader *r) {
    if (!r->in_sentence) return true;
    r->in_sentence = false;
    if (!end_mention(r)) return false;
    cut_text(r);
    r->document->sentences.items[r->document->sentences.count - 1].span.end = (uint32_t)(r->used - r->document_start);
    if (!r->grouped) r->document = NULL;
    return true;
}

static bool begin_sentence(reader *r) {
    if (!r->document) {
        r->document = set_add_document(r->set, r->file, r->line, r->error);
        if (!r->document) return false;
        r->document_start = r->used;
    } else {
        r->text[r->used++] = '\n';
    }
    r->in_sentence = true;
    uint32_t start = (uint32_t)(r->used - r->document_start);
    return vec_push(&r->set->arena, &r->document->sentences, (eval_sentence){{start, start}, r->line}) ||
           error_memory(r->error);
}

/* As conlleval (Tjong Kim Sang, CoNLL-2000): an I- that does not go on with a mention of its type begins one. */
static bool tag_token(reader *r, str tag, nerx_span span) {
    if (str_is(tag, "O")) return end_mention(r);
    bool begins = str_starts(tag, STR("B-"));
    if (tag.len < 3 || !(begins || str_starts(tag, STR("I-")))) return fail(r, "'%.*s' is no IOB2 tag", tag);
    str label = str_slice(tag, 2, tag.len);
    if (begins || !str_equal(label, r->label)) {
        if (!end_mention(r)) return false;
        r->label = label;
        r->mention = (eval_mention){.span = span, .line = r->line};
    }
    r->mention.span.end = span.end;
    return true;
}

static bool read_token(reader *r, str line) {
    str rest = line, token = str_cut(&rest, '\t'), tag = {0};
    while (rest.ptr)
        tag = str_cut(&rest, '\t');
    if (!token.len || !tag.len) return fail(r, "'%.*s' is not a token, a tab and a tag", line);
    if (r->in_sentence) {
        r->text[r->used++] = ' ';
    } else if (!begin_sentence(r)) {
        return false;
    }
    nerx_span span = {.start = (uint32_t)(r->used - r->document_start)};
    memcpy(r->text + r->used, token.ptr, token.len);
    r->used += token.len;
    span.end = (uint32_t)(r->used - r->document_start);
    return tag_token(r, tag, span);
}

static bool read_line(reader *r, str line) {
    bool tab = memchr(line.ptr, '\t', line.len);
    if (!tab && !str_trim(line).len) return end_sentence(r);
    bool border = (!tab && str_starts(line, STR("# doc"))) || str_starts(line, STR("-DOCSTART-"));
    if (border) {
        if (!end_sentence(r)) return false;
        r->grouped = true;
        r->document = NULL;
        return true;
    }
    if (!tab && str_starts(line, STR("# "))) return true;
    return read_token(r, line);
}

bool bio_read(eval_set *s, const char *file, str text, nerx_error *error) {
    if (str_starts(text, STR("\xef\xbb\xbf"))) text = str_slice(text, 3, text.len);
    if (!set_check_utf8(file, text, error) || !set_begin_corpus(s, file, error)) return false;
    reader r = {.set = s, .file = file, .error = error};
    r.text = arena_alloc(&s->arena, text.len + 1); /* a line is longer than its token and a blank */
    if (!r.text) return error_memory(error);
    str line;
    while (set_next_line(&text, &line, &r.line)) {
        if (!read_line(&r, line)) return false;
    }
    return end_sentence(&r);
}
