"""The lists in gazetteers/: well-formed, nothing twice, imported ones sorted and named in NOTICE; nerx check names the
ambiguous entries. Usage: test_lists.py NERX"""
import collections
import pathlib
import re
import subprocess
import sys
import unicodedata
import unittest

NERX = str(pathlib.Path(sys.argv.pop(1)).resolve())
ROOT = pathlib.Path(__file__).resolve().parents[2]
FEATURES = set("nom gen dat acc sg pl m f n 1 2 3 pres past ind subj1 subj2 imp inf part zu fin comp sup adj person weak".split())
KEYS = {"class", "type", "points", "ambiguous", "case", "inflect", "columns", "ordinary", "source", "version", "licence",
        "made by"}


class List:
    def __init__(self, path):
        self.path = path
        self.name = str(path.relative_to(ROOT))
        self.text = path.read_bytes().decode()
        lines = self.text.split("\n")
        self.header = dict(m.groups() for m in (re.match(r"# ([a-z ]+): (.*)", line) for line in lines) if m)
        self.rows = [line for line in lines if line and not line.startswith("#")]
        self.imported = "made by" in self.header

    def columns(self):
        return self.header["columns"].split("\t") if "columns" in self.header else None


LISTS = [List(path) for path in sorted((ROOT / "gazetteers").glob("*/*.tsv")) if path.name != "inflection.tsv"]
assert LISTS


class Form(unittest.TestCase):
    def each(self, wrong, what):
        """No list for which `wrong` finds something."""
        found = {l.name: w for l in LISTS if (w := wrong(l))}
        self.assertEqual(found, {}, what)

    def test_text(self):
        self.each(lambda l: l.text[-1:] != "\n", "the last line does not end")
        self.each(lambda l: re.search(r"\r|\0|\n\n|[ \t]\n", l.text), "blanks at a line's end, CR, NUL, or an empty line")
        self.each(lambda l: not unicodedata.is_normalized("NFC", l.text), "not NFC")

    def test_header(self):
        self.each(lambda l: {"class", "source", "licence"} - set(l.header), "lacks a header")
        self.each(lambda l: not re.fullmatch("[a-z][a-z0-9-]*", l.header["class"]), "class")
        self.each(lambda l: set(l.header) - KEYS if l.imported else None, "unknown key")
        self.each(lambda l: not l.header["source"] or not l.header["licence"], "empty")

    def test_entries(self):
        for l in LISTS:
            names = l.columns()
            for row in l.rows:
                cells = row.split("\t")
                if names:
                    self.assertLessEqual(len(cells), len(names), (l.name, row))
                    self.assertTrue(cells[0], (l.name, row))
                    continue
                self.assertLessEqual(len(cells), 3, (l.name, row))
                surfaces = cells[0].split("|")
                self.assertTrue(all(surfaces) and len(set(surfaces)) == len(surfaces), (l.name, row))
                self.assertEqual([s for s in surfaces if s != " ".join(s.split(" ")).strip()], [], (l.name, row))
                if len(cells) > 1 and cells[1]:
                    self.assertRegex(cells[1], r"^[a-z][a-z-]*:\S+$", (l.name, row))
                if len(cells) > 2:
                    self.assertTrue(all(re.match(r"^[a-z0-9_-]+(=|$)", a) for a in cells[2].split(";")), (l.name, row))

    def test_columns_name_features(self):
        for l in LISTS:
            for name in (l.columns() or [])[1:]:
                self.assertTrue(name == "attributes" or set(name.split(".")) <= FEATURES, (l.name, name))

    def test_nothing_stands_twice(self):
        self.each(lambda l: [row for row, n in collections.Counter(l.rows).items() if n > 1], "twice")

    def test_one_id_is_one_class(self):
        seen = collections.defaultdict(set)
        for l in LISTS:
            for row in [] if l.columns() else l.rows:
                cells = row.split("\t")
                if len(cells) > 1 and cells[1] and "type" in l.header:
                    seen[cells[1]].add(l.header["type"])
        self.assertEqual({i: t for i, t in seen.items() if len(t) > 1}, {})


class Imported(unittest.TestCase):
    def test_sorted(self):
        for l in LISTS:
            if l.imported:
                self.assertEqual(l.rows, sorted(l.rows), l.name)

    def test_their_programs_are_there(self):
        for l in LISTS:
            if l.imported:
                self.assertTrue((ROOT / l.header["made by"]).is_file(), l.name)
                said = l.header["source"] + l.header.get("version", "")
                self.assertRegex(said, r"[0-9]|this project", f"{l.name}: the source has no version")

    def test_notice(self):
        """Every list from elsewhere is named, by its whole path or by its name behind a path in the same folder."""
        notice = (ROOT / "NOTICE").read_text()
        named, folder = set(), ""
        for word in re.findall(r"[\w./-]+\.tsv", notice):
            folder = word.rsplit("/", 1)[0] if "/" in word else folder
            named.add(word if "/" in word else f"{folder}/{word}")
        needed = {l.name for l in LISTS if l.imported and "this project" not in l.header["source"]}
        self.assertEqual(needed - named, set())
        self.assertEqual({n for n in named if not (ROOT / n).is_file()}, set(), "NOTICE names lists that are not there")


class Ambiguous(unittest.TestCase):
    def test_check_names_them(self):
        done = subprocess.run([NERX, "check", "tests/small"], cwd=ROOT, capture_output=True, text=True)
        self.assertIn("nerx: tests/small/de/city.tsv:10:1: warning: 'Essen' is also an ordinary word (noun): 20 points instead "
                      "of 60\n", done.stderr)
        self.assertNotIn("Passau", done.stderr)
        self.assertEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main(verbosity=1)
