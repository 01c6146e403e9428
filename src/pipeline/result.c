/* The document as the public header shows it. */
#include "pipeline/result.h"

#include <stdio.h>

#include "base/error.h"
#include "model/model.h"
#include "model/rule_image.h"
#include "model/stage_memory.h"

static bool fill_tokens(nerx_document *r) {
    const document *d = &r->d;
    r->tokens = arena_array(d->arena, nerx_token, d->tokens.count);
    r->sentences = arena_array(d->arena, nerx_sentence, d->sentences.count);
    if (!r->tokens || !r->sentences) return false;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        const sentence *from = &d->sentences.items[s];
        r->sentences[s] = (nerx_sentence){.span = {from->start_byte, from->end_byte},
                                          .first_token = from->first,
                                          .token_count = from->end - from->first,
                                          .language = model_language_name(d->model, from->language)};
        for (uint32_t i = from->first; i < from->end; i++)
            r->tokens[i] = (nerx_token){{d->tokens.items[i].start, d->tokens.items[i].end}, s};
    }
    return true;
}

static nerx_witness gazetteer_witness(const document *d, const witness *w) {
    const entry *e = model_entry(d->model, w->source);
    return (nerx_witness){.kind = STR("gazetteer"),
                          .name = model_class_name(d->model, e->class),
                          .detail = memory_entry_name(d, w->source)};
}

static nerx_witness rule_witness(const document *d, const witness *w) {
    const rule *by = model_rule(d->model, d->matches.items[w->source].rule);
    return (nerx_witness){.kind = STR("rule"),
                          .name = model_rule_name(d->model, by),
                          .detail = model_rule_string(d->model, by, by->place)};
}

static nerx_witness recall_witness(const document *d, const witness *w) {
    const candidate *helper = &d->candidates.items[w->source];
    return (nerx_witness){
        .kind = STR("recall"), .name = STR("elsewhere"), .detail = document_tokens_text(d, helper->start, helper->end)};
}

static nerx_witness cue_witness(const document *d, const witness *w) {
    if (w->source == NERX_NONE) return (nerx_witness){.kind = STR("cue"), .name = STR("all"), .detail = STR("")};
    const cue *c = model_cue(d->model, w->source);
    return (nerx_witness){.kind = STR("cue"),
                          .name = model_cue_string(d->model, w->source, c->text),
                          .detail = model_cue_string(d->model, w->source, c->file)};
}

static bool add_witnesses(nerx_document *r, const candidate *c, nerx_mention *m) {
    const document *d = &r->d;
    m->first_witness = r->witnesses.count;
    for (uint32_t i = c->first_witness; i != NERX_NONE; i = d->witnesses.items[i].next) {
        const witness *w = &d->witnesses.items[i];
        nerx_witness out;
        if (w->kind == WITNESS_GAZETTEER) {
            out = gazetteer_witness(d, w);
        } else if (w->kind == WITNESS_CUE) {
            out = cue_witness(d, w);
        } else if (w->kind == WITNESS_RECALL) {
            out = recall_witness(d, w);
        } else {
            out = rule_witness(d, w);
        }
        out.points = w->points;
        if (!vec_push(d->arena, &r->witnesses, out)) return false;
    }
    m->witness_count = r->witnesses.count - m->first_witness;
    return true;
}

static bool fill_mentions(nerx_document *r) {
    const document *d = &r->d;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        const mention *from = &d->mentions.items[i];
        const candidate *c = &d->candidates.items[from->candidate];
        nerx_mention m = {.type = model_type_name(d->model, from->type),
                          .span = {from->start_byte, from->end_byte},
                          .sentence = from->sentence,
                          .first_token = from->start,
                          .token_count = from->end - from->start,
                          .entity = from->entity,
                          .value = from->value,
                          .points = c->points};
        if (!add_witnesses(r, c, &m) || !vec_push(d->arena, &r->mentions, m)) return false;
    }
    return true;
}

