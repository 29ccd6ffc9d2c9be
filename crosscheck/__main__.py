"""``python -m crosscheck`` is the command ``crosscheck``."""

from __future__ import annotations

from crosscheck.cli.app import main

if __name__ == "__main__":
    main()
