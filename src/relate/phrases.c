/* Noun phrases: [preposition] [determiner] [adjectives] nouns or a name, with owners and partners. */
#include "model/stage_memory.h"
#include "relate/clause.h"

enum { MAX_PREMODIFIERS = 8 };

static uint32_t mention_of(const clauses *c, uint32_t i) {
    return c->words[i - c->first].mention;
}

/* A mention of one word that is an office is none here: "the CEO". */
static bool is_office(const clauses *c, uint32_t m) {
    const mention *x = &c->d->mentions.items[m];
    return x->end == x->start + 1 && c->words[x->start - c->first].office;
}

static bool is_date(const clauses *c, uint32_t m) {
    return c->d->mentions.items[m].entity == NERX_NONE;
}

static bool type_is(const clauses *c, uint32_t m, uint32_t type) {
    return c->d->mentions.items[m].type == type;
}

static bool is_cap(const clauses *c, uint32_t i) {
    return (clause_shape(c, i) & (SHAPE_UPPER_FIRST | SHAPE_LETTERS)) == (SHAPE_UPPER_FIRST | SHAPE_LETTERS);
}

static bool is_possessive_mark(const clauses *c, uint32_t i) {
    return i < c->end && clause_is_possessive_mark(c, i);
}

/* A word in lower case that no list has: mostly a noun. */
static bool is_unknown(const clauses *c, uint32_t i) {
    const clause_word *w = &c->words[i - c->first];
    uint32_t shape = SHAPE_LOWER | SHAPE_LETTERS;
    return !w->flags && !w->verb && !w->plain && (clause_shape(c, i) & (shape | SHAPE_HYPHEN)) == shape;
}

/* A word that can head a phrase. */
static bool is_noun(const clauses *c, uint32_t i) {
    if (clause_is(c, i, WORD_ATTRIBUTION)) return false;
    if (clause_is(c, i,
                  WORD_PREPOSITION | WORD_DETERMINER | WORD_CONJUNCTION | WORD_SUBJUNCTION | WORD_PRONOUN |
                      WORD_REFLEXIVE) &&
        !clause_is(c, i, WORD_NOUN))
        return false;
    /* "Später": at the start of a sentence, a word that has lower case elsewhere */
    bool first = set_has(c, SET_BEGINNINGS, i);
    if (first && mention_of(c, i) == NERX_NONE) {
        const word_kind *kind = &c->d->lexicon.kinds.items[c->tokens[i].kind];
        bool lower = !clause_is(c, i, WORD_NOUN) && kind->fold_marks & MARK_ORDINARY;
        if (lower || (c->verb_second && c->words[i - c->first].plain)) return false;
    }
    if (c->verb_second)
        return is_cap(c, i) &&
               (!first || clause_is(c, i, WORD_NOUN) ||
                !(clause_verb(c, i, VERB_ANY) || clause_is(c, i, WORD_ADJECTIVE) || c->words[i - c->first].plain));
    if (clause_verb(c, i, VERB_ANY)) return false;
    return clause_is(c, i, WORD_NOUN) || is_cap(c, i) || is_unknown(c, i);
}

/* May stand between determiner and noun. */
static bool is_modifier(const clauses *c, uint32_t i) {
    uint32_t shape = clause_shape(c, i);
    if (mention_of(c, i) != NERX_NONE || shape & SHAPE_PUNCT || clause_is(c, i, WORD_ATTRIBUTION)) return false;
    if (shape & (SHAPE_NUMBER | SHAPE_ORDINAL)) return true;
    return clause_is(c, i, WORD_ADJECTIVE) && !clause_is(c, i, WORD_REPORTED | WORD_POSSIBLE | WORD_EXPECTED);
}

/* "der 34 Jahre alte Jurist": a number and what it counts, before an adjective. */
static bool is_age(const clauses *c, uint32_t i) {
    return c->verb_second && i + 2 < c->end && clause_shape(c, i) & SHAPE_NUMBER && clause_is(c, i + 1, WORD_TIME) &&
           mention_of(c, i) == NERX_NONE && mention_of(c, i + 1) == NERX_NONE && is_modifier(c, i + 2);
}

/* English: the first part of an adjective with a hyphen that stands apart: "Ulm" of "the Ulm-based firm". */
static bool opens_compound(const clauses *c, uint32_t i) {
    if (c->verb_second || i + 3 >= c->end || !clause_is_hyphen(c, i + 1)) return false;
    if (clause_is(c, i + 2, WORD_ADJECTIVE) || clause_verb(c, i + 2, VERB_PARTICIPLE | VERB_GERUND)) return true;
    /* "a five-set semifinal" */
    return clause_shape(c, i + 2) & SHAPE_LOWER && mention_of(c, i + 3) == NERX_NONE && is_noun(c, i + 3);
}

