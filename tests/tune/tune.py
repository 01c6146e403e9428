"""Sets the points of cues and rules from annotated text, and writes them back into the rule files.

    tune.py CANDIDATES NERX --rules DIR --gazetteers DIR --language de CORPUS[=WEIGHT[,TYPE:TYPE…]] …

The resolver takes the set of candidates with the highest sum of points; tuning takes points for log-odds (ten points are
one unit) and makes the annotated set likely among all sets that do not overlap: a semi-Markov conditional random field
(Sarawagi and Cohen 2004) with the cues and rules for features. The sum is lowered by dual averaging with an L1 penalty
(Xiao 2010, with AdaGrad's step sizes, Duchi et al. 2011), so that what does not help gets no points. One sentence of
five is kept aside; what is printed are the scores on both parts.

Corpora are .bio and .jsonl files. Needs numpy and numba.
"""
import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import numba
import numpy as np

TYPES = ["PER", "LOC", "ORG"]
THRESHOLD, UNIT, TOKEN = 50, 10.0, 0.1
FIXED = ("gazetteer", "recall")


# ---- corpora ----

def read_bio(path):
    """(text, [(type, start, end)]) for each sentence."""
    words = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# "):
            continue
        if line.strip():
            parts = line.split("\t")
            words.append((parts[0], parts[-1]))
        elif words:
            yield sentence_of(words)
            words = []


def sentence_of(words):
    text, gold = "", []
    for word, tag in words:
        start = len(text) + (1 if text else 0)
        text = f"{text} {word}" if text else word
        if tag.startswith("I-") and gold and gold[-1][0] == tag[2:] and gold[-1][2] == start - 1:
            gold[-1] = (tag[2:], gold[-1][1], len(text))
        elif tag != "O":
            gold.append((tag[2:], start, len(text)))
    return text, gold


def read_jsonl(path):
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        doc = json.loads(line)
        yield doc["text"], [(kind, start, end) for start, end, kind in doc["ents"]]


def read_corpus(argument):
    """'file=0.5,person:PER' gives the documents, their weight, and the types that are annotated."""
    name, _, rest = argument.partition("=")
    weight, *maps = (rest or "1").split(",")
    mapping = dict(pair.split(":") for pair in maps) or {t: t for t in TYPES}
    path = pathlib.Path(name)
    documents = read_bio(path) if path.suffix == ".bio" else read_jsonl(path)
    for text, gold in documents:
        yield text, [(mapping[t], s, e) for t, s, e in gold if t in mapping], float(weight), set(mapping.values())


# ---- candidates ----

def open_cues(rules, language, folder):
    """A copy of the rules in which each cue names all types, so that all are listed."""
    for path in rules.rglob("*.rules"):
        target = folder / path.relative_to(rules)
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = [open_cue(line) for line in path.read_text(encoding="utf-8").split("\n")]
        target.write_text("\n".join(lines), encoding="utf-8")


CUE = re.compile(r"^cue (.*?)\s*:\s*((?:[A-Z][A-Z0-9-]* [+-]\d+\s*)+)$")


def open_cue(line):
    found = CUE.match(line)
    if not found:
        return line
    points = dict(re.findall(r"([A-Z][A-Z0-9-]*) ([+-]\d+)", found[2]))
    return f"cue {found[1]} : " + " ".join(f"{t} {points.get(t, '+0')}" for t in TYPES)


