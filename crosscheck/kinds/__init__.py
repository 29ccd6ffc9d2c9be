"""The kinds of claims, one file each; adding one means one file in here, rules, and a line below."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from crosscheck.kinds.base import Context, Kind


def _present() -> tuple[Kind, ...]:
    wanted = {
        "name": "NameKind",
        "quantity": "QuantityKind",
        "role": "RoleKind",
        "date": "DateKind",
    }
    return tuple(
        getattr(import_module(f"crosscheck.kinds.{file}"), kind)()
        for file, kind in wanted.items()
        if find_spec(f"crosscheck.kinds.{file}")
    )


ALL: tuple[Kind, ...] = _present()


def identify(context: Context) -> None:
    """Say who is who in all documents, before any kind is asked for claims."""
    if find_spec("crosscheck.kinds.name"):
        name = import_module("crosscheck.kinds.name")
        name.identify(context.documents, context)
