"""What the programs that import organizations ask of a name: is it one, is it listed, could it be something else?"""
import re

import common

LATIN = re.compile(r"[A-Za-zÀ-ɏ0-9&'’.,+!/ -]+")
PLACES = ["common/town-import.tsv", "de/city-import.tsv", "en/city-import.tsv", "de/region-import.tsv",
          "en/region-import.tsv", "de/country-import.tsv", "en/country-import.tsv"]
PEOPLE = ["common/given-import.tsv", "common/given-faker.tsv", "common/given.tsv", "common/surname-import.tsv",
          "common/surname-faker.tsv", "common/surname.tsv"]


def read(name):
    """The surfaces of a list that is there already."""
    path = common.GAZETTEERS / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            surfaces, _, rest = line.partition("\t")
            alias = re.search(r"alias=([^;]*)", rest)
            yield from surfaces.split("|") + (alias.group(1).split("|") if alias else [])


def surfaces(names):
    return {surface for name in names for surface in read(name)}


def curated():
    """All surfaces of the lists of organizations that were written by hand."""
    paths = sorted(common.GAZETTEERS.glob("*/org-*.tsv"))
    return surfaces(f"{p.parent.name}/{p.name}" for p in paths if not p.stem.endswith(("-import", "-head", "-ending", "-tail")))


def countries(include):
    """'DE' for ["de"] and for ["de-nw.geojson"]; '' where there are several."""
    found = {str(place)[:2].upper() for place in include if re.match(r"[a-z]{2}(-|$|\.)", str(place))}
    country = found.pop() if len(found) == 1 and len({str(p)[:2] for p in include}) == 1 else ""
    return "FR" if country == "FX" else country  # "fx" is France without its islands


def slug(name):
    ascii_name = common.unicodedata.normalize("NFD", name.lower().replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    ascii_name = "".join(c for c in ascii_name if not common.unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")
