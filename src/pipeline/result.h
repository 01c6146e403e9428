/* The document as the public header shows it: the stages' arrays turned into plain public structs. */
#ifndef PIPELINE_RESULT_H
#define PIPELINE_RESULT_H

#include "text/document.h"

struct nerx_document {
    document d;
    char date[16];
    nerx_token *tokens;
    nerx_sentence *sentences;
    VEC(nerx_mention) mentions;
    VEC(nerx_mention) losers;
    VEC(nerx_witness) witnesses;
    nerx_entity *entities;
    nerx_relation *relations;
    nerx_role *roles;
};

/* Fills the public arrays from r->d, in its arena. False if memory is short. */
bool result_fill(nerx_document *r, bool keep_losers, nerx_error *error);

#endif