/* "der Münchner Commerzbank": where a body is, not who lives there. */
static bool is_town_of(const clauses *c, uint32_t i) {
    bool both = c->verb_second && clause_is(c, i, WORD_ADJECTIVE) && clause_is(c, i, WORD_NOUN) &&
                mention_of(c, i) == NERX_NONE && i + 1 < c->end;
    uint32_t next = both ? mention_of(c, i + 1) : NERX_NONE;
    return next != NERX_NONE && type_is(c, next, c->body);
}

/* Words before the noun that belong to it: how many tokens from `i` lead to a noun, or none. */
static uint32_t premodifiers(const clauses *c, uint32_t i, bool opened) {
    uint32_t k = i;
    for (; k < c->end && k < i + MAX_PREMODIFIERS; k++) {
        uint32_t m = mention_of(c, k);
        if (opens_compound(c, k)) {
            k++; /* "the German-born diplomat" */
            continue;
        }
        if (opened && is_town_of(c, k)) continue;
        if (m != NERX_NONE || is_noun(c, k)) break;
        bool joins = k > i && (clause_is(c, k, WORD_CONJUNCTION) || c->d->text.ptr[c->tokens[k].start] == ',') &&
                     k + 1 < c->end && is_modifier(c, k + 1) && is_modifier(c, k - 1) &&
                     (opened || !clause_verb(c, k - 1, VERB_PARTICIPLE)); /* "vorgeworfen, private Schiffe …" */
        bool adverb = opened && !clause_is(c, k, WORD_PREPOSITION | WORD_SUBJUNCTION | WORD_PRONOUN | WORD_REFLEXIVE) &&
                      !(clause_shape(c, k) & SHAPE_PUNCT) && !clause_verb(c, k, VERB_FINITE) && k + 1 < c->end &&
                      is_modifier(c, k + 1);
        if (k > i && k + 1 < c->end && clause_is_hyphen(c, k)) continue;
        if (opened && is_age(c, k)) {
            k++;
            continue;
        }
        if (is_modifier(c, k)) {
            /* "besuchte Paris": without a determiner a finite form is the verb */
            if (!opened && clause_verb(c, k, VERB_FINITE)) return NERX_NONE;
            continue;
        }
        if (!joins && !adverb) return NERX_NONE;
    }
    if (k >= c->end || k == i + MAX_PREMODIFIERS) return NERX_NONE;
    uint32_t m = mention_of(c, k);
    if (m != NERX_NONE && (is_date(c, m) || c->d->mentions.items[m].start != k)) return NERX_NONE;
    return k - i;
}

/* "Präsident Putin", "Stadt Ulm", "Konzern Siemens": the noun says what the name is. */
static bool names(const clauses *c, uint32_t noun, uint32_t m) {
    /* "der Doktorvater Guttenbergs" is somebody else */
    if (type_is(c, m, c->person))
        return clause_is(c, noun, WORD_PERSON) || !(clause_is(c, noun, WORD_NOUN) || phrase_is_genitive(c, m));
    if (type_is(c, m, c->place)) return clause_is(c, noun, WORD_NAMES_PLACE);
    return clause_is(c, noun, WORD_NAMES_BODY) || (c->verb_second && !clause_is(c, noun, WORD_PERSON));
}

/* What the lists say of a name's last word. */
enum { NAME_KNOWN = 1, NAME_GENITIVE = 2, NAME_OTHER = 4 };

static uint32_t cases_of_name(const document *d, const token *t) {
    reading readings[MODEL_MAX_READINGS];
    uint32_t cases = NAME_KNOWN, count = model_readings(d->model, &d->lexicon, t->look, t->fold, LANGUAGE_NONE,
                                                        readings, MODEL_MAX_READINGS);
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = model_entry(d->model, readings[i].entry);
        str class = model_class_name(d->model, e->class);
        if (!e->type && !str_is(class, "given") && !str_is(class, "surname")) continue;
        cases |= readings[i].features & FEATURE_GEN ? NAME_GENITIVE : NAME_OTHER;
    }
    return cases;
}

