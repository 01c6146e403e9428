/* The line's stages, for those who want to watch them at work. */
#ifndef PIPELINE_EXTRACTOR_H
#define PIPELINE_EXTRACTOR_H

#include "nerx.h"

/* Called after each stage of a document, with the stage's name. */
typedef void stage_watch(void *user, const char *stage);

void extractor_watch(nerx_extractor *x, stage_watch *watch, void *user);

#endif
