"""Cues worth trying, from a file of proposals: de.proposals, en.proposals.

    spans …             which spans are looked at, as in the rule language
    word given          asks of a span's only word, and of the first, the last and all of several
    around title        asks of the word before and the word behind
    far article         asks of the word before that, and the one behind
    phrase org          asks of several words that are one entry
    topic sport         asks of lists and of what the document is about, the class topic-sport
    cue …               a cue as it is"""
import pathlib

from field import TYPES

NOTHING = " : " + " ".join(f"{t} +0" for t in TYPES)
LISTED = ["city", "region", "country", "org", "allcaps"]
SHAPES = {"word": ["single whole [{}]", "multi first [{}]", "multi last [{}]", "multi each [{}]"],
          "around": ["before [{}]", "after [{}]"], "far": ["before2 [{}]", "after2 [{}]"], "phrase": ["multi whole [{}]"]}
SHAPES["topic"] = [f"{place} about [topic-{{}}]" for place in (
    "single", "multi", *(f"single whole [{test}]" for test in LISTED),
    *(f"multi whole [{test}]" for test in LISTED))]


def read(path):
    """(line of spans, [cue without points])."""
    spans, cues = "", ["single", "multi"]
    for line in pathlib.Path(path).read_text(encoding="utf-8").split("\n"):
        keyword, _, rest = line.partition(" ")
        if keyword == "spans":
            spans = line
        elif keyword == "cue":
            cues.append(rest)
        elif keyword in SHAPES:
            cues += [shape.format(test) for test in rest.split(", ") for shape in SHAPES[keyword]]
    return spans, list(dict.fromkeys(cues))
