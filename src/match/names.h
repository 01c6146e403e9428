/* What the name of one mention says about the name of another: the same, a part, a fuller form, an acronym. */
#ifndef MATCH_NAMES_H
#define MATCH_NAMES_H

#include "text/document.h"

/* Classes that names are made of. */
typedef enum name_class {
    NAME_GIVEN,
    NAME_SURNAME,
    NAME_SUFFIX, /* Jr. */
    NAME_ORG_HEAD,
    NAME_LEGAL_FORM,
    NAME_ENDING, /* of genitives */
    NAME_NOUN,
    NAME_ADJ,
    NAME_NATIONALITY,
    NAME_COUNTRY,
    NAME_NATURE,
    NAME_ARTICLE,
    NAME_CLUB_HEAD,
    NAME_TEAM,
    NAME_CLUB_TAIL, /* United */
    NAME_CITY,
    NAME_INHABITANT,
    NAME_TITLE,
    NAME_OFFICE,
    NAME_PROFESSION,
    NAME_KIN,
    NAME_CLASSES
} name_class;

typedef struct names {
    const document *d;
    uint32_t classes[NAME_CLASSES]; /* the model's, or NERX_NONE */
} names;

names names_of(const document *d);

static inline uint32_t name_words(const mention *m) {
    return m->end - m->start;
}

/* Is the token in the class? Its readings' features that are in `all` and in `some` of them, if asked for. */
bool name_in_class(const names *n, uint32_t i, uint8_t language, name_class class, uint32_t *all, uint32_t *some);

/* Is it in one of the classes from `first` to `last`? */
bool name_in_classes(const names *n, uint32_t i, uint8_t language, name_class first, name_class last);

/* Is word `form` the word `name`, or its genitive: a suffix of class name-suffix behind it, in a language? */
bool name_matches(const document *d, uint32_t form, uint32_t name);

/* The token of a person's name by which he is called later: "Merkel" of "Angela Merkel", "Kim" of "Kim Jong Un". */
uint32_t name_family(const names *n, const mention *person);

/* A word's key: a hash of it, folded; and of what it is without an ending of names, where it has one. */
typedef struct name_word {
    uint32_t key;
    uint32_t tail; /* TAIL_…; its last bytes; its initial, 0 where it has several or is no ASCII */
} name_word;

enum { TAIL_KNOWN = 1, TAIL_ENDING = 2 /* its last byte is an ending; twice that: its last two */ };
enum { NAME_LONGEST_ENDING = 2 };

static inline bool name_word_ends(name_word w, uint32_t cut) {
    return w.tail & (uint32_t)TAIL_ENDING << (cut - 1);
}

static inline bool name_word_ends_at_all(name_word w) {
    return w.tail & (TAIL_ENDING | TAIL_ENDING << 1);
}

/* The key without the last `cut` bytes, at most NAME_LONGEST_ENDING. */
uint32_t name_word_stem(name_word w, uint32_t cut);

/* The keys by which a name may be found: hashes of a word at an end of it, of that word without its inflection, of its
 * initials, and of what stands for it without full stops. Names that may be one share a key. */
enum { NAME_MAX_KEYS = 11 };
uint32_t name_keys(const names *n, const mention *m, bool person, uint32_t *keys);

/* The same words; the last perhaps in the genitive, ordinary ones in another form ("Europäischen Zentralbank"). */
bool name_equal(const names *n, const mention *a, const mention *b);

/* Two full names of one person: "Angela Dorothea Merkel", "A. Merkel"; but not "Luis Camacho Jr." and "Luis Camacho
 * Sr." */
bool name_of_one_person(const names *n, const mention *a, const mention *b);

typedef enum name_part { PART_NONE, PART_GIVEN, PART_FAMILY } name_part;

/* Which part of the full name the other, a single word, is. */
name_part name_part_of(const names *n, const mention *part, const mention *full);

/* What a club is called among others: "Union" of "1. FC Union Berlin"; its token, or NERX_NONE. */
uint32_t name_calling(const names *n, const mention *m);

/* "Nordlicht", "Nordlicht AG" of "Nordlicht Kabelwerke AG"; "Bills" of "Buffalo Bills"; "Frankfurt" of "Frankfurt am
 * Main". `begins`: only the beginning of a name counts, before a word in lower case. */
bool name_shortens(const names *n, const mention *part, const mention *full, bool begins);

/* The same words but for a legal form: "KKR & Co." and "KKR". */
bool name_equal_but_form(const names *n, const mention *a, const mention *b);

/* The end of the name without its legal form: "GmbH & Co. KG". */
uint32_t name_end_without_form(const names *n, const mention *m);

enum { NAME_MAX_INITIALS = 64 };

/* The folded first letters of the words, of those with a capital if `capitals`, into `to`; the length. */
size_t name_initials(const names *n, const mention *m, bool capitals, char *to);

/* "ACLU" for "American Civil Liberties Union". */
bool name_abbreviates(const names *n, const mention *acronym, const mention *full);

/* Is the short name made of the other's letters, in their order: "THW", "Esa", "BfW"? `_from`: beginning with its
 * first. */
bool name_contracts(const names *n, const mention *contraction, const mention *full);
bool name_contracts_from(const names *n, const mention *contraction, const mention *full);

/* Is the token a country; a given name; a noun that makes an organization; an adjective of its language? */
bool name_is_country(const names *n, uint32_t i);
bool name_is_given(const names *n, uint32_t i);
bool name_is_org_head(const names *n, uint32_t i, uint8_t language);
bool name_is_company_head(const names *n, uint32_t i, uint8_t language); /* … a company */
bool name_is_adjective(const names *n, uint32_t i, uint8_t language);

/* "RB Leipzig", "Denver Nuggets": of a club with the name of its town at the end or at the beginning the words of that,
 * from *start; 0 for others. */
uint32_t name_town_of_club(const names *n, const mention *organization, uint32_t *start);

/* The code of the country whose adjective or genitive stands before the name or begins it, or empty: "the Russian
 * Defence Ministry", "Russlands Verteidigungsministerium". */
str name_country(const names *n, const mention *m);

/* FEATURE_M or FEATURE_F, as the title or office before it says, or else the given name; 0 where that is open. */
uint32_t name_gender(const names *n, const mention *person);

#endif
