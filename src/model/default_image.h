/* The default model's image inside the binary. */
#ifndef MODEL_DEFAULT_IMAGE_H
#define MODEL_DEFAULT_IMAGE_H

extern const unsigned char nerx_default_image[];
extern const unsigned char nerx_default_image_end[];

#endif
