/* Rules of an opened image: checking them, and what the stages ask of them. */
#include "base/error.h"
#include "model/layer.h"

static void view(rule_layer *l, const image *i) {
    l->rules = image_items(i, SECTION_RULES, &l->rule_count);
    l->names = image_items(i, SECTION_NAMES, &l->name_count);
    l->calls = image_items(i, SECTION_CALLS, &l->call_count);
    l->arguments = image_items(i, SECTION_ARGUMENTS, &l->argument_count);
    l->programs = image_items(i, SECTION_PROGRAMS, &l->program_count);
    l->code = image_items(i, SECTION_CODE, &l->code_count);
    l->predicates = image_items(i, SECTION_PREDICATES, &l->predicate_count);
    l->atoms = image_items(i, SECTION_ATOMS, &l->atom_count);
    l->macros = image_items(i, SECTION_MACROS, &l->macro_count);
    l->cues = image_items(i, SECTION_CUES, &l->cue_count);
    l->cue_points = image_items(i, SECTION_CUE_POINTS, &l->cue_points_count);
    l->strings = image_items(i, SECTION_RULE_STRINGS, &l->string_count);
}

static bool sizes_fit(const image *i) {
    static const struct {
        section_id section;
        size_t size;
    } sizes[] = {{SECTION_RULES, sizeof(rule)},
                 {SECTION_NAMES, sizeof(uint32_t)},
                 {SECTION_CALLS, sizeof(rule_call)},
                 {SECTION_ARGUMENTS, sizeof(rule_argument)},
                 {SECTION_PROGRAMS, sizeof(program)},
                 {SECTION_CODE, sizeof(instruction)},
                 {SECTION_PREDICATES, sizeof(predicate)},
                 {SECTION_ATOMS, sizeof(atom)},
                 {SECTION_MACROS, sizeof(macro)},
                 {SECTION_CUES, sizeof(cue)},
                 {SECTION_CUE_POINTS, sizeof(cue_points)},
                 {SECTION_RULE_STRINGS, 1}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        if (!image_item_size_is(i, sizes[k].section, sizes[k].size)) return false;
    }
    return true;
}

static bool inside(uint32_t first, uint32_t count, uint32_t size) {
    return first <= size && count <= size - first;
}

static bool rules_fit(const rule_layer *l, const model *m) {
    for (uint32_t i = 0; i < l->rule_count; i++) {
        const rule *r = &l->rules[i];
        if (r->name >= l->string_count || r->place >= l->string_count || r->type > model_type_count(m)) return false;
        if (r->value != NERX_NONE && r->value >= l->call_count) return false;
        if (!inside(r->first_relate, r->relate_count, l->call_count) || r->layer != 0) return false;
    }
    for (uint32_t i = 0; i < l->call_count; i++) {
        const rule_call *c = &l->calls[i];
        if (c->function >= l->string_count || !inside(c->first_argument, c->argument_count, l->argument_count))
            return false;
    }
    uint32_t names = l->first_name + l->name_count;
    for (uint32_t i = 0; i < l->argument_count; i++) {
        const rule_argument *a = &l->arguments[i];
        if (a->key >= l->string_count) return false;
        if (a->kind == ARGUMENT_CAPTURE && a->value >= names) return false;
        if ((a->kind == ARGUMENT_STRING || a->kind == ARGUMENT_SPOKEN) && a->value >= l->string_count) return false;
    }
    for (uint32_t i = 0; i < l->name_count; i++) {
        if (l->names[i] >= l->string_count) return false;
    }
    for (uint32_t i = 0; i < l->macro_count; i++) {
        if (l->macros[i].name >= l->string_count || l->macros[i].text >= l->string_count) return false;
    }
    return true;
}

