"""Topics: blocks against the slow oracle, links without transitivity, independence of order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.align.topics import CROWD, Alignment, align, candidate_pairs, without_room
from crosscheck.kinds.base import Context, Kind
from crosscheck.language import Document
from crosscheck.model import Claim, KindName, Link, Mention, Refusal
from crosscheck.rulebook import Rulebook, load
from crosscheck.values.interval import Interval, Relation


class Toy(Kind):
    """Claims whose topic is a letter and whose value a number; equal letters link."""

    name: KindName = "quantity"

    def find(self, document: Document, context: Context) -> Iterable[Claim]:
        return ()

    def blocks(self, claim: Claim) -> Iterable[Hashable]:
        return (claim.rule[0],)

    def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
        if a.rule[0] != b.rule[0]:
            return None
        if a.mention.article == b.mention.article:
            return Refusal("one article", 0.5)
        return Link(0.9, ("letter",))

    def relate(self, a: Claim, b: Claim) -> Relation:
        return Interval.point(a.value).relate(Interval.point(b.value))

    def topic(self, claims: Sequence[Claim], rules: Rulebook) -> str:
        return claims[0].rule[0]


def claim(article: str, at: int, letter: str, value: int) -> Claim:
    mention = Mention(article, at, at + 1, str(value))
    return Claim(mention, (at, at + 1), "quantity", value, str(value), letter)


claims = st.lists(
    st.builds(
        claim,
        st.sampled_from(["x", "y", "z"]),
        st.integers(0, 400),
        st.sampled_from("abc"),
        st.integers(1, 4),
    ),
    max_size=14,
    unique_by=lambda c: (c.mention.article, c.mention.start),
)


def shape(alignment: Alignment) -> list[list[tuple[str, int]]]:
    return sorted(
        sorted((c.mention.article, c.mention.start) for c in topic.claims)
        for topic in alignment.topics
    )


@given(claims)
@settings(max_examples=60, deadline=None)
def test_blocks_lose_no_link_that_all_pairs_would_find(found: list[Claim]) -> None:
    kind, context = Toy(), Context(load(), ())
    ordered = sorted(found, key=lambda c: c.order)
    met = set(candidate_pairs(kind, ordered, {})[0])
    for i, j in combinations(range(len(ordered)), 2):
        if isinstance(kind.link(ordered[i], ordered[j], context), Link):
            assert (i, j) in met


@given(claims, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_claims_changes_nothing(found: list[Claim], random: object) -> None:
    kind, context = Toy(), Context(load(), ())
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert shape(align(kind, found, context)) == shape(align(kind, shuffled, context))


@given(claims)
@settings(max_examples=60, deadline=None)
def test_every_claim_lies_in_exactly_one_topic(found: list[Claim]) -> None:
    alignment = align(Toy(), found, Context(load(), ()))
    placed = [id(c) for topic in alignment.topics for c in topic.claims]
    assert sorted(placed) == sorted(map(id, found))


def test_a_claim_joins_only_where_most_links_hold() -> None:
    """x and y link, y and z link, x and z do not: no chain makes them one topic."""

    class Chain(Toy):
        def link(self, a: Claim, b: Claim, context: Context) -> Link | Refusal | None:
            near = abs(a.value - b.value) <= 1
            return Link(0.9, ("near",)) if near else None

    found = [
        claim("x", 1, "a", 1),
        claim("y", 1, "a", 2),
        claim("z", 1, "a", 3),
        claim("w", 1, "a", 4),
    ]
    sizes = sorted(len(t.claims) for t in align(Chain(), found, Context(load(), ())).topics)
    assert sizes == [2, 2]


def test_what_was_refused_is_kept_with_its_reason() -> None:
    found = [claim("x", 1, "a", 1), claim("x", 9, "a", 2)]
    ((pair, refusal),) = align(Toy(), found, Context(load(), ())).refused
    assert [c.label for c in pair] == ["1", "2"]
    assert refusal.why == "one article"


def test_a_table_of_figures_is_compared_in_part_and_says_so() -> None:
    crowd = [claim("x", 10 * i, "a", i) for i in range(CROWD + 5)]
    alignment = align(Toy(), [*crowd, claim("y", 1, "a", 1)], Context(load(), ()))
    assert len(alignment.crowded) == 5
    (note,) = without_room([alignment])
    assert note.article == "x"
    assert "5 claims" in note.why
