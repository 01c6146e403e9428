/* Which mentions are one entity, and what it is called. */
#include <stdio.h>
#include <string.h>

#include "nerx.h"
#include "suite.h"

static nerx_model *model;

/* All entities of a type, as "name: mention, mention; name: …". */
static const char *linked(const char *text, const char *type) {
    static char out[4096];
    size_t length = 0;
    nerx_extractor *x = nerx_extractor_new(model, &(nerx_options){.no_relations = true}, NULL);
    const nerx_document *d = nerx_extract(x, text, strlen(text), NULL, NULL);
    ck_assert_ptr_nonnull(d);
    uint32_t count, mention_count;
    const nerx_entity *entities = nerx_document_entities(d, &count);
    const nerx_mention *mentions = nerx_document_mentions(d, &mention_count);
    out[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        const nerx_entity *e = &entities[i];
        if (strncmp(e->type.ptr, type, e->type.len) != 0) continue;
        length += (size_t)snprintf(out + length, sizeof out - length, "%s%.*s:", length ? "; " : "", (int)e->name.len,
                                   e->name.ptr);
        for (uint32_t k = 0; k < e->mention_count; k++) {
            nerx_span span = mentions[e->mentions[k]].span;
            length += (size_t)snprintf(out + length, sizeof out - length, "%s%.*s", k ? ", " : " ",
                                       (int)(span.end - span.start), text + span.start);
        }
    }
    nerx_extractor_free(x);
    return out;
}