/* Candidates that lost and overlap a mention or had the points to be one. */
static bool fill_losers(nerx_document *r) {
    const document *d = &r->d;
    for (uint32_t i = 0; i < d->candidates.count; i++) {
        const candidate *c = &d->candidates.items[i];
        if (c->won) continue;
        nerx_mention m = {.type = model_type_name(d->model, c->type),
                          .span = {d->tokens.items[c->start].start, d->tokens.items[c->end - 1].end},
                          .sentence = c->sentence,
                          .first_token = c->start,
                          .token_count = c->end - c->start,
                          .entity = NERX_NONE,
                          .points = c->points};
        if (!add_witnesses(r, c, &m) || !vec_push(d->arena, &r->losers, m)) return false;
    }
    return true;
}

static bool fill_entities(nerx_document *r) {
    const document *d = &r->d;
    r->entities = arena_array(d->arena, nerx_entity, d->entities.count);
    if (!r->entities) return false;
    for (uint32_t i = 0; i < d->entities.count; i++) {
        const entity *from = &d->entities.items[i];
        r->entities[i] = (nerx_entity){.type = model_type_name(d->model, from->type),
                                       .name = from->name,
                                       .id = from->id,
                                       .mentions = d->entity_mentions.items + from->first_mention,
                                       .mention_count = from->mention_count};
    }
    return true;
}

static bool fill_relations(nerx_document *r) {
    const document *d = &r->d;
    r->relations = arena_array(d->arena, nerx_relation, d->relations.count);
    r->roles = arena_array(d->arena, nerx_role, d->roles.count);
    if (!r->relations || !r->roles) return false;
    for (uint32_t i = 0; i < d->relations.count; i++) {
        const relation *from = &d->relations.items[i];
        r->relations[i] = (nerx_relation){.type = from->type,
                                          .polarity = from->polarity,
                                          .modality = from->modality,
                                          .tense = from->tense,
                                          .source = from->source,
                                          .evidence = {from->start_byte, from->end_byte},
                                          .rule = from->rule,
                                          .text = from->text,
                                          .first_role = from->first_role,
                                          .role_count = from->role_count};
    }
    for (uint32_t i = 0; i < d->roles.count; i++) {
        const role *from = &d->roles.items[i];
        r->roles[i] = (nerx_role){.name = from->name,
                                  .entity = from->entity,
                                  .mention = from->mention,
                                  .span = {from->start_byte, from->end_byte},
                                  .text = from->text};
    }
    return true;
}

bool result_fill(nerx_document *r, bool keep_losers, nerx_error *error) {
    const day *date = &r->d.date;
    if (date->year) snprintf(r->date, sizeof r->date, "%04d-%02u-%02u", date->year, date->month, date->day);
    bool filled =
        fill_tokens(r) && fill_mentions(r) && (!keep_losers || fill_losers(r)) && fill_entities(r) && fill_relations(r);
    return filled || error_memory(error);
}

nerx_str nerx_document_text(const nerx_document *r) {
    return r->d.text;
}

nerx_str nerx_document_language(const nerx_document *r) {
    return model_language_name(r->d.model, r->d.language);
}

nerx_str nerx_document_date(const nerx_document *r) {
    return str_of(r->date);
}

nerx_str nerx_document_date_source(const nerx_document *r) {
    return str_of(r->d.date_source);
}

const nerx_token *nerx_document_tokens(const nerx_document *r, uint32_t *count) {
    *count = r->d.tokens.count;
    return r->tokens;
}

const nerx_sentence *nerx_document_sentences(const nerx_document *r, uint32_t *count) {
    *count = r->d.sentences.count;
    return r->sentences;
}

const nerx_mention *nerx_document_mentions(const nerx_document *r, uint32_t *count) {
    *count = r->mentions.count;
    return r->mentions.items;
}

const nerx_mention *nerx_document_losers(const nerx_document *r, uint32_t *count) {
    *count = r->losers.count;
    return r->losers.items;
}

const nerx_witness *nerx_document_witnesses(const nerx_document *r, uint32_t *count) {
    *count = r->witnesses.count;
    return r->witnesses.items;
}

const nerx_entity *nerx_document_entities(const nerx_document *r, uint32_t *count) {
    *count = r->d.entities.count;
    return r->entities;
}

const nerx_relation *nerx_document_relations(const nerx_document *r, uint32_t *count) {
    *count = r->d.relations.count;
    return r->relations;
}

const nerx_role *nerx_document_roles(const nerx_document *r, uint32_t *count) {
    *count = r->d.roles.count;
    return r->roles;
}
