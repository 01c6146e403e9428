"""A model of a few words, and samples to score on it."""
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

    maxDiff = None

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
