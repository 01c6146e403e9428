/* Looking up gazetteer phrases: every multi-word entry that stands in the text becomes an edge of the lattice. */
#ifndef MATCH_LATTICE_H
#define MATCH_LATTICE_H

#include "text/document.h"

enum { MAX_PHRASE_TOKENS = 24 };

/* Adds d->edges, by start, then end. False if memory is short. */
bool look_up(document *d, nerx_error *error);

#endif
