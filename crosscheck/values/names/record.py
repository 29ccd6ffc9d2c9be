"""What is known of two names, and why: the records of this room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Relation = Literal[
    "equal", "style", "romanisation", "house style", "misspelling", "transliteration",
    "partial", "initials", "nickname", "gendered", "different",
]  # fmt: skip

RESPELLED: frozenset[str] = frozenset(
    {"romanisation", "house style", "misspelling", "transliteration"}
)


@dataclass(frozen=True, slots=True)
class Step:
    """One rewrite on the way from a word to another: ``left`` there stands for ``right`` here."""

    rule: str
    left: str
    right: str
    kind: str
    strong: bool = True

    @property
    def mirrored(self) -> Step:
        return Step(self.rule, self.right, self.left, self.kind, self.strong)

    @property
    def phrase(self) -> str:
        return f"{self.left or '–'}~{self.right or '–'}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a word relates to another: ``equal``, ``style``, or respelled by ``steps``.

    ``kind`` may also be ``nickname``, ``initials``, ``gendered`` or ``different`` (with the vetoing
    rule as its only step) inside this room; ``explain`` returns only the former.
    """

    left: str
    right: str
    kind: str
    steps: tuple[Step, ...] = ()

    @property
    def mirrored(self) -> Explanation:
        steps = tuple(step.mirrored for step in self.steps)
        return Explanation(self.right, self.left, self.kind, steps)

    @property
    def strong(self) -> bool:
        """Whether it holds for a word alone, without other evidence."""
        return all(step.strong for step in self.steps)

    @property
    def slips(self) -> int:
        return sum(step.rule.startswith("names.slip.") for step in self.steps)

    @property
    def path(self) -> str:
        """The rewrites, for people: ``w~v, yy~y``."""
        return ", ".join(step.phrase for step in self.steps)

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(step.rule for step in self.steps))

    @property
    def phrase(self) -> str:
        return f"{self.left} ~ {self.right}: {self.path or 'the same'} ({self.kind})"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A rule of ``rules/names`` that was used, and what it saw, as a phrase for people."""

    rule: str
    phrase: str


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How name ``a`` relates to name ``b``. ``same``: they can name one bearer."""

    a: str
    b: str
    relation: Relation
    evidence: tuple[Evidence, ...]
    same: bool
    is_variant: bool
    """One name respelled, which is what an editor wants to see. ``partial``, ``initials``, titles,
    accents and capitals are none, and neither is a lone surname against a full name."""

    def to_pandas(self) -> pd.DataFrame:
        """One row: a, b, relation, same, is_variant, evidence (phrases), rules (ids)."""
        import pandas as pd

        row = {
            "a": self.a,
            "b": self.b,
            "relation": self.relation,
            "same": self.same,
            "is_variant": self.is_variant,
            "evidence": "; ".join(item.phrase for item in self.evidence),
            "rules": " ".join(item.rule for item in self.evidence),
        }
        return pd.DataFrame([row])
