/* The countries that nationalities name: "the Russian president" is Russia's. */
#ifndef RELATE_COUNTRIES_H
#define RELATE_COUNTRIES_H

#include "text/document.h"

enum { COUNTRY_CODES = 26 * 26 };

/* `open` false: empty. */
typedef struct countries {
    bool open;
    uint32_t entity[COUNTRY_CODES]; /* of the document, or NERX_NONE */
    uint32_t entry[COUNTRY_CODES];  /* of the model, as far as it has been asked for */
    bool asked[COUNTRY_CODES];
} countries;

/* If the tokens are a nationality: its country as a role, the document's entity where there is one. */
bool countries_fill(countries *c, const document *d, uint32_t start, uint32_t end, role *out);

/* A mention of the country that token `i` is a nationality of, or NERX_NONE. */
uint32_t countries_mention(const document *d, uint32_t i);

#endif
