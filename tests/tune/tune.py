"""Sets the points of cues and rules from annotated text, and writes them back into the rule files.

    tune.py CANDIDATES NERX --root DIR --language de CORPUS[=WEIGHT[,silver][,TYPE:TYPE…]] …

CANDIDATES and NERX are the built programs, DIR holds gazetteers/ and rules/. Tries all cues of LANGUAGE.proposals (see
proposals.py) and keeps those that get points; the method is described in field.py. Before that, the same is done on the
larger part of each corpus that is not silver, and what is printed first are the scores on its rest, which it did not see.
Needs numpy, scipy and numba."""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import tempfile
import zlib

import numpy as np

import proposals
from corpora import Corpus
from field import TYPES, UNIT, Field

HERE = pathlib.Path(__file__).resolve().parent
CUE = re.compile(r"^cue (.*?)\s*:\s*((?:[A-Z][A-Z0-9-]* [+-]\d+\s*)+)$")
RULE = re.compile(r"^rule ([a-z0-9-]+) : ([A-Z]+) ([+-]\d+)\s*$")
ONE_WORD = "single"  # the cue that tells candidates of one word
GROUPS = {"before2": "Two words before it", "before": "The word before it", "first": "The first of several words",
          "each": "All of several words", "last": "The last of several words", "whole": "All of it",
          "after": "The word behind it", "after2": "Two words behind it"}
HEADER = """# What speaks a little for or against a type, wherever a name may stand: weights set by tests/tune/tune.py, ten points
# for a factor of e in the odds. A cue asks of the words of a span, or around it, and tells nothing alone.
language {}
"""


# ---- candidates with their evidence ----

def current_points(path):
    """{cue: {type: points}} of a file of cues."""
    found = {}
    for line in path.read_text(encoding="utf-8").split("\n") if path.exists() else []:
        match = CUE.match(line)
        if match:
            found[match[1]] = {t: int(p) for t, p in re.findall(r"([A-Z][A-Z0-9-]*) ([+-]\d+)", match[2])}
    return found


def cue_file(language, spans, points, every):
    """The text of cues.rules; `every`: all types of each cue, even without points."""
    groups = collections.defaultdict(list)
    for cue, by_type in points.items():
        worth = [(t, by_type.get(t, 0)) for t in TYPES if every or by_type.get(t, 0)]
        if worth:
            place = next((p for p in GROUPS if re.search(rf"(^|\s){p}(\s|$)", cue)), "")
            groups[place].append(f"cue {cue} : " + " ".join(f"{t} {p:+d}" for t, p in worth))
    text = HEADER.format(language) + "\n" + spans + "\n"
    for place in ["", *GROUPS]:
        if groups[place]:
            text += f"\n# {GROUPS.get(place, 'Any name')}\n" + "\n".join(sorted(groups[place])) + "\n"
    return text


def gather(arguments, model, corpus, sources):
    """Yields of each document its candidates: (type, start, end, [(source, points)])."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text, *_ in corpus.documents)
    done = subprocess.run([arguments.candidates, model, arguments.language], input=lines.encode(), check=True,
                          stdout=subprocess.PIPE)
    names, document = [], None
    for line in done.stdout.decode().split("\n"):
        if line.startswith("F "):
            _, _, kind, name = line.split(" ", 3)
            names.append(sources.setdefault((kind, name), len(sources)))
        elif line.startswith("D "):
            if document is not None:
                yield document
            document = []
        elif line.startswith("C "):
            parts = line.split(" ")
            evidence = [part.split(":") for part in parts[5:]]
            document.append((parts[1], int(parts[2]), int(parts[3]), [(names[int(s)], int(p)) for s, p in evidence]))
    yield document


class Columns:
    """Numbers the weights: one for each rule, one for each cue and type. What is neither keeps its points."""

    def __init__(self):
        self.numbers, self.origin = {}, []

    def split(self, kind, evidence, names):
        """(fixed points, [column]); a new column begins at the points it has now."""
        fixed, columns = 0, []
        for source, points in evidence:
            what, name = names[source]
            if what not in ("cue", "rule"):
                fixed += points
                continue
            key = (what, name, kind if what == "cue" else "")
            if key not in self.numbers:
                self.numbers[key] = len(self.numbers)
                self.origin.append(points / UNIT if what == "rule" else 0.0)
            columns.append(self.numbers[key])
        return fixed, columns


def types_of_classes(gazetteers):
    """{class: type its lists give}; of names' parts, PER."""
    found = {"given": "PER", "surname": "PER"}
    for path in gazetteers.glob("*/*.tsv"):
        head = dict(re.findall(r"^# (class|type): (.+)$", path.read_text(encoding="utf-8"), re.M))
        if "type" in head:
            found[head["class"]] = head["type"]
    return found


def raised(columns, gazetteers):
    """A list does not testify against its own type: the columns of cues that ask for a class, for that type."""
    types = types_of_classes(gazetteers)
    for (what, name, kind), column in columns.items():
        asked = re.match(r"(?:single|multi) (?:whole|each) \[([a-z-]+)(?: & ![^\]]*)?\]$", name) if what == "cue" else None
        if asked and types.get(asked[1]) == kind:
            yield column


def is_silent(corpus, kind, names, evidence):
    return corpus.silver and kind == "PER" and any(names[s] == ("cue", ONE_WORD) for s, _ in evidence)


