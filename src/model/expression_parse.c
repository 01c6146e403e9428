/* Regular expressions read into instructions that match a word backwards. Of Perl's syntax what rules use: characters,
 * sets, groups, alternatives, repetition, and (?i) at the start.
 *
 *     alternatives = sequence { "|" sequence };  sequence = { item [ "*" | "+" | "?" | "{m,n}" ] [ "?" ] } */
#include "model/expression_parse.h"

enum { MOST_NODES = 4000, MOST_CODE = 8000, MOST_EMITS = 20000 };
#define FOREVER UINT32_MAX

typedef enum node_kind { NODE_EMPTY, NODE_SET, NODE_BEFORE, NODE_OR, NODE_REPEAT } node_kind;

typedef struct node {
    node_kind kind;
    uint32_t a, b; /* NODE_SET: a set; NODE_REPEAT: a how often, or more, up to b; else parts */
    uint32_t part; /* of NODE_REPEAT */
} node;

typedef struct parser {
    arena *arena;
    const char *p, *end;
    bool fold;
    character_sets *sets;
    VEC(node) nodes;
    expression_codes *out;
    uint32_t emits;
    bool failed;
} parser;

static uint32_t give_up(parser *x) {
    x->failed = true;
    return 0;
}

static uint32_t put_node(parser *x, node n) {
    if (x->nodes.count == MOST_NODES || !vec_push(x->arena, &x->nodes, n)) return give_up(x);
    return x->nodes.count - 1;
}

static bool take(parser *x, char c) {
    if (x->p == x->end || *x->p != c) return false;
    x->p++;
    return true;
}

static uint32_t set_of(parser *x, const char *start) {
    str text = {start, (size_t)(x->p - start)};
    if (x->fold) text = arena_format(x->arena, "(?i)%.*s", (int)text.len, text.ptr);
    if (!text.ptr) return give_up(x);
    uint32_t i = 0;
    while (i < x->sets->count && !str_equal(x->sets->items[i], text))
        i++;
    if (i == x->sets->count && !vec_push(x->arena, x->sets, text)) return give_up(x);
    return put_node(x, (node){NODE_SET, i, 0, 0});
}

static bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Behind a backslash: \d, \p{Lu}, or a sign that stands for itself. */
static bool escape(parser *x) {
    if (x->p == x->end) return false;
    char c = *x->p++;
    if (!is_alphanumeric(c)) return (unsigned char)c < 0x80;
    if (strchr("dDwWsS", c)) return true;
    if ((c != 'p' && c != 'P') || !take(x, '{')) return false;
    const char *close = memchr(x->p, '}', (size_t)(x->end - x->p));
    if (close) x->p = close + 1;
    return close;
}

/* Behind "[". POSIX names and what stands for several characters are left alone. */
static bool brackets(parser *x) {
    take(x, '^');
    take(x, ']');
    while (!take(x, ']')) {
        if (x->p == x->end || *x->p == '[') return false;
        if (take(x, '\\') ? !escape(x) : (x->p++, false)) return false;
    }
    return true;
}

static uint32_t alternatives(parser *x, bool whole);

static uint32_t group(parser *x) {
    if (take(x, '?') && !take(x, ':')) return give_up(x);
    if (x->p < x->end && *x->p == '*') return give_up(x); /* (*VERB) */
    uint32_t inside = alternatives(x, false);
    return take(x, ')') ? inside : give_up(x);
}

static uint32_t item(parser *x) {
    const char *start = x->p;
    if (take(x, '(')) return group(x);
    if (take(x, '[')) return brackets(x) ? set_of(x, start) : give_up(x);
    if (take(x, '\\')) return escape(x) ? set_of(x, start) : give_up(x);
    if (strchr("^$*+?{", *x->p)) return give_up(x);
    do {
        x->p++;
    } while (x->p < x->end && ((unsigned char)*x->p & 0xc0) == 0x80);
    return set_of(x, start);
}

static bool number(parser *x, uint32_t *out) {
    const char *start = x->p;
    for (*out = 0; x->p < x->end && *x->p >= '0' && *x->p <= '9' && *out < 10000; x->p++)
        *out = *out * 10 + (uint32_t)(*x->p - '0');
    return x->p > start;
}

