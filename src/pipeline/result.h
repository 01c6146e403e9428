/* The document as the public header shows it: the stages' arrays turned into plain public structs. */
#ifndef PIPELINE_RESULT_H
#define PIPELINE_RESULT_H

#include "text/document.h"

struct nerx_document {
    document d;
    char date[16];
    nerx_token *tokens; /* filled when they are asked for, as few do */
    nerx_sentence *sentences;
    nerx_mention *mentions, *losers;
    nerx_witness *witnesses; /* so are these */
    uint32_t mention_count, loser_count, witness_count;
    bool tokens_filled, witnesses_filled;
    nerx_entity *entities;
    nerx_relation *relations;
    nerx_role *roles;
};

/* Fills the public arrays from r->d, in its arena, and makes room for those that are filled later. False if memory is
 * short. */
bool result_fill(nerx_document *r, bool keep_losers, nerx_error *error);

#endif
