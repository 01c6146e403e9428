/* nerx: picks the subcommand. */
#include <signal.h>
#include <string.h>

#include "cli/cli.h"

static const char help[] =
    "usage: nerx [OPTION]… [FILE]…\n"
    "       nerx build -o MODEL DIR…\n"
    "       nerx check [-m MODEL] [DIR]…\n"
    "       nerx eval [OPTION]… GOLD…\n"
    "\n"
    "Reads German and English text and writes the people, places, organizations, dates and relations in it.\n"
    "Without a FILE, or where it is -, reads standard input.\n"
    "\n"
    "  -f, --format FORMAT    json (default), jsonl, triples, conll, brat, html\n"
    "  -l, --language LANG    de, en, or auto (default): decided for each sentence\n"
    "      --date YYYY-MM-DD  the date of the text, for dates such as \"Monday\"\n"
    "      --types TYPES      only mentions of these types: PER,LOC,ORG,DATE\n"
    "      --offsets UNIT     codepoints (default), bytes, utf16\n"
    "      --evidence         every witness of every mention, and the candidates that lost\n"
    "      --jsonl            input is one JSON object a line: \"id\", \"text\", perhaps \"date\"\n"
    "      --repair           replace bytes that are not UTF-8 by U+FFFD\n"
    "      --no-relations     stop after the entities\n"
    "  -m, --model MODEL      use this model instead of the built-in one\n"
    "  -g, --gazetteer FILE   add a list of one's own\n"
    "  -r, --rules FILE       add rules of one's own\n"
    "  -h, --help             this text\n"
    "  -V, --version          the version\n"
    "\n"
    "build: compile gazetteers and rules into a model\n"
    "  -o, --output MODEL     where to write it\n"
    "      --no-check         do not run the examples\n"
    "\n"
    "check: run every example of the rules, name every doubtful rule and entry\n"
    "\n"
    "eval: score against annotated samples: .bio (IOB2), .jsonl, .json or brat's .ann beside .txt\n"
    "  -l, -m, -g, -r         as above\n"
    "      --map LABEL=TYPE,…     the gold's labels in our types; a * stands for anything, the first item that fits\n"
    "                             counts, LABEL= drops one, LABEL=TYPE? counts it neither for nor against\n"
    "      --errors[=KIND,TYPE,…] each mistake with [gold] and {found}, its sentence and its witnesses;\n"
    "                             only some: missed, spurious, mistyped, borders, value; PER, LOC …; relations\n"
    "      --rules                how often each rule, list and cue helped, hurt, was alone, never fired\n"
    "      --causes               mistakes by cause: what was missing, or who spoke for what is wrong\n"
    "      --confusion            what was taken for what\n"
    "      --measures             precision, recall and F1 also where borders or types may differ\n"
    "      --json                 the figures and each mention as JSON, for --baseline\n"
    "      --baseline OLD.json    what was won and lost against it, mention by mention\n"
    "      --gate 'PER.f1>=0.86'  exit with 1 where this does not hold; TYPE or all, then perhaps partial, type or\n"
    "                             span, then precision, recall or f1; values.accuracy; relations.f1; may be repeated\n"
    "      --found FILE           score this file, as a system wrote it, instead of running nerx\n"
    "\n"
    "Exit status: 0 done, 1 a gate or an example failed, 2 usage, input or output trouble,\n"
    "3 a rule or gazetteer does not compile.\n";

static const struct {
    const char *name;
    command *run;
} commands[] = {
    {"build", command_build},
    {"check", command_check},
    {"eval", command_eval},
};

static int print(const char *text) {
    if (write_output(NULL, text, strlen(text))) return EXIT_DONE;
    return message_output();
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, with a message */
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) return print(help);
        if (strcmp(argv[i], "--version") == 0 || strcmp(argv[i], "-V") == 0) return print("nerx " NERX_VERSION "\n");
    }
    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) return commands[i].run(argc - 1, argv + 1);
    }
    heap_prepare();
    return command_extract(argc, argv);
}
