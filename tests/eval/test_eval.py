"""nerx eval: exact reports and messages, on a model of a few words. Usage: test_eval.py NERX"""
import json
import subprocess
import unittest

from tiny import HEAD, NERX, SENTENCES, TABLE, Eval

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
    85 = gazetteer firm (Xanten Bank) 85
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

    def test_causes(self):
        status, out, err = self.eval("--causes", "a.bio")
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(out.removeprefix(TABLE), """
     LOC     ORG     PER     all  cause
       0       0       1       1  missed: nothing spoke for it
       1       0       0       1  mistyped: the right one was no candidate
       0       1       0       1  borders: the right ones were no candidate
       0       0       1       1  spurious: gazetteer person
       0       1       0       1  wrong type or borders: gazetteer firm
       0       0       1       1  wrong type or borders: gazetteer person
""")

    def test_measures(self):
        status, out, err = self.eval("--measures", "a.bio")
        self.assertEqual((status, err), (0, ""))
        self.assertIn("""
partial   precision   recall       F1
LOC          100.00   100.00   100.00
ORG           50.00    50.00    50.00
PER           66.67    50.00    57.14
all           70.00    70.00    70.00
""", out)

    def test_same_gold_same_bytes(self):
        self.assertEqual(self.eval("--errors", "a.bio"), self.eval("--errors", "a.bio"))


class Rules(Eval):
    def test_rules(self):
        self.file("model2/de/never.rules", 'rule never : PER +30\n    "nie" < [cap] >\n  + Er war nie <Ulm>.\n  - nie\n')
        self.bio("a.bio", *SENTENCES)
        status, out, err = self.eval("--rules", "-r", "model2/de/never.rules", "a.bio")
        self.assertEqual((status, err), (0, ""))
        table, never = out.removeprefix(TABLE).split("\nnever fired, for the types scored here\n")
        rows = [[*row.split(None, 5)] for row in table.splitlines()[2:]]
        self.assertIn(["1", "1", "0", "0", "0", f"rule in-place ({self.path}/model/de/place.rules:1)"], rows)
        self.assertIn(["3", "1", "2", "1", "2", "gazetteer person"], rows)
        self.assertIn(["1", "0", "1", "0", "1", "entry person (Fritz)"], rows)
        self.assertEqual(never, "    rule never (model2/de/never.rules:1)\n")