def read_all(arguments, model, corpora):
    columns, sources, documents, owner = Columns(), {}, [], []
    for corpus in corpora:
        gathered = list(gather(arguments, model, corpus, sources))
        names = list(sources)
        for candidates, (_, gold, told) in zip(gathered, corpus.documents):
            rows = []
            for kind, start, end, evidence in candidates:
                if told and not told(start, end):
                    continue
                if kind == "DATE":
                    rows.append((kind, start, end, sum(p for _, p in evidence), [], (kind, start, end) in gold))
                elif kind in corpus.kinds and not is_silent(corpus, kind, names, evidence):
                    fixed, numbers = columns.split(kind, evidence, names)
                    rows.append((kind, start, end, fixed, numbers, (kind, start, end) in gold))
            documents.append(rows)
            owner.append(corpus)
    return Field(documents, columns.numbers, columns.origin), owner


# ---- scores ----

def report(name, hits, found, gold):
    cells = []
    for t in [*TYPES, "all"]:
        h, f, g = (sum(counts[k] for k in (TYPES if t == "all" else [t])) for counts in (hits, found, gold))
        p, r = h / max(f, 1), h / max(g, 1)
        cells.append(f"{t} {100 * p:.1f}/{100 * r:.1f}/{200 * p * r / max(p + r, 1e-9):.1f}")
    print(f"{name:36} " + "  ".join(cells))


def measure(field, weights, corpus, documents, first, bias):
    hits, found, gold = collections.Counter(), collections.Counter(), collections.Counter()
    for d in documents:
        wanted = {c for c in corpus.documents[d - first][1] if c[0] in corpus.kinds}
        chosen = {c for c in field.choose(d, weights, bias) if c[0] in corpus.kinds}
        gold.update(k for k, *_ in wanted)
        found.update(k for k, *_ in chosen)
        hits.update(k for k, *_ in chosen & wanted)
    return hits, found, gold


def measure_all(field, owner, corpora, weights, documents, bias, label):
    for corpus in corpora:
        first = owner.index(corpus)
        own = [d for d in documents if owner[d] is corpus]
        if own:
            report(corpus.path.name + label, *measure(field, weights, corpus, own, first, bias))


# ---- writing back ----

def rewrite_rules(folder, points):
    for path in sorted(folder.glob("*.rules")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for i, line in enumerate(lines):
            match = RULE.match(line)
            if match and match[2] in TYPES and match[1] in points and int(match[3]) > 0:
                lines[i] = f"rule {match[1]} : {match[2]} {max(points[match[1]], 5):+d}"
        path.write_text("\n".join(lines), encoding="utf-8")


def parse():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("candidates")
    p.add_argument("nerx")
    p.add_argument("corpora", nargs="+")
    p.add_argument("--root", type=pathlib.Path, required=True)
    p.add_argument("--language", required=True)
    p.add_argument("--l1", type=float, default=1.0)
    p.add_argument("--l2", type=float, default=0.5)
    p.add_argument("--rounds", type=int, default=80)
    p.add_argument("--bias", type=float, default=0.8, help="added to each candidate: recall for precision")
    p.add_argument("--share", type=float, default=1.0, help="of silver corpora, how much is read")
    p.add_argument("--write", action="store_true", help="write the points back")
    p.add_argument("--aside-only", action="store_true", help="only measure on text kept aside")
    p.add_argument("--no-aside", action="store_true", help="skip the measurement on text kept aside")
    return p.parse_args()


def main():
    a = parse()
    rules = a.root / "rules"
    own = rules / a.language / "cues.rules"
    spans, cues = proposals.read(HERE / f"{a.language}.proposals")
    now = current_points(own)
    with tempfile.TemporaryDirectory() as temporary:
        opened = pathlib.Path(temporary) / "rules"
        subprocess.run(["cp", "-r", rules, opened], check=True)
        (opened / a.language / "cues.rules").write_text(
            cue_file(a.language, spans, {cue: now.get(cue, {}) for cue in cues}, True), encoding="utf-8")
        model = pathlib.Path(temporary) / "model"
        subprocess.run([a.nerx, "build", "--no-check", "-o", model, a.root / "gazetteers", opened], check=True)
        corpora = [Corpus(c, a.language) for c in a.corpora]
        for corpus in corpora:
            random.Random(1).shuffle(corpus.documents)
            if corpus.silver:
                del corpus.documents[int(a.share * len(corpus.documents)) :]
        field, owner = read_all(a, model, corpora)
    weight = np.array([corpus.weight for corpus in owner])
    texts = [text for corpus in corpora for text, *_ in corpus.documents]
    aside = {d for d, text in enumerate(texts) if zlib.crc32(text.encode()) % 3 == 0 and not owner[d].silver}
    print(f"{len(owner)} documents, {len(field.kind)} candidates, {len(field.origin)} weights")
    everything = range(len(owner))
    never = set(raised(field.columns, a.root / "gazetteers"))
    if not a.no_aside:
        weights = field.fit([d for d in everything if d not in aside], weight, a.l2, a.l1, a.rounds, never)
        measure_all(field, owner, corpora, weights, aside, a.bias, " (not seen)")
    if a.aside_only:
        return
    weights = field.fit(everything, weight, a.l2, a.l1, a.rounds, never)
    points = {key: int(round(weights[i] * UNIT)) for key, i in field.columns.items()}
    for kind in TYPES:
        for cue in ("single", "multi"):
            points["cue", cue, kind] = points.get(("cue", cue, kind), 0) + int(round(a.bias * UNIT))
    measure_all(field, owner, corpora, weights, everything, a.bias, "")
    by_cue = {cue: {t: points.get(("cue", cue, t), 0) for t in TYPES} for cue in cues}
    print(f"{sum(any(v.values()) for v in by_cue.values())} of {len(cues)} cues have points")
    if a.write:
        own.write_text(cue_file(a.language, spans, by_cue, False), encoding="utf-8")
        for folder in (rules / "common", rules / a.language):
            rewrite_rules(folder, {name: p for (what, name, _), p in points.items() if what == "rule"})


main()
