"""Given names with their gender, and family names by frequency, from npm packages under the MIT licence."""
import json
import re

import common

GIVEN = ("gender-detection-from-name", "1.11.5")
ENGLISH = ("@zxcvbn-ts/language-en", "4.1.1")
GERMAN = ("@zxcvbn-ts/language-de", "3.0.2")
SURNAMES = 30000  # of the English list, by frequency
# spelt like function words of German or English, in lower case in running text but not at its beginnings
TOO_COMMON = set("der die das den des dem ein eine und oder als am an in im zu so wie wer was man mit bis bei aus auf vor "
                 "the and you she her his him its our all any can may will not but for are was has had who how why now "
                 "this that they them then than there here with from what when where which some said new".split())


def proper(name):
    """"anna-lena" to "Anna-Lena", "o'neill" to "O'Neill"."""
    return re.sub(r"(^|[-' ])(\w)", lambda m: m.group(1) + m.group(2).upper(), common.clean(name).lower())


def usable(name):
    return len(name) > 2 and name.lower() not in TOO_COMMON and re.fullmatch(r"[^\W\d_]+(?:[-' ][^\W\d_]+)*", name)


def given():
    keep, package = common.npm(*GIVEN)
    genders = {}
    for path in sorted((package / "names").glob("*.js")):
        for name, gender in re.findall(r"\['(.+?)', '(male|female|unisex)'\]", path.read_text(encoding="utf-8")):
            genders.setdefault(proper(name), set()).add(gender)
    for name, kinds in genders.items():
        if usable(name):
            yield [name, "", "m" if kinds == {"male"} else "f" if kinds == {"female"} else ""]


def surnames():
    keep_english, english = common.npm(*ENGLISH)
    keep_german, german = common.npm(*GERMAN)
    bands = {}
    for package, limit in ((english, SURNAMES), (german, None)):
        names = json.loads((package / "src/lastnames.json").read_text(encoding="utf-8"))[:limit]
        for rank, name in enumerate(names):
            band = 5 - min(4, rank * 5 // len(names))
            bands[proper(name)] = max(band, bands.get(proper(name), 0))
    return [[name, "", f"freq={band}"] for name, band in bands.items() if usable(name)]


def main():
    out = common.arguments(__doc__)
    head = {"class": "given", "source": "npm %s %s" % GIVEN, "licence": "MIT"}
    common.write(out, "common/given-import.tsv", head, given(), __file__)
    head = {"class": "surname", "inflect": "name", "source": "npm %s %s, %s %s" % (ENGLISH + GERMAN), "licence": "MIT"}
    common.write(out, "common/surname-import.tsv", head, surnames(), __file__)


if __name__ == "__main__":
    main()
