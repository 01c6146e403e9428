/* The names of grammatical features. */
#include "model/features.h"

static const struct {
    const char *name;
    uint32_t bits;
} table[] = {
    {"nom", FEATURE_NOM},
    {"gen", FEATURE_GEN},
    {"dat", FEATURE_DAT},
    {"acc", FEATURE_ACC},
    {"sg", FEATURE_SG},
    {"pl", FEATURE_PL},
    {"m", FEATURE_M},
    {"f", FEATURE_F},
    {"n", FEATURE_N},
    {"1", FEATURE_1},
    {"2", FEATURE_2},
    {"3", FEATURE_3},
    {"pres", FEATURE_PRES},
    {"past", FEATURE_PAST},
    {"ind", FEATURE_IND},
    {"subj1", FEATURE_SUBJ1},
    {"subj2", FEATURE_SUBJ2},
    {"imp", FEATURE_IMP},
    {"inf", FEATURE_INF},
    {"part", FEATURE_PART},
    {"zu", FEATURE_ZU},
    {"fin", FEATURE_FIN},
    {"comp", FEATURE_COMP},
    {"sup", FEATURE_SUP},
    {"adj", FEATURE_ADJ},
    {"person", FEATURE_PERSON},
    {"weak", FEATURE_WEAK},
    {"alias", FEATURE_ALIAS},
    {"ambiguous", FEATURE_AMBIGUOUS},
    {"nominative", FEATURE_NOM},
    {"genitive", FEATURE_GEN},
    {"dative", FEATURE_DAT},
    {"accusative", FEATURE_ACC},
    {"singular", FEATURE_SG},
    {"plural", FEATURE_PL},
    {"masculine", FEATURE_M},
    {"feminine", FEATURE_F},
    {"neuter", FEATURE_N},
    {"present", FEATURE_PRES},
    {"participle", FEATURE_PART},
    {"infinitive", FEATURE_INF},
    {"finite", FEATURE_FIN},
    {"adjective", FEATURE_ADJ},
};

uint32_t feature_find(str name) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (str_is(name, table[i].name)) return table[i].bits;
    }
    return 0;
}

const char *const feature_names[] = {"nom",   "gen",    "dat",  "acc",   "sg",        "pl",   "m",    "f",
                                     "n",     "1",      "2",    "3",     "pres",      "past", "ind",  "subj1",
                                     "subj2", "imp",    "inf",  "part",  "zu",        "fin",  "comp", "sup",
                                     "adj",   "person", "weak", "alias", "ambiguous", NULL};
