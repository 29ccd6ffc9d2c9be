"""``review decide`` and its kin: what one makes of a finding, recorded from the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from crosscheck.cli import desk
from crosscheck.cli.review import name_of, of_who
from crosscheck.review.states import STATES

if TYPE_CHECKING:
    from crosscheck.review.states import Outcome


@click.command(short_help="Record what you make of a finding.")
@desk.of_store(required=True)
@click.argument("finding", metavar="FINDING")
@click.argument("state", type=click.Choice(list(STATES)), required=False)
@click.option("--value", default="", help="Of a resolved finding: what the desk settled on.")
@click.option("--reason", default="", help="Why.")
@click.option("--note", default="", help="A remark that changes nothing.")
@click.option("--assign", "assignee", metavar="NAME", default=None, help="Who takes it; '' nobody.")
@click.option("--base", metavar="N", type=int, default=None, help="The revision you had seen.")
@of_who
def decide(
    store_url: str,
    finding: str,
    state: str | None,
    value: str,
    reason: str,
    note: str,
    assignee: str | None,
    base: int | None,
    who: str | None,
) -> int:
    """Records a state (open, confirmed, dismissed: not a discrepancy, resolved, call: needs a
    call), a note or an assignee.

    With --base it takes effect only if nobody else decided since; the words are kept either way,
    and the exit status is 1.

    Example: crosscheck review decide 12 resolved --value 39 --reason police --store desk.db
    """
    name = name_of(who)
    with desk.opened(store_url) as store:
        from crosscheck.review.states import Change

        change = Change(state, value, reason, note, assignee)  # type: ignore[arg-type]
        outcome = store.decide(finding, name, change, base=base)
    return _told(outcome)


@click.command(short_help="Take back the last decision on a finding.")
@desk.of_store(required=True)
@click.argument("finding", metavar="FINDING")
@of_who
def undo(store_url: str, finding: str, who: str | None) -> int:
    """Takes a finding one step back, to what it was before the last decision; the log keeps both.

    Example: crosscheck review undo 12 --store desk.db
    """
    name = name_of(who)
    with desk.opened(store_url) as store:
        return _told(store.undo(finding, name))


@click.command(short_help="Make a decision again that was undone.")
@desk.of_store(required=True)
@click.argument("finding", metavar="FINDING")
@of_who
def redo(store_url: str, finding: str, who: str | None) -> int:
    """Makes the decision again that was undone last, if nothing else was decided since.

    Example: crosscheck review redo 12 --store desk.db
    """
    name = name_of(who)
    with desk.opened(store_url) as store:
        return _told(store.redo(finding, name))


@click.command("dismiss-rule", short_help="Dismiss every open finding of a rule.")
@desk.of_store(required=True)
@click.argument("rule", metavar="RULE")
@click.option("--reason", required=True, help="Why; it stands with each of them in the log.")
@of_who
def dismiss_rule(store_url: str, rule: str, reason: str, who: str | None) -> int:
    """Dismisses the open findings that rest on a rule, each with an entry of its own.

    Example: crosscheck review dismiss-rule names.slip --reason "our style" --store desk.db
    """
    name = name_of(who)
    with desk.opened(store_url) as store:
        entries = store.dismiss_rule(rule, name, reason)
    click.echo(f"{len(entries)} dismissed: {', '.join(entry.topic for entry in entries)}")
    return 0


def _told(outcome: Outcome) -> int:
    from crosscheck.review import terminal

    click.echo(terminal.outcome(outcome), file=sys.stdout if outcome.applied else sys.stderr)
    return 0 if outcome.applied else 1
