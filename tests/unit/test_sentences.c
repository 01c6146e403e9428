/* Tokens and sentences as the whole line cuts them, with the default model's abbreviations and clitics. */
#include <nerx.h>
#include <stdio.h>
#include <string.h>

#include "suite.h"

/* "a b|c d": tokens by blanks, sentences by bars; blanks inside tokens do not occur. */
static void cut(nerx_extractor *x, const char *text, char *out, size_t room) {
    nerx_error error = {0};
    const nerx_document *d = nerx_extract(x, text, strlen(text), NULL, &error);
    ck_assert_msg(d != NULL, "%s", error.message);
    uint32_t count;
    const nerx_token *tokens = nerx_document_tokens(d, &count);
    size_t length = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < count; i++) {
        const char *between = i == 0 ? "" : tokens[i].sentence == tokens[i - 1].sentence ? " " : "|";
        int size = (int)(tokens[i].span.end - tokens[i].span.start);
        length += (size_t)snprintf(out + length, room - length, "%s%.*s", between, size, text + tokens[i].span.start);
        ck_assert_uint_lt(length, room);
    }
}

typedef struct example {
    const char *text, *expected;
} example;

static void check(const example *examples, size_t count) {
    nerx_error error = {0};
    nerx_model *model = nerx_model_default(&error);
    ck_assert_msg(model != NULL, "%s", error.message);
    nerx_extractor *x = nerx_extractor_new(model, NULL, &error);
    ck_assert(x != NULL);
    for (size_t i = 0; i < count; i++) {
        char out[1024];
        cut(x, examples[i].text, out, sizeof out);
        ck_assert_str_eq(out, examples[i].expected);
    }
    nerx_extractor_free(x);
    nerx_model_close(model);
}

#define CHECK(...)                                                                                                     \
    static const example examples[] = {__VA_ARGS__};                                                                   \
    check(examples, sizeof examples / sizeof *examples)

START_TEST(whatever_the_encoding_offers) {
    CHECK({"\xef\xbb\xbf"
           "Er kam.",
           "Er kam ."},                                                    /* byte-order mark */
          {"Er kam.\r\n\r\nSie ging.\r\n", "Er kam .|Sie ging ."},         /* CRLF */
          {"Der Bundes\xc2\xadtag tagt.", "Der Bundes\xc2\xadtag tagt ."}, /* soft hyphen */
          {"am 13.\xc2\xa0September in\xe2\x80\xaf"
           "Ulm",
           "am 13. September in Ulm"},                                                 /* no-break spaces */
          {"Ko\xcc\x88ln und Mu\xcc\x88nchen.", "Ko\xcc\x88ln und Mu\xcc\x88nchen ."}, /* decomposed */
          {"Gut 😀👍🏽👨‍👩‍👧 so.", "Gut 😀 👍🏽 👨‍👩‍👧 so ."},
          {"Gut so :-) Er ging.", "Gut so :-)|Er ging ."},
          {"„A“ »B« «C» ‚D‘ “E” ‘F’ ›G‹ \"H\"", "„ A “ » B « « C » ‚ D ‘ “ E ” ‘ F ’ › G ‹ \" H \""},
          {"ja – nein — doch - so", "ja – nein — doch - so"},
          {"``So ist es'', sagte er.", "`` So ist es '' , sagte er ."});
}
END_TEST

START_TEST(numbers_and_amounts) {
    CHECK({"1.000,50 Euro und 3,5 Prozent.", "1.000,50 Euro und 3,5 Prozent ."},
          {"5 % von $3.5 million, 20 €", "5 % von $ 3.5 million , 20 €"}, {"Um 12.30 Uhr.", "Um 12.30 Uhr ."},
          {"Am 13.9. in Ulm. Am 13.09.2023 auch.", "Am 13.9. in Ulm .|Am 13.09.2023 auch ."},
          {"On 9/11/2001 or 2023-09-11.", "On 9/11/2001 or 2023-09-11 ."},
          {"Von 1939–1945 und 1939-1945.", "Von 1939 – 1945 und 1939 - 1945 ."},
          {"Vom 10.–13. September.", "Vom 10. – 13. September ."}, {"Sept. 10-13, 2023", "Sept. 10 - 13 , 2023"},
          {"in the '90s", "in the '90s"}, {"Die 1990er Jahre, die 80er.", "Die 1990er Jahre , die 80er ."},
          {"Es waren 13. Dann ging er.", "Es waren 13 .|Dann ging er ."});
}
END_TEST