class Data:
    """Candidates as flat arrays; documents are ranges of them."""

    def __init__(self):
        self.sources, self.features = [], {}
        self.start, self.end, self.type, self.fixed, self.gold, self.length = [], [], [], [], [], []
        self.first_feature, self.feature, self.value = [0], [], []
        self.first, self.weight, self.missed, self.kept = [0], [], [], []
        self.initial = {}

    def column(self, source, kind):
        kind_name, name = self.sources[source]
        key = (kind_name, name, kind if kind_name == "cue" else "")
        return self.features.setdefault(key, len(self.features))

    def add(self, line, gold, kinds, starts):
        parts = line.split(" ")
        kind, start, end = parts[1], int(parts[2]), int(parts[3])
        if kind not in kinds and kind != "DATE":
            return
        fixed = 0 if kind != "DATE" else int(parts[4])
        for part in parts[5:] if kind != "DATE" else []:
            source, points = (int(x) for x in part.split(":"))
            if self.sources[source][0] in FIXED:
                fixed += points
                continue
            column = self.column(source, kind)
            self.initial[column] = points
            self.feature.append(column)
        self.first_feature.append(len(self.feature))
        self.start.append(start)
        self.end.append(end)
        self.type.append(kind)
        self.fixed.append(fixed)
        self.gold.append((kind, start, end) in gold)


