/* CoNLL columns: token, tab, IOB2 tag; an empty line after each sentence. */
#include "write/view.h"

void write_conll(const view *v, out *o) {
    uint32_t next = 0, token_count;
    const nerx_token *tokens = nerx_document_tokens(v->document, &token_count);
    for (uint32_t s = 0; s < v->sentence_count; s++) {
        const nerx_sentence *in = &v->sentences[s];
        for (uint32_t i = in->first_token; i < in->first_token + in->token_count; i++) {
            while (next < v->mention_count &&
                   (!v->mention_ids[next] || v->mentions[next].first_token + v->mentions[next].token_count <= i))
                next++;
            const nerx_mention *m = next < v->mention_count ? &v->mentions[next] : NULL;
            out_str(o, view_text(v, tokens[i].span));
            if (m && m->first_token <= i) {
                out_str(o, m->first_token == i ? STR("\tB-") : STR("\tI-"));
                out_str(o, m->type);
                out_literal(o, "\n");
            } else {
                out_literal(o, "\tO\n");
            }
        }
        out_literal(o, "\n");
    }
}
