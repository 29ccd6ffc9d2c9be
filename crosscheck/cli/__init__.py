"""The command line: parses, calls, prints; knows no linguistics."""

from __future__ import annotations

from crosscheck.cli.app import main

__all__ = ["main"]
