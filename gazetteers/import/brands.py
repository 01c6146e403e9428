"""Companies and public bodies, from npm name-suggestion-index. Run after the lists by hand, of people and of places."""
import json
import re

import common
import org_filter

NSI = ("name-suggestion-index", "8.0.20260918")
KINDS = {"bank": "bank", "police": "police", "hospital": "hospital", "clinic": "hospital", "library": "institute",
         "government": "agency", "courthouse": "court", "university": "university", "college": "university",
         "fire_station": "police", "ambulance_station": "ngo", "protected_area": "agency", "cinema": "company"}
MUNICIPAL = re.compile(r"^(city|town|township|village|county|borough|municipality|district|state|university) of |^(stadt|gemeinde|"
                       r"markt|landkreis|kreis|ville|commune|comune|concello|ajuntament|ayuntamiento|prefeitura|município|gmina|"
                       r"miasto|urząd|obec|město|gemeente|kommune|municipalidad|provincia|land) |"
                       r"\b(district|township|county|city|council|parks?|kommune|comune|schools?|isd|usd|barangay)$", re.I)
OPERATORS = ("amenity/police", "amenity/hospital", "amenity/clinic", "amenity/library", "amenity/courthouse", "amenity/college",
             "office/government", "amenity/fire_station", "emergency/ambulance_station", "boundary/protected_area",
             "power/plant", "power/substation", "route/railway", "amenity/post_office", "telecom/exchange", "highway/services",
             "amenity/car_sharing", "landuse/military", "amenity/theatre", "amenity/social_facility", "amenity/kindergarten")
GENERIC = set("""the and of de la le der die das ein eine el los les il lo l bank shop store stores market super mini express food foods pizza burger coffee cafe
    hotel hotels inn house home city center centre auto car world fitness club gas oil energy motors pharmacy apotheke
    national state county police department service services library hospital health school first american""".split())


def wanted(path):
    tree, _, rest = path.partition("/")
    if tree == "brands":
        return not rest.startswith(("amenity/vending", "amenity/atm", "advertising", "man_made", "tourism/motel"))
    return tree == "operators" and rest in OPERATORS


def strength(name, people, places, words):
    """Points for a name, or None: one word tells nothing, nor does the name of a place; a person's needs a witness."""
    parts = [p.strip(".,'!") for p in name.split()]
    low = [p.lower() for p in parts]
    if name in places or all(p in GENERIC or p.isdigit() or len(p) < 2 for p in low):
        return None
    if len(parts) == 1:
        return None
    if not all(p[:1].isupper() or p[:1].isdigit() or p in ("and", "of", "for", "the", "de", "la", "und", "für", "&", "+", "der", "di")
               for p in parts):
        return None
    common_words = all(p in words or p.lower() in words or p.lower() in GENERIC for p in parts)
    if common_words and len(parts) == 2:
        return None
    if common_words or parts[0] in people and parts[-1] in people:
        return 40
    return 60


def main():
    out = common.arguments(__doc__)
    keep, package = common.npm(*NSI)
    people, places = org_filter.surfaces(org_filter.PEOPLE), org_filter.surfaces(org_filter.PLACES)
    words = org_filter.surfaces(f"{language}/{name}.tsv" for language in ("de", "en")
                                for name in ("word", "noun", "noun-feminine", "noun-weak", "noun-compound", "adj", "verb"))
    known = org_filter.curated() | org_filter.surfaces(["de/org-school-import.tsv", "common/org-academic-import.tsv"])
    rows = {}
    index = json.loads((package / "dist" / "json" / "nsi.min.json").read_text(encoding="utf-8"))["nsi"]
    for path, category in sorted(index.items()):
        if not wanted(path):
            continue
        kind = KINDS.get(path.rpartition("/")[2], "company" if path.startswith("brands") else "agency")
        for item in category["items"]:
            name = re.sub(r"\s*\([^)]*\)", "", common.clean(item["displayName"])).strip()
            if name in known or name in rows or not org_filter.LATIN.fullmatch(name) or "/" in name or len(name) > 70:
                continue
            if MUNICIPAL.search(name):
                continue
            points = strength(name, people, places, words)
            if points is None:
                continue
            country = org_filter.countries(item.get("locationSet", {}).get("include", []))
            rows[name] = f"kind={kind}" + (f";country={country}" if country else "") + (f";points={points}" if points != 60 else "")
    head = {"class": "org", "type": "ORG", "points": "50", "ambiguous": "20", "source": "npm %s %s" % NSI, "licence": "BSD-3-Clause"}
    common.write(out, "common/org-brand-import.tsv", head,
                 [[name, "org:" + org_filter.slug(name), rest] for name, rest in rows.items()], __file__)


if __name__ == "__main__":
    main()
