"""Streams: many documents, pipes, bad ones among good ones, very large ones. Usage: test_streams.py NERX"""
import json
import os
import pathlib
import random
import resource
import select
import subprocess
import tempfile
import unittest

import jsonschema

from nerx import NERX, SCHEMA, TEXT, run

MEGABYTE = 1 << 20
LIMIT = 64 * MEGABYTE


class Lines(unittest.TestCase):
    def test_bad_lines_are_told_and_the_others_go_on(self):
        lines = [
            b'{"id": "a", "text": "Er kam nach Paris."}',
            b'{"id": "b"}',
            b"nonsense",
            b"",
            b'{"id": "c", "text": ""}',
            b'{"id": "d", "text": 7}',
            b'{"id": "e", "text": "Er kam am Montag.", "date": "gestern"}',
            b'{"id": "f", "text": "Er kam am Montag.", "date": "2023-09-12"}',
            b'["text"]',
            b'{"id": "g", "text": "Ulm \xff"}',
            b'{"id": "h", "text": "Paris", "date": null}',
            b'{"id": "i\\u0000j", "text": "Paris"}',
        ]
        status, out, err = run("--jsonl", text=b"\n".join(lines))
        rows = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(status, 2)
        self.assertEqual([r.get("document", r).get("id") for r in rows],
                         ["a", "b", None, "c", "d", "e", "f", None, None, "h", None])
        for row in rows:
            if "error" not in row:
                jsonschema.validate(row, SCHEMA)
        self.assertEqual(rows[6]["document"]["date"], "2023-09-12")
        self.assertEqual(rows[6]["mentions"][0]["value"], "2023-09-11")
        said = [line.split(": ", 2)[1:] for line in err.splitlines()]
        self.assertEqual([where for where, _ in said], [f"standard input:{n}" for n in (2, 3, 6, 7, 9, 10, 12)])
        self.assertEqual([what for _, what in said],
                         ['"text" is missing', said[1][1], '"text" is not a string',
                          "'gestern' is no date of the form YYYY-MM-DD", "not a JSON object", said[5][1],
                          '"id" holds a NUL character'])
        self.assertEqual([r["error"] for r in rows if "error" in r], [what for _, what in said])
        for place in (1, 5):
            self.assertTrue(said[place][1].startswith("not JSON: "), said[place])

    def test_plain_lines_are_read_as_the_library_reads_them(self):
        """A member with a list in it sends a line to the JSON library; all else is the same."""
        chance = random.Random(7)
        members = ['"id"', '"text"', '"date"', '"other"', '"te\\u0078t"', '""', "text"]
        strings = ['""', '"Er kam nach Paris."', '"2023-09-12"', '"\\"\\\\\\/\\b\\f\\n\\r\\t Ulm"', '"\\u00c4rzte in K\\u00F6ln"', '"Köln 😀"',
                   '"\\ud83d\\ude00 Ulm"', '"\\ud83d"', '"\\udc00"', '"\\u0000"', '"\\u00g0"', '"\\x"', '"Ulm\tBonn"', '"Ulm\x7f"', '"Ulm']
        others = ["null", "true", "0", "-0", "17", "-123456789012345", "1234567890123456", "01", "1.5", "2e3", "-", "nul", "[]", "'a'"]
        lines = []
        for _ in range(1500):
            values = chance.choices(strings + others, [4] * len(strings) + [1] * len(others), k=chance.randrange(1, 5))
            body = ", ".join(chance.choice(members) + chance.choice([":", " : "]) + value for value in values)
            body = chance.choice(["", '"text": "Sie wohnt in Ulm", ']) + body
            line = "{" + chance.choice(["", " "]) + body + chance.choice(["}"] * 9 + ["} ", "}\r", "},", "}}", ""])
            cut = chance.randrange(len(line)) if chance.random() < 0.1 else len(line)
            lines.append((line[:cut] + chance.choice(["", "", "", "\x01", "\xff"]) + line[cut:]).encode("latin-1" if cut < len(line) and line.isascii() else "utf-8"))
        plain = run("--jsonl", text=b"\n".join(lines))
        asked = run("--jsonl", text=b"\n".join(line.replace(b"{", b'{"list": [], ', 1) for line in lines))
        self.assertEqual(plain[1].splitlines(), asked[1].splitlines())
        self.assertGreater(plain[1].count('"mentions"'), 100)

    def test_each_line_is_answered_before_the_next_is_read(self):
        with subprocess.Popen([NERX, "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            for i in range(5):
                process.stdin.write(json.dumps({"id": str(i), "text": f"Angela Merkel kam {i}-mal nach Ulm."}).encode() + b"\n")
                process.stdin.flush()
                self.assertTrue(select.select([process.stdout], [], [], 60)[0], "no answer")
                self.assertEqual(json.loads(process.stdout.readline())["document"]["id"], str(i))
            process.stdin.close()
            self.assertEqual(process.wait(60), 0)

    def test_a_line_may_come_in_pieces(self):
        with subprocess.Popen([NERX, "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            for piece in (b'{"id": "a", "te', b'xt": "Paris"}\n{"id"', b': "b", "text": "Ulm"}'):
                process.stdin.write(piece)
                process.stdin.flush()
            process.stdin.close()
            ids = [json.loads(line)["document"]["id"] for line in process.stdout]
        self.assertEqual(ids, ["a", "b"])

    def test_no_state_goes_from_one_document_to_the_next(self):
        texts = ["Angela Merkel kam.", "Merkel ging nach Ulm.", "Die Deutsche Bahn (DB) fuhr.", "DB und Merkel kamen."]
        lines = "".join(json.dumps({"text": t}) + "\n" for t in texts * 50)
        _, out, _ = run("--jsonl", text=lines)
        rows = out.splitlines()
        alone = [run("-f", "jsonl", text=t)[1].rstrip("\n") for t in texts]
        self.assertEqual(rows, alone * 50)


class Files(unittest.TestCase):
    def test_one_line_each_in_order_with_the_bad_among_them(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "good").write_text("Er kam nach Paris.")
            (folder / "bad").write_bytes(b"Ulm \xff")
            (folder / "empty").write_bytes(b"")
            paths = [f"{folder}/{n}" for n in ("good", "bad", "none", "empty")] + [name]
            status, out, err = run(*paths)
            rows = [json.loads(line) for line in out.splitlines()]
            self.assertEqual(status, 2)
            self.assertEqual([r.get("document", r)["id"] for r in rows], paths)
            self.assertEqual([r.get("error") for r in rows],
                             [None, "not UTF-8 at byte 4", "No such file or directory", None, "Is a directory"])
            self.assertEqual(err, f"nerx: {paths[1]}: not UTF-8 at byte 4\nnerx: {paths[2]}: No such file or directory\n"
                                  f"nerx: {paths[4]}: Is a directory\n")

    def test_standard_input_among_them(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"Ulm")
            file.flush()
            _, out, _ = run(file.name, "-", text="Paris")
            self.assertEqual([json.loads(line)["mentions"][0]["text"] for line in out.splitlines()], ["Ulm", "Paris"])

    def test_a_name_that_is_not_utf8(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(os.fsencode(folder), b"a\xff")
            for exists in (False, True):
                if exists:
                    pathlib.Path(os.fsdecode(path)).write_text("Ulm")
                done = subprocess.run([NERX, "-f", "jsonl", path, path], capture_output=True)
                rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
                self.assertEqual([r.get("document", r)["id"][-2:] for r in rows], ["a\N{REPLACEMENT CHARACTER}"] * 2)

    def test_closed_standard_input(self):
        done = subprocess.run(["sh", "-c", '"$0" <&-', NERX], capture_output=True)
        self.assertEqual((done.returncode, done.stderr.decode()), (2, "nerx: standard input: Bad file descriptor\n"))


class Large(unittest.TestCase):
    def feed(self, args, pieces):
        """Status and messages of a process that reads the pieces; what it writes is thrown away."""
        with subprocess.Popen([NERX, *args], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0))) as process:
            try:
                for piece in pieces:
                    process.stdin.write(piece)
                process.stdin.close()
            except BrokenPipeError:
                pass
            err = process.stderr.read().decode()
            return process.wait(), err

    def test_200_megabytes_without_a_line_end(self):
        self.assertEqual(self.feed([], [b"a" * MEGABYTE] * 200),
                         (2, f"nerx: standard input: larger than the limit of {LIMIT} bytes\n"))

    def test_the_limit_itself(self):
        self.assertEqual(self.feed([], [b"a" * LIMIT, b"a"]),
                         (2, f"nerx: standard input: larger than the limit of {LIMIT} bytes\n"))
        self.assertEqual(self.feed([], [b"a" * LIMIT]), (0, ""))

    def test_a_line_of_200_megabytes_among_others(self):
        lines = [b'{"text": "Ulm"}\n', *[b"a" * MEGABYTE] * 200, b'\n{"text": "Paris"}\n']
        with subprocess.Popen([NERX, "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            for piece in lines:
                process.stdin.write(piece)
            out, err = process.communicate()
        rows = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(err.decode(), "nerx: standard input:2: a line longer than the limit of 134217728 bytes\n")
        self.assertEqual([len(r.get("mentions", "")) for r in rows], [1, 0, 1])
        self.assertEqual(process.returncode, 2)

    def test_a_document_in_a_line_keeps_to_the_limit(self):
        lines = [b'{"id": "long", "text": "', b"a" * (LIMIT + 1), b'"}\n']
        self.assertEqual(self.feed(["--jsonl"], lines), (
            2, f"nerx: standard input:1: the text has {LIMIT + 1} bytes, the limit is {LIMIT}\n"))


@unittest.skipIf(b"__asan_init" in pathlib.Path(NERX).read_bytes(), "the sanitizer takes memory of its own")
class Memory(unittest.TestCase):
    SENTENCE = "Bundeskanzlerin Angela Merkel traf am 3. Mai 2021 in Bad Tölz Olaf Scholz und die Deutsche Bahn. "

    def run_within(self, limit, args, text):
        done = subprocess.run([NERX, *args], input=text.encode(), capture_output=True,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
        return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode()

    def test_memory_does_not_grow_with_the_batch(self):
        line = json.dumps({"text": "Bundeskanzlerin Angela Merkel traf am 3. Mai in Ulm Olaf Scholz. " * 20}) + "\n"
        self.assertLess(self.peak(line * 4000), self.peak(line * 200) + 20 * MEGABYTE)

    def peak(self, text):
        code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); " \
               "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)"
        done = subprocess.run(["python3", "-c", code, NERX, "--jsonl"], input=text.encode(), capture_output=True, check=True)
        return int(done.stdout)

    def test_a_large_text_takes_memory_in_proportion(self):
        text = self.SENTENCE * (4 * MEGABYTE // len(self.SENTENCE))
        status, _, err = self.run_within(100 * len(text) + 200 * MEGABYTE, ["-f", "triples"], text)
        self.assertEqual((status, err), (0, ""))

    def test_too_little_memory_for_one_document_of_a_batch(self):
        lines = [json.dumps({"id": i, "text": t}) for i, t in
                 (("a", "Ulm"), ("b", self.SENTENCE * 100000), ("c", "Paris"))]
        status, out, err = self.run_within(250 * MEGABYTE, ["--jsonl"], "\n".join(lines))
        rows = [json.loads(line) for line in out]
        self.assertEqual((status, err), (2, "nerx: standard input:2: out of memory\n"))
        self.assertEqual([r.get("document", r).get("id") for r in rows], ["a", "b", "c"])
        self.assertEqual(rows[1]["error"], "out of memory")
        self.assertEqual([m["text"] for m in rows[2]["mentions"]], ["Paris"])


class Output(unittest.TestCase):
    ways = [["--help"], ["--version"], [], ["-f", "conll"], ["--jsonl"], ["--jsonl", "/nonexistent"], ["build", "--help"]]

    def test_full_disk(self):
        for args in self.ways:
            with open("/dev/full", "w") as full:
                text = json.dumps({"text": TEXT}).encode()
                done = subprocess.run([NERX, *args], input=text, stdout=full, stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, 2, args)
            self.assertEqual(done.stderr.decode().splitlines()[-1], "nerx: standard output: No space left on device", args)

    def test_closed_output(self):
        for args in self.ways:
            done = subprocess.run(["sh", "-c", '"$0" "$@" >&-', NERX, *args], input=b'{"text": "Ulm"}', stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, 2, args)
            self.assertEqual(done.stderr.decode().splitlines()[-1], "nerx: standard output: Bad file descriptor", args)

    def test_a_reader_that_goes_away(self):
        line = json.dumps({"text": TEXT * 20}) + "\n"
        done = subprocess.run(["sh", "-c", '{ "$0" --jsonl; echo $? >&2; } | head -n 1 | wc -l', NERX],
                              input=line.encode() * 500, capture_output=True)
        self.assertEqual(done.stdout.decode().strip(), "1")
        self.assertEqual(done.stderr.decode(), "nerx: standard output: Broken pipe\n2\n")


if __name__ == "__main__":
    unittest.main(verbosity=1)