class Runs(Eval):
    def setUp(self):
        self.bio("a.bio", *SENTENCES)

    def test_json(self):
        status, out, err = self.eval("--json", "a.bio")
        results = json.loads(out)
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(results["types"]["all"]["strict"], {"precision": 0.4, "recall": 0.4, "f1": 0.4000000000000001,
                                                             "interval": [0, 0.923076923076923]})
        self.assertEqual(results["confusion"]["PER"], {"PER": 1, "none": 1})
        self.assertEqual(results["mentions"][1:4], [
            {"document": "a.bio:1", "start": 21, "end": 24, "text": "Ulm", "gold": "LOC", "found": "LOC"},
            {"document": "a.bio:8", "start": 9, "end": 13, "text": "Kohl", "gold": "LOC", "found": "PER"},
            {"document": "a.bio:13", "start": 10, "end": 14, "text": "Roth", "gold": "PER"}])

    def test_baseline(self):
        self.file("old.json", self.eval("--json", "a.bio")[1])
        self.expect(["--baseline", "old.json", "a.bio"], TABLE + """
against old.json
type       old F1   new F1   change     won    lost    gone     new
LOC         66.67    66.67    +0.00       0       0       0       0
ORG          0.00     0.00    +0.00       0       0       0       0
PER         40.00    40.00    +0.00       0       0       0       0
all         40.00    40.00    +0.00       0       0       0       0
""")
        lists = self.file("more.tsv", HEAD.format("more", "PER").replace("60", "200") + "Roth\nAuch\nUlm\n")
        status, out, err = self.eval("-g", lists, "--baseline", "old.json", "a.bio")
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(out.split("against ")[1], """\
old.json
type       old F1   new F1   change     won    lost    gone     new
LOC         66.67     0.00   -66.67       0       1       0       0
ORG          0.00     0.00    +0.00       0       0       0       0
PER         40.00    50.00   +10.00       1       0       0       2
all         40.00    33.33    -6.67       1       1       0       2

won PER "Roth"  a.bio:15
    Auch Frau [Roth] .

lost LOC "Ulm" as PER  a.bio:5
    Angela Merkel war in [Ulm] .

new PER "Ulm"  a.bio:5
    Angela Merkel war in {Ulm} .
new PER "Auch"  a.bio:13
    {Auch} Frau Roth .
""")
        self.file("new.json", self.eval("-g", lists, "--json", "a.bio")[1])
        out = self.eval("--baseline", "new.json", "a.bio")[1]
        self.assertIn("\nall         33.33    40.00    +6.67       1       1       2       0\n", out)
        self.assertIn('\ngone PER "Auch"  a.bio:13\n    {Auch} Frau Roth .\n', out)

    def test_bad_baseline(self):
        self.file("no.json", "{")
        self.file("other.json", '{"types": {}, "mentions": []}')
        for name, message in (("none.json", "none.json: No such file or directory"),
                              ("no.json", "no.json:1: not JSON: string or '}' expected near end of file"),
                              ("a.json", "a.json: not the results of 'nerx eval --json'"),
                              ("other.json", "other.json: no mention of this gold is in it")):
            if name == "a.json":
                self.file(name, "{}")
            status, _, err = self.eval("--baseline", name, "a.bio")
            self.assertEqual((status, err), (2, f"nerx: {message}\n"))

    def test_gates(self):
        self.assertEqual(self.eval("--gate", "PER.f1>=40%", "--gate", "all.partial.recall>=0.7", "a.bio"), (0, TABLE, ""))
        self.assertEqual(self.eval("--gate", "PER.f1>=0.5", "--gate", "LOC.f1>0.6", "--gate", "ORG.recall>0", "a.bio"),
                         (1, TABLE, "nerx: gate failed: PER.f1>=0.5, but PER.f1 is 0.4000\n"
                                    "nerx: gate failed: ORG.recall>0, but ORG.recall is 0.0000\n"))
        for gate, message in (("PER.f1", "'PER.f1' is not a figure, >=, >, <= or <, and a number"),
                              ("MISC.f1>0", "no figure is called 'MISC.f1'; it is one of LOC ORG PER all, then .f1, "
                                            ".precision or .recall")):
            status, _, err = self.eval("--gate", gate, "a.bio")
            self.assertEqual((status, err), (2, f"nerx: {message}\n"))

    def test_found(self):
        found = self.bio("b.bio", *SENTENCES[:3], SENTENCES[3].replace("Fritz O", "Fritz B-PER"))
        self.assertIn("\nall        5       6       5 ", self.eval("--found", found, "a.bio", model=False)[1])
        self.bio("c.bio", *SENTENCES[:3])
        self.expect_trouble(["--found", "c.bio", "a.bio"],
                            "nerx: the gold has 4 documents, what was found has 3\n")
        self.bio("c.bio", *SENTENCES[:3], "Ulm O")
        self.expect_trouble(["--found", "c.bio", "a.bio"], "nerx: c.bio:18: another text than that of a.bio:18\n")

    def test_reports_that_exclude_each_other(self):
        tail = "; try 'nerx --help'\n"
        self.expect_trouble(["--json", "--errors", "a.bio"], "nerx: eval: --json goes without other reports" + tail)
        self.expect_trouble(["--rules", "--found", "a.bio", "a.bio"],
                            "nerx: eval: --rules and --causes ask nerx, not what --found names" + tail)

    def test_closed_pipe(self):
        """The first write fails, and much is written after it."""
        self.bio("long.bio", *SENTENCES * 300)
        done = subprocess.run(["sh", "-c", '{ "$@"; echo $? >&2; } | true', "sh", NERX, "eval", "-m", self.model, "--errors",
                               self.path / "long.bio"], stderr=subprocess.PIPE)
        self.assertEqual(done.stderr, b"nerx: standard output: Broken pipe\n2\n")

    def test_full_disk(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([NERX, "eval", "-m", self.model, self.path / "a.bio"], stdout=full,
                                  stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr), (2, b"nerx: standard output: No space left on device\n"))


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
                            "nerx: 'many' is no kind of mistake (missed, spurious, mistyped, borders, value), no type, and "
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
