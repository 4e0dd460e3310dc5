"""What gives the colours of a text line by line, and the one that gives none, for which nothing is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.render.highlight.lines import LineText, plain_run

if TYPE_CHECKING:
    from tui.document.textchange import TextChange
    from tui.render.highlight.styles import Run


class LineRuns(Protocol):
    """A text's lines in colours."""

    def set_text(self, text: str, change: TextChange | None = None) -> None:
        """Take another text; `change`, where it is known, makes it of the one before."""
        ...

    def runs(self, line: int) -> tuple[Run, ...]:
        """The runs of that line. Raises IndexError when there is no such line."""
        ...

    def altered(self) -> range | None:
        """The lines whose runs the last change altered, perhaps; None where it may be any.

        Of a change after which there are as many lines as before.
        """
        ...


class PlainLines:
    """The lines of a text in no known language: without colours."""

    def __init__(self) -> None:
        self._text = LineText()
        self._altered = range(0)

    def set_text(self, text: str, change: TextChange | None = None) -> None:
        """Take another text; `change`, where it is known, makes it of the one before."""
        lines = self._text.replace(text, change)
        self._altered = range(lines.first, lines.new_end)

    def runs(self, line: int) -> tuple[Run, ...]:
        """The runs of that line. Raises IndexError when there is no such line."""
        return plain_run(self._text.length(line))

    def altered(self) -> range | None:
        """The lines whose runs the last change altered."""
        return self._altered
