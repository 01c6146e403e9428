"""Endings that tell what an unknown word is, counted in the other lists: LANGUAGE/*-ending.tsv. Run last."""
import collections

import common

KINDS = {"surname": ["surname"], "given": ["given"], "place": ["city", "region"], "noun": ["noun"]}
SHORTEST, LONGEST, ENOUGH, SHARE = 2, 6, 25, 0.7
GERMAN = {"village-import.tsv"}  # says what ending a place has in German text


def words(language, classes):
    """Single words of the lists of some classes, in lower case, each once."""
    found = set()
    for path in sorted(common.GAZETTEERS.glob("*/*.tsv")):
        if path.parent.name not in ("common", language) or path.name.endswith("-ending.tsv"):
            continue
        if language != "de" and path.name in GERMAN:
            continue
        lines = path.read_text(encoding="utf-8").split("\n")
        header = [line for line in lines if line.startswith("#")]
        if not any(line == f"# class: {name}" for line in header for name in classes):
            continue
        for line in lines:
            if not line or line.startswith("#"):
                continue
            for word in line.split("\t")[0].split("|"):
                if word.isalpha() and len(word) > SHORTEST + 1:
                    found.add(word.lower())
    return found


def count(language):
    counts, totals = collections.defaultdict(lambda: dict.fromkeys(KINDS, 0)), {}
    for kind, classes in KINDS.items():
        found = words(language, classes)
        totals[kind] = len(found)
        for word in found:
            for length in range(SHORTEST, min(LONGEST, len(word) - 1) + 1):
                counts[word[-length:]][kind] += 1
    return counts, totals


def write(out, language):
    counts, totals = count(language)
    chosen = {kind: [] for kind in KINDS}
    for ending, by_kind in counts.items():
        rates = {kind: n / totals[kind] for kind, n in by_kind.items()}
        kind = max(KINDS, key=lambda k: rates[k])
        if by_kind[kind] >= ENOUGH and rates[kind] >= SHARE * sum(rates.values()):
            chosen[kind].append(ending)
    for kind, endings in chosen.items():
        head = {"class": f"{kind}-ending", "source": "counted in this project's lists", "licence": "CC-BY-SA-4.0"}
        common.write(out, f"{language}/{kind}-ending.tsv", head, [["-" + ending] for ending in endings], __file__)


def main():
    out = common.arguments(__doc__)
    for language in ("de", "en"):
        write(out, language)


if __name__ == "__main__":
    main()
