/* Frames over clauses: verbs and nouns that state a relation. */
#ifndef RELATE_FRAMES_H
#define RELATE_FRAMES_H

#include "model/frame.h"
#include "relate/clause.h"

/* A trigger found in a clause, and what fills its frame's roles. */
typedef struct match_state {
    clauses *c;
    uint8_t clause;
    uint8_t noun; /* the trigger's phrase, or NO_PHRASE where it is a verb */
    const frame_layer *layer;
    const trigger *t;
    const frame *f;
    uint8_t fillers[12];                    /* phrases by role, or NO_PHRASE */
    uint64_t used[(MAX_PHRASES + 63) / 64]; /* phrases, as bits */
    bool passive, between, hosted;
} match_state;

enum { MAX_FRAME_ROLES = 12 };

static inline bool is_used(const match_state *m, uint8_t p) {
    return m->used[p >> 6] >> (p & 63) & 1;
}

/* Finds the triggers in the sentence's clauses that may have a subject; *any says whether there are some. Pronouns and
 * descriptions need not have been asked whom they mean. False if memory is short. */
bool triggers_find(clauses *c, bool *any);

/* Adds the relations that the triggers found state. False if memory is short. */
bool relate_by_frames(clauses *c);

/* May some phrase fill the role, whatever pronouns and descriptions mean? To be sure it says so too often (places.c).
 */
bool place_may_fill(match_state *m, const frame_role *r);

/* The clause has an object that is no pronoun (places.c). */
bool place_has_object(const match_state *m);

/* The phrase that fills a role, or NO_PHRASE (places.c). */
uint8_t place_fill(match_state *m, const frame_role *r);

/* One relation for each pair of coordinated subjects and objects (emit.c). False if memory is short. */
bool relations_emit(match_state *m);

/* Does the mention or, for words, the phrase suit the role? */
bool role_accepts(const match_state *m, const frame_role *r, uint8_t p);

#endif
