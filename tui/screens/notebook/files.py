"""Saving, and leaving with nothing lost that was not meant to be."""

from __future__ import annotations

import asyncio
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from tui.actions import Mode
from tui.files.errors import ChangedOutside, FileError, OutsideChange
from tui.files.notebookfile import Overwrite, changed_outside
from tui.files.pairing import save_paired
from tui.files.place import Here
from tui.screens.notebook.program import Leaving
from tui.widgets.hintline import Question, Severity

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from tui.files.notebookfile import NotebookFile, ReadOnly
    from tui.screens.notebook.screen import Handler, NotebookScreen


for _late in ("tui.files.atomic", "tui.files.proof"):
    import_module(_late)  # with the screen, not with the first save: tnb may be upgraded before that

_SLOW = 2.0
"""Seconds of a save after which it is said that it goes on."""


def in_turn(screen: NotebookScreen, work: Callable[[], Awaitable[object]]) -> None:
    """Do what reads or writes the file, behind what does so already: two at once would be as two programs."""

    async def behind() -> None:
        async with screen.file_in_use:
            await work()

    screen.run_worker(behind, group="save")


async def save_notebook(screen: NotebookScreen, overwrite: Overwrite = Overwrite.IF_UNCHANGED) -> bool:
    """Write the notebook as it is now, off the screen's thread; whether it is on disk."""
    if screen.file.read_only is not None:
        _say_how_to_copy(screen, screen.file.read_only)
        return False
    if not screen.is_editable():
        return False
    seq = screen.kernel.settle()
    if not screen.controller.document.is_modified and screen.file.on_disk:
        screen.controller.saved(seq)
        screen.say("nothing has changed since it was saved")
        return True
    snapshot, before = screen.controller.document.snapshot(), screen.file
    slow = asyncio.get_running_loop().call_later(_SLOW, screen.say, "still saving, the disk is slow")
    try:
        screen.file = await asyncio.to_thread(
            save_paired, screen.file, snapshot.notebook, overwrite=overwrite
        )
    except ChangedOutside as error:
        _ask_about_other_writer(screen, error)
        return False
    except FileError as error:
        offer_another_place(screen, error)
        return False
    finally:
        slow.cancel()
    screen.controller.document.mark_saved(snapshot.revision)
    screen.controller.saved(seq)
    await screen.backup.saved()
    screen.breakpoints.note_change()
    screen.file_watch.change = None
    await screen.kernel.note_file()
    screen.run_worker(partial(keep_trust_of, screen, before), group="trust")
    if screen.file.warning:
        screen.say(screen.file.warning, Severity.WARNING)
    else:
        screen.say(f"saved {screen.file.path.name}")
    return True


async def keep_trust_of(screen: NotebookScreen, before: NotebookFile) -> None:
    """Have Jupyter trust the notebook as it is saved by now, if it trusted it as it was `before`."""
    saved = screen.file
    if not isinstance(before.place, Here) or not before.on_disk or not before.form.holds_outputs:
        return
    from tui.files.jupytertrust import is_all_known, keep_trust

    printed = [output for run in screen.controller.runs.newest_runs() for output in run.outputs.items]

    def keep() -> None:
        if is_all_known(saved.notebook, before.notebook, printed):
            keep_trust(before.data, saved.data)

    await asyncio.to_thread(keep)


def _say_how_to_copy(screen: NotebookScreen, read_only: ReadOnly) -> None:
    key = screen.keymap.first_label("file.save-as", screen.mode) or "save as"
    screen.say(f"{key} keeps a copy: {read_only.reason}", Severity.WARNING)


def offer_another_place(screen: NotebookScreen, error: FileError) -> None:
    """Say why the notebook was not saved, and which key saves it elsewhere."""
    key = screen.keymap.first_label("file.save-as", Mode.COMMAND)
    text = f"{error.problem}; {error.remedy}" if error.remedy else error.problem
    if key:
        text = text.replace("not saved, ", f"not saved ({key} saves elsewhere): ", 1)
    screen.say(text, Severity.ERROR)


