"""nerx eval on articles: values, relations, brat, nerx's own output. Usage: test_articles.py NERX"""
import json
import subprocess
import unittest

from tiny import NERX, Eval

ARTICLE = "Kohl traf Roth am 3. Mai in Ulm. Dann reiste Kohl ab."
MENTIONS = [{"id": "m1", "type": "PER", "start": 0, "end": 4, "entity": "kohl"},
            {"id": "m2", "type": "PER", "start": 10, "end": 14, "entity": "roth"},
            {"id": "m3", "type": "DATE", "start": 18, "end": 24, "value": "2020-05-03"},
            {"id": "m4", "type": "LOC", "start": 28, "end": 31, "entity": "ulm"},
            {"id": "m5", "type": "PER", "start": 45, "end": 49, "entity": "kohl"}]
RELATIONS = [{"type": "meets", "subject": "kohl", "object": "roth", "date": "m3", "place": "ulm", "modality": "fact"},
             {"type": "leaves", "subject": "kohl", "near": [33, 53]}]


class Articles(Eval):
    def article(self, name, mentions, relations):
        self.file(f"{name}.txt", ARTICLE)
        return self.file(f"{name}.json", json.dumps({"mentions": mentions, "relations": relations}))

    def tail(self, *args):
        """What follows the table."""
        status, out, err = self.eval(*args, model=False)
        self.assertEqual((status, err), (0, ""))
        return out.split("\n\n", 2)[2]

    def test_same(self):
        self.article("a", MENTIONS, RELATIONS)
        out = self.tail("--found", "a.json", "a.json")
        self.assertEqual(out, """\
values: 1 in the gold, 1 of them found, 1 right (100.00 of 100 found)
        precision 100.00, recall 100.00, F1 100.00

relations    gold   found   right   precision   recall       F1   with modality    other roles
leaves          1       1       1      100.00   100.00   100.00               1       0 of   0
meets           1       1       1      100.00   100.00   100.00               1       2 of   2
all             2       2       2      100.00   100.00   100.00               2       2 of   2
""")

    def test_mistakes(self):
        """Another value, another modality, a subject known by its other mention, a repeat, a relation too many."""
        mentions = [dict(m) for m in MENTIONS]
        mentions[2]["value"] = "2021-05-03"
        relations = [{"type": "meets", "subject": "m1", "object": "roth", "modality": "planned"},
                     {"type": "leaves", "subject": "m5", "evidence": {"start": 33, "end": 40}},
                     {"type": "leaves", "subject": "m5", "evidence": {"start": 0, "end": 4}},
                     {"type": "leaves", "subject": "roth", "evidence": {"start": 33, "end": 40}, "rule": "away"}]
        self.article("a", MENTIONS, RELATIONS)
        self.article("b", mentions, relations)
        out = self.tail("--errors=relations", "--found", "b.json", "a.json")
        self.assertEqual(out, """\
values: 1 in the gold, 1 of them found, 0 right (0.00 of 100 found)
        precision 0.00, recall 0.00, F1 0.00

relations    gold   found   right   precision   recall       F1   with modality    other roles
leaves          1       2       1       50.00   100.00    66.67               1       0 of   0
meets           1       1       1      100.00   100.00   100.00               0       0 of   2
all             2       3       2       66.67   100.00    80.00               1       0 of   2

spurious relation leaves roth  a.txt:1
    Kohl traf Roth am 3. Mai in Ulm. Dann reiste Kohl ab.
    away

mistyped relation meets kohl, roth, date m3, place ulm  a.txt:1
    Kohl traf Roth am 3. Mai in Ulm. Dann reiste Kohl ab.
    it is fact, found as planned
""")

    def test_wrong_value(self):
        mentions = [dict(m) for m in MENTIONS]
        mentions[2] |= {"value": "2021-05-03", "start": 15}
        self.article("a", MENTIONS, RELATIONS)
        self.article("b", mentions, RELATIONS)
        place = "a.txt:1\n    Kohl traf Roth {am [3. Mai]} in Ulm. Dann reiste Kohl ab.\n"
        self.assertEqual(self.tail("--errors=value,borders", "--found", "b.json", "a.json").split("\n\n", 2)[2],
                         f'borders DATE "3. Mai" found as "am 3. Mai"  {place}\n'
                         f'value DATE "3. Mai" is 2020-05-03, found as 2021-05-03  {place}')

    def test_brat(self):
        self.file("c.txt", ARTICLE)
        self.file("c.ann", "T1\tPER 0 4\tKohl\nT2\tPER 10 14\tRoth\nR1\tmeets Arg1:T1 Arg2:T2\n")
        self.file("bad.ann", "T1\tPER 0 4\tKahl\n")
        self.file("bad.txt", ARTICLE)
        self.assertIn("all             1       1       1", self.tail("--found", "c.ann", "c.ann"))
        self.expect_trouble(["bad.ann"], "nerx: bad.ann:1: the text there is not 'Kahl'\n")

    def test_nerx_itself(self):
        """What nerx writes is a gold that it meets."""
        text = "Kohl war in Ulm. Fritz und Angela Merkel waren in Ulm."
        for form, name in (("json", "own.json"), ("jsonl", "own.json"), ("brat", "own.ann")):
            path = self.file("own.txt", text)
            out = subprocess.run([NERX, "-m", self.model, "-f", form, path], capture_output=True, text=True).stdout
            self.file(name, out)
            self.assertIn("\nall        5       5       5      100.00", self.eval(name)[1])

    def test_bad_relations(self):
        self.article("d", MENTIONS, [{"type": "meets"}])
        self.expect_trouble(["d.json"], 'nerx: d.json: no relation, it needs a "type" and a "subject": '
                                        '{"type":"meets"}\n')


if __name__ == "__main__":
    unittest.main(verbosity=1)