/* A predicate's atoms must leave exactly one truth value. */
static bool predicate_fits(const rule_layer *l, const predicate *p) {
    if (p->count == 0 || !inside(p->first, p->count, l->atom_count)) return false;
    uint32_t depth = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        const atom *a = &l->atoms[p->first + i];
        if (a->kind >= ATOM_KIND_COUNT) return false;
        uint32_t takes = a->kind == ATOM_AND || a->kind == ATOM_OR ? 2 : a->kind == ATOM_NOT;
        if (depth < takes) return false;
        depth += 1 - takes;
        if (depth > MAX_TEST_DEPTH) return false;
        if (a->kind == ATOM_REGEX && a->a >= l->expressions.count) return false;
        if (a->kind == ATOM_CLASS && a->c >= l->string_count) return false;
    }
    return depth == 1;
}

static bool instruction_fits(const rule_layer *l, const program *p, const instruction *i, uint32_t rules,
                             uint32_t names) {
    switch (i->op) {
    case OP_STEP:
    case OP_NOT_NEXT:
    case OP_NOT_LAST: return i->a < p->predicate_count;
    case OP_SPLIT: return i->a < p->code_count && i->b < p->code_count;
    case OP_JUMP: return i->a < p->code_count;
    case OP_OPEN:
    case OP_CLOSE: return i->a < names;
    case OP_MATCH: return i->a >= l->first_rule && i->a < rules;
    case OP_MENTION: return i->a < 2;
    default: return i->op < OP_COUNT;
    }
}

static bool cues_fit(const rule_layer *l, const model *m, const program *p) {
    if (!inside(p->first_cue, p->cue_count, l->cue_count)) return false;
    for (uint32_t i = 0; i < p->cue_count; i++) {
        const cue *c = &l->cues[p->first_cue + i];
        if (c->text >= l->string_count || c->file >= l->string_count) return false;
        if (!inside(c->first_points, c->points_count, l->cue_points_count)) return false;
        for (uint32_t k = 0; k < CUE_TESTS; k++) {
            if (c->tests[k] != CUE_NO_TEST && c->tests[k] >= p->predicate_count) return false;
        }
        for (uint32_t k = 0; k < c->points_count; k++) {
            const cue_points *points = &l->cue_points[c->first_points + k];
            if (points->type >= model_type_count(m) || points->points > 1000 || points->points < -1000) return false;
        }
    }
    return true;
}

static bool programs_fit(const rule_layer *l, const model *m) {
    for (uint32_t i = 0; i < l->predicate_count; i++) {
        if (!predicate_fits(l, &l->predicates[i])) return false;
    }
    for (uint32_t i = 0; i < l->program_count; i++) {
        const program *p = &l->programs[i];
        if (p->language >= model_language_count(m) || p->pass >= PASS_COUNT || p->code_count == 0) return false;
        if (!inside(p->first_code, p->code_count, l->code_count)) return false;
        if (!inside(p->first_predicate, p->predicate_count, l->predicate_count)) return false;
        if (!cues_fit(l, m, p)) return false;
        const instruction *code = l->code + p->first_code;
        for (uint32_t k = 0; k < p->code_count; k++) {
            if (!instruction_fits(l, p, &code[k], l->first_rule + l->rule_count, l->first_name + l->name_count))
                return false;
            bool falls = code[k].op != OP_JUMP && code[k].op != OP_SPLIT && code[k].op != OP_MATCH;
            if (falls && k + 1 == p->code_count) return false;
        }
    }
    return true;
}

bool rules_open(rule_layer *out, const image *i, const model *m, bool trusted, const char *path, nerx_error *error) {
    *out = (rule_layer){0};
    if (!sizes_fit(i) || !expressions_view(&out->expressions, i))
        return error_at(error, NERX_ERROR_IMAGE, path, 0, 0, STR(""), "not a usable model: items of a wrong size");
    view(out, i);
    if (m->layer_count > 1) {
        const rule_layer *below = &m->layers[m->layer_count - 2].rules;
        out->first_rule = below->first_rule + below->rule_count;
        out->first_name = below->first_name + below->name_count;
        out->first_cue = below->first_cue + below->cue_count;
    }
    bool terminated = out->string_count && out->strings[out->string_count - 1] == '\0';
    if (trusted || (terminated && expressions_fit(&out->expressions, out->string_count) && rules_fit(out, m) &&
                    programs_fit(out, m)))
        return true;
    return error_at(error, NERX_ERROR_IMAGE, path, 0, 0, STR(""), "not a usable model: its rules are damaged");
}