static const struct {
    const char *text, *type, *entities;
} cases[] = {
    /* one person */
    {"Wladimir Putin sprach. Putins Sprecher schwieg. Vladimir Putin spoke, and Putin left.", "PER",
     "Wladimir Putin: Wladimir Putin, Putins, Vladimir Putin, Putin"},
    {"Kim Jong Un kam. Kims Zug hielt. Später ging Kim Jong Un.", "PER", "Kim Jong Un: Kim Jong Un, Kims, Kim Jong Un"},
    {"Gestern sprach Lee Byong-chul in Seoul. Das sagte Lee am Abend.", "PER", "Lee Byong-chul: Lee Byong-chul, Lee"},
    {"Angela Merkel kam nach Ulm. Später ging Frau Merkel.", "PER", "Angela Merkel: Angela Merkel, Merkel"},
    {"Gestern kam Petra Wolkenstein. Später ging Petra K. Wolkenstein.", "PER",
     "Petra K. Wolkenstein: Petra Wolkenstein, Petra K. Wolkenstein"},
    {"Das sagte Minister Dreyfenau. Peter Dreyfenau kam. Später sprach Dreyfenau.", "PER",
     "Peter Dreyfenau: Dreyfenau, Peter Dreyfenau, Dreyfenau"},
    {"Gestern kam Emil Dreyfenau. Später schwieg Emil.", "PER", "Emil Dreyfenau: Emil Dreyfenau, Emil"},
    {"Luis A. Camacho Jr. came. His father, Luis Camacho Sr., left.", "PER",
     "Luis A. Camacho Jr.: Luis A. Camacho Jr.; Luis Camacho Sr.: Luis Camacho Sr."},
    /* two persons of one name */
    {"Klaus Wolkenstein kam. Seine Frau Petra Wolkenstein blieb. Herr Wolkenstein ging. Frau Wolkenstein blieb.", "PER",
     "Klaus Wolkenstein: Klaus Wolkenstein, Wolkenstein; Petra Wolkenstein: Petra Wolkenstein, Wolkenstein"},
    {"Peter Wolkenstein kam. Das sagte Wolkenstein. Paul Wolkenstein kam. Das sagte Wolkenstein.", "PER",
     "Peter Wolkenstein: Peter Wolkenstein, Wolkenstein; Paul Wolkenstein: Paul Wolkenstein, Wolkenstein"},
    {"Yesterday Peter S. Wolkenstein came. Then Peter Seagrave left, and P. S. Wolkenstein stayed.", "PER",
     "Peter S. Wolkenstein: Peter S. Wolkenstein, P. S. Wolkenstein; Peter Seagrave: Peter Seagrave"},
    /* a known person's surname, borne by another */
    {"Das sagte Herr Karl Putin. Später ging Putin.", "PER", "Karl Putin: Karl Putin, Putin"},
    /* names in -s keep it, genitives lose it */
    {"Gestern kam Hans Peters. Später sprach Johannes Kohlhaas.", "PER",
     "Hans Peters: Hans Peters; Johannes Kohlhaas: Johannes Kohlhaas"},
    {"Das war Petra Wolkensteins Haus.", "PER", "Petra Wolkenstein: Petra Wolkensteins"},
    /* organizations */
    {"The Dreyfen Legal Institute sued. Later the DLI won.", "ORG",
     "Dreyfen Legal Institute: Dreyfen Legal Institute, DLI"},
    {"Die Dreyfenau Kabelwerke AG wächst. Die Dreyfenau AG baut. ", "ORG",
     "Dreyfenau Kabelwerke AG: Dreyfenau Kabelwerke AG, Dreyfenau AG"},
    {"Die Quexfeld Maschinen GmbH wächst. Später baute Quexfeld aus.", "ORG",
     "Quexfeld Maschinen GmbH: Quexfeld Maschinen GmbH, Quexfeld"},
    {"Die Deutsche Bank wächst. Die Commerzbank nicht.", "ORG",
     "Deutsche Bank: Deutsche Bank; Commerzbank: Commerzbank"},
    {"Das Dreyfenauer Kabelwerk (DKW) wächst. Gestern baute das DKW aus.", "ORG",
     "Dreyfenauer Kabelwerk: Dreyfenauer Kabelwerk, DKW, DKW"},
    {"Heute half die Hessische Notfallstiftung (HNS). Alle lobten die HNS.", "ORG",
     "Hessische Notfallstiftung: Hessische Notfallstiftung, HNS, HNS"},
    {"Das Bruttoinlandsprodukt (BIP) stieg. Angela Merkel (CDU) schwieg.", "ORG", "CDU: CDU"},
    /* called as the document calls it in full, in its language */
    {"Gestern sprach die Internationale Atomenergiebehörde (IAEA). Das Weiße Haus schwieg.", "ORG",
     "Internationale Atomenergiebehörde: Internationale Atomenergiebehörde, IAEA; Weißes Haus: Weiße Haus"},
    {"PUTIN LOBT DIE BERLINER STADTWERKE SEHR\n\nGestern lobte Wladimir Putin das Werk.\n", "PER",
     "Wladimir Putin: PUTIN, Wladimir Putin"},
    {"The Dreyfen Police Department (DPD) spoke. Later the D.P.D. left.", "ORG",
     "Dreyfen Police Department: Dreyfen Police Department, DPD, D.P.D."},
    {"Gestern sprach die Nato. Heute schweigt die Nato.", "ORG", "Nato: Nato, Nato"},
    /* of which country */
    {"Das russische Verteidigungsministerium droht. Das Verteidigungsministerium schweigt. Das ukrainische "
     "Verteidigungsministerium hofft. Das Bundesverteidigungsministerium schweigt.",
     "ORG",
     "Verteidigungsministerium: Verteidigungsministerium, Verteidigungsministerium; "
     "Verteidigungsministerium: Verteidigungsministerium; Bundesverteidigungsministerium: "
     "Bundesverteidigungsministerium"},
    /* places */
    {"Russland liefert. Russia delivers. Aus Russlands Häfen.", "LOC", "Russland: Russland, Russia, Russlands"},
    {"Er wohnt in Paris und in Berlin. Berlins Straßen sind breit.", "LOC", "Paris: Paris; Berlin: Berlin, Berlins"},
};

START_TEST(mentions_join_their_entity) {
    ck_assert_str_eq(linked(cases[_i].text, cases[_i].type), cases[_i].entities);
}
END_TEST

int main(void) {
    model = nerx_model_default(NULL);
    TCase *tests_case = tcase_create("entities");
    tcase_add_loop_test(tests_case, mentions_join_their_entity, 0, sizeof cases / sizeof *cases);
    Suite *suite = suite_create("entities");
    suite_add_tcase(suite, tests_case);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    nerx_model_close(model);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
