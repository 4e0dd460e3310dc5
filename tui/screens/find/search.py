"""One search of a notebook: what is looked for, what was found so far, and which of it a person is at."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from tui.document.found import place_of
from tui.document.query import Query, QueryError, template_of
from tui.screens.find.hunt import hunt
from tui.screens.find.regexprocess import TooSlowError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from tui.document.found import Found
    from tui.document.notebook import CellKey, Notebook

_SETTLING: Final = 0.15
"""Seconds for which a notebook that is being changed is left alone."""


class Search:
    """Looks anew whenever the query or the notebook is another; keeps the place where one is."""

    def __init__(
        self,
        notebook: Callable[[], Notebook],
        run: Callable[[Callable[[], Coroutine[None, None, None]]], object],
        changed: Callable[[], None],
    ) -> None:
        """`run` has the work done, in the place of what is left of the last; `changed` hears of progress."""
        self._notebook = notebook
        self._run = run
        self._changed = changed
        self.query = Query()
        self.replacement: str | None = None
        """What is to stand in the place of what is found, where that is wanted."""
        self.found: list[Found] = []
        """In the notebook's order."""
        self.at: int | None = None
        """Which of them a person is at."""
        self.complaint = ""
        """What is wrong with the query; empty where nothing is."""
        self.is_over = True
        """Whether all of the notebook was searched."""
        self._origin = (0, -1, 0)

    @property
    def is_active(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.query.text)

    @property
    def current(self) -> Found | None:
        """The match that a person is at."""
        return self.found[self.at] if self.at is not None and self.at < len(self.found) else None

    def begin(self, cell: CellKey, offset: int) -> None:
        """The first match is wanted from that place on."""
        self._origin = (self._notebook().index_of(cell), -1, offset)

    def look_for(self, query: Query, replacement: str | None) -> None:
        """Search for something else, or with another replacement."""
        self.query, self.replacement = query, replacement
        self._run(self.hunt)

    def note_change(self) -> None:
        """The notebook was edited: search it anew once that settles."""
        if self.is_active:
            self._run(self._hunt_again)

    def forget(self) -> None:
        """Nothing is looked for any more; the query is kept to begin with the next time."""
        self.found, self.at, self.complaint, self.is_over = [], None, "", True
        self._changed()

    async def _hunt_again(self) -> None:
        await asyncio.sleep(_SETTLING)
        current = self.current
        if current is not None and current.cell in self._notebook():
            self._origin = place_of(self._notebook(), current)
        await self.hunt()

    async def hunt(self) -> None:
        """Search the notebook as it is now, from the beginning."""
        self.complaint, self.is_over = "", False
        notebook, fresh = self._notebook(), list["Found"]()
        try:
            template = self._template()
            async for portion in hunt(notebook, self.query, template):
                fresh.extend(portion)
                self._take(notebook, fresh)
        except (QueryError, TooSlowError) as error:
            self.complaint = str(error)
        self.is_over = True
        self._take(notebook, fresh)

    def _template(self) -> str | None:
        """A replacement that makes no sense yet is complained about, and what is found shown all the same."""
        if self.replacement is None:
            return None
        try:
            return template_of(self.query, self.replacement)
        except QueryError as error:
            self.complaint = str(error)
            return None

    def _take(self, notebook: Notebook, fresh: list[Found]) -> None:
        self.found = fresh
        at = bisect_left(fresh, self._origin, key=lambda found: place_of(notebook, found))
        self.at = at if at < len(fresh) else (0 if fresh and self.is_over else None)
        self._changed()

    def turn(self, step: int, here: CellKey) -> Found | None:
        """Go to the next match or the one before, seen from a cell, around the ends; None where none is."""
        notebook = self._notebook()
        found = [match for match in self.found if match.cell in notebook]
        if not found:
            return None
        current = self.current
        if current is not None and current.cell == here:
            at = found.index(current) + step
        else:
            index = notebook.index_of(here)
            below = bisect_left(found, index, key=lambda match: notebook.index_of(match.cell))
            at = below if step > 0 else below - 1
        self.found, self.at = found, at % len(found)
        self._origin = place_of(notebook, found[self.at])
        self._changed()
        return found[self.at]