static const rule_layer *layer_of_rule(const model *m, uint32_t index) {
    uint32_t k = m->layer_count - 1;
    while (k && index < m->layers[k].rules.first_rule)
        k--;
    return &m->layers[k].rules;
}

/* Rules are pointers into a layer's table: which layer tells where their strings are. */
static const rule_layer *layer_of(const model *m, const rule *r) {
    for (uint32_t k = 0; k < m->layer_count; k++) {
        const rule_layer *l = &m->layers[k].rules;
        if (l->rule_count && r >= l->rules && r < l->rules + l->rule_count) return l;
    }
    return &m->layers[0].rules;
}

uint32_t model_rule_count(const model *m) {
    const rule_layer *l = &m->layers[m->layer_count - 1].rules;
    return l->first_rule + l->rule_count;
}

const rule *model_rule(const model *m, uint32_t index) {
    const rule_layer *l = layer_of_rule(m, index);
    return &l->rules[index - l->first_rule];
}

const rule_call *model_rule_call(const model *m, const rule *r, uint32_t index) {
    return &layer_of(m, r)->calls[index];
}

const rule_argument *model_rule_argument(const model *m, const rule *r, uint32_t index) {
    return &layer_of(m, r)->arguments[index];
}

str model_rule_string(const model *m, const rule *r, uint32_t offset) {
    return str_of(layer_of(m, r)->strings + offset);
}

str model_rule_name(const model *m, const rule *r) {
    return model_rule_string(m, r, r->name);
}

uint32_t model_name_count(const model *m) {
    const rule_layer *l = &m->layers[m->layer_count - 1].rules;
    return l->first_name + l->name_count;
}

str model_name(const model *m, uint32_t name) {
    uint32_t k = m->layer_count - 1;
    while (k && name < m->layers[k].rules.first_name)
        k--;
    const rule_layer *l = &m->layers[k].rules;
    return str_of(l->strings + l->names[name - l->first_name]);
}

static const rule_layer *layer_of_cue(const model *m, uint32_t index) {
    uint32_t k = m->layer_count - 1;
    while (k && index < m->layers[k].rules.first_cue)
        k--;
    return &m->layers[k].rules;
}

const cue *model_cue(const model *m, uint32_t index) {
    const rule_layer *l = layer_of_cue(m, index);
    return &l->cues[index - l->first_cue];
}

str model_cue_string(const model *m, uint32_t index, uint32_t offset) {
    return str_of(layer_of_cue(m, index)->strings + offset);
}

uint32_t model_macro_count(const model *m) {
    uint32_t count = 0;
    for (uint32_t k = 0; k < m->layer_count; k++)
        count += m->layers[k].rules.macro_count;
    return count;
}

void model_macro(const model *m, uint32_t index, str *name, str *text, uint8_t *language) {
    uint32_t k = 0;
    while (index >= m->layers[k].rules.macro_count)
        index -= m->layers[k++].rules.macro_count;
    const rule_layer *l = &m->layers[k].rules;
    *name = str_of(l->strings + l->macros[index].name);
    *text = str_of(l->strings + l->macros[index].text);
    *language = (uint8_t)l->macros[index].language;
}

const capture *match_capture(const document *d, const rule_match *match, uint32_t name) {
    for (uint32_t i = 0; i < match->capture_count; i++) {
        const capture *c = &d->captures.items[match->first_capture + i];
        if (c->name == name) return c;
    }
    return NULL;
}
