"""nerx eval: exact reports and messages, on a model of a few words. Usage: test_eval.py NERX"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

NERX = str(pathlib.Path(sys.argv.pop(1)).resolve())

HEAD = "# class: {}\n# type: {}\n# points: 60\n# source: me\n# licence: CC0\n"
MODEL = {
    "common/city.tsv": HEAD.format("city", "LOC") + "Ulm\nXanten\n",
    "common/person.tsv": HEAD.format("person", "PER") + "Angela Merkel\nFritz\nKohl\n",
    "common/firm.tsv": HEAD.format("firm", "ORG") + "Xanten Bank\n",
    "de/place.rules": 'rule in-place : LOC +30\n    "in" < [cap] >\n  + Er war in <Ulm>.\n  - Er war <Ulm>.\n',
}


class Eval(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        for name, text in MODEL.items():
            cls.file(f"model/{name}", text)
        cls.model = str(cls.path / "tiny.nerx")
        subprocess.run([NERX, "build", "-o", cls.model, cls.path / "model"], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def file(cls, name, text):
        path = cls.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    @classmethod
    def bio(cls, name, *sentences):
        """Sentences as "Er O kam O": token, tag, token, tag …"""
        rows = [s if s.startswith("#") else "\n".join(f"{t}\t{g}" for t, g in zip(*[iter(s.split())] * 2))
                for s in sentences]
        return cls.file(name, "\n\n".join(rows) + "\n\n")

    def eval(self, *args, model=True):
        done = subprocess.run([NERX, "eval", *(("-m", self.model) if model else ()), *args], capture_output=True,
                              cwd=self.path)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def expect(self, args, out):
        self.assertEqual(self.eval(*args), (0, out, ""))

    def expect_trouble(self, args, message, status=2):
        self.assertEqual(self.eval(*args), (status, "", message))


SENTENCES = ("Angela B-PER Merkel I-PER war O in O Ulm B-LOC . O", "Dann O kam O Kohl B-LOC . O",
             "Auch O Frau O Roth B-PER . O", "Die O Stadt B-ORG Xanten I-ORG Bank I-ORG half O Fritz O . O")
TABLE = """\
4 documents, 4 sentences, 5 mentions in the gold, 5 found

type    gold   found   right   precision   recall       F1   95 % interval    partial     type     span
LOC        2       1       1      100.00    50.00    66.67      0.0–100.0    100.00    66.67   100.00
ORG        1       1       0        0.00     0.00     0.00      0.0–0.0       50.00   100.00     0.00
PER        2       3       1       33.33    50.00    40.00      0.0–85.7      57.14    40.00    57.14
all        5       5       2       40.00    40.00    40.00      0.0–92.3      70.00    60.00    60.00
"""


MISTAKES = """
missed PER "Roth"  a.bio:15
    Auch Frau [Roth] .

spurious PER "Fritz"  a.bio:23
    Die Stadt Xanten Bank half {Fritz} .
    60 = gazetteer person (Fritz) 60

mistyped LOC as PER "Kohl"  a.bio:10
    Dann kam [{Kohl}] .
    60 = gazetteer person (Kohl) 60

borders ORG "Stadt Xanten Bank" found as "Xanten Bank"  a.bio:19
    Die [Stadt {Xanten Bank}] half Fritz .
    60 = gazetteer firm (Xanten Bank) 60
    lost: LOC "Xanten" 20 = gazetteer city (Xanten) 20
