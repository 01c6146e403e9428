"""The scores of conlleval, the script of the CoNLL shared tasks (Tjong Kim Sang and Buchholz 2000), for IOB tags.

Written anew from what the script does: it walks over gold and guessed tags side by side, notes where chunks begin and end, and
counts a chunk as correct when both begin together, have one type, and end together."""
from collections import Counter


def parse(tag):
    mark, _, kind = tag.partition("-")
    return mark, kind


def ends(before, after):
    """Does a chunk end between two tags?"""
    (mark, kind), (next_mark, next_kind) = before, after
    if mark == "O":
        return False
    return next_mark in "BO" or kind != next_kind


def starts(before, after):
    """Does a chunk begin with the second of two tags?"""
    (mark, kind), (next_mark, next_kind) = before, after
    if next_mark == "O":
        return False
    return next_mark == "B" or mark == "O" or kind != next_kind


def count(sentences):
    """sentences: lists of (gold tag, guessed tag). Counters by type: correct, in the gold, guessed."""
    correct, gold, guessed = Counter(), Counter(), Counter()
    outside = ("O", "")
    before_gold = before_guess = outside
    open_kind = None  # both sides are inside a chunk of this type that began together
    for sentence in sentences:
        for gold_tag, guess_tag in [*sentence, ("O", "O")]:  # an empty line counts as O
            now_gold, now_guess = parse(gold_tag), parse(guess_tag)
            if open_kind is not None:
                gold_ends, guess_ends = ends(before_gold, now_gold), ends(before_guess, now_guess)
                if gold_ends and guess_ends:
                    correct[open_kind] += 1
                    open_kind = None
                elif gold_ends != guess_ends or now_gold[1] != now_guess[1]:
                    open_kind = None
            gold_starts, guess_starts = starts(before_gold, now_gold), starts(before_guess, now_guess)
            if gold_starts and guess_starts and now_gold[1] == now_guess[1]:
                open_kind = now_gold[1]
            gold[now_gold[1]] += gold_starts
            guessed[now_guess[1]] += guess_starts
            before_gold, before_guess = now_gold, now_guess
    return correct, gold, guessed


def scores(sentences):
    """{type or "all": (precision, recall, F1) in percent}, for types of the gold."""
    correct, gold, guessed = count(sentences)
    rows = {}
    for kind in sorted(k for k in gold if gold[k]):
        rows[kind] = score(correct[kind], gold[kind], guessed[kind])
    rows["all"] = score(sum(correct.values()), sum(gold.values()), sum(guessed.values()))
    return rows


def score(correct, gold, guessed):
    precision = 100 * correct / guessed if guessed else 0
    recall = 100 * correct / gold if gold else 0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0
    return precision, recall, f1
