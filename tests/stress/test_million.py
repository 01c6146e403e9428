"""A model of a million entries, made here, finds what it has, and is hardly slower than one of a thousand.
Usage: test_million.py NERX ENTRIES"""
import json
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

NERX, ENTRIES = str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2])
FEW, WORDS, MOST = 1000, 200000, 4.0  # entries of the small model, words of the text, times as long
BYTES_AN_ENTRY = 128
SYLLABLES = "ba ber dor fen gul hal ing kor lam mer nau ost per rik sel tor ulm ven wal zin bru kle stra vor gra".split()
HEAD = "# class: city\n# type: LOC\n# points: 60\n# source: generated\n# licence: CC0-1.0\n"


def name(i):
    syllables = []
    while i or len(syllables) < 2:
        i, k = divmod(i, len(SYLLABLES))
        syllables.append(SYLLABLES[k])
    return "".join(syllables).capitalize()


def entry(i):
    surface = f"{name(i)} {name(i % 977)}" if i % 5 == 0 else name(i)
    return f"{surface}\tcity:{i}\tcountry=XX;pop={i % 5000}\n"


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(args, text=""):
    before = processor()
    done = subprocess.run([NERX, *args], input=text, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"nerx {' '.join(args)}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout, processor() - before


def build(folder, count):
    source, model = folder / "de" / "city.tsv", folder / f"{count}.nerx"
    source.parent.mkdir(exist_ok=True)
    source.write_text(HEAD + "".join(map(entry, range(count))), encoding="utf-8")
    run(["build", "-o", str(model), str(source.parent)])
    return model


def speed(model, text):
    start = min(run(["-m", str(model)], "Ja.")[1] for _ in range(3))
    return max(min(run(["-m", str(model)], text)[1] for _ in range(3)) - start, 0.01)


def main():
    draw = random.Random(1)
    words = [name(1 + 5 * draw.randrange(FEW // 5)) if draw.random() < 0.1 else "und" for _ in range(WORDS)]
    text = "".join(f"{w}.\n" if i % 20 == 19 else f"{w} " for i, w in enumerate(words))
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        small, large = build(folder, FEW), build(folder, ENTRIES)
        size = large.stat().st_size
        output, _ = run(["-m", str(large)], f"Er kam aus {name(ENTRIES - 1)} nach {name(ENTRIES // 2 + 1)}.")
        found = [m["text"] for m in json.loads(output)["mentions"]]
        times = speed(small, text), speed(large, text)
    print(f"{ENTRIES} entries: {size / 1e6:.1f} MB; {times[0]:.2f} s with {FEW} entries, {times[1]:.2f} s with all")
    if len(found) != 2:
        sys.exit(f"found only {found}")
    if size > BYTES_AN_ENTRY * ENTRIES:
        sys.exit("the image is too large")
    if times[1] > MOST * times[0]:
        sys.exit("a large model is too slow")


main()
