/* The document as the public header shows it. */
#include "pipeline/result.h"

#include "base/error.h"
#include "model/model.h"
#include "model/rule_image.h"
#include "model/stage_memory.h"
#include "norm/iso.h"

static bool fill_sentences(nerx_document *r) {
    const document *d = &r->d;
    r->tokens = arena_space(d->arena, nerx_token, d->tokens.count);
    r->sentences = arena_space(d->arena, nerx_sentence, d->sentences.count);
    if (!r->tokens || !r->sentences) return false;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        const sentence *from = &d->sentences.items[s];
        r->sentences[s] = (nerx_sentence){.span = {from->start_byte, from->end_byte},
                                          .first_token = from->first,
                                          .token_count = from->end - from->first,
                                          .language = memory_language_name(d, from->language)};
    }
    return true;
}

static void fill_tokens(nerx_document *r) {
    const document *d = &r->d;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        for (uint32_t i = d->sentences.items[s].first; i < d->sentences.items[s].end; i++)
            r->tokens[i] = (nerx_token){{d->tokens.items[i].start, d->tokens.items[i].end}, s};
    }
    r->tokens_filled = true;
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

static nerx_witness public_witness(const document *d, const witness *w) {
    static nerx_witness (*const of[])(const document *, const witness *) = {
        [WITNESS_GAZETTEER] = gazetteer_witness,
        [WITNESS_RULE] = rule_witness,
        [WITNESS_RECALL] = recall_witness,
        [WITNESS_CUE] = cue_witness,
    };
    nerx_witness out = of[w->kind](d, w);
    out.points = w->points;
    return out;
}

static nerx_witness *add_witnesses(const document *d, const candidate *c, nerx_witness *to) {
    for (uint32_t i = c->first_witness; i != NERX_NONE; i = d->witnesses.items[i].next)
        *to++ = public_witness(d, &d->witnesses.items[i]);
    return to;
}

static void fill_witnesses(nerx_document *r) {
    const document *d = &r->d;
    nerx_witness *to = r->witnesses;
    for (uint32_t i = 0; i < d->mentions.count; i++)
        to = add_witnesses(d, &d->candidates.items[d->mentions.items[i].candidate], to);
    for (uint32_t i = 0; r->losers && i < d->candidates.count; i++) {
        if (!d->candidates.items[i].won) to = add_witnesses(d, &d->candidates.items[i], to);
    }
    r->witnesses_filled = true;
}

/* Says where its witnesses are to be. */
static void count_witnesses(nerx_document *r, const candidate *c, nerx_mention *m) {
    m->first_witness = r->witness_count;
    for (uint32_t i = c->first_witness; i != NERX_NONE; i = r->d.witnesses.items[i].next)
        m->witness_count++;
    r->witness_count += m->witness_count;
}

static bool fill_mentions(nerx_document *r) {
    const document *d = &r->d;
    r->mentions = arena_space(d->arena, nerx_mention, d->mentions.count);
    if (!r->mentions) return false;
    for (; r->mention_count < d->mentions.count; r->mention_count++) {
        const mention *from = &d->mentions.items[r->mention_count];
        const candidate *c = &d->candidates.items[from->candidate];
        nerx_mention *m = &r->mentions[r->mention_count];
        *m = (nerx_mention){.type = memory_type_name(d, from->type),
                            .span = {from->start_byte, from->end_byte},
                            .sentence = from->sentence,
                            .first_token = from->start,
                            .token_count = from->end - from->start,
                            .entity = from->entity,
                            .value = from->value,
                            .points = c->points};
        count_witnesses(r, c, m);
    }
    return true;
}

/* Candidates that lost. */
static bool fill_losers(nerx_document *r) {
    const document *d = &r->d;
    r->losers = arena_space(d->arena, nerx_mention, d->candidates.count);
    if (!r->losers) return false;
    for (uint32_t i = 0; i < d->candidates.count; i++) {
        const candidate *c = &d->candidates.items[i];
        if (c->won) continue;
        nerx_mention *m = &r->losers[r->loser_count++];
        *m = (nerx_mention){.type = memory_type_name(d, c->type),
                            .span = {d->tokens.items[c->start].start, d->tokens.items[c->end - 1].end},
                            .sentence = c->sentence,
                            .first_token = c->start,
                            .token_count = c->end - c->start,
                            .entity = NERX_NONE,
                            .points = c->points};
        count_witnesses(r, c, m);
    }
    return true;
}

static bool make_room_for_witnesses(nerx_document *r) {
    r->witnesses = arena_space(r->d.arena, nerx_witness, r->witness_count);
    return r->witnesses;
}

static bool fill_entities(nerx_document *r) {
    const document *d = &r->d;
    r->entities = arena_space(d->arena, nerx_entity, d->entities.count);
    if (!r->entities) return false;
    for (uint32_t i = 0; i < d->entities.count; i++) {
        const entity *from = &d->entities.items[i];
        r->entities[i] = (nerx_entity){.type = memory_type_name(d, from->type),
                                       .name = from->name,
                                       .id = from->id,
                                       .mentions = d->entity_mentions.items + from->first_mention,
                                       .mention_count = from->mention_count};
    }
    return true;
}

static bool fill_relations(nerx_document *r) {
    const document *d = &r->d;
    r->relations = arena_space(d->arena, nerx_relation, d->relations.count);
    r->roles = arena_space(d->arena, nerx_role, d->roles.count);
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
    iso date = iso_of_day(r->d.date);
    if (r->d.date.year) memcpy(r->date, date.text, date.length < sizeof r->date ? date.length : sizeof r->date - 1);
    bool filled = fill_sentences(r) && fill_mentions(r) && (!keep_losers || fill_losers(r)) &&
                  make_room_for_witnesses(r) && fill_entities(r) && fill_relations(r);
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
    if (!r->tokens_filled) fill_tokens((nerx_document *)r);
    return r->tokens;
}

const nerx_sentence *nerx_document_sentences(const nerx_document *r, uint32_t *count) {
    *count = r->d.sentences.count;
    return r->sentences;
}

const nerx_mention *nerx_document_mentions(const nerx_document *r, uint32_t *count) {
    *count = r->mention_count;
    return r->mentions;
}

const nerx_mention *nerx_document_losers(const nerx_document *r, uint32_t *count) {
    *count = r->loser_count;
    return r->losers;
}

const nerx_witness *nerx_document_witnesses(const nerx_document *r, uint32_t *count) {
    *count = r->witness_count;
    if (!r->witnesses_filled) fill_witnesses((nerx_document *)r);
    return r->witnesses;
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
