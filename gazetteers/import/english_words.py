"""English verbs, nouns, adjectives and other words: en/verb.tsv, noun.tsv, adj.tsv from WordNet, en/word.tsv from SCOWL. Run after names.py."""
import json
import re

import common

# verbs of two syllables that double their last consonant though spelling alone does not say so
DOUBLING = set(common.lines("english-doubling.txt"))


def lemmas(root, part):
    """Single words written in lower case; the index would not tell "slovenia" from "sloven"."""
    for line in (root / "usr/share/wordnet" / f"data.{part}").read_text(encoding="ascii").splitlines():
        fields = line.split(" ")
        if line.startswith(" "):
            continue
        for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2]:
            word = re.sub(r"\(\w+\)$", "", word)
            if re.fullmatch("[a-z]{2,}", word):
                yield word


def exceptions(root, part):
    """Lemma -> its irregular forms."""
    found = {}
    for line in (root / "usr/share/wordnet" / f"{part}.exc").read_text(encoding="ascii").splitlines():
        form, *bases = line.split()
        for base in bases:
            found.setdefault(base, []).append(form)
    return found


def plural(word):
    if re.search("([sxz]|[cs]h)$", word):
        return word + "es"
    return word[:-1] + "ies" if re.search("[^aeiou]y$", word) else word + "s"


def doubles(verb):
    """"stop" -> "stopped": one syllable, one vowel, one consonant; "refer" by list."""
    one = re.fullmatch("[^aeiou]*(qu)?[aeiouy][bdgklmnprtvz]", verb)
    return bool(one) or verb in DOUBLING


def regular(verb):
    """Past and present participle by rule."""
    if doubles(verb):
        return verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    if verb.endswith("ie"):
        return verb + "d", verb[:-2] + "ying"
    if verb.endswith("e"):
        return verb + "d", verb + "ing" if re.search("(ee|oe|ye|nge)$", verb) and verb not in CHANGES else verb[:-1] + "ing"
    past = verb[:-1] + "ied" if re.search("[^aeiou]y$", verb) else verb + ("ked" if verb.endswith("c") else "ed")
    return past, verb + ("king" if verb.endswith("c") else "ing")


CHANGES = {"change", "exchange", "arrange", "challenge", "revenge", "avenge", "plunge", "lounge", "lunge", "range", "hinge",
           "cringe", "fringe", "infringe", "impinge", "scrounge", "rearrange", "expunge", "sponge", "derange", "estrange"}


def verb_row(verb, irregular, principal, frequent):
    past, present = regular(verb)
    if verb in principal:
        past, participle = principal[verb]
    else:
        forms = [f for f in irregular if f.endswith("ed")]
        past = "|".join(dict.fromkeys(forms or [past]))
        if verb.endswith("l") and f"{verb}led" in past and f"{verb}ed" in frequent:  # traveled, not compeled
            past, present, irregular = f"{verb}ed|{verb}led", f"{verb}ing|{verb}ling", []
        participle = past
    given = [f for f in irregular if f.endswith("ing")]
    return [verb, plural(verb) if not verb.endswith("o") else verb + "es", past, participle, given[0] if given else present]


def noun_row(noun, irregular, frequent):
    if noun.endswith("man") and noun not in NO_MAN:
        return [noun, noun[:-2] + "en"]
    if irregular:
        rule = [plural(noun)] if noun.endswith("s") and plural(noun) in frequent else []  # buses, busses
        return [noun, "|".join(f for f in dict.fromkeys(rule + irregular) if f != noun)]
    doubtful = re.search("(ness|ism|ics|ing|[^sui]s)$", noun)
    return [noun, "" if doubtful and plural(noun) not in frequent else plural(noun)]


NO_MAN = {"human", "roman", "shaman", "talisman", "ottoman", "caiman", "superhuman", "subhuman", "german", "norman"}
COMPARISON = {"good": ("better", "best"), "bad": ("worse", "worst"), "far": ("farther|further", "farthest|furthest"),
              "many": ("more", "most"), "little": ("less", "least")}


def adjective_row(adjective, irregular, frequent):
    if adjective in COMPARISON:
        return [adjective, *COMPARISON[adjective]]
    comparative, superlative = ("|".join(f for f in irregular if f.endswith(e)) for e in ("er", "est"))
    stem = adjective[:-1] if adjective.endswith("e") else adjective + (adjective[-1] if doubles(adjective) else "")
    if not comparative and {stem + "er", stem + "est"} <= frequent:
        comparative, superlative = stem + "er", stem + "est"
    return [adjective, comparative, superlative]


def main():
    out = common.arguments(__doc__)
    keep, root = common.debian("wordnet-base", "1:3.0")
    keep_scowl, scowl = common.debian("wamerican-large", "2020")
    keep_npm, package = common.npm("@zxcvbn-ts/language-en", "4.1.1")
    frequent = json.loads((package / "src" / "wikipedia.json").read_text(encoding="utf-8"))
    frequent = set(frequent) | set(json.loads((package / "src" / "commonWords.json").read_text(encoding="utf-8")))
    principal = {v: (p, q) for v, p, q in (line.split() for line in common.lines("english-irregular.txt"))}
    basic = {"be", "have", "do", "will", "can", "may", "must", "shall"}
    header = {"case": "exact", "ordinary": "yes", "source": "Debian wordnet-base 3.0, regular forms by rule",
              "licence": "WordNet"}
    words = {part: set(lemmas(root, part)) for part in ("verb", "noun", "adj")}
    known = set()
    for part, columns, row in (
            ("verb", "inf\tpres.sg.3\tpast\tpart.past\tpart.pres", lambda w, e: verb_row(w, e.get(w, []), principal, frequent)),
            ("noun", "sg\tpl", lambda w, e: noun_row(w, e.get(w, []), frequent)),
            ("adj", "lemma\tcomp\tsup", lambda w, e: adjective_row(w, e.get(w, []), frequent))):
        irregular = exceptions(root, part)
        keepers = sorted(w for w in words[part] if w in frequent and w not in (basic if part == "verb" else ()))
        rows = [row(w, irregular) for w in keepers]
        known |= {form for r in rows for cell in r for form in cell.split("|")}
        common.write(out, f"en/{part}.tsv", {"class": part, **header, "columns": columns}, rows, __file__)
    dictionary = (scowl / "usr/share/dict/american-english-large").read_text(encoding="utf-8").split()
    lists = [out / "common/given-import.tsv", common.GAZETTEERS / "common/given-import.tsv"]
    given = next(path for path in lists if path.exists()).read_text(encoding="utf-8").splitlines()
    known |= {line.split("\t")[0].lower() for line in given}  # "carl" and "peg" are names first
    others = [w for w in dictionary if re.fullmatch("[a-z]{2,}", w) and w in frequent and w not in known]
    common.write(out, "en/word.tsv", {"class": "word", "case": "exact", "ordinary": "yes",
                 "source": "Debian wamerican-large 2020.12.07 (SCOWL), words frequent in npm @zxcvbn-ts/language-en 4.1.1",
                 "licence": "LicenseRef-SCOWL"}, [[w] for w in others], __file__)


if __name__ == "__main__":
    main()
