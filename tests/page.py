"""The page of review, served in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue

from crosscheck.review.store import Store
from crosscheck.review.web.serve import serving, settings_for
from crosscheck.review.web.settings import Settings


@contextmanager
def served(store: Store, settings: Settings | None = None) -> Iterator[str]:
    """Serves the store at a free port of this machine; gives the link by which one enters."""
    told: Queue[str] = Queue()
    wanted = settings_for(store, "127.0.0.1", "ana", settings or Settings())
    server = serving(store, "127.0.0.1", 0, wanted, told.put)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield told.get(timeout=20)
    finally:
        server.stop()
        thread.join(20)
