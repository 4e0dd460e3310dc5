"""Loads what the screen stands on without those parts of it that a terminal notebook has no use for.

OpenSSL comes in through asyncio and hashlib and is 7 MB and 40 ms of every start; both do without where it is
missing (no TLS, digests of their own). Textual's command palette brings a dozen widgets; tnb has its own. Of
some modules it imports a function or two that tnb never has it call: something stands in for them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Final

_LOGGING: Final = "logging"
_PALETTE: Final = "textual.command"
_MOST_FRAMES: Final = 500
"""A second: how often Textual looks whether there is something to paint."""
_STOOD_IN_FOR: Final = ("difflib", "mimetypes", "pickle", "platformdirs", "uuid")
"""What Textual and Rich import for functions, and no classes, of theirs."""
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


class _Silent:
    """A logger that says nothing."""

    def debug(self, *_: object) -> None:
        """Say nothing."""


def _silent(_name: str) -> _Silent:
    return _Silent()


@contextmanager
def without_logging() -> Generator[None]:
    """What is loaded meanwhile has loggers that say nothing, unless `logging`, which takes 5 ms, is there."""
    if _LOGGING in sys.modules:
        yield
        return
    stub = sys.modules[_LOGGING] = ModuleType(_LOGGING)
    vars(stub)["getLogger"] = _silent
    try:
        yield
    finally:
        del sys.modules[_LOGGING]


def load_paths() -> None:
    """Load `pathlib` without what it makes URLs with, which brings addresses of hosts and more."""
    with stood_in_for("urllib.parse"):
        import_module("pathlib")


def load_textual() -> None:
    """Load Textual's app, without its command palette, and without its wait between frames.

    A letter would wait for up to two of its frames of 1/60 s. What could come faster than frames is held back
    where it comes in: output in `kernelevents`, the wheel in `view`.
    """
    sys.modules.setdefault(_PALETTE, _no_palette())
    with stood_in_for(*_STOOD_IN_FOR):
        if _OWN_FRAMES not in os.environ:
            vars(import_module("textual.constants"))["MAX_FPS"] = _MOST_FRAMES
        import_module("textual.app")


@contextmanager
def stood_in_for(*names: str) -> Generator[None]:
    """What is loaded meanwhile gets functions that load these modules when they are called."""
    stubs = {name: _stand_in(name) for name in names if name not in sys.modules}
    sys.modules.update(stubs)
    try:
        yield
    finally:
        for name, stub in stubs.items():
            if sys.modules.get(name) is stub:
                del sys.modules[name]


def _stand_in(name: str) -> ModuleType:
    stub = ModuleType(name)

    def function(wanted: str) -> Callable[..., object]:
        if wanted.startswith("__"):  # what importing asks of any module
            raise AttributeError(wanted)

        def late(*given: object, **named: object) -> object:
            return getattr(import_module(name), wanted)(*given, **named)

        return late

    vars(stub)["__getattr__"] = function
    return stub


def _no_palette() -> ModuleType:
    """Stands in for Textual's command palette: names to be imported, which an app without it never uses."""
    module = ModuleType(_PALETTE)
    module.__getattr__ = lambda name: type(name, (), {})
    return module
