"""Loads without OpenSSL what does without it: asyncio and digests, 5 MB of a process that lives for days."""

from __future__ import annotations

import contextlib
import importlib
import sys
from types import ModuleType
from typing import Generator, cast

_OPENSSL = ("ssl", "_ssl", "_hashlib")


@contextlib.contextmanager
def without_openssl() -> Generator[None, None, None]:
    """What is loaded meanwhile finds no OpenSSL, unless it is loaded already; later ones find it.

    TLS is tornado's here (`server/serverrest.py`), which asks `ssl` itself.
    """
    hidden = [name for name in _OPENSSL if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = cast("ModuleType", None)  # which is how there is no such module
    try:
        importlib.import_module("hmac")  # with it, digests of Python's own
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
