/* The table of formats, and the one function that writes a document in any of them. */
#include <stdlib.h>

#include "base/error.h"
#include "write/view.h"

static const struct {
    const char *name;
    view_writer *write;
} formats[] = {
    [NERX_JSON] = {"json", write_json},          [NERX_JSONL] = {"jsonl", write_jsonl},
    [NERX_TRIPLES] = {"triples", write_triples}, [NERX_CONLL] = {"conll", write_conll},
    [NERX_BRAT] = {"brat", write_brat},          [NERX_HTML] = {"html", write_html},
};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

bool nerx_format_find(const char *name, nerx_format *format) {
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (strcmp(formats[i].name, name) != 0) continue;
        *format = (nerx_format)i;
        return true;
    }
    return false;
}

bool nerx_write(const nerx_document *document, nerx_format format, const nerx_write_options *options, nerx_sink *sink,
                void *user, nerx_error *error) {
    static const nerx_write_options defaults = {0};
    if (!options) options = &defaults;
    nerx_offsets offsets = format == NERX_BRAT ? NERX_CODEPOINTS : options->offsets;
    view v;
    if (!view_open(&v, document, options)) return error_memory(error);
    out *o = malloc(sizeof *o);
    if (!o || !out_open(o, sink, user, nerx_document_text(document), offsets)) {
        free(o);
        view_close(&v);
        return error_memory(error);
    }
    formats[format].write(&v, o);
    bool written = out_close(o);
    free(o);
    view_close(&v);
    return written || error_set(error, NERX_ERROR_IO, "the output could not be written");
}
