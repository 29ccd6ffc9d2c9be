"""``rules`` and ``explain``: what crosscheck goes by."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crosscheck.cli import console, options
from crosscheck.cli.console import Refused

if TYPE_CHECKING:
    from crosscheck.rulebook import Example, Rule, Rulebook


@click.group(short_help="List the rules, or run their examples.")
def rules() -> None:
    """The rules crosscheck goes by: its own and, with --rules DIR, a desk's.

    Example: crosscheck rules test --rules desk-rules/
    """


@rules.command("list", short_help="Every rule with what it is for.")
@click.option("--section", metavar="NAME", help="Only the rules of one section.")
@options.of_rules
def list_(section: str | None, rules_dirs: tuple[Path, ...]) -> int:
    """Lists the rules by section: id and what each is for.

    Example: crosscheck rules list --section hedges
    """
    book = options.rulebook_of(rules_dirs)
    if section is not None and section not in book.sections:
        raise Refused(f"no section {section!r}; there are: {', '.join(book.sections)}")
    lines: list[str] = []
    for name in [section] if section else book.sections:
        lines += ["", name] if lines else [name]
        lines += [f"  {rule.id}  {' '.join(rule.about.split())}" for rule in book.section(name)]
    console.write("\n".join(lines) + "\n")
    return 0


@rules.command("test", short_help="Run the examples of the rules.")
@click.argument("ids", metavar="[RULE]...", nargs=-1)
@options.of_rules
@options.of_model
def test(ids: tuple[str, ...], rules_dirs: tuple[Path, ...], model: str | None) -> int:
    """Runs every rule's examples: the rule must be used in each 'find', in no 'leave'.

    With --rules DIR only the rules of that folder are run, unless rules are named. The exit
    status is 1 if an example fails.

    Example: crosscheck rules test --rules desk-rules/
    """
    from crosscheck.examples import Failure, failures
    from crosscheck.rulebook import check

    book = options.rulebook_of(rules_dirs)
    chosen = [_rule(book, id) for id in ids] or [
        rule for rule in book.rules if not rules_dirs or book.own(rule)
    ]
    mistakes = check(rules_dirs)
    if mistakes:
        raise Refused("\n".join(map(str, mistakes)))
    failed: list[Failure] = []
    with options.language_of(model) as language, console.progress() as progress:
        for done, rule in enumerate(chosen):
            if progress:
                progress("rules", done, len(chosen))
            failed.extend(failures(rule, book, language))
    examples = sum(len(rule.find) + len(rule.leave) for rule in chosen)
    lines = [str(failure) for failure in failed]
    summary = f"{len(chosen)} rules, {examples} examples, {len(failed)} failed"
    console.write("\n".join([*lines, summary]) + "\n")
    return int(bool(failed))


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from crosscheck.rulebook import load

    return [rule.id for rule in load().rules if rule.id.startswith(incomplete)]


@click.command(short_help="What a rule does, with its examples.")
@click.argument("rule", metavar="RULE", shell_complete=_complete)
@options.of_rules
def explain(rule: str, rules_dirs: tuple[Path, ...]) -> int:
    """Shows a rule: what it is for, its words, what it finds and leaves alone, and its file.

    Reports and tables of claims name the rules that were used.

    Example: crosscheck explain hedge.more-than
    """
    book = options.rulebook_of(rules_dirs)
    console.write(_explained(_rule(book, rule)))
    return 0


def _rule(book: Rulebook, id: str) -> Rule:
    """The rule of an id. Raises: Refused, with the ids that look like it."""
    found = next((rule for rule in book.rules if rule.id == id), None)
    if found is None:
        ids = [rule.id for rule in book.rules]
        close = difflib.get_close_matches(id, ids, 3, 0.5) or [i for i in ids if id in i][:3]
        hint = f"did you mean {' or '.join(close)}?" if close else "see crosscheck rules list"
        raise Refused(f"no rule {id!r}; {hint}")
    return found


def _explained(rule: Rule) -> str:
    lines = [rule.id, *_wrapped(rule.about, "  "), "", f"  section  {rule.section}"]
    lines += [f"  file     {_shown_path(rule.source)}"]
    for key, value in rule.data.items():
        lines += ["", f"  {key}", *_wrapped(_plain(value))]
    lines += ["", "  is used in", *(f"    + {_example(x)}" for x in rule.find)]
    lines += ["", "  is not used in", *(f"    - {_example(x)}" for x in rule.leave)]
    return "\n".join(lines) + "\n"


def _shown_path(source: str) -> str:
    """The path from here, where that is shorter."""
    relative = os.path.relpath(source)
    return relative if len(relative) < len(source) else source


def _wrapped(text: str, indent: str = "    ") -> list[str]:
    import textwrap

    lines = textwrap.wrap(text, 96, initial_indent=indent, subsequent_indent=indent)
    return lines or [f"{indent}-"]


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(item)}" for key, item in value.items())
    return str(value)


def _example(example: Example) -> str:
    text = example if isinstance(example, str) else "  |  ".join(example)
    return text.strip().replace("\n", "\n      ")
