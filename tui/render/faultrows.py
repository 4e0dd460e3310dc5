"""What stands in the place of what a bug kept from being drawn."""

from __future__ import annotations

from collections.abc import Sequence

from tui.faults import reported
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean


def fault_rows(error: Exception, doing: str, width: int) -> Sequence[Row]:
    """What failed, and where its report is; `doing` says it to whoever mends it."""
    return wrap(text_row(clean(reported(error, doing)), Style(Role.ERROR)), width)
