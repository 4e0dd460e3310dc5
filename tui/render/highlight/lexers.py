"""Finds the lexer of a language, and the way in which it can be used line by line."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

from pygments.lexers import find_lexer_class, get_all_lexers

from tui.render.highlight.incremental import PYTHON_FAR_ENDS, IncrementalLines, is_resumable
from tui.render.highlight.plainlines import PlainLines
from tui.render.highlight.whole import WholeLines

if TYPE_CHECKING:
    from pygments.lexer import Lexer

    from tui.render.highlight.plainlines import LineRuns
    from tui.render.languages import Language


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
