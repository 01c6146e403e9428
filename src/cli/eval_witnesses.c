/* Every rule, list, cue and frame of a model, so that those that never fired are known, too. */
#include <stdio.h>

#include "base/error.h"
#include "cli/eval.h"
#include "model/layer.h"

static bool add(tally_table *t, arena *a, const char *kind, str name, str detail) {
    return tally_row(t, a, str_of(kind), name, detail);
}

static bool add_rules(tally_table *t, arena *a, const model *m, bool relations) {
    for (uint32_t i = 0; i < model_rule_count(m); i++) {
        const rule *r = model_rule(m, i);
        str name = model_rule_name(m, r), detail = model_rule_string(m, r, r->place);
        if (r->type && !add(t, a, "rule", name, detail)) return false;
        if (relations && r->relate_count && !add(t, a, "relation", name, STR(""))) return false;
    }
    return true;
}

static bool add_layer(tally_table *t, arena *a, const model *m, const layer *l, bool relations) {
    for (uint32_t i = 0; i < l->entry_count; i++) {
        const entry *e = &l->entries[i];
        bool repeats = i && e->class == l->entries[i - 1].class && e->type == l->entries[i - 1].type;
        bool testifies = e->type && (e->points || e->ambiguous);
        if (testifies && !repeats && !add(t, a, "gazetteer", model_class_name(m, e->class), STR(""))) return false;
    }
    for (uint32_t i = 0; i < l->rules.cue_count; i++) {
        uint32_t number = l->rules.first_cue + i;
        const cue *c = model_cue(m, number);
        if (c->flags & CUE_SPANS) continue;
        if (!add(t, a, "cue", model_cue_string(m, number, c->text), model_cue_string(m, number, c->file))) return false;
    }
    for (uint32_t i = 0; relations && i < l->frames.frame_count; i++) {
        if (!add(t, a, "relation", str_of(l->frames.strings + l->frames.frames[i].name), STR(""))) return false;
    }
    return true;
}

bool eval_add_witnesses(tally_table *t, arena *a, const nerx_model *m, bool relations, nerx_error *error) {
    bool added = add_rules(t, a, m, relations);
    for (uint32_t k = 0; added && k < m->layer_count; k++)
        added = add_layer(t, a, m, &m->layers[k], relations);
    return added || error_memory(error);
}