bool phrase_is_genitive(const clauses *c, uint32_t m) {
    const document *d = c->d;
    const token *t = &d->tokens.items[d->mentions.items[m].end - 1];
    uint32_t *known = memory_bits(d, COLUMN_GENITIVES, t->kind, LANGUAGE_NONE);
    uint32_t cases = known && *known ? *known : cases_of_name(d, t);
    if (known) *known = cases;
    if (cases & (NAME_GENITIVE | NAME_OTHER)) return !(cases & NAME_OTHER);
    str text = str_slice(d->text, t->start, t->end);
    return text.len > 3 && (str_ends(text, STR("s")) || str_ends(text, STR("'")) || str_ends(text, STR("’")));
}

/* "the CGT union": a noun behind the name that says what it is, and no further one. */
static bool says_kind(const clauses *c, uint32_t m) {
    uint32_t next = c->d->mentions.items[m].end;
    if (c->verb_second || next >= c->end || mention_of(c, next) != NERX_NONE || !is_noun(c, next)) return false;
    if (!clause_is(c, next, type_is(c, m, c->body) ? WORD_NAMES_BODY : WORD_NAMES_PLACE) || type_is(c, m, c->person))
        return false;
    return next + 1 >= c->end || (mention_of(c, next + 1) == NERX_NONE && !is_noun(c, next + 1));
}

/* "Putins Besuch", "Nordkoreas Machthaber": a bare genitive before a noun. */
static bool owns_what_follows(const clauses *c, uint32_t m, bool determined) {
    uint32_t next = c->d->mentions.items[m].end;
    if (next >= c->end) return false;
    if (is_possessive_mark(c, next)) return next + 1 < c->end && !clause_verb(c, next + 1, VERB_PARTICIPLE);
    if (!c->verb_second) {
        if (says_kind(c, m)) return false;
        /* "Gaza ceasefire", "U.S. President" */
        uint32_t n = mention_of(c, next);
        bool letters = clause_shape(c, next) & SHAPE_ALL_UPPER && type_is(c, m, c->person); /* "Rupert Haldane KC" */
        return n == NERX_NONE && !letters && is_noun(c, next) && !clause_is(c, next, WORD_TIME | WORD_ADJECTIVE);
    }
    if (determined || !phrase_is_genitive(c, m)) return false;
    if (mention_of(c, next) != NERX_NONE) return !is_date(c, mention_of(c, next)) && mention_of(c, next) != m;
    return is_noun(c, next) || (clause_is(c, next, WORD_ADJECTIVE) && premodifiers(c, next, true) != NERX_NONE);
}

static uint32_t agreement_of(const clauses *c, const phrase *p, uint32_t determiner) {
    const clause_word *head = &c->words[p->head - c->first];
    uint32_t cases = FEATURE_NOM | FEATURE_GEN | FEATURE_DAT | FEATURE_ACC, numbers = FEATURE_SG | FEATURE_PL;
    uint32_t genders = FEATURE_M | FEATURE_F | FEATURE_N, result = 0;
    if (!c->verb_second)
        return cases | (head->lore->agreements && p->mention == NERX_NONE ? head->lore->agreement[0] & numbers : 0);
    bool named = p->mention != NERX_NONE;
    if (determiner == NERX_NONE) {
        for (uint32_t i = 0; !named && i < head->lore->agreements; i++)
            result |= head->lore->agreement[i];
        return result ? result : (cases & ~(uint32_t)(named ? FEATURE_GEN : 0)) | FEATURE_SG;
    }
    const clause_word *det = &c->words[determiner - c->first];
    for (uint32_t i = 0; i < det->lore->agreements; i++) {
        uint32_t a = det->lore->agreement[i];
        bool fits = named || !head->lore->agreements;
        uint32_t common = a;
        for (uint32_t k = 0; !named && k < head->lore->agreements; k++) {
            uint32_t h = head->lore->agreement[k];
            bool gender = !(a & genders) || !(h & genders) || a & h & genders || a & FEATURE_PL;
            bool number = !(a & numbers) || !(h & numbers) || a & h & numbers;
            bool in_case = !(h & cases) || a & h & cases;
            if (!gender || !number || !in_case) continue;
            fits = true;
            common = (a & h & cases ? a & h & cases : a & cases) | (a & numbers) |
                     (a & h & genders ? a & h & genders : a & genders);
        }
        if (fits) result |= common;
    }
    return result ? result : cases | FEATURE_SG;
}

