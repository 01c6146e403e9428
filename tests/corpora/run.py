"""Scores nerx on annotated corpora that are no part of the project.

usage: run.py NERX [FOLDER] [--save DIR] [--baseline DIR]

FOLDER (or the environment's NERX_CORPORA) holds the files of corpora.tsv; those that are absent are left out, and without a
folder nothing is run (exit status 77). --save keeps each result as JSON, --baseline shows what changed since such a folder
was saved; `nerx eval --baseline` shows it mention by mention. A goal that is not reached is told, and fails nothing."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

SKIPPED = 77
HERE = pathlib.Path(__file__).resolve().parent
FIGURES = ("precision", "recall", "f1")
TYPES = ("PER", "LOC", "ORG", "DATE")


def read_list():
    for line in (HERE / "corpora.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            name, options, goals = line.split("\t")
            yield name, options.split(), goals.split()


def evaluate(nerx, path, options):
    """The results and the seconds they took."""
    start = time.monotonic()
    done = subprocess.run([nerx, "eval", "--json", *options, path], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{path}: {done.stderr.strip()}")
    return done.stdout, time.monotonic() - start


def figure(results, goal):
    kind, name = goal.split(">=")[0].split(".")
    return 100 * results["types"].get(kind, {"strict": {name: 0}})["strict"][name]


def row(name, results, seconds, old):
    whole = results["types"]["all"]
    cells = [f"{100 * whole['strict'][f]:7.2f}" for f in FIGURES]
    change = 100 * (whole["strict"]["f1"] - old["types"]["all"]["strict"]["f1"]) if old else None
    cells.append(f"{change:+7.2f}" if old else " " * 7)
    for kind in TYPES:
        of_type = results["types"].get(kind)
        cells.append(f"{100 * of_type['strict']['f1']:7.2f}" if of_type else " " * 7)
    values = results.get("values")
    cells.append(f"{100 * values['right'] / max(values['paired'], 1):7.2f}" if values else " " * 7)
    return f"{name:30}{whole['gold']:8,}{''.join(cells)}{seconds:7.1f}"


def missed_goals(name, results, goals):
    for goal in goals:
        got, wanted = figure(results, goal), float(goal.split(">=")[1])
        if got < wanted:
            yield f"{name}: {goal.split('>=')[0]} is {got:.2f}, the goal is {wanted:g}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nerx")
    parser.add_argument("folder", nargs="?", default=os.environ.get("NERX_CORPORA"))
    parser.add_argument("--save", type=pathlib.Path)
    parser.add_argument("--baseline", type=pathlib.Path)
    options = parser.parse_args()
    if not options.folder or not pathlib.Path(options.folder).is_dir():
        print("no folder of corpora: name it, or set NERX_CORPORA; skipped")
        return SKIPPED
    print(f"{'':30}{'gold':>8}" + "".join(f"{n:>7}" for n in ("P", "R", "F1", "change", *TYPES, "values", "sec")))
    told = []
    for name, more, goals in read_list():
        path = pathlib.Path(options.folder) / name
        if not path.exists():
            told.append(f"{name}: absent")
            continue
        text, seconds = evaluate(options.nerx, path, more)
        results = json.loads(text)
        saved = name.replace("/", "-") + ".json"
        old = options.baseline and (options.baseline / saved).exists() and json.loads((options.baseline / saved).read_text())
        if options.save:
            options.save.mkdir(parents=True, exist_ok=True)
            (options.save / saved).write_text(text)
        print(row(name, results, seconds, old), flush=True)
        told += missed_goals(name, results, goals)
    print("\n" + "\n".join(told) if told else "\nall goals are reached")
    return 0


if __name__ == "__main__":
    sys.exit(main())
