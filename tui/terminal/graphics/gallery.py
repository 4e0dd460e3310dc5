"""The pictures that are on the screen or were lately, by the ids that their cells carry."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final, TypeAlias

from tui.terminal.graphics.placeholders import IDS, picture_id

_MOST: Final = 64 << 20
"""Bytes that are kept; what was not looked at for longest goes first, and its cells stay empty then."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as kitty takes it."""

    columns: int
    rows: int
    width: int
    """In pixels."""
    height: int
    data: bytes
    """Red, green, blue and opacity of each pixel, deflated (RFC 1950)."""

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class Sixels:
    """A picture as sixels: a whole sequence for each of its rows, no higher than a cell."""

    columns: int
    sequences: tuple[str, ...]

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(map(len, self.sequences))


Picture: TypeAlias = Pixels | Sixels


class Gallery:
    """Keeps pictures; the same one has the same id. Any thread may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pictures: OrderedDict[int, Picture] = OrderedDict()
        self._ids: dict[Picture, int] = {}
        self._size = 0
        # Others that draw on the same terminal, as in another pane of tmux, begin elsewhere.
        self._next = int.from_bytes(os.urandom(4), "big") % IDS

    def add(self, picture: Picture) -> int:
        """The id of a picture, from now on."""
        with self._lock:
            if (known := self._ids.get(picture)) is not None:
                self._pictures.move_to_end(known)
                return known
            added = picture_id(self._next)
            self._next = (self._next + 1) % IDS
            self._drop(added)
            self._pictures[added] = picture
            self._ids[picture] = added
            self._size += picture.size
            while self._size > _MOST and len(self._pictures) > 1:
                self._drop(next(iter(self._pictures)))
            return added

    def get(self, picture: int) -> Picture | None:
        """The picture of an id; None for one that is gone."""
        with self._lock:
            found = self._pictures.get(picture)
            if found is not None:
                self._pictures.move_to_end(picture)
            return found

    def _drop(self, picture: int) -> None:
        if (gone := self._pictures.pop(picture, None)) is not None:
            del self._ids[gone]
            self._size -= gone.size
