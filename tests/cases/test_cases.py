"""Whole articles: the output is what was read and accepted. Usage: test_cases.py NERX [--accept]

Each NAME.txt has its NAME.gold.json, marked by hand, and perhaps the accepted NAME.json. --accept writes the output there;
read every line of it before committing it."""
import difflib
import json
import pathlib
import subprocess
import sys

import jsonschema

NERX, ACCEPT = pathlib.Path(sys.argv[1]).resolve(), "--accept" in sys.argv
HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = json.loads((HERE.parent / "schema.json").read_text())


def run(path, *options):
    return subprocess.run([NERX, *options, path.name], cwd=HERE, capture_output=True, check=True).stdout.decode()


def check_spans(text, result):
    for mention in result["mentions"]:
        assert text[mention["start"]:mention["end"]] == mention["text"], mention


def check_evidence(path, result):
    """Cues that testify one by one say what they say together."""
    explained = json.loads(run(path, "--evidence"))
    together, one_by_one = ([(m["type"], m["start"], m["end"]) for m in r["mentions"]] for r in (result, explained))
    assert together == one_by_one, (path, set(together) ^ set(one_by_one))
    assert explained["relations"] == result["relations"], path


def check_gold(text, gold):
    """Spans fit, and relations speak of entities that have a mention."""
    check_spans(text, gold)
    names = {mention.get("entity") for mention in gold["mentions"]}
    for relation in gold["relations"]:
        assert {relation.get(role, relation["subject"]) for role in ("subject", "object", "source")} <= names, relation


def differences(path, output):
    golden = path.with_suffix(".json")
    if ACCEPT:
        golden.write_text(output)
    if not golden.exists():
        return []
    lines = golden.read_text().splitlines(True), output.splitlines(True)
    return list(difflib.unified_diff(*lines, golden.name, "nerx"))


failed = 0
paths = sorted(HERE.glob("*.txt"))
for path in paths:
    text, output = path.read_bytes().decode(), run(path)
    check_gold(text, json.loads(path.with_suffix(".gold.json").read_text()))
    result = json.loads(output)
    jsonschema.validate(result, SCHEMA)
    check_spans(text, result)
    check_evidence(path, result)
    different = differences(path, output)
    failed += bool(different)
    sys.stdout.writelines(different)
print(f"{len(paths) - failed} passed, {failed} failed")
sys.exit(failed > 0)
