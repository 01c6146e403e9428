"""Organizations that WordNet lists as instances, from Debian's wordnet-base. Run after the lists by hand."""
import re

import common
import org_filter

WORDNET = ("wordnet-base", "1:3.0")
GROUP = "14"  # the lexicographer's file noun.group
KINDS = [("army|navy|air force|terror|militia|guerrilla|resistance|infantry|military|revolutionary group|fleet", "armed"),
         ("university|college|school|institute", "university"), ("political party|party", "party"),
         ("agency|bureau|office|administration|service", "agency"), ("department|ministry", "ministry"),
         ("court|judicature", "court"), ("church|religious|order|sect", "church"), ("dynasty|family|house", ""),
         ("parliament|legislat|congress|assembly", "parliament"), ("company|corporation|firm|business", "company")]
NAMED = re.compile(r"organi[sz]ation|army|party|terror|guerrilla|association|movement|band|agency|alliance", re.I)


def kind_of(gloss):
    for pattern, kind in KINDS:
        if re.search(rf"\b(?:{pattern})\b", gloss):
            return kind
    return "association"


def entries(path):
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith(" "):
            continue
        data, _, gloss = line.partition(" | ")
        fields = data.split()
        if fields[1] != GROUP or " @i " not in data:
            continue
        count = int(fields[3], 16)
        yield [fields[4 + 2 * i].replace("_", " ") for i in range(count)], gloss


def main():
    out = common.arguments(__doc__)
    keep, root = common.debian(*WORDNET)
    known = org_filter.curated() | org_filter.surfaces(org_filter.PLACES)
    rows = {}
    for names, gloss in entries(next(root.rglob("data.noun"))):
        kind = kind_of(gloss)
        names = [common.clean(n) for n in names if n[:1].isupper() and (len(n) > 3 or n.isupper())]
        if not names or not kind or not NAMED.search(gloss) or any(n in known for n in names):
            continue
        strong = [n for n in names if " " in n and not n.endswith(("Conference", "Project", "Reason", "Inquisition", "Unity"))]
        if strong:
            rows["|".join(strong)] = ["org:" + org_filter.slug(strong[0]), f"kind={kind}"]
    head = {"class": "org", "type": "ORG", "points": "60", "source": "Debian wordnet-base 3.0", "licence": "WordNet"}
    common.write(out, "en/org-wordnet-import.tsv", head, [[names, *rest] for names, rest in rows.items()], __file__)


if __name__ == "__main__":
    main()
