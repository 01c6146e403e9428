/* The weights of evidence that belong to no list and no rule. All points are on one scale: 50 make a mention. */
#ifndef MATCH_WEIGHTS_H
#define MATCH_WEIGHTS_H

enum {
    WEIGHT_THRESHOLD = 50,    /* a candidate needs more than this to be a mention */
    WEIGHT_TOKEN = 1,         /* for each token beyond the first: the longer of two equal mentions wins */
    WEIGHT_CANDIDATE = 25,    /* a span with less from cues alone is not even remembered */
    WEIGHT_FIRST_WORD = -25,  /* a capital letter at the start of a sentence says nothing */
    WEIGHT_PHRASE = 25,       /* a listed name of several words is hardly anything else */
    WEIGHT_RECALL_NAME = 60,  /* the same words as a mention elsewhere */
    WEIGHT_RECALL_PART = 55,  /* the surname of a person named in full elsewhere */
    WEIGHT_RECALL_GIVEN = 52, /* the given name of such a person */
    WEIGHT_RECALL_ACRONYM = 60,
    WEIGHT_ACRONYM_PLAIN = 90,  /* an acronym in brackets, of the first letters of the name before it, and that */
    WEIGHT_ACRONYM_HIDDEN = 65, /* the same, made of other letters, too */
    WEIGHT_RECALL_WEAK = 25,    /* any of these, where the word is also an ordinary one */
};

#endif
