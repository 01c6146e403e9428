"""Annotated text for tuning: documents as (text, {(type, start, end)}, what is told of a span)."""
import json
import pathlib
import re

from field import TYPES


def sentence_of(words):
    text, spans = "", []
    for word, tag in words:
        start = len(text) + (1 if text else 0)
        text = f"{text} {word}" if text else word
        if tag.startswith("I-") and spans and spans[-1][0] == tag[2:] and spans[-1][2] == start - 1:
            spans[-1] = (tag[2:], spans[-1][1], len(text))
        elif tag != "O":
            spans.append((tag[2:], start, len(text)))
    return text, spans


def read_bio(path):
    """Documents of sentences, a line each; without "# doc" each sentence is one."""
    text, spans, words, grouped = "", [], [], False
    for line in [*path.read_text(encoding="utf-8").split("\n"), "", "# doc"]:
        if line.strip() and not line.startswith("# "):
            parts = line.split("\t")
            words.append((parts[0], parts[-1]))
            continue
        if words:
            sentence, found = sentence_of(words)
            at = len(text) + 1 if text else 0
            text = f"{text}\n{sentence}" if text else sentence
            spans += [(kind, start + at, end + at) for kind, start, end in found]
            words = []
        border = line.startswith("# doc")
        if text and (border or not grouped):
            yield text, spans
            text, spans = "", []
        grouped |= border


def read_jsonl(path):
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            document = json.loads(line)
            yield document["text"], [(kind, start, end) for start, end, kind in document["ents"]]


def read_gold(folder, language):
    """Articles with their NAME.gold.json; of what is optional they say nothing."""
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["document"]["language"] == language:
            text = path.with_name(path.name.replace(".gold.json", ".txt")).read_bytes().decode()
            open_spans = [(m["start"], m["end"]) for m in gold["mentions"] if m.get("optional")]
            sure = [(m["type"], m["start"], m["end"]) for m in gold["mentions"] if not m.get("optional")]
            yield text, sure, lambda start, end, spans=open_spans: (start, end) not in spans


def read_example(line, kind):
    """'+ Gestern kam <Angela Merkel>.  @2023-09-11' without its marks, and the spans that were marked."""
    line = re.split(r"\s{2,}[@=]", line)[0].replace("\\<", "\x01").replace("\\>", "\x02")
    text, spans = "", []
    for part in re.split(r"(<[^>]*>)", line):
        label = re.match(r"<([A-Z]+) ", part)
        if part.startswith("<"):
            inner = part[label.end() if label else 1 : -1]
            spans.append((label[1] if label else kind, len(text), len(text) + len(inner)))
            part = inner
        text += part.replace("\x01", "<").replace("\x02", ">")
    return text, spans


def read_marked(path):
    """Documents of lines, marked as the examples of rules; "= name" begins one."""
    for document in re.split(r"^= .*\n", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        text, spans = "", []
        for line in document.splitlines():
            plain, found = read_example(line, None)
            spans += [(kind, start + len(text), end + len(text)) for kind, start, end in found]
            text += plain + "\n"
        yield text, spans


def read_examples(folder, language):
    """The positive examples of rules; of spans that touch no mark they say nothing."""
    for path in sorted((*(folder / "common").glob("*.rules"), *(folder / language).glob("*.rules"))):
        kind = None
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith(("rule ", "frame ", "def ")):
                head = re.match(r"rule \S+ : ([A-Z]+) \+", line)
                kind = head[1] if head else None
            elif line.strip().startswith("+ "):
                text, spans = read_example(line.strip()[2:], kind)
                spans = [span for span in spans if span[0] in (*TYPES, "DATE")]
                yield text, spans, lambda start, end, told=spans: any(s < end and start < e for _, s, e in told)


class Corpus:
    """Read from 'PATH=WEIGHT,silver,person:PER': how much its documents count, and which of its types are which of ours.
    `silver`: made by machine from links, so that it says nothing of persons named by one word. A folder holds articles with
    gold, or rules, whose examples are taken."""

    def __init__(self, argument, language):
        name, _, rest = argument.partition("=")
        weight, *more = (rest or "1").split(",")
        self.path, self.weight, self.silver = pathlib.Path(name), float(weight), "silver" in more
        mapping = dict(pair.split(":") for pair in more if ":" in pair) or {t: t for t in TYPES}
        self.kinds = set(mapping.values())
        if self.path.is_dir():
            mapping["DATE"] = "DATE"
        self.documents = [(text, {(mapping[t], s, e) for t, s, e in spans if t in mapping}, told[0] if told else None)
                          for text, spans, *told in self.read(language)]

    def read(self, language):
        if self.path.suffix == ".bio":
            return read_bio(self.path)
        if self.path.suffix == ".marked":
            return read_marked(self.path)
        if self.path.suffix == ".jsonl":
            return read_jsonl(self.path)
        return read_gold(self.path, language) if any(self.path.glob("*.gold.json")) else read_examples(self.path, language)
