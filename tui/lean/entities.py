"""Loads HTML's 2,231 named characters, 1 MB of them, where the first one is met and not with the libraries.

markdown-it keeps a table of them, and Pygments imports `html`, which brings another.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Final

_HTML: Final = "html.entities"
_MARKDOWN: Final = "markdown_it.common.entities"


class _Entities(Mapping[str, str]):
    """A table that is loaded when something is looked up in it."""

    def __init__(self, load: Callable[[], Mapping[str, str]]) -> None:
        self._load = load

    def __getitem__(self, name: str) -> str:
        return self._load()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())


def load_entities_late() -> None:
    """From now on, who imports the tables gets them by and by; nothing, where they are loaded already."""
    if _HTML not in sys.modules:
        module = ModuleType(_HTML)
        vars(module)["html5"] = _Entities(_of_html)
        module.__getattr__ = _of_html_module
        sys.modules[_HTML] = module
        vars(import_module("html"))["entities"] = module  # as importing it for real would
    if _MARKDOWN not in sys.modules:
        module = ModuleType(_MARKDOWN)
        vars(module)["entities"] = _Entities(_of_markdown)
        sys.modules[_MARKDOWN] = module


@cache
def _html_module() -> ModuleType:
    del sys.modules[_HTML]
    return import_module(_HTML)


def _of_html_module(name: str) -> object:
    if name.startswith("__"):  # what importing asks of any module
        raise AttributeError(name)
    return getattr(_html_module(), name)


def _of_html() -> Mapping[str, str]:
    return _html_module().html5


@cache
def _of_markdown() -> Mapping[str, str]:
    """The names as markdown-it has them: without the semicolon."""
    return {name.rstrip(";"): characters for name, characters in _of_html().items()}