/* What is in a phrase is no verb of a clause. */
static void leave_sets(clauses *c, uint32_t start, uint32_t end) {
    static const set_kind sets[] = {SET_VERBS, SET_OPENERS, SET_PARTICLES};
    for (uint32_t i = start - c->first, stop = end - c->first; i < stop; i = (i | 63) + 1) {
        uint64_t from = ~(uint64_t)0 << (i & 63);
        uint64_t until = stop - (i & ~63U) >= 64 ? 0 : ~(uint64_t)0 << (stop & 63);
        for (size_t k = 0; k < sizeof sets / sizeof *sets; k++)
            c->sets[sets[k]].bits[i >> 6] &= ~from | until;
    }
}

static phrase *add(clauses *c, uint32_t start, uint32_t end, uint32_t head, uint32_t mention_index) {
    if (c->phrase_count == MAX_PHRASES || end <= start) return NULL;
    uint8_t index = (uint8_t)c->phrase_count;
    phrase *p = &c->phrases[c->phrase_count++];
    *p = (phrase){.start = start,
                  .end = end,
                  .head = head,
                  .preposition = NERX_NONE,
                  .mention = mention_index,
                  .owner = NO_PHRASE,
                  .next = NO_PHRASE,
                  .lead = index,
                  .means = NO_PHRASE,
                  .clause = NO_CLAUSE};
    for (uint32_t i = start; i < end; i++) {
        clause_word *w = &c->words[i - c->first];
        w->phrase = index;
        w->verb = 0;
        if (w->mention == NERX_NONE) p->flags |= w->tells;
    }
    leave_sets(c, start, end);
    uint32_t before = start;
    while (before > c->first && clause_shape(c, before - 1) & SHAPE_QUOTE && clause_shape(c, before - 1) & SHAPE_PUNCT)
        before--;
    if (before > c->first && clause_is(c, before - 1, WORD_PREPOSITION | WORD_ATTRIBUTION)) p->preposition = before - 1;
    return p;
}

/* The noun part from `i`: several nouns, then perhaps the name they introduce. */
static uint32_t noun_part(const clauses *c, uint32_t i, uint32_t *head, uint32_t *mention_index) {
    uint32_t k = i;
    *mention_index = NERX_NONE;
    while (k < c->end) {
        uint32_t m = mention_of(c, k);
        if (m != NERX_NONE) {
            if (is_date(c, m)) break;
            bool english = !c->verb_second && k > i && type_is(c, m, c->body);
            if (k > i && !names(c, k - 1, m) && !english) break;
            *mention_index = is_office(c, m) ? NERX_NONE : m;
            *head = c->d->mentions.items[m].end - 1;
            k = c->d->mentions.items[m].end;
            if (says_kind(c, m)) {
                k++;
                break;
            }
            if (!owns_what_follows(c, m, true) || is_possessive_mark(c, k)) break;
            if (type_is(c, m, c->person)) break;
            *mention_index = NERX_NONE; /* "Ukraine war": what follows is the head */
            continue;
        }
        if (!is_noun(c, k)) break;
        if (k > i && c->verb_second && clause_is(c, k, WORD_NOUN) && !clause_is(c, k - 1, WORD_PERSON)) break;
        *head = k++;
        /* "the director-general" */
        if (!c->verb_second && k + 1 < c->end && clause_is_hyphen(c, k) && mention_of(c, k + 1) == NERX_NONE &&
            clause_is(c, k + 1, WORD_ADJECTIVE | WORD_NOUN))
            k += 2;
        /* "Zvezda" Shipbuilding Complex */
        bool quoted = i > c->first && clause_shape(c, i - 1) & SHAPE_QUOTE && k + 1 < c->end &&
                      clause_shape(c, k) & SHAPE_QUOTE && !c->verb_second;
        if (quoted && (mention_of(c, k + 1) != NERX_NONE || is_noun(c, k + 1))) k++;
        /* „New York Times“ behind its noun */
        if (k + 1 < c->end && clause_shape(c, k) & SHAPE_QUOTE && mention_of(c, k + 1) != NERX_NONE &&
            names(c, k - 1, mention_of(c, k + 1)))
            k++;
    }
    return k;
}

static bool find_pronoun(clauses *c, uint32_t i) {
    const clause_word *w = clause_word_at(c, i);
    if (!(w->flags & WORD_PRONOUN)) return false;
    phrase *p = add(c, i, i + 1, i, NERX_NONE);
    if (!p) return false;
    p->flags |= PHRASE_PRONOUN | (w->flags & WORD_PERSONAL ? PHRASE_PERSONAL : 0);
    for (uint32_t k = 0; k < w->lore->agreements; k++)
        p->agreement |= w->lore->agreement[k];
    return true;
}

