"""jupytext, which is loaded when it is asked for: an extra that may not be installed."""

from __future__ import annotations

import warnings
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

from tui.lean.libraries import missing

_SLOW: Final = "rfc3987_syntax"
"""A grammar that jsonschema builds for two seconds where it is installed, and that notebooks do not need."""


class JupytextError(Exception):
    """jupytext is not there, or cannot do it; its text is one line."""


@contextmanager
def jupytext() -> Generator[Any]:
    """The library; whatever it raises is JupytextError."""
    with missing(_SLOW), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            library = import_module("jupytext")
        except ModuleNotFoundError as error:
            help_ = "pip install 'tnb[text]' installs it"
            raise JupytextError(f"this needs {error.name}, which is not installed: {help_}") from error
        try:
            yield library
        except Exception as error:  # other people's code, on other people's text
            raise JupytextError(f"jupytext: {' '.join(str(error).split())[:300]}") from error
