/* Opening a program: its rules, labels and states. */
#include "match/runner.h"

#include "match/mention_reach.h"
#include "model/rules.h"

/* Rules of a program follow each other, each behind a split that leads to the next. */
static uint32_t next_rule(const runner *r, uint32_t split, program_rule *out) {
    const instruction *code = r->layer->code + r->program->first_code;
    if (code[split].op != OP_SPLIT || code[split].b <= split + 1) return 0;
    uint32_t next = code[split].b;
    if (code[next - 1].op != OP_MATCH) return 0;
    *out = (program_rule){.id = code[next - 1].a, .first = split + 1, .end = next};
    return next;
}

static bool replaced(const model *m, uint32_t id) {
    const rule *own = model_rule(m, id);
    str name = model_rule_name(m, own);
    for (uint32_t k = m->layer_count - 1; k > 0 && m->layers[k].rules.first_rule > id; k--) {
        const rule_layer *l = &m->layers[k].rules;
        for (uint32_t i = 0; i < l->rule_count; i++) {
            if (l->rules[i].language == own->language && str_is(name, l->strings + l->rules[i].name)) return true;
        }
    }
    return false;
}

static bool list_rules(runner *r, uint32_t *rule_at) {
    program_rule found;
    uint32_t count = 0;
    for (uint32_t at = 0, next; (next = next_rule(r, at, &found)); at = next)
        count++;
    r->rules = arena_array(&r->arena, program_rule, (size_t)count + 1);
    if (!r->rules) return false;
    for (uint32_t at = 0, next; (next = next_rule(r, at, &found)); at = next) {
        if (!replaced(r->model, found.id)) rule_at[found.end - 1] = r->rule_count;
        r->rules[r->rule_count++] = found;
    }
    return true;
}

/* What programs need that ask for earlier mentions. */
static bool open_mentions(runner *r) {
    if (!r->asks_mentions) return true;
    r->begins = arena_array(&r->arena, kind_begins, (size_t)model_type_count(r->model) + 1);
    return r->begins && mention_reach(&r->steps_before, &r->arena, r->layer, r->program, MAX_MATCH);
}

bool runner_open(runner *r, signatures *s, const model *m, const rule_layer *rules, const program *p) {
    *r = (runner){.model = m, .layer = rules, .program = p, .open = true};
    r->asks_mentions = p->pass == MENTION_PASS || p->pass == RELATE_PASS;
    uint32_t *rule_at = arena_array(&r->arena, uint32_t, (size_t)p->code_count + 1);
    if (rule_at) memset(rule_at, 0xff, ((size_t)p->code_count + 1) * sizeof *rule_at);
    if (rule_at && list_rules(r, rule_at) && labels_open(&r->labels, &r->arena, s, m, rules, p) &&
        states_open(&r->states, &r->arena, &r->labels, p, rule_at) && open_mentions(r))
        return true;
    runner_close(r);
    return false;
}

void runner_close(runner *r) {
    if (!r->open) return;
    labels_close(&r->labels);
    states_close(&r->states);
    arena_free(&r->arena);
    *r = (runner){.model = r->model, .layer = r->layer, .program = r->program};
}
