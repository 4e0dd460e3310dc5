"""Loads what the screen stands on without those parts of it that a terminal notebook has no use for.

OpenSSL comes in through asyncio and hashlib and is 7 MB and 40 ms of every start; both do without where it is
missing (no TLS, digests of their own). Textual's command palette brings a dozen widgets; tnb has its own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Final

_PALETTE: Final = "textual.command"
_MOST_FRAMES: Final = 500
"""A second: how often Textual looks whether there is something to paint."""
_OWN_FRAMES: Final = "TEXTUAL_FPS"
"""By which a person tells Textual another number."""


@contextmanager
def missing(*names: str) -> Generator[None]:
    """What is loaded meanwhile, on any thread, finds modules missing that are not loaded yet."""
    hidden = [name for name in names if name not in sys.modules]
    modules: dict[str, ModuleType | None] = sys.modules  # pyright: ignore[reportAssignmentType] - None: no such module
    modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


@contextmanager
def without_openssl() -> Generator[None]:
    """Load without OpenSSL; who needs TLS later can still import ssl."""
    with missing("ssl", "_ssl", "_hashlib"):
        import_module("hmac")
        yield


def load_textual() -> None:
    """Load Textual's app, without its command palette, and without its wait between frames.

    A letter would wait for up to two of its frames of 1/60 s. What could come faster than frames is held back
    where it comes in: output in `kernelevents`, the wheel in `view`.
    """
    sys.modules.setdefault(_PALETTE, _no_palette())
    if _OWN_FRAMES not in os.environ:
        vars(import_module("textual.constants"))["MAX_FPS"] = _MOST_FRAMES
    import_module("textual.app")


def _no_palette() -> ModuleType:
    """Stands in for Textual's command palette: names to be imported, which an app without it never uses."""
    module = ModuleType(_PALETTE)
    module.__getattr__ = lambda name: type(name, (), {})
    return module
