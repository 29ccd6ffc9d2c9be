"""Turns that threads take one at a time, in the order in which they came.

A plain lock goes to whoever is quick: some then wait many times as long as most.
"""

from __future__ import annotations

import threading
from collections import deque


class Turns:
    """``with turns: ...``; not to be entered again from inside."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        try:
            mine.acquire()  # released by whoever had the turn before
        except BaseException:
            with self._guard:
                waits = mine in self._waiting
                if waits:
                    self._waiting.remove(mine)
            if not waits:
                self._next()
            raise

    def __exit__(self, *_: object) -> None:
        self._next()

    def _next(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
