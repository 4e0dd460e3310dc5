"""Opening the table of an output, with the kernel's frame behind it where the kernel holds that."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from kernelbridge.outputs import DisplayData, ExecuteResult
from kernelbridge.state import Idle
from tui.document.notebook import CellKind
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kernelbridge.session import Session
    from tui.document.notebook import Cell
    from tui.screens.notebook.screen import Handler, NotebookScreen
    from tui.screens.table.kernelsource import KernelSource
    from tui.screens.table.opentable import OpenTable

_HTML = "text/html"


def _open(screen: NotebookScreen) -> None:
    found = newest_table(screen.focused_cell)
    if found is None:
        screen.say("this cell's output holds no table")
    else:
        screen.run_worker(partial(_open_table, screen, *found), group="table", exclusive=True)


def open_named(screen: NotebookScreen, name: str) -> None:
    """Open the table that is a variable of the kernel."""
    session = screen.controller.session
    if session is not None:
        screen.run_worker(partial(_open_held, screen, session, name), group="table", exclusive=True)


async def _open_held(screen: NotebookScreen, session: Session, name: str) -> None:
    from tui.screens.table.kernelsource import KernelSource, Named
    from tui.screens.table.opentable import OpenTable
    from tui.screens.table.source import SourceError

    if not _is_idle(session):
        screen.say("the kernel is busy: a table is read once it is idle", Severity.WARNING)
        return
    source = KernelSource(session.evaluate, lambda: _is_idle(session), Named(name))
    try:
        table = OpenTable(source, await source.shape(), None)
    except SourceError as error:
        screen.say(str(error), Severity.WARNING)
        return
    _lay_over(screen, table)


def newest_table(cell: Cell) -> tuple[DisplayData | ExecuteResult, str] | None:
    """The last output with a table, and its HTML."""
    if cell.kind is CellKind.CODE:
        for output in reversed(cell.outputs):
            html = output.data.get(_HTML) if isinstance(output, DisplayData | ExecuteResult) else None
            if (
                isinstance(output, DisplayData | ExecuteResult)
                and isinstance(html, str)
                and "<t" in html.lower()
            ):
                return output, html
    return None


async def _open_table(screen: NotebookScreen, output: DisplayData | ExecuteResult, html: str) -> None:
    from tui.render.html.tabletext import read_largest_table
    from tui.screens.table.htmlsource import HtmlSource
    from tui.screens.table.opentable import OpenTable

    frame = _frame(screen, output, html)
    text = await asyncio.to_thread(read_largest_table, html)
    if text is None:
        screen.say("this cell's output holds no table that can be read", Severity.WARNING)
        return
    source = HtmlSource(text)
    _lay_over(screen, OpenTable(source, await source.shape(), frame))


def _lay_over(screen: NotebookScreen, table: OpenTable) -> None:
    from tui.screens.table.screen import TableScreen
    from tui.screens.table.source import SourceError

    def copied(text: str) -> str:
        screen.copy_text(text)
        return screen.message.text if screen.message is not None else ""

    async def close() -> None:
        try:
            await table.source.close()
        except SourceError:
            return  # the kernel is gone, and with it what it was to forget

    def closed() -> None:
        screen.run_worker(close, group="table")

    screen.program.lay_over(TableScreen(table, screen.palette, copied), closed=closed)


def _frame(screen: NotebookScreen, output: DisplayData | ExecuteResult, html: str) -> KernelSource | None:
    """The frame in the kernel, if it may hold one: whether it does, it is asked later."""
    from tui.screens.table.kernelsource import KernelSource, Result

    session = screen.controller.session
    if not isinstance(output, ExecuteResult) or output.execution_count is None or session is None:
        return None
    if session.info is None or session.info.language != "python":
        return None
    result = Result(output.execution_count, screen.focused_cell.source, html)
    return KernelSource(session.evaluate, lambda: _is_idle(session), result)


def _is_idle(session: Session) -> bool:
    return isinstance(session.state, Idle) and session.running is None and not session.queue


HANDLERS: Mapping[str, Handler] = {"output.view-table": _open}
