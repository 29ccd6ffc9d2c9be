"""The group of commands, and how each of them may end.

Exit status: 0 nothing disagrees, 1 something does, 2 the command could not be carried out.
The modules that read articles are imported by the commands, so that help is there at once.
"""

from __future__ import annotations

import difflib
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from crosscheck.cli.articles import compare, extract, report
from crosscheck.cli.completion import completion
from crosscheck.cli.names import names
from crosscheck.cli.review import review
from crosscheck.cli.review_decide import decide, dismiss_rule, redo, undo
from crosscheck.cli.review_export import export
from crosscheck.cli.review_people import user
from crosscheck.cli.rules import explain, rules


class Commands(click.Group):
    """A group in which a mistyped command is answered with the one that was meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            close = difflib.get_close_matches(name, self.list_commands(ctx), 1, 0.5)
            hint = f"did you mean {close[0]!r}?" if close else "see crosscheck --help"
            ctx.fail(f"no such command {name!r}; {hint}")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which one needs them


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 nothing disagrees, 1 something does, 2 it could not be carried out.",
)
@click.version_option(None, "--version", package_name="crosscheck-news", prog_name="crosscheck")
def commands() -> None:
    """Reads several accounts of one event and shows where they cannot all be true.

    Example: crosscheck report wires/
    """


for _command in (report, review, extract, compare, names, rules, explain, completion):
    commands.add_command(_command)
for _command in (decide, undo, redo, dismiss_rule, export, user):
    review.add_command(_command)


def main(args: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit status; never shows a traceback unasked."""
    sys.exit(_run(list(args) if args is not None else None))


def _run(args: list[str] | None) -> int:
    try:
        status: Any = commands.main(args, prog_name="crosscheck", standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    except Exception as error:
        return _broken(error)
    return status if isinstance(status, int) else 0


def _broken(error: Exception) -> int:
    if os.environ.get("CROSSCHECK_TRACEBACK"):
        traceback.print_exc()
    where = traceback.extract_tb(error.__traceback__)[-1]
    click.echo(
        f"Error: crosscheck itself failed: {type(error).__name__}: {error} "
        f"({os.path.basename(where.filename)}:{where.lineno}). This is a defect; "
        "please report it with the output of the same command under CROSSCHECK_TRACEBACK=1.",
        err=True,
    )
    return 2
