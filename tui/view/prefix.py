"""Putting the same cells before rows, so that a row which stays the same object gives the same object."""

from __future__ import annotations

from tui.render.rows import Row

_MOST_KEPT = 512
"""Rows, several times those in sight."""


class Prefix:
    """What stands before rows; strips are kept by the identity of rows, so that these keep theirs."""

    __slots__ = ("_joined", "_prefix")

    def __init__(self, prefix: Row) -> None:
        self._prefix = prefix
        self._joined: dict[int, tuple[Row, Row]] = {}

    def before(self, row: Row) -> Row:
        """The row with the prefix before it."""
        kept = self._joined.get(id(row))
        if kept is None or kept[0] is not row:
            if len(self._joined) >= _MOST_KEPT:
                self._joined.clear()
            kept = self._joined[id(row)] = (row, (*self._prefix, *row))
        return kept[1]
