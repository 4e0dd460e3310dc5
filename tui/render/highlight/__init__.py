"""Colours for code, line by line, as the view draws a cell and markdown a fence.

Pygments is loaded with the first text that has colours. Lexed are only the lines asked for, and those above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.render.highlight.cellmagic import CellMagic, cell_magic
from tui.render.highlight.plainlines import LineRuns, PlainLines
from tui.render.highlight.styles import Run

if TYPE_CHECKING:
    from tui.document.textchange import TextChange
    from tui.render.languages import Language

__all__ = ["Highlighter", "Run"]


class Highlighter:
    """The colours of one text, kept while it is edited.

    Lines end at line feeds. An edit costs lexing the lines around it, and a comparison of the two texts.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._magic: CellMagic | None = None
        self._lines = _line_runs(language)
        self._is_new = True
        """Whether the text is no edit of the one before, as other lines are coloured."""

    def set_text(self, text: str, change: TextChange | None = None) -> None:
        """Take another text; what it has in common with the one before keeps its colours.

        `change`, where it is known, makes it of the one before.
        """
        magic = cell_magic(text) if self._language.lexer == "python" else None
        language = magic.language if magic is not None else self._language
        before = self._magic.language if self._magic is not None else self._language
        self._is_new = language != before or (magic is None) != (self._magic is None)
        if language != before:
            self._lines = _line_runs(language)
        if magic is None and self._magic is None:
            self._lines.set_text(text, change)
        else:
            self._lines.set_text(text[magic.body :] if magic is not None else text)
        self._magic = magic

    def altered(self) -> range | None:
        """The lines whose runs the last text altered, where it has as many as before; None: any may be."""
        return self._lines.altered() if self._magic is None and not self._is_new else None

    def runs(self, line: int) -> tuple[Run, ...]:
        """The runs of that line, none for an empty one; their lengths add up to its own without line feed.

        Raises IndexError when the text has no such line.
        """
        if self._magic is None:
            return self._lines.runs(line)
        return self._lines.runs(line - 1) if line else self._magic.runs


def _line_runs(language: Language) -> LineRuns:
    if language.lexer is None:
        return PlainLines()
    from tui.render.highlight.lexers import line_runs

    return line_runs(language)
