"""Natural features and regions from WordNet's named instances, as Debian packages it."""
import re

import common

SOURCE = {"source": "Debian wordnet-base 3.0 (WordNet 3.0)", "licence": "WordNet"}
LOCATION, OBJECT = 15, 17  # WordNet's files of nouns that are places
NATURE = {
    "river": "river headstream brook", "canal": "canal",
    "sea": "sea", "ocean": "ocean", "gulf": "gulf bay inlet bight firth loch sound fjord estuary",
    "strait": "strait channel", "lake": "lake",
    "mountains": "range massif ridge hill highland tableland", "mountain": "mountain_peak volcano pass",
    "island": "island archipelago atoll isle Aegean_island coral_reef", "desert": "desert plain prairie badlands moor lowland",
    "valley": "valley gorge waterfall trench forest swamp cave rift_valley",
    "cape": "cape promontory seashore peninsula isthmus", "park": "national_park",
}
REGION = "geographical_area French_region Italian_region district region empire colony Colony kingdom possession county"
NO_NAME = re.compile(r"[^\w' .-]|\d")


def synsets(path):
    """offset -> (file, words, hypernyms of which it is an instance)."""
    result = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        field = line.split(" | ")[0].split()
        count = int(field[3], 16)
        words = [re.sub(r"\(.*\)$", "", field[4 + 2 * i]) for i in range(count)]
        at = 4 + 2 * count
        pointers = [field[at + 1 + 4 * i:at + 3 + 4 * i] for i in range(int(field[at]))]
        result[field[0]] = (int(field[1]), words, [offset for sign, offset in pointers if sign == "@i"])
    return result


def other_names(root):
    """Single words that are names of persons or, in small letters, ordinary words: no place on their own."""
    found = set()
    for name in ("given-import", "surname-import"):
        rows = (root / f"common/{name}.tsv").read_text(encoding="utf-8").splitlines()
        found.update(row.split("\t")[0] for row in rows)
    for name in ("noun", "adj", "word"):
        rows = (root / f"en/{name}.tsv").read_text(encoding="utf-8").splitlines()
        found.update(row.split("\t")[0].capitalize() for row in rows)
    return found


def surfaces(words, others):
    names = [common.clean(word.replace("_", " ")) for word in words]
    return [n for n in dict.fromkeys(names) if len(n) > 2 and n[0].isupper() and not n.isupper()
            and n.split()[-1][0].isupper() and not NO_NAME.search(n) and n not in others]


def main():
    out = common.arguments(__doc__)
    keep, root = common.debian("wordnet-base", "1:3.0")
    all_synsets = synsets(root / "usr/share/wordnet/data.noun")
    kinds = {word: kind for kind, words in NATURE.items() for word in words.split()}
    others = other_names(common.GAZETTEERS)
    nature, region = [], []
    for number, words, parents in all_synsets.values():
        names = surfaces(words, others)
        if number not in (LOCATION, OBJECT) or not parents or not names:
            continue
        parent = all_synsets[parents[0]][1][0]
        if parent in kinds:
            nature.append(["|".join(names), "", f"kind={kinds[parent]}"])
        elif parent in REGION.split():
            region.append(["|".join(names)])
    points = {"points": "50", "ambiguous": "15"}
    common.write(out, "en/nature-import.tsv", {"class": "nature", "type": "LOC", **points, **SOURCE}, nature, __file__)
    common.write(out, "en/region-wordnet.tsv", {"class": "region", "type": "LOC", **points, **SOURCE}, region, __file__)


if __name__ == "__main__":
    main()
