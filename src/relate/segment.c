/* Borders inside a sentence: punctuation, subjunctions, and "und" between two verbs. */
#include "relate/segment.h"

#include "model/features.h"

static char sign_at(const clauses *c, uint32_t i) {
    return c->d->text.ptr[c->tokens[i].start];
}

/* "two-time", "1 – 0" */
bool clause_is_hyphen(const clauses *c, uint32_t i) {
    if (!(clause_shape(c, i) & SHAPE_DASH) || i == c->first || i + 1 >= c->end) return false;
    const token *t = &c->tokens[i];
    bool joined = t->place & TOKEN_JOINED && t[1].place & TOKEN_JOINED;
    return joined || (t[-1].shape & SHAPE_HAS_DIGIT && t[1].shape & SHAPE_HAS_DIGIT);
}

static bool is_border(const clauses *c, uint32_t i) {
    uint32_t shape = clause_shape(c, i);
    if (!(shape & SHAPE_PUNCT) || clause_is_hyphen(c, i)) return false;
    /* "October 7, 2023" */
    if (c->words[i - c->first].mention != NERX_NONE) return false;
    char sign = sign_at(c, i);
    return sign == ',' || sign == ';' || sign == ':' || shape & (SHAPE_DASH | SHAPE_OPEN | SHAPE_CLOSE) ||
           (shape & SHAPE_QUOTE && sign != '\'');
}

void borders_mark(clauses *c) {
    uint32_t end = c->end;
    memset(&c->borders, 0, sizeof c->borders);
    for (uint32_t i = set_next(c, SET_SIGNS, c->first, end); i < end; i = set_next(c, SET_SIGNS, i + 1, end)) {
        if (is_border(c, i)) bits_add(c, &c->borders, i);
    }
}

static bool is_free(const clauses *c, uint32_t i) {
    const clause_word *w = &c->words[i - c->first];
    return w->phrase == NO_PHRASE && w->mention == NERX_NONE;
}

bool segment_has(const clauses *c, uint32_t start, uint32_t end, uint32_t verb) {
    for (uint32_t i = set_next(c, SET_VERBS, start, end); i < end; i = set_next(c, SET_VERBS, i + 1, end)) {
        if (is_free(c, i) && clause_verb(c, i, verb)) return true;
    }
    return false;
}

static uint32_t border_after(const clauses *c, uint32_t i) {
    return bits_next(c, &c->borders, i, c->end);
}

static uint32_t trim(const clauses *c, uint32_t start, uint32_t end) {
    while (end > start && clause_shape(c, end - 1) & SHAPE_PUNCT)
        end--;
    return end;
}

/* "die Arbeiten könnten dauern": what looks finite at the end is the infinitive of the verb before. */
static bool helper_before(const clauses *c, uint32_t start, uint32_t last) {
    if (!clause_verb(c, last, VERB_INFINITIVE | VERB_PARTICIPLE)) return false;
    for (uint32_t i = start; i < last; i++) {
        bool free = c->words[i - c->first].mention == NERX_NONE && clause_shape(c, i) & SHAPE_LOWER;
        if (free && clause_verb(c, i, VERB_FINITE) && clause_verb(c, i, VERB_AUXILIARY | VERB_MODAL)) return true;
    }
    return false;
}

/* "…, der Paris besuchte": behind a comma, perhaps behind a preposition, with the finite verb at the end. */
static bool opens_relative(const clauses *c, uint32_t i) {
    uint32_t before = i;
    if (before > c->first && clause_is(c, before - 1, WORD_PREPOSITION)) before--;
    if (before == c->first || sign_at(c, before - 1) != ',') return false;
    uint32_t end = trim(c, i, border_after(c, i));
    /* "um den Präsidenten zu treffen": an infinitive */
    if (end > i + 2 && clause_is(c, end - 2, WORD_ZU) && clause_verb(c, end - 1, VERB_INFINITIVE)) return false;
    return end > i + 1 && clause_verb(c, end - 1, VERB_FINITE) && c->words[end - 1 - c->first].mention == NERX_NONE &&
           clause_shape(c, end - 1) & SHAPE_LOWER && !helper_before(c, i, end - 1);
}

