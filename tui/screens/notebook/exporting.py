"""Exporting the open notebook, as it is now, by `tnb export` in a process of its own."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.export.formats import formats
from tui.files.errors import CannotSave
from tui.sanitize import clean
from tui.screens.exportformats import ExportChoice, ExportFormatsScreen
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from tui.document.notebook import Notebook
    from tui.screens.notebook.screen import NotebookScreen

_COMMAND: Final = (sys.executable, "-P", "-m", "tui.cli", "export", "--progress")
"""Nothing is loaded from the folder of the notebook."""
_DONE: Final = re.compile(r"(?P<done>\d+)/(?P<all>\d+) ")
_SUFFIX: Final = re.compile(r"\.\w{1,10}")
_BAR: Final = 20
_COMPLAINT: Final = "tnb: "


def export(screen: NotebookScreen) -> None:
    """Let a format and a path be chosen, and export to there."""
    screen.run_worker(_offer(screen), exclusive=True, group="export")


async def _offer(screen: NotebookScreen) -> None:
    offered = await asyncio.to_thread(formats, _script_suffix(screen.notebook))

    def chosen(choice: ExportChoice) -> None:
        screen.run_worker(_export(screen, choice), exclusive=True, group="export")

    folder = screen.file.path.parent if screen.file.path.parent.is_dir() else Path.cwd()
    dialog = ExportFormatsScreen(offered, screen.file.path.stem, folder, screen.palette)
    screen.program.lay_over(dialog, chosen)


async def _export(screen: NotebookScreen, choice: ExportChoice) -> None:
    name = choice.path.name
    screen.say(f"exporting to {name} ...")
    try:
        data = await asyncio.to_thread(_bytes_now, screen)
        said = ("--to", choice.format.name, "-o", str(choice.path), "--as", str(screen.file.path), "-")
        process = await asyncio.create_subprocess_exec(
            *_COMMAND,
            *said,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl+C is the notebook's
        )
    except (CannotSave, OSError) as error:
        screen.say(f"not exported: {clean(str(error))}", Severity.ERROR)
        return
    try:
        last = await _follow(screen, process, data, name)
        status = await process.wait()
    finally:
        if process.returncode is None:  # the notebook was left, or another export was begun
            process.kill()
            await process.wait()
    if status:
        screen.say(f"not exported: {last or f'status {status}'}", Severity.ERROR)
    else:
        screen.say(f"exported to {name} in {choice.path.parent}")


def _script_suffix(notebook: Notebook) -> str:
    """What programs in the notebook's language end in, as its metadata has it."""
    about = notebook.metadata.get("language_info")
    suffix = about.get("file_extension") if isinstance(about, dict) else None
    return suffix if isinstance(suffix, str) and _SUFFIX.fullmatch(suffix) else ".txt"


def _bytes_now(screen: NotebookScreen) -> bytes:
    """The notebook as it would be saved."""
    if screen.file.read_only is not None:
        return screen.file.data
    return screen.file.encode(screen.notebook)


async def _follow(screen: NotebookScreen, process: Process, data: bytes, name: str) -> str:
    """Give it the notebook, and show how far it is; the last thing that it complained of."""
    if process.stdin is None or process.stderr is None:
        return ""
    giving = asyncio.create_task(_give(process.stdin, data))
    last = ""
    async for line in process.stderr:
        text = clean(line.decode("utf-8", "replace").strip())
        if found := _DONE.match(text):
            done, total = int(found["done"]), max(1, int(found["all"]))
            filled = _BAR * done // total
            screen.say(
                f"exporting to {name} {'━' * filled}{'─' * (_BAR - filled)} cell {done + 1} of {total}"
            )
        else:
            last = text.removeprefix(_COMPLAINT)
    await giving
    return last


async def _give(stdin: asyncio.StreamWriter, data: bytes) -> None:
    try:
        stdin.write(data)
        await stdin.drain()
        stdin.close()
        await stdin.wait_closed()
    except (BrokenPipeError, ConnectionResetError):  # it ended before, and says why
        return
