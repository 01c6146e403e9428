"""What is written: JSON by its schema with every option, offsets that slice the mention out of the text again, CoNLL and
the other formats that say the same. Usage: test_formats.py NERX"""
import itertools
import json
import re
import unittest

import jsonschema

from nerx import ROOT, SCHEMA, TEXT, document, no_key_twice, run

FIRST = "Bundeskanzlerin Angela Merkel traf am 13. September 2021 in Paris Frankreichs Präsident Emmanuel Macron."
TEXTS = {
    "plain": FIRST + " Sie sprach mit der Deutschen Bahn.\n",
    "byte-order mark": "\ufeff" + FIRST + "\n",
    "CRLF": FIRST.replace(" ", "\r\n", 3) + "\r\n\r\nIn Ulm kam Merkel an.\r\n",
    "CR": FIRST + "\rIn Ulm kam Merkel an.\r",
    "emoji": "😀👩\u200d👩\u200d👧 " + FIRST + " 🇩🇪 Merkel 👍🏽 mag Köln.",
    "decomposed": "Er zog von Ko\u0308ln nach Mu\u0308nchen, sagte Pra\u0308sident Emmanuel Macron in Tu\u0308bingen.",
    "soft hyphens": "Bundes\u00adkanzlerin Angela Mer\u00adkel kam nach Mün\u00adchen.",
    "no-break spaces": "Angela\u00a0Merkel kam am 13.\u00a0September\u202f2021 nach New\u00a0York.",
    "zero width": "An\u200bgela Merkel\u2060 kam nach Par\u200dis.",
    "quotes": "»Merkel«, ‚Macron‘, “Paris”, „Köln“ – ’s war in Berlin — sagte 'Angela Merkel'.",
    "far planes": "𝒜ngela Merkel 𝟚𝟘𝟚𝟙 in Köln 𐍈 Paris. 𠀀 Merkel",
    "controls": "Angela Merkel\x00 kam\x07 nach\x1b Paris\x7f.\x0b\x0cMerkel blieb.",
    "nothing": "",
    "blank": " \r\n\t\u00a0\n",
}
UNITS = {
    "codepoints": lambda text, start, end: text[start:end],
    "bytes": lambda text, start, end: text.encode()[start:end].decode(),
    "utf16": lambda text, start, end: text.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le"),
}


def articles():
    yield from TEXTS.items()
    for path in sorted((ROOT / "tests/cases").glob("*.txt")):
        yield path.name, path.read_bytes().decode()


def results(*args):
    """(name, text, result) of all articles, in one run."""
    texts = dict(articles())
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
    status, out, err = run("--jsonl", *args, text=lines)
    assert (status, err) == (0, ""), err
    for line in out.splitlines():
        result = json.loads(line, object_pairs_hook=no_key_twice)
        jsonschema.validate(result, SCHEMA)
        name = result["document"].pop("id")
        yield name, texts.pop(name), result
    assert not texts


