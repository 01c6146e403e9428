"""Abbreviations of Unicode CLDR, from Debian unicode-cldr-core: de/ and en/abbreviation-import.tsv. Run last: what is a
word or a given name of the other lists without its full stop ("Test.", "Go.", "Ben.") ends sentences, and is left out."""
import re

import common

CLDR = ("unicode-cldr-core", "41")
WORDS = ("noun", "noun-feminine", "noun-weak", "noun-adjectival", "noun-compound", "adj", "verb", "word", "preposition",
         "pronoun", "conjunction", "article")
NAMES = ("given", "given-import")


def cells(folder, names):
    """All words of the lists, in lower case."""
    for name in names:
        path = common.GAZETTEERS / folder / f"{name}.tsv"
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            if not line.startswith("#"):
                yield from re.split(r"[\t|]", line.lower())


def main():
    out = common.arguments(__doc__)
    keep, root = common.debian(*CLDR)
    names = set(cells("common", NAMES))
    for language in ("de", "en"):
        words = set(cells(language, WORDS)) | names
        text = (root / "usr/share/unicode/cldr/common/segments" / f"{language}.xml").read_text(encoding="utf-8")
        found = [common.clean(entry) for entry in re.findall(r"<suppression>(.*?)</suppression>", text)]
        rows = [[entry] for entry in found if len(entry) > 2 and entry[:-1].lower() not in words
                and not entry[:-1].isupper() or "." in entry[:-1]]  # "PIN" is an acronym, "U.S." is none
        header = {"class": "abbreviation", "source": "Debian unicode-cldr-core (Unicode CLDR, segments)",
                  "version": CLDR[1], "licence": "Unicode-DFS-2016"}
        common.write(out, f"{language}/abbreviation-import.tsv", header, rows, __file__)
    keep.cleanup()


main()
