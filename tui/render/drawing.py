"""What a renderer gives: rows, or the promise of rows where making them takes long enough to be felt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tui.render.rows import Row


class CannotDrawError(Exception):
    """The content is not what its type says, or more than is drawn; the message says which in short."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Rows that are still to be made."""

    placeholder: Sequence[Row]
    """To show meanwhile: as many rows as there will be, where that is known."""
    draw: Callable[[], Sequence[Row]]
    """Makes the rows. Pure, so any thread may call it."""


class Shortened(list[Row]):
    """Rows that leave something out, which `Detail.FULL` shows."""


class Whole(list[Row]):
    """Rows that say nothing in parts, as those of a picture: they are not folded."""


Drawing: TypeAlias = Sequence[Row] | Pending

Paint: TypeAlias = Callable[[Pending, Callable[[Sequence[Row]], None]], None]
"""Does slow drawing on a thread, then hands over the rows on the event loop."""
