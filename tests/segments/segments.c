/* Measures tokens and sentences against a corpus, as F1 over exact spans: segments [--errors] FILE [TOKENS SENTENCES]
 *
 * FILE has one JSON object a line: "text", and "tokens" and "sentences" as [start, end] in code points. Tokens are
 * measured twice: as they are, and put into the conventions of Universal Dependencies, which write a clitic together
 * with its word ("Putin's") and take a hyphenated compound apart, where nerx needs the opposite. TOKENS (in UD's
 * conventions) and SENTENCES are the least F1 to accept, in percent; below them the exit status is 1. Where the file is
 * absent it says so and exits with 77, which meson counts as skipped. --errors lists every place of disagreement. A
 * FILE that is not there is looked for in the folder NERX_CORPORA, too. */
#include <jansson.h>
#include <nerx.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SKIPPED = 77, MAX_LINE = 1 << 20, CONTEXT = 24 };

typedef struct score {
    const char *name;
    size_t gold, ours, both;
} score;

typedef struct scores {
    score tokens, ud, sentences;
} scores;

typedef struct spans {
    nerx_span *items;
    size_t count;
} spans;

static void *must(void *memory) {
    if (memory) return memory;
    fprintf(stderr, "segments: out of memory\n");
    exit(2);
}

/* The byte where each code point begins. */
static uint32_t *byte_offsets(const char *text) {
    size_t length = strlen(text), n = 0;
    uint32_t *offsets = must(calloc(length + 2, sizeof *offsets));
    for (size_t i = 0; i < length; i++) {
        if (((unsigned char)text[i] & 0xc0) != 0x80) offsets[n++] = (uint32_t)i;
    }
    offsets[n] = (uint32_t)length;
    return offsets;
}

static spans gold_spans(const json_t *array, const uint32_t *offsets) {
    spans s = {must(calloc(json_array_size(array) + 1, sizeof(nerx_span))), json_array_size(array)};
    for (size_t i = 0; i < s.count; i++) {
        const json_t *pair = json_array_get(array, i);
        s.items[i].start = offsets[json_integer_value(json_array_get(pair, 0))];
        s.items[i].end = offsets[json_integer_value(json_array_get(pair, 1))];
    }
    return s;
}

static spans our_tokens(const nerx_document *d) {
    uint32_t count;
    const nerx_token *tokens = nerx_document_tokens(d, &count);
    spans s = {must(calloc(count + 1, sizeof(nerx_span))), count};
    for (uint32_t i = 0; i < count; i++)
        s.items[i] = tokens[i].span;
    return s;
}

/* "n't", "'s": a piece with letters and an apostrophe that is joined to a word. */
static bool is_clitic(const char *text, const nerx_span *t, const nerx_span *before) {
    bool apostrophe = false, letters = false;
    for (uint32_t i = t->start; i < t->end; i++) {
        apostrophe |= text[i] == '\'' || (i + 3 <= t->end && memcmp(text + i, "\u2019", 3) == 0);
        letters |= (text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z';
    }
    bool word = (unsigned char)text[before->end - 1] >= '0';
    return apostrophe && letters && word && t->start == before->end && t->end - t->start <= 5;
}

static bool is_letter(char c) {
    return (unsigned char)c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* "Nordkorea-Experte": the hyphens inside a word with a letter on one side. */
static void split_hyphens(spans *out, const char *text, nerx_span t) {
    bool address = false;
    for (uint32_t i = t.start; i < t.end; i++)
        address |= text[i] == '@' || text[i] == '/';
    for (uint32_t i = t.start + 1; !address && i + 1 < t.end; i++) {
        if (text[i] != '-' || !(is_letter(text[i - 1]) || is_letter(text[i + 1])) || text[i + 1] == '-') continue;
        if (t.start < i) out->items[out->count++] = (nerx_span){t.start, i};
        out->items[out->count++] = (nerx_span){i, i + 1};
        t.start = i + 1;
    }
    out->items[out->count++] = t;
}

static bool capital_beside_hyphen(const char *text, const nerx_span *t) {
    bool capital = false, hyphen = false;
    for (uint32_t i = t->start; i < t->end; i++) {
        capital |= text[i] >= 'A' && text[i] <= 'Z';
        hyphen |= text[i] == '-' && i > t->start && is_letter(text[i - 1]);
    }
    return capital && hyphen;
}

static spans ud_tokens(const char *text, const spans *ours) {
    size_t room = ours->count + 1;
    for (const char *p = text; *p; p++)
        room += *p == '-' ? 2 : 0;
    spans s = {must(calloc(room, sizeof(nerx_span))), 0};
    for (size_t i = 0; i < ours->count; i++) {
        const nerx_span *t = &ours->items[i];
        if (s.count && is_clitic(text, t, &s.items[s.count - 1])) {
            s.items[s.count - 1].end = t->end;
        } else if (capital_beside_hyphen(text, t)) {
            split_hyphens(&s, text, *t);
        } else {
            s.items[s.count++] = *t;
        }
    }
    return s;
}

static spans our_sentences(const nerx_document *d) {
    uint32_t count;
    const nerx_sentence *sentences = nerx_document_sentences(d, &count);
    spans s = {must(calloc(count + 1, sizeof(nerx_span))), count};
    for (uint32_t i = 0; i < count; i++)
        s.items[i] = sentences[i].span;
    return s;
}

static void print_text(const char *text, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; i++)
        putchar(text[i] == '\n' || text[i] == '\r' ? '/' : text[i]);
}

static void print_pieces(const char *text, const spans *s, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
        const nerx_span *span = &s->items[i];
        printf(i > first ? " | " : " ");
        if (span->end - span->start <= 3 * CONTEXT) {
            print_text(text, span->start, span->end);
        } else {
            print_text(text, span->start, span->start + CONTEXT);
            printf(" … ");
            print_text(text, span->end - CONTEXT, span->end);
        }
    }
}

