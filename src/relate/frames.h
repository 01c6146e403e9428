/* Frames over clauses: relations that verbs state. */
#ifndef RELATE_FRAMES_H
#define RELATE_FRAMES_H

#include "relate/words.h"

/* Adds the relations of every sentence with a mention and a trigger. False if memory is short. */
bool relate_by_frames(document *d, word_reader *reader);

#endif
