/* What a rule's `value` call is given: its captures as numbers. */
#include "norm/values.h"

#include <stdlib.h>

#include "model/rules.h"
#include "model/stage_memory.h"

enum { ABSENT = VALUE_ABSENT, LARGEST_NUMBER = 100000 };

static const char *const names[VALUE_FUNCTIONS] = {
    [VALUE_DATE] = "date",
    [VALUE_NUMERIC] = "numeric",
    [VALUE_MONTH] = "month",
    [VALUE_MONTHS] = "months",
    [VALUE_YEAR] = "year",
    [VALUE_DECADE] = "decade",
    [VALUE_CENTURY] = "century",
    [VALUE_RANGE] = "range",
    [VALUE_YEARS] = "years",
    [VALUE_WEEKDAY] = "weekday",
    [VALUE_RELATIVE_DAY] = "relative-day",
    [VALUE_RELATIVE_MONTH] = "relative-month",
    [VALUE_NUMERIC_RANGE] = "numeric-range",
    [VALUE_WEEK] = "week",
    [VALUE_SEASON] = "season",
    [VALUE_QUARTER] = "quarter",
    [VALUE_HALF] = "half",
    [VALUE_HOLIDAY] = "holiday",
};

static value_function find_function(const model *m, uint32_t rule_index) {
    const rule *r = model_rule(m, rule_index);
    if (r->value == NERX_NONE) return VALUE_NONE;
    str name = model_rule_string(m, r, model_rule_call(m, r, r->value)->function);
    for (value_function f = VALUE_OTHER + 1; f < VALUE_FUNCTIONS; f++) {
        if (str_is(name, names[f])) return f;
    }
    return VALUE_OTHER;
}

value_function value_function_of(const document *d, uint32_t rule_index) {
    uint8_t *known = memory_of_rule(d, rule_index);
    if (!known) return find_function(d->model, rule_index);
    if (*known == VALUE_UNASKED) *known = (uint8_t)find_function(d->model, rule_index);
    return *known;
}

/* The digits in a token: "13." is 13, "1990er" is 1990, "'90s" is 90. */
bool value_digits(str text, int32_t *out) {
    size_t i = 0;
    while (i < text.len && (text.ptr[i] < '0' || text.ptr[i] > '9'))
        i++;
    if (i == text.len) return false;
    int64_t n = 0;
    for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9' && n < LARGEST_NUMBER; i++)
        n = n * 10 + (text.ptr[i] - '0');
    *out = (int32_t)n;
    return true;
}

static bool number_of_entry(const model *m, uint32_t entry_index, int32_t *out) {
    str num = model_entry_attribute(m, entry_index, STR("num"));
    if (!num.ptr || !num.len) return false;
    long n = strtol(num.ptr, NULL, 10);
    *out = (int32_t)(n < -LARGEST_NUMBER ? -LARGEST_NUMBER : n > LARGEST_NUMBER ? LARGEST_NUMBER : n);
    return true;
}

/* A number word's, month's or weekday's `num`. */
static bool number_of_reading(const document *d, const token *t, uint8_t language, int32_t *out) {
    reading readings[MODEL_MAX_READINGS];
    uint32_t count = model_readings(d->model, &d->lexicon, t->look, t->fold, language, readings, MODEL_MAX_READINGS);
    for (uint32_t k = 0; k < count; k++) {
        if (number_of_entry(d->model, readings[k].entry, out)) return true;
    }
    return false;
}

/* Numbers are remembered by kind, above these. */
enum { NOT_ASKED = 0, NO_NUMBER = 1, NUMBER_ZERO = LARGEST_NUMBER + 2 };

static bool number_of_token(const document *d, uint32_t i, uint8_t language, int32_t *out) {
    const token *t = &d->tokens.items[i];
    uint32_t *known = memory_bits(d, COLUMN_NUMBERS, t->kind, language);
    if (!known || *known == NOT_ASKED) {
        bool found = value_digits(token_key(d, i), out) || number_of_reading(d, t, language, out);
        if (known) *known = found ? (uint32_t)(NUMBER_ZERO + *out) : NO_NUMBER;
        return found;
    }
    *out = (int32_t)(*known - NUMBER_ZERO);
    return *known != NO_NUMBER;
}

/* "v. Chr.": of a phrase, which is an edge. */
static bool number_of_phrase(const document *d, const capture *c, int32_t *out) {
    for (uint32_t k = document_first_edge(d, c->start); k < d->edges.count && d->edges.items[k].start == c->start;
         k++) {
        const edge *e = &d->edges.items[k];
        reading_list all = model_phrase_readings(d->model, e->layer, e->phrase);
        for (uint32_t i = 0; e->end == c->end && i < all.count; i++) {
            if (number_of_entry(d->model, model_reading(&all, i).entry, out)) return true;
        }
    }
    return false;
}

static int32_t number_in(const document *d, const capture *c, uint8_t language) {
    int32_t n;
    if (c->end > c->start + 1 && number_of_phrase(d, c, &n)) return n;
    for (uint32_t i = c->start; i < c->end; i++) {
        if (number_of_token(d, i, language, &n)) return n;
    }
    return ABSENT;
}

bool value_prepare(value_call *c, const document *d, const rule_match *m) {
    value_function function = value_function_of(d, m->rule);
    if (function == VALUE_NONE) return false;
    const rule *r = model_rule(d->model, m->rule);
    const rule_call *v = model_rule_call(d->model, r, r->value);
    uint8_t language = d->sentences.items[document_sentence_at(d, m->start)].language;
    *c = (value_call){.d = d, .function = function, .anchor = d->date};
    for (uint32_t i = 0; i < VALUE_ARGUMENTS; i++)
        c->numbers[i] = ABSENT;
    for (uint32_t i = 0; i < v->argument_count && i < VALUE_ARGUMENTS; i++) {
        const rule_argument *a = model_rule_argument(d->model, r, v->first_argument + i);
        if (a->kind == ARGUMENT_NUMBER && a->value) c->numbers[i] = (int32_t)a->value; /* 0: absent */
        if (a->kind == ARGUMENT_STRING) c->texts[i] = model_rule_string(d->model, r, a->value);
        const capture *part = a->kind == ARGUMENT_CAPTURE ? match_capture(d, m, a->value) : NULL;
        if (part) c->numbers[i] = number_in(d, part, language);
        if (part) c->texts[i] = document_tokens_text(d, part->start, part->end);
    }
    return true;
}
