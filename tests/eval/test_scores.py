"""nerx eval's figures against conlleval's and seqeval's, on random tags. Usage: test_scores.py NERX

seqeval comes from PyPI (pip install seqeval); without it that comparison is skipped."""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

import conlleval

try:
    import seqeval.metrics
    import seqeval.scheme
except ImportError:
    seqeval = None

NERX = sys.argv.pop(1)
TYPES = ["PER", "LOC", "ORG", "Ämter"]
FIGURES = ("precision", "recall", "f1")


def valid_tags(rng, length):
    """Tags in strict IOB2."""
    tags = []
    while len(tags) < length:
        if rng.random() < 0.5:
            tags.append("O")
            continue
        kind = rng.choice(TYPES)
        tags += [f"B-{kind}"] + [f"I-{kind}"] * rng.choice([0, 0, 1, 2])
    return tags[:length]


def any_tags(rng, length):
    """I- where no mention is open, and of another type than before: IOB1 and mistakes."""
    return [rng.choice(["O", "O"] + [f"{mark}-{kind}" for mark in "BI" for kind in TYPES[:2]]) for _ in range(length)]


def disturbed(rng, tags):
    """A guess: much of it right."""
    other = valid_tags(rng, len(tags))
    cut = [rng.random() < 0.6 for _ in tags]
    guess = []
    for i, keep in enumerate(cut):
        tag = tags[i] if keep else other[i]
        before = guess[-1] if guess else "O"
        if tag.startswith("I-") and before[2:] != tag[2:]:
            tag = "B" + tag[1:]
        guess.append(tag)
    return guess


def write(path, sentences):
    path.write_text("".join("".join(f"w{i}\t{tag}\n" for i, tag in enumerate(s)) + "\n" for s in sentences))


class Scores(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def run_nerx(self, gold, guess, *args):
        write(self.path / "gold.bio", gold)
        write(self.path / "found.bio", guess)
        done = subprocess.run([NERX, "eval", "--found", self.path / "found.bio", *args, self.path / "gold.bio"],
                              capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def samples(self, make):
        for seed in range(20):
            rng = random.Random(seed)
            gold = [make(rng, rng.randint(1, 30)) for _ in range(rng.randint(20, 60))]
            guess = [disturbed(rng, s) if make is valid_tags else any_tags(rng, len(s)) for s in gold]
            yield gold, guess

    def test_conlleval(self):
        """The table has conlleval's two digits, also where tags are no valid IOB2."""
        for make in (valid_tags, any_tags):
            for gold, guess in self.samples(make):
                out = self.run_nerx(gold, guess)
                lines = out.splitlines()
                table = {row.split()[0]: row.split()[4:7] for row in lines[lines.index("") + 2:]}
                want = conlleval.scores([list(zip(*pair)) for pair in zip(gold, guess)])
                self.assertEqual(table, {kind: [f"{x:.2f}" for x in row] for kind, row in want.items()})

    @unittest.skipIf(seqeval is None, "seqeval is not installed")
    def test_seqeval(self):
        """All digits of seqeval's strict IOB2 mode."""
        for gold, guess in self.samples(valid_tags):
            types = json.loads(self.run_nerx(gold, guess, "--json"))["types"]
            want = seqeval.metrics.classification_report(gold, guess, mode="strict", scheme=seqeval.scheme.IOB2,
                                                         output_dict=True)
            for kind, row in types.items():
                other = want["micro avg" if kind == "all" else kind]
                self.assertEqual([row["strict"][f] for f in FIGURES],
                                 [other["f1-score" if f == "f1" else f] for f in FIGURES], kind)


if __name__ == "__main__":
    unittest.main(verbosity=1)