/* "told the company that …" */
static bool told_before(const clauses *c, uint32_t i) {
    for (uint32_t k = i; k-- > c->first && i - k < 6 && !clause_parts(c, k);) {
        if (clause_verb(c, k, VERB_REPORTING)) return true;
    }
    return false;
}

static bool opens_english_relative(const clauses *c, uint32_t i) {
    if (i == c->first || i + 1 >= c->end) return false;
    if (!clause_is(c, i, WORD_CONTENT)) return true;
    /* "that": behind a noun and before a verb */
    const clause_word *p = &c->words[i - 1 - c->first];
    uint32_t kinds = WORD_PERSON | WORD_NAMES_PLACE | WORD_NAMES_BODY;
    if (p->flags & kinds && !told_before(c, i)) return true;
    return p->flags & WORD_NOUN && !p->verb && clause_verb(c, i + 1, VERB_FINITE);
}

void relatives_mark(clauses *c) {
    uint32_t end = c->end;
    for (uint32_t i = set_next(c, SET_LINKS, c->first, end); i < end; i = set_next(c, SET_LINKS, i + 1, end)) {
        clause_word *w = clause_word_at(c, i);
        bool content = w->flags & WORD_CONTENT && !c->verb_second;
        if (!(w->flags & WORD_RELATIVE) && !content) continue;
        bool opens = c->verb_second ? opens_relative(c, i) : opens_english_relative(c, i);
        if (opens) {
            w->flags = (w->flags | WORD_RELATIVE) & ~(uint32_t)(WORD_DETERMINER | WORD_PRONOUN);
        } else {
            w->flags &= ~(uint32_t)WORD_RELATIVE;
        }
        /* "that": before a noun phrase with a verb it opens a clause, before a bare noun it points */
        if (content && !opens && i + 1 < c->end && w[1].flags & WORD_NOUN && !w[1].verb && w[1].lore->agreements &&
            w[1].lore->agreement[0] & FEATURE_SG && i > c->first && !clause_verb(c, i - 1, VERB_REPORTING))
            continue;
        if (content && !opens) w->flags &= ~(uint32_t)WORD_DETERMINER;
    }
}

/* English, '"We're no shop," he said': the verb hides in a contraction. */
static bool speaks(const clauses *c, uint32_t quote, uint32_t end) {
    if (c->verb_second || !(clause_shape(c, quote) & SHAPE_QUOTE) || end >= c->end) return false;
    return quote + 1 < end && clause_is(c, quote + 1, WORD_PERSONAL) && sign_at(c, end) == ',';
}

/* A border that parts nothing: brackets, quotation marks and dashes around words without a verb. */
static bool encloses(const clauses *c, uint32_t i) {
    if (!(clause_shape(c, i) & (SHAPE_QUOTE | SHAPE_OPEN | SHAPE_CLOSE))) return false;
    bool closes = clause_shape(c, i) & SHAPE_CLOSE;
    uint32_t end = border_after(c, i + 1);
    if (!closes && !segment_has(c, i + 1, end, VERB_FINITE)) return !speaks(c, i, end);
    uint32_t k = i;
    while (k > c->first && !clause_parts(c, k - 1))
        k--;
    return k > c->first && clause_shape(c, k - 1) & (SHAPE_QUOTE | SHAPE_OPEN) && !segment_has(c, k, i, VERB_FINITE);
}

/* "hat … getroffen": an auxiliary that still waits for its verb. */
static bool lacks_main(const clauses *c, uint32_t start, uint32_t end) {
    bool helper = false, full = false;
    for (uint32_t i = set_next(c, SET_VERBS, start, end); i < end; i = set_next(c, SET_VERBS, i + 1, end)) {
        if (!is_free(c, i) || !clause_verb(c, i, VERB_ANY)) continue;
        if (!clause_verb(c, i, VERB_AUXILIARY | VERB_MODAL)) {
            full = true;
            continue;
        }
        helper = true;
        if (c->verb_second || i == start || i + 1 >= end || !clause_verb(c, i, VERB_COPULA)) continue;
        /* "was sure", "was close", "was the president": it waits for none */
        uint8_t p = c->words[i + 1 - c->first].phrase;
        bool adjective = p == NO_PHRASE && clause_is(c, i + 1, WORD_ADJECTIVE) && !clause_verb(c, i + 1, VERB_ANY);
        full |= adjective || (p != NO_PHRASE && !(c->phrases[p].flags & PHRASE_TIME));
    }
    return helper && !full;
}

