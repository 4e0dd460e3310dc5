"""Lexing a text from its top, as far as asked for, with a Pygments lexer that cannot begin in the middle."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from tui.render.highlight.incremental import LEXER_FAULTS, MOST_SECONDS
from tui.render.highlight.lines import LineText, RunWriter, plain_run
from tui.render.highlight.styles import PLAIN_CODE, STYLE_OF, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.lexer import Lexer

    from tui.document.textchange import TextChange

MOST_LEXED: Final = 50_000
"""Code points: every edit lexes again from the top, so what comes behind is plain."""


class WholeLines:
    """The runs of a text's lines by any lexer."""

    def __init__(self, lexer: Lexer) -> None:
        self._lexer = lexer
        self._text = LineText()
        self._restart()

    def set_text(self, text: str, change: TextChange | None = None) -> None:
        """Take another text, which `change` makes of the one before; nothing is lexed yet."""
        if text != self._text.source:
            self._text.replace(text, change)
            self._restart()

    def runs(self, line: int) -> tuple[Run, ...]:
        """The runs of that line. Raises IndexError when there is no such line."""
        if not self._text.is_lexed(line):
            return plain_run(self._text.length(line))
        while self._writer.line <= line and self._lex_token():
            pass
        return self._runs[line] if line < self._writer.line else plain_run(self._text.length(line))

    def altered(self) -> range | None:
        """Any line may be another after an edit."""
        return None

    def _restart(self) -> None:
        self._runs: list[tuple[Run, ...]] = [()] * len(self._text)
        self._writer = RunWriter(self._text.starts, self._runs, 0)
        self._steps: Iterator[None] | None = self._lexing()

    def _lex_token(self) -> bool:
        """Lex one token; False when there is no more, or the lexer is given up for this text."""
        if self._steps is None:
            return False
        try:
            next(self._steps)
        except (StopIteration, *LEXER_FAULTS):
            self._steps = None
        return self._steps is not None

    def _lexing(self) -> Iterator[None]:
        writer, text = self._writer, self._text.lexed
        if len(text) > MOST_LEXED:
            text = text[: text.find("\n", MOST_LEXED) + 1]
        seconds, line = 0.0, -1
        began = time.thread_time()
        for start, token, value in self._lexer.get_tokens_unprocessed(text):
            writer.write(start, PLAIN_CODE)
            writer.write(min(start + len(value), len(text)), STYLE_OF[token])
            seconds += time.thread_time() - began
            if writer.line != line and seconds > MOST_SECONDS:
                return
            line = writer.line
            yield
            began = time.thread_time()
        writer.write(len(text), PLAIN_CODE)
