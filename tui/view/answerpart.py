"""The line of an `input()`: the question, and behind it the answer as far as it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.render.rowops import crop, row_width, text_row, wrap
from tui.render.rows import Role, Style
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.render.rows import Row
    from tui.runs import Asking

_SIGN = text_row("? ", Style(Role.ACCENT))
_INDENT = text_row("  ")
_QUESTION = Style(Role.TEXT)
_ANSWER = Style(Role.TEXT, bold=True)
_HIDDEN = "•"
_BEFORE_CUT = text_row("…", Style(Role.FAINT))
_MOST_LINES = 20
"""Of a question; a longer one shows its end."""


def answer_rows(asking: Asking, answer: str, width: int) -> Sequence[Row]:
    """The rows of the question, the last with the answer, which is cut so that its end is in sight.

    No row is wider than `width` cells, and the cursor stands behind the last. A password shows as dots.
    """
    room = max(4, width - row_width(_SIGN))
    lines = asking.prompt.rsplit("\n", _MOST_LINES)[-_MOST_LINES:]
    rows = [row for line in lines for row in wrap(text_row(clean(line), _QUESTION), room)]
    if row_width(rows[-1]) > room // 2:
        rows.append(())
    typed = text_row(_HIDDEN * len(answer) if asking.password else clean(answer), _ANSWER)
    rows[-1] = (*rows[-1], *_end_of(typed, room - row_width(rows[-1])))
    return [(*(_INDENT if at else _SIGN), *row) for at, row in enumerate(rows)]


def _end_of(row: Row, width: int) -> Row:
    used = row_width(row)
    return row if used <= width else (*_BEFORE_CUT, *crop(row, used - width + 1, used))
