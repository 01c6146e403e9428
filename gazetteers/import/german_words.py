"""German adjectives, compounds and other words: de/adj.tsv, de/noun-compound.tsv, de/word.tsv. Run after german_nouns.py."""
import json
import re

import common

ADJECTIVES = ("german-adjectives-dict", "3.4.0")
WORDS = ("@zxcvbn-ts/language-de", "3.0.2")
STOPWORDS = ("stopwords-iso", "1.1.0")
ENDINGS = ("e", "en", "er", "es", "em")
ADVERB = re.compile(".+(weise|wärts|mals|maßen|seits|falls|dings|halber|tags|abends|nachts|lings|teils)|"
                    "(da|dar|hier|wo|wor|hin|her|irgend|nirgend|eben|mit|neben|zwischen|gegen|vor|nach)"
                    "(ab|an|auf|aus|bei|durch|ein|für|gegen|hin|her|her|hinter|in|mit|nach|neben|über|um|unter|von|vor|zu|"
                    "zwischen|wie|wo|wann|was|wer|wohin|so|falls|einander)")
# parts that end the names of places: "Freiburg" is no castle
PLACES = re.compile("(au|aue|bach|bad|berg|born|bruck|brunn|brück|brücken|burg|dorf|feld|felde|fels|furt|hafen|hagen|"
                    "hausen|heim|hof|hofen|horst|kirchen|land|leben|moor|reich|ried|rode|see|stadt|stätten|stein|"
                    "tal|wald|wang|weiler|werder|wiesen|winkel)s?")

# places whose names are rather words
WORDS_FIRST = set("bergstraße doppelmonarchie glashütte glashütten jahrmarkt nordinsel nordwest rotkreuz südinsel "
                  "volksrepublik westküste".split())


def forms_of(adjective, stem, comparative, superlative):
    """A row: endings come from the paradigm, except on stems that change ("dunkel": dunkle) or end in -e."""
    if stem == adjective:
        return [adjective, "", comparative, superlative, ""]
    def bent(part):
        return "|".join(part + e for e in ENDINGS) if part else ""
    return [adjective, bent(stem), bent(comparative), bent(superlative), "inflect=none"]


def adjectives(forms_by_lemma, frequent, irregular):
    def used(stem):
        return any(stem + ending in frequent for ending in ENDINGS)
    for adjective, forms in forms_by_lemma.items():
        strong = ((forms.get("NOM") or {}).get("SOL") or {}).get("M") or ""
        stem = strong[:-2] if strong.endswith("er") else adjective
        if not re.fullmatch("[a-zäöüß]+", adjective) or adjective.endswith("nd") and not used(stem):
            continue  # "Mainzer"; any verb has a present participle
        if adjective in irregular:
            comparative, superlative = irregular[adjective]
        else:
            comparative, superlative = stem + "er", adjective + ("est" if re.search("([dtßsxz]|sch)$", adjective) else "st")
            comparative, superlative = (part if used(part) else "" for part in (comparative, superlative))
        yield forms_of(adjective, stem, comparative, superlative)


def read_lists(folder, names):
    """Surface in lower case -> gender or "", of lists made before."""
    found = {}
    for name in names:
        path = folder / "de" / f"{name}.tsv"
        path = path if path.exists() else common.GAZETTEERS / "de" / f"{name}.tsv"
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                cells = line.split("\t")
                gender = cells[-1] if cells[-1] in ("m", "f", "n") else ""
                found.update((form.lower(), gender) for cell in cells[:-1] for form in cell.split("|") if form)
                found[cells[0].lower()] = gender
    return found


def names_of(folder, kind):
    """Names of one word, in lower case, of the lists of places ("Mitteleuropa"), but for those that are also words."""
    found = set()
    for path in sorted([*(folder / "de").glob("*.tsv"), *(folder / "common").glob("*.tsv")]):
        text = path.read_text(encoding="utf-8")
        if f"# type: {kind}\n" not in text or "# class: site\n" in text:
            continue
        for line in text.splitlines():
            surfaces, _, attributes = line.partition("\t")
            if not line.startswith("#") and "weak" not in attributes:
                found.update(surface.lower() for surface in surfaces.split("|") if " " not in surface)
    return found


def compound_gender(word, heads, tails):
    """The gender of "krankenhaus": the longest noun at its end, something known before it; None if it is no compound."""
    for i in range(3, len(word) - 3):
        tail, head = word[i:], word[:i]
        if tail in tails and (head in heads or head[-1] in "sen" and head[:-1] in heads or head + "en" in heads):
            return None if PLACES.fullmatch(tail) else tails[tail]
    return None


def main():
    out = common.arguments(__doc__)
    keep = [common.npm(*package) for package in (ADJECTIVES, WORDS, STOPWORDS)]
    def load(i, path):
        return json.loads((keep[i][1] / path).read_text(encoding="utf-8"))
    words = load(1, "src/wikipedia.json")
    irregular = {a: (c, s) for a, c, s in (line.split() for line in common.lines("german-comparison.txt"))}
    adjective_forms = load(0, "dist/adjectives.json")
    tagged = {"case": "exact", "ordinary": "yes"}
    common.write(out, "de/adj.tsv", {"class": "adj", **tagged, "inflect": "adjective",
                 "columns": "lemma\tadj\tcomp\tsup\tattributes",
                 "source": "npm german-adjectives-dict 3.4.0 (german-pos-dict, LanguageTool)", "licence": "CC-BY-SA-4.0"},
                 adjectives(adjective_forms, set(words), irregular), __file__)
    tails = read_lists(out, ["noun", "noun-feminine", "noun-weak", "noun-adjectival", "noun-plural"])
    heads = {w for w in {*tails, *read_lists(out, ["verb"]), *adjective_forms} if len(w) > 2}
    bent = {a + e for a in adjective_forms for e in ("", "e", "en", "er", "es", "em", "ere", "eren", "ste", "sten")}
    known = {*tails, *bent, *read_lists(out, ["verb"])}
    places = {line.lower() for name in ("compounds", "nouns") for line in common.lines(f"german-{name}-names.txt")} | (
        names_of(common.GAZETTEERS, "LOC") - WORDS_FIRST)
    ends = {t: g for t, g in tails.items() if len(t) > 3}
    compounds = []
    for word in words:
        if re.fullmatch("[a-zäöüß]{7,}", word) and word not in known and word not in places:
            gender = compound_gender(word, heads, ends)
            if gender is not None:
                compounds.append([word.capitalize(), "", gender])
    source = {"source": "npm @zxcvbn-ts/language-de 3.0.2 (words of Wikipedia), npm stopwords-iso 1.1.0", "licence": "MIT"}
    common.write(out, "de/noun-compound.tsv", {"class": "noun", **tagged, **source}, compounds, __file__)
    others = {w for w in load(2, "stopwords-iso.json")["de"] if w not in known} | {
        w for w in words if ADVERB.fullmatch(w) and w not in known}
    common.write(out, "de/word.tsv", {"class": "word", **tagged, **source},
                 [[w] for w in others if re.fullmatch("[a-zäöüß]{2,}", w)], __file__)


if __name__ == "__main__":
    main()
