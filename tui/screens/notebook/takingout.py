"""Taking an output out of the notebook: to a browser, or into a file."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from kernelbridge.outputs import DisplayData, ExecuteResult
from tui.files.opened import safe_name, save_new, save_over, write_to_open
from tui.files.outputfile import OutputFile, files_of
from tui.files.outputpage import PLOTLY, page_of
from tui.render.canvas import Ground
from tui.render.charts.plotly import plotly_svg
from tui.render.drawing import CannotDrawError
from tui.screens.outputfiles import Choice, Open, OutputFilesScreen, Save
from tui.terminal.browser import open_in_browser
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kernelbridge.outputs import Output
    from tui.screens.notebook.screen import NotebookScreen


def take_out(screen: NotebookScreen) -> None:
    """Ask which type of which output of the focused cell is to be opened or saved, and do it."""
    outputs = screen.focused_cell.outputs
    files = _all_files(outputs)
    if not files:
        screen.say("this cell has no output")
        return
    name = f"{safe_name(screen.file.path.stem)}-{screen.focus_index + 1}"
    folder = screen.file.path.parent if screen.file.path.parent.is_dir() else Path.cwd()

    def chosen(choice: Choice) -> None:
        screen.run_worker(partial(_do, screen, choice, name, outputs), group="take out")

    screen.program.lay_over(OutputFilesScreen(files, name, folder, screen.palette), chosen)


def _all_files(outputs: Sequence[Output]) -> list[OutputFile]:
    """The types of all outputs, and charts of Plotly as pictures, which need no library of a server."""
    files: list[OutputFile] = []
    for file in files_of(outputs):
        files.append(file)
        if file.mime == PLOTLY:
            files.append(OutputFile("image/svg+xml", ".svg", None, file.bundle))
    return files


async def _drawn(file: OutputFile) -> OutputFile:
    """The file; one that is still to be drawn with its data."""
    if file.data is not None:
        return file
    svg = await asyncio.to_thread(plotly_svg, file.bundle[PLOTLY], Ground.LIGHT)
    return replace(file, data=svg.encode("utf-8", "replace"))


async def _do(screen: NotebookScreen, choice: Choice, name: str, outputs: Sequence[Output]) -> None:
    try:
        file = await _drawn(choice.file)
        match choice:
            case Open():
                await _open(screen, file, name, outputs)
            case Save(path=path, over=over):
                await asyncio.to_thread(save_over if over else save_new, path, file.content)
                screen.say(f"saved {path.name} in {path.parent}")
            case _:
                assert_never(choice)
    except CannotDrawError as error:
        screen.say(str(error), Severity.ERROR)
    except FileExistsError:
        screen.say("not saved: by now there is a file of that name", Severity.ERROR)
    except OSError as error:
        screen.say(f"not written: {error.strerror or error}", Severity.ERROR)


async def _open(screen: NotebookScreen, file: OutputFile, name: str, outputs: Sequence[Output]) -> None:
    page = page_of(file, _html_of(outputs))
    path = await asyncio.to_thread(write_to_open, name, page.suffix, page.data)
    loads = f"; it loads its library from {page.loads}" if page.loads else ""
    if await asyncio.to_thread(open_in_browser, path.as_uri()):
        screen.say(f"opened {path.name}{loads}")
    else:
        screen.say(f"no browser can be started here; the page is {path}{loads}", Severity.WARNING)


def _html_of(outputs: Sequence[Output]) -> str:
    """The HTML of all outputs, in which charts have their places."""
    bundles = [output.data for output in outputs if isinstance(output, DisplayData | ExecuteResult)]
    return "\n".join(html for bundle in bundles if isinstance(html := bundle.get("text/html"), str))
