"""Reviewers deciding at once over HTTP: errors, lost decisions, and how long an answer takes.

    python benchmarks/review_load.py [--seconds 60] [--reviewers 20] [--postgres | --store URL]

Serves a store with invented findings from one process and sends decisions from another, each
reviewer on a connection of its own. The baseline, in the same run, is the same load of requests
that ask the same server for a small file: what HTTP costs on this machine. Afterwards every
acknowledged decision is looked for in the log. ``--postgres`` starts a PostgreSQL server of its
own, if its programs are installed; its settings are those it comes with.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import random
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import click
from own_postgres import postgres

from crosscheck.model import Article, Claim, Finding, Mention, Position, Report
from crosscheck.pipeline import Extraction
from crosscheck.review.imports import recorded
from crosscheck.review.people import People
from crosscheck.review.plans import planned
from crosscheck.review.store import Store
from crosscheck.review.web.serve import serving, settings_for
from crosscheck.review.web.settings import Settings

FINDINGS = 60


def invented(store: Store) -> None:
    """Fills the store with findings between two articles."""
    lines = [f"Depot {n} holds {n + 100} barrels.\n" for n in range(FINDINGS)]
    other = [f"Depot {n} holds {n + 200} barrels.\n" for n in range(FINDINGS)]
    read = [
        Article("one", "".join(lines), outlet="One"),
        Article("two", "".join(other), outlet="Two"),
    ]
    found = []
    for n in range(FINDINGS):
        positions = []
        for article, held in zip(read, (lines, other), strict=True):
            start = sum(map(len, held[:n]))
            end = start + len(held[n]) - 1
            mention = Mention(article.id, start, end, held[n].strip())
            value = held[n].split()[3]
            claim = Claim(mention, (start, end), "quantity", None, value, "invented")
            positions.append(Position(value, (claim,), (article.name,), (article.name,)))
        found.append(
            Finding(f"quantity-{n}", "quantity", f"barrels in depot {n}", "conflict", "high",
                    "They differ.", tuple(positions), ((0, 1),), {"rules": ["invented"]})
        )  # fmt: skip
    report = Report(tuple(read), tuple(found), events={"one": "one", "two": "one"})
    plan = planned(store, read, (), ())
    recorded(store, plan, Extraction((), None, tuple(read)), report)  # type: ignore[arg-type]


def server(url: str, told: multiprocessing.Queue[str]) -> None:
    with Store.open(url) as store:
        serving(
            store, "127.0.0.1", 0, settings_for(store, "127.0.0.1", "", Settings()), told.put
        ).run()


class Load:
    """Reviewers who ask again and again until the time is over."""

    def __init__(self, address: str, tokens: list[str], seconds: float) -> None:
        self.host = urlsplit(address).netloc
        self.tokens, self.seconds = tokens, seconds
        self.times: list[float] = []
        self.errors: list[str] = []
        self.second = 0
        self.kept: dict[int, str] = {}

    def run(self, ask: Callable[[Load, http.client.HTTPConnection, str, int], None]) -> None:
        threads = [
            threading.Thread(target=self._one, args=(ask, token, n))
            for n, token in enumerate(self.tokens)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _one(
        self,
        ask: Callable[[Load, http.client.HTTPConnection, str, int], None],
        token: str,
        number: int,
    ) -> None:
        connection = http.client.HTTPConnection(self.host, timeout=30)
        until = time.monotonic() + self.seconds
        while time.monotonic() < until:
            begun = time.perf_counter()
            try:
                ask(self, connection, token, number)
            except (OSError, http.client.HTTPException, AssertionError) as error:
                self.errors.append(repr(error))
                connection.close()
            self.times.append(time.perf_counter() - begun)

    def told(self, name: str) -> float:
        times = sorted(self.times)
        middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
        click.echo(
            f"{name:10} {len(times):6} requests, {len(times) / self.seconds:6.1f} a second, "
            f"median {middle * 1000:6.1f} ms, p95 {late * 1000:6.1f} ms, {len(self.errors)} errors"
        )
        return late


def file(load: Load, connection: http.client.HTTPConnection, token: str, number: int) -> None:
    connection.request("GET", "/static/icon.svg")
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, answer.status


def decision(load: Load, connection: http.client.HTTPConnection, token: str, number: int) -> None:
    chance = random.Random(f"{number} {len(load.times)} {time.monotonic()}")
    reason = f"reviewer {number}, {chance.getrandbits(48)}"
    state = chance.choice(("open", "confirmed", "dismissed", "call"))
    connection.request(
        "POST",
        f"/api/v1/findings/{chance.randint(1, FINDINGS)}/decisions",
        json.dumps({"state": state, "reason": reason, "base": chance.choice((None, 1))}),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    answer = connection.getresponse()
    told = json.loads(answer.read())
    assert answer.status in {201, 409}, (answer.status, told)
    load.second += answer.status == 409
    load.kept[told["entry"]["seq"]] = reason


@click.command()
@click.option("--seconds", default=60.0, show_default=True)
@click.option("--reviewers", default=20, show_default=True)
@click.option("--store", "url", default="", help="Default: a SQLite file in a temporary folder.")
@click.option("--postgres", "own", is_flag=True, help="On a PostgreSQL server that it starts.")
def main(seconds: float, reviewers: int, url: str, own: bool) -> None:
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        try:
            made = opened.enter_context(postgres(folder)) if own else str(folder / "desk.db")
        except LookupError as error:
            raise click.ClickException(str(error)) from error
        url = url or made
        with Store.open(url) as store:
            invented(store)
            people = People(store.database)
            tokens = [
                people.begin(people.add(f"reviewer {n}", "editor", "a long password"))
                for n in range(reviewers)
            ]
        told: multiprocessing.Queue[str] = multiprocessing.Queue()
        process = multiprocessing.Process(target=server, args=(url, told), daemon=True)
        process.start()
        address = told.get(timeout=60)
        time.sleep(1)
        baseline = Load(address, tokens, seconds / 4)
        baseline.run(file)
        deciding = Load(address, tokens, seconds)
        deciding.run(decision)
        process.terminate()
        process.join()
        base = baseline.told("a file")
        late = deciding.told("decisions")
        with Store.open(url) as store:
            logged = {entry.seq: entry.reason for entry in store.log()}
        lost = [seq for seq, reason in deciding.kept.items() if logged.get(seq) != reason]
        for error in deciding.errors[:3]:
            click.echo(error)
        click.echo(
            f"{len(deciding.kept)} decisions acknowledged, {deciding.second} came second and were "
            f"told, {len(lost)} lost; p95 is {late / base:.1f} times the baseline's"
        )


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
