"""Models, lists and rules on the command line: mistakes with their place, damaged files, unwritable places. Usage:
test_models.py NERX"""
import os
import pathlib
import re
import stat
import subprocess
import tempfile
import unittest

from nerx import NERX, ROOT, USAGE, run

SMALL = ROOT / "tests/small"
LIST = "# class: city\n# type: LOC\n# points: 60\n# source: me\n# licence: CC0\n"
RULE = 'rule ship : SHIP +90\n    "Fähre" < [cap]{1,2} >\n  + Die Fähre <Bismarckia> sank.\n  - Die Fähre sank.\n'


class Folder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.path = pathlib.Path(self.temporary.name)

    def file(self, name, content):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def expect(self, args, status, err, **more):
        got = run(*args, **more)
        self.assertEqual((got[0], got[2]), (status, err))

    def small_model(self):
        path = self.path / "small.nerx"
        self.assertEqual(run("build", "-o", path, SMALL), (0, "", ""))
        return path


class Build(Folder):
    def test_what_is_built_works(self):
        out = run("-m", self.small_model(), "-f", "conll", text="Angela Merkel kam nach Berlin.")[1]
        self.assertEqual(out, "Angela\tB-PER\nMerkel\tI-PER\nkam\tO\nnach\tO\nBerlin\tB-LOC\n.\tO\n\n")

    def test_the_same_sources_give_the_same_bytes(self):
        first = self.small_model().read_bytes()
        self.assertEqual(self.small_model().read_bytes(), first)

    def test_an_old_model_is_replaced_at_once(self):
        path = self.small_model()
        with open(path, "rb") as old:
            before = path.stat().st_ino
            self.small_model()
            self.assertNotEqual(path.stat().st_ino, before)
            self.assertEqual(old.read(), path.read_bytes())
        self.assertEqual(sorted(p.name for p in self.path.iterdir()), ["small.nerx"])
        umask = os.umask(0)
        os.umask(umask)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o666 & ~umask)

    def test_a_build_that_fails_leaves_the_old_model(self):
        path = self.small_model()
        before = path.read_bytes()
        bad = self.file("de/bad.rules", RULE.replace("[cap]", "[kap]"))
        self.assertEqual(run("build", "-o", path, SMALL, bad)[0], 3)
        self.assertEqual(path.read_bytes(), before)

    def test_unwritable_places(self):
        self.expect(["build", "-o", "/nonexistent/x.nerx", SMALL], 2, "nerx: /nonexistent/x.nerx: No such file or directory\n")
        self.expect(["build", "-o", self.path, SMALL], 2, f"nerx: {self.path}: Is a directory\n")
        self.expect(["build", "-o", "/dev/full", SMALL], 2, "nerx: /dev/full: No space left on device\n")
        self.expect(["build", "-o", f"{self.path}/m", "--depfile", "/nonexistent/d", SMALL], 2,
                    "nerx: /nonexistent/d: No such file or directory\n")

    def test_into_a_pipe(self):
        piped = subprocess.run([NERX, "build", "-o", "/dev/stdout", SMALL], capture_output=True)
        self.assertEqual((piped.returncode, piped.stdout), (0, self.small_model().read_bytes()))

    def test_what_is_missing(self):
        self.expect(["build", SMALL], 2, "nerx: build: -o MODEL is missing" + USAGE)
        self.expect(["build", "-o", "x"], 2, "nerx: build: no directory of gazetteers or rules is given" + USAGE)
        self.expect(["build", "-o"], 2, "nerx: build: option '-o' needs a value" + USAGE)
        self.expect(["build", "--ouptut", "x", SMALL], 2,
                    "nerx: build: unknown option '--ouptut'; did you mean '--output'?\n")
        self.expect(["build", "-o", "x", "/nonexistent"], 2, "nerx: /nonexistent: No such file or directory\n")
        self.expect(["build", "-o", "x", self.file("list.txt", "")], 2,
                    f"nerx: {self.path}/list.txt: neither a .tsv nor a .rules file\n")

    def test_all_mistakes_are_told(self):
        self.file("de/city.tsv", LIST.replace("60", "many") + "Ulm\n\tcity:x\n")
        self.file("de/a.rules", RULE.replace("[cap]", "[kap]") + RULE.replace("ship", "boat").replace("+90", "90"))
        status, _, err = run("build", "-o", self.path / "m", self.path)
        self.assertEqual(status, 3)
        folder = self.path / "de"
        for said in (f"nerx: {folder}/city.tsv:3:11: 'many' is no number of points\n  # points: many\n            ^\n",
                     f"nerx: {folder}/city.tsv:7:1: an entry without a surface\n",
                     f"nerx: {folder}/a.rules:2:16: nobody defines the class 'kap'; did you mean 'cap'?\n"
                     '      "Fähre" < [kap]{1,2} >\n                 ^\n',
                     f"nerx: {folder}/a.rules:5:18: points are expected, from -1000 to +1000, with their sign\n"):
            self.assertIn(said, err)

    def test_a_failing_example(self):
        bad = self.file("de/bad.rules", RULE.replace("<Bismarckia> sank", "Bismarckia <sank>"))
        status, _, err = run("build", "-o", self.path / "m", SMALL, bad)
        self.assertEqual(status, 1)
        self.assertTrue(err.startswith(f"nerx: {bad}:3:3: 'ship' does not find 'sank', but 'Bismarckia'\n"), err)
        self.assertFalse((self.path / "m").exists())
        self.assertEqual(run("build", "--no-check", "-o", self.path / "m", SMALL, bad), (0, "", ""))


