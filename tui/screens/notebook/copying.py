"""Copying what a cell's outputs hold: their text, a table for a spreadsheet, a picture as a file."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.document.outputtext import output_text
from tui.files.opened import safe_name, write_to_open
from tui.files.outputfile import files_of
from tui.sanitize import clean
from tui.screens.notebook.tables import newest_table
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.files.outputfile import OutputFile
    from tui.render.html.tabletext import TableText
    from tui.screens.notebook.screen import Handler, NotebookScreen


def _copy_text(screen: NotebookScreen) -> None:
    texts = [output_text(output) for output in screen.focused_cell.outputs]
    said = [text if text.endswith("\n") else f"{text}\n" for text in texts if text]
    if said:
        screen.copy_text("".join(said))
    else:
        screen.say("this cell's output says nothing that is text")


def _copy_table(screen: NotebookScreen) -> None:
    found = newest_table(screen.focused_cell)
    if found is None:
        screen.say("this cell's output holds no table")
    else:
        screen.run_worker(_read_and_copy(screen, found[1]), group="copy", exclusive=True)


async def _read_and_copy(screen: NotebookScreen, html: str) -> None:
    from tui.render.html.tabletext import read_largest_table

    table = await asyncio.to_thread(read_largest_table, html)
    if table is None:
        screen.say("this cell's output holds no table that can be read", Severity.WARNING)
    else:
        screen.copy_text(tab_separated(table))


def tab_separated(table: TableText) -> str:
    """The table as spreadsheets take it: a line for each, tabs between."""
    rows = [(*table.index, *table.columns), *((*line.index, *line.cells) for line in table.lines)]
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


def _copy_picture(screen: NotebookScreen) -> None:
    files = files_of(screen.focused_cell.outputs)
    picture = next((file for file in files if file.mime.startswith("image/") and file.data is not None), None)
    if picture is None:
        screen.say("there is no picture in this cell")
    else:
        screen.run_worker(_write_picture(screen, picture), group="copy", exclusive=True)


async def _write_picture(screen: NotebookScreen, picture: OutputFile) -> None:
    name = f"{safe_name(screen.file.path.stem)}-{screen.focus_index + 1}"
    try:
        path = await asyncio.to_thread(write_to_open, name, picture.suffix, picture.content)
    except OSError as error:
        screen.say(f"not written: {error.strerror or error}", Severity.ERROR)
        return
    screen.copy_text(str(path))
    screen.say(f"copied the path of the picture: {clean(str(path))}")


HANDLERS: Mapping[str, Handler] = {
    "output.copy": _copy_text,
    "output.copy-table": _copy_table,
    "output.copy-picture": _copy_picture,
}
