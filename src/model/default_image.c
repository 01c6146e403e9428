/* Puts the default model's image into the binary as it lies on disk. */
#include "model/default_image.h"

__asm__(".section .rodata\n"
        ".balign 4096\n"
        ".hidden nerx_default_image\n"
        ".hidden nerx_default_image_end\n"
        ".global nerx_default_image\n"
        ".type nerx_default_image, @object\n"
        "nerx_default_image:\n"
        ".incbin \"" IMAGE_FILE "\"\n"
        ".global nerx_default_image_end\n"
        "nerx_default_image_end:\n"
        ".byte 0\n"
        ".previous\n");

/* A translation unit must declare something. */
typedef int default_image_is_assembly;
