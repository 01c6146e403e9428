"""A semi-Markov conditional random field (Sarawagi and Cohen 2004) over nerx's candidates, with its evidence for features.

The resolver takes the set of candidates with the highest sum of points; here points are log-odds (ten points are one
unit), and weights are sought that make the annotated set likely among all sets that do not overlap. The sum of the
documents' losses is minimized by L-BFGS-B with an L2 and an L1 penalty (weights split into their two signs), so that what
does not help gets no points."""
import numba
import numpy as np
from scipy.optimize import minimize

TYPES = ["PER", "LOC", "ORG"]
UNIT, THRESHOLD = 10.0, 50


class Field:
    """Candidates as flat arrays, those of document d from first[d] to first[d + 1], each document's sorted by end."""

    def __init__(self, documents, columns, origin):
        """documents: lists of (type, start, end, fixed points, [column], is gold)."""
        self.origin = np.array(origin)
        self.first = np.zeros(len(documents) + 1, np.int64)
        rows, self.places, starts, ends = [], [], [], []
        for d, candidates in enumerate(documents):
            candidates = sorted(candidates, key=lambda c: (c[2], c[1], c[0]))
            marks = sorted({p for c in candidates for p in (c[1], c[2])})
            rank = {p: i for i, p in enumerate(marks)}
            starts += [rank[c[1]] for c in candidates]
            ends += [rank[c[2]] for c in candidates]
            self.places.append(max(len(marks) - 1, 0))
            rows += candidates
            self.first[d + 1] = len(rows)
        self.places = np.array(self.places)
        self.start, self.end = np.array(starts, np.int64), np.array(ends, np.int64)
        self.kind = [row[0] for row in rows]
        self.span = [(row[1], row[2]) for row in rows]
        self.fixed = (np.array([row[3] for row in rows], float) - THRESHOLD) / UNIT
        self.gold = np.array([row[5] for row in rows], float)
        self.first_feature = np.cumsum([0] + [len(row[4]) for row in rows])
        self.feature = np.array([column for row in rows for column in row[4]], np.int32)
        self.columns = columns

    def fit(self, documents, weight, l2, l1, rounds, raised):
        """documents: indices; weight: of each document; raised: columns that may not fall. Returns weights in units."""
        n = len(self.origin)
        documents = np.array(sorted(documents, key=lambda d: self.first[d] - self.first[d + 1]))

        def loss(parts):
            change = parts[:n] - parts[n:]
            value, slope = descend(documents, self.first, self.start, self.end, self.places, self.first_feature,
                                   self.feature, self.fixed, self.gold, weight, self.origin + change)
            slope = slope + l2 * change
            value += 0.5 * l2 * (change @ change) + l1 * parts.sum()
            return value, np.concatenate([slope + l1, l1 - slope])

        bounds = [(0, None)] * n + [(0, 0) if i in raised else (0, None) for i in range(n)]
        found = minimize(loss, np.zeros(2 * n), jac=True, method="L-BFGS-B", bounds=bounds,
                         options={"maxiter": rounds, "maxcor": 8})
        return self.origin + found.x[:n] - found.x[n:]

    def choose(self, d, weights, bias=0.0):
        """The best set of document d: {(type, start, end)}."""
        low, high = self.first[d], self.first[d + 1]
        chosen = np.zeros(high - low, np.bool_)
        scores = np.zeros(high - low)
        score(low, high, self.first_feature, self.feature, self.fixed, weights, scores)
        decode(high - low, self.start[low:high], self.end[low:high], scores + bias, self.places[d], chosen)
        return {(self.kind[low + c], *self.span[low + c]) for c in np.nonzero(chosen)[0]}


@numba.njit
def add_log(a, b):
    if a < b:
        a, b = b, a
    return a + np.log1p(np.exp(b - a))


@numba.njit
def score(low, high, first_feature, feature, fixed, weights, out):
    for c in range(low, high):
        total = fixed[c]
        for k in range(first_feature[c], first_feature[c + 1]):
            total += weights[feature[k]]
        out[c - low] = total


@numba.njit
def marginals(n, start, end, scores, places, out):
    """How likely each candidate is in a set drawn by the weights; returns the log of the sum over all sets."""
    forward = np.full(places + 1, -1e30)
    forward[0] = 0.0
    at = 0
    for p in range(1, places + 1):
        forward[p] = forward[p - 1]
        while at < n and end[at] == p:
            forward[p] = add_log(forward[p], forward[start[at]] + scores[at])
            at += 1
    backward = np.full(places + 1, -1e30)
    backward[places] = 0.0
    order = np.argsort(-start[:n])
    at = 0
    for p in range(places - 1, -1, -1):
        backward[p] = backward[p + 1]
        while at < n and start[order[at]] == p:
            c = order[at]
            backward[p] = add_log(backward[p], backward[end[c]] + scores[c])
            at += 1
    for c in range(n):
        out[c] = np.exp(forward[start[c]] + scores[c] + backward[end[c]] - forward[places])
    return forward[places]


@numba.njit(parallel=True)
def descend(documents, first, start, end, places, first_feature, feature, fixed, gold, weight, weights):
    """The sum of the documents' losses and its slope."""
    parts = 2
    losses, slopes = np.zeros(parts), np.zeros((parts, len(weights)))
    for part in numba.prange(parts):
        for o in range(part, len(documents), parts):
            d = documents[o]
            low, high = first[d], first[d + 1]
            if low == high or weight[d] == 0:
                continue
            scores, likely = np.zeros(high - low), np.zeros(high - low)
            score(low, high, first_feature, feature, fixed, weights, scores)
            total = marginals(high - low, start[low:high], end[low:high], scores, places[d], likely)
            for c in range(low, high):
                total -= gold[c] * scores[c - low]
                g = (likely[c - low] - gold[c]) * weight[d]
                if abs(g) > 1e-6:
                    for k in range(first_feature[c], first_feature[c + 1]):
                        slopes[part, feature[k]] += g
            losses[part] += total * weight[d]
    return losses.sum(), slopes.sum(0)


@numba.njit
def decode(n, start, end, scores, places, chosen):
    best, back = np.zeros(places + 1), np.full(places + 1, -1)
    at = 0
    for p in range(1, places + 1):
        best[p] = best[p - 1]
        while at < n and end[at] == p:
            if scores[at] > 0 and best[start[at]] + scores[at] > best[p]:
                best[p] = best[start[at]] + scores[at]
                back[p] = at
            at += 1
    p = places
    while p > 0:
        if back[p] < 0:
            p -= 1
        else:
            chosen[back[p]] = True
            p = start[back[p]]