/* Walks both lists; where they part, up to where both end a span at one place again. */
static void compare(score *total, const char *text, const spans *gold, const spans *ours, bool errors) {
    total->gold += gold->count;
    total->ours += ours->count;
    for (size_t g = 0, o = 0; g < gold->count || o < ours->count;) {
        const nerx_span *a = &gold->items[g], *b = &ours->items[o];
        if (g < gold->count && o < ours->count && a->start == b->start && a->end == b->end) {
            total->both++;
            g++;
            o++;
            continue;
        }
        size_t gold_first = g, ours_first = o;
        do {
            bool step_gold = o >= ours->count || (g < gold->count && gold->items[g].end < ours->items[o].end);
            bool same = g < gold->count && o < ours->count && gold->items[g].end == ours->items[o].end;
            g += step_gold || same;
            o += !step_gold || same;
            if (same) break;
        } while (g < gold->count || o < ours->count);
        if (!errors) continue;
        printf("%s\tgold:", total->name);
        print_pieces(text, gold, gold_first, g);
        printf("\tours:");
        print_pieces(text, ours, ours_first, o);
        printf("\n");
    }
}

static double f1(const score *s) {
    return s->gold + s->ours ? 200.0 * (double)s->both / (double)(s->gold + s->ours) : 0;
}

static void measure(nerx_extractor *x, const json_t *json, scores *all, bool errors) {
    const char *text = json_string_value(json_object_get(json, "text"));
    nerx_error error = {0};
    const nerx_document *d = text ? nerx_extract(x, text, strlen(text), NULL, &error) : NULL;
    if (!d) {
        fprintf(stderr, "segments: %s\n", text ? error.message : "no text");
        exit(2);
    }
    uint32_t *offsets = byte_offsets(text);
    spans gold = gold_spans(json_object_get(json, "tokens"), offsets), ours = our_tokens(d);
    spans ud = ud_tokens(text, &ours);
    compare(&all->tokens, text, &gold, &ours, false);
    compare(&all->ud, text, &gold, &ud, errors);
    free(gold.items);
    free(ours.items);
    free(ud.items);
    gold = gold_spans(json_object_get(json, "sentences"), offsets);
    ours = our_sentences(d);
    compare(&all->sentences, text, &gold, &ours, errors);
    free(gold.items);
    free(ours.items);
    free(offsets);
}

static void print_score(const score *s) {
    printf("%s: F1 %.2f, precision %.2f, recall %.2f (%zu gold, %zu ours)\n", s->name, f1(s),
           s->ours ? 100.0 * (double)s->both / (double)s->ours : 0,
           s->gold ? 100.0 * (double)s->both / (double)s->gold : 0, s->gold, s->ours);
}

static void run(FILE *in, scores *all, bool errors) {
    char *line = must(malloc(MAX_LINE));
    nerx_error error = {0};
    nerx_options options = {.no_relations = true};
    nerx_model *model = nerx_model_default(&error);
    nerx_extractor *x = model ? nerx_extractor_new(model, &options, &error) : NULL;
    if (!x) {
        fprintf(stderr, "segments: %s\n", error.message);
        exit(2);
    }
    while (fgets(line, MAX_LINE, in)) {
        json_t *json = json_loads(line, 0, NULL);
        measure(x, json, all, errors);
        json_decref(json);
    }
    nerx_extractor_free(x);
    nerx_model_close(model);
    free(line);
}

static FILE *open_corpus(const char *path) {
    FILE *in = fopen(path, "r");
    const char *folder = getenv("NERX_CORPORA");
    if (in || !folder) return in;
    char inside[4096];
    int length = snprintf(inside, sizeof inside, "%s/%s", folder, path);
    return length > 0 && (size_t)length < sizeof inside ? fopen(inside, "r") : NULL;
}

int main(int argc, char **argv) {
    scores all = {.tokens.name = "tokens as they are", .ud.name = "tokens as in UD", .sentences.name = "sentences"};
    bool errors = argc > 1 && strcmp(argv[1], "--errors") == 0;
    argc -= errors;
    argv += errors;
    FILE *in = argc > 1 ? open_corpus(argv[1]) : NULL;
    if (!in) {
        printf("segments: no corpus%s%s; skipped\n", argc > 1 ? " " : "", argc > 1 ? argv[1] : "");
        return SKIPPED;
    }
    run(in, &all, errors);
    fclose(in);
    print_score(&all.tokens);
    print_score(&all.ud);
    print_score(&all.sentences);
    if (argc < 4) return 0;
    return f1(&all.ud) < strtod(argv[2], NULL) || f1(&all.sentences) < strtod(argv[3], NULL);
}
