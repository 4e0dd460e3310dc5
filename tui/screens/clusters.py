"""The pane of clusters: their engines as they work, what those print, and keys that start and end them."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Final

from tui.clusters.asking import done, followed
from tui.clusters.engines import last_output
from tui.keynotation import name_of
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean, clean_lines
from tui.screens.clusterrows import ClusterRow, cluster_rows
from tui.screens.dialog import ListDialog
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.queryline import query_row, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from textual import events

    from tui.clusters.cluster import Engine
    from tui.clusters.looks import Look
    from tui.theme import Palette

_OUTPUT: Final = 64_000
"""Bytes of an engine's output that are shown."""
_OUTPUT_HINTS: Final = Hints((Hint("Up Down", "scroll"), Hint("q", "back to the clusters")))
_LOOKING: Final = text_row("looking for clusters ...", Style(Role.MUTED))
_NO_OUTPUT: Final = text_row("It has printed nothing, or not on this machine.", Style(Role.MUTED))


class ClustersScreen(ListDialog[str], inherit_bindings=False):
    """Ends with the code that connects to a cluster, to be made a cell, or with None."""

    HEADING = "Clusters"
    HINTS = Hints(
        (
            Hint("Enter", "insert"),
            Hint("n", "start"),
            Hint("x", "stop"),
            Hint("r", "restart"),
            Hint("+ -", "resize"),
            Hint("o", "output"),
            Hint("q", "close"),
        )
    )

    def __init__(self, palette: Palette, begin: Callable[[Coroutine[None, None, None]], object]) -> None:
        """`begin` has something done that goes on also when this is closed meanwhile."""
        super().__init__(palette)
        self._begin = begin
        self._looks: tuple[Look, ...] | None = None
        """None until they are known."""
        self._shown: list[ClusterRow] = []
        self._output: Sequence[Row] | None = None
        """What an engine printed, in place of the list."""
        self._size_typed: str | None = None
        """How many engines to start, while that is asked."""
        self._message: Row = ()

    # -- what is shown ----

    def rows(self, width: int) -> list[Row]:
        """The clusters, or what an engine printed."""
        if self._output is not None:
            return [crop(each, 0, width) for each in self._output]
        self._shown = [] if self._looks is None else cluster_rows(self._looks, width)
        return [each.row for each in self._shown] or [self._message or _LOOKING]

    def is_heading(self, index: int) -> bool:
        """Whether the row is neither cluster nor engine."""
        return self._output is None and index < len(self._shown) and self._shown[index].is_heading

    def bottom(self, width: int) -> Row:
        """The question, what is being done, or the keys."""
        if self._size_typed is not None:
            return query_row(self._size_typed, width, "how many engines?")
        if self._output is not None:
            return bottom_row(_OUTPUT_HINTS, width)
        return crop(self._message, 0, width) or super().bottom(width)

    def answer(self, index: int) -> str | None:
        """What connects to the cluster in that row."""
        look = self._look_at(index)
        return None if look is None or self._output is not None else look.cluster.connecting_code

    def clicked(self, index: int) -> None:
        """What is to be done with it, a key says."""

    # -- what it is told ----

    def on_mount(self) -> None:
        """Look at the clusters for as long as this is open."""
        self.run_worker(self._follow(), group="following")

    async def _follow(self) -> None:
        async for told in followed():
            if isinstance(told, str):
                self._say(told, Role.ERROR)
            else:
                self._looks = told
            if self._output is None:
                self.list.remake()

    def _say(self, text: str, role: Role = Role.MUTED) -> None:
        self._message = text_row(clean(text), Style(role))
        self.show_lines()

    # -- what it does ----

    def on_key(self, event: events.Key) -> None:
        """While a number is asked or output is shown, keys are for that."""
        event.stop()
        name = name_of(event.key, event.character)
        self._message = () if self._looks is not None else self._message
        if self._size_typed is not None:
            self._take_size(name, event)
        elif self._output is not None:
            if name in (*self.CLOSING, "o"):
                self._output = None
                self.list.rebuild()
            else:
                self.list.take_scrolling(name)
        else:
            super().on_key(event)
        self.show_lines()

    def take_other_key(self, event: events.Key) -> None:
        """Do something with the cluster that is marked, or move the mark."""
        look, name = self._look_at(self.list.marked), name_of(event.key, event.character)
        if name == "n":
            self._size_typed = str(os.cpu_count() or 1)
        elif look is not None and name in ("x", "r", "+", "-", "o", "i"):
            self._act(look, name)
        else:
            super().take_other_key(event)

    def _act(self, look: Look, key: str) -> None:
        name, size = look.cluster.name, look.cluster.size
        match key:
            case "x":
                self._do(f"stopping {name} ...", "stop", name)
            case "r":
                self._do(f"restarting {name} ...", "restart", name)
            case "+":
                self._do(f"{name}: one engine more ...", "resize", "-n", str(size + 1), name)
            case "-" if size > 1:
                self._do(f"{name}: one engine less ...", "resize", "-n", str(size - 1), name)
            case "o":
                engine = self._shown[self.list.marked].engine
                if engine is not None:
                    self.run_worker(self._show_output(engine), exclusive=True, group="output")
            case "i":
                self.take(self.list.marked)
            case _:
                pass

    def _take_size(self, name: str, event: events.Key) -> None:
        said = self._size_typed or ""
        if name in ("escape", "ctrl+c"):
            self._size_typed = None
        elif name == "enter":
            self._size_typed = None
            if said:
                self._do("starting a cluster ...", "start", "-n", said)
        elif (text := typed(said, event)) is not None:
            self._size_typed = "".join(each for each in text if each.isdecimal())

    def _do(self, what: str, *words: str) -> None:
        self._begin(self._doing(what, words))

    async def _doing(self, what: str, words: Sequence[str]) -> None:
        self._say(what)
        complaint = await done(*words)
        if self.is_attached:
            self._say(complaint, Role.ERROR)

    async def _show_output(self, engine: Engine) -> None:
        text = await asyncio.to_thread(last_output, engine, _OUTPUT)
        lines = clean_lines(text.rstrip("\n")) if text else ()
        self._output = [text_row(each) for each in lines] or [_NO_OUTPUT]
        self.list.rebuild()
        self.list.scroll_rows(len(self._output))

    def _look_at(self, index: int) -> Look | None:
        return self._shown[index].look if index < len(self._shown) else None