class Json(unittest.TestCase):
    def test_schema_with_every_option(self):
        switches = [("--evidence",), ("--no-relations",), ("-f", "jsonl"), ("--types", "PER,DATE"), ("--date", "2023-09-11"),
                    ("-l", "de")]
        for count in range(len(switches) + 1):
            for chosen in itertools.combinations(switches, count):
                args = [word for switch in chosen for word in switch]
                result = document(*args, text=TEXTS["emoji"])
                self.assertEqual("losers" in result, "--evidence" in args)
                self.assertTrue(result["mentions"])

    def test_one_line(self):
        for name, text, result in results("--evidence"):
            out = run("-f", "jsonl", "--evidence", text=text)[1]
            self.assertEqual(out.count("\n"), 1, name)
            self.assertEqual(json.loads(out), result, name)
        for name, text in TEXTS.items():
            self.assertEqual(json.loads(run("-f", "jsonl", text=text)[1]), document(text=text), name)

    def test_offsets_slice_again(self):
        for unit, cut in UNITS.items():
            for name, text, result in results("--offsets", unit, "--evidence"):
                self.assertEqual(result["document"]["offsets"], unit)
                for mention in result["mentions"] + result["losers"]:
                    self.assertEqual(cut(text, mention["start"], mention["end"]), mention["text"], (name, unit))
                for span in result["sentences"] + [r["evidence"] for r in result["relations"]]:
                    self.assertTrue(cut(text, span["start"], span["end"]), (name, unit))

    def test_the_units_differ_in_nothing_else(self):
        for (name, _, a), (_, _, b), (_, _, c) in zip(*(results("--offsets", unit) for unit in UNITS)):
            for other in (b, c):
                self.assertEqual([{**m, "start": 0, "end": 0} for m in a["mentions"]],
                                 [{**m, "start": 0, "end": 0} for m in other["mentions"]], name)
                self.assertEqual(a["entities"], other["entities"], name)

    def test_everything_that_is_named_is_there(self):
        for name, text, result in results("--evidence"):
            mentions = {m["id"]: m for m in result["mentions"]}
            entities = {e["id"]: e for e in result["entities"]}
            self.assertEqual(len(mentions), len(result["mentions"]), name)
            spans = [(s["start"], s["end"]) for s in result["sentences"]]
            self.assertEqual(spans, sorted(spans))
            self.assertEqual([m["start"] for m in result["mentions"]], sorted(m["start"] for m in result["mentions"]))
            for a, b in zip(result["mentions"], result["mentions"][1:]):
                self.assertLessEqual(a["end"], b["start"], name)
            for m in mentions.values():
                start, end = spans[m["sentence"]]
                self.assertTrue(start <= m["start"] and m["end"] <= end, (name, m))
                self.assertEqual(m["points"], sum(w["points"] for w in m["witnesses"]), (name, m))
                if "entity" in m:
                    self.assertIn(m["id"], entities[m["entity"]]["mentions"])
            for e in entities.values():
                for m in e["mentions"]:
                    self.assertEqual((mentions[m]["entity"], mentions[m]["type"]), (e["id"], e["type"]), name)
            for r in result["relations"]:
                for role in ("subject", "object", "source", "place", "date"):
                    if re.fullmatch(r"[em]\d+", r.get(role, "")):
                        self.assertIn(r[role], {**mentions, **entities}, name)

    def test_types_leave_out_what_they_do_not_name(self):
        for types in ("PER", "LOC,DATE", "ORG, PER"):
            kept = {t.strip() for t in types.split(",")}
            for (name, _, result), (_, _, whole) in zip(results("--types", types), results()):
                self.assertLessEqual({m["type"] for m in result["mentions"]}, kept, name)
                wanted = [(m["start"], m["text"]) for m in whole["mentions"] if m["type"] in kept]
                self.assertEqual([(m["start"], m["text"]) for m in result["mentions"]], wanted, name)

    def test_repair(self):
        bad = "Köln \udcff\udcc3 Paris \udced\udca0\udc80 Ulm \udcf0\udc9f".encode("utf-8", "surrogateescape")
        self.assertEqual(run(text=bad), (2, "", "nerx: standard input: not UTF-8 at byte 6\n"))
        repaired = bad.decode("utf-8", "replace")
        result = document("--repair", text=bad)
        self.assertEqual([m["text"] for m in result["mentions"]], ["Köln", "Paris", "Ulm"])
        for mention in result["mentions"]:
            self.assertEqual(repaired[mention["start"]:mention["end"]], mention["text"])


class Conll(unittest.TestCase):
    def test_it_says_what_json_says(self):
        for name, text, result in results("--offsets", "bytes"):
            data = text.encode()
            at, open_type, found, sentences = 0, None, [], 0
            for line in run("-f", "conll", text=text)[1].split("\n")[:-1]:
                if not line:
                    sentences += 1
                    open_type = None
                    continue
                token, tag = line.rsplit("\t", 1)
                start = data.index(token.encode(), at)
                self.assertRegex(data[at:start].decode(), r"\A[\s\u200b-\u200f\u2060\ufeff\u00ad\x00-\x1f\x7f]*\Z", name)
                at = start + len(token.encode())
                if tag.startswith("B-"):
                    found.append([tag[2:], start, at])
                elif tag.startswith("I-"):
                    self.assertEqual(tag[2:], open_type, (name, line))
                    found[-1][2] = at
                else:
                    self.assertEqual(tag, "O", (name, line))
                open_type = tag[2:] if tag != "O" else None
            self.assertEqual(found, [[m["type"], m["start"], m["end"]] for m in result["mentions"]], name)
            self.assertEqual(sentences, len(result["sentences"]), name)


class Others(unittest.TestCase):
    def test_brat(self):
        for name, text, result in results():
            rows = [line.split("\t") for line in run("-f", "brat", text=text)[1].splitlines()]
            found = [(r[1].split(" ", 1)[0], r[1].split(" ", 1)[1]) for r in rows if r[0].startswith("T")]
            wanted = {(m["type"], f"{m['start']} {m['end']}") for m in result["mentions"] if not re.search(r"\s", m["text"])}
            self.assertLessEqual(wanted, set(found), name)

    def test_triples(self):
        for name, text, result in results():
            lines = run("-f", "triples", text=text)[1].split("\n")[:-1]
            self.assertEqual(len(lines), len(result["relations"]), name)
            for line in lines:
                self.assertEqual(line.count("\t"), 7, (name, line))

    def test_html_is_the_text(self):
        import html
        for name in ("plain", "quotes", "emoji", "decomposed"):
            out = run("-f", "html", text=TEXTS[name].replace("Paris", "<b>&Paris"))[1]
            body = re.sub(r"<(style|title|head)\b.*?</\1>", "", out, flags=re.S)
            shown = html.unescape(re.sub(r"<[^>]*>", "", body))
            self.assertIn("".join(TEXTS[name].replace("Paris", "<b>&Paris").split()), "".join(shown.split()), name)


class Same(unittest.TestCase):
    def test_locale_and_environment_change_nothing(self):
        for environment in ({"LC_ALL": "C"}, {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"}, {}):
            self.assertEqual(run("--evidence", text=TEXT, env=environment), run("--evidence", text=TEXT))


if __name__ == "__main__":
    unittest.main(verbosity=1)