/* Between two members of a list of phrases. */
static bool joins_list(const clauses *c, uint32_t i) {
    if (i == c->first || i + 1 >= c->end) return false;
    uint8_t a = c->words[i - 1 - c->first].phrase, b = NO_PHRASE;
    for (uint32_t k = i + 1; k < c->end && k < i + 3 && b == NO_PHRASE; k++)
        b = c->words[k - c->first].phrase;
    return a != NO_PHRASE && b != NO_PHRASE && c->phrases[b].lead != b;
}

static bool conjunction_parts(const clauses *c, uint32_t start, uint32_t i, uint32_t end) {
    if (!clause_is(c, i, WORD_CONJUNCTION) || !is_free(c, i)) return false;
    uint32_t right = end, any = VERB_FINITE | VERB_INFINITIVE | VERB_PARTICIPLE;
    bool lists = joins_list(c, i);
    for (uint32_t k = set_next(c, SET_OPENERS, i + 1, end); k < end; k = set_next(c, SET_OPENERS, k + 1, end)) {
        /* "und sich mit X und Y treffen": the next one only joins names */
        if (clause_is(c, k, WORD_CONJUNCTION) && is_free(c, k) && (lists || segment_has(c, i + 1, k, any))) {
            right = k;
            break;
        }
    }
    if (!segment_has(c, start, i, any) || !segment_has(c, i + 1, right, any)) return false;
    bool finite = segment_has(c, i + 1, right, VERB_FINITE);
    if (lacks_main(c, start, i) && (!finite || segment_has(c, i + 1, right, VERB_PARTICIPLE | VERB_INFINITIVE)))
        return false;
    return true;
}

/* "would not be meeting": the verb before, behind adverbs, is an auxiliary. */
static bool follows_auxiliary(const clauses *c, uint32_t start, uint32_t i) {
    while (i > start && is_free(c, i - 1) && !clause_parts(c, i - 1)) {
        i--;
        if (clause_verb(c, i, VERB_ANY)) return clause_verb(c, i, VERB_AUXILIARY);
        if (clause_is(c, i, WORD_PREPOSITION | WORD_CONJUNCTION)) return false;
    }
    return false;
}

/* "…, hours after Putin met Kim": a few words behind a comma that say how long, and name nobody. */
static bool is_measure(const clauses *c, uint32_t start, uint32_t i) {
    if (start == c->first || sign_at(c, start - 1) != ',' || i - start > 3) return false;
    for (uint32_t k = start; k < i; k++) {
        if (clause_shape(c, k) & SHAPE_UPPER_FIRST || c->words[k - c->first].mention != NERX_NONE) return false;
        if (clause_is(c, k, WORD_PREPOSITION | WORD_CONJUNCTION | WORD_PRONOUN) || clause_verb(c, k, VERB_ANY))
            return false;
    }
    return i > start;
}

/* English opens clauses without a comma. */
static bool word_parts(const clauses *c, uint32_t start, uint32_t i, uint32_t end) {
    if (c->verb_second || i == start || !is_free(c, i)) return false;
    const clause_word *w = &c->words[i - c->first];
    bool full = segment_has(c, start, i, VERB_ANY) && !lacks_main(c, start, i);
    if (w->flags & WORD_RELATIVE) return true;
    if (w->flags & WORD_SUBJUNCTION) {
        if (!segment_has(c, i + 1, end, VERB_FINITE)) return false;
        return full || !(w->flags & WORD_PREPOSITION) || is_measure(c, start, i);
    }
    bool marked = w->flags & WORD_ZU && i + 1 < end &&
                  (clause_verb(c, i + 1, VERB_WITH_ZU) || (i + 2 < end && clause_verb(c, i + 2, VERB_WITH_ZU)));
    if (marked) return full;
    bool gerund = w->verb & VERB_GERUND && !clause_verb(c, i, VERB_FINITE);
    /* "a firm founded by Siemens" */
    gerund |=
        w->verb & VERB_PARTICIPLE && !clause_verb(c, i, VERB_FINITE) && i + 1 < end && clause_is(c, i + 1, WORD_AGENT);
    return gerund && full && !follows_auxiliary(c, start, i);
}

