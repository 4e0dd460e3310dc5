"""Cell magics of IPython: the first line of a cell that hands the rest to another language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.render.highlight.styles import PLAIN_CODE, Run
from tui.render.languages import language_named
from tui.render.rows import Role, Style

if TYPE_CHECKING:
    from tui.render.languages import Language

_FIRST_LINE: Final = re.compile(r"(?P<magic>%%(?P<name>!|[^\W\d]\w*))(?P<rest>[^\n]*)\n")
_DECORATOR: Final = Style(Role.DECORATOR)

_LANGUAGES: Final = {
    "!": "bash",
    "bash": "bash",
    "sh": "bash",
    "sx": "bash",
    "system": "bash",
    "html": "html",
    "svg": "xml",
    "javascript": "javascript",
    "js": "javascript",
    "latex": "latex",
    "markdown": "markdown",
    "perl": "perl",
    "ruby": "ruby",
    "r": "r",
    "sql": "sql",
    "bigquery": "sql",
    "julia": "julia",
    "octave": "octave",
    "cu": "cuda",
}
_NAMED_BY_PROGRAM: Final = frozenset({"script"})
_NAMED_BY_FILE: Final = frozenset({"writefile", "file"})


class CellMagic(NamedTuple):
    """The first line of a cell in another language."""

    language: Language
    """Of the rest."""
    runs: tuple[Run, ...]
    """Of the line."""
    body: int
    """Where the rest begins in the text."""


def cell_magic(text: str) -> CellMagic | None:
    """The cell magic that a Python cell begins with, if its cell is in another language that is known."""
    found = _FIRST_LINE.match(text)
    if found is None:
        return None
    name, rest = found["name"].lower(), found["rest"]
    words = [word for word in rest.split() if not word.startswith("-")]
    if name in _NAMED_BY_FILE and words:
        named = "." + words[-1].rpartition(".")[2]
    elif name in _NAMED_BY_PROGRAM and words:
        named = words[0].rpartition("/")[2]
    else:
        named = _LANGUAGES.get(name, "python")
    language = language_named(named)
    if language.lexer == "python":
        return None
    runs = Run(len(found["magic"]), _DECORATOR), Run(len(rest), PLAIN_CODE)
    return CellMagic(language, runs if rest else runs[:1], found.end())
