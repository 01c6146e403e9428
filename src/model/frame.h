/* Relation frames: which words of a clause state a relation, and what its parts are.
 *
 *     frame ─┬─ triggers: a verb ("sich treffen mit", "zusammen|kommen", führen "Gespräch" mit) or a noun ("Treffen")
 *            └─ roles: a name, allowed types, and the places in a clause where it may stand */
#ifndef MODEL_FRAME_H
#define MODEL_FRAME_H

#include "model/image.h"
#include "model/model.h"

enum {
    FRAME_SYMMETRIC = 1,
    FRAME_SOME = 2,  /* one of the optional roles is needed */
    FRAME_FINITE = 4 /* not in infinitives, nor behind a modal verb */
};
enum {
    TRIGGER_REFLEXIVE = 1,
    TRIGGER_NOUN = 2,
    TRIGGER_ATTRIBUTION = 4, /* a word of attribution: "so Merkel" */
    TRIGGER_ALONE = 16,      /* only without an object: "he wrote", not "he wrote a book" */
    TRIGGER_PASSIVE = 8,     /* only in the passive, whose subject is the subject: "was born" */
};
enum { ROLE_OPTIONAL = 1, ROLE_TEXT = 2 /* any words, not only mentions */, ROLE_SUBJECT = 4, ROLE_OBJECT = 8 };
enum { PLACE_OF_NOUN = 1, PLACE_OF_VERB = 2 }; /* only with such a trigger */

typedef enum place_kind {
    PLACE_SUBJECT,
    PLACE_OBJECT,
    PLACE_DATIVE,
    PLACE_PP,
    PLACE_GENITIVE,  /* whose the noun is: Putins Besuch, der Besuch des Papstes, EU sanctions */
    PLACE_BARE,      /* a date without preposition */
    PLACE_BETWEEN,   /* both of a pair: Treffen zwischen X und Y */
    PLACE_HOST,      /* the subject of the clause in which the noun stands behind this preposition */
    PLACE_CIRCUM,    /* between preposition and other words: mit X an Bord */
    PLACE_SELF,      /* the noun of the trigger itself */
    PLACE_PREDICATE, /* who is said to be what the noun says: Macron ist Präsident */
    PLACE_KINDS
} place_kind;

typedef struct frame {
    uint32_t name; /* string */
    uint32_t first_role, role_count, flags;
} frame;

typedef struct trigger {
    uint32_t frame, lemma; /* word id */
    uint32_t preposition;  /* word id the object needs, or NERX_NONE */
    uint32_t noun;         /* word id of the lemma that must be an argument: "Gespräche" führen; or NERX_NONE */
    uint32_t language, flags;
} trigger;

typedef struct frame_role {
    uint32_t name;  /* string */
    uint32_t types; /* bits of type ids below 32 */
    uint32_t kinds; /* string: of organizations, separated by commas; or NERX_NONE */
    uint32_t flags, first_place, place_count;
} frame_role;

typedef struct frame_place {
    uint32_t kind, preposition; /* word id of a pp's preposition */
    uint32_t tail;              /* string: what follows in a circum */
    uint32_t flags;
} frame_place;

/* The frames of one layer; triggers are sorted by lemma. */
typedef struct frame_layer {
    const frame *frames;
    const trigger *triggers;
    const frame_role *roles;
    const frame_place *places;
    const char *strings;
    uint32_t frame_count, trigger_count, role_count, place_count, string_count;
} frame_layer;

bool frames_open(frame_layer *out, const image *i, const model *m, bool trusted, const char *path, nerx_error *error);
const frame_layer *model_frames(const model *m, uint32_t layer);

/* The triggers of a lemma in a layer: first of *count. */
const trigger *frame_triggers(const frame_layer *l, uint32_t lemma, uint32_t *count);

#endif
