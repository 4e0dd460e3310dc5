"""What was recovered of a notebook, cell by cell beside the file: taken, dropped or left for later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tui.document.comparison import chosen, compare, edits_between, key_of
from tui.document.history import Place
from tui.files.errors import shown
from tui.files.recovery import DamagedRecoveryError
from tui.files.recoveryfolder import remove
from tui.screens.differencerows import Sides
from tui.screens.differences import Answer, Decision, DifferencesScreen, Subject

if TYPE_CHECKING:
    from tui.document.notebook import Notebook
    from tui.files.recoveryfolder import Left
    from tui.screens.notebook.screen import NotebookScreen

_SIDES = Sides("the file", "the unsaved")


def offer(screen: NotebookScreen, left: Left) -> bool:
    """Ask what to do with it; whether there is anything that the notebook has not."""
    try:
        recovered = left.recovery.laid_over(screen.file)
    except DamagedRecoveryError:
        screen.told(f"what was unsaved once cannot be read any more: {shown(left.path)}")
        return False
    differences = compare(screen.notebook, recovered)
    if not differences and recovered.metadata == screen.notebook.metadata:
        remove(left.path)
        return False
    when = datetime.fromtimestamp(left.recovery.written).astimezone().strftime("%d %B, %H:%M")
    changed = "" if left.recovery.fits(screen.file) else "; the file has changed since"
    subject = Subject(
        f"{screen.file.path.name} was not saved when tnb ended on {when}{changed}",
        differences,
        _SIDES,
        frozenset(key_of(each) for each in differences),
        "take the marked",
        "drop all",
    )

    def answered(answer: Answer) -> None:
        match answer.decision:
            case Decision.TAKE:
                _bring_back(screen, left, recovered, answer)
            case Decision.DROP:
                remove(left.path)
                screen.say("dropped what was unsaved")
            case Decision.LATER:
                screen.say("what was unsaved is kept, and shown again the next time")
        screen.kernel.notebook_is_settled()

    screen.program.lay_over(DifferencesScreen(subject, screen.palette), answered)
    return True


def _bring_back(screen: NotebookScreen, left: Left, recovered: Notebook, answer: Answer) -> None:
    if not screen.is_editable():
        return
    now = screen.notebook
    wanted = chosen(now, recovered, answer.taken)
    if answer.taken:
        wanted = replace(wanted, metadata=recovered.metadata)
    edits = edits_between(now, wanted)
    if not edits:
        remove(left.path)
        return
    place = Place(screen.state.focus, None)
    screen.controller.perform(edits, place, place)
    screen.backup.take_over(left.path)
    count = len(answer.taken)
    screen.say(f"brought back {count} cell{'s' if count != 1 else ''}: save to keep, undo to take back")
