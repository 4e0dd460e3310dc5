"""Finds the lexer of a language, and the way in which it can be used line by line."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Protocol, cast

from pygments.lexers import find_lexer_class, get_all_lexers

from tui.render.highlight.incremental import PYTHON_FAR_ENDS, IncrementalLines, is_resumable
from tui.render.highlight.lines import LineText, plain_run
from tui.render.highlight.whole import WholeLines

if TYPE_CHECKING:
    from pygments.lexer import Lexer

    from tui.document.textchange import TextChange
    from tui.render.highlight.styles import Run
    from tui.render.languages import Language


class LineRuns(Protocol):
    """A text's lines in colours."""

    def set_text(self, text: str, change: TextChange | None = None) -> None:
        """Take another text; `change`, where it is known, makes it of the one before."""
        ...

    def runs(self, line: int) -> tuple[Run, ...]:
        """The runs of that line. Raises IndexError when there is no such line."""
        ...


class PlainLines:
    """The lines of a text in no known language: without colours."""

    def __init__(self) -> None:
        self._text = LineText()

    def set_text(self, text: str, change: TextChange | None = None) -> None:
        """Take another text; `change`, where it is known, makes it of the one before."""
        self._text.replace(text, change)

    def runs(self, line: int) -> tuple[Run, ...]:
        """The runs of that line. Raises IndexError when there is no such line."""
        return plain_run(self._text.length(line))


def line_runs(language: Language) -> LineRuns:
    """Something that colours texts of that language; without colours, if Pygments does not know it."""
    lexer = lexer_of(language)
    if lexer is None:
        return PlainLines()
    if language.lexer == "python":
        return IncrementalLines(lexer, PYTHON_FAR_ENDS)
    return IncrementalLines(lexer) if is_resumable(lexer) else WholeLines(lexer)


def lexer_of(language: Language) -> Lexer | None:
    """The language's lexer; None where Pygments does not know it."""
    if language.lexer == "python":
        return _ipython()
    return _lexer(language.lexer) if language.lexer is not None else None


@cache
def _ipython() -> Lexer:
    from tui.render.highlight.ipython import IPythonLexer

    return IPythonLexer()


@lru_cache(maxsize=64)
def _lexer(alias: str) -> Lexer | None:
    """The lexer of that alias among Pygments' own; a plugin would be code that a notebook's name chooses."""
    for name, aliases, _, _ in get_all_lexers(plugins=False):
        if alias in aliases:
            lexer_class = cast("type[Lexer]", find_lexer_class(name))
            return lexer_class()
    return None
