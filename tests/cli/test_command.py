"""The command: output, exit statuses and exact messages. Usage: test_command.py NERX"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import jsonschema

NERX = sys.argv.pop(1)
ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "tests/schema.json").read_text())
TEXT = "Bundeskanzlerin Angela Merkel reiste am 13. September 2021 nach Paris.\n"


def run(*args, text=TEXT, **more):
    data = text.encode() if isinstance(text, str) else text
    done = subprocess.run([NERX, *args], input=data, capture_output=True, **more)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Output(unittest.TestCase):
    def test_json_follows_the_schema(self):
        for args in ((), ("--evidence",), ("-f", "jsonl"), ("--types", "PER,DATE"), ("--no-relations",)):
            status, out, err = run(*args)
            self.assertEqual((status, err), (0, ""))
            jsonschema.validate(json.loads(out), SCHEMA)

    def test_mentions(self):
        _, out, _ = run()
        found = {(m["type"], m["text"], m.get("value")) for m in json.loads(out)["mentions"]}
        self.assertEqual(found, {("PER", "Angela Merkel", None), ("DATE", "13. September 2021", "2021-09-13"),
                                 ("LOC", "Paris", None)})

    def test_types(self):
        _, out, _ = run("--types", "LOC")
        self.assertEqual([m["text"] for m in json.loads(out)["mentions"]], ["Paris"])

    def test_conll(self):
        _, out, _ = run("-f", "conll", text="Er kam nach Paris.")
        self.assertEqual(out, "Er\tO\nkam\tO\nnach\tO\nParis\tB-LOC\n.\tO\n\n")

    def test_same_text_same_bytes(self):
        self.assertEqual(run("--evidence"), run("--evidence"))

    def test_date(self):
        _, out, _ = run("--date", "2023-09-11", text="Er kommt am 13. September.")
        self.assertEqual(json.loads(out)["mentions"][0]["value"], "2023-09-13")
        _, out, _ = run(text="Er kommt am 13. September.")
        self.assertEqual(json.loads(out)["mentions"][0]["value"], "XXXX-09-13")

    def test_jsonl_stream(self):
        lines = '{"id": "a", "text": "Er kam nach Paris."}\n{"id": "b"}\nnonsense\n{"id": "c", "text": ""}\n'
        status, out, err = run("--jsonl", text=lines)
        rows = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(status, 2)
        self.assertEqual(rows[0]["document"]["id"], "a")
        self.assertEqual(rows[1], {"id": "b", "error": '"text" is missing'})
        self.assertIn("error", rows[2])
        self.assertEqual(rows[3]["mentions"], [])
        self.assertIn('nerx: standard input:2: "text" is missing\n', err)

    def test_several_files(self):
        with tempfile.TemporaryDirectory() as folder:
            names = [str(pathlib.Path(folder) / n) for n in "ab"]
            for name in names:
                pathlib.Path(name).write_text("Er kam nach Paris.")
            status, out, _ = run(*names, f"{folder}/none")
            rows = [json.loads(line) for line in out.splitlines()]
            self.assertEqual(status, 2)
            self.assertEqual([r.get("document", r)["id"] for r in rows], names + [f"{folder}/none"])


class Trouble(unittest.TestCase):
    def expect(self, args, status, err, **more):
        got = run(*args, **more)
        self.assertEqual((got[0], got[2]), (status, err))

    def test_usage(self):
        tail = "; try 'nerx --help'\n"
        self.expect(["--nonsense"], 2, "nerx: unknown option '--nonsense'" + tail)
        self.expect(["-f", "xml"], 2, "nerx: unknown format 'xml': json, jsonl, triples, conll, brat or html" + tail)
        self.expect(["--offsets", "words"], 2, "nerx: unknown unit 'words': codepoints, bytes or utf16" + tail)
        self.expect(["-l", "xx"], 2, "nerx: the model has no language 'xx'\n")
        self.expect(["build"], 2, "nerx: build: -o MODEL is missing" + tail)

    def test_help_and_version(self):
        self.assertEqual(run("--version")[:2], (0, "nerx 0.1.0\n"))
        self.assertTrue(run("--help")[1].startswith("usage: nerx [OPTION]"))

    def test_input(self):
        self.expect(["/nonexistent"], 2, "nerx: /nonexistent: No such file or directory\n")
        self.expect(["/"], 2, "nerx: /: Is a directory\n")
        self.expect([], 2, "nerx: standard input: not UTF-8 at byte 4\n", text=b"Ulm \xff")
        self.expect(["--date", "gestern"], 2, "nerx: --date: 'gestern' is no date of the form YYYY-MM-DD; try 'nerx --help'\n")

    def test_repair(self):
        self.assertEqual(run("--repair", text=b"Ulm \xff")[0], 0)

    def test_empty_and_nul(self):
        for text in (b"", b"\n\n", b"\xef\xbb\xbf", b"Er kam\0nach Paris."):
            status, out, err = run(text=text)
            self.assertEqual((status, err), (0, ""))
            jsonschema.validate(json.loads(out), SCHEMA)

    def test_full_disk(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([NERX], input=TEXT.encode(), stdout=full, stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr.decode()), (2, "nerx: standard output: No space left on device\n"))

    def test_closed_pipe(self):
        done = subprocess.run(["sh", "-c", '{ "$0"; echo $? >&2; } | true', NERX], input=TEXT.encode() * 2000,
                              stderr=subprocess.PIPE)
        self.assertEqual(done.stderr.decode(), "nerx: standard output: Broken pipe\n2\n")

    def test_huge_input_without_a_line_end(self):
        done = subprocess.run(f"head -c 200000000 /dev/zero | tr '\\0' a | '{NERX}'", shell=True, capture_output=True)
        self.assertEqual(done.stderr.decode(), "nerx: standard input: larger than the limit of 67108864 bytes\n")
        self.assertEqual(done.returncode, 2)

    def test_model(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"no model at all" * 100)
            file.flush()
            self.expect(["-m", file.name], 2, f"nerx: {file.name}: not a usable model: it is no model image\n")


class Own(unittest.TestCase):
    """Lists and rules of one's own."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def file(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return str(path)

    def test_gazetteer(self):
        path = self.file("town.tsv", "# class: city\n# type: LOC\n# points: 60\n# source: me\n# licence: CC0\nDreyfenau\n")
        _, out, _ = run("-g", path, "-f", "conll", text="Er kam aus Dreyfenau.")
        self.assertIn("Dreyfenau\tB-LOC\n", out)

    def test_rules(self):
        path = self.file("de/ship.rules", 'rule ship : SHIP +90\n    "Fähre" < [cap]{1,2} >\n'
                         "  + Die Fähre <Bismarckia> sank.\n  - Die Fähre sank.\n")
        _, out, err = run("-r", path, "-f", "conll", text="Die Fähre Bismarckia sank.")
        self.assertIn("Bismarckia\tB-SHIP\n", out, err)
        self.assertEqual(run("check", path)[:2], (0, "2 passed, 0 failed\n"))

    def test_failing_example(self):
        path = self.file("de/bad.rules", 'rule bad : SHIP +90\n    "Fähre" < [cap] >\n  + Das <Boot> sank.\n  - Nichts.\n')
        status, out, err = run("check", path)
        self.assertEqual((status, out), (1, "1 passed, 1 failed\n"))
        self.assertIn(f"{path}:3:3: ", err)

    def test_mistake(self):
        path = self.file("de/bad.rules", "rule bad : SHIP +90\n    < [citi] >\n  + <x>\n  - y\n")
        status, _, err = run("-r", path)
        self.assertEqual(status, 3)
        self.assertIn(f"nerx: {path}:2:8: nobody defines the class 'citi'; did you mean 'city'?\n      < [citi] >\n         ^", err)


if __name__ == "__main__":
    unittest.main(verbosity=1)
