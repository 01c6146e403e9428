"""Pathological texts: each is extracted from at growing lengths, and twice the text may take twice the time, no more.
Usage: test_stress.py NERX [CASE…]

Times are of the processor, and compared with each other only: a quadratic step shows as four times."""
import itertools
import pathlib
import resource
import subprocess
import sys
import tempfile

NERX = str(pathlib.Path(sys.argv[1]).resolve())
ENOUGH, LARGEST, MOST = 0.1, 4 << 20, 3.0  # seconds to compare at, bytes, times as long for twice the text


def letters(i):
    return "".join(chr(97 + int(c, 26)) for c in digits(i))


def digits(i):
    while True:
        yield "0123456789abcdefghijklmnop"[i % 26]
        i //= 26
        if not i:
            return


def names(n):
    return [f"X{letters(i)}" for i in range(n)]


def every(n, *pieces):
    return "".join(itertools.islice(itertools.cycle(pieces), n))


CASES = {
    # tokens
    "one long word": lambda n: "a" * n,
    "one long word of many kinds": lambda n: "aB1-ü’" * n,
    "one long hyphenated word": lambda n: "Ab-" * n,
    "one long number": lambda n: "1.000," * n,
    "one long abbreviation": lambda n: "U.S." * n,
    "one long address": lambda n: "http://a.b/" + "c?d=" * n,
    "one long e-mail address": lambda n: "a." * n + "b@example.org",
    "at signs": lambda n: "@a" * n,
    "marks on one letter": lambda n: "a" + "\u0308" * n,
    "marked letters": lambda n: "a\u0308" * n,
    "soft hyphens": lambda n: "a\u00ad" * n,
    "only soft hyphens": lambda n: "\u00ad" * n,
    "joined faces": lambda n: "👩\u200d" * n,
    "apostrophes": lambda n: "a'" * n,
    "full stops": lambda n: "." * n,
    "dashes": lambda n: "- " * n,
    "line ends": lambda n: "\n" * n,
    "lines of one letter": lambda n: "a\r\n" * n,
    "no-break spaces": lambda n: "a\u00a0" * n,
    # nesting
    "open brackets": lambda n: "(" * n,
    "nested brackets": lambda n: "(" * n + "Ulm" + ")" * n,
    "nested brackets with words": lambda n: "(Ulm " * n + ")" * n,
    "open quotations": lambda n: "„Ulm " * n,
    "nested quotations": lambda n: "„Er sagte: ‚" * n + "Ulm" + "‘“" * n,
    "dashes and clauses": lambda n: "Merkel – die aus Ulm kam – " * n,
    # sentences
    "capitalised words in one sentence": lambda n: "Xaver Ypsilon " * n,
    "new capitalised words in one sentence": lambda n: " ".join(names(n)),
    "small words in one sentence": lambda n: "und der in kam " * n,
    "mentions in one sentence": lambda n: "Angela Merkel, Ulm, Siemens AG, " * n,
    "coordinated names": lambda n: "Angela Merkel" + " und Olaf Scholz" * n + " treffen sich in Ulm.",
    "coordinated objects": lambda n: "Angela Merkel besuchte " + "Ulm, Berlin und " * n + "Paris.",
    "capitals": lambda n: "ANGELA MERKEL IN ULM " * n,
    "lines of capitals": lambda n: "ANGELA MERKEL IN ULM\n\n" * n,
    "list of places": lambda n: "- Ulm\n- Bad Tölz\n" * n,
    "sentences of one word": lambda n: "Ulm. " * n,
    "questions": lambda n: "Ulm?! " * n,
    "titles": lambda n: "Prof. Dr. " * n,
    "initials": lambda n: "J. R. " * n,
    "both languages": lambda n: "Merkel kam nach Ulm. The minister went to Ulm. " * n,
    # names over the document
    "new full names": lambda n: "".join(f"Angela {x} kam. " for x in names(n)),
    "full names, then surnames": lambda n: "".join(f"Angela {x} kam. " for x in names(n)) + "".join(f"{x} ging. " for x in names(n)),
    "one name again and again": lambda n: "Angela Merkel kam. " + "Merkel ging. " * n,
    "one surname of many": lambda n: "".join(f"{g} Merkel kam. Merkel ging. " for g in names(n)),
    "new organizations": lambda n: "".join(f"Die {x} AG ({x[:4].upper()}) kam. " for x in names(n)),
    "genitives": lambda n: "".join(f"{x}s Präsident kam nach {x}. " for x in names(n)),
    # dates
    "dates in one sentence": lambda n: "am 13. September 2021, " * n,
    "dates in sentences": lambda n: "Er kam am Montag (11. September). " * n,
    "ranges": lambda n: "vom 10. bis zum 13. September " * n,
    # clauses
    "verbs": lambda n: "traf sagte kam " * n,
    "nested clauses": lambda n: "Merkel sagte, dass Scholz sagte, dass " * n + "Macron kam.",
    "relative clauses": lambda n: "Merkel, die Scholz traf, der " * n + "kam.",
    "relations": lambda n: "Angela Merkel traf am Montag Olaf Scholz in Ulm. " * n,
    "relations in one sentence": lambda n: "Angela Merkel traf Olaf Scholz und " * n,
    "prepositions": lambda n: "Merkel traf " + "in Ulm mit Scholz " * n,
    "pronouns": lambda n: "Angela Merkel kam. " + "Sie traf ihn. Er traf sie. " * n,
    "who says so": lambda n: "Laut Angela Merkel kam Olaf Scholz nach Ulm. " * n,
    "infinitives": lambda n: "Merkel plant, " + "Scholz zu treffen, " * n,
    "participles": lambda n: "Merkel hat " + "Scholz getroffen " * n,
}


def measure(text, args):
    """Seconds of the processor for one run; nothing may go wrong in it."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(text.encode())
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([NERX, *args, file.name], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr.decode()[:2000]}")
    return after.ru_utime - before.ru_utime


def is_linear(make, args):
    """Doubles the text until it takes long enough, then compares; a bad figure has to come three times."""
    n, last = 1000, measure(make(1000), args)
    while True:
        text = make(2 * n)
        took = measure(text, args)
        if took >= ENOUGH or len(text) > LARGEST:
            break
        n, last = 2 * n, took
    ratio = took / max(last, ENOUGH / 3)
    for _ in range(2):
        if ratio <= MOST:
            break
        ratio = min(ratio, measure(text, args) / max(measure(make(n), args), ENOUGH / 3))
    return ratio, n, took


failed = 0
for name in sys.argv[2:] or CASES:
    options = ["--offsets", "utf16"] if len(name) % 2 else ["--evidence", "-f", "jsonl"]
    try:
        ratio, n, took = is_linear(CASES[name], options)
        wrong = f"{ratio:.1f} times as long for twice the text" if ratio > MOST else None
    except RuntimeError as error:
        wrong = str(error)
    if wrong:
        failed += 1
        print(f"{name}: {wrong} (n = {n}, {took:.2f} s)", flush=True)
print(f"{len(sys.argv[2:] or CASES) - failed} passed, {failed} failed")
sys.exit(failed > 0)
