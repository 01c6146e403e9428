/* nerx eval: scores against annotated samples. */
#include "cli/cli.h"

int command_eval(int argc, char **argv) {
    (void)argc;
    (void)argv;
    return message_usage("eval: not built");
}