/* "said Putin met Kim": the start of the phrase before a second finite verb, or `end`. */
static uint32_t second_verb(const clauses *c, uint32_t start, uint32_t end) {
    uint32_t first = NERX_NONE;
    for (uint32_t i = set_next(c, SET_VERBS, start, end); i < end; i = set_next(c, SET_VERBS, i + 1, end)) {
        if (!is_free(c, i) || !clause_verb(c, i, VERB_ANY)) continue;
        if (first == NERX_NONE || lacks_main(c, start, i)) {
            if (clause_verb(c, i, VERB_FINITE | VERB_ANY)) first = i;
            continue;
        }
        if (!clause_verb(c, i, VERB_FINITE) || i == first + 1) continue;
        for (uint32_t k = i; k-- > first + 1;) {
            uint8_t p = c->words[k - c->first].phrase;
            if (p == NO_PHRASE) continue;
            if (c->phrases[p].preposition != NERX_NONE || c->phrases[p].flags & (PHRASE_TIME | PHRASE_ASIDE)) {
                k = c->phrases[p].start;
                continue;
            }
            uint8_t lead = c->phrases[p].lead;
            uint32_t at = c->phrases[lead].start;
            while (at > first + 1 && c->words[at - 1 - c->first].phrase != NO_PHRASE &&
                   c->phrases[c->words[at - 1 - c->first].phrase].flags & PHRASE_OWNER)
                at = c->phrases[c->words[at - 1 - c->first].phrase].start;
            return at > first ? at : end;
        }
    }
    return end;
}

static bool push(segments *out, segment s) {
    if (s.start >= s.end || out->count == MAX_SEGMENTS) return false;
    out->items[out->count++] = s;
    return true;
}

/* English: once more before each further finite verb. */
static void push_verbs(const clauses *c, segments *out, segment s) {
    while (!c->verb_second && s.start < s.end) {
        uint32_t at = second_verb(c, s.start, s.end);
        segment left = s;
        left.end = at;
        push(out, left);
        s.start = at;
        s.conjunction = false;
        s.border = 0;
    }
    push(out, s);
}

/* One stretch between borders to one or more segments. */
static void cut(const clauses *c, segments *out, segment s) {
    uint32_t start = s.start, end = s.end;
    for (uint32_t i = set_next(c, SET_OPENERS, start, end); i < end; i = set_next(c, SET_OPENERS, i + 1, end)) {
        bool conjunction = i > start && conjunction_parts(c, start, i, end);
        if (!conjunction && !word_parts(c, start, i, end)) continue;
        uint32_t cut_at = i;
        if (!conjunction && cut_at > start + 1 && clause_is(c, cut_at - 1, WORD_PREPOSITION | WORD_NEGATION) &&
            is_free(c, cut_at - 1))
            cut_at--;
        s.start = start;
        s.end = cut_at;
        push_verbs(c, out, s);
        s.conjunction = conjunction;
        s.border = 0;
        start = conjunction ? i + 1 : cut_at;
    }
    s.start = start;
    s.end = end;
    push_verbs(c, out, s);
}

static bool verb_last(const clauses *c, const segment *s) {
    uint32_t end = trim(c, s->start, s->end);
    while (end > s->start && is_free(c, end - 1) && clause_is(c, end - 1, WORD_PARTICLE) &&
           !clause_verb(c, end - 1, VERB_ANY))
        end--;
    return end > s->start && is_free(c, end - 1) && clause_verb(c, end - 1, VERB_FINITE) &&
           !helper_before(c, s->start, end - 1);
}

/* "Siemens, founded in 1847, …", "…, founded by Siemens": what looks finite is a participle. */
static bool is_reduced(const clauses *c, const segment *s) {
    uint32_t i = s->start;
    if (c->verb_second || s->border != ',' || i + 1 >= s->end || !is_free(c, i)) return false;
    if (!clause_verb(c, i, VERB_PARTICIPLE) || clause_verb(c, i, VERB_AUXILIARY | VERB_MODAL)) return false;
    if (clause_verb(c, i, VERB_REPORTING) && !clause_is(c, i + 1, WORD_AGENT)) return false; /* ", said on Monday" */
    return clause_is(c, i + 1, WORD_PREPOSITION) && !segment_has(c, i + 1, s->end, VERB_FINITE);
}