"""
CONFUSION = """
gold, found:     LOC     ORG     PER    none
LOC                1       0       1       0
ORG                0       1       0       0
PER                0       0       1       1
none               0       0       1
"""


class Reports(Eval):
    def setUp(self):
        self.bio("a.bio", *SENTENCES)

    def test_table(self):
        self.expect(["a.bio"], TABLE)

    def test_mistakes(self):
        self.expect(["--errors", "a.bio"], TABLE + MISTAKES)
        parts = MISTAKES.split("\n\n")
        self.expect(["--errors=spurious", "a.bio"], TABLE + "\n" + parts[1] + "\n")
        self.expect(["--errors=LOC", "a.bio"], TABLE + "\n" + parts[2] + "\n")
        self.expect(["--errors=missed,spurious,PER", "a.bio"], TABLE + "\n\n".join(parts[:2]) + "\n")
        self.expect(["--errors=missed,LOC", "a.bio"], TABLE)

    def test_confusion(self):
        self.expect(["--confusion", "a.bio"], TABLE + CONFUSION)

    def test_same_gold_same_bytes(self):
        self.assertEqual(self.eval("--errors", "a.bio"), self.eval("--errors", "a.bio"))


class Labels(Eval):
    def rows(self, *args):
        """The table as {type: [gold, found, right]}, and the line of what is not scored."""
        status, out, err = self.eval(*args)
        self.assertEqual((status, err), (0, ""))
        lines = out.splitlines()
        table = lines[lines.index("") + 2:]
        return {w[0]: [int(n) for n in w[1:4]] for w in (row.split() for row in table)}, lines[1]

    def test_unknown_labels_are_not_scored(self):
        gold = self.bio("u.bio", "Angela B-PER Merkel I-PER sah O Ulmer B-LOCderiv Bier B-OTH und O Bier B-OTH")
        self.assertEqual(self.rows(gold), ({"PER": [1, 1, 1], "all": [1, 1, 1]}, "not scored: OTH 2, LOCderiv 1"))

    def test_map(self):
        gold = self.bio("m.bio", "Angela B-human Merkel I-human sah O Ulm B-place-city und O Kohl B-place-x . O")
        self.assertEqual(self.rows("--map", "human=PER,place-*=LOC,*=", gold)[0],
                         {"LOC": [2, 1, 1], "PER": [1, 2, 1], "all": [3, 3, 2]})
        self.assertEqual(self.rows("--map", "human=PER", "--map", "*-city=LOC", gold),
                         ({"LOC": [1, 1, 1], "PER": [1, 2, 1], "all": [2, 3, 2]}, "not scored: place-x 1"))
        self.assertEqual(self.rows("--map", "human=PER,place-x=PER?,*=LOC", gold)[0],
                         {"LOC": [1, 1, 1], "PER": [1, 1, 1], "all": [2, 2, 2]})

    def test_jsonl(self):
        rows = [{"id": "a", "text": "Grüße, Ulm", "ents": [[7, 10, "LOC"]], "dct": "2020-01-01T10:00"},
                {"text": "🙂 Kohl", "mentions": [{"type": "PER", "start": 2, "end": 6, "text": "Kohl"}]},
                {"text": "Fritz", "document": {"offsets": "bytes"},
                 "mentions": [{"type": "PER", "start": 0, "end": 5, "optional": True}]}]
        gold = self.file("a.jsonl", "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows))
        self.assertEqual(self.rows(gold)[0], {"LOC": [1, 1, 1], "PER": [1, 1, 1], "all": [2, 2, 2]})

    def test_article(self):
        self.file("b.txt", "Kohl\nUlm\n")
        gold = self.file("b.gold.json", '{"mentions": [{"type": "LOC", "start": 5, "end": 8}]}')
        self.assertEqual(self.rows(gold)[0], {"LOC": [1, 1, 1], "all": [1, 1, 1]})


class Trouble(Eval):
    def test_options(self):
        tail = "; try 'nerx --help'\n"
        self.expect_trouble([], "nerx: eval: no gold file is given" + tail)
        self.expect_trouble(["--nonsense"], "nerx: eval: unknown option '--nonsense'" + tail)
        self.expect_trouble(["--map"], "nerx: eval: option '--map' needs a value" + tail)
        self.expect_trouble(["--map", "PER", "a.bio"], "nerx: eval: --map: 'PER' is not LABEL=TYPE" + tail)
        self.expect_trouble(["--map", "*a*=PER", "a.bio"], "nerx: eval: --map: '*a*' has more than one *" + tail)
        self.expect_trouble(["--map", "a=?", "a.bio"], "nerx: eval: --map: 'a=?' names no type" + tail)
        self.expect_trouble(["--errors=many", self.bio("a.bio", *SENTENCES)],
                            "nerx: 'many' is no kind of mistake (missed, spurious, mistyped, borders), no type, and "
                            "not relations\n")

    def test_files(self):
        self.expect_trouble(["none.bio"], "nerx: none.bio: No such file or directory\n")
        self.file("a.xml", "")
        self.expect_trouble(["a.xml"], "nerx: a.xml: not a gold file: its name ends in none of .bio, .conll, .jsonl, "
                                       ".json, .ann\n")
        self.file("c.gold.json", "{}")
        self.expect_trouble(["c.gold.json"], "nerx: c.txt: No such file or directory\n")
        self.bio("o.bio", "Bier B-OTH")
        self.expect_trouble(["o.bio"], "nerx: no label of the gold is a type of the model; see --map\n")

    def test_bio(self):
        for text, message in (("Ulm\tB-LOC\nkam\n", "2: 'kam' is not a token, a tab and a tag"),
                              ("Ulm\tB-LOC\n\nkam\tE-LOC\n", "3: 'E-LOC' is no IOB2 tag"),
                              ("Ulm\tB-\n", "1: 'B-' is no IOB2 tag"),
                              (b"Ulm\tO\n\xff\tO\n", "2: not UTF-8")):
            self.file("bad.bio", text)
            self.expect_trouble(["bad.bio"], f"nerx: bad.bio:{message}\n")

    def test_json(self):
        for text, message in (("\nnonsense\n", "2: not JSON: '[' or '{' expected near 'nonsense'"),
                              ("[]\n", "1: not a JSON object"),
                              ("{}\n", '1: "text" is missing'),
                              ('{"text": "Ulm", "ents": 1}\n', '1: "ents" is no list'),
                              ('{"text": "Ulm", "ents": [[0, 4, "LOC"]]}\n', '1: no mention of the text: [0,4,"LOC"]'),
                              ('{"text": "Ulm", "ents": [[0, 3]]}\n', "1: no mention of the text: [0,3]"),
                              ('{"text": "Ulm", "mentions": [{"type": "LOC", "start": 0, "end": 2, "text": "Ulm"}]}\n',
                               "1: the text at 0 is not 'Ulm'")):
            self.file("bad.jsonl", text)
            self.expect_trouble(["bad.jsonl"], f"nerx: bad.jsonl:{message}\n")


if __name__ == "__main__":
    unittest.main(verbosity=1)
