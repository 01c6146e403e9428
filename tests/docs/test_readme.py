"""The commands of the README, in its order, as a newcomer types them. Usage: test_readme.py NERX

They run in a folder of their own. There `bootstrap` builds a model of the folder's lists and rules, which `build/nerx` then
uses: what the real one does, without compiling the program again."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest

NERX = str(pathlib.Path(sys.argv.pop(1)).resolve())
ROOT = pathlib.Path(__file__).resolve().parents[2]
BOOTSTRAP = f"""#!/bin/sh
set -e
case ${{1:-}} in
run) shift; exec build/nerx "$@" ;;
esac
{NERX} build -o build/model gazetteers rules
rm build/nerx
printf '#!/bin/sh\\nexec {NERX} -m build/model "$@"\\n' > build/nerx
chmod +x build/nerx
"""


def blocks(heading):
    """The commands of the indented blocks below a heading of the README."""
    text = (ROOT / "README.md").read_text()
    part = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.S | re.M).group(1)
    return [textwrap.dedent(b) for b in re.findall(r"^ {4}.*\n(?:^ {4}.*\n|^\n(?= {4}))*", part, re.M)]


class Readme(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        for name in ("gazetteers", "rules"):
            shutil.copytree(ROOT / name, cls.folder / name)
        (cls.folder / "build").mkdir()
        os.symlink(NERX, cls.folder / "build/nerx")
        (cls.folder / "bootstrap").write_text(BOOTSTRAP)
        (cls.folder / "bootstrap").chmod(0o755)

    def shell(self, commands):
        done = subprocess.run(["sh", "-e", "-c", commands], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""), commands)
        return done.stdout

    def test_first_command(self):
        text = (ROOT / "README.md").read_text()
        command = next(line.strip() for line in text.splitlines() if line.startswith("    ./bootstrap run"))
        (self.folder / "article.txt").write_text("Angela Merkel kam nach Ulm.\n")
        self.shell(command)
        result = json.loads((self.folder / "entities.json").read_text())
        self.assertEqual([m["text"] for m in result["mentions"]], ["Angela Merkel", "Ulm"])

    def test_first_look(self):
        first, shown = blocks("A first look")[0].split("\n", 1)
        out = self.shell(first.removeprefix("$ "))
        for line in shown.splitlines():
            if "…" not in line:
                self.assertIn(line + "\n", out)

    def test_adding_knowledge(self):
        city, rule, frame, keep = blocks("Adding knowledge")
        self.assertIn("Marnewold\tB-LOC\n", self.shell(city))
        out = self.shell(rule)
        self.assertTrue(out.startswith("2 passed, 0 failed\n"), out)
        self.assertIn("Bismarckia\tB-SHIP\n", out)
        out = self.shell(frame).splitlines()
        self.assertEqual(out[0], "2 passed, 0 failed")
        self.assertEqual(out[1].split("\t")[1:7],
                         ["donates", "Angela Merkel", "Universität Leipzig", "positive", "fact", "past"])
        out = self.shell(keep)
        for line in ("Bismarckia\tB-SHIP\n", "Marnewold\tB-LOC\n"):
            self.assertIn(line, out)
        self.assertEqual(len(self.shell("echo 'Siemens spendete an Angela Merkel.' | build/nerx -f triples").splitlines()), 1)

    def test_options_that_are_named_exist(self):
        text = (ROOT / "README.md").read_text()
        whole = self.shell("build/nerx --help") + "--no-relations --prefix"
        for option in re.findall(r"`(?:nerx )?(--[a-z-]+)", text):
            self.assertIn(option, whole)


class Gazetteers(unittest.TestCase):
    """The examples of gazetteers/README.md build, together."""

    def test_examples(self):
        text = (ROOT / "gazetteers/README.md").read_text()
        found = [textwrap.dedent(b) for b in re.findall(r"(?:^ {4}.*\n)+", text, re.M)]
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name) / "de"
            folder.mkdir()
            for i, block in enumerate(found):
                if block.startswith("# class"):
                    (folder / f"list{i}.tsv").write_text(block)
                elif block.startswith("# columns"):
                    (folder / f"table{i}.tsv").write_text("# class: verb\n# source: x\n# licence: y\n" + block)
                elif block.startswith("# paradigm"):
                    (folder / "inflection.tsv").write_text(block)
            self.assertEqual(len(list(folder.iterdir())), 3)
            done = subprocess.run([NERX, "build", "-o", f"{name}/m", name], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            done = subprocess.run([NERX, "-m", f"{name}/m", "-f", "conll"], capture_output=True, text=True,
                                  input="Die Russische Föderation traf Russlands Nachbarn.")
            self.assertIn("Russische\tB-LOC\nFöderation\tI-LOC\n", done.stdout)
            self.assertIn("Russlands\tB-LOC\n", done.stdout)


class Frames(unittest.TestCase):
    """The frames of rules/README.md hold, added to the model that is there."""

    def test_examples(self):
        text = (ROOT / "rules/README.md").read_text()
        found = re.findall(r"^```frames\n(.*?)^```", text, re.S | re.M)
        self.assertTrue(found)
        for block in found:
            with tempfile.TemporaryDirectory() as name:
                path = pathlib.Path(name) / "a.rules"
                path.write_text(block)
                done = subprocess.run([NERX, "check", str(path)], capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                examples = len(re.findall(r"^ +[+-] ", block, re.M))
                self.assertEqual(done.stdout, f"{examples} passed, 0 failed\n")


if __name__ == "__main__":
    unittest.main(verbosity=1)
