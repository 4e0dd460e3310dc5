"""Serves a folder for as long as a test takes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tui.serving.pages import Pages
from tui.serving.server import Server
from tui.serving.site import Folder, Root, Site

_PAGES = cache(Pages)


@contextmanager
def serving(*roots: Path | Root, public_address: str | None = None) -> Iterator[Server]:
    """A server of those, at a port that is free."""
    site = Site(tuple(Folder(root) if isinstance(root, Path) else root for root in roots))
    with Server(site, _PAGES(), 0, public_address) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.stop()
            thread.join()
