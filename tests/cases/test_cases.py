"""Whole articles: the output is what was read and accepted. Usage: test_cases.py NERX [--accept]

Each NAME.txt has its NAME.json. --accept writes the output there; read every line of it before committing it."""
import difflib
import pathlib
import subprocess
import sys

import jsonschema
import json

NERX, accept = sys.argv[1], "--accept" in sys.argv
HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = json.loads((HERE.parent / "schema.json").read_text())
passed = failed = 0
for path in sorted(HERE.glob("*.txt")):
    done = subprocess.run([NERX, path.name], cwd=HERE, capture_output=True, text=True)
    golden = path.with_suffix(".json")
    jsonschema.validate(json.loads(done.stdout), SCHEMA)
    text = path.read_bytes().decode()
    for mention in json.loads(done.stdout)["mentions"]:
        assert text[mention["start"]:mention["end"]] == mention["text"], mention
    if accept:
        golden.write_text(done.stdout)
    wanted = golden.read_text() if golden.exists() else ""
    if done.returncode == 0 and done.stdout == wanted:
        passed += 1
        continue
    failed += 1
    sys.stdout.writelines(difflib.unified_diff(wanted.splitlines(True), done.stdout.splitlines(True), f"{golden.name}", "nerx"))
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
