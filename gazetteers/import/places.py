"""Countries, regions and cities from Unicode CLDR and GeoNames, as Debian packages them."""
import gettext
import struct
import subprocess
import xml.etree.ElementTree as xml

import common

CLDR = {"source": "Debian unicode-cldr-core 41 (Unicode CLDR)", "licence": "Unicode-DFS-2016"}
GEONAMES = {"source": "Debian libgeonames0, libgeonames-common 0.3.0 (GeoNames, geonames.org)", "licence": "CC-BY-4.0"}
RESOURCE = "/com/lomiri/geonames/cities.compiled"
# CLDR's territories that are no countries: outlying islands without inhabitants, unions, pseudo-regions
NO_COUNTRY = {"AC", "AQ", "BV", "CP", "DG", "EA", "EU", "EZ", "HM", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
# names of regions that every country has: no place without a witness
GENERIC = set("""North South East West Centre Center Central Northern Southern Eastern Western Northeast Northwest
Southeast Southwest North-East North-West South-East South-West Upper Lower Coast Plateau Plateaux Pool Rivers Lakes
Islands Highland Highlands Unity Littoral Oriental Cascade Cascades Delta Est Nord Sud Ouest Sud-Est Sud-Ouest Reading
Slough Pita Van Saga Tori Tartar Mono Mara Wake Metropolitan Federal Capital Southland Northland Interior Lacs Bas
Estuaire Savanes Collines Atlantique Zentrum Norden Süden Osten Westen Mitte Küste Hochland Most Job Para Nan Est""".split())
LARGE = 100000  # people: a city that a newspaper names without saying where it is


def territories(root, language):
    """ISO code -> surfaces, the usual one first."""
    tree = xml.parse(root / f"usr/share/unicode/cldr/common/main/{language}.xml")
    names = {}
    for element in tree.iterfind("localeDisplayNames/territories/territory"):
        code = element.get("type")
        if len(code) == 2 and code not in NO_COUNTRY:
            names.setdefault(code, []).append((element.get("alt") or "", common.clean(element.text)))
    result = {}
    for code, all_names in names.items():
        plain = []
        for _, name in sorted(all_names):
            short = name.split(" (")[0].removeprefix("Sonderverwaltungsregion ")
            plain += [short] if short not in plain and len(short) > 1 else []
        result[code] = plain
    return result


def subdivisions(root, language):
    tree = xml.parse(root / f"usr/share/unicode/cldr/common/subdivisions/{language}.xml")
    return {e.get("type"): common.clean(e.text) for e in tree.iter("subdivision") if not e.get("alt")}


def cities(root):
    """(id, name, region code, country, people), from a GVariant of type a(sssssssudd)."""
    library = next(root.glob("usr/lib/*/libgeonames.so.0.3.0"))
    data = subprocess.run(["gresource", "extract", str(library), RESOURCE], check=True, capture_output=True).stdout
    (end,) = struct.unpack_from("<I", data, len(data) - 4)
    starts = [0] + [(e + 7) & ~7 for e in struct.unpack_from(f"<{(len(data) - end) // 4}I", data, end)[:-1]]
    for at in starts:
        fields = []
        for _ in range(7):
            stop = data.index(b"\0", at)
            fields.append(data[at:stop].decode())
            at = stop + 1
        (people,) = struct.unpack_from("<I", data, (at + 3) & ~3)
        yield fields[0], fields[1], fields[2], fields[4], people


def city_surfaces(catalogue, number, name):
    local = catalogue.get(number, "")
    names = [common.clean(n) for n in (local, name) if n]
    return list(dict.fromkeys(n.split(" (")[0] for n in names if n))


def main():
    out = common.arguments(__doc__)
    keep_cldr, cldr = common.debian("unicode-cldr-core", "41")
    keep_data, data = common.debian("libgeonames-common", "0.3.0")
    keep_library, library = common.debian("libgeonames0", "0.3.0")
    places = list(cities(library))
    for language in ("de", "en"):
        head = {"class": "country", "type": "LOC", "points": "75", "ambiguous": "65", "inflect": "name", **CLDR}
        rows = [["|".join(names), f"country:{code}"] for code, names in territories(cldr, language).items()]
        common.write(out, f"{language}/country-import.tsv", head, rows, __file__)
        head = {"class": "region", "type": "LOC", "points": "55", "ambiguous": "15", "inflect": "name", **CLDR}
        rows = [[name, f"region:{code}", f"country={code[:2].upper()}" + (";weak" if name in GENERIC else "")]
                for code, name in subdivisions(cldr, language).items()
                if len(name) > 2]
        common.write(out, f"{language}/region-import.tsv", head, rows, __file__)
        with open(data / f"usr/share/locale/{language}/LC_MESSAGES/geonames.mo", "rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog
        head = {"class": "city", "type": "LOC", "points": "55", "ambiguous": "12", "inflect": "name", **GEONAMES}
        rows = [["|".join(city_surfaces(catalogue, number, name)), f"geonames:{number}",
                 f"country={country};pop={people};size={common.size(people)}" + ("" if people >= LARGE else ";points=35")]
                for number, name, _, country, people in places]
        common.write(out, f"{language}/city-import.tsv", head, rows, __file__)


if __name__ == "__main__":
    main()
