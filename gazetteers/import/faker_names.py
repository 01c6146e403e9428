"""Given and family names of many countries, from npm @faker-js/faker, Cyrillic ones transliterated. Run after names.py."""
import re

import common
from names import proper, usable

FAKER = ("@faker-js/faker", "10.6.0")
LOCALES = ("de de_AT de_CH en en_GB en_IE en_IN en_NG en_ZA fr fr_BE fr_CH it es es_MX pl tr nb_NO da sv fi nl nl_BE cs_CZ hu ro "
           "hr sk pt_BR pt_PT lv ru uk").split()
FIELD = re.compile("(female|generic|male):(?:`([^`]*)`\\.split\\(`(.)`\\)|\\[([^\\]]*)\\])")
VOWELS = "аеёиоуыэюяіїє"


def section(source, name):
    """(gender, name) of `first_name:{female:…,male:…}`."""
    start = source.find(name + ":{")
    if start < 0:
        return
    end = source.find("}", start)
    for gender, joined, sign, listed in FIELD.findall(source[start:end]):
        for each in joined.split(sign) if joined else re.findall("`([^`]*)`", listed):
            yield gender, each


def fits(pattern, word, at):
    """How many letters of `word` from `at` on the pattern of cyrillic.txt takes, or 0."""
    letters = pattern.strip("^~$")
    end = at + len(letters)
    if not word.startswith(letters, at) or pattern[0] == "^" and at or pattern[-1] == "$" and end < len(word):
        return 0
    if pattern[0] == "~" and not (at and word[at - 1] in VOWELS + "ьъ"):
        return 0
    return 0 if pattern[-1] == "~" and not (end < len(word) and word[end] in VOWELS) else len(letters)


def transliterate(word, rows, column):
    result, at, lower = "", 0, word.lower()
    while at < len(lower):
        row, length = next(((r, n) for r in rows for n in [fits(r[0], lower, at)] if n), (("", lower[at], lower[at]), 1))
        result += row[column] if len(row) > column else ""
        at += length
    return proper(result)


def spellings(name, locale, table):
    rows = table.get(locale)
    if not rows:
        return [common.clean(name)]
    return list(dict.fromkeys(transliterate(name, rows, column) for column in (1, 2))) + [name]


def known(out, name):
    path = next(p for p in (out / name, common.GAZETTEERS / name) if p.exists())
    return {line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")}


def main():
    out = common.arguments(__doc__)
    keep, package = common.npm(*FAKER)
    table = {}
    for language, *row in (line.split("\t") for line in common.lines("cyrillic.txt")):
        table.setdefault(language, []).append(row)
    given, surnames = {}, set()
    for locale in LOCALES:
        for path in sorted((package / "dist").glob(f"{locale}-*.js")):
            source = path.read_text(encoding="utf-8")
            for gender, name in section(source, "first_name"):
                given.setdefault("|".join(s for s in spellings(name, locale, table) if usable(s)), set()).add(gender)
            for _, name in section(source, "last_name"):
                surnames.add("|".join(s for s in spellings(name, locale, table) if usable(s)))
    head = {"class": "given", "source": "npm %s %s" % FAKER, "licence": "MIT"}
    listed = known(out, "common/given-import.tsv")
    common.write(out, "common/given-faker.tsv", head,
                 [[name, "", {"male": "m", "female": "f"}.get(next(iter(kinds)), "") if len(kinds) == 1 else ""]
                  for name, kinds in given.items() if name and name not in listed], __file__)
    listed = known(out, "common/surname-import.tsv")
    common.write(out, "common/surname-faker.tsv", {"class": "surname", "inflect": "name", **head},
                 [[name, "", "freq=3"] for name in surnames if name and name not in listed], __file__)


if __name__ == "__main__":
    main()
