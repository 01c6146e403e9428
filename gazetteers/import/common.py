"""What the import programs share: fetching packages, and writing lists with their headers."""
import argparse
import glob
import os
import pathlib
import subprocess
import tarfile
import tempfile
import unicodedata

GAZETTEERS = pathlib.Path(__file__).resolve().parent.parent
DATA = GAZETTEERS / "import"


def arguments(what):
    """The folder to write below: --out DIR, else the gazetteers themselves."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--out", type=pathlib.Path, default=GAZETTEERS, help="folder to write de/, en/, common/ below")
    return parser.parse_args().out


def npm(name, version):
    """Unpacks an npm package into a temporary folder; the result cleans up when it is dropped: keep it."""
    folder = tempfile.TemporaryDirectory(prefix="nerx-import-")
    subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder.name, check=True,
                   stdout=subprocess.DEVNULL)
    [archive] = glob.glob(os.path.join(folder.name, "*.tgz"))
    with tarfile.open(archive) as tar:
        tar.extractall(folder.name, filter="data")
    return folder, pathlib.Path(folder.name) / "package"


def debian(name, version):
    """Unpacks a Debian package whose version must begin with `version`; see npm()."""
    folder = tempfile.TemporaryDirectory(prefix="nerx-import-")
    os.chmod(folder.name, 0o755)  # apt downloads as a user of its own
    subprocess.run(["apt-get", "download", "-qq", name], cwd=folder.name, check=True, stderr=subprocess.DEVNULL)
    [archive] = glob.glob(os.path.join(folder.name, "*.deb"))
    found = subprocess.run(["dpkg-deb", "-f", archive, "Version"], check=True, capture_output=True, text=True)
    if not found.stdout.startswith(version):
        raise SystemExit(f"{name}: version {found.stdout.strip()} found, {version} expected")
    root = pathlib.Path(folder.name) / "root"
    subprocess.run(["dpkg-deb", "-x", archive, str(root)], check=True)
    return folder, root


def lines(name):
    """The lines of a data file beside the programs, without comments."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def clean(text):
    """NFC, one kind of apostrophe, single blanks, nothing that means something in a list."""
    text = unicodedata.normalize("NFC", text).replace("\u2019", "'").replace("\u00a0", " ")
    for sign in "\t|;=":
        text = text.replace(sign, " ")
    return " ".join(text.split())


def size(people):
    """1 a town to 5 a metropolis."""
    return 1 + sum(people >= bound for bound in (15_000, 50_000, 200_000, 1_000_000))


def place(country, people):
    """Attributes of a small place: how many people it has would say nothing more."""
    return f"country={country};size={size(people)}"


def write(out, name, header, rows, program):
    """Writes `rows` (lists of columns) to out/name, sorted and unique, and says how many there are."""
    text = sorted({"\t".join(row).rstrip("\t ") for row in rows})
    head = [f"# {key}: {value}" for key, value in header.items()]
    head.append(f"# made by: gazetteers/import/{os.path.basename(program)}")
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(head + text) + "\n", encoding="utf-8")
    print(f"{name}: {len(text)} entries, {path.stat().st_size // 1024} KiB")