async def reread(screen: NotebookScreen) -> None:
    """Show the file as it is by now, where another program has changed it."""
    try:
        change = await asyncio.to_thread(changed_outside, screen.file)
        if change is OutsideChange.MODIFIED:
            await screen.kernel.close()
            screen.program.reopen(screen.file.path)
    except FileError as error:
        screen.say(str(error), Severity.ERROR)


def _ask_about_other_writer(screen: NotebookScreen, error: ChangedOutside) -> None:
    def answered(answer: str) -> None:
        if answer == "o":
            in_turn(screen, partial(save_notebook, screen, Overwrite.ANYWAY))
        elif answer == "c":
            screen.perform("file.compare")
        elif answer == "a":
            screen.perform("file.save-as")

    answers = {"o": "overwrite", "a": "save as"}
    if error.change is not OutsideChange.REMOVED:
        answers = {"c": "compare", **answers}
    screen.ask(Question(error.change.value, answers), answered)


def _save(screen: NotebookScreen) -> None:
    in_turn(screen, partial(save_notebook, screen))


def _close(screen: NotebookScreen) -> None:
    """Leave this notebook and no other."""
    screen.program.leaving = Leaving.THIS
    _ask_and_leave(screen)


def _quit(screen: NotebookScreen) -> None:
    """Leave all notebooks that are open, one by one."""
    screen.program.leaving = Leaving.ALL
    _ask_and_leave(screen)


def _ask_and_leave(screen: NotebookScreen) -> None:
    """Leave; with unsaved changes or a run going on, ask first.

    What runs print is kept until it is saved, so while they go on only edits are worth a question.
    """
    document, running = screen.controller.document, bool(screen.controller.runs.active())
    if screen.may_write and (document.has_edits if running else document.is_modified):
        _ask_to_save(screen, running=running)
    else:
        _leave_or_ask(screen)


def _ask_to_save(screen: NotebookScreen, *, running: bool) -> None:
    def answered(answer: str) -> None:
        if answer == "s":
            in_turn(screen, partial(_save_and_quit, screen))
        elif answer == "d":
            screen.controller.forget_results()
            screen.backup.drop()
            _leave_or_ask(screen)

    text = f"Save {screen.file.path.name} before leaving?"
    answers = {"s": "save", "d": "discard"}
    if running:
        screen.ask(Question(f"Cells are running. {text}", answers), answered, lambda: _ask_once_idle(screen))
    else:
        screen.ask(Question(text, answers), answered)


def _ask_about_runs(screen: NotebookScreen) -> None:
    def answered(answer: str) -> None:
        if answer == "i":
            screen.interrupt_and_leave()
        elif answer:
            screen.leave()

    answers = {"enter": "leave it running", "i": "interrupt and quit"}
    screen.ask(Question("Cells are running.", answers), answered, lambda: _ask_once_idle(screen))


def _ask_once_idle(screen: NotebookScreen) -> None:
    """What ran is over before the question was answered: nobody is to leave without having said so."""

    def answered(answer: str) -> None:
        if answer:
            screen.leave()

    if screen.may_write and screen.controller.document.is_modified:
        _ask_to_save(screen, running=False)
    else:
        screen.ask(Question("Nothing runs any more.", {"enter": "quit"}), answered)


def _leave_or_ask(screen: NotebookScreen) -> None:
    if screen.controller.runs.active():
        _ask_about_runs(screen)
    else:
        screen.leave()


async def _save_and_quit(screen: NotebookScreen) -> None:
    if await save_notebook(screen):
        _leave_or_ask(screen)


def _start_save_and_quit(screen: NotebookScreen) -> None:
    """Save, and leave once that is done; where nothing is to be saved, only leave."""
    screen.program.leaving = Leaving.ALL
    if screen.may_write and screen.controller.document.is_modified:
        in_turn(screen, partial(_save_and_quit, screen))
    else:
        _leave_or_ask(screen)


HANDLERS: Mapping[str, Handler] = {
    "file.save": _save,
    "file.close": _close,
    "file.save-and-quit": _start_save_and_quit,
    "app.quit": _quit,
}
