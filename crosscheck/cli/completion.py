"""``completion``: what a shell needs to complete commands, options and rules."""

from __future__ import annotations

import click

from crosscheck.cli.console import write


@click.command(short_help="Completion for bash, zsh or fish.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Prints a script that teaches the shell to complete crosscheck's commands.

    Example: crosscheck completion bash > ~/.local/share/bash-completion/completions/crosscheck
    """
    from click.shell_completion import get_completion_class

    root = ctx.find_root().command
    kind = get_completion_class(shell)
    assert kind is not None
    write(kind(root, {}, "crosscheck", "_CROSSCHECK_COMPLETE").source())
    return 0
