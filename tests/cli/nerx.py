"""What the tests of the command share. The program is the first argument of each test."""
import json
import pathlib
import subprocess
import sys

import jsonschema

NERX = str(pathlib.Path(sys.argv.pop(1)).resolve())
ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "tests/schema.json").read_text())
TEXT = "Bundeskanzlerin Angela Merkel reiste am 13. September 2021 nach Paris.\n"
USAGE = "; try 'nerx --help'\n"


def run(*args, text=TEXT, **more):
    """Status, output and messages."""
    data = text.encode() if isinstance(text, str) else text
    done = subprocess.run([NERX, *map(str, args)], input=data, capture_output=True, **more)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def document(*args, text=TEXT):
    """The JSON of one text, which has to follow the schema."""
    status, out, err = run(*args, text=text)
    assert (status, err) == (0, ""), (status, err)
    result = json.loads(out, object_pairs_hook=no_key_twice)
    jsonschema.validate(result, SCHEMA)
    return result


def no_key_twice(pairs):
    assert len(dict(pairs)) == len(pairs), f"a key stands twice: {pairs}"
    return dict(pairs)
