"""The command line."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.group()
def main() -> None:
    """Several accounts of one event in, a table of their disagreements out."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", default="json")
@click.option("--with-text", is_flag=True)
def report(paths: tuple[Path, ...], form: str, with_text: bool) -> None:
    from crosscheck import pipeline, rulebook
    from crosscheck import report as reports

    done = pipeline.report_on(paths, rulebook.load())
    if hasattr(reports, "render"):
        click.echo(reports.render(done, form, with_text=with_text), nl=False)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", default="jsonl")
def extract(paths: tuple[Path, ...], form: str) -> None:
    from crosscheck import kinds, pipeline, rulebook, tables

    done = pipeline.extract_from(paths, rulebook.load())
    for row in tables.rows(done.claims, done.articles, kinds.ALL):
        click.echo(json.dumps(row, ensure_ascii=False))