def gather(data, tool, model, language, documents):
    lines = "".join(json.dumps({"text": text}) + "\n" for text, *_ in documents)
    out = subprocess.run([tool, model, language], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    current, gold, kinds, texts = -1, set(), set(), None
    reached = 0
    for line in out.decode().split("\n"):
        if line.startswith("F "):
            _, _, kind, name = line.split(" ", 3)
            data.sources.append((kind, name))
        elif line.startswith("D "):
            if current >= 0:
                data.first.append(len(data.start))
            current = int(line[2:])
            text, spans, weight, kinds = documents[current]
            gold = set(spans)
            data.weight.append(weight)
        elif line.startswith("C "):
            data.add(line, gold, kinds, None)
    data.first.append(len(data.start))


# ---- the field ----

@numba.njit(cache=True)
def add_log(a, b):
    if a < b:
        a, b = b, a
    return a + np.log1p(np.exp(b - a))


@numba.njit(cache=True)
def weight_of(i, total, square, origin, step, rate, penalty):
    pull = abs(total[i]) - penalty * step
    if pull <= 0:
        return origin[i]
    return origin[i] - np.sign(total[i]) * rate * pull / (np.sqrt(square[i]) + 1.0)


@numba.njit(cache=True)
def scores_of(low, high, first_feature, feature, fixed, weights, out):
    for c in range(low, high):
        s = fixed[c]
        for k in range(first_feature[c], first_feature[c + 1]):
            s += weights[feature[k]]
        out[c - low] = s


@numba.njit(cache=True)
def marginals(n, start, end, score, places, out):
    """start, end: ranks of places; candidates sorted by end. Returns log Z."""
    forward = np.full(places + 1, -1e30)
    forward[0] = 0.0
    at = 0
    for p in range(1, places + 1):
        forward[p] = forward[p - 1]
        while at < n and end[at] == p:
            forward[p] = add_log(forward[p], forward[start[at]] + score[at])
            at += 1
    backward = np.full(places + 1, -1e30)
    backward[places] = 0.0
    order = np.argsort(-start[:n])
    at = 0
    for p in range(places - 1, -1, -1):
        backward[p] = backward[p + 1]
        while at < n and start[order[at]] == p:
            c = order[at]
            backward[p] = add_log(backward[p], backward[end[c]] + score[c])
            at += 1
    z = forward[places]
    for c in range(n):
        out[c] = np.exp(forward[start[c]] + score[c] + backward[end[c]] - z)
    return z


@numba.njit(cache=True)
def train(epochs, documents, first, rank_start, rank_end, places, first_feature, feature, fixed, gold, weight,
          origin, rate, penalty, seed):
    n = len(origin)
    total, square = np.zeros(n), np.zeros(n)
    step = 0.0
    np.random.seed(seed)
    score, marginal = np.zeros(100000), np.zeros(100000)
    for epoch in range(epochs):
        order = np.random.permutation(len(documents))
        loss = 0.0
        for o in order:
            d = documents[o]
            low, high = first[d], first[d + 1]
            if low == high:
                continue
            step += 1
            for c in range(low, high):
                s = fixed[c]
                for k in range(first_feature[c], first_feature[c + 1]):
                    s += weight_of(feature[k], total, square, origin, step, rate, penalty)
                score[c - low] = s
            z = marginals(high - low, rank_start[low:high], rank_end[low:high], score, places[d], marginal)
            loss += z * weight[d]
            for c in range(low, high):
                if gold[c]:
                    loss -= score[c - low] * weight[d]
                g = (marginal[c - low] - gold[c]) * weight[d]
                if abs(g) < 1e-4:
                    continue
                for k in range(first_feature[c], first_feature[c + 1]):
                    i = feature[k]
                    total[i] += g
                    square[i] += g * g
        print(epoch, loss / len(documents))
    weights = np.zeros(n)
    for i in range(n):
        weights[i] = weight_of(i, total, square, origin, step, rate, penalty)
    return weights


@numba.njit(cache=True)
def decode(n, start, end, score, places, chosen):
    best = np.zeros(places + 1)
    back = np.full(places + 1, -1)
    at = 0
    for p in range(1, places + 1):
        best[p] = best[p - 1]
        while at < n and end[at] == p:
            if score[at] > 0 and best[start[at]] + score[at] > best[p]:
                best[p] = best[start[at]] + score[at]
                back[p] = at
            at += 1
    p = places
    while p > 0:
        if back[p] < 0:
            p -= 1
        else:
            chosen[back[p]] = True
            p = start[back[p]]


def arrays(data):
    """Sorts each document's candidates by end and ranks their places."""
    n = len(data.start)
    start, end = np.array(data.start), np.array(data.end)
    rank_start, rank_end = np.zeros(n, np.int64), np.zeros(n, np.int64)
    order = np.arange(n)
    places = []
    for d in range(len(data.first) - 1):
        low, high = data.first[d], data.first[d + 1]
        order[low:high] = low + np.lexsort((start[low:high], end[low:high]))
        points = np.unique(np.concatenate([start[low:high], end[low:high]]))
        rank_start[low:high] = np.searchsorted(points, start[order[low:high]])
        rank_end[low:high] = np.searchsorted(points, end[order[low:high]])
        places.append(len(points) - 1 if high > low else 0)
    return order, rank_start, rank_end, np.array(places)


def report(name, kinds, counts):
    rows = []
    for t in [*TYPES, "all"]:
        hit, found, gold = (sum(counts.get((k, u), 0) for u in (TYPES if t == "all" else [t])) for k in
                            ("hit", "found", "gold"))
        p, r = hit / max(found, 1), hit / max(gold, 1)
        rows.append(f"{t} {100 * p:.1f}/{100 * r:.1f}/{200 * p * r / max(p + r, 1e-9):.1f}")
    print(f"{name:42} " + "  ".join(rows))


# ---- writing back ----

def write_back(rules, language, points, keep_zero):
    for folder in ("common", language):
        for path in (rules / folder).glob("*.rules"):
            lines = path.read_text(encoding="utf-8").split("\n")
            new = [line for line in (rewrite(line, points, keep_zero) for line in lines) if line is not None]
            path.write_text("\n".join(new), encoding="utf-8")


def rewrite(line, points, keep_zero):
    found = CUE.match(line)
    if found:
        values = [(t, points.get(("cue", found[1], t), 0)) for t in TYPES]
        if not keep_zero:
            values = [(t, v) for t, v in values if v]
        return f"cue {found[1]} : " + " ".join(f"{t} {v:+d}" for t, v in values) if values else None
    found = re.match(r"^rule ([a-z0-9-]+) : ([A-Z]+) [+-]\d+\s*$", line)
    if found and ("rule", found[1], "") in points and found[2] in TYPES:
        return f"rule {found[1]} : {found[2]} {points[('rule', found[1], '')]:+d}"
    return line


def main():
    p = argparse.ArgumentParser()
    p.add_argument("candidates")
    p.add_argument("nerx")
    p.add_argument("corpora", nargs="+")
    p.add_argument("--rules", type=pathlib.Path, required=True)
    p.add_argument("--gazetteers", type=pathlib.Path, required=True)
    p.add_argument("--language", required=True)
    p.add_argument("--epochs", type=int, default=12)
    p.add_argument("--rate", type=float, default=0.3)
    p.add_argument("--penalty", type=float, default=0.0)
    p.add_argument("--write", action="store_true", help="write the points back")
    p.add_argument("--keep-zero", action="store_true", help="keep cues without points")
    p.add_argument("--from-zero", action="store_true", help="forget the cues' points first")
    p.add_argument("--most", type=int, default=1 << 30, help="sentences of one corpus")
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        open_cues(a.rules, a.language, folder / "rules")
        subprocess.run([a.nerx, "build", "-o", folder / "model", a.gazetteers, folder / "rules"], check=True)
        documents, corpus_of = [], []
        for number, argument in enumerate(a.corpora):
            own = list(read_corpus(argument))
            random.Random(1).shuffle(own)
            own = own[: a.most]
            documents += own
            corpus_of += [number] * len(own)
        data = Data()
        gather(data, a.candidates, folder / "model", a.language, documents)
    order, rank_start, rank_end, places = arrays(data)
    first = np.array(data.first)
    raw_first, raw_feature = np.array(data.first_feature), np.array(data.feature, np.int32)
    counts = (raw_first[1:] - raw_first[:-1])[order]
    first_feature = np.concatenate([[0], np.cumsum(counts)])
    feature = np.concatenate([raw_feature[raw_first[c] : raw_first[c + 1]] for c in order]) if len(order) else raw_feature
    gold = np.array(data.gold)[order].astype(np.float64)
    kinds = np.array(data.type)[order]
    fixed = (np.array(data.fixed)[order] - THRESHOLD) / UNIT
    spans = (np.array(data.end) - np.array(data.start))[order]
    names = [None] * len(data.features)
    for key, column in data.features.items():
        names[column] = key
    origin = np.array([data.initial[i] / UNIT for i in range(len(names))])
    if a.from_zero:
        origin = np.array([0.0 if names[i][0] == "cue" else origin[i] for i in range(len(names))])
    aside = np.array([i % 5 == 0 for i in range(len(documents))])
    training = np.array([i for i in range(len(documents)) if not aside[i]])
    print(f"{len(documents)} documents, {len(order)} candidates, {len(feature)} features, {len(names)} weights")
    weights = train(a.epochs, training, first, rank_start, rank_end, places, first_feature, feature, fixed, gold,
                    np.array(data.weight), origin, a.rate, a.penalty, 1)
    weights = np.round(weights * UNIT) / UNIT
    print("weights that are not 0:", int(np.sum(weights != 0)))
    for number, argument in enumerate(a.corpora):
        for part in (False, True):
            tally = {}
            for d in range(len(documents)):
                if corpus_of[d] != number or aside[d] != part:
                    continue
                low, high = first[d], first[d + 1]
                score, chosen = np.zeros(high - low), np.zeros(high - low, np.bool_)
                scores_of(low, high, first_feature, feature, fixed, weights, score)
                decode(high - low, rank_start[low:high], rank_end[low:high], score, places[d], chosen)
                for t, *_ in documents[d][1]:
                    tally["gold", t] = tally.get(("gold", t), 0) + 1
                for c in np.nonzero(chosen)[0]:
                    t = kinds[low + c]
                    tally["found", t] = tally.get(("found", t), 0) + 1
                    tally["hit", t] = tally.get(("hit", t), 0) + int(gold[low + c])
            report(pathlib.Path(argument.split("=")[0]).name + (" (aside)" if part else ""), TYPES, tally)
    if a.write:
        points = {names[i]: int(round(weights[i] * UNIT)) for i in range(len(names))}
        write_back(a.rules, a.language, points, a.keep_zero)


main()