START_TEST(words_with_signs_inside) {
    CHECK({"Der Nordkorea-Experte Lee Byong-chul.", "Der Nordkorea-Experte Lee Byong-chul ."},
          {"Leif-Eric von der Kyungnam-Universität", "Leif-Eric von der Kyungnam-Universität"},
          {"A well-known non-smoker with an e-mail.", "A well - known non-smoker with an e-mail ."},
          {"Putin's war. They don't know Sean O'Neill.", "Putin 's war .|They do n't know Sean O'Neill ."},
          {"Hans’ Hut und Grass' Buch liegen da.", "Hans’ Hut und Grass' Buch liegen da ."},
          {"Siehe https://example.org/a?b=c, a.b@example.org.", "Siehe https://example.org/a?b=c , a.b@example.org ."},
          {"On booking.com by @name #tag.", "On booking.com by @ name # tag ."},
          {"CDU/CSU and/or SPD", "CDU / CSU and / or SPD"});
}
END_TEST

START_TEST(german_stops) {
    CHECK({"Er kam am 13. September. Er blieb.", "Er kam am 13. September .|Er blieb ."},
          {"Das ist z. B. in Ulm so, d. h. dort.", "Das ist z. B. in Ulm so , d. h. dort ."},
          {"Prof. Dr. Koch sprach. Auch Dr. med. Ott.", "Prof. Dr. Koch sprach .|Auch Dr. med. Ott ."},
          {"Die St . Georgskirche und Ute R . Ott . Dann ging er .",
           "Die St . Georgskirche und Ute R . Ott .|Dann ging er ."},
          {"Der 1. FC Köln siegte. Haus Nr. 12 brannte.", "Der 1. FC Köln siegte .|Haus Nr. 12 brannte ."},
          {"Nach § 3 Abs. 2 Satz 1 gilt das.", "Nach § 3 Abs. 2 Satz 1 gilt das ."},
          {"Johann S. Bach und J. K. Rowling.", "Johann S. Bach und J. K. Rowling ."},
          {"Rund 3,5 Mio. Euro. Viele warten.", "Rund 3,5 Mio. Euro .|Viele warten ."},
          {"Er war bis 44 v. Chr. Diktator.", "Er war bis 44 v. Chr. Diktator ."},
          {"Autos, Räder usw. Dann ging er.", "Autos , Räder usw.|Dann ging er ."},
          {"Die Elisabeth II. kam. Der XVI. auch.", "Die Elisabeth II. kam .|Der XVI. auch ."});
}
END_TEST

START_TEST(english_stops) {
    CHECK({"On Monday, Sept. 11, 2023, he spoke. He left.", "On Monday , Sept. 11 , 2023 , he spoke .|He left ."},
          {"U.S. President Joe Biden came. So did Mr. Fox.", "U.S. President Joe Biden came .|So did Mr. Fox ."},
          {"The U.S. Department of State said no. It did.", "The U.S. Department of State said no .|It did ."},
          {"Apple Inc. said so. Room No. 5 is free.", "Apple Inc. said so .|Room No. 5 is free ."},
          {"He called on March 11. Gov. Smith came.\n\nEr kam am 13. September.",
           "He called on March 11 .|Gov. Smith came .|Er kam am 13. September ."},
          {"At 5 p.m. The show began.", "At 5 p.m.|The show began ."},
          {"George W. Bush and J. R. R. Tolkien met.", "George W. Bush and J. R. R. Tolkien met ."});
}
END_TEST

