/* Acronyms in brackets testify for the long name before them, and it for them. */
#ifndef MATCH_ACRONYMS_H
#define MATCH_ACRONYMS_H

#include "text/document.h"

/* Adds evidence for both. False if memory is short. */
bool acronyms_testify(document *d, nerx_error *error);

#endif