/* A date, or a noun of time: never subject or object. */
static uint32_t find_time(clauses *c, uint32_t i) {
    uint32_t m = mention_of(c, i);
    if (m == NERX_NONE || !is_date(c, m)) return 0;
    uint32_t end = c->d->mentions.items[m].end;
    phrase *p = add(c, i, end, end - 1, m);
    if (p) p->flags |= PHRASE_TIME;
    return end - i;
}

static uint32_t determiners(const clauses *c, uint32_t i) {
    uint32_t k = i;
    while (k < c->end && clause_is(c, k, WORD_DETERMINER) && mention_of(c, k) == NERX_NONE)
        k++;
    return k - i;
}

/* "Putin, center, and …": where somebody is in a picture. */
static bool stands_aside(const clauses *c, uint32_t i) {
    if (!clause_is(c, i, WORD_ASIDE) || i == c->first || i + 1 >= c->end) return false;
    return clause_parts(c, i - 1) && clause_parts(c, i + 1);
}

/* "die Außen- und Europaminister": a hyphen, "und", and the rest. */
static bool is_cut_short(const clauses *c, uint32_t end) {
    return c->verb_second && end + 2 < c->end && clause_shape(c, end) & SHAPE_DASH &&
           c->tokens[end].place & TOKEN_JOINED && clause_is(c, end + 1, WORD_CONJUNCTION) && is_noun(c, end + 2);
}

/* One phrase from token `i`; the number of tokens it takes, 0 for none. */
static uint32_t find_phrase(clauses *c, uint32_t i) {
    uint32_t taken = find_time(c, i), head = i, m = NERX_NONE;
    if (taken) return taken;
    if (stands_aside(c, i)) return 1;
    uint32_t dets = determiners(c, i), start = i + dets;
    if (start >= c->end) return 0;
    bool opened = dets || (i > c->first && clause_is(c, i - 1, WORD_PREPOSITION)) ||
                  (i > c->first && is_possessive_mark(c, i - 1));
    if (dets && clause_shape(c, start) & SHAPE_QUOTE && start + 1 < c->end && mention_of(c, start + 1) != NERX_NONE)
        start++;
    uint32_t before = premodifiers(c, start, opened);
    if (before == NERX_NONE) return find_pronoun(c, i) ? 1 : 0;
    uint32_t noun = start + before;
    uint32_t first = mention_of(c, noun);
    bool owner = first != NERX_NONE && owns_what_follows(c, first, dets || before);
    uint32_t end;
    if (owner) {
        m = first;
        end = c->d->mentions.items[m].end;
        head = end - 1;
    } else {
        end = noun_part(c, noun, &head, &m);
        if (is_cut_short(c, end)) end = noun_part(c, end + 2, &head, &m);
    }
    if (end <= noun) return 0;
    phrase *p = add(c, i, end, head, m);
    if (!p) return end - i;
    p->agreement = agreement_of(c, p, dets ? i : NERX_NONE);
    if (m == NERX_NONE && clause_is(c, head, WORD_TIME)) p->flags |= PHRASE_TIME;
    if (dets) p->flags |= PHRASE_DEFINITE;
    /* "Putins Besuch": the owner; its phrase comes next */
    if (owner || is_possessive_mark(c, end)) p->flags |= PHRASE_OWNER;
    return end - i;
}

/* Most words with which find_phrase finds nothing show it. */
static bool may_begin(const clauses *c, uint32_t i) {
    const clause_word *w = &c->words[i - c->first];
    uint32_t shape = clause_shape(c, i), may = WORD_DETERMINER | WORD_ADJECTIVE | WORD_NOUN | WORD_PRONOUN;
    if (shape & SHAPE_PUNCT) return false;
    if (w->mention != NERX_NONE || w->flags & may || shape & (SHAPE_UPPER_FIRST | SHAPE_NUMBER | SHAPE_ORDINAL))
        return true;
    if (is_unknown(c, i) || (i + 1 < c->end && clause_shape(c, i + 1) & SHAPE_DASH)) return true;
    return i > c->first && (clause_is(c, i - 1, WORD_PREPOSITION) || is_possessive_mark(c, i - 1));
}

void phrases_find(clauses *c) {
    for (uint32_t i = c->first; i < c->end;) {
        uint32_t taken = may_begin(c, i) ? find_phrase(c, i) : 0;
        i += taken ? taken : 1;
    }
    phrases_join(c);
}