START_TEST(quotations) {
    CHECK({"„Das ist gut.“ Er ging.", "„ Das ist gut . “|Er ging ."},
          {"„Geh weg!“, sagte er. „Was?“ fragte sie.", "„ Geh weg ! “ , sagte er .|„ Was ? “ fragte sie ."},
          {"\"Go away!\" she said. \"I will.\" Then he left.",
           "\" Go away ! \" she said .|\" I will . \"|Then he left ."},
          {"Er sagte: „Ich komme. Warte.“ Dann ging er.", "Er sagte : „ Ich komme .|Warte . “|Dann ging er ."},
          {"Er ging (wie immer.) Dann kam er.", "Er ging ( wie immer . )|Dann kam er ."},
          {"Na ja … Er ging. ...und kam.", "Na ja …|Er ging .|... und kam ."});
}
END_TEST

START_TEST(lines_and_paragraphs) {
    CHECK(
        {"Kim trifft Putin\n\nRussland hat gemeldet, dass er kommt.",
         "Kim trifft Putin|Russland hat gemeldet , dass er kommt ."},
        {"Kim trifft Putin\nRussland hat gemeldet, dass er kommt.",
         "Kim trifft Putin|Russland hat gemeldet , dass er kommt ."},
        {"Dabei waren:\n- Angela Merkel\n- Olaf Scholz\n", "Dabei waren :|- Angela Merkel|- Olaf Scholz"},
        {"1. Der Anfang\n2. Das Ende\n", "1. Der Anfang|2. Das Ende"},
        {"Ein Satz endet hier. *** Noch einer folgt.", "Ein Satz endet hier .|***|Noch einer folgt ."},
        {"Der Bundestag hat am Donnerstag in Berlin ein Gesetz\nbeschlossen, das die Renten bis zum Jahr 2030 sichert.",
         "Der Bundestag hat am Donnerstag in Berlin ein Gesetz beschlossen , das die Renten bis zum Jahr 2030 sichert "
         "."});
}
END_TEST

/* "de en de": the language of each sentence. */
static void check_languages(nerx_extractor *x, const example *e) {
    nerx_error error = {0};
    const nerx_document *d = nerx_extract(x, e->text, strlen(e->text), NULL, &error);
    ck_assert_msg(d != NULL, "%s", error.message);
    uint32_t count;
    const nerx_sentence *sentences = nerx_document_sentences(d, &count);
    char out[256] = "";
    for (uint32_t i = 0; i < count; i++) {
        size_t length = strlen(out);
        snprintf(out + length, sizeof out - length, "%s%.*s", i ? " " : "", (int)sentences[i].language.len,
                 sentences[i].language.ptr);
    }
    ck_assert_msg(strcmp(out, e->expected) == 0, "%s: %s", e->text, out);
}

START_TEST(languages_by_words_and_neighbours) {
    static const example examples[] = {
        {"Minister besucht Ulm\n\nDer Minister ist in Ulm gewesen.", "de de"},
        {"Minister visits Ulm\n\nThe minister has been to Ulm.", "en en"},
        {"Die Lage ist ernst.\n\nA man walks past the bank, Monday, Sept. 11. (AP)\n\nDas sagte er.", "de en de"},
        {"The situation is bad.\n\nEin Mann geht an der Bank vorbei.\n\nHe said so.", "en de en"},
        {"Er sagte das. Berlin! Dann ging er.", "de de de"},
        {"She said that. Berlin! Then she left.", "en en en"},
        {"IT-Chef geht", "de"},
    };
    nerx_error error = {0};
    nerx_model *model = nerx_model_default(&error);
    nerx_extractor *x = nerx_extractor_new(model, NULL, &error);
    ck_assert(x != NULL);
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        check_languages(x, &examples[i]);
    nerx_extractor_free(x);
    nerx_model_close(model);
}
END_TEST

SUITE_MAIN("sentences", whatever_the_encoding_offers, numbers_and_amounts, words_with_signs_inside, german_stops,
           english_stops, quotations, lines_and_paragraphs, languages_by_words_and_neighbours)
