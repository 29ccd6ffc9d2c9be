"""A process that is killed while it decides and imports loses nothing that was acknowledged and
leaves nothing half done, on SQLite and on PostgreSQL. ``CROSSCHECK_KILLS`` says how often it is
killed."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from itertools import count, cycle
from pathlib import Path

import pytest
from desk import language, rules, told
from sqlalchemy import select
from test_review_store import EVENING, MORNING

from crosscheck.model import Report
from crosscheck.pipeline import Extraction, align_and_compare, extract
from crosscheck.review.imports import recorded
from crosscheck.review.plans import planned
from crosscheck.review.schema import articles, findings, log, runs
from crosscheck.review.states import Change
from crosscheck.review.store import Filter, Store

KILLS = int(os.environ.get("CROSSCHECK_KILLS", "25"))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


class Work:
    """Imports two sets of articles in turn and decides in between, without end."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.read = [told(texts, folder) for texts in (MORNING, EVENING)]
        self.compared: dict[frozenset[str], tuple[Extraction, Report]] = {}
        for read in self.read:
            found = extract(read, rules(), language(), ())
            self.compared[frozenset(a.id for a in read)] = (found, align_and_compare(found))

    def bring(self, store: Store, turn: int) -> None:
        plan = planned(store, self.read[turn], (), [self.folder])
        found, report = self.compared[frozenset(a.id for a in plan.articles)]
        recorded(store, plan, found, report)

    def run(self, acknowledge: int, name: str) -> None:
        with Store.open(self.url) as store:
            for turn, number in zip(cycle((0, 1)), count(), strict=False):
                (filed,) = store.findings(Filter(kinds=frozenset({"quantity"})))
                state = "confirmed" if number % 3 else "dismissed"
                done = store.decide(filed.id, name, Change(state, reason=f"{name}-{number}"))
                os.write(acknowledge, f"{done.entry.seq} {name}-{number}\n".encode())
                self.bring(store, turn)
                os.write(acknowledge, b"import\n")


def killed(work: Work, name: str, after: float) -> list[str]:
    """What a process acknowledged that was killed a moment after its first word."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reads)
            work.run(writes, name)
        except BaseException as error:
            os.write(writes, f"failed {error!r}\n".encode())
        finally:
            os._exit(1)
    os.close(writes)
    words = os.read(reads, 1 << 16)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reads, 1 << 16):
        words += more
    os.close(reads)
    return words.decode().splitlines()


def check(store: Store, acknowledged: dict[int, str]) -> None:
    with store.database.reading() as connection:
        kept = {row.seq: row.reason for row in connection.execute(select(log.c.seq, log.c.reason))}
        assert acknowledged.items() <= kept.items()
        assert sorted(kept) == list(range(1, len(kept) + 1))
        done = set(connection.scalars(select(runs.c.id)))
        assert done == set(range(1, len(done) + 1))
        rows = connection.execute(select(articles).where(articles.c.current)).mappings().all()
        here = {row["key"] for row in rows if row["gone"] is None}
        assert here in ({*MORNING}, {*EVENING})
        filed = (
            connection.execute(select(findings).where(findings.c.kind == "quantity"))
            .mappings()
            .one()
        )
        accounts = {c["article"] for p in filed["data"]["positions"] for c in p["claims"]}
        assert accounts == here
        last = (
            connection.execute(
                select(log).where(log.c.finding == filed["id"]).order_by(log.c.seq.desc()).limit(1)
            )
            .mappings()
            .one()
        )
        assert (last["revision"], last["after"].get("state", filed["state"])) == (
            filed["revision"], filed["state"],
        )  # fmt: skip


def test_killed_at_random_moments(url: str, tmp_path: Path) -> None:
    work = Work(url, tmp_path)
    with Store.open(url) as store:
        work.bring(store, 0)
    chance, acknowledged, imports, slowest = random.Random(20), {}, 0, 0.0
    for number in range(KILLS):
        for word in killed(work, f"p{number}", chance.uniform(0, 0.3)):
            assert not word.startswith("failed"), word
            if word == "import":
                imports += 1
            else:
                seq, reason = word.split()
                acknowledged[int(seq)] = reason
        begun = time.perf_counter()
        with Store.open(url) as store:
            slowest = max(slowest, time.perf_counter() - begun)
            check(store, acknowledged)
    print(f"{KILLS} kills, {len(acknowledged)} decisions and {imports} imports acknowledged, "
          f"opened again in at most {slowest:.3f} s", file=sys.stderr)  # fmt: skip
    assert len(acknowledged) >= KILLS
    assert slowest < 5