/* "der", "weil", "in which": what opens a clause stands among its first three words, from `i` on. */
static void find_opener(const clauses *c, segment *s, uint32_t i, bool nonfinite) {
    for (uint32_t k = i; k < s->end && k < i + 3; k++) {
        const clause_word *w = &c->words[k - c->first];
        if (!is_free(c, k)) break;
        if (w->flags & WORD_RELATIVE) {
            s->opener = k;
            s->kind = SEGMENT_RELATIVE;
            return;
        }
        bool subjunction = w->flags & WORD_SUBJUNCTION;
        if (subjunction && c->verb_second && !(w->flags & WORD_CONTENT) && s->finite && !verb_last(c, s))
            subjunction = false;
        if (subjunction && w->flags & WORD_PREPOSITION && !s->finite && !nonfinite) subjunction = false;
        if (!subjunction) {
            if (c->verb_second && !w->verb && !(w->flags & (WORD_PREPOSITION | WORD_DETERMINER))) continue;
            break;
        }
        s->opener = k;
        if (s->finite || !nonfinite) s->kind = SEGMENT_SUBORDINATE;
        return;
    }
}

static void classify(const clauses *c, segment *s) {
    uint32_t i = s->start;
    s->opener = NERX_NONE;
    s->finite = segment_has(c, s->start, s->end, VERB_FINITE);
    while (i < s->end && (clause_shape(c, i) & SHAPE_PUNCT || (is_free(c, i) && clause_is(c, i, WORD_CONJUNCTION)))) {
        s->conjunction |= clause_is(c, i, WORD_CONJUNCTION) != 0;
        i++;
    }
    s->start = i;
    uint32_t opens = WORD_RELATIVE | (c->verb_second ? 0U : WORD_SUBJUNCTION); /* "in which", "of how planets form" */
    if (i < s->end && clause_is(c, i, WORD_PREPOSITION) && i + 1 < s->end && clause_is(c, i + 1, opens)) i++;
    /* "…, am Montag in Ulm bekannt": a verb's particle, though it may be a participle */
    uint32_t last = trim(c, s->start, s->end);
    bool particle = c->verb_second && !s->finite && last > s->start && is_free(c, last - 1) &&
                    clause_is(c, last - 1, WORD_PARTICLE) && !clause_verb(c, last - 1, VERB_INFINITIVE);
    bool nonfinite =
        segment_has(c, s->start, particle ? last - 1 : s->end, VERB_INFINITIVE | VERB_PARTICIPLE | VERB_GERUND);
    /* "to have met" */
    if (!c->verb_second && i + 1 < s->end && clause_is(c, i, WORD_ZU) && clause_verb(c, i + 1, VERB_WITH_ZU))
        s->finite = false;
    s->reduced = !s->conjunction && is_reduced(c, s);
    if (s->reduced) s->finite = false;
    s->kind = s->finite ? SEGMENT_MAIN : nonfinite ? SEGMENT_NONFINITE : SEGMENT_FRAGMENT;
    find_opener(c, s, i, nonfinite);
}

/* "will nach Rom, Paris und Bonn reisen": a comma inside a list, while the verb is still to come. */
static bool goes_on_list(const clauses *c, uint32_t start, uint32_t i) {
    return c->verb_second && sign_at(c, i) == ',' && joins_list(c, i) && lacks_main(c, start, i);
}

void segments_find(clauses *c, segments *out) {
    uint32_t start = c->first;
    char border = 0;
    bool quoted = false, opened = false; /* here; where the segment begins */
    out->count = 0;
    for (uint32_t i = bits_next(c, &c->borders, start, c->end);; i = bits_next(c, &c->borders, i + 1, c->end)) {
        bool quote = i < c->end && clause_parts(c, i) && clause_shape(c, i) & SHAPE_QUOTE;
        quoted ^= quote;
        if (i < c->end && (!clause_parts(c, i) || encloses(c, i) || goes_on_list(c, start, i))) continue;
        cut(c, out, (segment){.start = start, .end = i, .border = border, .quoted = opened});
        opened = quoted;
        start = i + 1;
        if (i == c->end) break;
        border = clause_shape(c, i) & SHAPE_DASH ? '-' : sign_at(c, i);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->count; i++) {
        classify(c, &out->items[i]);
        if (out->items[i].start < out->items[i].end) out->items[kept++] = out->items[i];
    }
    out->count = kept;
}