class Damaged(Folder):
    def test_files_that_are_no_model(self):
        self.expect(["-m", self.file("empty", "")], 2, f"nerx: {self.path}/empty: not a usable model: it cannot be mapped\n")
        self.expect(["-m", self.file("short", "nerx")], 2, f"nerx: {self.path}/short: not a usable model: too short\n")
        self.expect(["-m", self.file("text", "no model at all" * 100)], 2,
                    f"nerx: {self.path}/text: not a usable model: it is no model image\n")
        self.expect(["-m", self.path], 2, f"nerx: {self.path}: is a directory\n")
        self.expect(["-m", "/nonexistent"], 2, "nerx: /nonexistent: No such file or directory\n")

    def test_a_model_that_was_cut_or_changed(self):
        whole = self.small_model().read_bytes()
        for size in (len(whole) - 1, len(whole) // 2, len(whole) + 1):
            path = self.file("cut", (whole + b"\0")[:size])
            self.expect(["-m", path], 2, f"nerx: {path}: not a usable model: its length is not what it says\n")
        for at in range(100, len(whole), 997):
            path = self.file("changed", whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
            self.expect(["-m", path], 2, f"nerx: {path}: not a usable model: its checksum is wrong\n")
        path = self.file("version", whole[:12] + b"\xff\0\0\0" + whole[16:])
        self.expect(["-m", path], 2, f"nerx: {path}: not a usable model: made by another version of nerx; build it again\n")


class Added(Folder):
    def test_lists_and_rules_together(self):
        town, ship = self.file("town.tsv", LIST + "Dreyfenau\n"), self.file("ship.rules", "language de\n" + RULE)
        status, out, err = run("-g", town, "-r", ship, "-f", "conll", text="Die Fähre Bismarckia fährt nach Dreyfenau.")
        self.assertEqual((status, err), (0, ""))
        self.assertIn("Bismarckia\tB-SHIP\n", out)
        self.assertIn("Dreyfenau\tB-LOC\n", out)

    def test_mistakes_have_their_place(self):
        path = self.file("town.tsv", LIST + "Dreyfenau\ta\tb\tc\n")
        self.expect(["-g", path], 3, f"nerx: {path}:6:15: a fourth column: 'c'\n  Dreyfenau\ta\tb\tc\n           \t \t \t^\n")
        path = self.file("nothing.tsv", "Dreyfenau\n")
        status, _, err = run("-g", path)
        self.assertEqual((status, err.splitlines()[0]), (3, f"nerx: {path}:1:1: the header names no class ('# class: name')"))
        path = self.file("bytes.rules", b"# \xc3\xa4\n  K\xc3\xb6ln \xff")
        self.expect(["-r", path], 3, f"nerx: {path}:2:8: not UTF-8\n    Köln \n         ^\n")
        path = self.file("nul.tsv", LIST + "Ulm\0\n")
        self.expect(["-g", path], 3, f"nerx: {path}:6:4: a NUL byte\n  Ulm\n     ^\n")
        self.expect(["-g", "/nonexistent.tsv"], 2, "nerx: /nonexistent.tsv: No such file or directory\n")
        path = self.file("cities.txt", "Ulm\n")
        self.expect(["-g", path], 2, f"nerx: {path}: neither a .tsv nor a .rules file\n")

    def test_an_ordinary_word_needs_a_witness(self):
        path = self.file("town.tsv", LIST + "Reise\nMarnewold\n")
        self.assertEqual(run("-g", path, "-f", "conll", text="Die Reise beginnt.")[1], "Die\tO\nReise\tO\nbeginnt\tO\n.\tO\n\n")
        self.assertEqual(run("check", path), (
            0, "0 passed, 0 failed\n",
            f"nerx: {path}:6:1: warning: 'Reise' is also an ordinary word (noun): 20 points instead of 60\n"))

    def test_an_empty_list_adds_nothing(self):
        path = self.file("empty.tsv", "")
        self.assertEqual(run("-g", path, text="Ulm"), run(text="Ulm"))

    def test_many_files_are_one_layer(self):
        args = []
        for i in range(40):
            args += ["-g", self.file(f"{i}.tsv", LIST + f"Dreyfen{chr(97 + i // 26)}{chr(97 + i % 26)}\n")]
        self.assertIn("Dreyfenbn\tB-LOC", run(*args, "-f", "conll", text="Er kam aus Dreyfenbn.")[1])


class Check(Folder):
    def test_counts(self):
        path = self.file("de/ship.rules", RULE)
        self.assertEqual(run("check", path), (0, "2 passed, 0 failed\n", ""))
        self.assertEqual(run("check", "-m", self.small_model(), path), (0, "2 passed, 0 failed\n", ""))
        status, out, _ = run("check", SMALL)
        self.assertEqual((status, out), (0, "12 passed, 0 failed\n"))

    def test_trouble(self):
        self.expect(["check", "/nonexistent"], 2, "nerx: /nonexistent: No such file or directory\n")
        self.expect(["check", "--modle", "x"], 2, "nerx: check: unknown option '--modle'; did you mean '--model'?\n")
        with open("/dev/full", "w") as full:
            done = subprocess.run([NERX, "check", self.file("de/ship.rules", RULE)], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr), (2, b"nerx: standard output: No space left on device\n"))


class Usage(Folder):
    def test_options(self):
        for args, said in {
            ("--formt", "json"): "unknown option '--formt'; did you mean '--format'?\n",
            ("--nonsense",): "unknown option '--nonsense'" + USAGE,
            ("-xf", "json"): "unknown option '-x'" + USAGE,
            ("-f",): "option '-f' needs a value" + USAGE,
            ("--date",): "option '--date' needs a value" + USAGE,
            ("--jsonl=yes",): "option '--jsonl' takes no value" + USAGE,
            ("--date", "2023-02-30"): "--date: '2023-02-30' is no date of the form YYYY-MM-DD" + USAGE,
            ("--types", "PRE"): "--types: the model has no type 'PRE'; did you mean 'PER'?\n",
            ("--types", "PER,"): "--types: the model has no type ''\n",
        }.items():
            self.expect(args, 2, "nerx: " + said)

    def test_help_and_version_everywhere(self):
        whole = run("--help")[1]
        self.assertTrue(whole.startswith("usage: nerx [OPTION]"))
        for command in ((), ("build",), ("check",), ("eval",)):
            for option in ("--help", "-h"):
                self.assertEqual(run(*command, option), (0, whole, ""))
            for option in ("--version", "-V"):
                self.assertEqual(run(*command, option), (0, "nerx 0.1.0\n", ""))

    def test_every_option_is_in_the_help(self):
        whole = run("--help")[1]
        for name in ("extract", "build", "check", "eval"):
            source = (ROOT / f"src/cli/{name}.c").read_text()
            for option in re.findall(r'\{"([a-z-]+)", (?:no|required|optional)_argument', source):
                if option != "depfile":
                    self.assertIn(f"--{option}", whole, name)

    def test_two_dashes_end_the_options(self):
        self.expect(["--", "--help"], 2, "nerx: --help: No such file or directory\n")


if __name__ == "__main__":
    unittest.main(verbosity=1)