/* "*" and so on, where it stands; false where there is none. */
static bool repetition(parser *x, uint32_t *least, uint32_t *most) {
    char sign = x->p < x->end ? *x->p : '\0';
    *least = sign == '+';
    *most = sign == '?' ? 1 : FOREVER;
    if (take(x, '*') || take(x, '+') || take(x, '?')) return true;
    if (!take(x, '{')) return false;
    bool told = number(x, least);
    *most = *least;
    if (take(x, ',') && !number(x, most)) *most = FOREVER;
    if (!told || !take(x, '}')) give_up(x);
    return true;
}

static uint32_t repeated(parser *x) {
    uint32_t part = item(x), least, most;
    while (!x->failed && repetition(x, &least, &most)) {
        take(x, '?'); /* whether it likes few or many is all one where the whole word has to match */
        if (x->p < x->end && *x->p == '+') return give_up(x);
        part = put_node(x, (node){NODE_REPEAT, least, most, part});
    }
    return part;
}

/* "^" and "$" say nothing new at the ends of the whole. */
static uint32_t sequence(parser *x, bool whole) {
    uint32_t all = put_node(x, (node){NODE_EMPTY, 0, 0, 0});
    if (whole) take(x, '^');
    while (!x->failed && x->p < x->end && *x->p != '|' && *x->p != ')') {
        bool last = x->p + 1 == x->end || x->p[1] == '|';
        if (whole && last && take(x, '$')) break;
        uint32_t next = repeated(x);
        all = put_node(x, (node){NODE_BEFORE, all, next, 0});
    }
    return all;
}

static uint32_t alternatives(parser *x, bool whole) {
    uint32_t all = sequence(x, whole);
    while (!x->failed && take(x, '|')) {
        uint32_t next = sequence(x, whole);
        all = put_node(x, (node){NODE_OR, all, next, 0});
    }
    return all;
}

static uint32_t put(parser *x, expression_op op, uint32_t a, uint32_t b) {
    if (x->out->count > UINT32_MAX / 2 || !vec_push(x->arena, x->out, (expression_code){op, a, b})) return give_up(x);
    return x->out->count - 1;
}

static void emit(parser *x, uint32_t at);

static void emit_or(parser *x, const node *n) {
    uint32_t branch = put(x, BRANCH, x->out->count + 1, 0);
    emit(x, n->a);
    uint32_t jump = put(x, BRANCH, 0, 0);
    if (x->failed) return;
    x->out->items[branch].b = x->out->count;
    emit(x, n->b);
    x->out->items[jump].a = x->out->items[jump].b = x->out->count;
}

static void emit_optional(parser *x, const node *n, bool again) {
    uint32_t branch = put(x, BRANCH, x->out->count + 1, 0);
    emit(x, n->part);
    if (again) put(x, BRANCH, branch, branch);
    if (!x->failed) x->out->items[branch].b = x->out->count;
}

static void emit_repeat(parser *x, const node *n) {
    for (uint32_t i = 0; i < n->a && !x->failed; i++)
        emit(x, n->part);
    if (n->b == FOREVER) emit_optional(x, n, true);
    for (uint32_t i = n->a; i < n->b && n->b != FOREVER && !x->failed; i++)
        emit_optional(x, n, false);
}

/* Backwards: what stands behind comes first. */
static void emit(parser *x, uint32_t at) {
    const node *n = &x->nodes.items[at];
    if (x->failed || ++x->emits > MOST_EMITS) {
        x->failed = true;
        return;
    }
    switch (n->kind) {
    case NODE_EMPTY: break;
    case NODE_SET: put(x, READ_CHARACTER, n->a, 0); break;
    case NODE_OR: emit_or(x, n); break;
    case NODE_REPEAT: emit_repeat(x, n); break;
    case NODE_BEFORE:
        emit(x, n->b);
        emit(x, n->a);
        break;
    }
}

bool expression_parse(arena *a, str text, uint32_t number, expression_codes *out, character_sets *sets) {
    parser x = {.arena = a, .p = text.ptr, .end = text.ptr + text.len, .sets = sets, .out = out};
    uint32_t first = out->count, first_set = sets->count;
    str ignore_case = STR("(?i)");
    while (str_starts((str){x.p, (size_t)(x.end - x.p)}, ignore_case)) {
        x.fold = true;
        x.p += ignore_case.len;
    }
    uint32_t whole = alternatives(&x, true);
    if (x.p < x.end) x.failed = true;
    if (!x.failed) emit(&x, whole);
    put(&x, WORD_MATCHES, number, 0);
    if (!x.failed && out->count - first <= MOST_CODE) return true;
    out->count = first;
    sets->count = first_set;
    return false;
}
