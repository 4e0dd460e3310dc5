"""A search by itself: in portions, stopped where it takes too long, and where one is in it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from tui.document.notebook import Cell, CellKind, Notebook, new_key
from tui.document.query import Query
from tui.screens.find.hunt import hunt
from tui.screens.find.regexprocess import TooSlowError, spans_in_process
from tui.screens.find.search import Search

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from tui.document.found import Found

FOREVER = ("(a+)+$", 0, None, [("a" * 60 + "b", True)], 10)


def book(*sources: str) -> Notebook:
    return Notebook(tuple(Cell(new_key(), CellKind.CODE, source) for source in sources))


async def hunted(notebook: Notebook, query: Query) -> list[Found]:
    return [found async for portion in hunt(notebook, query) for found in portion]


async def test_an_expression_finds_in_its_process_what_python_finds() -> None:
    notebook = book("x1 = 2", "é\ud800 x22")
    found = await hunted(notebook, Query(r"x(\d+)", is_regex=True))
    told = [(notebook.index_of(each.cell), each.start, each.text) for each in found]
    assert told == [(0, 0, "x1"), (1, 3, "x22")]


async def test_what_takes_too_long_is_given_up_with_the_reason() -> None:
    with pytest.raises(TooSlowError, match="takes too long"):
        await spans_in_process(FOREVER, patience=0.2)


async def test_what_is_no_longer_wanted_ends_at_once() -> None:
    since = time.monotonic()
    task = asyncio.ensure_future(spans_in_process(FOREVER, patience=60))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - since < 30


async def test_no_more_is_found_than_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.find.hunt.MOST_FOUND", 3)
    notebook = book("a a", "a a a")
    for query in (Query("a"), Query("a", is_regex=True)):
        assert len(await hunted(notebook, query)) == 3


class Searching:
    """A search whose work is done at once."""

    def __init__(self, *sources: str) -> None:
        self.notebook = book(*sources)
        self.tasks: list[asyncio.Task[None]] = []
        self.search = Search(lambda: self.notebook, self.run, lambda: None)

    def run(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        self.tasks.append(asyncio.ensure_future(work()))

    async def look_for(self, query: Query, replacement: str | None = None) -> None:
        self.search.look_for(query, replacement)
        await asyncio.gather(*self.tasks)

    @property
    def place(self) -> tuple[int, int] | None:
        current = self.search.current
        return None if current is None else (self.notebook.index_of(current.cell), current.start)


async def test_one_is_at_the_first_match_from_where_one_began() -> None:
    searching = Searching("a", "b a a", "c")
    searching.search.begin(searching.notebook.cells[1].key, 3)
    await searching.look_for(Query("a"))
    assert searching.place == (1, 4)
    await searching.look_for(Query("c"))
    assert searching.place == (2, 0)
    await searching.look_for(Query("b"))
    assert searching.place == (1, 0)  # around the end
    await searching.look_for(Query("x"))
    assert searching.place is None


async def test_the_next_is_the_next_from_the_cell_where_one_is_by_then() -> None:
    searching = Searching("a a", "b", "a")
    first, second, _ = (cell.key for cell in searching.notebook.cells)
    await searching.look_for(Query("a"))
    places: list[tuple[int, int] | None] = []
    for step, here in [(1, first), (1, first), (1, second), (-1, second), (-1, first), (-1, first)]:
        searching.search.turn(step, here)
        places.append(searching.place)
    assert places == [(0, 2), (2, 0), (2, 0), (0, 2), (0, 0), (2, 0)]


async def test_a_replacement_that_makes_no_sense_is_complained_about_and_the_matches_show() -> None:
    searching = Searching("ab")
    await searching.look_for(Query("a", is_regex=True), r"\1")
    assert "the replacement" in searching.search.complaint
    assert len(searching.search.found) == 1
    await searching.look_for(Query("(", is_regex=True))
    assert "no regular expression" in searching.search.complaint
    assert searching.search.found == []
