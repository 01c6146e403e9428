/* The empty default model of the program that builds the default model. */
#include "model/default_image.h"

const unsigned char nerx_default_image[8] __attribute__((aligned(16))) = {0};
const unsigned char nerx_default_image_end[1] = {0};
