/* The names rules give to shapes, places and marks of a token. */
#ifndef MODEL_RULE_SHAPES_H
#define MODEL_RULE_SHAPES_H

#include "model/rule_image.h"

bool shape_find(str name, atom *out);
uint32_t shape_name_count(void);
str shape_name(uint32_t index);

#endif
