"""What a kernel that died under a run left to be said of it, below the cell's outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Style
from tui.sanitize import clean
from tui.view.outputspart import ERROR_RULE, RULE_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.render.rows import Row
    from tui.runs import Ended

_REASON = Style(Role.ERROR)
_LOG = Style(Role.MUTED)


def last_words(run: Ended, width: int) -> Sequence[Row]:
    """The rows, none wider than `width` cells: why the kernel is gone, then the end of its log."""
    room = max(4, width - RULE_WIDTH)
    styled = [text_row(clean(line), _LOG if at else _REASON) for at, line in enumerate(run.last_words)]
    return [(*ERROR_RULE, *row) for line in styled for row in wrap(line, room)]
